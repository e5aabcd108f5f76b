"""Two texts compared word by word."""

from __future__ import annotations

import time

import pytest

from sverka.align.words import compare


def differences(left: str, right: str) -> list[tuple[str, str]]:
    return [(hunk.left.of(left), hunk.right.of(right)) for hunk in compare(left, right).hunks]


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
    assert (comparison.left_count, comparison.right_count, comparison.common) == (4, 3, 2)


def test_a_million_code_points_take_seconds() -> None:
    words = [f"слово{n % 5000}" for n in range(100_000)]
    left = " ".join(words)
    right = " ".join("иное" if n % 50 == 0 else word for n, word in enumerate(words))
    started = time.perf_counter()
    assert len(compare(left, right).hunks) == 2000
    assert time.perf_counter() - started < 20
