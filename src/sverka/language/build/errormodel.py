"""Learns the error model from misread words and what they should be.

Viterbi training: align every pair under the present model, count the edits, smooth, repeat. What was never seen falls
back first to a sign's general readiness to be read for anything, then to a uniform floor.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sverka.language.alignment import MINIMUM, NOVEL, Edit, align, codes_of
from sverka.language.errormodel import IMPOSSIBLE, SIGNS, ErrorModel, observed_view
from sverka.language.words import LETTERS
from sverka.text.alphabet import fold

_ROUNDS = 5
_SIGNS = len(SIGNS) + 1
_LETTERS = len(LETTERS)

_FAR = 6.0
"""Nats a letter. Pairs farther apart are no misreading of each other, and teach that anything is read as anything."""


@dataclass(frozen=True, slots=True)
class Pair:
    """An observed word and the intended one (equal for a word that was read right)."""

    observed: str
    intended: str


def learn(pairs: Iterable[Pair]) -> ErrorModel:
    """An error model from pairs; intended words with signs other than letters are passed over."""
    usable = [(observed_view(p.observed), fold(p.intended)) for p in pairs]
    usable = [(o, i) for o, i in usable if i and o and all(c in LETTERS for c in i)]
    letters: Counter[int] = Counter()
    for _, word in usable:
        letters.update(LETTERS.index(c) for c in word)
    wrong = [pair for pair in usable if pair[0] != pair[1]]
    observed, intended = [o for o, _ in wrong], [i for _, i in wrong]
    far = _FAR * np.array([max(len(word), 2) for word in intended])
    model = _smooth({}, letters, 0.97)
    for turn in range(_ROUNDS):
        # Edits of two letters are looked for at first, and then have to hold their own against lost and added letters.
        aligned = align(observed, intended, model, novel=NOVEL if turn == 0 else IMPOSSIBLE)
        edits = aligned.count((aligned.costs <= far).astype(float))
        model = _smooth(edits, letters, 1 - sum(n for (o, c), n in edits.items() if o != c) / sum(letters.values()))
    return model


_SHAPES = ("оесэюаб", "инпцшщмкй", "гтрч", "лдяа", "ыьъвзбя", "жхк", "уч", "фр")
"""Letters that are drawn alike in Russian type: round ones, those of two posts, and so on."""


def _alike() -> NDArray[np.float64]:
    """For each letter (a column) an even share to every other letter of its shapes."""
    table = np.zeros((_SIGNS, _LETTERS))
    for shape in _SHAPES:
        codes = [LETTERS.index(letter) for letter in shape]
        table[np.ix_(codes, codes)] = 1.0
    np.fill_diagonal(table[:_LETTERS], 0.0)
    return np.asarray(table / np.maximum(table.sum(axis=0), 1.0))


def _smooth(edits: Mapping[Edit, float], letters: Counter[int], right: float) -> ErrorModel:
    total = sum(letters.values())
    seen = np.zeros((_SIGNS, _LETTERS))
    lost = np.zeros(_LETTERS)
    added = np.zeros(_SIGNS)
    doubled = np.full((_SIGNS, _SIGNS, _LETTERS), IMPOSSIBLE)
    fused = np.full((_SIGNS, _LETTERS, _LETTERS), IMPOSSIBLE)
    for edit, n in edits.items():
        obs, want = codes_of(edit)
        if len(obs) == 1 and len(want) == 1 and obs != want:
            seen[obs[0], want[0]] += n
        elif not obs:
            lost[want[0]] += n
        elif not want:
            added[obs[0]] += n
    count = np.array([letters[c] for c in range(_LETTERS)], dtype=float)
    by_sign = seen.sum(axis=1) + 0.5
    prior = by_sign / by_sign.sum()  # how readily a sign is put down for a wrong letter
    wrong = max(1 - right, 1e-3)
    # Backing off: the counts lend to signs that are put down readily, to letters of like shape, and a little
    # to all. What the pages did not show, for want of length or of other machines, is mostly of the second kind.
    strength = 0.5 * wrong * (count + 50)
    read = (seen + strength * (0.4 * prior[:, None] + 0.45 * _alike() + 0.15 / _SIGNS)) / (count + 50)
    # A misreading and its reverse are alike in shape: a little of each is lent to the other.
    square = seen[:_LETTERS] / (count + 50)
    read[:_LETTERS] += 0.15 * square.T
    for c in range(_LETTERS):
        read[c, c] = right
    lost_p = (lost + 0.3 * (lost.sum() / _LETTERS + 1)) / (count + 50)
    added_p = (added + 0.3 * (added.sum() / _SIGNS + 1)) / (total + 50)
    for edit, n in edits.items():
        if n < MINIMUM:
            continue
        obs, want = codes_of(edit)
        if len(obs) == 2 and len(want) == 1:
            doubled[obs[0], obs[1], want[0]] = -np.log(n / (count[want[0]] + 50))
        elif len(obs) == 1 and len(want) == 2:
            fused[obs[0], want[0], want[1]] = -np.log(n / (min(count[want[0]], count[want[1]]) + 50))
    return ErrorModel(
        (-np.log(read)).astype(np.float32),
        (-np.log(lost_p)).astype(np.float32),
        (-np.log(added_p)).astype(np.float32),
        doubled.astype(np.float32),
        fused.astype(np.float32),
    )
