"""Words of the lexicon that an observed string may have been: approximate search under the error model.

All queries of a page are carried through the automaton together, one observed sign at a time: a beam of the cheapest
states for each query, stepped in numpy. Follows Oflazer, "Error-tolerant finite-state recognition" (Computational
Linguistics 22, 1996), with probabilities for distances.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from sverka.language.automaton import Automaton
from sverka.language.errormodel import IMPOSSIBLE, ErrorModel, encode_observed
from sverka.language.ngram import STEP
from sverka.language.words import LETTERS

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]

MOST_NODES = 1 << 20
MOST_WORDS = 1 << 24
"""What a lexicon may have at most, so that a query, a word's number and a node fit one integer."""
_NUMBER_SHIFT = np.int64(20)
_QUERY_SHIFT = np.int64(44)


@dataclass(frozen=True, slots=True)
class Hits:
    """Words near each query, the most promising first: ``words[i]`` was found for query number ``query[i]``.

    ``numbers`` are the words' numbers in the lexicon, ``costs`` -log P(query | word) in nats.
    """

    query: Ints
    words: tuple[str, ...]
    numbers: Ints
    costs: Floats


@dataclass(frozen=True, slots=True)
class _States:
    """Places in the automaton reached by queries, all after the same number of observed signs."""

    query: Ints
    node: Ints
    number: Ints
    cost: Floats
    trail: Ints
    """Where the state's last letter stands in the trail of letters."""

    def take(self, index: NDArray[np.int64] | NDArray[np.bool_]) -> _States:
        return _States(self.query[index], self.node[index], self.number[index], self.cost[index], self.trail[index])


def _join(parts: list[_States]) -> _States:
    return _States(
        *(np.concatenate([getattr(p, name) for p in parts]) for name in ("query", "node", "number", "cost", "trail"))
    )


class _Trail:
    """Letters passed, each with a link to the one before it, so that words can be read off in the end."""

    def __init__(self) -> None:
        self._codes: list[NDArray[np.uint8]] = []
        self._links: list[Ints] = []
        self._length = 0

    def add(self, codes: NDArray[np.uint8], links: Ints) -> Ints:
        start = self._length
        self._codes.append(codes)
        self._links.append(links)
        self._length += len(codes)
        return np.arange(start, self._length)

    def read(self, ends: Ints) -> tuple[str, ...]:
        if not len(ends):
            return ()
        codes = np.concatenate(self._codes)
        links = np.concatenate(self._links)
        words = [""] * len(ends)
        columns = []
        at = ends.copy()
        while (at >= 0).any():
            live = at >= 0
            columns.append(np.where(live, codes[at], 255))
            at = np.where(live, links[at], -1)
        for i, row in enumerate(np.stack(columns[::-1], axis=1)):
            words[i] = "".join(LETTERS[c] for c in row if c != 255)
        return tuple(words)


_PRIOR = 0.7 * STEP
"""How much a quantum of rarity weighs beside a nat of channel cost in deciding what is kept."""

_BLOCK = 16


