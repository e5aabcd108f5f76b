"""What a lexeme leads one to expect of its forms."""

from __future__ import annotations

import numpy as np
import pytest

from sverka.language import automaton
from sverka.language.build import dictionary
from sverka.language.words import LETTERS

ENTRIES = [
    ("война", "NOUN sing,nomn", "война"),
    ("войны", "NOUN sing,gent", "война"),
    ("войны", "NOUN plur,nomn", "война"),
    ("сила", "NOUN sing,nomn", "сила"),
    ("силы", "NOUN sing,gent", "сила"),
    ("силы", "NOUN plur,nomn", "сила"),
    ("тропа", "NOUN sing,nomn", "тропа"),
    ("тропы", "NOUN sing,gent", "тропа"),
    ("тропы", "NOUN plur,nomn", "тропа"),
    ("и", "CONJ", "и"),
    ("неизвестно", "ADVB", "неизвестно"),
]
WORDS = sorted({entry[0] for entry in ENTRIES} - {"неизвестно"} | {"ялта"}, key=lambda w: [LETTERS.index(c) for c in w])


def expected(**counts: float) -> dict[str, float]:
    forms = dictionary.read(automaton.build(WORDS), ENTRIES)
    made = forms.expected(np.array([counts.get(word, 0.0) for word in WORDS]))
    return dict(zip(WORDS, made.tolist(), strict=True))


def test_a_form_never_met_is_expected_as_its_sisters_are() -> None:
    made = expected(война=30, войны=10, сила=50, силы=30, тропа=40, и=500)
    assert made["тропы"] == pytest.approx(40 * 40 / 160)  # of 160 occurrences of such nouns 40 have this form
    assert made["и"] == pytest.approx(500)
    assert made["ялта"] == 0  # the dictionary lacks it
    assert sum(made.values()) == pytest.approx(660)


def test_forms_that_say_the_same_share_what_is_expected() -> None:
    entries = [("водой", "NOUN ablt", "вода"), ("водою", "NOUN ablt", "вода"), ("вода", "NOUN nomn", "вода")]
    words = ["вода", "водой", "водою"]
    made = dictionary.read(automaton.build(words), entries).expected(np.array([10.0, 8.0, 0.0]))
    assert made.tolist() == pytest.approx([10, 4, 4])


def test_a_dictionary_may_have_nothing_to_say() -> None:
    forms = dictionary.read(automaton.build(["а"]), [])
    assert forms.expected(np.array([3.0])).tolist() == [0]


def test_the_shipped_dictionary_knows_a_form_by_tag_and_lexeme() -> None:
    form, tag, lexeme = next(iter(dictionary.entries()))
    assert form == form.lower()
    assert tag[:4].isupper()
    assert lexeme
