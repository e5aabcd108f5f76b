"""Fitting the case of words to pages whose truth is known."""

from __future__ import annotations

import numpy as np

from sverka.correct.casing import FITTED, Read
from sverka.correct.places import Place
from sverka.correct.train_casing import Words, fit, predict, report, thinned


def words(capital: list[bool]) -> Words:
    """Words read small in mid-sentence, and as many read with a capital; ``capital`` tells which have one."""
    size = len(capital)
    one = np.ones(2 * size, dtype=np.float32)
    return Words(
        np.full(2 * size, Place.MIDDLE, dtype=np.int8),
        np.zeros((2 * size, 5), dtype=np.float32),
        0 * one,
        0 * one,
        -7 * one,
        np.repeat([Read.SMALL, Read.CAPITAL], size),
        one > 0,
        np.array([False] * size + capital),
        one,
        np.arange(2 * size),
    )


def test_a_fit_believes_capitals_as_far_as_they_were_right() -> None:
    right, wrong = (fit(words([value] * 30), FITTED, steps=30) for value in (True, False))
    sample = words([True])
    assert predict(right, sample)[1] > predict(FITTED, sample)[1] > predict(wrong, sample)[1]


def test_plain_words_are_thinned_but_count_as_before() -> None:
    sample = words([True] * 30)
    few = thinned(sample)
    assert len(few.capital) == 33
    assert few.weight.sum() == sample.weight.sum()


def test_the_report_compares_what_is_said_with_what_is() -> None:
    text = report(words([False] * 4), np.array([0.01] * 4 + [0.1] * 4, dtype=np.float32))
    assert "said 0.80-1.00:    4 words, 1.00 of them wrong" in text
