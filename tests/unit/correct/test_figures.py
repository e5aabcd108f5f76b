"""Letters among figures: which are figures misread, and which are in order."""

from __future__ import annotations

import pytest

from sverka.correct.figures import find
from sverka.model import Rule, Span
from sverka.text.tokens import tokenise


def found(text: str) -> list[tuple[str, str]]:
    findings = list(find(text, tokenise(text, Span(0, len(text)))))
    assert all(f.rule is Rule.NUMBER and f.span.of(text) == f.original for f in findings)
    return [(f.original, f.candidates[0].text) for f in findings]


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("З8-ю", "38-ю"),
        ("З8", "38"),
        ("б5", "65"),
        ("195О", "1950"),
        ("\N{LATIN SMALL LETTER L}941", "1941"),
        ("1О-го", "10-го"),
        ("19З8", "1938"),
        ("З-й", "3-й"),
        ("б-го", "6-го"),
        ("2З-го", "23-го"),
        ("1З.О5.195О", "13.05.1950"),
        ("22.\N{LATIN SMALL LETTER L}5", "22.15"),
        ("З,5", "3,5"),
    ],
)
def test_letters_that_are_figures(read: str, meant: str) -> None:
    assert found(f"был {read} там") == [(read, meant)]


@pytest.mark.parametrize(
    "text",
    [
        "38-ю",
        "5б",
        "10б",
        "8з",
        "О2",
        "CO2",
        "H2O",
        "И-16",
        "Б-29",
        "З-5",
        "5.I.1950",
        "22.IV.45",
        "XIX",
        "о-го",
        "З",
        "ЗОВ",
        "20ч",
    ],
)
def test_letters_that_are_in_order(text: str) -> None:
    assert found(f"был {text} там") == []


def test_only_whole_tokens_of_the_text_count() -> None:
    text = "З8 и З8"
    assert [f.span.start for f in find(text, tokenise(text, Span(3, len(text))))] == [5]
