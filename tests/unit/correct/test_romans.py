"""Roman numerals in Russian letters."""

from __future__ import annotations

import pytest

from sverka.correct.romans import find
from sverka.model import Span
from sverka.text.tokens import tokenise


def found(text: str) -> list[tuple[str, str]]:
    findings = list(find(text, tokenise(text, Span(0, len(text)))))
    assert all(f.span.of(text) == f.original for f in findings)
    return [(f.original, f.candidates[0].text) for f in findings]


@pytest.mark.parametrize(
    ("text", "read", "meant"),
    [
        ("на ХУТ съезде партии", "ХУТ", "XVI"),
        ("в ТУ квартале", "ТУ", "IV"),
        ("в Т квартале", "Т", "I"),
        ("ХУШ век", "ХУШ", "XVIII"),
        ("конец.\n\nХГУ\n\nНачало", "ХГУ", "XIV"),
        ("конец.\n\nТИ.\n\nНачало", "ТИ", "III"),
    ],
)
def test_numerals_where_one_is_due(text: str, read: str, meant: str) -> None:
    assert found(text) == [(read, meant)]


@pytest.mark.parametrize(
    "text",
    [
        "на XVI съезде",
        "в ТИП съезда",
        "и ТУ на",
        "по ГОСТ и ТУ,",
        "Т. Сталин",
        "конец.\n\nСССР\n\nНачало",
        "ТУ\nна земле",
        "",
    ],
)
def test_letters_that_are_letters(text: str) -> None:
    assert found(text) == []
