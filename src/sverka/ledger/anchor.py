"""Anchors: how a decision holds on to its place when the text around it changes.

An anchor is a W3C Web Annotation TextPositionSelector and TextQuoteSelector in one: offsets, the text between them, and
32 code points on either side. In the transcript it was made for, the offsets say where it is and the quotation is a
check. In another reading of the same page the quotation is searched for, and counts as found only where nothing else
could be meant; a place is never guessed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz.distance import Indel

from sverka.model import Anchor, Span

__all__ = ["CONTEXT", "Fit", "Found", "anchor_at", "find", "stands"]

CONTEXT = 32
"""Code points of text that an anchor keeps on either side."""

_ALIKE = 0.75
"""How alike (Indel similarity, 0–1) the surroundings must be on the whole where they are not the same: some eight of
the 64 code points may have been read differently."""


class Fit(StrEnum):
    """What became of an anchor's place."""

    EXACT = "exact"
    """It is where it was."""
    MOVED = "moved"
    """The same text in the same surroundings, elsewhere."""
    CORRECTED = "corrected"
    """What was decided already stands there."""
    AMBIGUOUS = "ambiguous"
    """Several places could be meant."""
    LOST = "lost"
    """Its text, or its surroundings, are no longer there."""


@dataclass(frozen=True, slots=True)
class Found:
    """The outcome of a search: ``span`` is None unless the place is exact or moved."""

    fit: Fit
    span: Span | None = None


def anchor_at(text: str, span: Span) -> Anchor:
    """The anchor of ``span`` in ``text``; an empty span anchors the gap between two code points."""
    prefix = text[max(0, span.start - CONTEXT) : span.start]
    return Anchor(span, span.of(text), prefix, text[span.end : span.end + CONTEXT])


def stands(anchor: Anchor, text: str) -> bool:
    """Whether the quoted text stands at the anchor's own position."""
    return anchor.span.end <= len(text) and anchor.span.of(text) == anchor.exact


def find(anchor: Anchor, text: str, replacement: str | None = None) -> Found:
    """The anchor's place in a text other than the one it was made for.

    Same text and same surroundings at the same offsets: there it is. Otherwise the only place with the same text and
    the same surroundings. Otherwise, unless ``replacement`` stands within those surroundings by now, the only one with
    the same text, the same code point on either side and much the same surroundings. (Without those two conditions the
    anchor of a word already put right could be found within its own correction.)
    """
    if stands(anchor, text) and _same_around(anchor, text, anchor.span.start):
        return Found(Fit.EXACT, anchor.span)
    same = [start for start in _occurrences(anchor, text) if _same_around(anchor, text, start)]
    if not same and replacement is not None and anchor.prefix + replacement + anchor.suffix in text:
        return Found(Fit.CORRECTED)
    near = same or [start for start in _occurrences(anchor, text) if _alike_around(anchor, text, start)]
    if len(near) != 1:
        return Found(Fit.AMBIGUOUS if near else Fit.LOST)
    span = Span(near[0], near[0] + len(anchor.exact))
    return Found(Fit.EXACT if span == anchor.span else Fit.MOVED, span)


def _occurrences(anchor: Anchor, text: str) -> Iterator[int]:
    """Where the quotation begins, overlapping occurrences included; for a gap, every place it could be."""
    start = text.find(anchor.exact)
    while start >= 0:
        yield start
        start = text.find(anchor.exact, start + 1)


def _same_around(anchor: Anchor, text: str, start: int) -> bool:
    return _around(anchor, text, start) == (anchor.prefix, anchor.suffix)


def _alike_around(anchor: Anchor, text: str, start: int) -> bool:
    before, after = _around(anchor, text, start)
    if before[-1:] != anchor.prefix[-1:] or after[:1] != anchor.suffix[:1]:
        return False
    return Indel.normalized_similarity(before + after, anchor.prefix + anchor.suffix) >= _ALIKE


def _around(anchor: Anchor, text: str, start: int) -> tuple[str, str]:
    """As much text on either side as the anchor kept: where that is little, an end of its text was near."""
    end = start + len(anchor.exact)
    return text[max(0, start - len(anchor.prefix)) : start], text[end : end + len(anchor.suffix)]
