"""The places that are decided one by one."""

from __future__ import annotations

import pytest
from casing_toys import read
from engine_pages import judge

from sverka.correct.slots import Slots, pair_slots, word_slots


def pairs(text: str) -> Slots:
    return pair_slots(read(text)[0], text)


def words(text: str) -> list[str]:
    slots = word_slots(read(text)[0], text)
    return [slots.span(s).of(text) for s in range(len(slots))]


@pytest.mark.parametrize(
    ("text", "observed", "line_end"),
    [
        ("строитель тва", "строитель тва", False),
        ("строитель . тва", "строитель. тва", False),  # a sign between may be a misread letter
        ("экономи\nческих", "экономических", True),
        ("экономи\r\nческих", "экономических", True),
        ("экономи. \nческих", "экономических", True),  # a sign before the line end is a misread hyphen
        ("экономи\n.ческих", "экономи.ческих", True),  # one after it is not
        ("экономи\n\nческих", "экономических", True),  # a blank line may be the reader's own
        ("экономи\n\n\nческих", "экономических", True),
        ("кажл.ю", "кажл.ю", False),
        ("кажл.. ю", "кажл.. ю", False),
        ("Кажл.ю", "кажл.ю", False),
        ("слово. и", "слово. и", False),  # a point before a small letter ends no sentence
        ("слово, Москва", "слово, москва", False),
    ],
)
def test_neighbours_that_may_be_one_word(text: str, observed: str, line_end: bool) -> None:
    slots = pairs(text)
    assert slots.observed == (observed,)
    assert slots.line_end.tolist() == [line_end]
    assert slots.span(0).of(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "слово. Москва",
        "слово! Москва",
        "слово… Москва",
        "слово.\nМосква",
        "слово\n\n\n\nслово",  # too far apart
        "слово.... слово",
        "слово ---- слово",
        "слово.Москва",
        "ЦК.партии",
        "слово...слово",
        "слово 1950 слово",
        "слово",
        "",
        "?!",
    ],
)
def test_neighbours_that_are_two(text: str) -> None:
    assert len(pairs(text)) == 0


def test_every_word_is_paired_with_the_next() -> None:
    text = "теперь было\nв земле. Слова их"
    slots = pairs(text)
    assert [slots.span(s).of(text) for s in range(len(slots))] == ["теперь было", "было\nв", "в земле", "Слова их"]
    assert (slots.last == slots.first + 1).all()
    assert slots.line_end.tolist() == [False, True, False, False]


def test_some_of_the_slots() -> None:
    text = "теперь было\nв земле"
    taken = pairs(text).take(pairs(text).first[[2, 0]])
    assert [taken.span(s).of(text) for s in range(len(taken))] == ["в земле", "теперь было"]
    assert taken.observed == ("в земле", "теперь было")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("слово < слово", ["слово", "<", "слово"]),
        ("слово |* слово", ["слово", "|*", "слово"]),
        ("слово № слово", ["слово", "№", "слово"]),
        ("в 6 земле", ["в", "6", "земле"]),
        ("в 14 земле", ["в", "14", "земле"]),
        ("в 195 земле", ["в", "земле"]),  # too long to be a short word
        ("слово, - слово", ["слово", "слово"]),
        ("слово <<< слово", ["слово", "слово"]),
        ("слово « слово»", ["слово", "«", "слово"]),
        ("«слово»", ["слово"]),  # signs that touch a word stand alone no more
        ("", []),
    ],
)
def test_words_and_what_may_be_short_ones(text: str, expected: list[str]) -> None:
    assert words(text) == expected


def test_a_sign_lies_between_its_neighbours_in_the_stream() -> None:
    words = judge("Войска < город.").words
    slots, position = words.slots, words.stream.position
    assert (slots.left[1], slots.right[1]) == (position[0], position[2])
    assert (slots.left[2], slots.right[0]) == (position[2] - 1, position[0] + 1)
    assert position[1] == -1
