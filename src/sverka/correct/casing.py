"""Capital or small: what case a word had on the page, from where it stands, what it is, and what was read.

A word has a capital because a sentence begins there (``S``) or because it is written so wherever it stands (``W``):
P(capital) = 1 - (1 - S)(1 - W). The first letter as it was read is evidence for or against, weaker where both cases of
the letter are drawn alike (``С`` and ``с``, ``К`` and ``к``), on a page that is badly read, and where the letter itself
was misread. The parameters are fitted by :mod:`sverka.correct.train_casing`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from sverka.correct.places import (
    Floats,
    Place,
    Shape,
    line_style,
    looseness,
    loud,
    places,
    shape,
    usage,
)
from sverka.correct.stream import Stream
from sverka.language.capitals import Capitals
from sverka.model import TokenKind
from sverka.text.alphabet import LATIN, as_cyrillic, fold


@dataclass(frozen=True, slots=True)
class Parameters:
    """Log-odds and their slopes, in nats. The defaults are what the fit gave on the pages of ``errors.provenance.md``.

    The first are by :class:`Place`, in its order: log-odds that a sentence begins there.
    """

    middle: float = -3.54
    comma: float = -1.96
    line: float = -2.94
    break_: float = 1.17
    opening: float = 1.44
    sign: float = -1.45
    colon: float = -0.53
    short: float = 2.96
    point: float = 2.55
    paragraph: float = 1.31
    start: float = 5.46
    lost_point: float = 1.26
    """A sentence may begin where no sign tells: by the page's noise."""
    line_style: float = 0.29
    """By the log-odds that lines near by begin with capitals: verse, lists."""
    loose: float = -1.01
    """After a blank line, by the log-odds that blank lines part what belongs together."""
    word: float = 0.73
    """By the word's own log-odds of a capital."""
    word_bias: float = 2.82
    before: float = 3.42
    """The word before has a capital of its own: ``Советский Союз``."""
    after: float = 1.20
    style: float = 1.17
    """By the log-odds of a capital elsewhere in the document for words of this stem."""
    capital: float = 2.05
    """A capital was read: this speaks for one."""
    capital_alike: float = -0.69
    """Less if the letter's small form is drawn alike."""
    capital_noise: float = -0.61
    """Less by the page's noise."""
    capital_stray: float = -0.75
    """Less by the stray capitals of the page."""
    capital_other: float = -1.07
    """A capital was read, but of another letter than the word's."""
    capital_latin: float = -2.26
    """A Latin capital was read."""
    small: float = -9.18
    small_alike: float = 1.40
    small_noise: float = 1.75
    small_other: float = -4.38
    """A small letter was read, but another than the word's."""


FITTED = Parameters()
_PLACES = tuple(field.name for field in fields(Parameters))[: len(Place)]
_UNMARKED = (Place.MIDDLE, Place.COMMA, Place.LINE, Place.SIGN)

_UNLIKE = frozenset("абер")
"""Letters whose capital is drawn otherwise; of the rest only the height tells, in print and on a typewriter."""
_OWN = -3.0
"""Log-odds above which a capital at the beginning of a sentence may be the word's own."""
_STRAY = -6.0
"""Log-odds below which a capital in mid-sentence is taken for a stray one."""
_USUAL_NOISE, _USUAL_STRAY = 0.1, -5.0
_MANNER = 2.0
"""How far above the page's noise its stray capitals may be to be taken for misread."""


class Read(IntEnum):
    """What was read where the word's first letter stands."""

    NOTHING = 0
    """No letter: a figure, a sign."""
    CAPITAL = 1
    CAPITAL_OTHER = 2
    """A capital of another letter."""
    CAPITAL_LATIN = 3
    SMALL = 4
    SMALL_OTHER = 5


@dataclass(frozen=True, slots=True)
class Casing:
    """What a document says of the case of each of its words.

    By token: its ``place`` and ``shape``; ``setting``, what the neighbours and the document's usage say (columns: lines
    near by begin with capitals, the word before and the word after has a capital of its own, words of this stem have
    one, blank lines part what belongs together; in log-odds or 0 and 1); ``stray``, the logarithm of the share of stray
    capitals among the document's words, the token itself left out; ``odds``, those of the word as it was read
    (:meth:`Capitals.log_odds`), whether they were ``counted``, and whether it is an ``abbreviation`` written in
    capitals; ``loud``, whether it has several capitals among words in capitals. ``noise`` is the logarithm of the share
    of words that are none, against a tenth.
    """

    place: NDArray[np.int8]
    shape: NDArray[np.int8]
    setting: Floats
    stray: Floats
    odds: Floats
    counted: NDArray[np.bool_]
    abbreviation: NDArray[np.bool_]
    loud: NDArray[np.bool_]
    noise: float

    def reasons(
        self, at: NDArray[np.int64], odds: Floats, originals: Sequence[str], words: Sequence[str]
    ) -> tuple[Floats, Floats]:
        """Log-odds of a capital: what place and word say, and what the reading adds; see :meth:`cased`."""
        seen = [first_letter(original, word) for original, word in zip(originals, words, strict=True)]
        read = np.array([r for r, _ in seen], dtype=np.int64)
        alike = np.array([a for _, a in seen], dtype=bool)
        noise = np.float32(self.noise)
        return log_odds(FITTED, self.place[at], self.setting[at], self.stray[at], noise, odds, read, alike)

    def cased(
        self, at: Sequence[int], odds: Floats, originals: Sequence[str], words: Sequence[str]
    ) -> tuple[tuple[str, ...], Floats]:
        """Folded ``words`` in the case they had on the page if they stood at the tokens ``at``; and P(that case).

        ``originals`` is what was read there, ``odds`` are the words' log-odds of a capital. Many at once.
        """
        prior, said = self.reasons(np.asarray(at, dtype=np.int64), odds, originals, words)
        capital = probability(prior + said)
        texts = tuple(
            word.upper() if self.loud[i] and original == original.upper() else capitalised(word) if p > 0.5 else word
            for i, original, word, p in zip(at, originals, words, capital.tolist(), strict=True)
        )
        return texts, np.maximum(capital, 1 - capital)


