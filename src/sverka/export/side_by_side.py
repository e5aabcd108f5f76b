"""Two texts compared, as rows of a page: what stands beside what, and what is marked in it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from sverka.align.classes import Class
from sverka.align.comparison import Comparison, Difference, Stretch
from sverka.align.letters import letters
from sverka.align.words import tokens
from sverka.export.excerpt import flat
from sverka.model import Span, Transcript

__all__ = ["Mark", "Row", "Words", "rows", "words"]

_LINE_END = re.compile(r"[\r\n]")
_BLANK_LINE = re.compile(r"(?:\r\n|\r|\n)[ \t]*(?:\r\n|\r|\n)\s*")
_SPACE = "␣"


@dataclass(frozen=True, slots=True)
class Words:
    """A piece of text by paragraphs; ``differs`` marks letters of a word that differs."""

    paragraphs: tuple[str, ...]
    differs: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """What is marked as a difference on one side; ``number`` counts the differences, and is the same on the other.

    ``there`` is the line where a passage that moved stands in the other text, and ``later`` whether that is further on;
    None for everything else.
    """

    number: int
    kind: str
    title: str
    parts: tuple[Words | Mark, ...]
    there: int | None = None
    later: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """Lines of either text that stand beside each other, the number of the first, and what differs in them."""

    left_line: int
    right_line: int
    left: tuple[Words | Mark, ...]
    right: tuple[Words | Mark, ...]
    kinds: tuple[str, ...]


def words(text: str, *, differs: bool = False) -> Words:
    """A piece of text as it is shown: white space as one space, save between paragraphs, and where there is no more."""
    if text and not text.strip():
        return Words((_SPACE if differs else " ",), differs)
    return Words(tuple(flat(paragraph) for paragraph in _BLANK_LINE.split(text)), differs)


def rows(left: Transcript, right: Transcript, comparison: Comparison) -> Iterator[Row]:
    """The texts in rows: a line of the left one and what stands for it in the right one, as far as lines end alike.

    A left text without line ends is laid out by those of the right one.
    """
    here, there = _Side(left, right, comparison), _Side(right, left, comparison, mirrored=True)
    cuts = [(0, 0), *_cuts(left.text, right.text, comparison), (len(left.text), len(right.text))]
    for (start, begin), (end, stop) in pairwise(cuts):
        one, other = _inked(left.text, Span(start, end)), _inked(right.text, Span(begin, stop))
        if not one and not other:
            continue
        kinds = tuple(dict.fromkeys((*here.kinds(one), *there.kinds(other))))
        lines = left.place(one.start)[0], right.place(other.start)[0]
        yield Row(*lines, here.parts(one), there.parts(other), kinds)


def _inked(text: str, span: Span) -> Span:
    """A stretch without the white space at its ends."""
    body = span.of(text)
    start = span.start + len(body) - len(body.lstrip())
    return Span(start, start + len(body.strip()))


class _Side:
    """What is to be marked on one side, found by place."""

    def __init__(self, text: Transcript, other: Transcript, comparison: Comparison, *, mirrored: bool = False) -> None:
        self._text = text.text
        self._other = other
        self._mirrored = mirrored
        self._comparison = comparison
        numbered = enumerate(comparison.differences)
        self._found = sorted(
            ((self._own(difference), number) for number, difference in numbered if self._own(difference)),
            key=lambda entry: (entry[0].start, -entry[0].end),
        )
        self._starts = [span.start for span, _ in self._found]

    def _own(self, stretch: Difference | Stretch) -> Span:
        return stretch.right if self._mirrored else stretch.left

    def kinds(self, span: Span) -> Iterator[str]:
        """The kinds of what is marked within a stretch."""
        for _, number in self._within(span):
            yield self._comparison.differences[number].kind.value

    def parts(self, span: Span) -> tuple[Words | Mark, ...]:
        """The text of a stretch, with what is marked in it."""
        return tuple(self._parts(span, self._within(span)))

    def _within(self, span: Span) -> list[tuple[Span, int]]:
        return self._found[bisect_left(self._starts, span.start) : bisect_left(self._starts, span.end)]

    def _parts(self, span: Span, found: Sequence[tuple[Span, int]]) -> Iterator[Words | Mark]:
        at = span.start
        index = 0
        while index < len(found):
            place, number = found[index]
            inner = index + 1
            while inner < len(found) and found[inner][0].end <= place.end:
                inner += 1
            if at < place.start:
                yield words(self._text[at : place.start])
            yield self._mark(place, number, found[index + 1 : inner])
            at, index = place.end, inner
        if at < span.end:
            yield words(self._text[at : span.end])

    def _mark(self, place: Span, number: int, inner: Sequence[tuple[Span, int]]) -> Mark:
        difference = self._comparison.differences[number]
        kind = ", ".join(kind.value for kind in difference.classes)
        if difference.kind is Class.MOVED:
            its = (difference.left if self._mirrored else difference.right).start
            line = self._other.place(its)[0]
            return Mark(number, kind, "", tuple(self._parts(place, inner)), line, later=its >= place.start)
        left, right = (self._other.text, self._text) if self._mirrored else (self._text, self._other.text)
        title = f"{kind}: {_quoted(difference.left.of(left))} → {_quoted(difference.right.of(right))}"
        differing = [self._own(stretch) for stretch in letters(difference, left, right)]
        return Mark(number, kind, title, tuple(self._lettered(place, differing)))

    def _lettered(self, place: Span, differing: Sequence[Span]) -> Iterator[Words]:
        if not self._text[place.start : place.end].strip():
            yield words(place.of(self._text), differs=True)
            return
        at = place.start
        for span in differing:
            if at < span.start:
                yield words(self._text[at : span.start])
            if span:
                yield words(span.of(self._text), differs=True)
            at = span.end
        if at < place.end:
            yield words(self._text[at : place.end])


def _quoted(text: str) -> str:
    """A reading in a few words; ∅ for none."""
    if not text.strip():
        return _SPACE if text else "∅"
    shown = flat(text)
    return shown if len(shown) <= 60 else f"{shown[:40]}…"


def _cuts(left: str, right: str, comparison: Comparison) -> Iterator[tuple[int, int]]:
    """Where one row ends and the next begins, in either text."""
    by_left = _LINE_END.search(left.strip()) is not None
    at, its = 0, 0
    one_sided = False
    for item, common in _items(comparison):
        here, there = item.left, item.right
        was_one_sided, one_sided = one_sided, not (here and there)
        ends, its_ends = _LINE_END.search(left, at, here.start), _LINE_END.search(right, its, there.start)
        if (at or its) and ((ends if by_left else its_ends) or ((one_sided or was_one_sided) and (ends or its_ends))):
            yield at, its
        if common:
            yield from _lines(left, right, here, there, by_left=by_left)
        at, its = here.end, there.end


def _lines(left: str, right: str, here: Span, there: Span, *, by_left: bool) -> Iterator[tuple[int, int]]:
    """Where lines end within a stretch that is the same in both texts."""
    text, span = (left, here) if by_left else (right, there)
    if not _LINE_END.search(text, span.start, span.end):
        return
    one, other = tokens(left, here), tokens(right, there)
    if len(one) != len(other):
        return
    for (a, b), (c, d) in zip(pairwise(one), pairwise(other), strict=True):
        if _LINE_END.search(text, *((a.end, b.start) if by_left else (c.end, d.start))):
            yield a.end, c.end


def _items(comparison: Comparison) -> Iterator[tuple[Stretch, bool]]:
    """What the texts consist of, in an order that is that of both, and whether it is common.

    A passage that moved comes twice, once for either text.
    """
    passages = comparison.passages
    starts = [passage.left.start for passage in passages]

    def stays(item: Stretch | Difference) -> bool:
        number = bisect_right(starts, item.left.start) - 1
        return not (
            number >= 0 and passages[number].left.contains(item.left) and passages[number].right.contains(item.right)
        )

    items = [(stretch, True) for stretch in comparison.common if stays(stretch)]
    items += [(Stretch(it.left, it.right), False) for it in comparison.differences if stays(it)]
    items.sort(key=lambda item: (item[0].left, item[0].right))
    gone = [passage.left for passage in passages]
    come = sorted(passage.right for passage in passages)
    m = n = at = its = 0
    for item, common in items:
        while m < len(gone) and gone[m].start < item.left.start:
            yield Stretch(gone[m], Span(its, its)), False
            at, m = gone[m].end, m + 1
        while n < len(come) and come[n].start < item.right.start:
            yield Stretch(Span(at, at), come[n]), False
            its, n = come[n].end, n + 1
        yield item, common
        at, its = max(at, item.left.end), max(its, item.right.end)
    for span in gone[m:]:
        yield Stretch(span, Span(its, its)), False
    at = max(at, gone[-1].end) if gone else at
    for span in come[n:]:
        yield Stretch(Span(at, at), span), False
