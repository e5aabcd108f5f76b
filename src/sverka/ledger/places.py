"""Where in another text an anchor may belong, and what stands there now.

How alike two surroundings are is counted in *changes*: insertions, deletions and substitutions of code points
(Levenshtein 1966). The surroundings of an anchor are its prefix and its suffix; those of a place are whatever text
ends where the place begins, and begins where it ends, with the fewest changes (Sellers 1980). Between them a place has
the anchor's quotation, or the correction, or something else.

Comparing an anchor with every position of a text would take too long. But what is cut into pieces cannot have changed
in fewer places than there are pieces that changed, so pieces of eight code points are looked up, and the text is
compared where enough of them stand at their distances (the filter of Wu and Manber 1992).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import TypeAlias

from diff_match_patch import diff_match_patch
from rapidfuzz.distance import Levenshtein

from sverka.ledger.folding import HYPHENS, Folded, Folding
from sverka.model import Anchor, Span

__all__ = [
    "FEW",
    "PIECE",
    "Holds",
    "Lookup",
    "Place",
    "Reading",
    "Sought",
    "Words",
    "occurrences",
    "places",
    "unchanged",
]

PIECE = 8
"""Code points in a piece of the surroundings."""
FEW = 100
"""A piece that is found more often than this says nothing of where it is, and is passed over."""

_NEAR = 8
"""How far from its distance in the anchor a piece may be found, and the words from where pieces say."""
_TOLERATED = 8
"""One code point in so many of the surroundings may have changed, and the place is still recognised."""
_PASSAGE = 32
"""Places no farther apart than the surroundings reach are in one passage."""
_ENOUGH = 4
"""One in so many of the pieces has to stand in an area that is worth comparing."""
_LAYOUT = re.compile(rf"[{re.escape(HYPHENS)}\s]*")

Lookup: TypeAlias = Callable[[str, int, int], Sequence[int]]
"""Where a piece begins, from one position of a text to another, in order and no more than ``FEW + 1`` times."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A text to search: folded, and with a way to look up pieces of it."""

    folded: Folded
    lookup: Lookup


class Holds(Enum):
    """What stands at a place."""

    QUOTED = "quoted"
    CORRECTED = "corrected"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Place:
    """A span of a folded text, ``changes`` away from having the surroundings that were looked for."""

    start: int
    end: int
    holds: Holds
    changes: int


@dataclass(frozen=True, slots=True)
class Words:
    """Words between their surroundings, folded."""

    before: str
    words: str
    after: str
    holds: Holds

    @property
    def all(self) -> str:
        """The words with their surroundings."""
        return self.before + self.words + self.after


@dataclass(frozen=True, slots=True)
class Sought:
    """An anchor, and what was decided for it, folded as they are looked for."""

    folding: Folding
    quoted: Words
    corrected: Words | None
    quotation: str
    """What the anchor quotes, as it stood."""

    @classmethod
    def of(cls, anchor: Anchor, replacement: str | None) -> Sought:
        """What to look for; ``replacement`` is None where nothing was to be changed.

        Only the wording counts, unless that says too little: where an end of the quotation is within what folding
        leaves out, or may be by now, or where folding makes quotation and replacement one (a line end that does not
        belong there, two spaces for one). Then line ends alone are folded, or nothing.
        """
        wanted = None if replacement == anchor.exact else replacement
        return next(found for folding in Folding if (found := _sought(anchor, wanted, folding)))

    @property
    def tolerance(self) -> int:
        """How many changes the surroundings of a place may have."""
        return (len(self.quoted.before) + len(self.quoted.after)) // _TOLERATED

    @property
    def pieces(self) -> Iterator[tuple[str, int]]:
        """Pieces of the surroundings, each with its distance: from the quotation's start, or (not below 0) its end."""
        before, after = self.quoted.before, self.quoted.after
        for at in range(len(before) - PIECE, -1, -PIECE):
            yield before[at : at + PIECE], at - len(before)
        for at in range(0, len(after) - PIECE + 1, PIECE):
            yield after[at : at + PIECE], at

    def halves(self) -> Iterator[Sought]:
        """The same with the surroundings of one side, and of the other only the code point next to the words.

        A side too short to say much by itself makes no half.
        """
        if len(self.quoted.before) >= 2 * PIECE:
            yield self._with(lambda words: replace(words, after=words.after[:1]))
        if len(self.quoted.after) >= 2 * PIECE:
            yield self._with(lambda words: replace(words, before=words.before[-1:]))

    def _with(self, cut: Callable[[Words], Words]) -> Sought:
        return replace(self, quoted=cut(self.quoted), corrected=self.corrected and cut(self.corrected))


