"""Counts letter 4-grams over the words of the corpora, each word as the logarithm of how often it occurs."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sverka.language.chars import EDGE, SIZE, CharModel
from sverka.language.ngram import quantise
from sverka.language.words import encode

_STRENGTH = 5.0


def learn(words: list[str], counts: NDArray[np.float64]) -> CharModel:
    """A letter model of ``words`` (folded), each order smoothed with the one below it."""
    matrix, lengths = encode(words)
    weights = np.log1p(counts)
    padded = np.full((len(words), matrix.shape[1] + 4), EDGE, dtype=np.int64)
    padded[:, 3:-1] = np.where(matrix == 255, EDGE, matrix)
    four = np.zeros(SIZE**4)
    for k in range(matrix.shape[1] + 1):
        here = k <= lengths
        a, b, c, d = (padded[here, k + i] for i in range(4))
        four += np.bincount(((a * SIZE + b) * SIZE + c) * SIZE + d, weights=weights[here], minlength=SIZE**4)
    table = four.reshape(SIZE, SIZE, SIZE, SIZE)
    lower = np.full(SIZE, 1 / SIZE)
    for axes in ((0, 1, 2), (0, 1), (0,), ()):
        counted = table.sum(axis=axes)
        total = counted.sum(axis=-1, keepdims=True)
        lower = (counted + _STRENGTH * lower) / (total + _STRENGTH)
    return CharModel(quantise(np.log(lower)).astype(np.uint8))