def survey(text: str, stream: Stream, capitals: Capitals) -> Casing:
    """Look over the words of a document, whose ``text`` the tokens' spans refer to."""
    tokens = stream.tokens
    count = len(tokens)
    words = [i for i, token in enumerate(tokens) if token.kind is TokenKind.WORD]
    numbers = stream.ids[stream.position]
    odds, counted, abbreviation = capitals.of(
        np.where((stream.position >= 0) & (numbers < stream.boundary), numbers, -1)
    )
    place, shapes = np.zeros(count, dtype=np.int8), np.zeros(count, dtype=np.int8)
    place[words] = places(text, tokens, words)
    shapes[words] = [shape(tokens[i].text) for i in words]
    is_word = np.zeros(count, dtype=bool)
    is_word[words] = True
    large, small = is_word & (shapes != Shape.SMALL), is_word & (shapes == Shape.SMALL)
    running = place <= Place.LINE
    starts = np.array([token.span.start for token in tokens], dtype=np.int64)
    ends = np.array([token.span.end for token in tokens], dtype=np.int64)
    beside = starts[1:] == ends[:-1] + 1
    setting = np.zeros((count, 5), dtype=np.float32)
    setting[:, 0] = line_style(place, large, odds)
    setting[1:, 1] = (large & (running | (odds > _OWN)))[:-1] & beside
    setting[:-1, 2] = (large & (shapes != Shape.CAPITALS))[1:] & beside
    setting[:, 3] = usage(stream.readings, words, large & running, small)
    setting[:, 4] = looseness(place, small, words)
    strays = (large & (place == Place.MIDDLE) & (odds < _STRAY)) | ((shapes == Shape.MIXED) & stream.known)
    stray = np.log((strays.sum() - strays + 0.3) / (len(words) + 100)) - _USUAL_STRAY
    ordinary = small.copy()
    ordinary[list(stream.foreign)] = False
    unknown = int((ordinary & ~stream.known).sum())
    noise = float(np.log((unknown + 1) / (int(ordinary.sum()) + 20) / _USUAL_NOISE))
    # On a page that is else well read, many capitals are a manner of writing: ``все, что Он создал``.
    stray = np.minimum(stray, noise + _MANNER)
    heard = loud(text, tokens, words, shapes)
    return Casing(place, shapes, setting, stray.astype(np.float32), odds, counted, abbreviation, heard, noise)


def first_letter(original: str, word: str) -> tuple[Read, bool]:
    """What was read where ``word`` begins, and whether its first letter's two cases are drawn alike."""
    begin = word[:1]
    alike = begin not in _UNLIKE
    first = original[:1]
    if not first.isalnum():
        first = next((c for c in original if c.isalnum()), "")
    if not first.isalpha():
        return Read.NOTHING, alike
    if first == begin:
        return Read.SMALL, alike
    large = first.isupper()
    if large and LATIN.match(first):
        return Read.CAPITAL_LATIN, alike
    if fold(as_cyrillic(first)) == begin:
        return Read.CAPITAL if large else Read.SMALL, alike
    return Read.CAPITAL_OTHER if large else Read.SMALL_OTHER, alike


def log_odds(
    q: Parameters,
    place: NDArray[np.int8],
    setting: Floats,
    stray: Floats,
    noise: Floats | np.float32,
    odds: Floats,
    read: NDArray[np.int64],
    alike: NDArray[np.bool_],
) -> tuple[Floats, Floats]:
    """Log-odds of a capital, by word: from place and word, and from what was ``read`` (:class:`Read`)."""
    begins = np.array([getattr(q, name) for name in _PLACES], dtype=np.float32)[place]
    begins = begins + np.isin(place, _UNMARKED) * (q.lost_point * noise)
    begins = begins + q.line_style * setting[:, 0] + q.loose * setting[:, 4]
    own = q.word_bias + q.word * odds + q.before * setting[:, 1] + q.after * setting[:, 2] + q.style * setting[:, 3]
    # log P(small) = log (1 - S) + log (1 - W); the odds of a capital follow from it.
    small = np.minimum(-np.logaddexp(0, begins) - np.logaddexp(0, own), -1e-6)
    prior = np.log(-np.expm1(small)) - small
    said = np.zeros(len(odds))
    capital = q.capital + q.capital_alike * alike + q.capital_noise * noise + q.capital_stray * stray
    little = q.small + q.small_alike * alike + q.small_noise * noise
    for kind, value in (
        (Read.CAPITAL, capital),
        (Read.CAPITAL_OTHER, q.capital_other),
        (Read.CAPITAL_LATIN, q.capital_latin),
        (Read.SMALL, little),
        (Read.SMALL_OTHER, q.small_other),
    ):
        said = np.where(read == kind, value, said)
    return prior.astype(np.float32), said.astype(np.float32)


def probability(odds: Floats) -> Floats:
    """The probability of log-odds."""
    return np.asarray(1 / (1 + np.exp(-odds)), dtype=np.float32)


def capitalised(text: str) -> str:
    """``text`` with its first letter a capital."""
    return text[:1].upper() + text[1:]
