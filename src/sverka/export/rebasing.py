"""What became of the decisions of a transcript that was read again, as lines."""

from __future__ import annotations

from sverka.export.findings import NOTHING
from sverka.export.moment import moment
from sverka.export.paint import Paint, Role, unpainted
from sverka.model import Decision, Transcript
from sverka.text.plainjson import dumps
from sverka.text.visible import visible

_AROUND = 20
"""Code points shown on either side."""


def text_line(transcript: Transcript, decision: Decision, fit: str, paint: Paint = unpainted) -> str:
    """One decision as a line: place, what became of it (``fit``), ``original → replacement``, by whom and when.

    ``decision`` is anchored in ``transcript`` if it has its place there (exact, moved); else the line has no place.
    """
    place = visible(transcript.path)
    if fit in ("exact", "moved"):
        line, column = transcript.place(decision.anchor.span.start)
        place = f"{place}:{line}:{column}"
    change = visible(decision.anchor.exact) or NOTHING
    if decision.replacement is not None:
        change = f"{paint(Role.OLD, change)} → {paint(Role.NEW, visible(decision.replacement) or NOTHING)}"
    else:
        change = f"{change} ({decision.verdict})"
    anchor = decision.anchor
    before, original, after = map(visible, (anchor.prefix[-_AROUND:], anchor.exact, anchor.suffix[:_AROUND]))
    around = f"…{before}[{original}]{after}…"
    pieces = [f"{paint(Role.PLACE, place)}: {paint(Role.RULE, fit)}", change, paint(Role.FAINT, around)]
    return "  ".join([*pieces, f"{visible(decision.by) or '?'}, {moment(decision.at)}"])


def json_line(transcript: Transcript, decision: Decision, fit: str) -> str:
    """The same as one line of JSON; ``start`` and ``end`` are code points, null where there is no place."""
    placed = fit in ("exact", "moved")
    span = decision.anchor.span
    line, column = transcript.place(span.start) if placed else (None, None)
    return dumps(
        {
            "path": transcript.path,
            "event": decision.event,
            "fit": fit,
            "line": line,
            "column": column,
            "start": span.start if placed else None,
            "end": span.end if placed else None,
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
