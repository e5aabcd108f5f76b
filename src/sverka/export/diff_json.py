"""Two texts compared, as one JSON object; docs/commands/diff.md explains its fields."""

from __future__ import annotations

from sverka.align.classes import Class
from sverka.align.comparison import Comparison, Difference
from sverka.align.letters import letters
from sverka.model import Span, Transcript
from sverka.text.plainjson import dumps

__all__ = ["diff_json", "place", "text_object"]


def diff_json(left: Transcript, right: Transcript, comparison: Comparison) -> str:
    """The comparison, on one line without its line end."""
    numbers = {id(move): number for number, move in enumerate(comparison.differences) if move.kind is Class.MOVED}
    return dumps(
        {
            "left": {**text_object(left), "words": comparison.left_count},
            "right": {**text_object(right), "words": comparison.right_count},
            "common": comparison.common_count,
            "ignored": comparison.ignored,
            "counts": comparison.counts(),
            "differences": [
                _difference(left, right, difference, None if home is None else numbers[id(home)])
                for difference, home in comparison.homes()
            ],
        }
    )


def text_object(transcript: Transcript) -> dict[str, object]:
    """Which text it is."""
    return {"path": transcript.path, "sha256": transcript.sha256, "length": len(transcript.text)}


def place(transcript: Transcript, span: Span) -> dict[str, object]:
    """A stretch of a text: its code points, line and column, and what it says."""
    line, column = transcript.place(span.start)
    return {"start": span.start, "end": span.end, "line": line, "column": column, "text": span.of(transcript.text)}


def _difference(left: Transcript, right: Transcript, difference: Difference, within: int | None) -> dict[str, object]:
    return {
        "class": difference.kind.value,
        "classes": [kind.value for kind in difference.classes],
        "left": place(left, difference.left),
        "right": place(right, difference.right),
        "letters": [
            [stretch.left.start, stretch.left.end, stretch.right.start, stretch.right.end]
            for stretch in letters(difference, left.text, right.text)
        ],
        "within": within,
    }
