"""What became of the decisions of a transcript that was read again, as lines."""

from __future__ import annotations

from sverka.export.log import change, place
from sverka.export.moment import moment
from sverka.export.paint import Paint, Role, unpainted
from sverka.model import Decision, Transcript
from sverka.text.plainjson import dumps
from sverka.text.visible import visible

_AROUND = 20
"""Code points shown on either side."""
_PLACED = ("exact", "moved")
"""What became of a decision that has its place in the transcript."""


def text_line(transcript: Transcript, decision: Decision, fit: str, paint: Paint = unpainted) -> str:
    """One decision as a line: place, what became of it (``fit``), ``original → replacement``, by whom and when.

    ``decision`` is anchored in ``transcript`` if it has its place there (exact, moved); else the line has no place.
    """
    where = place(transcript.path, *_place(transcript, decision, fit))
    said = change(decision, paint) + ("" if decision.replacement is not None else f" ({decision.verdict})")
    anchor = decision.anchor
    before, original, after = map(visible, (anchor.prefix[-_AROUND:], anchor.exact, anchor.suffix[:_AROUND]))
    around = f"…{before}[{original}]{after}…"
    pieces = [f"{paint(Role.PLACE, where)}: {paint(Role.RULE, fit)}", said, paint(Role.FAINT, around)]
    return "  ".join([*pieces, f"{visible(decision.by) or '?'}, {moment(decision.at)}"])


def json_line(transcript: Transcript, decision: Decision, fit: str) -> str:
    """The same as one line of JSON; ``start`` and ``end`` are code points, null where there is no place."""
    span = decision.anchor.span if fit in _PLACED else None
    line, column = _place(transcript, decision, fit)
    return dumps(
        {
            "path": transcript.path,
            "event": decision.event,
            "fit": fit,
            "line": line,
            "column": column,
            "start": span.start if span is not None else None,
            "end": span.end if span is not None else None,
            "original": decision.anchor.exact,
            "prefix": decision.anchor.prefix,
            "suffix": decision.anchor.suffix,
            "verdict": decision.verdict.value,
            "class": decision.error_class.value,
            "replacement": decision.replacement,
            "by": decision.by,
            "at": decision.at,
        }
    )


def _place(transcript: Transcript, decision: Decision, fit: str) -> tuple[int, int] | tuple[None, None]:
    return transcript.place(decision.anchor.span.start) if fit in _PLACED else (None, None)
