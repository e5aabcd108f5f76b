"""What the desk shows, at every size, of any text."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from desk_testing import TEXT, Opener, checked, finding
from textual.strip import Strip

from sverka.model import Finding, Rule, Span
from sverka.tui.widgets.transcript import TranscriptView

SIZES = [(40, 10), (60, 20), (80, 24), (100, 30), (120, 36), (200, 50), (300, 12)]


@pytest.mark.parametrize("size", SIZES)
async def test_the_current_finding_and_its_candidate_are_in_sight(desk: Opener, size: tuple[int, int]) -> None:
    async with desk(size=size) as open_desk:
        await open_desk.press("j")
        assert "вместо" in open_desk.screen
        assert "1 вместе" in open_desk.screen
        assert "90%" in open_desk.screen
        assert "2 of 4" in open_desk.screen
        assert "y accept" in open_desk.screen


@pytest.mark.parametrize("size", [(1, 1), (5, 2), (20, 4), (40, 10)])
async def test_no_terminal_is_too_small_to_go_on(desk: Opener, size: tuple[int, int]) -> None:
    async with desk(size=size) as open_desk:
        await open_desk.press("y", "e", "escape", "?", "escape", "u")
        assert [event["kind"] for event in open_desk.events] == ["decision", "retract"]
        await open_desk.pilot.resize_terminal(200, 50)
        await open_desk.rest()
        assert "топорь → теперь" in open_desk.screen


async def test_evidence_and_doubt_in_words(desk: Opener) -> None:
    async with desk(size=(200, 50)) as open_desk:
        for words in ("nonword · 90% likely wrong", "not a word", "context", "в словах «теперь»", "в словах «тополь»"):
            assert words in open_desk.screen


async def test_marks_tell_the_decisions_apart(desk: Opener) -> None:
    async with desk() as open_desk:
        await open_desk.press("y", "n", "space", "e", "0", "enter")
        queue = open_desk.screen.splitlines()[2:6]
        assert [line[3] for line in queue] == ["✓", "✗", "◌", "✎"]
        assert [line[1] for line in queue].count("❯") == 1


async def test_a_decision_says_who_and_when(desk: Opener) -> None:
    async with desk(size=(200, 50)) as open_desk:
        await open_desk.press("2", "K")
        assert "✓ accepted топорь → топор — anna, 2026-03-01 14:05" in open_desk.screen


async def test_the_end_is_quiet_and_the_desk_stays(desk: Opener) -> None:
    async with desk() as open_desk:
        await open_desk.press("y", "y", "n", "n")
        assert "all 4 decided: 2 accepted · 0 amended · 2 rejected" in open_desk.screen
        assert open_desk.app.is_running
        await open_desk.press("j")
        assert "all 4 decided" in open_desk.screen
        await open_desk.press("u")
        assert "left 1" in open_desk.screen


async def test_nothing_found(desk: Opener) -> None:
    async with desk(checked(findings=())) as open_desk:
        assert "no findings" in open_desk.screen
        assert "Nothing was found in this transcript." in open_desk.screen
        assert "война неизбежна" in open_desk.screen
        await open_desk.press("y", "n", "e", "space", "j", "K", "3", "t", "u", "g", "2", "enter")
        assert open_desk.events == []
        assert "q leave" in open_desk.screen


async def test_markup_and_escape_sequences_are_shown_not_obeyed(desk: Opener) -> None:
    text = "Слово [b]топ[/b] и \x1b[31mкрасный\x1b[0m \N{RIGHT-TO-LEFT OVERRIDE}текст [/] [@click=app.bell]x[/]\n"
    found = (
        finding(text, "[b]топ[/b]", "[u]теп[/u]", "\x1b[2Jвон"),
        finding(text, "\x1b[31mкрасный\x1b[0m", "[/]"),
    )
    async with desk(checked(text, found, english="[b]not[/b] bold \x1b[1m"), size=(200, 50)) as open_desk:
        for shown in (
            "[b]топ[/b] → [u]теп[/u]",
            "␛[31mкрасный␛[0m",
            "⟨U+202E⟩текст",
            "[b]not[/b] bold ␛[1m",
            "2 ␛[2Jвон",
        ):
            assert shown in open_desk.screen
        assert "\x1b" not in open_desk.screen
        await open_desk.press("y")
        assert "accepted [b]топ[/b] → [u]теп[/u]" in open_desk.screen
        await open_desk.press("e", "x", "enter")
        assert open_desk.verdicts[-1] == ("amend", "\x1b[31mкрасный\x1b[0m", "[/]x")


async def test_a_ledger_that_cannot_be_written(desk: Opener) -> None:
    async with desk() as open_desk:
        with open_desk.unwritable():
            await open_desk.press("y")
            assert open_desk.pane("Notice").startswith("✗ ")
            assert "cannot be written" in open_desk.pane("Notice")
            assert open_desk.place == "1:42"
            assert open_desk.review.progress.remaining == 4
            await open_desk.press("e", "z", "enter")
            assert "теперьz" in open_desk.screen  # what was written is not lost
            await open_desk.press("escape")
        await open_desk.press("y")
        assert open_desk.verdicts == [("accept", "топорь", "теперь")]


async def test_a_damaged_ledger_is_told_at_once(desk: Opener) -> None:
    async with desk() as open_desk:
        await open_desk.press("y")
        ledger = open_desk.review.ledger_path
    with ledger.open("a", encoding="utf-8") as stream:
        stream.write('{"v":1,"id":"ab')
    async with desk() as open_desk:
        assert open_desk.pane("Notice").startswith("! ")
        assert open_desk.review.progress.accepted == 1


async def test_the_text_is_scrolled_to_the_finding_with_context_above(desk: Opener) -> None:
    text = "".join(f"Строка {number} без всякой ошибки.\n" for number in range(1, 2000)) + TEXT
    text += "Конец.\n" * 30
    found = (finding(text, "Строка 7 "), finding(text, "вместо", "вместе"))
    async with desk(checked(text, found, english="")) as open_desk:
        await open_desk.press("j")
        lines = [line for line in open_desk.screen.splitlines() if "│" in line]
        shown = next(index for index, line in enumerate(lines) if "Мы вместо будем" in line)
        height = open_desk.app.screen.query_one(TranscriptView).scrollable_content_region.height
        assert abs(shown - height // 3) <= 1
        assert "Строка 1999" in open_desk.screen
        await open_desk.press("pageup", "pageup")
        assert "Мы вместо будем" not in open_desk.screen
        await open_desk.press("K", "J")
        assert "Мы вместо будем" in open_desk.screen


async def test_only_the_lines_in_sight_are_drawn(desk: Opener, monkeypatch: pytest.MonkeyPatch) -> None:
    line = "Слово ошыбка и ещё слово в строке.\n"
    first = finding(line, "ошыбка", "ошибка")
    found = tuple(replace(first, span=first.span.shifted(number * len(line)), id=str(number)) for number in range(400))
    drawn: list[int] = []
    draw = TranscriptView.render_line

    def counted(view: TranscriptView, y: int) -> Strip:
        drawn.append(y)
        return draw(view, y)

    monkeypatch.setattr(TranscriptView, "render_line", counted)
    async with desk(checked(line * 8000, found, english="")) as open_desk:
        drawn.clear()
        await open_desk.press("j")
        assert 0 < len(drawn) < 100


async def test_a_gap_and_a_finding_over_two_lines_can_be_seen(desk: Opener) -> None:
    text = "Первая строка.\n\nВторая диви-\nзия здесь.\n"
    gap = Finding(Span(15, 15), "", Rule.LACUNA, 0.8, "a line may be missing", (), "gap")
    async with desk(checked(text, (gap, finding(text, "диви-\nзия", "дивизия")), english="")) as open_desk:
        assert "‸" in open_desk.screen
        assert "(gap)" in open_desk.screen
        await open_desk.press("j")
        assert "диви-↵зия → дивизия" in open_desk.screen


async def test_no_color_leaves_every_colour_out(desk: Opener, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with desk() as open_desk:
        shown = open_desk.app.export_screenshot()
    colours = set(re.findall(r"fill: (#[0-9a-f]{6})", shown))
    assert len(colours) <= 3  # the pane's own frame, and the one colour of letters
    assert "топорь" in shown


async def test_a_click_picks_a_finding(desk: Opener) -> None:
    async with desk() as open_desk:
        await open_desk.pilot.click("Queue", offset=(10, 3))
        assert open_desk.place == "4:31"
        row = next(i for i, line in enumerate(open_desk.screen.splitlines()) if "Мы вместо" in line)
        column = open_desk.screen.splitlines()[row].index("вместо")
        await open_desk.pilot.click(offset=(column + 1, row))
        assert open_desk.place == "2:4"