class _RangeMinimum:
    """The least value of a stretch of a long array, never too high: a sparse table over blocks of 16."""

    def __init__(self, values: NDArray[np.uint8]) -> None:
        whole = np.full(-(-len(values) // _BLOCK) * _BLOCK, 255, dtype=np.uint8)
        whole[: len(values)] = values
        self._levels = [whole.reshape(-1, _BLOCK).min(axis=1)]
        width = 1
        while width * 2 <= len(self._levels[0]):
            row = self._levels[-1]
            self._levels.append(np.minimum(row[:-width], row[width:]))
            width *= 2

    def of(self, start: Ints, end: Ints) -> NDArray[np.uint8]:
        """A lower bound of the least value in each ``start`` (inclusive) to ``end`` (exclusive)."""
        first, last = start // _BLOCK, (end - 1) // _BLOCK
        level = np.frexp((last - first + 1).astype(np.float64))[1] - 1
        result = np.empty(len(start), dtype=np.uint8)
        for k in np.unique(level):
            here = level == k
            row = self._levels[k]
            result[here] = np.minimum(row[first[here]], row[last[here] - (1 << k) + 1])
        return result


class Searcher:
    """Searches one lexicon under one error model."""

    def __init__(self, automaton: Automaton, rarity: NDArray[np.uint8], model: ErrorModel) -> None:
        """``rarity[n]`` is -log P of word n in steps of :data:`sverka.language.ngram.STEP` nats."""
        self._automaton = automaton
        self._rarity = rarity
        self._commonest = _RangeMinimum(rarity)
        self._model = model
        # For one observed sign, the letters that can begin a pair fused into it.
        self._fusing: NDArray[np.bool_] = np.any(model.fused < IMPOSSIBLE, axis=2)
        self._doubling: NDArray[np.bool_] = np.any(model.doubled < IMPOSSIBLE, axis=2)

    def near(self, queries: list[str], *, limits: Floats, beam: int = 120, keep: int = 12) -> Hits:
        """Up to ``keep`` words for each query, none costlier than its limit (nats).

        Queries are in the channel's view (:func:`sverka.language.errormodel.observed_view`).
        """
        observed, lengths = encode_observed(queries)
        trail = _Trail()
        count = len(queries)
        start = _States(
            np.arange(count),
            np.zeros(count, dtype=np.int64),
            np.zeros(count, dtype=np.int64),
            np.zeros(count, dtype=np.float32),
            np.full(count, -1, dtype=np.int64),
        )
        waiting: dict[int, list[_States]] = {0: [start]}
        done: list[_States] = []
        for i in range(int(lengths.max(initial=0)) + 1):
            if i not in waiting:
                continue
            states = self._prune(_join(waiting.pop(i)), beam)
            for _ in range(2):
                states = self._prune(_join([states, self._lose(states, limits, trail)]), beam)
            ended = lengths[states.query] == i
            done.append(states.take(ended & self._automaton.final(states.node)))
            states = states.take(~ended)
            if not len(states.query):
                continue
            sign = observed[states.query, i]
            following = [self._read(states, sign, limits, trail), self._add(states, sign, limits)]
            following.append(self._fuse(states, sign, limits, trail))
            waiting.setdefault(i + 1, []).append(_join(following))
            two = lengths[states.query] > i + 1
            if two.any():
                pair = states.take(two)
                jumped = self._double(pair, sign[two], observed[pair.query, i + 1], limits, trail)
                if len(jumped.query):
                    waiting.setdefault(i + 2, []).append(jumped)
        return self._collect(done, keep, trail)

    def _follow(self, states: _States, index: Ints, edge: Ints, cost: Floats, limits: Floats, trail: _Trail) -> _States:
        total = states.cost[index] + cost
        fit = total <= limits[states.query[index]]
        index, edge = index[fit], edge[fit]
        marks = trail.add(self._automaton.labels[edge], states.trail[index])
        return _States(
            states.query[index],
            self._automaton.targets[edge].astype(np.int64),
            states.number[index] + self._automaton.skips[edge],
            total[fit],
            marks,
        )

    def _read(self, states: _States, sign: NDArray[np.uint8], limits: Floats, trail: _Trail) -> _States:
        index, edge = self._automaton.edges(states.node)
        cost = self._model.read[sign[index], self._automaton.labels[edge]]
        return self._follow(states, index, edge, cost, limits, trail)

    def _lose(self, states: _States, limits: Floats, trail: _Trail) -> _States:
        index, edge = self._automaton.edges(states.node)
        return self._follow(states, index, edge, self._model.lost[self._automaton.labels[edge]], limits, trail)

    def _add(self, states: _States, sign: NDArray[np.uint8], limits: Floats) -> _States:
        total = states.cost + self._model.added[sign]
        return replace(states, cost=total).take(total <= limits[states.query])

    def _double(
        self, states: _States, sign: NDArray[np.uint8], then: NDArray[np.uint8], limits: Floats, trail: _Trail
    ) -> _States:
        able = self._doubling[sign, then]
        states, sign, then = states.take(able), sign[able], then[able]
        index, edge = self._automaton.edges(states.node)
        cost = self._model.doubled[sign[index], then[index], self._automaton.labels[edge]]
        return self._follow(states, index, edge, cost, limits, trail)

    def _fuse(self, states: _States, sign: NDArray[np.uint8], limits: Floats, trail: _Trail) -> _States:
        index, edge = self._automaton.edges(states.node)
        able = self._fusing[sign[index], self._automaton.labels[edge]]
        index, edge = index[able], edge[able]
        letters = self._automaton.labels[edge]
        middle = self._follow(states, index, edge, np.zeros(len(edge), dtype=np.float32), limits, trail)
        # Nothing was added to the cost, so every state passed the limit and the indices still agree.
        onward, second = self._automaton.edges(middle.node)
        cost = self._model.fused[sign[index][onward], letters[onward], self._automaton.labels[second]]
        return self._follow(middle, onward, second, cost, limits, trail)

    def _prune(self, states: _States, beam: int) -> _States:
        """The cheapest way to each place, and of each query's places the ``beam`` most promising.

        Promise is the cost so far and the rarity of the commonest word that can still be reached.
        """
        # Which query, which of its places: one integer, so that one sort finds the places reached twice. Words that
        # share a number so far and a node share their future; the number alone falls short only where a prefix is a
        # word.
        place = (states.query << _QUERY_SHIFT) | (states.number << _NUMBER_SHIFT) | states.node
        order = np.argsort(states.cost, kind="stable")
        order = order[np.argsort(place[order], kind="stable")]
        sorted_place = place[order]
        new = np.ones(len(order), dtype=bool)
        new[1:] = sorted_place[1:] != sorted_place[:-1]
        states = states.take(order[new])
        rarity = self._commonest.of(states.number, states.number + self._automaton.counts[states.node])
        promise = states.cost + _PRIOR * rarity
        order = np.argsort(promise, kind="stable")
        order = order[np.argsort(states.query[order], kind="stable")]
        return states.take(order[_rank(states.query[order]) < beam])

    def _collect(self, done: list[_States], keep: int, trail: _Trail) -> Hits:
        if not done:
            empty = np.zeros(0, dtype=np.int64)
            return Hits(empty, (), empty, np.zeros(0, dtype=np.float32))
        states = _join(done)
        promise = states.cost + _PRIOR * self._rarity[states.number]
        states = states.take(np.lexsort((promise, states.query)))
        states = states.take(_rank(states.query) < keep)
        return Hits(states.query, trail.read(states.trail), states.number, states.cost)


def _rank(query: Ints) -> Ints:
    """The position of each entry among those of its query, in sorted order."""
    if not len(query):
        return query
    starts = np.flatnonzero(np.r_[True, query[1:] != query[:-1]])
    lengths = np.diff(np.r_[starts, len(query)])
    return np.arange(len(query)) - np.repeat(starts, lengths)
