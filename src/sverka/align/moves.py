"""Passages that two texts share, but in another order.

Runs of words that occur once in either text are gathered, and of these the weightiest part that is in the same order in
both is taken for the course of the text. The others stand elsewhere. Neighbours among them are parts of one passage if
little lies between, and a passage reaches as far on either side as more words agree than differ (the ungapped extension
of Altschul et al. 1990). The way there grows with the length of the texts, save for sorting.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sverka.align.sequences import Step, common_runs, lettered
from sverka.model import Span
from sverka.text.abbreviations import RUNNING

__all__ = ["Passage", "elsewhere", "moved"]

LEAST = 5
"""Words that a passage has, at least: shorter ones recur by chance."""

_SEED = 4
"""Words and signs of the runs that are looked for."""
_GAP = 12
"""Words and signs that may lie, in either text, between two runs of one passage."""
_DROP = 4
"""How far a passage's balance of words that agree and words that differ may fall before its end is reached."""
_IN_PLACE = 0.5
"""The share of its words from which a passage that is found in its place, too, is not taken for moved."""
_ENDS = frozenset(".!?…")
_OPENERS = "«„“‘\"'(["


@dataclass(frozen=True, slots=True)
class Passage:
    """Words and signs ``left`` of the first text stand as ``right`` in the other, counted from 0."""

    left: Span
    right: Span


def moved(left: Sequence[str], right: Sequence[str]) -> tuple[Passage, ...]:
    """The passages that may be moved, in the order of ``left``; on neither side do two of them overlap."""
    one, other = lettered(left, right)
    blocks = _blocks(common_runs(one, other, _SEED))
    course = set(_heaviest(blocks))
    if len(course) == len(blocks):
        return ()
    passages = _extended(one, other, [block for n, block in enumerate(blocks) if n in course], _joined(blocks, course))
    trimmed = _trimmed(left, right, passages)
    return tuple(passage for passage in trimmed if _words(left, passage.left) >= LEAST <= _words(right, passage.right))


def elsewhere(passages: Sequence[Passage], words: Sequence[str], steps: Sequence[Step]) -> tuple[Passage, ...]:
    """Those of ``passages`` whose words have no match where they stand, by ``steps`` that align both texts whole."""
    partner: list[int] = [-1] * len(words)
    for step in steps:
        if step.same:
            partner[step.left.start : step.left.end] = range(step.right.start, step.right.end)
    return tuple(passage for passage in passages if _in_place(passage, words, partner) < _IN_PLACE)


def _in_place(passage: Passage, words: Sequence[str], partner: Sequence[int]) -> float:
    """The share of a passage's words that are matched, but not with the passage itself."""
    numbers = [n for n in range(passage.left.start, passage.left.end) if _is_word(words[n])]
    there = passage.right
    held = sum(partner[n] >= 0 and not there.start <= partner[n] < there.end for n in numbers)
    return held / len(numbers)


def _blocks(seeds: Sequence[tuple[int, int]]) -> list[Passage]:
    """Runs that overlap or touch in both texts made one; then cut so that no two blocks overlap in either."""
    blocks: list[Passage] = []
    for start, begin in seeds:
        last = blocks[-1] if blocks else None
        if last and start <= last.left.end and start - last.left.start == begin - last.right.start:
            blocks[-1] = Passage(Span(last.left.start, start + _SEED), Span(last.right.start, begin + _SEED))
        else:
            blocks.append(Passage(Span(start, start + _SEED), Span(begin, begin + _SEED)))
    apart = list(_apart(blocks, by_right=False))
    return sorted(_apart(sorted(apart, key=_right), by_right=True), key=_left)


def _left(block: Passage) -> int:
    return block.left.start


def _right(block: Passage) -> int:
    return block.right.start


def _apart(blocks: Sequence[Passage], *, by_right: bool) -> Iterator[Passage]:
    end = 0
    for block in blocks:
        side = block.right if by_right else block.left
        cut = max(0, end - side.start)
        end = max(end, side.end)
        if cut < len(side):
            yield Passage(Span(block.left.start + cut, block.left.end), Span(block.right.start + cut, block.right.end))


def _heaviest(blocks: Sequence[Passage]) -> Iterator[int]:
    """The numbers of those blocks, in the order of both texts, that have the most words and signs together.

    Kept is, for each weight that can be reached, the chain that ends first in the right text (patience sorting, with
    weights).
    """
    ends: list[int] = []
    weights: list[int] = []
    tops: list[int] = []
    before: list[int] = []
    for number, block in enumerate(blocks):
        at = bisect_left(ends, block.right.start)
        before.append(tops[at - 1] if at else -1)
        weight = len(block.left) + (weights[at - 1] if at else 0)
        surpassed = at
        while surpassed < len(weights) and weights[surpassed] <= weight:
            surpassed += 1
        ends[at:surpassed] = [block.right.start]
        weights[at:surpassed] = [weight]
        tops[at:surpassed] = [number]
    number = tops[-1] if tops else -1
    while number >= 0:
        yield number
        number = before[number]


def _joined(blocks: Sequence[Passage], course: set[int]) -> list[Passage]:
    """The blocks off the course, those made one that follow each other closely in both texts."""
    order = {
        number: rank for rank, number in enumerate(sorted(range(len(blocks)), key=lambda n: blocks[n].right.start))
    }
    passages: list[Passage] = []
    last = -1
    for number, block in enumerate(blocks):
        if number in course:
            continue
        follows = last >= 0 and number == last + 1 and order[number] == order[last] + 1
        if (
            follows
            and max(block.left.start - passages[-1].left.end, block.right.start - passages[-1].right.end) <= _GAP
        ):
            passages[-1] = Passage(
                Span(passages[-1].left.start, block.left.end), Span(passages[-1].right.start, block.right.end)
            )
        else:
            passages.append(block)
        last = number
    return passages


