"""The word language model: trigrams over the lexicon, smoothed, quantised, memory-mapped.

An unseen trigram falls back to the bigram with the weight its context carries, an unseen bigram to the unigram
(interpolated Kneser-Ney smoothing, written in back-off form). Log-probabilities are in nats: those of single words and
their back-off weights in steps of 1/12, those of bigrams and trigrams on the few levels that lose least.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sverka.language.retrieval import Retrieval

Ids = NDArray[np.int64]
Floats = NDArray[np.float32]

STEP = 1 / 12
"""Nats per quantum: an 8-bit value reaches down to -21 nats."""
BIGRAM_BITS = 6
"""Bits of a bigram's level; above them come those of its back-off weight."""
BACKOFF_BITS = 3
TRIGRAM_BITS = 4

_FIRST = np.uint64(0x9E3779B97F4A7C15)
_SECOND = np.uint64(0xC2B2AE3D27D4EB4F)


def pair_keys(a: Ids, b: Ids) -> NDArray[np.uint64]:
    """Keys of bigrams: exact, since a word number takes under 32 bits."""
    return (a.astype(np.uint64) << np.uint64(32)) | b.astype(np.uint64)


def triple_keys(a: Ids, b: Ids, c: Ids) -> NDArray[np.uint64]:
    """Keys of trigrams: hashed to 64 bits."""
    return (pair_keys(a, b) * _FIRST) ^ ((c.astype(np.uint64) + np.uint64(1)) * _SECOND)


def quantise(logs: NDArray[np.floating]) -> NDArray[np.uint8]:
    """Quanta of log-probabilities."""
    return np.asarray(np.clip(np.rint(-logs / STEP), 0, 255), dtype=np.uint8)


@dataclass(frozen=True, slots=True)
class NgramModel:
    """P(word | two words before).

    Words are numbers of the lexicon; beyond its ``size`` come BOUNDARY, NUMBER and UNKNOWN. ``unigrams`` and
    ``backoffs`` are quanta by word. A bigram's value is a position in ``bigram_logs`` and, above it, one in
    ``bigram_backoffs``; a trigram's is a position in ``trigram_logs``.
    """

    unigrams: NDArray[np.uint8]
    backoffs: NDArray[np.uint8]
    bigrams: Retrieval
    trigrams: Retrieval
    bigram_logs: Floats
    bigram_backoffs: Floats
    trigram_logs: Floats

    @property
    def boundary(self) -> int:
        """The number of the sentence boundary."""
        return len(self.unigrams) - 3

    @property
    def number(self) -> int:
        """The number that stands for any figure."""
        return len(self.unigrams) - 2

    @property
    def unknown(self) -> int:
        """The number of every word outside the lexicon."""
        return len(self.unigrams) - 1

    def word(self, w: Ids) -> Floats:
        """Log P(w) without context."""
        return self.unigrams[w].astype(np.float32) * np.float32(-STEP)

    def logs(self, u: Ids, v: Ids, w: Ids) -> Floats:
        """Log P(w | u v) of many trigrams at once."""
        known, value = self.bigrams.get(pair_keys(v, w))
        low = np.where(
            known,
            self.bigram_logs[value & np.uint32((1 << BIGRAM_BITS) - 1)],
            (self.unigrams[w].astype(np.float32) + self.backoffs[v]) * np.float32(-STEP),
        )
        context_known, context = self.bigrams.get(pair_keys(u, v))
        result = low + np.where(context_known, self.bigram_backoffs[context >> np.uint32(BIGRAM_BITS)], np.float32(0))
        # A trigram is stored only where both its bigrams are.
        possible = np.flatnonzero(known & context_known)
        if len(possible):
            found, level = self.trigrams.get(triple_keys(u[possible], v[possible], w[possible]))
            result[possible[found]] = self.trigram_logs[level[found]]
        return np.asarray(result, dtype=np.float32)
