"""A translation laid beside its document, sentence by sentence.

The beads of Gale and Church (1993): one sentence for one, one for none, two for one, two for two. Lengths alone go
wrong where a sentence was lost or split, so a bead also gains by what both sides share: numbers, names and
international words (compared as consonants, after transliteration), the number of a list item, the sign at the end. One
dynamic program over both texts finds the course of beads with the highest sum; it keeps to a band around the diagonal,
so its time grows little faster than the length of the text.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from sverka.model import Bitext, Document, Pair, PassageKind, Span, Transcript, Translation
from sverka.text.passages import passages
from sverka.text.sentences import sentences

_BEADS: tuple[tuple[int, int, float], ...] = (
    # sentences of the source, of the target, log-probability relative to 1-1
    (1, 1, 0.0),
    (1, 0, -4.0),
    (0, 1, -4.0),
    (2, 1, -2.3),
    (1, 2, -2.3),
    (2, 2, -4.5),
    (3, 1, -5.0),
    (1, 3, -5.0),
)
_VARIANCE = 6.8
"""Variance of the length of a translation, per character of the original (Gale and Church)."""
_WORST_LENGTH = -8.0
_BAND = 24
_MOST_WORDS = 3000
"""In a long document the shorter words are not compared: the longer ones say more, and enough."""
_SHARED_CAP = 9.0
"""A bead gains no more than this by what both sides share."""

_WORD = re.compile(r"[^\W\d_]{3,}(?:[-'’][^\W\d_]+)*")
_NUMBER = re.compile(r"\d+")
_ITEM = re.compile(r"[-\u2012-\u2015•*\s]*(?:(?P<number>\d{1,2})|(?P<letter>[a-zа-я]))[.)]\s", re.IGNORECASE)
_ITEM_LETTERS = {letter: latin for latin, letter in zip("abcdefgh", "абвгдежз", strict=True)}

# What the letters of both languages have in common in names and international words: the consonants, roughly.
_CONSONANTS = {
    "б": "b", "в": "v", "г": "g", "д": "d", "ж": "z", "з": "z", "й": "", "к": "k", "л": "l", "м": "m", "н": "n",
    "п": "p", "р": "r", "с": "s", "т": "t", "ф": "f", "х": "k", "ц": "s", "ч": "s", "ш": "s", "щ": "s",
    "b": "b", "c": "k", "d": "d", "f": "f", "g": "g", "h": "", "j": "z", "k": "k", "l": "l", "m": "m", "n": "n",
    "p": "p", "q": "k", "r": "r", "s": "s", "t": "t", "v": "v", "w": "v", "x": "ks", "z": "z",
}  # fmt: skip
_DIGRAPHS = (
    ("shch", "s"), ("kh", "k"), ("ch", "s"), ("sh", "s"), ("zh", "z"), ("ts", "s"), ("tz", "s"), ("ph", "f"),
    ("th", "t"),
)  # fmt: skip
_ENDING = re.compile(
    r"(?:ами|ями|ого|его|ому|ему|ыми|ими|ов|ев|ей|ой|ом|ем|ам|ям|ах|ях|ый|ий|ая|яя|ую|юю|ое|ее|ые|ие|ых|их|ым|им)$"
)  # fmt: skip


def translation_of(document: Document, other: Transcript | None = None) -> Translation | None:
    """The document in English: from ``other`` where a file of its own is given, otherwise from its own passages."""
    transcript = other or document.transcript
    parts = passages(transcript.text) if other else document.passages
    spans = tuple(
        sentence
        for part in parts
        if part.kind is PassageKind.TRANSLATION
        for sentence in sentences(transcript.text, part.span)
        if any(map(str.isalnum, sentence.of(transcript.text)))
    )
    return Translation(transcript, spans) if spans else None


def align(document: Document, translation: Translation) -> Bitext:
    """The sentences of ``document`` and those of ``translation`` in pairs, in order.

    A bead of several sentences becomes one pair that spans them all; a sentence without a partner stays, with None on
    the other side.
    """
    source = [span.of(document.transcript.text) for span in document.sentences]
    target = [span.of(translation.transcript.text) for span in translation.sentences]
    pairs = tuple(
        Pair(_covering(document.sentences[i:k]), _covering(translation.sentences[j:m]))
        for i, k, j, m in _course(source, target)
    )
    return Bitext(translation, pairs)


def _covering(spans: Sequence[Span]) -> Span | None:
    return Span(spans[0].start, spans[-1].end) if spans else None


def _course(source: Sequence[str], target: Sequence[str]) -> list[tuple[int, int, int, int]]:
    """The beads of the best course, each as source[i:k] and target[j:m]."""
    rows, columns = len(source), len(target)
    shared = _shared(source, target).tolist()
    length = _LengthModel.of(source, target)
    best: dict[tuple[int, int], tuple[float, int, int]] = {(0, 0): (0.0, 0, 0)}
    # Steep bands (a page against a line) must still overlap from row to row.
    reach = max(_BAND, (rows + columns) // 20, 2 * columns // max(1, rows))
    for i in range(rows + 1):
        middle = round(i * columns / rows) if rows else columns
        low, high = (0, columns) if rows == 0 else (max(0, middle - reach), min(columns, middle + reach))
        for j in range(low, high + 1):
            options = [
                (before[0] + prior + (_gain(shared, length, (i - k, i), (j - m, j)) if k and m else 0.0), k, m)
                for k, m, prior in _BEADS
                if (before := best.get((i - k, j - m)))
            ]
            if options:
                best[i, j] = max(options)
    course = []
    i, j = rows, columns
    while i or j:
        _, k, m = best[i, j]
        course.append((i - k, i, j - m, j))
        i, j = i - k, j - m
    return course[::-1]


def _gain(shared: list[list[float]], length: _LengthModel, here: tuple[int, int], there: tuple[int, int]) -> float:
    """What the bead source[here[0]:here[1]], target[there[0]:there[1]] adds to a course, its prior apart."""
    common = sum(sum(row[there[0] : there[1]]) for row in shared[here[0] : here[1]])
    return min(common, _SHARED_CAP) + length.likelihood(here, there)


@dataclass(frozen=True, slots=True)
class _LengthModel:
    """How probable it is that sentences of such lengths are each other's translation.

    Lengths are summed from the beginning, so a run of sentences costs one subtraction.
    """

    source: tuple[int, ...]
    target: tuple[int, ...]
    ratio: float

    @classmethod
    def of(cls, source: Sequence[str], target: Sequence[str]) -> _LengthModel:
        sums = []
        for side in (source, target):
            total = [0]
            for text in side:
                total.append(total[-1] + len(text))
            sums.append(tuple(total))
        ratio = sums[1][-1] / sums[0][-1] if sums[0][-1] else 1.0
        return cls(sums[0], sums[1], min(1.4, max(0.8, ratio)))

    def likelihood(self, source: tuple[int, int], target: tuple[int, int]) -> float:
        """Logarithm, at most 0, of the probability of a difference as large; cut off where a sentence was shortened."""
        here = self.source[source[1]] - self.source[source[0]]
        there = self.target[target[1]] - self.target[target[0]]
        # A constant keeps headings of a word or two from being judged by the letter.
        deviation = (there - self.ratio * here) / math.sqrt(_VARIANCE * (here + there / self.ratio) / 2 + 60)
        return max(_WORST_LENGTH, -0.5 * deviation * deviation)


def _shared(source: Sequence[str], target: Sequence[str]) -> NDArray[np.float64]:
    """For each sentence of the source and each of the target what they share, as a gain in log-probability."""
    return _names(source, target) + _numbers(source, target) + _ends(source, target) + _items(source, target)


def _ends(source: Sequence[str], target: Sequence[str]) -> NDArray[np.float64]:
    """The same sign at the end, where it is not the usual full stop."""
    common = np.zeros((len(source), len(target)))
    for sign in "?!:;":
        common += np.outer([text.endswith(sign) for text in source], [text.endswith(sign) for text in target])
    return common


def _items(source: Sequence[str], target: Sequence[str]) -> NDArray[np.float64]:
    """List items: the same number or letter, or another."""
    here, there = list(map(_item, source)), list(map(_item, target))
    both = np.outer(list(map(bool, here)), list(map(bool, there)))
    same = np.equal.outer(np.array(here, dtype=object), np.array(there, dtype=object))
    return np.where(both, np.where(same, 3.0, -2.0), 0.0)


def _item(text: str) -> str:
    match = _ITEM.match(text)
    if match is None:
        return ""
    letter = (match["letter"] or "").lower()
    return match["number"] or _ITEM_LETTERS.get(letter, letter)


def _numbers(source: Sequence[str], target: Sequence[str]) -> NDArray[np.float64]:
    """A number both have counts the more the fewer sentences have it."""
    numbers_here, here = _incidence([set(_NUMBER.findall(text)) for text in source])
    numbers_there, there = _incidence([set(_NUMBER.findall(text.replace(",", ""))) for text in target])
    row = {number: i for i, number in enumerate(numbers_there)}
    common = np.zeros((len(source), len(target)))
    for i, number in enumerate(numbers_here):
        if number in row:
            mine, theirs = here[:, i], there[:, row[number]]
            common += np.outer(mine, theirs) * 3.0 / math.sqrt((mine.sum() + theirs.sum()) / 2)
    return np.minimum(6.0, common)


def _names(source: Sequence[str], target: Sequence[str]) -> NDArray[np.float64]:
    """Words that sound alike; a word that is in many sentences says little about any."""
    words_here, here = _incidence([_skeletons(text) for text in source])
    words_there, there = _incidence([_skeletons(text) for text in target])
    if not words_here or not words_there:
        return np.zeros((len(source), len(target)))
    alike = process.cdist(words_here, words_there, scorer=fuzz.ratio, score_cutoff=74, dtype=np.float32) / 100.0
    shorter = np.minimum.outer([len(word) for word in words_here], [len(word) for word in words_there])
    # Two or three consonants agree by chance: they count only when all do, and less.
    alike = np.where(shorter >= 4, alike, (alike == 1.0) * np.where(shorter == 3, 0.7, 0.3))
    weighted = alike * _rarity(here)[:, None] * _rarity(there)[None, :]
    return np.minimum(7.0, 2.5 * (here @ weighted @ there.T))


def _rarity(incidence: NDArray[np.float64]) -> NDArray[np.float64]:
    """1 for a word in one sentence, nearly 0 for a word in all."""
    count = len(incidence)
    rarity: NDArray[np.float64] = np.log1p(count / incidence.sum(axis=0)) / math.log1p(count)
    return rarity


def _incidence(found: Sequence[set[str]]) -> tuple[list[str], NDArray[np.float64]]:
    """Everything found, and in which sentences it is (sentences by things)."""
    known = sorted(sorted(set().union(*found)), key=len)[-_MOST_WORDS:]
    column = {thing: i for i, thing in enumerate(known)}
    table = np.zeros((len(found), len(known)))
    for i, things in enumerate(found):
        table[i, [column[thing] for thing in things if thing in column]] = 1.0
    return known, table


def _skeletons(text: str) -> set[str]:
    return {bones for word in _WORD.findall(text) if len(bones := _skeleton(word)) >= 2}


def _skeleton(word: str) -> str:
    """The consonants of a word in one alphabet, without an inflection: ``Сычуанью`` and ``Sichuan`` are ``ssn``."""
    text = _ENDING.sub("", word.lower())
    for digraph, letter in _DIGRAPHS:
        text = text.replace(digraph, letter)
    return "".join(_CONSONANTS.get(letter, "") for letter in text)
