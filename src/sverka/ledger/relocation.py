"""All anchors of a text moved to another reading of it together.

What one anchor cannot tell, its neighbours may: of two passages that are alike, the one between the anchor before and
the anchor after is meant. This is inferred and not guessed: both neighbours have to say so.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sverka.ledger.anchor import CONTEXT, Fit, Found, outcome, undisturbed
from sverka.ledger.folding import Folding
from sverka.ledger.places import FEW, PIECE, Holds, Reading, Sought, places, unchanged
from sverka.model import Anchor, Span

__all__ = ["relocate"]

_TELLING = 3
"""Code points that words need to be known again beside the surroundings of one side."""
_SEVERAL = 8
"""Anchors that it takes to say of a text that it is what it was."""


@dataclass(frozen=True, slots=True)
class _Case:
    anchor: Anchor
    replacement: str | None
    sought: Sought
    reading: Reading

    @property
    def old(self) -> Span:
        return self.anchor.span


@dataclass(frozen=True, slots=True)
class _Sight:
    """What a search found, and which span of the text that is about, None if about none (a gap is one, and false)."""

    found: Found
    span: Span | None = None
    same: bool = False
    """Whether the surroundings are the same, too."""


_UNCLEAR = _Sight(Found(Fit.AMBIGUOUS))


@dataclass(frozen=True, slots=True)
class _Neighbours:
    """Where the nearest anchors on either side end and begin: in the old text, and in the new one."""

    old: Span
    new: Span
    bounded: bool
    """Whether there is an anchor after; the old text's end is not known."""

    @property
    def grown(self) -> int:
        """By how much the text between them is longer than it was."""
        return len(self.new) - len(self.old)

    def plausible(self, old: Span, new: Span) -> bool:
        """Whether a place is about as far from each of them as it was."""
        gaps = [(old.start - self.old.start, new.start - self.new.start)]
        if self.bounded:
            gaps.append((self.old.end - old.end, self.new.end - new.end))
        return all(abs(now - was) <= was // 4 + 2 * CONTEXT for was, now in gaps)


def relocate(anchors: Sequence[tuple[Anchor, str | None]], text: str) -> tuple[Found, ...]:
    """What becomes of the anchors of one text, each with what was decided for it, in another; in the order given.

    1. If every one is undisturbed at its own offsets, nothing has changed that could be seen: all are exact.
    2. Each is looked for by itself, as :func:`sverka.ledger.anchor.find` does without regard to its offsets. Of two
       that did not overlap and would now, each is ambiguous.
    3. If most of the ambiguous, and eight at least, have one place without changes each, and these are in the order of
       the text as in 4, they are there: it is a list, or a form, whose entries are much alike.
    4. Those found vouch for the order of the text if they belong to every longest chain of anchors that follow each
       other in both texts. The others were moved, and that only if there is more text between their new neighbours
       in the chain than there was, by three quarters of what the anchor keeps; or they are ambiguous.
    5. One not found is looked for once more, between the nearest found before and after it (or the ends of the text),
       if both vouch. The only place there is its own, if it is about as far from both as it was: to a quarter of the
       distance and 64 code points, and if it has no changes where more than 32 code points are missing between them.
       If several are there and the text between the neighbours is as long as it was, it is the one at the same
       distance with the same surroundings. If none is, nor anywhere else, it is the only one there that has the
       quotation and the surroundings of one side.
    6. Again, of two that did not overlap and would now, each is ambiguous.

    It takes time proportional to the length of the text and to the number of anchors.
    """
    if all(undisturbed(anchor, text, replacement) for anchor, replacement in anchors):
        return tuple(Found(Fit.EXACT, anchor.span) for anchor, _ in anchors)
    cases = _cases(anchors, text)
    sights = _uncontested(cases, [_seen(case) for case in cases])
    sights = _uncontested(cases, _kept(cases, sights))
    sights = _uncontested(cases, list(_inferred(cases, sights, len(text))))
    found = {(case.anchor, case.replacement): sight.found for case, sight in zip(cases, sights, strict=True)}
    return tuple(found[pair] for pair in anchors)


def _cases(anchors: Iterable[tuple[Anchor, str | None]], text: str) -> list[_Case]:
    """Each anchor once, in the order of the old text, with what to look for and an index to look it up in."""
    sought = {pair: Sought.of(*pair) for pair in anchors}
    pieces: dict[Folding, dict[str, list[int]]] = {}
    for each in sought.values():
        pieces.setdefault(each.folding, {}).update((piece, []) for piece, _ in each.pieces)
    readings = {folding: _indexed(folding, text, index) for folding, index in pieces.items()}
    cases = [_Case(*pair, each, readings[each.folding]) for pair, each in sought.items()]
    return sorted(cases, key=lambda case: (case.old, case.anchor.prefix, case.anchor.suffix, case.replacement or ""))


def _indexed(folding: Folding, text: str, index: dict[str, list[int]]) -> Reading:
    """The text with the positions of those pieces that are keys of ``index``, found in one pass."""
    folded = folding.folded(text)
    whole = folded.text
    for at, piece in enumerate(map(whole.__getitem__, map(slice, range(len(whole)), range(PIECE, len(whole) + 1)))):
        if piece in index:
            index[piece].append(at)

    def lookup(piece: str, first: int, last: int) -> list[int]:
        positions = index[piece]
        start = bisect_left(positions, first)
        return positions[start : min(start + FEW + 1, bisect_right(positions, last))]

    return Reading(folded, lookup)


def _seen(case: _Case, within: Span | None = None) -> _Sight:
    folded = case.reading.folded
    meant = places(case.sought, case.reading, within)
    found = outcome(case.anchor, meant, folded)
    if not meant or len(meant) > 1 or found.fit is Fit.LOST:
        return _Sight(found)
    place = meant[0]
    span = folded.span(place.start, place.end)
    if span is None:
        # A gap at which folding left something out may be on either side of that; as a neighbour it will do.
        span = Span(folded.end(place.end), folded.end(place.end))
    return _Sight(found, span, not place.changes)


def _uncontested(cases: Sequence[_Case], sights: Sequence[_Sight]) -> list[_Sight]:
    """The sights, but unclear where two anchors would be at one place that were not."""
    clear = list(sights)
    placed = sorted((span, index) for index, sight in enumerate(sights) if (span := sight.found.span) is not None)
    reaching: list[tuple[Span, int]] = []
    for span, index in placed:
        reaching = [(other, rival) for other, rival in reaching if other.end > span.start or other == span]
        for other, rival in reaching:
            if _collide(span, other) and not _collide(cases[index].old, cases[rival].old):
                clear[index] = clear[rival] = _UNCLEAR
        reaching.append((span, index))
    return clear


def _collide(one: Span, other: Span) -> bool:
    return one == other or one.overlaps(other)


def _kept(cases: Sequence[_Case], sights: Sequence[_Sight]) -> Sequence[_Sight]:
    """The sights, with those cleared up that are ambiguous only because places are alike, as the rows of a list are.

    A place without changes might be a copy of one that has changed since. If most of the ambiguous have one such
    place, and in the same order, the text is what it was, and they are not.
    """
    unclear = [sight.found.fit is Fit.AMBIGUOUS for sight in sights]
    lone = [_lone(case) if wanted else sight for case, sight, wanted in zip(cases, sights, unclear, strict=True)]
    placed = [index for index, sight in enumerate(lone) if sight.span is not None]
    follows = _in_every_longest_chain([span.start for sight in lone if (span := sight.span) is not None])
    kept = {index for index, in_chain in zip(placed, follows, strict=True) if in_chain and unclear[index]}
    if len(kept) < _SEVERAL or 2 * len(kept) <= sum(unclear):
        return sights
    return [lone[index] if index in kept else sight for index, sight in enumerate(sights)]


def _lone(case: _Case) -> _Sight:
    """The only place without changes, if there is one."""
    spans = unchanged(case.sought, case.reading)
    sight = _seen(case, spans[0]) if len(spans) == 1 else _UNCLEAR
    return sight if sight.same else _UNCLEAR


def _inferred(cases: Sequence[_Case], sights: Sequence[_Sight], length: int) -> Iterator[_Sight]:
    """The sights, and what follows from those that are certain for those that are not."""
    certain = [(case, span) for case, sight in zip(cases, sights, strict=True) if (span := sight.span) is not None]
    follows = _in_every_longest_chain([span.start for _, span in certain])
    chain = [_Fixed(case.old, span, True) for (case, span), in_chain in zip(certain, follows, strict=True) if in_chain]
    moved = [
        _Fixed(case.old, span, False)
        for (case, span), in_chain in zip(certain, follows, strict=True)
        if not in_chain and _made_room(case.anchor, span, chain)
    ]
    fixed = sorted((*chain, *moved), key=lambda each: each.old)
    places_now = {(each.old, each.new) for each in fixed}
    for case, sight in zip(cases, sights, strict=True):
        if sight.span is not None and (case.old, sight.span) in places_now:
            yield sight
            continue
        neighbours = _neighbours(case.old, fixed, length)
        again = _between(case, neighbours, sight) if neighbours else None
        yield again or (sight if sight.span is None else _UNCLEAR)


@dataclass(frozen=True, slots=True)
class _Fixed:
    """An anchor that was found: where it was, where it is, and whether it vouches for the order of the text."""

    old: Span
    new: Span
    vouches: bool


def _in_every_longest_chain(values: Sequence[int]) -> list[bool]:
    """Which of ``values`` are in every longest subsequence that nowhere falls (after Schensted 1961)."""
    before = _chain_lengths(values)
    after = _chain_lengths([-value for value in reversed(values)])[::-1]
    longest = max(before, default=0)
    rank = [up if up + down - 1 == longest else 0 for up, down in zip(before, after, strict=True)]
    shared = Counter(rank)
    return [bool(up) and shared[up] == 1 for up in rank]


def _chain_lengths(values: Sequence[int]) -> list[int]:
    """How long the longest subsequence is that nowhere falls and ends at each of ``values``."""
    last: list[int] = []
    lengths: list[int] = []
    for value in values:
        at = bisect_right(last, value)
        last[at : at + 1] = [value]
        lengths.append(at + 1)
    return lengths


def _made_room(anchor: Anchor, new: Span, chain: Sequence[_Fixed]) -> bool:
    """Whether there is more text about ``new`` than there was, so that what is there may have come from elsewhere."""
    index = bisect_right(chain, new.start, key=lambda each: each.new.start)
    if index == len(chain):
        return True
    old, now = (chain[index - 1].old.end, chain[index - 1].new.end) if index else (0, 0)
    grown = (chain[index].new.start - now) - (chain[index].old.start - old)
    return 4 * grown >= 3 * (len(anchor.prefix) + len(anchor.exact) + len(anchor.suffix))


def _neighbours(old: Span, fixed: Sequence[_Fixed], length: int) -> _Neighbours | None:
    """The nearest anchors that do not overlap ``old``; None if they do not vouch, or leave no room between them."""
    before = bisect_right(fixed, old.start, key=lambda each: each.old.start) - 1
    while before >= 0 and fixed[before].old.end > old.start:
        before -= 1
    after = bisect_left(fixed, old.end, key=lambda each: each.old.start)
    while after < len(fixed) and fixed[after].old == old:
        after += 1
    left = fixed[before] if before >= 0 else _Fixed(Span(0, 0), Span(0, 0), True)
    bounded = after < len(fixed)
    right = fixed[after] if bounded else _Fixed(Span(old.end, old.end), Span(length, length), True)
    if not (left.vouches and right.vouches and left.new.end <= right.new.start):
        return None
    return _Neighbours(Span(left.old.end, right.old.start), Span(left.new.end, right.new.start), bounded)


def _between(case: _Case, neighbours: _Neighbours, before: _Sight) -> _Sight | None:
    """What is found between the neighbours, if that is certain; ``before`` is what was found anywhere."""
    folded = case.reading.folded
    within = Span(folded.position(neighbours.new.start), folded.position(neighbours.new.end))
    sight = _seen(case, within)
    if sight.found.fit is Fit.AMBIGUOUS:
        sight = _as_far(case, neighbours)
    elif sight.found.fit is Fit.LOST and before.found.fit is Fit.LOST:
        sight = _beside_one(case, within)
    elif not sight.same and neighbours.grown < -CONTEXT:
        # It may have gone with the text that is missing, and this be the next of those that are alike.
        return None
    return sight if sight.span is not None and neighbours.plausible(case.old, sight.span) else None


def _as_far(case: _Case, neighbours: _Neighbours) -> _Sight:
    """The place as far from both neighbours as it was, if the surroundings there are the same."""
    if not neighbours.bounded or neighbours.grown:
        return _UNCLEAR
    folded, by = case.reading.folded, neighbours.new.start - neighbours.old.start
    there = case.old.shifted(by)
    sight = _seen(case, Span(folded.position(there.start), folded.position(there.end)))
    return sight if sight.same and sight.found.span == there else _UNCLEAR


def _beside_one(case: _Case, within: Span) -> _Sight:
    """The only place with the words beside the surroundings of one side.

    So little does not tell a gap, a dash or an ``и`` from the next one, nor words from longer ones that begin or end
    with them.
    """
    quoted, replacement = case.anchor.exact, case.replacement or ""
    if len(quoted) < _TELLING or quoted in replacement:
        return _UNCLEAR
    found = [places(half, case.reading, within) for half in case.sought.halves()]
    meant = {(place.start, place.end, place.holds) for side in found for place in side or ()}
    if None in found or len(meant) != 1:
        return _UNCLEAR
    ((start, end, holds),) = meant
    span = case.reading.folded.span(start, end)
    if span is not None and holds is Holds.QUOTED:
        return _Sight(Found(Fit.EXACT if span == case.old else Fit.MOVED, span), span)
    if holds is Holds.CORRECTED and len(replacement) >= _TELLING and replacement not in quoted:
        return _Sight(Found(Fit.CORRECTED), span)
    return _UNCLEAR
