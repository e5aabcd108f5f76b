"""Structural rules: what cannot be said as "read this word for that one".

A rule is one module with a function ``find`` and one line in :data:`DETECTORS`.
"""

from __future__ import annotations

from sverka.detect import lacuna, number, punctuation, repetition
from sverka.detect.detector import Detector, IsWord
from sverka.model import Bitext, Document, Finding

__all__ = ["DETECTORS", "Detector", "IsWord", "detect"]

DETECTORS: tuple[Detector, ...] = (repetition.find, lacuna.find, number.find, punctuation.find)


def detect(document: Document, bitext: Bitext | None, is_word: IsWord) -> tuple[Finding, ...]:
    """The findings of all structural rules in the order of the text; their ``id`` is left empty."""
    found = (finding for detector in DETECTORS for finding in detector(document, bitext, is_word))
    return tuple(sorted(found, key=lambda finding: (finding.span, finding.rule)))
