"""Figures on pages of OCR: what is found, what is put right, what is broken.

Detection. The errors are the rows whose type is one of WORD_ERRORS. A prediction is right if it touches such a row,
wrong if it touches no row at all, and does not count if it touches rows of other types only. Recall counts rows,
precision predictions.

Correction. Predictions and rows that touch each other, directly or through others, make up a region; a row is right at
first if the first candidates of the region's predictions turn its text into its truth (``core`` tells what is the
same), right among five if some choice of the first five does.

End to end. First candidates of a confidence or more are applied to the page, the surest first where they overlap. The
word error rate is the edit distance in words over the number of true words, a candidate *breaks* a word if it touches
no row and changes the text. Right words are those that no row of an error touches.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from bench.gold import WORD_ERRORS, Page, Prediction, Row, core, norm, put

_FIVE = 5
_TOGETHER = 3
"""Predictions in one region whose candidates are tried in every combination."""
_WORD = re.compile(r"\S*[^\W_]\S*")

Predictions = Mapping[str, Sequence[Prediction]]
"""By the name of the page."""


@dataclass(frozen=True, slots=True)
class OfKind:
    """What became of the rows of one type."""

    rows: int = 0
    found: int = 0
    first: int = 0
    five: int = 0

    def __add__(self, other: OfKind) -> OfKind:
        return OfKind(
            self.rows + other.rows, self.found + other.found, self.first + other.first, self.five + other.five
        )


@dataclass(frozen=True, slots=True)
class Applied:
    """First candidates applied: error rates of letters and words (shares), candidates applied, words broken by them."""

    cer: float
    wer: float
    applied: int
    broken: int


@dataclass(frozen=True, slots=True)
class Score:
    """Figures on a set of pages."""

    kinds: Mapping[str, OfKind]
    right_words: int
    hits: int
    false: int
    before: Applied
    after: Mapping[float, Applied]
    """By the confidence from which on candidates were applied."""

    @property
    def errors(self) -> OfKind:
        """All types that are errors in words, together."""
        return sum((tally for kind, tally in self.kinds.items() if kind in WORD_ERRORS), OfKind())

    @property
    def precision(self) -> float:
        """Of predictions that count, the share that touch an error."""
        return self.hits / max(1, self.hits + self.false)

    @property
    def recall(self) -> float:
        """Of errors, the share that a prediction touches."""
        return self.errors.found / max(1, self.errors.rows)

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return 2 * self.precision * self.recall / max(1e-9, self.precision + self.recall)

    @property
    def first(self) -> float:
        """Of errors, the share that the first candidate puts right."""
        return self.errors.first / max(1, self.errors.rows)

    @property
    def five(self) -> float:
        """Of errors, the share that one of the first five candidates puts right."""
        return self.errors.five / max(1, self.errors.rows)

    def broken(self, confidence: float) -> float:
        """Right words that are broken, per 1,000."""
        return 1000 * self.after[confidence].broken / max(1, self.right_words)


def score(
    pages: Sequence[Page], predictions: Predictions, *, floor: float = 0.5, levels: Sequence[float] = (0.5, 0.9)
) -> Score:
    """The figures of predictions with a confidence of ``floor`` or more; applied from each of ``levels`` on."""
    kinds: dict[str, OfKind] = {}
    right_words = hits = false = 0
    counted = {page.name: _sure(predictions.get(page.name, ()), floor) for page in pages}
    for page in pages:
        of_page = counted[page.name]
        right_words += _right_words(page)
        for prediction in of_page:
            touched = {row.kind for row in page.rows if prediction.span.overlaps(row.span)}
            hits += bool(touched & WORD_ERRORS)
            false += not touched
        for kind, tally in _corrections(page, of_page):
            kinds[kind] = kinds.get(kind, OfKind()) + tally
    after = {level: _applied(pages, counted, level) for level in levels}
    return Score(kinds, right_words, hits, false, _applied(pages, {}, 0), after)


def _sure(predictions: Sequence[Prediction], floor: float) -> list[Prediction]:
    return sorted((p for p in predictions if p.confidence >= floor), key=lambda p: p.span)


def _right_words(page: Page) -> int:
    wrong = [row.span for row in page.rows if row.kind in WORD_ERRORS or row.kind == "spurious"]
    words = _WORD.finditer(page.text)
    return sum(not any(w.start() < span.end and span.start < w.end() for span in wrong) for w in words)


def _corrections(page: Page, predictions: Sequence[Prediction]) -> list[tuple[str, OfKind]]:
    result = []
    for row in page.rows:
        rows, touching = _region(row, page.rows, predictions)
        if not touching:
            result.append((row.kind, OfKind(rows=1)))
            continue
        first, five = _put_right(page.text, rows, touching)
        result.append((row.kind, OfKind(1, 1, first, five)))
    return result


def _region(row: Row, rows: Sequence[Row], predictions: Sequence[Prediction]) -> tuple[list[Row], list[Prediction]]:
    """The rows and predictions that touch ``row``, or touch what touches it, and so on."""
    of_rows, of_predictions = [row], list[Prediction]()
    grown = True
    while grown:
        fresh = [p for p in predictions if p not in of_predictions and any(p.span.overlaps(r.span) for r in of_rows)]
        of_predictions += fresh
        more = [r for r in rows if r not in of_rows and any(p.span.overlaps(r.span) for p in of_predictions)]
        of_rows += more
        grown = bool(fresh or more)
    return of_rows, sorted(of_predictions, key=lambda p: p.span)


def _put_right(text: str, rows: Sequence[Row], predictions: Sequence[Prediction]) -> tuple[bool, bool]:
    spans = [*(r.span for r in rows), *(p.span for p in predictions)]
    start, end = min(s.start for s in spans), max(s.end for s in spans)
    region = text[start:end]
    wanted = core(put(region, ((r.span, r.truth) for r in rows), start))

    def right(choice: Sequence[str]) -> bool:
        return core(put(region, zip((p.span for p in predictions), choice, strict=True), start)) == wanted

    offered = [p.candidates[:_FIVE] or (p.span.of(text),) for p in predictions]
    first = right([candidates[0] for candidates in offered])
    five = first or (len(offered) <= _TOGETHER and any(map(right, itertools.product(*offered))))
    return first, five


def _applied(pages: Sequence[Page], predictions: Predictions, level: float) -> Applied:
    letters = letters_wrong = words = words_wrong = applied = broken = 0
    for page in pages:
        edits = _edits(page, [p for p in predictions.get(page.name, ()) if p.candidates and p.confidence >= level])
        applied += len(edits)
        broken += sum(not any(p.span.overlaps(row.span) for row in page.rows) for p in edits)
        made, true = norm(put(page.text, ((p.span, p.candidates[0]) for p in edits))), norm(page.truth)
        letters += len(true)
        letters_wrong += Levenshtein.distance(made, true)
        words += len(true.split())
        words_wrong += Levenshtein.distance(made.split(), true.split())
    return Applied(letters_wrong / max(1, letters), words_wrong / max(1, words), applied, broken)


def _edits(page: Page, predictions: Sequence[Prediction]) -> list[Prediction]:
    """The predictions to apply, the surest first where they overlap, none that changes nothing."""
    chosen: list[Prediction] = []
    for prediction in sorted(predictions, key=lambda p: -p.confidence):
        same = norm(prediction.candidates[0]) == norm(prediction.span.of(page.text))
        if not same and not any(prediction.span.overlaps(p.span) for p in chosen):
            chosen.append(prediction)
    return chosen
