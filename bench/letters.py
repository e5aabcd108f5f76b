"""Figures on letters with a translation: what is found, put right, and said falsely.

A row is *found* if a prediction touches it; a row without length (something is missing there) also if a prediction
touches the white space at it, or a code point beyond. It is *right at first* (*among five*) if a prediction's first
candidate (one of its first five) makes of the place what it should be, the rows around it being put right or not; or if
the first candidates of all predictions on the row do so together. ё and е are the same unless the row is about nothing
else. A row of type ``lacuna`` without a truth can only be found. Rows of type ``sic`` (the source's own slip, to be
kept) are neither wanted nor false. *False* are predictions that touch no row, per 1,000 words with a Cyrillic letter;
those that touch a trap are also counted apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, combinations

from bench.gold import Page, Prediction, Row
from bench.pages import OfKind, Predictions
from sverka.model import Span

_FIVE = 5
_AROUND = 6
"""Neighbouring rows that are tried put right and not."""
_JOINED = re.compile(r"(?<=[^\W\d_])[-\N{SOFT HYPHEN}\N{NOT SIGN}]\s*\n\s*(?=[^\W\d_])")
_CYRILLIC = re.compile("[А-Яа-яЁё]")
_YO = str.maketrans("ёЁ", "еЕ")


@dataclass(frozen=True, slots=True)
class LetterScore:
    """Figures on a set of letters at one confidence."""

    kinds: Mapping[str, OfKind]
    fixable: int
    """Rows that give a truth."""
    words: int
    false: int
    traps: int
    sprung: int
    """False predictions that touch a trap."""

    @property
    def rows(self) -> OfKind:
        """All types together."""
        return sum(self.kinds.values(), OfKind())

    @property
    def false_share(self) -> float:
        """False predictions per 1,000 words."""
        return 1000 * self.false / max(1, self.words)


def score(letters: Sequence[Page], predictions: Predictions, floor: float = 0.5) -> LetterScore:
    """The figures of predictions with a confidence of ``floor`` or more."""
    kinds: dict[str, OfKind] = {}
    fixable = words = false = sprung = 0
    for letter in letters:
        counted = [p for p in predictions.get(letter.name, ()) if p.confidence >= floor]
        words += sum(bool(_CYRILLIC.search(word)) for word in letter.text.split())
        for row in letter.rows:
            if row.kind == "sic":
                continue
            on_it = [p for p in counted if _touches(row.span, p.span, letter.text)]
            rank = _rank(letter, row, on_it) if _fixable(row) else 0
            tally = OfKind(1, bool(on_it), rank == 1, 1 <= rank <= _FIVE)
            kinds[row.kind] = kinds.get(row.kind, OfKind()) + tally
            fixable += _fixable(row)
        astray = [p for p in counted if not any(_touches(row.span, p.span, letter.text) for row in letter.rows)]
        false += len(astray)
        sprung += sum(any(p.span.overlaps(trap) for trap in letter.traps) for p in astray)
    return LetterScore(kinds, fixable, words, false, sum(len(letter.traps) for letter in letters), sprung)


def _fixable(row: Row) -> bool:
    return row.kind != "lacuna" or bool(row.truth.strip())


def _touches(row: Span, prediction: Span, text: str) -> bool:
    if len(row) == 0:
        before, after = text[: row.start], text[row.start :]
        start = len(before.rstrip())
        end = len(text) - len(after.lstrip())
        return prediction.start <= end + 1 and prediction.end >= start - 1
    if len(prediction) == 0:
        return row.start <= prediction.start <= row.end
    return prediction.overlaps(row)


def _rank(letter: Page, row: Row, predictions: Sequence[Prediction]) -> int:
    """The place (from 1) of the first candidate that puts ``row`` right; 0 for none."""
    text = letter.text
    best = 0
    for prediction in predictions:
        window = _window(letter, row, [prediction.span])
        right = _right(letter, row, window)
        for place, candidate in enumerate(prediction.candidates, 1):
            if best and place >= best:
                break
            if _made(text, window, [(prediction.span, candidate)], row) in right:
                best = place
                break
    together = _disjoint(predictions)
    if best != 1 and len(together) > 1:
        window = _window(letter, row, [p.span for p in together])
        if _made(text, window, [(p.span, p.candidates[0]) for p in together], row) in _right(letter, row, window):
            best = 1
    return best


def _disjoint(predictions: Sequence[Prediction]) -> list[Prediction]:
    kept: list[Prediction] = []
    for prediction in sorted(predictions, key=lambda p: (p.span.start, -p.span.end)):
        if prediction.candidates and (not kept or prediction.span.start >= kept[-1].span.end):
            kept.append(prediction)
    return kept


def _window(letter: Page, row: Row, spans: Sequence[Span]) -> Span:
    """The stretch to compare: the row, the predictions, whole rows that these reach into, one code point around."""
    start = min(row.span.start, *(s.start for s in spans))
    end = max(row.span.end, *(s.end for s in spans))
    for other in letter.rows:
        if other is not row and other.span.start < end and other.span.end > start:
            start, end = min(start, other.span.start), max(end, other.span.end)
    return Span(max(0, start - 1), min(len(letter.text), end + 1))


def _right(letter: Page, row: Row, window: Span) -> set[str | None]:
    """What the window may read once ``row`` is put right, whatever is done about the rows around it."""
    around = [
        other
        for other in letter.rows
        if other is not row and window.contains(other.span) and other.kind != "sic" and _fixable(other)
    ][:_AROUND]
    subsets = chain.from_iterable(combinations(around, size) for size in range(len(around) + 1))
    made = {_made(letter.text, window, [(r.span, r.truth) for r in (row, *others)], row) for others in subsets}
    return made - {None}


def _made(text: str, window: Span, edits: Iterable[tuple[Span, str]], row: Row) -> str | None:
    """The window with ``edits`` made, in the form in which texts are compared; None where edits overlap."""
    pieces: list[str] = []
    position = window.start
    for span, new in sorted(edits):
        if span.start < position:
            return None
        pieces += (text[position : span.start], new)
        position = span.end
    made = _compared("".join(pieces) + text[position : window.end])
    about_yo = _plain(row.truth) == _plain(row.span.of(text))
    return made if about_yo else _plain(made)


def _compared(text: str) -> str:
    return re.sub(r"\s+", " ", _JOINED.sub("", text)).strip()


def _plain(text: str) -> str:
    return _compared(text).translate(_YO)
