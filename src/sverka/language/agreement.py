"""How well word forms agree: trigrams of grammatical classes.

A word's class is the set of what its form can be by the dictionary: ``восстановлены`` is a short adjective or
participle in the plural, ``Кореи`` a feminine noun in the genitive singular or the plural. Prepositions and other
frequent function words are classes of their own, since each governs its own cases. So the model knows that a plural
comes after ``отношения были``, whether or not it has seen these words together. Such ambiguity classes were first used
by Cutting, Kupiec, Pedersen and Sibun, "A practical part-of-speech tagger" (ANLP 1992).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ids = NDArray[np.int64]
Floats = NDArray[np.float32]

STEP = 1 / 12
"""Nats per quantum: 8 bits reach ten nats either way."""


@dataclass(frozen=True, slots=True)
class AgreementModel:
    """How much likelier two classes make a third.

    ``classes[word]`` is the class of a word; words are numbers of the lexicon, beyond which come boundary, number and
    unknown, as in :class:`sverka.language.ngram.NgramModel`. ``table[rows[a, b], c]`` is, in quanta,
    log P(c | a b) - log P(c). Contexts that say no more than their last class share its row, row ``b``.
    """

    classes: NDArray[np.uint8]
    rows: NDArray[np.uint16]
    table: NDArray[np.int8]

    def of(self, words: Ids) -> NDArray[np.uint8]:
        """The class of each word."""
        return self.classes[words]

    def logs(self, u: Ids, v: Ids, w: Ids) -> Floats:
        """Log P(class of w | classes of u and v) - log P(class of w) of many trigrams at once, in nats.

        Above 0: the form fits its neighbours better than forms do on average. A sentence's first word has two
        boundaries before it.
        """
        row = self.rows[self.classes[u], self.classes[v]]
        return self.table[row, self.classes[w]].astype(np.float32) * np.float32(STEP)
