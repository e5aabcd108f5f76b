"""Whether a confidence means what it says: of findings at 0.9, nine in ten should be real."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bench.gold import Page
from bench.pages import Predictions
from sverka.model import Span

_LEAST = 0.05
"""Confidence from which on predictions are counted."""


@dataclass(frozen=True, slots=True)
class Bin:
    """Predictions of about the same confidence: how many, their mean confidence, the share that is real."""

    start: float
    count: int
    said: float
    real: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """The bins that are not empty."""

    bins: tuple[Bin, ...]

    @property
    def error(self) -> float:
        """Expected calibration error (Naeini et al. 2015): |said - real|, averaged over predictions; ten equal bins."""
        total = sum(b.count for b in self.bins)
        return sum(b.count * abs(b.said - b.real) for b in self.bins) / max(1, total)


def calibration(pages: Sequence[Page], predictions: Predictions) -> Calibration:
    """How well the confidences fit; a prediction is real if it touches any row, of an error in a word or not."""
    held: list[list[tuple[float, bool]]] = [[] for _ in range(10)]
    for page in pages:
        for prediction in predictions.get(page.name, ()):
            if prediction.confidence >= _LEAST:
                real = any(_touches(row.span, prediction.span) for row in page.rows)
                held[min(9, int(prediction.confidence * 10))].append((prediction.confidence, real))
    return Calibration(
        tuple(
            Bin(i / 10, len(of_bin), sum(c for c, _ in of_bin) / len(of_bin), sum(r for _, r in of_bin) / len(of_bin))
            for i, of_bin in enumerate(held)
            if of_bin
        )
    )


def _touches(row: Span, prediction: Span) -> bool:
    gap = len(row) == 0 and prediction.start <= row.start <= prediction.end
    return gap or row.overlaps(prediction)
