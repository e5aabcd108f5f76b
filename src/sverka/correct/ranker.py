"""The model that weighs the features, one for words and one for pairs.

P(choice) ∝ exp(weights · features + network(inputs)), fitted to pages whose truth is known by maximum likelihood, so
that the probabilities mean what they say: there is no threshold in it but the one the reader of the findings sets. The
weights are a log-linear model that can be read; the network, one layer of some neurons, is what they cannot say: how
features act together. What either adds for one choice over another is told by feature (:meth:`Judge.gains`).
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sverka.correct.features import FEATURES, LEARNED, OTHER, STANDS, STATED
from sverka.correct.slots import SlotKind
from sverka.language.store import DATA

Vector = NDArray[np.float64]
Matrix = NDArray[np.float32]
Ints = NDArray[np.int64]

_COMPARED = ("channel", "context", "agreement")
"""Features of which the network also sees how far a choice is from the best of its slot."""
_OF_SLOT = tuple(
    i
    for i, name in enumerate(LEARNED)
    if name.startswith(("stands", "pair")) or name in {"channel", "context", "agreement", "rarity"}
)
"""Features of the text as it stands that the network sees beside every choice of its slot."""
INPUTS = len(LEARNED) + len(_OF_SLOT) + 2 + 2 * len(_COMPARED)
_FARTHEST = 5.0
"""Standard deviations at which an input is cut off."""
_NONE = -30.0
"""What stands for the best option where there is none."""
_PATH = 8
"""Steps on the way between two choices along which gains are summed."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Rows of features, those of a slot following one another, of which row ``first[r]`` is the first.

    A slot's first row is the text as it stands, its last something else; all between are its options.
    """

    features: Matrix
    starts: Ints

    @classmethod
    def of(cls, features: Matrix, option: Ints) -> Choice:
        """The rows whose ``option`` is as in :class:`sverka.correct.features.Choices`."""
        return cls(features, np.flatnonzero(option == STANDS))

    @property
    def lengths(self) -> Ints:
        """How many rows each slot has."""
        return np.asarray(np.diff(np.r_[self.starts, len(self.features)]), dtype=np.int64)

    def options(self) -> Ints:
        """For each row STANDS, OTHER, or 0 for an option."""
        result = np.zeros(len(self.features), dtype=np.int64)
        result[self.starts] = STANDS
        result[self.starts + self.lengths - 1] = OTHER
        return result


def inputs(choice: Choice) -> Matrix:
    """What the network sees of each row: the learned features, those of the text as it stands, how near the best."""
    features, lengths = choice.features, choice.lengths
    kind = choice.options()
    found = np.empty((len(features), INPUTS), dtype=np.float32)
    width = len(LEARNED)
    found[:, :width] = features[:, :width]
    found[:, width : width + len(_OF_SLOT)] = np.repeat(features[choice.starts][:, _OF_SLOT], lengths, axis=0)
    at = width + len(_OF_SLOT)
    found[:, at], found[:, at + 1] = kind == STANDS, kind == OTHER
    offered = kind == 0
    for k, name in enumerate(_COMPARED):
        column = features[:, FEATURES.index(name)]
        options = np.where(offered, column, -np.inf)
        best = np.repeat(np.maximum.reduceat(options, choice.starts), lengths) if len(choice.starts) else column
        found[:, at + 2 + 2 * k] = np.where(offered, column - best, 0)
        found[:, at + 3 + 2 * k] = np.where(np.isfinite(best), best, _NONE)
    return found


_FEATURE_OF = np.array(
    [*range(len(LEARNED)), *(-1 for _ in _OF_SLOT), -1, -1]
    + [i for name in _COMPARED for i in (FEATURES.index(name), -1)]
)
"""The feature that an input is about; -1 where it is about the slot."""


@dataclass(frozen=True, slots=True)
class Network:
    """Output · tanh(hidden · standardised inputs + bias).

    ``mean`` and ``deviation`` are of the inputs; an input that never varied has an infinite deviation, and no say.
    """

    mean: Matrix
    deviation: Matrix
    hidden: Matrix
    bias: Matrix
    output: Matrix

    def standardised(self, rows: Matrix) -> Matrix:
        """The inputs in standard deviations from their mean, none too far."""
        return np.asarray(np.clip((rows - self.mean) / self.deviation, -_FARTHEST, _FARTHEST))

    def scores(self, rows: Matrix) -> Matrix:
        """What the network adds to the score of each row."""
        return np.asarray(np.tanh(self.standardised(rows) @ self.hidden + self.bias) @ self.output)

    def gains(self, rows: Matrix, against: Matrix) -> Matrix:
        """What of the score of each row over that of the row ``against`` it is owed to each input.

        Integrated gradients (Sundararajan, Taly and Yan, "Axiomatic attribution for deep networks", ICML 2017): they
        sum up to the difference of the scores.
        """
        end, start = self.standardised(rows), self.standardised(against)
        slope = np.zeros((len(rows), self.hidden.shape[1]), dtype=np.float32)
        for step in (np.arange(_PATH) + 0.5) / _PATH:
            value = np.tanh((start + np.float32(step) * (end - start)) @ self.hidden + self.bias)
            slope += (1 - value**2) * self.output / _PATH
        return np.asarray((end - start) * (slope @ self.hidden.T))


@dataclass(frozen=True, slots=True)
class Judge:
    """The ``weights`` of the features, in the order of FEATURES, and the network beside them, if there is one."""

    weights: Vector
    network: Network | None = None

    def probability(self, choice: Choice) -> Vector:
        """The probability of each row, summing to one within a slot."""
        scores = choice.features @ self.weights
        if self.network is not None and len(choice.starts):
            scores = scores + self.network.scores(inputs(choice))
        return softmax(scores, choice)

    def gains(self, choice: Choice, rows: Ints) -> Matrix:
        """For some rows, by feature, what their score over that of the text as it stands owes to it, in nats.

        One column more than there are features holds what is owed to none of them.
        """
        first = choice.starts[np.searchsorted(choice.starts, rows, side="right") - 1]
        gained = np.zeros((len(rows), len(FEATURES) + 1), dtype=np.float32)
        gained[:, :-1] = (choice.features[rows] - choice.features[first]) * self.weights
        if self.network is not None and len(rows):
            seen = inputs(choice)
            owed = self.network.gains(seen[rows], seen[first])
            for column, feature in enumerate(_FEATURE_OF.tolist()):
                gained[:, feature] += owed[:, column]
        return gained


@dataclass(frozen=True, slots=True)
class Ranker:
    """A judge for each kind of slot."""

    judges: Mapping[SlotKind, Judge]

    @classmethod
    def open(cls, path: Path = DATA / "ranker.json") -> Ranker:
        """The shipped judges."""
        table = json.loads(path.read_text(encoding="utf-8"))
        return cls({kind: _decoded(table[kind]) for kind in SlotKind})

    @classmethod
    def blank(cls) -> Ranker:
        """No weights yet but the two that the noisy channel itself gives."""
        vector = np.array([1.0 if name in {"channel", "context"} else 0.0 for name in FEATURES])
        return cls({kind: Judge(vector) for kind in SlotKind})

    def save(self, path: Path) -> None:
        """Write the judges, the weights by name."""
        table = {kind.value: _encoded(judge) for kind, judge in self.judges.items()}
        path.write_text(json.dumps(table, indent=1) + "\n", encoding="utf-8")


def with_stated(weights: Sequence[float] | Vector) -> Vector:
    """The weights of all features, given those of the learned ones."""
    return np.array([*weights, *STATED.values()], dtype=np.float64)


_DIGITS = 4


def _encoded(judge: Judge) -> dict[str, Any]:
    weights = {name: round(float(weight), _DIGITS) for name, weight in zip(LEARNED, judge.weights, strict=False)}
    if judge.network is None:
        return {"weights": weights}
    arrays = {
        name: [" ".join(f"{value:.{_DIGITS}g}" for value in row) for row in np.atleast_2d(getattr(judge.network, name))]
        for name in ("mean", "deviation", "hidden", "bias", "output")
    }
    return {"weights": weights, "network": arrays}


def _decoded(table: Mapping[str, Any]) -> Judge:
    weights = with_stated([table["weights"].get(name, 0.0) for name in LEARNED])
    if "network" not in table:
        return Judge(weights)
    arrays = {
        name: np.array([row.split() for row in rows], dtype=np.float32) for name, rows in table["network"].items()
    }
    flat = {name: array if name == "hidden" else array[0] for name, array in arrays.items()}
    return Judge(weights, Network(**flat))


def softmax(scores: Vector, choice: Choice) -> Vector:
    """Probabilities within each slot."""
    if not len(scores):
        return scores
    starts, lengths = choice.starts, choice.lengths
    powers = np.exp(scores - np.repeat(np.maximum.reduceat(scores, starts), lengths))
    return np.asarray(powers / np.repeat(np.add.reduceat(powers, starts), lengths))
