"""Writing one's own text."""

from __future__ import annotations

import pytest
from desk_testing import Opener, checked, finding
from textual import events

from sverka.tui.widgets.prompt import writable, written


async def clear(open_desk: object) -> None:
    await open_desk.press("end", "ctrl+u")  # type: ignore[attr-defined]


@pytest.mark.parametrize("key", ["e", "у"])
async def test_own_text_begins_from_the_first_candidate(desk: Opener, key: str) -> None:
    async with desk() as open_desk:
        await open_desk.press(key)
        assert "топорь → теперь" in open_desk.screen
        await open_desk.type("-то")
        await open_desk.press("enter")
        assert open_desk.verdicts == [("amend", "топорь", "теперь-то")]
        assert open_desk.place == "2:4"
        assert "amended топорь → теперь-то" in open_desk.screen


async def test_without_a_candidate_it_begins_from_the_original(desk: Opener) -> None:
    async with desk() as open_desk:
        await open_desk.press("J", "J", "J", "e", "backspace", "7", "enter")
        assert open_desk.verdicts == [("amend", "20.15", "20.17")]


async def test_keys_of_the_desk_are_letters_while_writing(desk: Opener) -> None:
    async with desk() as open_desk:
        await open_desk.press("e")
        await clear(open_desk)
        await open_desk.type("nуq 1")
        await open_desk.press("up", "ctrl+r", "enter")
        assert open_desk.verdicts == [("amend", "топорь", "nуq 1")]


async def test_fast_typing_loses_no_letter(desk: Opener) -> None:
    async with desk() as open_desk:
        for key in "neab":
            open_desk.app.post_message(events.Key(key, key))
        await open_desk.rest()
        await open_desk.press("enter", "n")
        assert open_desk.verdicts == [
            ("reject", "топорь", None),
            ("amend", "вместо", "вместеab"),
            ("reject", "топорь", None),
        ]


async def test_escape_leaves_everything_as_it_was(desk: Opener) -> None:
    async with desk() as open_desk:
        await open_desk.press("e", "я", "escape")
        assert open_desk.events == []
        assert open_desk.place == "1:42"
        await open_desk.press("n")
        assert open_desk.verdicts == [("reject", "топорь", None)]


async def test_nothing_at_all_deletes_but_only_when_confirmed(desk: Opener) -> None:
    async with desk() as open_desk:
        await open_desk.press("e")
        await clear(open_desk)
        await open_desk.press("enter")
        assert "! delete топорь? Enter deletes, Esc leaves it" in open_desk.screen
        assert open_desk.events == []
        await open_desk.press("я", "backspace", "enter")
        assert open_desk.events == []  # the question is asked again after a change
        await open_desk.press("enter")
        assert open_desk.verdicts == [("amend", "топорь", "")]
        assert "amended топорь → ∅" in open_desk.screen


async def test_the_transcript_s_own_words_are_no_amendment(desk: Opener) -> None:
    async with desk() as open_desk:
        await open_desk.press("e")
        await clear(open_desk)
        await open_desk.type("топорь")
        await open_desk.press("enter")
        assert "that is what the transcript says" in open_desk.screen
        assert open_desk.events == []
        await open_desk.press("backspace", "enter")
        assert open_desk.verdicts == [("amend", "топорь", "топор")]


async def test_a_line_end_is_written_as_a_sign(desk: Opener) -> None:
    text = "Пять диви-\r\nзкй под прикрытием.\r\n"
    async with desk(checked(text, (finding(text, "диви-\r\nзкй"),), english="")) as open_desk:
        await open_desk.press("e")
        assert "диви-↵зкй → диви-↵зкй" in open_desk.screen
        await open_desk.press("left", "backspace", "и", "enter")
        assert open_desk.verdicts == [("amend", "диви-\r\nзкй", "диви-\r\nзий")]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("слово", "слово"),
        ("два\nслова", "два↵слова"),
        ("a\x1b[31mb", "a[31mb"),
        ("ab\N{RIGHT-TO-LEFT OVERRIDE}", "ab"),
        ("1950\N{NO-BREAK SPACE}г", "1950\N{NO-BREAK SPACE}г"),
    ],
)
def test_what_can_stand_in_the_line(text: str, line: str) -> None:
    assert writable(text) == line


def test_the_sign_itself_is_kept_where_the_text_has_it() -> None:
    assert written("a↵b", "x↵y") == "a↵b"
    assert written("a↵b", "x") == "a\nb"


@pytest.mark.parametrize(
    ("key", "asked", "error_class", "said"),
    [
        ("s", "the page says топорь and means", "source", "noted as an error of the page топорь → теперь"),
        ("ы", "the page says топорь and means", "source", "noted as an error of the page топорь → теперь"),
        ("r", "the page's топорь is now spelt", "normalisation", "noted as spelling of its day топорь → теперь"),
    ],
)
async def test_what_the_page_itself_has_is_noted(
    desk: Opener, key: str, asked: str, error_class: str, said: str
) -> None:
    async with desk() as open_desk:
        await open_desk.press(key)
        assert asked in open_desk.screen
        await open_desk.press("enter")
        assert said in open_desk.screen
        assert "§" in open_desk.screen
        decided = [event for event in open_desk.events if event["kind"] == "decision"]
        assert [(event["class"], event["replacement"]) for event in decided] == [(error_class, "теперь")]
