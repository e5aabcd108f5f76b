"""How much a string of letters looks like a Russian word: letter 4-grams over the vocabulary of the corpora."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sverka.language.ngram import STEP
from sverka.language.words import FOREIGN, encode

EDGE = FOREIGN
"""The code that stands before and after a word."""
SIZE = FOREIGN + 1
_FOREIGN_COST = 8.0


@dataclass(frozen=True, slots=True)
class CharModel:
    """``table[a, b, c, d]``: quanta of -log P(d | a b c), codes as in LETTERS, EDGE beyond the word."""

    table: NDArray[np.uint8]

    def logs(self, words: list[str]) -> NDArray[np.float32]:
        """Log P(letters) of each folded word, its end included; a sign that is no letter costs eight nats."""
        if not words:
            return np.zeros(0, dtype=np.float32)
        matrix, lengths = encode(words)
        foreign = (matrix == FOREIGN).sum(axis=1)
        padded = np.full((len(words), matrix.shape[1] + 4), EDGE, dtype=np.int64)
        padded[:, 3:-1] = np.where(matrix == 255, EDGE, matrix)
        total = np.zeros(len(words), dtype=np.float32)
        for k in range(matrix.shape[1] + 1):
            quanta = self.table[padded[:, k], padded[:, k + 1], padded[:, k + 2], padded[:, k + 3]]
            total -= np.where(k <= lengths, quanta, 0) * np.float32(STEP)
        return np.asarray(total - foreign * np.float32(_FOREIGN_COST), dtype=np.float32)
