"""Alignments agree with the error model's own cost, and their edits lead from one word to the other."""

from __future__ import annotations

import numpy as np
import pytest
import toy_language as toy
from hypothesis import given
from hypothesis import strategies as st

from sverka.language.alignment import STRANGE, align, edit_of, key_of
from sverka.language.errormodel import SIGNS, observed_view
from sverka.language.words import LETTERS

MODEL = toy.misreadings()

words = st.text(LETTERS, max_size=7)
observations = st.text(SIGNS, max_size=7).map(observed_view)


@given(pairs=st.lists(st.tuples(observations, words), max_size=6))
def test_costs_are_those_of_the_model(pairs: list[tuple[str, str]]) -> None:
    aligned = align([o for o, _ in pairs], [i for _, i in pairs], MODEL)
    assert aligned.costs == pytest.approx([MODEL.cost(o, i) for o, i in pairs], abs=1e-4)


@given(pairs=st.lists(st.tuples(observations, words), max_size=6))
def test_the_edits_of_a_word_are_all_of_it(pairs: list[tuple[str, str]]) -> None:
    aligned = align([o for o, _ in pairs], [i for _, i in pairs], MODEL)
    for number, pair in enumerate(pairs):
        # From the last edit to the first.
        edits = [edit_of(key) for key in aligned.keys[aligned.words == number].tolist()][::-1]
        assert ("".join(signs for signs, _ in edits), "".join(letters for _, letters in edits)) == pair


def test_many_words_of_all_lengths_are_aligned_as_each_alone() -> None:
    observed = ["а" * n + "бв" * (n % 3) + "‹" for n in range(1, 40)] * 20
    intended = ["а" * n + "вб" * (n % 3) for n in range(1, 40)] * 20
    together = align(observed, intended, MODEL)
    for number in range(39):
        alone = align([observed[number]], [intended[number]], MODEL)
        assert together.costs[number] == alone.costs[0] == together.costs[number + 39]
        assert together.keys[together.words == number].tolist() == alone.keys.tolist()


@pytest.mark.parametrize("edit", [("п", "н"), ("", "н"), ("‹", ""), ("ь!", "ы"), ("м", "ии"), (STRANGE, "а")])
def test_an_edit_and_its_key(edit: tuple[str, str]) -> None:
    assert edit_of(key_of(edit)) == edit


def test_edits_are_counted_with_the_weights_of_their_words() -> None:
    aligned = align(["мнр", "мир"], ["мир", "мир"], MODEL)
    counts = aligned.count(np.array([0.5, 2.0]))
    assert counts["н", "и"] == 0.5
    assert counts["м", "м"] == 2.5
    assert aligned.wrong().tolist() == [1, 0]


def test_a_two_letter_edit_is_found_where_new_ones_are_looked_for() -> None:
    unknown = ("ьн", "ю")
    assert align(["вьнга"], ["вюга"], MODEL).count(np.ones(1)).get(unknown) is None
    assert align(["вьнга"], ["вюга"], MODEL, novel=0.1).count(np.ones(1))[unknown] == 1
