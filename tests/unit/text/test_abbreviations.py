"""What is cut short before a point."""

from __future__ import annotations

import pytest

from sverka.text.abbreviations import CLOSING, RUNNING


def test_they_are_in_small_letters_without_their_last_point() -> None:
    for word in RUNNING | CLOSING:
        assert word == word.lower().strip(". ")


@pytest.mark.parametrize("word", ["тов", "тыс", "млн", "им", "ул", "см", "mr", "gen"])
def test_the_sentence_goes_on_after(word: str) -> None:
    assert word in RUNNING


@pytest.mark.parametrize("word", ["г", "гг", "др", "руб", "т.д", "т.п", "p.m", "u.s"])
def test_a_sentence_may_end_with(word: str) -> None:
    assert word in CLOSING
