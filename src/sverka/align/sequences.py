"""The shortest way from one sequence to another, for sequences of any length.

What the items are is the caller's business: letters, words, the readings of words. Two items match if they are equal.

The way is a shortest one (Levenshtein distance, bit-parallel after Hyyrö 2003, by RapidFuzz) as long as the whole table
of both sequences can be afforded. Longer ones are first pinned together where a run of items occurs once in either:
of these seeds the longest chain that is in the same order in both is kept (as in patience diff and MUMmer, Delcher
et al. 1999), each is extended as far as it goes, and only what lies between them is aligned, with shorter seeds where
it is still long. The time then grows with the length, and the way may be a few steps longer than the shortest;
:func:`distance` is exact either way.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count, pairwise

from rapidfuzz.distance import Levenshtein

from sverka.model import Span

__all__ = ["LETTERS", "WORDS", "Step", "alignment", "common_runs", "cost", "distance", "extent", "lettered"]

LETTERS = (24, 12, 8)
"""Seeds for letters, in letters: at one error in twenty, every fourth run of the first length is whole."""
WORDS = (4, 2, 1)
"""Seeds for words, in words."""

_AFFORDABLE = 1 << 24
"""Cells of a table that is worked out whole, at two bits each."""
_HOPELESS = 1 << 34
"""Cells beyond which sequences without one seed in common are taken for unrelated."""


@dataclass(frozen=True, slots=True)
class Step:
    """A stretch of either sequence, in items: the same in both (``same``), or one in the place of the other.

    Either may be empty where they are not the same, never both. Where neither is, they are of one length, item against
    item, unless the sequences have nothing in common there.
    """

    left: Span
    right: Span
    same: bool


def alignment(
    left: Sequence[Hashable], right: Sequence[Hashable], seeds: tuple[int, ...] = LETTERS
) -> tuple[Step, ...]:
    """The steps from ``left`` to ``right``, which together are all of both, in order.

    ``seeds`` are lengths of runs, in items, the longest first, that are tried as pins where the sequences are long.
    """
    return tuple(_joined(_steps(*lettered(left, right), 0, 0, seeds)))


def distance(left: Sequence[Hashable], right: Sequence[Hashable], steps: Sequence[Step] | None = None) -> int:
    """The least number of items to replace, add and leave out (Levenshtein 1966).

    ``steps`` are an alignment of the two, if there is one at hand: it says how far they can be apart at most, and the
    table is worked out only as far from its diagonal as that.
    """
    one, other = lettered(left, right)
    if len(one) * len(other) <= _AFFORDABLE:
        return Levenshtein.distance(one, other)
    most = cost(alignment(left, right) if steps is None else steps)
    return Levenshtein.distance(one, other, score_hint=most)


def cost(steps: Sequence[Step]) -> int:
    """How many items a way replaces, adds and leaves out."""
    return sum(max(len(step.left), len(step.right)) for step in steps if not step.same)


def extent(items: Sequence[Span], run: Span, start: int) -> Span:
    """From the first to the last of a run of ``items``, which are spans of a text; for an empty run, where it is.

    That is behind the item before it, or at ``start`` where there is none.
    """
    if not run:
        at = items[run.start - 1].end if run.start else start
        return Span(at, at)
    return Span(items[run.start].start, items[run.end - 1].end)


def lettered(left: Sequence[Hashable], right: Sequence[Hashable]) -> tuple[str, str]:
    """Both sequences with a code point for each item: strings are what is compared fastest, and cut and hashed, too."""
    numbers = count()
    letters: dict[Hashable, str] = {}

    def letter(item: Hashable) -> str:
        known = letters.get(item)
        if known is None:
            known = letters[item] = chr(next(numbers))
        return known

    return "".join(map(letter, left)), "".join(map(letter, right))


def _steps(left: str, right: str, here: int, there: int, seeds: tuple[int, ...]) -> Iterator[Step]:
    """The steps between two strings that begin at item ``here`` of one sequence and ``there`` of the other."""
    head = _common_prefix(left, right)
    tail = _common_prefix(left[head:][::-1], right[head:][::-1])
    if head:
        yield _same(here, there, head)
    yield from _between(
        left[head : len(left) - tail], right[head : len(right) - tail], here + head, there + head, seeds
    )
    if tail:
        yield _same(here + len(left) - tail, there + len(right) - tail, tail)


def _between(left: str, right: str, here: int, there: int, seeds: tuple[int, ...]) -> Iterator[Step]:
    cells = len(left) * len(right)
    if not cells or (cells > _HOPELESS and not seeds) or (cells > _AFFORDABLE and set(left).isdisjoint(right)):
        if left or right:
            yield Step(Span(here, here + len(left)), Span(there, there + len(right)), same=False)
    elif cells <= _AFFORDABLE or not seeds:
        for code in Levenshtein.opcodes(left, right):
            one = Span(here + code.src_start, here + code.src_end)
            yield Step(one, Span(there + code.dest_start, there + code.dest_end), code.tag == "equal")
    else:
        pins = ((0, 0, 0), *_pins(left, right, seeds[0]), (len(left), len(right), 0))
        for (start, begin, size), (following, to_follow, _) in pairwise(pins):
            if size:
                yield _same(here + start, there + begin, size)
            end, stop = start + size, begin + size
            yield from _steps(left[end:following], right[stop:to_follow], here + end, there + stop, seeds[1:])


def _same(here: int, there: int, size: int) -> Step:
    return Step(Span(here, here + size), Span(there, there + size), same=True)


def _pins(left: str, right: str, size: int) -> Iterator[tuple[int, int, int]]:
    """Runs that the strings have in common, in order, none overlapping: where each begins in either, and its length.

    They grow from runs of ``size`` letters that occur once in ``left`` and once in ``right``.
    """
    end, stop = 0, 0
    for seed, its_match in _chain(common_runs(left, right, size, every=size)):
        if seed < end or its_match < stop:
            continue
        start, begin = seed, its_match
        while start > end and begin > stop and left[start - 1] == right[begin - 1]:
            start, begin = start - 1, begin - 1
        length = _run(left, right, start, begin)
        yield start, begin, length
        end, stop = start + length, begin + length


def common_runs(left: str, right: str, size: int, every: int = 1) -> list[tuple[int, int]]:
    """Where runs of ``size`` letters begin that occur once in either string, by their place in ``left``.

    Of ``left`` only each ``every``-th run is tried.
    """
    places: dict[str, int] = {}
    for start in range(0, len(left) - size + 1, every):
        run = left[start : start + size]
        places[run] = -1 if run in places else start
    for start in range(len(left) - size + 1):
        run = left[start : start + size]
        if places.get(run, start) != start:
            places[run] = -1
    found: dict[int, int] = {}
    for begin in range(len(right) - size + 1):
        start = places.get(right[begin : begin + size], -1)
        if start >= 0:
            found[start] = -1 if start in found else begin
    return sorted((start, begin) for start, begin in found.items() if begin >= 0)


def _chain(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest part of the pairs, sorted by their first, whose second ascend, too (patience sorting)."""
    lows: list[int] = []
    tops: list[int] = []
    before: list[int] = []
    for number, (_, second) in enumerate(pairs):
        pile = bisect_left(lows, second)
        before.append(tops[pile - 1] if pile else -1)
        lows[pile : pile + 1] = [second]
        tops[pile : pile + 1] = [number]
    chain: list[tuple[int, int]] = []
    number = tops[-1] if tops else -1
    while number >= 0:
        chain.append(pairs[number])
        number = before[number]
    return chain[::-1]


def _run(left: str, right: str, start: int, begin: int) -> int:
    """How many letters are the same from there on; looks at growing pieces, for runs may be as long as the texts."""
    length, piece = 0, 64
    while True:
        one, other = left[start + length : start + length + piece], right[begin + length : begin + length + piece]
        same = _common_prefix(one, other)
        length += same
        if same < piece:
            return length
        piece *= 2


def _common_prefix(one: str, other: str) -> int:
    """How many letters two strings have in common at their beginning."""
    most = min(len(one), len(other))
    if one[:most] == other[:most]:
        return most
    low, high = 0, most
    while high - low > 1:
        middle = (low + high) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle
    return low


def _joined(steps: Iterator[Step]) -> Iterator[Step]:
    """With neighbours that are the same made one."""
    last: Step | None = None
    for step in steps:
        if last is not None and last.same and step.same:
            last = Step(Span(last.left.start, step.left.end), Span(last.right.start, step.right.end), same=True)
            continue
        if last is not None:
            yield last
        last = step
    if last is not None:
        yield last
