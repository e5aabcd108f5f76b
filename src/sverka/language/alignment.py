"""Which edits of the error model lead from words as they are to words as they were read.

The cheapest path through the table of signs against letters (Wagner and Fischer, "The string-to-string correction
problem", JACM 21, 1974), for many words together: numpy fills the same diagonal of all their tables at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sverka.language.errormodel import IMPOSSIBLE, OTHER, PAD, SIGNS, ErrorModel, encode_observed
from sverka.language.words import LETTERS

Edit = tuple[str, str]
"""What was read (up to two signs, empty for a lost letter) for what stood there (up to two letters, or none)."""

STRANGE = "\N{REPLACEMENT CHARACTER}"
"""In an edit: any sign that is not one of :data:`sverka.language.errormodel.SIGNS`."""

NOVEL = 8.5
"""What a two-letter edit that a model lacks costs in an alignment that is to find new ones; in nats."""

MINIMUM = 3
"""A two-letter edit must be seen so often to enter a model."""

_STEPS = ((2, 1), (1, 2), (1, 1), (1, 0), (0, 1))
"""How many signs and letters an edit takes: doubled, fused, read, added, lost. Of equal costs the first is chosen."""

_CELLS = 1 << 17
"""Cells of tables that are filled together: enough to make a loop over diagonals cheap, few enough for the cache."""

Codes = NDArray[np.uint8]
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Alignment:
    """The edits of many words.

    ``costs[w]`` is the cost of word number w in nats. ``words`` says of each edit to which word it belongs, ``keys``
    which edit it is (:func:`edit_of`).
    """

    costs: Floats
    words: Ints
    keys: Ints

    def wrong(self) -> Ints:
        """How many edits of each word are misreadings."""
        return np.bincount(self.words[~_is_right(self.keys)], minlength=len(self.costs))

    def holds(self, edits: Iterable[Edit]) -> NDArray[np.bool_]:
        """Whether any of ``edits`` leads to each word."""
        found = np.isin(self.keys, np.array([key_of(edit) for edit in edits], dtype=np.int64))
        return np.bincount(self.words[found], minlength=len(self.costs)) > 0

    def count(self, weights: Floats) -> dict[Edit, float]:
        """How often each edit was made, word number w counting ``weights[w]`` times."""
        keys, index = np.unique(self.keys, return_inverse=True)
        counts = np.bincount(index, weights=weights[self.words], minlength=len(keys))
        return {edit_of(k): n for k, n in zip(keys.tolist(), counts.tolist(), strict=True) if n > 0}


def edit_of(key: int) -> Edit:
    """The edit that a key stands for: its bytes are the codes of two signs and two letters, PAD for none."""
    one, two, first, second = key.to_bytes(4, "big")
    signs = "".join((SIGNS + STRANGE)[code] for code in (one, two) if code != PAD)
    return signs, "".join(LETTERS[code] for code in (first, second) if code != PAD)


def key_of(edit: Edit) -> int:
    """The key of an edit, the opposite of :func:`edit_of`."""
    signs, letters = codes_of(edit)
    return int.from_bytes((*signs, PAD, PAD)[:2] + (*letters, PAD, PAD)[:2], "big")


def codes_of(edit: Edit) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The codes of an edit's signs and of its letters."""
    signs, letters = edit
    found = map(SIGNS.find, signs)
    return tuple(OTHER if code < 0 else code for code in found), tuple(map(LETTERS.index, letters))


def _is_right(keys: Ints) -> NDArray[np.bool_]:
    """Whether an edit is a letter read right: one sign with the code of the one letter (SIGNS begin with LETTERS)."""
    one, two, first, second = (keys >> shift & PAD for shift in (24, 16, 8, 0))
    return np.asarray((two == PAD) & (second == PAD) & (one == first))


def align(
    observed: Sequence[str], intended: Sequence[str], model: ErrorModel, *, novel: float = IMPOSSIBLE
) -> Alignment:
    """The cheapest edits under ``model`` from each intended word to the observed one beside it.

    ``observed`` are in the channel's view (:func:`sverka.language.errormodel.observed_view`), ``intended`` in LETTERS.
    No two-letter edit costs more than ``novel`` nats, whether the model has it or not.
    """
    signs, wide = encode_observed(list(observed))
    letters, high = encode_observed(list(intended))
    costs = np.zeros(len(wide))
    words, keys = [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.int64)]
    for block in _blocks((wide + 1) * (high + 1)):
        i, j = wide[block], high[block]
        table = _Table(signs[block, : i.max(initial=0)].T, letters[block, : j.max(initial=0)].T, model, novel)
        costs[block] = table.costs(i, j)
        word, key = table.edits(i, j)
        words.append(block[word])
        keys.append(key)
    return Alignment(costs, np.concatenate(words), np.concatenate(keys))


