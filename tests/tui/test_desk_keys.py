"""Every key by what it leaves in the ledger and on the screen."""

from __future__ import annotations

import pytest
from desk_testing import Opener

from sverka.workflow.review import Review


async def test_one_key_decides_and_the_next_finding_is_there(desk: Opener) -> None:
    answers: dict[str, tuple[str, str, str | None]] = {
        "y": ("accept", "топорь", "теперь"),
        "н": ("accept", "топорь", "теперь"),
        "enter": ("accept", "топорь", "теперь"),
        "1": ("accept", "топорь", "теперь"),
        "2": ("accept", "топорь", "топор"),
        "3": ("accept", "топорь", "тополь"),
        "n": ("reject", "топорь", None),
        "т": ("reject", "топорь", None),
        "space": ("defer", "топорь", None),
    }
    async with desk() as open_desk:
        for key, answer in answers.items():
            assert open_desk.place == "1:42"
            await open_desk.press(key)
            assert open_desk.verdicts[-1] == answer
            assert open_desk.place == "2:4"
            assert "вместо" in open_desk.pane("Offer")
            await open_desk.press("u")
        assert len(open_desk.verdicts) == len(answers)


async def test_confirmation_names_the_decision_and_what_is_alike(desk: Opener) -> None:
    async with desk() as open_desk:
        await open_desk.press("y")
        assert "accepted топорь → теперь · similar remaining: 1" in open_desk.screen
        assert "2 of 4 · decided 1 · left 3" in open_desk.screen
        await open_desk.press("y")
        assert "accepted вместо → вместе" in open_desk.screen
        assert "similar" not in open_desk.screen


async def test_a_digit_without_a_candidate_says_so(desk: Opener) -> None:
    async with desk() as open_desk:
        await open_desk.press("7")
        assert open_desk.events == []
        assert "no candidate 7" in open_desk.screen
        assert open_desk.place == "1:42"


@pytest.mark.parametrize(("undo", "redo"), [("u", "ctrl+r"), ("г", "ctrl+к")])
async def test_undo_and_redo(desk: Opener, undo: str, redo: str) -> None:
    async with desk() as open_desk:
        await open_desk.press("y", undo)
        assert [event["kind"] for event in open_desk.events] == ["decision", "retract"]
        assert "undone: accepted топорь → теперь" in open_desk.screen
        assert open_desk.place == "1:42"
        assert open_desk.review.progress.remaining == 4
        await open_desk.press(redo)
        assert "redone: accepted топорь → теперь" in open_desk.screen
        assert open_desk.review.progress.accepted == 1


async def test_undo_after_a_restart(desk: Opener) -> None:
    async with desk() as open_desk:
        await open_desk.press("n", "q")
        assert open_desk.app.return_value is True
    async with desk() as open_desk:
        assert open_desk.place == "2:4"
        assert "✗" in open_desk.screen
        await open_desk.press("u")
        assert open_desk.place == "1:42"
        assert open_desk.review.progress.rejected == 0
        assert open_desk.events[-1]["kind"] == "retract"


async def test_nothing_to_undo_or_redo(desk: Opener) -> None:
    async with desk() as open_desk:
        await open_desk.press("u")
        assert "nothing to undo" in open_desk.screen
        await open_desk.press("ctrl+r")
        assert "nothing to redo" in open_desk.screen
        assert open_desk.events == []


async def test_moving(desk: Opener) -> None:
    async with desk() as open_desk:
        await open_desk.press("J", "y")  # the second is decided now, the third current
        for key, place in (
            ("k", "1:42"),
            ("j", "4:31"),
            ("л", "1:42"),
            ("о", "4:31"),
            ("K", "2:4"),
            ("Л", "1:42"),
            ("О", "2:4"),
            ("J", "4:31"),
            ("j", "5:27"),
            ("j", "1:42"),
        ):
            await open_desk.press(key)
            assert open_desk.place == place, key


async def test_arrows_and_their_ends(desk: Opener) -> None:
    async with desk() as open_desk:
        await open_desk.press("down", "down", "up")
        assert open_desk.place == "2:4"
        await open_desk.press("up", "up")
        assert open_desk.place == "1:42"
        assert "no further finding" in open_desk.screen


