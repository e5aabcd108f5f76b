"""Errors that show in the signs: which are found, and what is let pass."""

from __future__ import annotations

import numpy as np
import pytest

from sverka.correct import surface
from sverka.correct.stream import Stream
from sverka.language.errormodel import observed_view
from sverka.model import Finding, Rule, Span
from sverka.text.tokens import tokenise

KNOWN = {"москва", "имеется", "что", "товарищ", "ссср", "по-моему", "какой-нибудь"}


def found(text: str) -> tuple[Finding, ...]:
    tokens = tokenise(text, Span(0, len(text)))
    readings = tuple(observed_view(token.text) for token in tokens)
    known = np.array([reading in KNOWN for reading in readings])
    nowhere = np.zeros(0, dtype=np.int64)
    return tuple(surface.find(Stream(tokens, readings, known, nowhere, nowhere, 0, 0)))


@pytest.mark.parametrize(
    ("text", "meant", "rule"),
    [
        ("М\N{LATIN SMALL LETTER O}сква", "Москва", Rule.SCRIPT),
        ("CCCP", "\u0421\u0421\u0421\u0420", Rule.SCRIPT),  # all of it Latin, but a Russian word
        ("ч\N{LATIN SMALL LETTER C}о", "чсо", Rule.SCRIPT),  # two alphabets in a word are never right
        ("\N{LATIN CAPITAL LETTER T}-34", "Т-34", Rule.SCRIPT),
        ("З8-ю", "38-ю", Rule.NUMBER),
        ("З8", "38", Rule.NUMBER),
        ("б5", "65", Rule.NUMBER),
        ("имеетСя", "имеется", Rule.CASE),
        ("ЧТо", "Что", Rule.CASE),
        ("ТОВАРИщ", "ТОВАРИЩ", Rule.CASE),
        ("по-мОему", "по-моему", Rule.CASE),
    ],
)
def test_what_is_found(text: str, meant: str, rule: Rule) -> None:
    (finding,) = found(f"и {text}, и")
    assert finding.span.of(f"и {text}, и") == finding.original == text
    assert finding.rule is rule
    assert [candidate.text for candidate in finding.candidates] == [meant]
    assert finding.candidates[0].probability <= finding.confidence < 1
    assert finding.candidates[0].evidence


@pytest.mark.parametrize(
    "text",
    [
        "Москва",
        "СССР",
        "Что",
        "По-моему",
        "XIX",  # Roman figures
        "World",  # English
        "HAC",  # Latin, and reads as no Russian word that is known
        "38-ю",
        "1950",
        "15-й",
        "Т-34",
        "МиГ-15",  # capitals within a word the lexicon does not have
        "Какой-нибудь",
        "i\u0301",
    ],
)
def test_what_is_let_pass(text: str) -> None:
    assert found(f"и {text}, и") == ()


def test_findings_come_in_the_order_of_the_text() -> None:
    text = "имеетСя З8-ю ЧТо"
    assert [finding.original for finding in found(text)] == text.split()


def test_a_word_joined_over_a_line_end_is_left_alone() -> None:
    assert found("имеет-\nСя") == ()
