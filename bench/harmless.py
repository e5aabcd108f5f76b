"""Figures on text that is right, and on a newspaper with an independent edition beside it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from bench.gold import Page, Prediction, Segment, put
from bench.pages import Predictions

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class CleanScore:
    """Words of right text, and how many predictions there were at 0.5 and at 0.9: each is a false alarm."""

    words: int
    alarms: int
    sure: int

    @property
    def alarms_share(self) -> float:
        """Per 1,000 words."""
        return 1000 * self.alarms / max(1, self.words)

    @property
    def sure_share(self) -> float:
        """Those at 0.9 or more, per 1,000 words."""
        return 1000 * self.sure / max(1, self.words)


@dataclass(frozen=True, slots=True)
class EditionScore:
    """Words that differ from the edition before and after first candidates at 0.5 were applied.

    ``fixed`` and ``broke`` count the candidates that, applied alone, bring the text closer to the edition or take it
    away.
    """

    segments: int
    words: int
    before: int
    after: int
    fixed: int
    broke: int

    @property
    def change(self) -> float:
        """Change in the number of wrong words, as a share."""
        return (self.after - self.before) / max(1, self.before)

    @property
    def broke_share(self) -> float:
        """Candidates that took the text away from the edition, per 1,000 words."""
        return 1000 * self.broke / max(1, self.words)


def clean(texts: Sequence[Page], predictions: Predictions) -> CleanScore:
    """The false alarms in right text."""
    said = [p.confidence for text in texts for p in predictions.get(text.name, ())]
    words = sum(len(_WORD.findall(text.text)) for text in texts)
    return CleanScore(words, sum(c >= 0.5 for c in said), sum(c >= 0.9 for c in said))


def edition(segments: Sequence[Segment], predictions: Predictions) -> EditionScore:
    """How much closer to the edition the first candidates bring the newspaper."""
    words = before = after = fixed = broke = 0
    for segment in segments:
        true = _words(segment.edition)
        wrong = Levenshtein.distance(_words(segment.text), true)
        edits = [p for p in predictions.get(segment.name, ()) if p.candidates and p.confidence >= 0.5]
        for prediction in edits:
            alone = Levenshtein.distance(_words(_edited(segment.text, [prediction])), true)
            fixed += alone < wrong
            broke += alone > wrong
        words += len(true)
        before += wrong
        after += Levenshtein.distance(_words(_edited(segment.text, edits)), true)
    return EditionScore(len(segments), words, before, after, fixed, broke)


def _edited(text: str, edits: Sequence[Prediction]) -> str:
    return put(text, ((p.span, p.candidates[0]) for p in edits))


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower().replace("ё", "е"))