def _sought(anchor: Anchor, replacement: str | None, folding: Folding) -> Sought | None:
    before, after = folding.of(anchor.prefix), folding.of(anchor.suffix)
    whole = folding.of(anchor.prefix + anchor.exact + anchor.suffix)
    quoted = Words(before, folding.of(anchor.exact), after, Holds.QUOTED)
    if quoted.all != whole or (folding is not Folding.VERBATIM and _open(anchor)):
        return None
    corrected = None
    if replacement is not None:
        there = folding.of(anchor.prefix + replacement + anchor.suffix)
        corrected = _parted(there, before, folding.of(replacement), after)
        if there == whole or corrected is None:
            return None
    return Sought(folding, _trimmed(quoted), corrected and _trimmed(corrected), anchor.exact)


def _open(anchor: Anchor) -> bool:
    """Whether one side has nothing but layout, up to the end of the text: by now that may be part of something else."""
    text = anchor.prefix + anchor.exact + anchor.suffix
    first, last = _layout(text), _layout(text[::-1])
    return len(anchor.prefix) <= first > 0 or len(anchor.suffix) <= last > 0


def _layout(text: str) -> int:
    """How many code points of layout ``text`` begins with."""
    match = _LAYOUT.match(text)
    return match.end() if match else 0


def _parted(whole: str, before: str, words: str, after: str) -> Words | None:
    """``whole`` in three; the space that words or suffix begin with may have become one with a space before it."""
    spaced = ((words, after), (words[1:], after), (words, after[1:]), (words[1:], after[1:]))
    parted = (Words(before, *pair, Holds.CORRECTED) for pair in spaced)
    return next((words for words in parted if words.all == whole), None)


def _trimmed(words: Words) -> Words:
    """Without what folding might have left out, had the anchor kept more of the text: a hyphen or space at its edge."""
    before, after = words.before[_layout(words.before) :], words.after[::-1]
    after = after[_layout(after) :][::-1]
    return replace(words, before=before or words.before, after=after or words.after)


def places(sought: Sought, reading: Reading, within: Span | None = None) -> tuple[Place, ...] | None:
    """The places that may be meant, best first: none or, where nothing else could be meant, one.

    ``within`` is the stretch of the folded text in which they have to lie; without it they may lie anywhere. None if
    that cannot be told: where more places are alike than need be looked at, or nothing in the surroundings is rare.
    """
    search = _Search(sought, reading, within or Span(0, len(reading.folded.text)))
    if search.hopeless():
        return None
    ranked = sorted(search.found, key=lambda place: (place.changes, place.start, place.end, place.holds.value))
    if not ranked or ranked[0].changes > sought.tolerance:
        return ()
    best = ranked[0]
    return tuple(place for place in ranked if place is best or not _ruled_out(place, best))


def unchanged(sought: Sought, reading: Reading) -> list[Span]:
    """Where quotation or correction stand between the same surroundings; nowhere, if nothing in these is rare."""
    text = reading.folded.text
    found = ((reading.lookup(piece, 0, len(text)), distance) for piece, distance in sought.pieces)
    positions, distance = min(found, key=lambda hits: len(hits[0]), default=((), 0))
    spans: list[Span] = []
    for words in (sought.quoted, sought.corrected):
        if words and len(positions) <= FEW:
            length = len(words.words)
            starts = (at - distance - (length if distance >= 0 else 0) for at in positions)
            spans += (
                Span(start, start + length)
                for start in starts
                if start >= len(words.before) and text.startswith(words.all, start - len(words.before))
            )
    return spans


def _ruled_out(place: Place, best: Place) -> bool:
    """Whether ``place`` cannot be meant if ``best`` can.

    Of two readings of one passage the better is right: whatever was misread around it was so for both. But two
    passages were misread each in its own way, and the one that is less alike may be the one that was meant.
    """
    if abs(place.start - best.start) > _PASSAGE:
        return False
    return place.changes >= best.changes + (1 if place.holds is not best.holds or not best.changes else 2)


