"""What an error model learns from misread words, and what it says of others."""

from __future__ import annotations

import numpy as np
import pytest
import toy_language as toy
from hypothesis import given
from hypothesis import strategies as st

from sverka.language.build.errormodel import Pair, learn
from sverka.language.errormodel import OTHER, PAD, encode_observed, observed_view
from sverka.language.words import LETTERS

MODEL = toy.misreadings()


@pytest.mark.parametrize(
    ("intended", "likelier", "than"),
    [
        ("теперь", "теперь", "топерь"),  # right
        ("теперь", "топерь", "тыперь"),  # a misreading that was seen
        ("теперь", "топерь", "топорь"),  # one error rather than two
        ("силы", "сильі", "силшь"),  # two signs for a letter
        ("арии", "арм", "арш"),  # one sign for two letters
        ("народ", "на‹род", "наъъърод"),  # a sign added
        ("мир", "мр", "м"),  # a letter lost
        ("она", "оиа", "оша"),  # the reverse of a misreading that was seen
    ],
)
def test_what_was_seen_costs_less(intended: str, likelier: str, than: str) -> None:
    assert MODEL.cost(likelier, intended) < MODEL.cost(than, intended)


def test_a_word_read_right_costs_next_to_nothing() -> None:
    assert MODEL.cost("теперь", "теперь") == pytest.approx(0, abs=0.1)


@given(observed=st.text(max_size=8), intended=st.text(LETTERS, max_size=8))
def test_any_two_strings_have_a_cost(observed: str, intended: str) -> None:
    assert 0 <= MODEL.cost(observed, intended) < np.inf


def test_the_chances_of_a_letter_do_not_exceed_one() -> None:
    read = np.exp(-MODEL.read.astype(float)).sum(axis=0)
    assert read.max() < 1.05


def test_a_pair_too_far_apart_teaches_nothing() -> None:
    right = [Pair(word, word) for word in toy.words()]
    model = learn([*right, Pair("щщщщщщ", "вместе"), Pair("ъъъъъ", "но")])
    assert model.cost("щ", "в") == pytest.approx(model.cost("ф", "в"))
    assert model.cost("ъ", "н") == pytest.approx(model.cost("ф", "н"))


def test_words_with_figures_teach_nothing() -> None:
    right = [Pair(word, word) for word in toy.words()]
    assert np.array_equal(learn([*right, Pair("З8", "38"), Pair("", "а"), Pair("а", "")]).read, learn(right).read)


@pytest.mark.parametrize(
    ("seen", "view"),
    [
        ("ТОПОРЬ", "топорь"),
        ("Мoсква", "москва"),  # a Latin o
        ("ёлка", "елка"),
        ("Яй\u2014ши", "яй-ши"),
        ("диви\u00ad\nзий", "диви- зий"),
        ("World", "wоrld"),  # of Latin letters only those that look Cyrillic change
    ],
)
def test_the_view_of_the_channel(seen: str, view: str) -> None:
    assert observed_view(seen) == view


@given(text=st.text(max_size=30))
def test_the_view_is_as_long_as_the_text(text: str) -> None:
    assert len(observed_view(text)) == len(text)


def test_signs_become_codes() -> None:
    matrix, lengths = encode_observed(["а!", "\u2603\U0001f600в", ""])
    assert matrix[0].tolist()[0] == 0
    assert matrix[1].tolist() == [OTHER, OTHER, 2]
    assert matrix[2].tolist() == [PAD] * 3
    assert lengths.tolist() == [2, 3, 0]
