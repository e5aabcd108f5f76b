"""Probabilities put right by how often such probabilities were right.

Platt, "Probabilistic outputs for support vector machines" (1999), on the log-odds of a model that gives probabilities
already: so the correction is expected to be none, and held to that until many answers speak against it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log

import numpy as np

_FIRMNESS = 25.0
"""How firmly the correction is held to be none: as a hundred answers to even odds would (their Fisher information)."""

_EDGE = 0.001
"""What is held more certain than this counts as this certain: log-odds have no end."""

_DIGITS = 4
_LEAST_SLOPE = 0.1


@dataclass(frozen=True, slots=True)
class Calibration:
    """log-odds' = ``slope`` · log-odds + ``offset``; as it is made, no change."""

    slope: float = 1.0
    offset: float = 0.0

    def of(self, probability: float) -> float:
        """The probability put right; 0 and 1 stay what they are."""
        if not 0 < probability < 1 or self == NONE:
            return probability
        return _probability(self.slope * _log_odds(probability) + self.offset)

    def undone(self, probability: float) -> float:
        """The probability that is put right to this one."""
        if not 0 < probability < 1 or self == NONE:
            return probability
        return _probability((_log_odds(probability) - self.offset) / self.slope)


NONE = Calibration()
"""The calibration that changes nothing."""


def fit(probabilities: Sequence[float], right: Sequence[bool]) -> Calibration:
    """The correction of greatest posterior probability, given what came true of ``probabilities``; to four digits."""
    if not probabilities:
        return NONE
    log_odds = np.array([_log_odds(min(max(p, _EDGE), 1 - _EDGE)) for p in probabilities])
    inputs = np.stack([log_odds, np.ones_like(log_odds)], axis=1)
    came_true = np.array(right, dtype=float)
    prior = np.array([1.0, 0.0])
    found = prior.copy()
    for _ in range(50):
        expected = 1 / (1 + np.exp(-(inputs @ found)))
        gradient = inputs.T @ (came_true - expected) - _FIRMNESS * (found - prior)
        curvature = (inputs * (expected * (1 - expected))[:, None]).T @ inputs + _FIRMNESS * np.eye(2)
        step = np.linalg.solve(curvature, gradient)
        # The posterior has one summit, but far from it a full step may lead past it.
        found += step * min(1.0, 1 / float(np.abs(step).max(initial=1e-9)))
        if np.abs(step).max() < 1e-9:
            break
    slope, offset = found.tolist()
    # Whatever editors say, a likelier finding stays the likelier one. Adding zero makes a zero of minus zero.
    return Calibration(max(round(slope, _DIGITS), _LEAST_SLOPE), round(offset, _DIGITS) + 0.0)


def _log_odds(probability: float) -> float:
    return log(probability / (1 - probability))


def _probability(log_odds: float) -> float:
    return 1 / (1 + exp(-log_odds)) if log_odds > -700 else 0.0
