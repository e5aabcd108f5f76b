"""Words of the lexicon that an observed string may have been: approximate search under the error model.

A query is carried through the automaton best-first, from one place (a sign of the query, a node of the automaton) to
the next: A* (Hart, Nilsson and Raphael, 1968) over the edits of the error model, as Oflazer proposed for
distances ("Error-tolerant finite-state recognition", Computational Linguistics 22, 1996). What a place promises is the
cost of the way there, what the signs still unread will cost on the average, and the rarity of the commonest word that
can still be reached.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from sverka.language.automaton import Automaton
from sverka.language.compiled import compiled
from sverka.language.errormodel import IMPOSSIBLE, ErrorModel, encode_observed
from sverka.language.ngram import STEP

Scalar = TypeVar("Scalar", bound=np.generic)
Ints = NDArray[np.int64]
Floats = NDArray[np.float32]

MOST_NODES = 1 << 24
MOST_WORDS = 1 << 32
"""What a lexicon may have at most, so that a place fits one integer."""

_PRIOR = 0.7 * STEP
"""How much a quantum of rarity weighs beside a nat of channel cost in deciding what is kept."""
_TOLL = 1.8
"""Nats that a sign still unread is thought to cost beyond the least it may: the errors to come."""
_BUCKET = 0.25
"""Nats between two classes of promise that are not told apart in the order of the search."""
_BUCKETS = 512
_PUSHES = 24
"""Places waiting for each place to be examined, at most."""
_BLOCK = 16


@dataclass(frozen=True, slots=True)
class Hits:
    """Words near each query, the most promising first: ``numbers[i]`` was found for query number ``query[i]``.

    ``numbers`` are the words' numbers in the lexicon, ``costs`` -log P(query | word) in nats.
    """

    query: Ints
    numbers: Ints
    costs: Floats


class _Lexicon(NamedTuple):
    """The automaton's arrays, and a sparse table of the least rarity over blocks of words."""

    masks: NDArray[np.uint64]
    first: NDArray[np.uint32]
    counts: NDArray[np.uint32]
    targets: NDArray[np.uint32]
    skips: NDArray[np.uint32]
    labels: NDArray[np.uint8]
    rarity: NDArray[np.uint8]
    least: NDArray[np.uint8]
    levels: Ints


class _Channel(NamedTuple):
    """The error model's costs, which two-letter edits there are at all, and the least that a sign costs."""

    read: Floats
    lost: Floats
    added: Floats
    doubled: Floats
    fused: Floats
    doubling: NDArray[np.bool_]
    fusing: NDArray[np.bool_]
    least: Floats


class _Agenda(NamedTuple):
    """Places waiting, in buckets of like promise, each a chain; ``size[0]`` is how many were ever put there."""

    sign: NDArray[np.uint8]
    node: NDArray[np.uint32]
    number: NDArray[np.uint32]
    cost: Floats
    after: NDArray[np.int32]
    head: NDArray[np.int32]
    size: Ints


class Searcher:
    """Searches one lexicon under one error model."""

    def __init__(self, automaton: Automaton, rarity: NDArray[np.uint8], model: ErrorModel) -> None:
        """``rarity[n]`` is -log P of word n in steps of :data:`sverka.language.ngram.STEP` nats."""
        least, levels = _range_minima(rarity)
        self._lexicon = _Lexicon(
            _fixed(automaton.masks),
            _fixed(automaton.first),
            _fixed(automaton.counts),
            _fixed(automaton.targets),
            _fixed(automaton.skips),
            _fixed(automaton.labels),
            _fixed(rarity),
            _fixed(least),
            _fixed(levels),
        )
        self._channel = _channel(model)

    def near(
        self, queries: list[str], *, limits: Floats, most: int = 1000, keep: int = 12, margin: float = 14.0
    ) -> Hits:
        """Up to ``keep`` words for each query, none costlier than its limit (nats).

        Queries are in the channel's view (:func:`sverka.language.errormodel.observed_view`). No more than ``most``
        places are examined for one, and none that promises ``margin`` nats less than the first word found.
        """
        if not queries:
            empty = np.zeros(0, dtype=np.int64)
            return Hits(empty, empty, np.zeros(0, dtype=np.float32))
        observed, lengths = encode_observed(queries)
        query, numbers, costs = _search(
            observed,
            lengths,
            limits.astype(np.float32),
            most,
            keep,
            int(margin / _BUCKET),
            self._lexicon,
            self._channel,
        )
        promise = costs + np.float32(_PRIOR) * self._lexicon.rarity[numbers]
        order = np.lexsort((promise, query))
        return Hits(query[order], numbers[order], costs[order])


