"""The decisions of a ledger as lines: what was decided, where, by whom, and whether it still counts."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from sverka.export.findings import NOTHING
from sverka.export.moment import moment
from sverka.export.paint import Paint, Role, unpainted
from sverka.model import Decision, ErrorClass, Origin
from sverka.text.plainjson import dumps
from sverka.text.visible import visible


class Status(StrEnum):
    """Whether a decision counts."""

    IN_FORCE = "in force"
    RETRACTED = "retracted"
    """Undone."""
    REPLACED = "replaced"
    """A later decision on the same place took over."""
    DISPUTED = "disputed"
    """Another editor, not knowing of it, decided otherwise."""
    LOST = "lost"
    """Its place is not to be found in the transcript as it is now."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One decision of the log. ``line`` and ``column`` count from 1; None where the place is lost."""

    path: str
    line: int | None
    column: int | None
    decision: Decision
    status: Status


def text_line(entry: Entry, paint: Paint = unpainted) -> str:
    """A decision as one line: time, editor, verdict, place, ``original → replacement``, rule, note, origin, status."""
    said = entry.decision
    pieces = [
        paint(Role.FAINT, moment(said.at)),
        visible(said.by) or "?",
        said.verdict if said.error_class is ErrorClass.OCR else f"{said.verdict} ({said.error_class})",
        paint(Role.PLACE, _place(entry)),
        _change(said, paint),
        paint(Role.RULE, said.rule),
    ]
    if said.note:
        pieces.append(f"“{visible(said.note)}”")
    if said.origin:
        pieces.append(f"({_carried(said.origin)})")
    if entry.status is not Status.IN_FORCE:
        pieces.append(f"[{entry.status}]")
    return "  ".join(pieces)


def json_line(entry: Entry) -> str:
    """A decision as one line of JSON; ``start`` and ``end`` are code points of the transcript it was made on."""
    said = entry.decision
    return dumps(
        {
            "event": said.event,
            "at": said.at,
            "by": said.by,
            "verdict": said.verdict.value,
            "class": said.error_class.value,
            "path": entry.path,
            "line": entry.line,
            "column": entry.column,
            "start": said.anchor.span.start,
            "end": said.anchor.span.end,
            "original": said.anchor.exact,
            "replacement": said.replacement,
            "rule": said.rule.value,
            "confidence": round(said.confidence, 4),
            "scope": said.scope,
            "note": said.note,
            **_origin(said.origin),
            "status": entry.status.value,
        }
    )


def _origin(origin: Origin | None) -> dict[str, object]:
    return {"origin": {"event": origin.event, "by": origin.by, "at": origin.at}} if origin else {}


def _carried(origin: Origin) -> str:
    """From where a decision was carried over, as far as that is known."""
    made = " ".join(piece for piece in (visible(origin.by), moment(origin.at)) if piece)
    return f"carried over from {made or 'elsewhere'}"


def _place(entry: Entry) -> str:
    path = visible(entry.path)
    return path if entry.line is None else f"{path}:{entry.line}:{entry.column}"


def _change(said: Decision, paint: Paint) -> str:
    old = visible(said.anchor.exact) or NOTHING
    if said.replacement is None:
        return old
    return f"{paint(Role.OLD, old)} → {paint(Role.NEW, visible(said.replacement) or NOTHING)}"
