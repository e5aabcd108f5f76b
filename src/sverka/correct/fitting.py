"""Fits a judge to choices whose truth is known: first the weights, then the network beside them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sverka.correct.features import LEARNED
from sverka.correct.ranker import Choice, Judge, Matrix, Network, Vector, inputs, with_stated

_STEPS = 400
_PRECISION = 1e-4
"""The precision of the normal prior on the weights of standardised features."""
_LEAST_DEVIATION = 1e-3


@dataclass(frozen=True, slots=True)
class Table:
    """What is fitted to: choices, which of their rows are ``right``, and how much each slot counts."""

    choice: Choice
    right: NDArray[np.bool_]
    weight: Vector


@dataclass(frozen=True, slots=True)
class Size:
    """A network: how many neurons; its training: rounds over the table, parts that each is cut into, and the decay."""

    neurons: int
    rounds: int
    parts: int
    decay: float


_RATE = 0.003


def fit(table: Table, size: Size | None) -> Judge:
    """The judge of greatest likelihood; of no ``size`` one without a network.

    Slots in which several rows are right count their sum.
    """
    weights = _weights(table)
    return Judge(with_stated(weights)) if size is None else _with_network(table, weights, size)


def _weights(table: Table) -> Vector:
    """The weights of the learned features alone, under a normal prior; these are standardised for the descent."""
    features, starts, lengths = table.choice.features[:, : len(LEARNED)], table.choice.starts, table.choice.lengths
    scale = features.std(axis=0) + 1e-6
    x = features / scale
    share = np.repeat(table.weight / table.weight.sum(), lengths).astype(np.float32)
    descent = _Descent([np.zeros(x.shape[1], dtype=np.float32)])
    for step in range(_STEPS):
        (weights,) = descent.values
        slope = _slope(x @ weights, starts, lengths, table.right) * share
        descent.step([x.T @ slope - np.float32(_PRECISION) * weights], 0.1 * (1 - (step + 1) / (1.08 * _STEPS)))
    return np.asarray(descent.values[0] / scale, dtype=np.float64)


def _with_network(table: Table, weights: Vector, size: Size) -> Judge:
    """Weights and network together, from the weights alone; in parts of the table, with decay of the network's own."""
    dice = np.random.default_rng(1837)
    features = table.choice.features[:, : len(LEARNED)]
    seen = inputs(table.choice)
    deviation = seen.std(axis=0)
    deviation[deviation < _LEAST_DEVIATION] = np.inf
    mean = seen.mean(axis=0)
    blank = Network(mean, deviation, *(np.zeros(0, dtype=np.float32) for _ in range(3)))
    z = blank.standardised(seen)
    scale = (features.std(axis=0) + 1e-6).astype(np.float32)
    x = features / scale
    hidden = (dice.normal(size=(z.shape[1], size.neurons)) / np.sqrt(z.shape[1])).astype(np.float32)
    nought = np.zeros(size.neurons, dtype=np.float32)
    descent = _Descent([hidden, nought.copy(), nought.copy(), (weights * scale).astype(np.float32)], (0, 2), size.decay)
    turns = size.rounds * size.parts
    for turn, slots in enumerate(_parts(dice, len(table.choice.starts), size)):
        starts, lengths = table.choice.starts[slots], table.choice.lengths[slots]
        local = np.cumsum(lengths) - lengths
        rows = np.arange(int(lengths.sum())) + np.repeat(starts - local, lengths)
        hidden, bias, output, own = descent.values
        value = np.tanh(z[rows] @ hidden + bias)
        share = table.weight[slots] / table.weight[slots].sum()
        slope = _slope(value @ output + x[rows] @ own, local, lengths, table.right[rows])
        slope *= np.repeat(share, lengths).astype(np.float32)
        inward = np.outer(slope, output) * (1 - value * value)
        gradients = [z[rows].T @ inward, inward.sum(axis=0), value.T @ slope, x[rows].T @ slope]
        descent.step(gradients, _RATE * (1 - (turn + 1) / (1.05 * turns)))
    hidden, bias, output, own = descent.values
    network = Network(mean, deviation, hidden, bias, output)
    return Judge(with_stated(own / scale), network)


def _parts(dice: np.random.Generator, slots: int, size: Size) -> Iterator[NDArray[np.int64]]:
    for _ in range(size.rounds):
        for part in np.array_split(dice.permutation(slots), size.parts):
            yield np.sort(part)


def _slope(scores: Matrix, starts: NDArray[np.int64], lengths: NDArray[np.int64], right: NDArray[np.bool_]) -> Matrix:
    """By row, how the log-likelihood of its slot changes with its score."""
    powers = np.exp(scores - np.repeat(np.maximum.reduceat(scores, starts), lengths))
    p = powers / np.repeat(np.add.reduceat(powers, starts), lengths)
    good = p * right
    held = np.repeat(np.maximum(np.add.reduceat(good, starts), 1e-12), lengths)
    return np.asarray(good / held - p, dtype=np.float32)


class _Descent:
    """Adam (Kingma and Ba 2015), with the decay of weights kept apart (Loshchilov and Hutter 2019)."""

    def __init__(self, values: list[Matrix], decaying: tuple[int, ...] = (), decay: float = 0.0) -> None:
        self.values = values
        self._decaying, self._decay = decaying, decay
        self._mean = [np.zeros_like(value) for value in values]
        self._square = [np.zeros_like(value) for value in values]
        self._steps = 0

    def step(self, gradients: list[Matrix], rate: float) -> None:
        """Go uphill."""
        self._steps += 1
        for i, gradient in enumerate(gradients):
            self._mean[i] = 0.9 * self._mean[i] + 0.1 * gradient
            self._square[i] = 0.999 * self._square[i] + 0.001 * gradient**2
            mean = self._mean[i] / (1 - 0.9**self._steps)
            square = self._square[i] / (1 - 0.999**self._steps)
            self.values[i] = self.values[i] + np.float32(rate) * mean / (np.sqrt(square) + np.float32(1e-8))
            if i in self._decaying:
                self.values[i] *= np.float32(1 - rate * self._decay)