def _fixed(array: NDArray[Scalar]) -> NDArray[Scalar]:
    """A read-only view: compiled code is made for one kind of array, mapped from a file or not."""
    view = np.ascontiguousarray(array).view()
    view.flags.writeable = False
    return view


def _channel(model: ErrorModel) -> _Channel:
    return _Channel(
        _fixed(model.read),
        _fixed(model.lost),
        _fixed(model.added),
        _fixed(model.doubled),
        _fixed(model.fused),
        _fixed(np.any(model.doubled < IMPOSSIBLE, axis=2)),
        _fixed(np.any(model.fused < IMPOSSIBLE, axis=2)),
        _fixed(np.minimum(model.read.min(axis=1), model.added).astype(np.float32)),
    )


def _range_minima(values: NDArray[np.uint8]) -> tuple[NDArray[np.uint8], Ints]:
    """For every power of two, the least value of so many blocks from each on; one level after the other, and where
    each begins."""
    whole = np.full(-(-len(values) // _BLOCK) * _BLOCK, 255, dtype=np.uint8)
    whole[: len(values)] = values
    levels = [whole.reshape(-1, _BLOCK).min(axis=1)]
    width = 1
    while width * 2 <= len(levels[0]):
        levels.append(np.minimum(levels[-1][:-width], levels[-1][width:]))
        width *= 2
    return np.concatenate(levels), np.cumsum([0, *map(len, levels[:-1])])


@compiled
def _commonest(lexicon: _Lexicon, number: int, count: int) -> int:
    """The rarity of the commonest of ``count`` words from ``number`` on, or somewhat less."""
    first = number // _BLOCK
    last = (number + count - 1) // _BLOCK
    level = 0
    while (2 << level) <= last - first + 1:
        level += 1
    start = lexicon.levels[level]
    return int(min(lexicon.least[start + first], lexicon.least[start + last + 1 - (1 << level)]))


@compiled
def _degree(mask: np.uint64) -> int:
    """How many edges leave a node."""
    left = mask & ((np.uint64(1) << np.uint64(63)) - np.uint64(1))
    degree = 0
    while left:
        left &= left - np.uint64(1)
        degree += 1
    return degree


@compiled
def _put(agenda: _Agenda, sign: int, node: int, number: int, cost: float, bucket: int) -> None:
    place = agenda.size[0]
    agenda.sign[place] = sign
    agenda.node[place] = node
    agenda.number[place] = number
    agenda.cost[place] = cost
    agenda.after[place] = agenda.head[bucket]
    agenda.head[bucket] = place
    agenda.size[0] = place + 1


@compiled
def _bucket(promise: float, low: int) -> int:
    return min(max(int(promise / _BUCKET), low), _BUCKETS - 1)


@compiled
def _fuse(
    agenda: _Agenda,
    i: int,
    here: int,
    letter: int,
    middle: int,
    number: int,
    cost: float,
    rest: Floats,
    limit: float,
    low: int,
    top: int,
    lexicon: _Lexicon,
    channel: _Channel,
) -> None:
    """Put down every place that two letters read as the sign ``here`` lead to; the first led to ``middle``."""
    start = lexicon.first[middle]
    for edge in range(start, start + _degree(lexicon.masks[middle])):
        total = cost + channel.fused[here, letter, lexicon.labels[edge]]
        if total <= limit:
            onward, target = number + lexicon.skips[edge], lexicon.targets[edge]
            prior = _PRIOR * _commonest(lexicon, onward, lexicon.counts[target])
            bucket = _bucket(total + rest[i + 1] + prior, low)
            if bucket <= top:
                _put(agenda, i + 1, target, onward, total, bucket)


@compiled
def _examine(  # noqa: PLR0912 - one branch an edit, in the innermost loop
    agenda: _Agenda,
    place: int,
    observed: NDArray[np.uint8],
    length: int,
    rest: Floats,
    limit: float,
    low: int,
    top: int,
    lexicon: _Lexicon,
    channel: _Channel,
) -> None:
    """Put down every place that one edit leads to."""
    i, node = int(agenda.sign[place]), agenda.node[place]
    number, cost = agenda.number[place], agenda.cost[place]
    here = observed[i] if i < length else 0
    if i < length:
        total = cost + channel.added[here]
        if total <= limit:
            rarity = _commonest(lexicon, number, lexicon.counts[node])
            bucket = _bucket(total + rest[i + 1] + _PRIOR * rarity, low)
            if bucket <= top:
                _put(agenda, i + 1, node, number, total, bucket)
    start = lexicon.first[node]
    for edge in range(start, start + _degree(lexicon.masks[node])):
        letter = lexicon.labels[edge]
        target = lexicon.targets[edge]
        onward = number + lexicon.skips[edge]
        lost = cost + channel.lost[letter]
        read = cost + channel.read[here, letter] if i < length else IMPOSSIBLE
        double = IMPOSSIBLE
        if i + 1 < length and channel.doubling[here, observed[i + 1]]:
            double = cost + channel.doubled[here, observed[i + 1], letter]
        if min(lost, read, double) <= limit:
            prior = _PRIOR * _commonest(lexicon, onward, lexicon.counts[target])
            if lost <= limit:
                bucket = _bucket(lost + rest[i] + prior, low)
                if bucket <= top:
                    _put(agenda, i, target, onward, lost, bucket)
            if read <= limit:
                bucket = _bucket(read + rest[i + 1] + prior, low)
                if bucket <= top:
                    _put(agenda, i + 1, target, onward, read, bucket)
            if double <= limit:
                bucket = _bucket(double + rest[i + 2] + prior, low)
                if bucket <= top:
                    _put(agenda, i + 2, target, onward, double, bucket)
        if i < length and channel.fusing[here, letter]:
            _fuse(agenda, i, here, letter, target, onward, cost, rest, limit, low, top, lexicon, channel)


@compiled
def _is_new(seen: NDArray[np.uint64], stamps: NDArray[np.int32], stamp: int, sign: int, node: int, number: int) -> bool:
    """Whether a place comes up for the first time in the query ``stamp``; notes it if so.

    Words that share a number so far and a node share their future.
    """
    key = (np.uint64(number) << np.uint64(32)) | (np.uint64(node) << np.uint64(8)) | np.uint64(sign)
    slot = int((key * np.uint64(0x9E3779B97F4A7C15)) >> np.uint64(32)) & (len(seen) - 1)
    while stamps[slot] == stamp:
        if seen[slot] == key:
            return False
        slot = (slot + 1) & (len(seen) - 1)
    stamps[slot] = stamp
    seen[slot] = key
    return True


@compiled
def _search(
    observed: NDArray[np.uint8],
    lengths: Ints,
    limits: Floats,
    most: int,
    keep: int,
    margin: int,
    lexicon: _Lexicon,
    channel: _Channel,
) -> tuple[Ints, Ints, Floats]:
    """The query, the number and the cost of every word found, query by query."""
    room = len(lengths) * keep
    query, numbers, costs = np.empty(room, np.int64), np.empty(room, np.int64), np.empty(room, np.float32)
    count = 0
    waiting = most * _PUSHES
    agenda = _Agenda(
        np.empty(waiting, np.uint8),
        np.empty(waiting, np.uint32),
        np.empty(waiting, np.uint32),
        np.empty(waiting, np.float32),
        np.empty(waiting, np.int32),
        np.empty(_BUCKETS, np.int32),
        np.zeros(1, np.int64),
    )
    table = 1
    while table < 2 * most:
        table *= 2
    seen, stamps = np.empty(table, np.uint64), np.zeros(table, np.int32)
    rest = np.zeros(observed.shape[1] + 1, np.float32)
    final = np.uint64(1) << np.uint64(63)
    for q in range(len(lengths)):
        length = lengths[q]
        rest[length] = 0
        for i in range(length - 1, -1, -1):
            rest[i] = rest[i + 1] + channel.least[observed[q, i]] + _TOLL
        agenda.head[:] = -1
        agenda.size[0] = 0
        _put(agenda, 0, 0, 0, 0.0, 0)
        low, top = 0, _BUCKETS - 1
        found = examined = 0
        # One place leads to fewer than a hundred and fifty others in all but the rarest case.
        while low <= top and found < keep and examined < most and agenda.size[0] < waiting - 2048:
            place = agenda.head[low]
            if place < 0:
                low += 1
                continue
            agenda.head[low] = agenda.after[place]
            i, node, number = int(agenda.sign[place]), agenda.node[place], agenda.number[place]
            if not _is_new(seen, stamps, q + 1, i, node, number):
                continue
            examined += 1
            if i == length and lexicon.masks[node] & final:
                query[count], numbers[count], costs[count] = q, number, agenda.cost[place]
                count += 1
                if found == 0:
                    top = min(top, low + margin)
                found += 1
            _examine(agenda, place, observed[q], length, rest, limits[q], low, top, lexicon, channel)
    return query[:count], numbers[:count], costs[:count]
