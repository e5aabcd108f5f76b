"""How often a word has a capital in the middle of a sentence: ``Москва`` always, ``союз`` often, ``что`` never.

Counted over the corpora and stored, for the words that are used enough, as a function without keys
(:mod:`sverka.language.retrieval`). The idea of truecasing a text by the case its words most often have is that of Lita,
Ittycheriah, Roukos and Kambhatla, "tRuEcasIng" (ACL 2003).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sverka.language.retrieval import Retrieval, build

STEP = 1 / 8
"""Nats per quantum: seven bits reach from -8 to +8 nats."""
_ZERO = 64
_ABBREVIATION = 128
"""The bit that marks a word of capitals throughout: ``СССР``."""


@dataclass(frozen=True, slots=True)
class Capitals:
    """``table`` has, by the lexicon's number of a word, the quanta of its log-odds, and a bit for abbreviations.

    ``rest`` is what holds for a word that the table lacks: the log-odds of all such words together.
    """

    table: Retrieval
    rest: float

    def log_odds(self, numbers: NDArray[np.int64]) -> NDArray[np.float32]:
        """The log-odds (nats) that each word is capitalised where no sentence begins; ``numbers`` may hold -1."""
        return self.of(numbers)[0]

    def of(self, numbers: NDArray[np.int64]) -> tuple[NDArray[np.float32], NDArray[np.bool_], NDArray[np.bool_]]:
        """By word: the log-odds of a capital, whether it is known at all, whether it is written in capitals."""
        counted, values = self.table.get(np.maximum(numbers, 0).astype(np.uint64))
        counted &= numbers >= 0
        quanta = (values & np.uint32(_ABBREVIATION - 1)).astype(np.float32)
        odds = np.where(counted, (quanta - _ZERO) * np.float32(STEP), np.float32(self.rest))
        return odds.astype(np.float32), counted, counted & (values >= _ABBREVIATION)


def store(
    numbers: NDArray[np.int64], log_odds: NDArray[np.float64], abbreviation: NDArray[np.bool_], rest: float
) -> Capitals:
    """The table of distinct words by number; log-odds beyond 8 nats are taken as 8."""
    quanta = np.clip(np.rint(log_odds / STEP) + _ZERO, 0, _ABBREVIATION - 1).astype(np.uint32)
    values = quanta | np.where(abbreviation, np.uint32(_ABBREVIATION), np.uint32(0))
    return Capitals(build(numbers.astype(np.uint64), values, 8), rest)
