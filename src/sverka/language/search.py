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
_SPARE = 2
"""Words found for each that is kept: the first found are not always the best."""
_RESERVE = 4096
"""More than one place can lead to."""
_NODE = np.uint64((1 << 24) - 1)
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
    """The automaton's arrays, and a sparse table of the least rarity over blocks of words.

    ``first`` has one entry more than there are nodes, so that a node's edges end where the next one's begin.
    """

    final: NDArray[np.bool_]
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
    """Places waiting, in buckets of like promise, each a chain; ``size[0]`` is how many were ever put there.

    A place is one integer (:func:`_place`). Words that share a number so far and a node share their future. No bucket
    before ``low[0]`` holds anything.
    """

    place: NDArray[np.uint64]
    cost: Floats
    after: NDArray[np.int32]
    head: NDArray[np.int32]
    size: Ints
    low: Ints


class Searcher:
    """Searches one lexicon under one error model."""

    def __init__(self, automaton: Automaton, rarity: NDArray[np.uint8], model: ErrorModel) -> None:
        """``rarity[n]`` is -log P of word n in steps of :data:`sverka.language.ngram.STEP` nats."""
        least, levels = _range_minima(rarity)
        self._lexicon = _Lexicon(
            _fixed(automaton.final(np.arange(len(automaton.masks)))),
            _fixed(np.append(automaton.first, np.uint32(len(automaton.labels)))),
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
        self, queries: list[str], *, limits: Floats, most: int = 1000, keep: int = 12, margin: float = 10.0
    ) -> Hits:
        """Up to ``keep`` words for each query, none costlier than its limit (nats).

        Queries are in the channel's view (:func:`sverka.language.errormodel.observed_view`). No more than ``most``
        places are examined for one, and none that promises ``margin`` nats less than the first word found.
        """
        if not queries:
            empty = np.zeros(0, dtype=np.int64)
            return Hits(empty, empty, np.zeros(0, dtype=np.float32))
        observed, lengths = encode_observed(queries)
        # What is impossible stays so, however long a query is.
        limits = np.minimum(limits, np.float32(IMPOSSIBLE - 1))
        query, numbers, costs = _search(
            observed, lengths, limits.astype(np.float32), most, keep * _SPARE, margin, self._lexicon, self._channel
        )
        promise = costs + np.float32(_PRIOR) * self._lexicon.rarity[numbers]
        order = np.lexsort((promise, query))
        starts = np.searchsorted(query[order], np.arange(len(queries)))
        order = order[np.arange(len(order)) - starts[query[order]] < keep]
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
def _place(sign: int, node: int, number: int) -> int:
    """A sign of the query, a node, and the number of the words that come before those beyond it."""
    place: int = (np.uint64(number) << np.uint64(32)) | (np.uint64(node) << np.uint64(8)) | np.uint64(sign)  # type: ignore[assignment]
    return place


@compiled
def _put(agenda: _Agenda, place: int, cost: float, promise: float) -> None:
    """Let a place wait. It may promise more than the one it was reached from, where an expected error was not made."""
    bucket = min(int(promise / _BUCKET), _BUCKETS - 1)
    entry = agenda.size[0]
    agenda.place[entry] = place
    agenda.cost[entry] = cost
    agenda.after[entry] = agenda.head[bucket]
    agenda.head[bucket] = entry
    agenda.size[0] = entry + 1
    agenda.low[0] = min(agenda.low[0], bucket)


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
    worst: float,
    lexicon: _Lexicon,
    channel: _Channel,
) -> None:
    """Put down every place that two letters read as the sign ``here`` lead to; the first led to ``middle``."""
    for edge in range(lexicon.first[middle], lexicon.first[middle + 1]):
        total = cost + channel.fused[here, letter, lexicon.labels[edge]]
        if total <= limit:
            onward, target = number + lexicon.skips[edge], lexicon.targets[edge]
            promise = total + rest[i + 1] + _PRIOR * _commonest(lexicon, onward, lexicon.counts[target])
            if promise <= worst:
                _put(agenda, _place(i + 1, target, onward), total, promise)


