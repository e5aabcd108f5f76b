"""A set of words as a minimal acyclic automaton that numbers them.

The automaton of Daciuk, Mihov, Watson and Watson, "Incremental construction of minimal acyclic finite-state automata"
(Computational Linguistics 26, 2000), with the perfect hashing of Lucchesi and Kowaltowski (1993): each edge knows how
many words come before those that pass it, so a walk adds up to the word's number in alphabetical order. Three million
word forms take some megabytes; many words are looked up at once in numpy, and searched in compiled code.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sverka.language.compiled import compiled
from sverka.language.words import FOREIGN, LETTERS, encode

_FINAL = np.uint64(1 << 63)
LONGEST = 64
"""Letters of a word that are given back, at most."""


@dataclass(frozen=True, slots=True)
class Automaton:
    """``masks[node]``: bit ``code`` set where an edge with that letter leaves, bit 63 where a word ends.

    ``first[node]`` is the node's first edge, ``counts[node]`` how many words pass or end beyond it; ``targets``,
    ``skips`` and ``labels`` (letter codes) are by edge. Node 0 is the start.
    """

    masks: NDArray[np.uint64]
    first: NDArray[np.uint32]
    counts: NDArray[np.uint32]
    targets: NDArray[np.uint32]
    skips: NDArray[np.uint32]
    labels: NDArray[np.uint8]

    def __len__(self) -> int:
        """How many words there are."""
        return int(self.counts[0])

    def edges(self, nodes: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Every edge that leaves the nodes: the position in ``nodes`` it leaves from, and the edge."""
        degree = np.bitwise_count(self.masks[nodes] & ~_FINAL).astype(np.int64)
        origin = np.repeat(np.arange(len(nodes)), degree)
        starts = np.cumsum(degree) - degree
        return origin, self.first[nodes][origin].astype(np.int64) + np.arange(len(origin)) - starts[origin]

    def step(
        self, nodes: NDArray[np.int64], codes: NDArray[np.uint8]
    ) -> tuple[NDArray[np.bool_], NDArray[np.int64], NDArray[np.int64]]:
        """Follow one letter from each node: whether there is such an edge, its target, and its skip."""
        bit = np.left_shift(np.uint64(1), np.minimum(codes, 62).astype(np.uint64))
        masks = self.masks[nodes]
        there = (masks & bit) != 0
        edge = self.first[nodes[there]] + np.bitwise_count(masks[there] & (bit[there] - np.uint64(1)))
        targets = np.zeros(len(nodes), dtype=np.int64)
        skips = np.zeros(len(nodes), dtype=np.int64)
        targets[there] = self.targets[edge]
        skips[there] = self.skips[edge]
        return there, targets, skips

    def final(self, nodes: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Whether a word ends at each node."""
        return np.asarray((self.masks[nodes] & _FINAL) != 0)

    def number(self, words: list[str]) -> NDArray[np.int64]:
        """Each word's number in alphabetical order, or -1 for a word that is not in the set."""
        if not words:
            return np.zeros(0, dtype=np.int64)
        matrix, lengths = encode(words)
        nodes = np.zeros(len(words), dtype=np.int64)
        numbers = np.zeros(len(words), dtype=np.int64)
        live = lengths > 0
        for column in range(matrix.shape[1]):
            here = np.flatnonzero(live & (lengths > column))
            if not len(here):
                break
            there, targets, skips = self.step(nodes[here], matrix[here, column])
            nodes[here] = targets
            numbers[here] += skips
            live[here[~there]] = False
        live &= self.final(nodes)
        return np.where(live, numbers, -1)

    def reach(self, words: list[str]) -> NDArray[np.int64]:
        """How many letters of each word some word of the set begins with."""
        codes, lengths = encode(words)
        return _reach(codes, lengths, self.masks, self.first, self.targets)

    def letters(self, numbers: NDArray[np.int64]) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
        """The letter codes of each numbered word, one row a word, padded with 255; and the lengths."""
        return _letters(numbers, self.masks, self.first, self.targets, self.skips, self.labels)

    def words(self, numbers: NDArray[np.int64]) -> list[str]:
        """The words that have these numbers."""
        codes, lengths = self.letters(numbers)
        return ["".join([LETTERS[c] for c in row[:n]]) for row, n in zip(codes.tolist(), lengths.tolist(), strict=True)]


@compiled
def _reach(
    codes: NDArray[np.uint8],
    lengths: NDArray[np.int64],
    masks: NDArray[np.uint64],
    first: NDArray[np.uint32],
    targets: NDArray[np.uint32],
) -> NDArray[np.int64]:
    one = np.uint64(1)
    result = np.zeros(len(lengths), np.int64)
    for i in range(len(lengths)):
        node = 0
        for k in range(lengths[i]):
            bit = one << np.uint64(codes[i, k])
            mask = masks[node]
            if codes[i, k] > 62 or not mask & bit:
                break
            below, edge = mask & (bit - one), int(first[node])
            while below:
                below &= below - one
                edge += 1
            node = targets[edge]
            result[i] = k + 1
    return result


@compiled
def _letters(
    numbers: NDArray[np.int64],
    masks: NDArray[np.uint64],
    first: NDArray[np.uint32],
    targets: NDArray[np.uint32],
    skips: NDArray[np.uint32],
    labels: NDArray[np.uint8],
) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    codes = np.full((len(numbers), LONGEST), 255, np.uint8)
    lengths = np.zeros(len(numbers), np.int64)
    final, one = np.uint64(1) << np.uint64(63), np.uint64(1)
    for i in range(len(numbers)):
        # What is left of the number, on the way along the edges that it lies beyond.
        node, left, length = 0, numbers[i], 0
        while not (left == 0 and masks[node] & final) and length < LONGEST:
            mask = masks[node] & ~final
            edge = int(first[node]) - 1
            while mask:
                mask &= mask - one
                if skips[edge + 1] > left:
                    break
                edge += 1
            left -= skips[edge]
            codes[i, length] = labels[edge]
            node = targets[edge]
            length += 1
        lengths[i] = length
    return codes, lengths


def build(words: Iterable[str]) -> Automaton:
    """The automaton of folded ``words``, which must come sorted by their letter codes, without repetition."""
    register: dict[tuple[bool, tuple[tuple[int, int], ...]], int] = {}
    counts: list[int] = []
    shapes: list[tuple[bool, tuple[tuple[int, int], ...]]] = []

    def freeze(final: bool, edges: list[tuple[int, int]]) -> int:
        shape = (final, tuple(edges))
        node = register.get(shape)
        if node is None:
            node = register[shape] = len(shapes)
            shapes.append(shape)
            counts.append(final + sum(counts[target] for _, target in edges))
        return node

    # The path of the word being added: one open node per letter, [ends a word, frozen edges].
    finals = [False]
    edges: list[list[tuple[int, int]]] = [[]]
    previous = b""
    for word in words:
        codes = encode([word])[0][0].tobytes()
        if FOREIGN in codes or codes <= previous:
            raise ValueError(f"words must be sorted, distinct and made of letters: {word!r}")
        common = 0
        while common < len(previous) and common < len(codes) and previous[common] == codes[common]:
            common += 1
        while len(finals) > common + 1:
            node = freeze(finals.pop(), edges.pop())
            edges[-1].append((previous[len(finals) - 1], node))
        finals += [False] * (len(codes) - common)
        edges += [[] for _ in range(len(codes) - common)]
        finals[-1] = True
        previous = codes
    while len(finals) > 1:
        node = freeze(finals.pop(), edges.pop())
        edges[-1].append((previous[len(finals) - 1], node))
    root = freeze(finals.pop(), edges.pop())
    return _pack(shapes, counts, root)


def trie(words: Iterable[str]) -> Automaton:
    """The same for some thousands of ``words``, in any order: made at once, but with no endings shared."""
    # In the order of LETTERS: that of the alphabet, but for the hyphen.
    ordered = sorted(set(words), key=lambda word: word.replace("-", "\uffff"))
    matrix, lengths = encode(ordered)
    if np.any(matrix == FOREIGN):
        raise ValueError("words must be made of letters")
    # A word begins a new prefix of some length where it differs from the word before at that length or sooner.
    differs = np.ones(matrix.shape, dtype=bool)
    differs[1:] = np.logical_or.accumulate(matrix[1:] != matrix[:-1], axis=1)
    passed = np.zeros(len(ordered), dtype=np.int64)  # the node that each word has come to
    starts, parents, labels, visits = [np.zeros(1, dtype=np.int64)], [], [], [passed.copy()]
    total = 1
    for depth in range(matrix.shape[1]):
        here = np.flatnonzero(lengths > depth)
        new = differs[here, depth]
        first = here[new]
        starts.append(first)
        parents.append(passed[first])
        labels.append(matrix[first, depth])
        passed[here] = total - 1 + np.cumsum(new)
        visits.append(passed[here])
        total += len(first)
    start, parent, label = np.concatenate(starts), np.concatenate(parents), np.concatenate(labels)
    masks = np.zeros(total, dtype=np.uint64)
    np.bitwise_or.at(masks, parent, np.uint64(1) << label.astype(np.uint64))
    masks[passed] |= _FINAL
    # Nodes were numbered by depth, then in the order of the words: so were the edges that lead to them, from 1 on.
    first_edge = np.searchsorted(parent, np.arange(total))
    counts = np.bincount(np.concatenate(visits), minlength=total)
    return Automaton(
        masks,
        first_edge.astype(np.uint32),
        counts.astype(np.uint32),
        np.arange(1, total, dtype=np.uint32),
        (start[1:] - start[parent]).astype(np.uint32),
        label,
    )


def _pack(shapes: list[tuple[bool, tuple[tuple[int, int], ...]]], counts: list[int], root: int) -> Automaton:
    # Nodes were frozen leaves first; the start comes last, and is renumbered to 0.
    last = len(shapes) - 1
    assert root == last
    masks = np.zeros(len(shapes), dtype=np.uint64)
    first = np.zeros(len(shapes), dtype=np.uint32)
    words = np.array(counts[::-1], dtype=np.uint32)
    total = sum(len(edges) for _, edges in shapes)
    labels = np.zeros(total, dtype=np.uint8)
    targets = np.zeros(total, dtype=np.uint32)
    skips = np.zeros(total, dtype=np.uint32)
    position = 0
    for new in range(len(shapes)):
        final, edges = shapes[last - new]
        first[new] = position
        mask = int(_FINAL) if final else 0
        before = int(final)
        for code, target in edges:
            mask |= 1 << code
            labels[position] = code
            targets[position] = last - target
            skips[position] = before
            before += counts[target]
            position += 1
        masks[new] = mask
    return Automaton(masks, first, words, targets, skips, labels)
