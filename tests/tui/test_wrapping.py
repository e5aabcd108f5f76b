"""Rows of text: none too wide, nothing lost."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from sverka.model import Transcript
from sverka.text.visible import visible
from sverka.tui.wrapping import shorten, wrap, wrapped


def rows(text: str, width: int) -> list[str]:
    return [text[start:end] for start, end in wrap(text, 0, len(text), width)]


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        ("", 5, [""]),
        ("раз два три", 7, ["раз два", "три"]),
        ("раз два", 20, ["раз два"]),
        ("длинноеслово", 5, ["длинн", "оесло", "во"]),
        ("да длинноеслово", 5, ["да", "длинн", "оесло", "во"]),
        ("漢字 漢字", 5, ["漢字", "漢字"]),
        ("a\x1bb cd", 3, ["a\x1bb", "cd"]),
    ],
)
def test_rows_break_at_spaces(text: str, width: int, expected: list[str]) -> None:
    assert rows(text, width) == expected


@given(st.text(alphabet="аб -\t\x1b\u0301\u200b漢\u00a0", max_size=60), st.integers(8, 20))
def test_no_row_is_too_wide_and_only_spaces_are_left_out(text: str, width: int) -> None:
    pieces = list(wrap(text, 0, len(text), width))
    assert pieces[0][0] == 0 and pieces[-1][1] == len(text)
    assert all(cell_len(visible(text[start:end])) <= width for start, end in pieces)
    for (_, end), (start, _) in pairwise(pieces):
        assert text[end:start] in {"", " "}


def test_a_transcript_knows_the_row_of_every_place() -> None:
    transcript = Transcript("x", "раз два три\r\n\r\nчетыре пять\n")
    found = wrapped(transcript, 7)
    assert [transcript.text[a:b] for a, b in zip(found.starts, found.ends, strict=True)] == [
        "раз два",
        "три",
        "",
        "четыре",
        "пять",
        "",
    ]
    assert found.lines == (1, 1, 2, 3, 3, 4)
    assert [found.at(place) for place in (0, 6, 7, 8, 13, 15, 22)] == [0, 0, 0, 1, 2, 3, 4]
    assert [found.opens_line(row) for row in range(len(found))] == [True, False, True, True, False, True]


@pytest.mark.parametrize(("width", "short"), [(10, "слово"), (5, "слово"), (4, "сло…"), (1, "…"), (0, "")])
def test_shortening(width: int, short: str) -> None:
    assert shorten("слово", width) == short
