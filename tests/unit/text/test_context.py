"""The words around a place, and the name that a finding has by them."""

from __future__ import annotations

import re

import pytest

from sverka.model import Span
from sverka.text.context import finding_id, words_around

TEXT = "Если война неизбежна, то пусть она будет топорь, а не через несколько лет."


def place(text: str, word: str) -> Span:
    start = text.index(word)
    return Span(start, start + len(word))


@pytest.mark.parametrize(
    ("word", "before", "after"),
    [
        ("топорь", ("пусть", "она", "будет"), ("а", "не", "через")),
        ("Если", (), ("война", "неизбежна", "то")),
        ("лет", ("не", "через", "несколько"), ()),
    ],
)
def test_three_words_on_either_side(word: str, before: tuple[str, ...], after: tuple[str, ...]) -> None:
    assert words_around(TEXT, place(TEXT, word)) == (before, after)


def test_no_further_than_eighty_code_points() -> None:
    text = "далеко" + " " * 90 + "слово" + " " * 90 + "далеко"
    assert words_around(text, place(text, "слово")) == ((), ())


def test_an_id_is_twelve_hex_digits() -> None:
    assert re.fullmatch("[0-9a-f]{12}", finding_id(TEXT, place(TEXT, "топорь")))


@pytest.mark.parametrize(
    "changed",
    [
        "Строка до того.\n" + TEXT,
        TEXT + " И строка после.",
        TEXT.replace("Если война", "Когда"),
        TEXT.replace(" она ", "\n она  "),  # the words count, not the white space
    ],
)
def test_an_id_outlives_changes_elsewhere(changed: str) -> None:
    assert finding_id(changed, place(changed, "топорь")) == finding_id(TEXT, place(TEXT, "топорь"))


@pytest.mark.parametrize("changed", [TEXT.replace("будет", "была"), TEXT.replace("через", "чрез")])
def test_another_neighbour_is_another_place(changed: str) -> None:
    assert finding_id(changed, place(changed, "топорь")) != finding_id(TEXT, place(TEXT, "топорь"))


def test_the_extent_of_a_finding_counts() -> None:
    span = place(TEXT, "топорь")
    assert finding_id(TEXT, span) != finding_id(TEXT, Span(span.start, span.end + 1))
    assert finding_id(TEXT, span) != finding_id(TEXT, Span(span.start, span.start))


def test_a_broken_surrogate_is_no_obstacle() -> None:
    assert finding_id("а \ud800 б", Span(2, 3))