def _extended(left: str, right: str, course: Sequence[Passage], passages: Sequence[Passage]) -> list[Passage]:
    """The passages as far as they reach into what neither the course nor another of them has."""
    starts, begins = (sorted(side.start for side in sides) for sides in _sides(*course, *passages))
    onward = []
    for passage in passages:
        end, stop = passage.left.end, passage.right.end
        reach = _reach(left[end : _next(starts, end)], right[stop : _next(begins, stop)])
        onward.append(Passage(Span(passage.left.start, end + reach), Span(passage.right.start, stop + reach)))
    ends, stops = (sorted(side.end for side in sides) for sides in _sides(*course, *onward))
    both = []
    for passage in onward:
        start, begin = passage.left.start, passage.right.start
        reach = _reach(left[_last(ends, start) : start][::-1], right[_last(stops, begin) : begin][::-1])
        both.append(Passage(Span(start - reach, passage.left.end), Span(begin - reach, passage.right.end)))
    return both


def _sides(*blocks: Passage) -> tuple[list[Span], list[Span]]:
    return [block.left for block in blocks], [block.right for block in blocks]


def _next(places: Sequence[int], at: int) -> int | None:
    number = bisect_left(places, at)
    return places[number] if number < len(places) else None


def _last(places: Sequence[int], at: int) -> int:
    number = bisect_right(places, at)
    return places[number - 1] if number else 0


def _reach(left: str, right: str) -> int:
    """How many letters the strings are nearly the same for, from their beginning."""
    balance = best = reach = 0
    for number, (one, other) in enumerate(zip(left, right, strict=False), start=1):
        balance += 1 if one == other else -1
        if balance > best:
            best, reach = balance, number
        elif balance <= best - _DROP:
            break
    return reach


def _trimmed(left: Sequence[str], right: Sequence[str], passages: Sequence[Passage]) -> Iterator[Passage]:
    """The passages from the beginning of a sentence to the end of one, where either is near.

    Sentences that begin with the same words leave open which of these moved.
    """
    starts, begins = (sorted(side.start for side in sides) for sides in _sides(*passages))
    closed = []
    for passage in passages:
        after = _next(starts, passage.left.end), _next(begins, passage.right.end)
        closed.append(_closed(left, right, passage, *after))
    ends, stops = (sorted(side.end for side in sides) for sides in _sides(*closed))
    for passage in closed:
        before = _last(ends, passage.left.start), _last(stops, passage.right.start)
        yield _opened(left, right, _begun(left, right, passage, *before))


def _closed(left: Sequence[str], right: Sequence[str], passage: Passage, end: int | None, stop: int | None) -> Passage:
    """The passage without the first words of the next sentence, or with the last of its own, if these are as many.

    ``end`` and ``stop`` are where the passage after it begins in either text.
    """
    at, its = passage.left.end, passage.right.end
    for cut in range(min(_SEED, len(passage.left), len(passage.right))):
        if left[at - cut - 1] != right[its - cut - 1]:
            break
        if _ends(left, at - cut - 1):
            return Passage(Span(passage.left.start, at - cut), Span(passage.right.start, its - cut))
    for more, signs in enumerate(
        zip(left[at : _least(at, end)], right[its : _least(its, stop)], strict=False), start=1
    ):
        if _ENDS.issuperset(signs):
            return Passage(Span(passage.left.start, at + more), Span(passage.right.start, its + more))
        if not _ENDS.isdisjoint(signs):
            break
    return passage


def _ends(words: Sequence[str], n: int) -> bool:
    """Whether a sentence ends with token ``n``: not with the point of an abbreviation or an initial."""
    before = words[n - 1].lower() if n else ""
    shortened = before in RUNNING or (len(before) == 1 and before.isalpha())
    return words[n] in _ENDS and not (words[n] == "." and shortened)


def _least(at: int, limit: int | None) -> int:
    return at + _SEED if limit is None else min(limit, at + _SEED)


def _begun(left: Sequence[str], right: Sequence[str], passage: Passage, end: int, stop: int) -> Passage:
    """The passage with the first words of its sentence, if that begins as near before it in both texts.

    ``end`` and ``stop`` are where the passage before it ends in either.
    """
    start, begin = passage.left.start, passage.right.start
    for reach in range(_SEED):
        begins = start - reach <= end or _ends(left, start - reach - 1)
        if begins != (begin - reach <= stop or _ends(right, begin - reach - 1)):
            break
        if begins:
            return Passage(Span(start - reach, passage.left.end), Span(begin - reach, passage.right.end))
    return passage


def _opened(left: Sequence[str], right: Sequence[str], passage: Passage) -> Passage:
    """The passage without what ends the sentence before it: it begins with a word, and the signs that open it."""
    one, other = left[passage.left.start : passage.left.end], right[passage.right.start : passage.right.end]
    least = min(len(one), len(other))
    cut = next((n for n in range(least) if _is_word(one[n]) and _is_word(other[n])), least)
    while cut and one[cut - 1] == other[cut - 1] and one[cut - 1] in _OPENERS:
        cut -= 1
    return Passage(Span(passage.left.start + cut, passage.left.end), Span(passage.right.start + cut, passage.right.end))


def _words(words: Sequence[str], span: Span) -> int:
    return sum(map(_is_word, words[span.start : span.end]))


def _is_word(token: str) -> bool:
    return token[:1].isalnum()