@dataclass(slots=True)
class _Search:
    sought: Sought
    reading: Reading
    within: Span
    found: list[Place] = field(default_factory=list)
    """Places with no more than twice the changes that are tolerated: so many may be meant though one is better."""

    def hopeless(self) -> bool:
        """Fill ``found``; true if nothing can be said of the place, whatever else would be found."""
        quoted, corrected = self.sought.quoted, self.sought.corrected
        pieces = tuple(self.sought.pieces)
        if not pieces:
            # Too little was kept of the surroundings to allow for changes.
            return any(self._verbatim(words) for words in (quoted, corrected) if words)
        hits, looked_up = self._hits(pieces)
        if not looked_up:
            return True
        areas = _areas(hits, len(quoted.words), looked_up)
        if any(self._compare(quoted, area) for area in areas):
            return True
        if corrected:
            longer = abs(len(corrected.words) - len(quoted.words)) > _NEAR
            for area in _areas(hits, len(corrected.words), looked_up) if longer else areas:
                self._compare(corrected, area)
        if self.found:
            # What has changed altogether is a place, too: it may be the one that was meant.
            for low, high in areas:
                if not any(low - _NEAR <= place.start <= high + _NEAR for place in self.found):
                    self._between(low)
        return False

    def _hits(self, pieces: Sequence[tuple[str, int]]) -> tuple[list[tuple[int, int]], int]:
        """Which piece stands where, as (distance in the anchor, position), and how many were rare enough to say so."""
        quoted, corrected = self.sought.quoted, self.sought.corrected
        lengths = (len(quoted.words), len((corrected or quoted).words))
        hits: list[tuple[int, int]] = []
        looked_up = 0
        for piece, distance in pieces:
            # A piece before the words is some way from where they begin, one behind them from where they end.
            shortest, longest = (min(lengths), max(lengths)) if distance >= 0 else (0, 0)
            first, last = self.within.start + distance + shortest, self.within.end + distance + longest
            positions = self.reading.lookup(piece, first - _NEAR, last + _NEAR)
            if len(positions) <= FEW:
                looked_up += 1
                hits += [(distance, position) for position in positions]
        return hits, looked_up

    def _verbatim(self, words: Words) -> bool:
        """The places where words and surroundings are the same; whether they leave no hope."""
        before = len(words.before)
        first, last = max(0, self.within.start - before), self.within.end + len(words.after)
        if not words.all:
            return True
        return any(
            self._judge(words, at + before, 0) for at in occurrences(words.all, self.reading.folded.text, first, last)
        )

    def _compare(self, words: Words, area: tuple[int, int]) -> bool:
        """Judge where the words stand in an area of the text; whether that leaves no hope."""
        low, high = area
        text = self.reading.folded.text
        first, last = max(self.within.start, low - _NEAR), min(self.within.end, high + _NEAR + len(words.words))
        most = 2 * self.sought.tolerance
        one_passage = high - low + 2 * _NEAR <= _PASSAGE
        # The likeliest first: in one passage it spares counting exactly what is worse, and would be ruled out by it.
        for roughly, start in sorted(
            (_roughly(words, text, at), at) for at in occurrences(words.words, text, first, last)
        ):
            if roughly > 2 * most:
                break
            changes = self._changes(words, start, most)
            if changes is not None:
                most = min(most, changes + 1) if one_passage else most
                if self._judge(words, start, changes):
                    return True
        return False

    def _changes(self, words: Words, start: int, most: int) -> int | None:
        """How many changes the surroundings have where the words stand; None if more than ``most``.

        None, too, if with the words changed as well it would be fewer, or with the other reading: then what is sought
        stands close by, altered, and the words only happen to stand here.
        """
        text, end = self.reading.folded.text, start + len(words.words)
        before = _fewest(words.before, lambda length: text[max(0, start - length) : start], most)
        if before is None:
            return None
        after = _fewest(words.after, lambda length: text[end : end + length], most - before[0])
        if after is None:
            return None
        changes = before[0] + after[0]
        first, last = max(0, start - before[1]), end + after[1]
        if changes and any(
            Levenshtein.distance(whole, text[max(0, first - more) : last + beyond], score_cutoff=changes) < changes
            for whole, more, beyond in self._rivals(words)
        ):
            return None
        return changes

    def _rivals(self, words: Words) -> Iterator[tuple[str, int, int]]:
        """What else may stand where the words do, and how much more of the text it may take on either side."""
        yield words.all, 0, 0
        other = self.sought.quoted if words.holds is Holds.CORRECTED else self.sought.corrected
        if other:
            more = max(0, len(other.words) - len(words.words))
            yield from ((other.all, 0, 0), (other.all, more, 0), (other.all, 0, more))

    def _judge(self, words: Words, start: int, changes: int) -> bool:
        """Note a place; whether that leaves no hope: the quotation stands in two passages that may both be meant."""
        end = start + len(words.words)
        place = Place(start, end, words.holds if self._stand(words, start, end) else Holds.OTHER, changes)
        self.found.append(place)
        if place.holds is not Holds.QUOTED:
            return False
        quoted = [other for other in self.found if other.holds is Holds.QUOTED]
        apart = any(abs(other.start - start) > 2 * _PASSAGE for other in quoted)
        return apart and min(other.changes for other in quoted) <= self.sought.tolerance

    def _stand(self, words: Words, start: int, end: int) -> bool:
        """Whether the words are not part of longer ones, and not only the same once a hyphen is left out."""
        folded = self.reading.folded
        if words.before and folded.text[max(0, start - 1) : start] != words.before[-1]:
            return False
        if words.after and folded.text[end : end + 1] != words.after[0]:
            return False
        if words.holds is Holds.CORRECTED:
            return True
        span = folded.span(start, end)
        return span is not None and span.of(folded.source).split() == self.sought.quotation.split()

    def _between(self, low: int) -> None:
        """Note what stands about ``low`` if it has the surroundings and is neither quotation nor correction."""
        text, words, most = self.reading.folded.text, self.sought.quoted, 2 * self.sought.tolerance
        if _roughly(words, text, low) > 2 * most:
            return
        start = _end_near(words.before, text, low)
        end = _start_near(words.after, text, start, len(words.words))
        if not self.within.start <= start <= end <= self.within.end:
            return
        before = _fewest(words.before, lambda length: text[max(0, start - length) : start], most)
        after = _fewest(words.after, lambda length: text[end : end + length], most)
        if before and after and before[0] + after[0] <= most:
            self.found.append(Place(start, end, Holds.OTHER, before[0] + after[0]))


