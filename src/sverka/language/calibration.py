"""Probabilities put right by how often such probabilities were right.

Platt, "Probabilistic outputs for support vector machines" (1999), on the log-odds of a model that gives probabilities
already: so the correction is expected to be none, and held to that until many answers speak against it. What all
findings have in common is told apart from what those of one rule have by themselves, as in a regression whose effects
vary by group (Gelman and Hill, "Data analysis using regression and multilevel/hierarchical models", 2007): a rule that
was seldom asked goes with the others.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import exp, log

import numpy as np

from sverka.model import Rule

_FIRM_SLOPE, _FIRM_OFFSET, _FIRM_KIND = 100.0, 50.0, 5.0
"""How firmly each part of the correction is held to be none: as four times as many answers to even odds would.

Their Fisher information. Fitted so that later findings on pages of OCR and on misread news are foretold no worse after
ten answers, and better after fifty.
"""

_EDGE = 0.001
"""What is held more certain than this counts as this certain: log-odds have no end."""

_DIGITS = 4
_LEAST_SLOPE = 0.1

UNEXPLAINED = "no candidate"
"""The kind of findings that know of nothing else that may have stood there."""


def kinds_of(rule: Rule, *, candidates: bool) -> tuple[str, ...]:
    """The kinds of a finding by which confidences are corrected; ``candidates``: whether it has any."""
    return (rule.value,) if candidates else (rule.value, UNEXPLAINED)


@dataclass(frozen=True, slots=True)
class Calibration:
    """log-odds' = ``slope`` · log-odds + ``offset`` + what the finding's kinds add; as it is made, no change.

    ``own`` are the kinds that add something, in the order of their names, and how much, in nats.
    """

    slope: float = 1.0
    offset: float = 0.0
    own: tuple[tuple[str, float], ...] = ()

    def of(self, probability: float, kinds: Iterable[str] = ()) -> float:
        """The probability put right; 0 and 1 stay what they are."""
        if not 0 < probability < 1 or self == NONE:
            return probability
        return _probability(self.slope * _log_odds(probability) + self._added(kinds))

    def undone(self, probability: float, kinds: Iterable[str] = ()) -> float:
        """The probability that is put right to this one."""
        if not 0 < probability < 1 or self == NONE:
            return probability
        return _probability((_log_odds(probability) - self._added(kinds)) / self.slope)

    def least(self, probability: float) -> float:
        """A probability below which none is put right to this one or more, of whatever kind it is."""
        # A finding is of one rule, and with a candidate or without.
        rules = [(added, kind) for kind, added in self.own if kind != UNEXPLAINED]
        raised = [kind for added, kind in [max(rules, default=(0.0, ""))] if added > 0]
        without = dict(self.own).get(UNEXPLAINED, 0.0) > 0
        return self.undone(probability, [*raised, UNEXPLAINED] if without else raised)

    def _added(self, kinds: Iterable[str]) -> float:
        own = dict(self.own)
        return self.offset + sum(own.get(kind, 0.0) for kind in kinds)


NONE = Calibration()
"""The calibration that changes nothing."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A probability that was said of a finding of some kinds, and whether it came true."""

    said: float
    kinds: tuple[str, ...]
    right: bool


def fit(answers: Sequence[Answer]) -> Calibration:
    """The correction of greatest posterior probability, given the answers; to four digits."""
    if not answers:
        return NONE
    names = sorted({kind for answer in answers for kind in answer.kinds})
    log_odds = [_log_odds(min(max(answer.said, _EDGE), 1 - _EDGE)) for answer in answers]
    inputs = np.array(
        [[x, 1.0, *(name in answer.kinds for name in names)] for x, answer in zip(log_odds, answers, strict=True)]
    )
    came_true = np.array([answer.right for answer in answers], dtype=float)
    prior = np.array([1.0, 0.0, *(0.0 for _ in names)])
    firmness = np.array([_FIRM_SLOPE, _FIRM_OFFSET, *(_FIRM_KIND for _ in names)])
    found = prior.copy()
    for _ in range(50):
        expected = 1 / (1 + np.exp(-(inputs @ found)))
        gradient = inputs.T @ (came_true - expected) - firmness * (found - prior)
        curvature = (inputs * (expected * (1 - expected))[:, None]).T @ inputs + np.diag(firmness)
        step = np.linalg.solve(curvature, gradient)
        # The posterior has one summit, but far from it a full step may lead past it.
        found += step * min(1.0, 1 / float(np.abs(step).max(initial=1e-9)))
        if np.abs(step).max() < 1e-9:
            break
    # Adding zero makes a zero of minus zero.
    slope, offset, *own = (round(value, _DIGITS) + 0.0 for value in found.tolist())
    kinds = tuple((name, added) for name, added in zip(names, own, strict=True) if added)
    # Whatever editors say, of two findings of one kind the likelier one stays the likelier one.
    return Calibration(max(slope, _LEAST_SLOPE), offset, kinds)


def _log_odds(probability: float) -> float:
    return log(probability / (1 - probability))


def _probability(log_odds: float) -> float:
    return 1 / (1 + exp(-log_odds)) if log_odds > -700 else 0.0
