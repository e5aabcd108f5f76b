"""The error model bent to what was seen: to one document, or to what editors decided.

A misreading that was seen twice is likelier to come a third time. The posterior mean under a Dirichlet prior whose
centre is the model as it was: Reffle and Ringlstetter, "Unsupervised profiling of OCRed historical documents" (Pattern
Recognition 46, 2013), with fractions of words for counts where a correction is believed only so far.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sverka.language.alignment import MINIMUM, NOVEL, Edit, align, codes_of
from sverka.language.errormodel import IMPOSSIBLE, Costs, ErrorModel, encode_observed, observed_view
from sverka.language.words import LETTERS
from sverka.text.alphabet import fold

STRENGTH = 200.0
"""How many letters of each kind the model as it was is worth.

Fitted to pages of OCR that the model was not learned from: one half of a page then tells best what to expect of the
other.
"""

PAGE = 25.0
"""What one page tells of another, in letters of each kind, however many it has.

Pages are misread each in its own way: a spot, a worn ribbon, a bad scan. Fitted to pages in typefaces that the model
was not learned from: the earlier pages in one then tell best what to expect of the later ones.
"""

_LONGEST = 40
"""Code points; what is longer is no word."""

_LETTERS = frozenset(LETTERS)


@dataclass(frozen=True, slots=True)
class Reading:
    """A word as it was read and as it is; equal for a word that was read right.

    ``weight`` is how often it was seen, or how far it is believed: a correction with probability 0.8 counts 0.8.
    """

    observed: str
    intended: str
    weight: float = 1.0


def count(readings: Sequence[Reading], model: ErrorModel) -> dict[Edit, float]:
    """The edits that lead to ``readings``, letters read right among them, along the cheapest alignments.

    Passed over: misread words with signs other than letters in what is intended, and pairs of which more than half the
    letters differ, which are two words and no misreading. A two-letter edit that ``model`` lacks is one only if it is
    seen often enough; otherwise it is counted as what it consists of.
    """
    right: list[tuple[str, float]] = []
    wrong: dict[tuple[str, str], float] = {}
    for reading in readings:
        if reading.weight <= 0:
            continue
        if reading.observed == reading.intended:
            right.append((reading.intended, reading.weight))
            continue
        intended, observed = fold(reading.intended), observed_view(reading.observed)
        if observed == intended:
            right.append((intended, reading.weight))
        elif _comparable(observed, intended):
            wrong[observed, intended] = wrong.get((observed, intended), 0.0) + reading.weight
    counts = _misread(wrong, model)
    for letter, n in zip(LETTERS, _letters(right).tolist(), strict=True):
        if n:
            counts[letter, letter] += n
    return dict(counts)


def _misread(pairs: Mapping[tuple[str, str], float], model: ErrorModel) -> Counter[Edit]:
    """The edits of pairs of an observed and an intended word, each pair with its weight."""
    observed, intended = [o for o, _ in pairs], [i for _, i in pairs]
    weights = np.fromiter(pairs.values(), dtype=float, count=len(pairs))
    most = np.array([max(1, len(word) // 2) for word in intended], dtype=np.int64)
    aligned = align(observed, intended, model, novel=NOVEL)
    believed = weights * (aligned.wrong() <= most)
    rare = {edit for edit, n in aligned.count(believed).items() if n < MINIMUM and _cost(edit, model) >= IMPOSSIBLE}
    again = np.flatnonzero(aligned.holds(rare))
    plain = align([observed[w] for w in again], [intended[w] for w in again], model)
    counts: Counter[Edit] = Counter()
    counts.update(plain.count(weights[again] * (plain.wrong() <= most[again])))
    believed[again] = 0.0
    counts.update(aligned.count(believed))
    # Words that hold a rare edit are counted otherwise, which may have made another edit in them rare as well.
    return Counter({edit: n for edit, n in counts.items() if n >= MINIMUM or _cost(edit, model) < IMPOSSIBLE})


def _comparable(observed: str, intended: str) -> bool:
    longest = max(len(observed), len(intended))
    return bool(observed and intended) and longest <= _LONGEST and _LETTERS.issuperset(intended)


def _letters(words: Sequence[tuple[str, float]]) -> NDArray[np.float64]:
    """How often each letter stands in words, each word with its weight."""
    codes = encode_observed([fold("".join(word for word, _ in words))])[0][0]
    lengths = np.array([len(word) for word, _ in words], dtype=np.int64)
    weights = np.repeat(np.array([weight for _, weight in words], dtype=float), lengths)
    codes = codes[: len(weights)]  # nothing at all is padded to a sign
    letters = codes < len(LETTERS)
    return np.bincount(codes[letters], weights=weights[letters], minlength=len(LETTERS)).astype(np.float64)


def at_rate_of(model: ErrorModel, counts: Mapping[Edit, float]) -> dict[Edit, float]:
    """``counts`` with so many more letters read right that misreadings have the share they have in ``model``.

    For evidence of corrections alone: what editors put right says which misreadings are made, and nothing of the words
    read right that no one needed to look at. Counts with enough of those are given back as they are.
    """
    right = {edit: n for edit, n in counts.items() if edit[0] == edit[1]}
    wrong = sum(counts.values()) - sum(right.values())
    rates = {edit: float(np.exp(-_cost(edit, model))) for edit in right}
    expected = sum(n * (1 - rates[edit]) / rates[edit] for edit, n in right.items())
    factor = max(1.0, wrong / expected) if expected else 1.0
    return {edit: n * factor if edit in right else n for edit, n in counts.items()}


def of_pages(pages: Sequence[Sequence[Reading]], model: ErrorModel) -> dict[Edit, float]:
    """What the corrections on some pages tell of the next: the edits, each page's for no more than a page is worth.

    With n letters of a kind on a page its edits of that letter count PAGE / (PAGE + n) each, so that many pages which
    agree tell more than one with as many letters. Letters read right are added to those of each page as in
    :func:`at_rate_of`. Whether a two-letter edit was seen often enough is asked of all pages together.
    """
    every = [reading for page in pages for reading in page]
    known = posterior(model, at_rate_of(model, count(every, model)))
    told: dict[Edit, float] = {}
    for page in pages:
        counts = at_rate_of(model, count(page, known))
        letters = _intended(counts)
        for edit, n in counts.items():
            codes = codes_of(edit)[1]
            there = min(letters[code] for code in codes) if codes else letters.mean()
            told[edit] = told.get(edit, 0.0) + float(n * PAGE / (PAGE + there))
    return told


def adapt(model: ErrorModel, readings: Sequence[Reading], strength: float = STRENGTH) -> ErrorModel:
    """``model`` after ``readings``: misreadings seen among them cost less, others a little more.

    ``strength`` is how many letters of each kind the model as it was is worth. The arrays of ``model`` are not changed.
    """
    return posterior(model, count(readings, model), strength)


def posterior(model: ErrorModel, counts: Mapping[Edit, float], strength: float = STRENGTH) -> ErrorModel:
    """``model`` after edits were counted: P'(edit | c) = (strength · P(edit | c) + n(edit)) / (strength + n(c)).

    n(c) counts the letter c however it was read; for two letters read as one sign it is that of the rarer one, for a
    sign added that of all letters. A two-letter edit that ``model`` lacks enters it, and :func:`count` gives none that
    is rare.
    """
    seen = _intended(counts)
    # The share of what was not seen shrinks: by how much, after a letter, a pair of letters, any letter.
    one = np.log1p(seen / strength)
    two = np.minimum(one[:, None], one)
    any_letter = float(np.log1p(seen.mean() / strength))
    adapted = ErrorModel(
        model.read + one.astype(np.float32),
        model.lost + one.astype(np.float32),
        model.added + np.float32(any_letter),
        np.minimum(model.doubled + one.astype(np.float32), IMPOSSIBLE),
        np.minimum(model.fused + two.astype(np.float32), IMPOSSIBLE),
    )
    for edit, n in counts.items():
        cost = _cost(edit, model)
        signs, letters = codes_of(edit)
        if letters:
            worth, less = strength, min(one[code] for code in letters)
        else:
            worth, less = strength * len(LETTERS), any_letter
        _array(edit, adapted)[signs + letters] = max(0.0, less - np.log(np.exp(-cost) + n / worth))
    return adapted


def _intended(counts: Mapping[Edit, float]) -> NDArray[np.float64]:
    """How many letters of each kind were read, right or wrong."""
    seen = np.zeros(len(LETTERS))
    for (_, intended), n in counts.items():
        for letter in intended:
            seen[LETTERS.index(letter)] += n
    return seen


def _array(edit: Edit, model: ErrorModel) -> Costs:
    """Where ``model`` keeps the costs of edits of this kind."""
    match len(edit[0]), len(edit[1]):
        case 1, 1:
            return model.read
        case 0, _:
            return model.lost
        case _, 0:
            return model.added
        case 2, _:
            return model.doubled
        case _:
            return model.fused


def _cost(edit: Edit, model: ErrorModel) -> float:
    signs, letters = codes_of(edit)
    return float(_array(edit, model)[signs + letters])