def _blocks(cells: Ints) -> list[Ints]:
    """The numbers of the words, those with tables of like size together, none of many words with too many cells."""
    order = np.argsort(cells, kind="stable")
    blocks = []
    start = 0
    while start < len(order):
        # The last table of a block is the largest, and the others are filled up to its size.
        size = cells[order[start:]] * np.arange(1, len(order) - start + 1)
        end = start + max(1, int(np.searchsorted(size, _CELLS, side="right")))
        blocks.append(order[start:end])
        start = end
    return blocks


class _Table:
    """The tables of several words: cell ``[i, j, w]`` is about the first i signs and j letters of word w."""

    def __init__(self, signs: Codes, letters: Codes, model: ErrorModel, novel: float) -> None:
        # What lies beyond the end of a shorter word fills cells that no way to its last cell leads through.
        self._signs = np.where(signs == PAD, 0, signs)
        self._letters = np.where(letters == PAD, 0, letters)
        steps = self._steps(model, novel)
        rows, columns, count = len(signs), len(letters), signs.shape[1]
        # Two rows and columns more than there are: no step leads out of the array, and from there none leads in.
        best = np.full((rows + 3, columns + 3, count), np.inf)
        best[2, 2] = 0.0
        self._came = np.zeros((rows + 1, columns + 1, count), dtype=np.int64)
        for diagonal in range(1, rows + columns + 1):
            i = np.arange(max(0, diagonal - columns), min(rows, diagonal) + 1)
            j = diagonal - i
            ways = np.stack(
                [best[i + 2 - a, j + 2 - b] + step[i, j] for (a, b), step in zip(_STEPS, steps, strict=True)]
            )
            self._came[i, j] = ways.argmin(axis=0)
            best[i + 2, j + 2] = ways.min(axis=0)
        self._best = best[2:, 2:]

    def _steps(self, model: ErrorModel, novel: float) -> list[Floats]:
        """The costs of each kind of edit that ends in a cell."""
        s, c = self._signs[:, None], self._letters[None, :]
        steps = [np.full((len(s) + 1, c.shape[1] + 1, s.shape[2]), np.inf) for _ in _STEPS]
        doubled, fused, read, added, lost = steps
        doubled[2:, 1:] = np.minimum(model.doubled[s[:-1], s[1:], c], novel)
        fused[1:, 2:] = np.minimum(model.fused[s, c[:, :-1], c[:, 1:]], novel)
        read[1:, 1:] = model.read[s, c]
        added[1:] = model.added[s]
        lost[:, 1:] = model.lost[c]
        return steps

    def costs(self, i: Ints, j: Ints) -> Floats:
        """The cost of each word, of ``i`` signs and ``j`` letters."""
        return self._best[i, j, np.arange(len(i))]

    def edits(self, i: Ints, j: Ints) -> tuple[Ints, Ints]:
        """The edits of all words, from their last cells back: the word of each, and its key."""
        signs, letters = _padded(self._signs), _padded(self._letters)
        takes = np.array(_STEPS)
        word = np.arange(len(i))
        words, keys = [word[:0]], [word[:0]]
        i, j = i.copy(), j.copy()
        while len(word := word[(i[word] > 0) | (j[word] > 0)]):
            a, b = takes[self._came[i[word], j[word], word]].T
            words.append(word)
            keys.append(_taken(signs, i[word], a, word) << 16 | _taken(letters, j[word], b, word))
            i[word] -= a
            j[word] -= b
        return np.concatenate(words), np.concatenate(keys)


def _padded(codes: Codes) -> Ints:
    """With two rows more, so that what lies before the beginning (-1, -2) can be asked for; it counts nowhere."""
    return np.concatenate([codes, np.zeros((2, codes.shape[1]), dtype=np.uint8)]).astype(np.int64)


def _taken(codes: Ints, end: Ints, count: Ints, word: Ints) -> Ints:
    """The ``count`` codes (0 to 2) before ``end``, in two bytes, PAD for what is not there."""
    last, before = codes[end - 1, word], codes[end - 2, word]
    return np.where(count == 2, before << 8 | last, np.where(count == 1, last << 8 | PAD, PAD << 8 | PAD))