@compiled
def _examine(
    agenda: _Agenda,
    i: int,
    node: int,
    number: int,
    cost: float,
    observed: NDArray[np.uint8],
    length: int,
    rest: Floats,
    limit: float,
    worst: float,
    lexicon: _Lexicon,
    channel: _Channel,
) -> None:
    """Put down every place that one edit leads to and that promises no worse than ``worst``."""
    prior = _PRIOR * _commonest(lexicon, number, lexicon.counts[node])
    here = observed[i] if i < length else 0
    if i < length:
        total = cost + channel.added[here]
        promise = total + rest[i + 1] + prior
        if total <= limit and promise <= worst:
            _put(agenda, _place(i + 1, node, number), total, promise)
    pair = channel.doubling[here, observed[i + 1]] if i + 1 < length else False
    for edge in range(lexicon.first[node], lexicon.first[node + 1]):
        letter = lexicon.labels[edge]
        lost = cost + channel.lost[letter]
        read = cost + channel.read[here, letter] if i < length else IMPOSSIBLE
        double = cost + channel.doubled[here, observed[i + 1], letter] if pair else IMPOSSIBLE
        # What lies beyond an edge is no commoner than all that lies beyond the node.
        go_lost = lost <= limit and lost + rest[i] + prior <= worst
        go_read = read <= limit and read + rest[i + 1] + prior <= worst
        go_double = double <= limit and double + rest[i + 2] + prior <= worst
        fuse = i < length and channel.fusing[here, letter]
        if go_lost or go_read or go_double or fuse:
            target, onward = lexicon.targets[edge], number + lexicon.skips[edge]
            beyond = _PRIOR * _commonest(lexicon, onward, lexicon.counts[target])
            if go_lost and lost + rest[i] + beyond <= worst:
                _put(agenda, _place(i, target, onward), lost, lost + rest[i] + beyond)
            if go_read and read + rest[i + 1] + beyond <= worst:
                _put(agenda, _place(i + 1, target, onward), read, read + rest[i + 1] + beyond)
            if go_double and double + rest[i + 2] + beyond <= worst:
                _put(agenda, _place(i + 2, target, onward), double, double + rest[i + 2] + beyond)
            if fuse:
                _fuse(agenda, i, here, letter, target, onward, cost, rest, limit, worst, lexicon, channel)


@compiled
def _is_new(seen: NDArray[np.uint64], stamps: NDArray[np.int32], stamp: int, place: int) -> bool:
    """Whether a place comes up for the first time in the query ``stamp``; notes it if so."""
    slot = int((place * np.uint64(0x9E3779B97F4A7C15)) >> np.uint64(32)) & (len(seen) - 1)
    while stamps[slot] == stamp:
        if seen[slot] == place:
            return False
        slot = (slot + 1) & (len(seen) - 1)
    stamps[slot] = stamp
    seen[slot] = place
    return True


@compiled
def _search(
    observed: NDArray[np.uint8],
    lengths: Ints,
    limits: Floats,
    most: int,
    keep: int,
    margin: float,
    lexicon: _Lexicon,
    channel: _Channel,
) -> tuple[Ints, Ints, Floats]:
    """The query, the number and the cost of every word found, query by query."""
    room = len(lengths) * keep
    query, numbers, costs = np.empty(room, np.int64), np.empty(room, np.int64), np.empty(room, np.float32)
    count = 0
    waiting = most * _PUSHES + _RESERVE
    agenda = _Agenda(
        np.empty(waiting, np.uint64),
        np.empty(waiting, np.float32),
        np.empty(waiting, np.int32),
        np.empty(_BUCKETS, np.int32),
        np.zeros(1, np.int64),
        np.zeros(1, np.int64),
    )
    table = 1
    while table < 2 * most:
        table *= 2
    seen, stamps = np.empty(table, np.uint64), np.zeros(table, np.int32)
    rest = np.zeros(observed.shape[1] + 1, np.float32)
    for q in range(len(lengths)):
        length = lengths[q]
        rest[length] = 0
        for i in range(length - 1, -1, -1):
            rest[i] = rest[i + 1] + channel.least[observed[q, i]] + _TOLL
        agenda.head[:] = -1
        agenda.size[0] = 0
        agenda.low[0] = 0
        _put(agenda, _place(0, 0, 0), 0.0, 0.0)
        worst = _BUCKETS * _BUCKET
        found = examined = 0
        while found < keep and examined < most and agenda.size[0] < waiting - _RESERVE:
            low = agenda.low[0]
            while low < _BUCKETS and agenda.head[low] < 0:
                low += 1
            agenda.low[0] = low
            if low * _BUCKET > worst or low == _BUCKETS:
                break
            entry = agenda.head[low]
            agenda.head[low] = agenda.after[entry]
            place = agenda.place[entry]
            if not _is_new(seen, stamps, q + 1, place):
                continue
            examined += 1
            i, node, number = int(place & np.uint64(255)), (place >> np.uint64(8)) & _NODE, place >> np.uint64(32)
            cost = agenda.cost[entry]
            if i == length and lexicon.final[node]:
                query[count], numbers[count], costs[count] = q, number, cost
                count += 1
                if found == 0:
                    worst = min(worst, low * _BUCKET + margin)
                found += 1
            _examine(agenda, i, node, number, cost, observed[q], length, rest, limits[q], worst, lexicon, channel)
    return query[:count], numbers[:count], costs[:count]
