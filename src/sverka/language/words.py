"""The units that the language model counts, and the letters that words are made of."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

BOUNDARY = "</s>"
"""Stands before and after every sentence."""
NUMBER = "<num>"
"""Any number in figures."""

LETTERS = "абвгдежзийклмнопрстуфхцчшщъыьэюя-"
"""The letters of a folded word, by code: ``LETTERS[code]``."""
FOREIGN = len(LETTERS)
"""The code of any other sign: only observed words hold it, never words of the lexicon."""

_CODES: NDArray[np.uint8] = np.full(0x2100, FOREIGN, dtype=np.uint8)
for _code, _letter in enumerate(LETTERS):
    _CODES[ord(_letter)] = _code


def encode(words: list[str]) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """Letter codes of many folded words at once.

    Returns a matrix of one row per word, padded with ``255`` to the longest, and the lengths.
    """
    lengths = np.fromiter(map(len, words), dtype=np.int64, count=len(words))
    width = int(lengths.max(initial=1))
    points = np.frombuffer("".join(words).encode("utf-32-le", "replace"), dtype=np.uint32)
    codes = _CODES[np.minimum(points, len(_CODES) - 1)]
    matrix = np.full((len(words), width), 255, dtype=np.uint8)
    matrix[np.arange(width) < lengths[:, None]] = codes
    return matrix, lengths
