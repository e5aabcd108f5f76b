"""Which words stand against which, in a stretch where two texts differ.

The words of either stretch are written without spaces, and the letters of the one aligned with those of the other.
Words that share most of their letters are readings of one place, whatever their number: ``по мощь`` and ``помощь``.
What is left between them stands against each other as far as it is of one kind: words, figures, signs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import chain, groupby

from sverka.align.sequences import Step, alignment
from sverka.model import Span
from sverka.text.alphabet import as_cyrillic, fold

__all__ = ["paired"]

_MOST = 1 << 22
"""Letters times letters, beyond which stretches without a word in common are not looked at letter by letter."""
_HALF = 0.5
"""The share of its letters that a word has in common with another reading of itself, at least."""
_DIVIDED = 0.7
"""The same where one text has several words for one: by chance, a short word is within many."""


def paired(left: Sequence[str], right: Sequence[str]) -> tuple[Step, ...]:
    """Steps over two sequences of words and signs, none of which need be the same in both.

    Together they are all of both, in order; one is ``same`` where its words are.
    """
    return tuple(_step(left, right, *unit) for unit in _units(left, right))


_Unit = tuple[int, int, int, int]
"""left[a:b] stands against right[c:d]."""


def _step(left: Sequence[str], right: Sequence[str], a: int, b: int, c: int, d: int) -> Step:
    return Step(Span(a, b), Span(c, d), left[a:b] == right[c:d])


def _units(left: Sequence[str], right: Sequence[str]) -> Iterator[_Unit]:
    end, stop = 0, 0
    for a, b, c, d in chain(_alike(left, right), [(len(left), len(left), len(right), len(right))]):
        yield from _unlike(left, right, (end, a, stop, c))
        if a < b:
            yield a, b, c, d
        end, stop = b, d


def _alike(left: Sequence[str], right: Sequence[str]) -> Iterator[_Unit]:
    """The words that share most of their letters, in order."""
    one, other = [_letters(word) for word in left], [_letters(word) for word in right]
    size = sum(map(len, one)) * sum(map(len, other))
    if not 0 < size <= _MOST:
        return
    shared = _shared(one, other)
    for group in _touching(sorted(shared)):
        a, b = group[0][0], group[-1][0] + 1
        c, d = group[0][1], group[-1][1] + 1
        longer = max(sum(map(len, one[a:b])), sum(map(len, other[c:d])))
        if len(group) > 1 and sum(shared[pair] for pair in group) >= _DIVIDED * longer:
            yield a, b, c, d
            continue
        last, its_last = -1, -1
        for i, k in group:
            # A word that is like two of the other text, but not like both together, is taken for the first.
            if last < i and its_last < k and shared[i, k] >= _HALF * max(len(one[i]), len(other[k])):
                yield i, i + 1, k, k + 1
                last, its_last = i, k


def _letters(word: str) -> str:
    """The view in which letters are compared: alphabets, capitals and ё make no difference."""
    return fold(as_cyrillic(word))


def _shared(one: Sequence[str], other: Sequence[str]) -> dict[tuple[int, int], int]:
    """How many letters two words have in common, for pairs where it is at least half of those of either."""
    owners = [number for number, word in enumerate(one) for _ in word]
    others = [number for number, word in enumerate(other) for _ in word]
    counts: dict[tuple[int, int], int] = defaultdict(int)
    for step in alignment("".join(one), "".join(other)):
        if step.same:
            for i, k in zip(
                owners[step.left.start : step.left.end], others[step.right.start : step.right.end], strict=True
            ):
                counts[i, k] += 1
    return {(i, k): n for (i, k), n in counts.items() if n >= _HALF * min(len(one[i]), len(other[k]))}


def _touching(pairs: Sequence[tuple[int, int]]) -> Iterator[list[tuple[int, int]]]:
    """Pairs that share a word with the one before, together."""
    group: list[tuple[int, int]] = []
    for pair in pairs:
        if group and pair[0] != group[-1][0] and pair[1] != group[-1][1]:
            yield group
            group = []
        group.append(pair)
    if group:
        yield group


def _unlike(left: Sequence[str], right: Sequence[str], unit: _Unit) -> Iterator[_Unit]:
    """What has nothing like it on the other side, cut where words, figures and signs meet, if both sides have some."""
    a, b, c, d = unit
    if a == b or c == d:
        if a < b or c < d:
            yield unit
        return
    one, other = _runs(left, a, b), _runs(right, c, d)
    steps = alignment([kind for kind, *_ in one], [kind for kind, *_ in other])
    # What stands against nothing is not cut, however many kinds it is of.
    pieces = [
        piece
        for step in steps
        for piece in (_each(step) if len(step.left) == len(step.right) else ((step.left, step.right),))
    ]
    at, begin = a, c
    for here, there in pieces:
        end = one[here.end - 1][2] if here else at
        stop = other[there.end - 1][2] if there else begin
        yield at, end, begin, stop
        at, begin = end, stop


def _each(step: Step) -> Iterator[tuple[Span, Span]]:
    for n in range(len(step.left)):
        i, k = step.left.start + n, step.right.start + n
        yield Span(i, i + 1), Span(k, k + 1)


def _runs(words: Sequence[str], start: int, end: int) -> list[tuple[str, int, int]]:
    """Neighbours of one kind, each as kind, start and end."""
    runs = []
    for kind, group in groupby(range(start, end), key=lambda n: _kind(words[n])):
        numbers = list(group)
        runs.append((kind, numbers[0], numbers[-1] + 1))
    return runs


def _kind(word: str) -> str:
    if any(map(str.isdigit, word)):
        return "figures"
    return "word" if word[:1].isalnum() else "sign"
