"""Anchors: how a decision holds on to its place when the text around it changes.

An anchor is a W3C Web Annotation TextPositionSelector and TextQuoteSelector in one: offsets, the text between them, and
32 code points on either side. In the transcript it was made for, the offsets say where it is and the quotation is a
check. In another reading of the same page the quotation is searched for, and counts as found only where nothing else
could be meant; a place is never guessed.

``find`` says what one anchor tells by itself; :mod:`sverka.ledger.relocation` moves all anchors of a text together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import islice

from sverka.ledger.folding import Folded, Folding
from sverka.ledger.places import FEW, Holds, Place, Reading, Sought, occurrences, places
from sverka.model import Anchor, Span

__all__ = ["CONTEXT", "Fit", "Found", "anchor_at", "find", "outcome", "stands", "undisturbed"]

CONTEXT = 32
"""Code points of text that an anchor keeps on either side."""


class Fit(StrEnum):
    """What became of an anchor's place."""

    EXACT = "exact"
    """It is where it was."""
    MOVED = "moved"
    """The same text in the same surroundings, or much the same, elsewhere."""
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


def undisturbed(anchor: Anchor, text: str, replacement: str | None = None) -> bool:
    """Whether the quoted text stands at the anchor's own position between its own surroundings.

    Not if the correction stands there just as well (a dash more in a row of dashes): it may have been made.
    """
    start = anchor.span.start - len(anchor.prefix)
    if start < 0 or not text.startswith(anchor.prefix + anchor.exact + anchor.suffix, start):
        return False
    if replacement is None or replacement == anchor.exact:
        return True
    return not text.startswith(anchor.prefix + replacement + anchor.suffix, start)


def find(anchor: Anchor, text: str, replacement: str | None = None) -> Found:
    """The anchor's place in a text other than the one it was made for.

    Same text and same surroundings at the same offsets: there it is. Otherwise it is the only place whose surroundings
    have no more changes than one code point in eight, if no other passage has fewer than twice as many; and what
    stands there says what became of it: the quotation, but for white space (``EXACT``, ``MOVED``), ``replacement``
    (``CORRECTED``), or something else (``LOST``). ``docs/ledger.md`` has every step.
    """
    if undisturbed(anchor, text, replacement):
        return Found(Fit.EXACT, anchor.span)
    sought = Sought.of(anchor, replacement)
    reading = _reading(sought.folding, text)
    return outcome(anchor, places(sought, reading), reading.folded)


def outcome(anchor: Anchor, meant: Sequence[Place] | None, folded: Folded) -> Found:
    """What the places that may be meant say of the anchor; None where there are too many to tell."""
    if meant is None:
        return Found(Fit.AMBIGUOUS)
    holds = {place.holds for place in meant}
    if holds <= {Holds.OTHER}:
        return Found(Fit.LOST)
    if holds == {Holds.CORRECTED}:
        return Found(Fit.CORRECTED)
    span = folded.span(meant[0].start, meant[0].end)
    if len(meant) > 1 or span is None:
        return Found(Fit.AMBIGUOUS)
    return Found(Fit.EXACT if span == anchor.span else Fit.MOVED, span)


@lru_cache(maxsize=2)
def _reading(folding: Folding, text: str) -> Reading:
    """The text, folded once for all the anchors that are looked for in it one by one."""
    folded = folding.folded(text)

    def lookup(piece: str, first: int, last: int) -> list[int]:
        # A piece that begins at `last` ends beyond it.
        found = occurrences(piece, folded.text, max(0, first), max(0, last + len(piece)))
        return list(islice(found, FEW + 1))

    return Reading(folded, lookup)
