"""The log-linear model that weighs the features, one for words and one for pairs.

P(choice) ∝ exp(weights · features), fitted to the pages of the benchmark by maximum likelihood, so that the
probabilities mean what they say: there is no threshold in it but the one the reader of the findings sets.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sverka.correct.features import FEATURES
from sverka.correct.slots import SlotKind
from sverka.language.store import DATA

Vector = NDArray[np.float64]


STATED = {"candidate_name": -4.0, "candidate_mentioned": 3.5}
"""Weights that the training pages cannot teach, since they have neither names of the era nor translations."""


@dataclass(frozen=True, slots=True)
class Ranker:
    """Weights by kind of slot, in the order of FEATURES."""

    weights: dict[SlotKind, Vector]

    @classmethod
    def open(cls, path: Path = DATA / "ranker.json") -> Ranker:
        """The shipped weights."""
        table = json.loads(path.read_text(encoding="utf-8"))
        return cls({kind: np.array([(table[kind] | STATED).get(name, 0.0) for name in FEATURES]) for kind in SlotKind})

    @classmethod
    def blank(cls) -> Ranker:
        """No weights yet but the two that the noisy channel itself gives."""
        vector = np.array([1.0 if name in {"channel", "context"} else 0.0 for name in FEATURES])
        return cls(dict.fromkeys(SlotKind, vector))

    def save(self, path: Path) -> None:
        """Write the weights by name."""
        table = {
            kind.value: {
                name: round(float(w), 4) for name, w in zip(FEATURES, vector, strict=True) if name not in STATED
            }
            for kind, vector in self.weights.items()
        }
        path.write_text(json.dumps(table, indent=1) + "\n", encoding="utf-8")


def softmax(scores: Vector, group: NDArray[np.int64]) -> Vector:
    """Probabilities within each group of consecutive rows."""
    if not len(scores):
        return scores
    starts = np.flatnonzero(np.r_[True, group[1:] != group[:-1]])
    lengths = np.diff(np.r_[starts, len(group)])
    top = np.repeat(np.maximum.reduceat(scores, starts), lengths)
    powers = np.exp(scores - top)
    return np.asarray(powers / np.repeat(np.add.reduceat(powers, starts), lengths))


@dataclass(frozen=True, slots=True)
class Table:
    """What the weights are fitted to: rows of ``features`` in consecutive groups, some of them ``right``.

    ``weight`` is by group.
    """

    features: NDArray[np.float32]
    group: NDArray[np.int64]
    right: NDArray[np.bool_]
    weight: Vector


_STEPS = 400


def fit(table: Table, l2: float) -> Vector:
    """Weights of greatest likelihood under a normal prior of precision ``l2``.

    Groups in which several rows are right count their sum. Features are standardised for the descent (Adam, Kingma and
    Ba 2015).
    """
    scale = table.features.std(axis=0) + 1e-6
    x = table.features / scale
    weights = np.zeros(x.shape[1], dtype=np.float32)
    starts = np.flatnonzero(np.r_[True, table.group[1:] != table.group[:-1]])
    lengths = np.diff(np.r_[starts, len(table.group)])
    share = np.repeat(table.weight / table.weight.sum(), lengths).astype(np.float32)
    mean, square = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, _STEPS + 1):
        scores = x @ weights
        powers = np.exp(scores - np.repeat(np.maximum.reduceat(scores, starts), lengths))
        p = powers / np.repeat(np.add.reduceat(powers, starts), lengths)
        good = p * table.right
        held = np.repeat(np.maximum(np.add.reduceat(good, starts), 1e-12), lengths)
        gradient = x.T @ ((good / held - p) * share) - np.float32(l2) * weights
        mean = 0.9 * mean + 0.1 * gradient
        square = 0.999 * square + 0.001 * gradient**2
        rate = 0.1 * (1 - step / (1.08 * _STEPS))
        weights += rate * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
    return np.asarray(weights / scale, dtype=np.float64)