async def test_going_to_a_line(desk: Opener) -> None:
    async with desk() as open_desk:
        for key, line, place in (("g", "4", "4:31"), ("п", "2", "2:4"), ("g", "3", "4:31")):
            await open_desk.press(key, line, "enter")
            assert open_desk.place == place
        assert "no finding on line 3; the next is on line 4" in open_desk.screen
        await open_desk.press("n")
        assert len(open_desk.events) == 1


async def test_a_line_there_is_not(desk: Opener) -> None:
    async with desk() as open_desk:
        await open_desk.press("g", "9", "9", "enter")
        assert "a line is a number from 1 to 6" in open_desk.screen
        await open_desk.press("escape", "y")
        assert open_desk.verdicts == [("accept", "топорь", "теперь")]


async def test_a_line_after_the_last_finding(desk: Opener) -> None:
    async with desk() as open_desk:
        await open_desk.press("g", "6", "enter")
        assert "no finding after it" in open_desk.screen
        assert open_desk.place == "1:42"


async def test_translation_comes_and_goes(desk: Opener) -> None:
    async with desk() as open_desk:
        for key in ("t", "е"):
            assert "let it be waged now" in open_desk.pane("Beside")
            await open_desk.press(key)
            assert open_desk.pane("Beside") == ""
            await open_desk.press(key)
        assert "let it be waged now" in open_desk.pane("Beside")
        await open_desk.press("j", "j")
        assert open_desk.pane("Beside") == ""


async def test_help_lists_every_key_and_closes(desk: Opener) -> None:
    async with desk() as open_desk:
        for key in ("?", ","):
            await open_desk.press(key)
            for said in ("accept the first candidate", "redo what was undone", "go to a line", "editors disagree", "н"):
                assert said in open_desk.screen
            await open_desk.press("y")
            assert open_desk.events == []
            await open_desk.press("escape")
            assert "go to a line" not in open_desk.screen
        await open_desk.press("y")
        assert len(open_desk.events) == 1


@pytest.mark.parametrize(("key", "go_on"), [("й", True), ("Q", False), ("ctrl+c", False)])
async def test_leaving(desk: Opener, key: str, go_on: bool) -> None:
    async with desk() as open_desk:
        await open_desk.press("y", key)
        assert open_desk.app.return_value is go_on
        assert len(open_desk.verdicts) == 1


async def test_a_remapped_key_and_its_twin(desk: Opener) -> None:
    async with desk(keys={"accept": ("a",)}) as open_desk:
        await open_desk.press("y")
        assert open_desk.events == []
        await open_desk.press("a", "ф")
        assert [verdict for verdict, *_ in open_desk.verdicts] == ["accept", "accept"]
        assert "a accept" in open_desk.screen


async def test_the_footer_shows_what_is_possible_now(desk: Opener) -> None:
    async with desk() as open_desk:
        assert "1–3 choose" in open_desk.screen
        assert "u undo" not in open_desk.screen
        await open_desk.press("y")
        assert "u undo" in open_desk.screen
        assert "choose" not in open_desk.screen
        await open_desk.press("u")
        assert "Ctrl+R redo" in open_desk.screen
        await open_desk.press("K", "J", "J", "J")
        assert "accept " not in open_desk.screen.splitlines()[-1]


async def test_moving_shows_what_another_editor_decided_meanwhile(desk: Opener) -> None:
    async with desk() as open_desk:
        mine = open_desk.review
        other = Review.open(mine.checked, mine.ledger_path, editor="Boris")
        other.go(1)
        other.reject()
        assert mine.progress.rejected == 0
        await open_desk.press("J")
        assert mine.progress.rejected == 1
        assert "another program has added to the ledger" in open_desk.screen
        assert "rejected вместо — Boris" in open_desk.pane("Offer")


async def test_deciding_claims_to_have_seen_only_what_was_shown(desk: Opener) -> None:
    async with desk() as open_desk:
        mine = open_desk.review
        Review.open(mine.checked, mine.ledger_path, editor="Boris").reject()
        await open_desk.press("y", "K")
        assert mine.items[0].disputed
        assert "≠" in open_desk.screen
