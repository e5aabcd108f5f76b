"""What a text and its translation have that the other has not, as lines for the terminal and as JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from sverka.export.diff_json import place, text_object
from sverka.export.excerpt import after, before
from sverka.export.findings import place_of
from sverka.export.paint import Paint, Role, unpainted
from sverka.model import Pair, Span, Transcript
from sverka.text.plainjson import dumps
from sverka.text.visible import visible

__all__ = ["Beside", "Mismatch", "Row", "Unmatched", "translation_json", "translation_lines", "translation_summary"]

CONTEXT = 40
"""Code points shown on either side of what has no partner, cut back to whole words and to the sentence."""


class Mismatch(StrEnum):
    """What has no partner."""

    SENTENCE = "sentence"
    NUMBER = "number"
    """A number, a time or a date."""
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Unmatched:
    """Something that one side has and the other has not: ``here`` in the transcript, ``there`` in the translation.

    Both where one stands for the other, as far as can be told: the only number left on either side.
    """

    kind: Mismatch
    here: Span | None
    there: Span | None


@dataclass(frozen=True, slots=True)
class Row:
    """Sentences that stand beside each other, and what of them has no partner, in the order of the text."""

    pair: Pair
    unmatched: tuple[Unmatched, ...] = ()


@dataclass(frozen=True, slots=True)
class Beside:
    """A transcript and its translation, which may be the same file, in rows of sentences."""

    transcript: Transcript
    translation: Transcript
    rows: tuple[Row, ...]
    ignored: int = 0
    """How much was left out because of its kind."""

    @property
    def unmatched(self) -> tuple[Unmatched, ...]:
        """All that has no partner."""
        return tuple(found for row in self.rows for found in row.unmatched)

    def without(self, kinds: Collection[Mismatch]) -> Beside:
        """The same without what is of these kinds."""
        rows = tuple(
            replace(row, unmatched=tuple(found for found in row.unmatched if found.kind not in kinds))
            for row in self.rows
        )
        kept = replace(self, rows=rows)
        return replace(kept, ignored=self.ignored + len(self.unmatched) - len(kept.unmatched))

    def counts(self) -> dict[Mismatch, int]:
        """How much there is of each kind that there is."""
        found = Counter(found.kind for found in self.unmatched)
        return {kind: found[kind] for kind in Mismatch if found[kind]}


def translation_lines(beside: Beside, paint: Paint = unpainted) -> Iterator[str]:
    """One line for all that has no partner, with its place in the transcript, or else in the translation."""
    for row in beside.rows:
        for found in row.unmatched:
            text, span = (beside.transcript, found.here) if found.here else (beside.translation, found.there)
            assert span is not None
            head = place_of(text, span.start, paint)
            sides = (
                _side(beside.transcript.text, row.pair.source, found.here, Role.OLD, paint),
                _side(beside.translation.text, row.pair.target, found.there, Role.NEW, paint),
            )
            yield f"{head} {paint(Role.RULE, f'{found.kind}:')} {' ‖ '.join(side for side in sides if side)}"


def translation_summary(beside: Beside) -> str:
    """How much has no partner, and in how many pairs of sentences."""
    pairs = sum(row.pair.source is not None and row.pair.target is not None for row in beside.rows)
    among = f"{pairs} pair{'' if pairs == 1 else 's'} of sentences"
    told = [f"{kind}: {count}" for kind, count in beside.counts().items()]
    told += [f"ignored: {beside.ignored}"] if beside.ignored else []
    count = len(beside.unmatched)
    if not count:
        return ", ".join([f"no differences in {among}", *told])
    return f"{count} difference{'' if count == 1 else 's'} ({', '.join(told)}) in {among}"


def translation_json(beside: Beside) -> str:
    """The comparison as one object on one line, without its line end; docs/commands/diff.md explains its fields."""
    return dumps(
        {
            "transcript": text_object(beside.transcript),
            "translation": text_object(beside.translation),
            "ignored": beside.ignored,
            "counts": beside.counts(),
            "differences": [
                {
                    "class": found.kind.value,
                    "here": place(beside.transcript, found.here) if found.here else None,
                    "there": place(beside.translation, found.there) if found.there else None,
                }
                for found in beside.unmatched
            ],
        }
    )


def _side(text: str, sentence: Span | None, mark: Span | None, role: Role, paint: Paint) -> str:
    """A sentence around what is marked in it, or its beginning where nothing is."""
    if sentence is None:
        return ""
    whole = sentence.of(text)
    if mark is None:
        return after(whole, 0, 2 * CONTEXT)
    start, end = mark.start - sentence.start, mark.end - sentence.start
    said = visible(" ".join(mark.of(text).split()))
    marked = f"[-{said}-]" if role is Role.OLD else f"{{+{said}+}}"
    return before(whole[:start], start, CONTEXT) + paint(role, marked) + after(whole, end, CONTEXT)
