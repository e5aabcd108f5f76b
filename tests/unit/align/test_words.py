"""Two texts compared word by word."""

from __future__ import annotations

import random
import time

import pytest

from sverka.align.words import compare


def differences(left: str, right: str) -> list[tuple[str, str]]:
    return [(found.left.of(left), found.right.of(right)) for found in compare(left, right).differences]


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("пусть она будет топорь, а не", "пусть она будет теперь, а не", [("топорь", "теперь")]),
        ("вы сказали да", "вы не сказали да", [("", "не")]),
        ("вы не сказали да", "вы сказали да", [("не", "")]),
        ("по мощь оказана", "помощь оказана", [("по мощь", "помощь")]),
        ("ответил,а потом", "ответил, а потом", [("", " ")]),
        ("все", "всё", [("все", "всё")]),
        ("", "слово", [("", "слово")]),
        ("слово", "", [("слово", "")]),
    ],
)
def test_differences(left: str, right: str, expected: list[tuple[str, str]]) -> None:
    assert differences(left, right) == expected


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("один\nдва  три\r\n", "один два три"),
        ("несколько диви-\nзий", "несколько дивизий"),
        ("из-\nза границы", "из-за границы"),
        ("из-\nза границы", "изза границы"),
        ("мой", "мои\N{COMBINING BREVE}"),
        ("", "\n\n"),
    ],
)
def test_the_same_text(left: str, right: str) -> None:
    assert differences(left, right) == []


def test_counts() -> None:
    comparison = compare("один два, три", "один два четыре")
    assert (comparison.left_count, comparison.right_count, comparison.common_count) == (4, 3, 2)


PARAGRAPHS = (
    "Первый абзац говорит о том, что было вчера в городе и в деревне.",
    "Второй абзац рассказывает, как поехали они на войну, и не вернулись.",
    "Третий совсем короткий, но и в нём есть шесть слов.",
)


def kinds(left: str, right: str) -> list[tuple[str, str, str]]:
    return [(d.left.of(left), d.right.of(right), d.kind.value) for d in compare(left, right).differences]


def test_a_passage_that_stands_elsewhere_is_one_difference() -> None:
    first, second, third = PARAGRAPHS
    assert kinds("\n\n".join(PARAGRAPHS), f"{first}\n\n{third}\n\n{second}") == [(third, third, "moved")]


def test_what_differs_within_a_moved_passage_is_a_difference_of_its_own() -> None:
    first, second, third = PARAGRAPHS
    misread = first.replace("вчера", "зчера")
    assert kinds(" ".join(PARAGRAPHS), " ".join((second, third, misread))) == [
        (first, misread, "moved"),
        ("вчера", "зчера", "letters"),
    ]


def test_text_around_a_moved_passage_is_compared_as_if_it_were_not_there() -> None:
    first, second, third = PARAGRAPHS
    found = kinds(" ".join(PARAGRAPHS), f"{third} {first} «Новое предложение». {second.replace('войну', 'воину')}")
    assert found == [("", "«Новое предложение».", "word"), ("войну", "воину", "letters"), (third, third, "moved")]


def test_a_passage_that_is_said_twice_is_added_and_not_moved() -> None:
    first, second, _ = PARAGRAPHS
    assert kinds(f"{first} {second}", f"{first} {second} {first}") == [("", first, "word")]


def test_a_few_words_elsewhere_are_not_a_passage() -> None:
    found = kinds("сегодня утром он приехал в город", "он приехал в город сегодня утром")
    assert [kind for *_, kind in found] == ["word", "word"]


def test_a_formula_misread_in_one_place_and_in_another_has_not_moved() -> None:
    left = "в соответствии с вашим прямым указанием мы прибыли. Потом, в соответстзии с вашум прямым приказом, ушли."
    right = "в соответстзии с вашум прямым указанием мы прибыли. Потом, в соответствии с вашим прямым приказом, ушли."
    assert {kind for *_, kind in kinds(left, right)} == {"letters"}


@pytest.mark.slow
@pytest.mark.parametrize("often", [0.0, 0.04])
def test_a_million_letters_take_seconds(often: float) -> None:
    chance = random.Random(20261128)
    words = ["".join(chance.choices("оеаинтсрвлкмдпуяыьгбз", k=chance.randint(2, 11))) for _ in range(30_000)]
    paragraphs = [" ".join(chance.choices(words, k=60)) + "." for _ in range(2400)]
    left = "\n".join(paragraphs)
    for _ in range(40):
        paragraphs.insert(chance.randrange(2399), paragraphs.pop(chance.randrange(2400)))
    letters = list("\n".join(paragraphs))
    for at in range(len(letters)):
        if letters[at].isalpha() and chance.random() < often:
            letters[at] = chance.choice(("", "ж", "щы"))
    began = time.process_time()
    comparison = compare(left, "".join(letters))
    assert time.process_time() - began < 45
    assert len(left) > 1_000_000
    assert 30 <= len(comparison.moves) <= 45
