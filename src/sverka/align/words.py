"""Two texts compared word by word, whatever their line breaks.

The texts are cut into words and signs (white space is none), each is reduced to what a reader sees, and the shortest
way from one sequence to the other is taken (:mod:`sverka.align.sequences`). What differs comes out word against word
(:mod:`sverka.align.pairing`), each difference with a span in either text and its kinds
(:mod:`sverka.align.classes`)::

    >>> a, b = "пусть она будет топорь,\\nа не", "пусть она будет теперь, а не"
    >>> [(d.left.of(a), d.right.of(b), d.kind.value) for d in compare(a, b).differences]
    [('топорь', 'теперь', 'letters')]

Passages that stand elsewhere in the other text (:mod:`sverka.align.moves`) are taken out of both before, and compared
each with itself.

Not a difference: one run of white space for another, a word divided at a line end against the whole word, a letter
composed or decomposed. A difference: white space where the other text has none (``ответил,а``), ё for е, a capital.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise, zip_longest

from sverka.align.classes import Class, Place, classes
from sverka.align.comparison import Comparison, Difference, Stretch, place
from sverka.align.moves import elsewhere, moved
from sverka.align.pairing import paired
from sverka.align.sequences import WORDS, Step, alignment, extent
from sverka.model import Span

__all__ = ["compare", "tokens"]

_BREAK = r"[-\N{HYPHEN}\N{NOT SIGN}\N{SOFT HYPHEN}][ \t]*(?:\r\n|\n|\r)[ \t]*"
"""A word divided at a line end."""

_LETTERS = r"[\w\u0300-\u036f]+"
_TOKEN = re.compile(rf"{_LETTERS}(?:(?:{_BREAK}|[-\N{{HYPHEN}}’']){_LETTERS})*|\S")
_DIVISION = re.compile(_BREAK)

_REACH = 40
"""Code points before a difference that are looked at to see whether it is within a sentence."""


def compare(left: str, right: str) -> Comparison:
    """Compare two texts word by word. Compared the other way round, they differ in the same."""
    # Of several ways of one length one is taken, which must not depend on the order.
    return _compare(left, right) if left <= right else _compare(right, left).mirrored()


def tokens(text: str, span: Span | None = None) -> list[Span]:
    """The words and signs that are compared, with a line-end division within a word."""
    found = _TOKEN.finditer(text, span.start, span.end) if span else _TOKEN.finditer(text)
    return [Span(*match.span()) for match in found]


def _compare(left: str, right: str) -> Comparison:
    here, there = _Side.of(left), _Side.of(right)
    steps = alignment(here.readings, there.readings, WORDS)
    passages = elsewhere(moved(here.readings, there.readings), here.readings, steps)
    courses = [_Course.of(here.part(passage.left), there.part(passage.right), moved=True) for passage in passages]
    if passages:
        rest = here.without([passage.left for passage in passages]), there.without([p.right for p in passages])
        courses.append(_Course.of(*rest))
    else:
        courses.append(_Course(here, there, tuple(_parts(here, there, steps))))
    differences = sorted((difference for course in courses for difference in course.differences()), key=place)
    common = sorted((stretch for course in courses for stretch in course.common()), key=lambda stretch: stretch.left)
    count = sum(course.count() for course in courses)
    moves = tuple(Stretch(it.left, it.right) for it in differences if it.kind is Class.MOVED)
    return Comparison(tuple(differences), tuple(common), moves, len(here.tokens), len(there.tokens), count)


@dataclass(frozen=True, slots=True)
class _Side:
    """One of the texts, or what is compared of it: its words and signs, and what a reader sees in each.

    ``start`` is where a gap before all of them is; ``cuts`` are the numbers of tokens before which a passage was
    taken out.
    """

    text: str
    tokens: Sequence[Span]
    readings: Sequence[str]
    start: int = 0
    cuts: tuple[int, ...] = ()

    @classmethod
    def of(cls, text: str) -> _Side:
        found = tokens(text)
        return cls(text, found, [_reading(token.of(text)) for token in found])

    def part(self, run: Span) -> _Side:
        """Some neighbouring tokens."""
        chosen = self.tokens[run.start : run.end]
        return _Side(self.text, chosen, self.readings[run.start : run.end], chosen[0].start)

    def without(self, runs: Iterable[Span]) -> _Side:
        """What is left without some runs of tokens."""
        kept: list[Span] = []
        readings: list[str] = []
        cuts: list[int] = []
        end = 0
        for run in sorted(runs):
            kept += self.tokens[end : run.start]
            readings += self.readings[end : run.start]
            if len(kept) not in cuts[-1:]:  # two may have stood side by side
                cuts.append(len(kept))
            end = run.end
        return _Side(self.text, [*kept, *self.tokens[end:]], [*readings, *self.readings[end:]], 0, tuple(cuts))

    def extent(self, run: Span) -> Span:
        """Where a run of tokens is in the text."""
        return extent(self.tokens, run, self.start)

    def gap(self, n: int) -> Span | None:
        """What is between tokens n - 1 and n; None where a passage was taken out."""
        number = bisect_left(self.cuts, n)
        if self.cuts[number : number + 1] == (n,):
            return None
        return Span(self.tokens[n - 1].end, self.tokens[n].start)

    def pieces(self, run: Span) -> list[Span]:
        """A run of tokens, cut where a passage was taken out of it."""
        within = self.cuts[bisect_right(self.cuts, run.start) : bisect_left(self.cuts, run.end)]
        return [Span(a, b) for a, b in pairwise((run.start, *within, run.end))]

    def around(self, span: Span) -> Place:
        """The text before and after a stretch, as far as its class may depend on it."""
        return self.text[max(0, span.start - _REACH) : span.start], self.text[span.end : span.end + 1]


@dataclass(frozen=True, slots=True)
class _Course:
    """Two sides in steps over their tokens, none of which goes over a place where something was taken out."""

    here: _Side
    there: _Side
    steps: tuple[Step, ...]
    moved: bool = False

    @classmethod
    def of(cls, here: _Side, there: _Side, *, moved: bool = False) -> _Course:
        steps = alignment(here.readings, there.readings, WORDS)
        return cls(here, there, tuple(_parts(here, there, steps)), moved)

    def count(self) -> int:
        """How many words and signs are common."""
        return sum(len(step.left) for step in self.steps if step.same)

    def common(self) -> Iterator[Stretch]:
        """What is the same."""
        for step in self.steps:
            if step.same:
                yield Stretch(self.here.extent(step.left), self.there.extent(step.right))

    def differences(self) -> Iterator[Difference]:
        """What differs: words and signs, white space between common ones, and that the whole has moved, if it has."""
        if self.moved:
            whole, its_place = (side.extent(Span(0, len(side.tokens))) for side in (self.here, self.there))
            yield Difference(whole, its_place, (Class.MOVED,))
        for step in self.steps:
            if not step.same:
                left, right = self.here.extent(step.left), self.there.extent(step.right)
                texts = left.of(self.here.text), right.of(self.there.text)
                yield Difference(left, right, classes(*texts, self.here.around(left), self.there.around(right)))
        for step, following in pairwise(self.steps):
            if step.same and following.same:
                gap, its_gap = self.here.gap(step.left.end), self.there.gap(step.right.end)
                if gap is not None and its_gap is not None and bool(gap) != bool(its_gap):
                    yield Difference(gap, its_gap, (Class.SPACING,))


def _parts(here: _Side, there: _Side, steps: Iterable[Step]) -> Iterator[Step]:
    """The steps with what differs word against word, and parted wherever something lies between, or is taken out."""
    for same, group in groupby(
        _refined(here, there, steps), key=lambda step: step.same and len(step.left) == len(step.right)
    ):
        if same:
            run = tuple(group)
            yield from _parted(here, there, Span(run[0].left.start, run[-1].left.end), run[0].right.start)
            continue
        for step in group:
            for left, right in zip_longest(here.pieces(step.left), there.pieces(step.right)):
                yield Step(
                    left or Span(step.left.end, step.left.end), right or Span(step.right.end, step.right.end), step.same
                )


def _refined(here: _Side, there: _Side, steps: Iterable[Step]) -> Iterator[Step]:
    """The steps, what differs word against word; what differs in a line-end division only does not differ."""
    for same, group in groupby(steps, key=lambda step: step.same):
        run = tuple(group)
        if same:
            yield from run
            continue
        a, c = run[0].left.start, run[0].right.start
        for unit in paired(here.readings[a : run[-1].left.end], there.readings[c : run[-1].right.end]):
            left, right = unit.left.shifted(a), unit.right.shifted(c)
            alike = unit.same or _same(here.extent(left).of(here.text), there.extent(right).of(there.text))
            yield Step(left, right, alike)


def _parted(here: _Side, there: _Side, left: Span, begin: int) -> Iterator[Step]:
    """A run of common tokens, parted where one text has white space between two and the other has none."""
    start, by = left.start, begin - left.start
    for n in range(left.start + 1, left.end + 1):
        if n < left.end:
            one, other = here.gap(n), there.gap(n + by)
            if one is not None and other is not None and bool(one) == bool(other):
                continue
        yield Step(Span(start, n), Span(start + by, n + by), same=True)
        start = n


def _reading(token: str) -> str:
    """What a reader sees in a token: a line-end division joined, letters composed."""
    if token.isascii() and token.isalnum():
        return token
    return unicodedata.normalize("NFC", _DIVISION.sub("", token))


def _same(left: str, right: str) -> bool:
    """Whether two stretches differ in line-end divisions only: a hyphen there may belong to the word (``из-⏎за``)."""
    return bool(_readings(left) & _readings(right))


def _readings(text: str) -> frozenset[str]:
    joined = (_DIVISION.sub(hyphen, text) for hyphen in ("", "-"))
    return frozenset(unicodedata.normalize("NFC", " ".join(reading.split())) for reading in joined)