def _areas(hits: list[tuple[int, int]], length: int, looked_up: int) -> list[tuple[int, int]]:
    """From where to where words of this length may begin, by enough of the pieces; most pieces first."""
    said = sorted((at - distance - (length if distance >= 0 else 0), distance) for distance, at in hits)
    areas: list[tuple[int, int, int]] = []
    first = 0
    for last in range(1, len(said) + 1):
        if last < len(said) and said[last][0] - said[last - 1][0] <= _NEAR:
            continue
        # Most groups are one piece that stands elsewhere, too.
        if _ENOUGH * (last - first) >= looked_up:
            pieces = len({distance for _, distance in said[first:last]})
            if _ENOUGH * pieces >= looked_up:
                areas.append((-pieces, said[first][0], said[last - 1][0]))
        first = last
    return [(low, high) for _, low, high in sorted(areas)]


def occurrences(words: str, text: str, first: int, last: int) -> Iterator[int]:
    """Where ``words`` stand between two positions, overlapping or not; of an empty string, every position."""
    at = text.find(words, first, last)
    while at >= 0:
        yield at
        at = text.find(words, at + 1, last)


def _roughly(words: Words, text: str, start: int) -> int:
    """The changes between the surroundings and just as much text around a place: up to twice the fewest."""
    end = start + len(words.words)
    before = text[max(0, start - len(words.before)) : max(0, start)]
    return Levenshtein.distance(words.before, before) + Levenshtein.distance(
        words.after, text[end : end + len(words.after)]
    )


def _fewest(side: str, window: Callable[[int], str], most: int) -> tuple[int, int] | None:
    """The fewest changes between ``side`` and text beside a place, and how much text that is; None if above ``most``.

    ``window`` gives so many code points of the text beside the place, as far as there are.
    """
    size = len(side)
    # Text that is n code points longer or shorter than `side` has n changes at least. So if there is a best length
    # with n changes, text as long as `side` has no more than 2n.
    roughly = Levenshtein.distance(side, window(size), score_cutoff=2 * most)
    if roughly > 2 * most:
        return None
    fewest, best, off = roughly, size, 1
    while off < fewest and off <= most and 2 * fewest > roughly:
        for length in (size - off, size + off):
            if length >= 0 and (changes := Levenshtein.distance(side, window(length), score_cutoff=fewest)) < fewest:
                fewest, best = changes, length
        off += 1
    return (fewest, best) if fewest <= most else None


_FUZZY = diff_match_patch()
_FUZZY.Match_Threshold = 1 / 4
_FUZZY.Match_Distance = 10_000
"""Bitap (Baeza-Yates and Gonnet 1992): at most a quarter of a side changed; of equals the nearest."""


def _start_near(side: str, text: str, start: int, length: int) -> int:
    """Where text like ``side`` begins, best ``length`` after ``start``; -1 if there is none."""
    if start < 0 or len(side) < PIECE:
        return -1
    at: int = _FUZZY.match_main(text[start : start + length + len(side) + 4 * _NEAR], side, length)
    return start + at if at >= 0 else -1


def _end_near(side: str, text: str, end: int) -> int:
    """Where text like ``side`` ends, best at ``end``; -1 if there is none."""
    if len(side) < PIECE:
        return -1
    last = min(len(text), max(0, end) + 2 * _NEAR)
    backwards = text[max(0, end - len(side) - 2 * _NEAR) : last][::-1]
    at: int = _FUZZY.match_main(backwards, side[::-1], last - end)
    return last - at if at >= 0 else -1
