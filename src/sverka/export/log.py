"""The decisions of a ledger as lines: what was decided, where, by whom, and whether it still counts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from sverka.export.moment import moment
from sverka.export.paint import Paint, Role, unpainted
from sverka.model import Decision, ErrorClass, Origin
from sverka.text.cells import NOTHING
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
        verdict(said),
        paint(Role.PLACE, place(entry.path, entry.line, entry.column)),
        change(said, paint),
        paint(Role.RULE, said.rule),
        *remarks(said.note, said.origin, entry.status),
    ]
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
            "offered": [{"text": o.text, "probability": round(o.probability, 4)} for o in said.offered],
            "scope": said.scope,
            "note": said.note,
            "series": said.series,
            "resolves": list(said.resolves),
            **_origin(said.origin),
            "status": entry.status.value,
        }
    )


def verdict(said: Decision) -> str:
    """``accept``; with the class where the error is not the reader's."""
    return said.verdict if said.error_class is ErrorClass.OCR else f"{said.verdict} ({said.error_class})"


def place(path: str, line: int | None, column: int | None) -> str:
    """``PATH:LINE:COLUMN``; the path alone where the place is lost."""
    return visible(path) if line is None else f"{visible(path)}:{line}:{column}"


def change(said: Decision, paint: Paint = unpainted) -> str:
    """``original → replacement``; the original alone where it stays."""
    return changed(said.anchor.exact, said.replacement, paint)


def changed(old: str, new: str | None, paint: Paint = unpainted) -> str:
    """The same of two texts; ``new`` is None where the old one stays, and empty where nothing belongs there."""
    shown = visible(old) or NOTHING
    return shown if new is None else f"{paint(Role.OLD, shown)} → {paint(Role.NEW, visible(new) or NOTHING)}"


def remarks(note: str, origin: Origin | None, status: Status) -> Iterator[str]:
    """The editor's words, where it was carried over from and what became of it, as far as there is something to say."""
    if note:
        yield f"“{visible(note)}”"
    if origin:
        yield f"({_carried(origin)})"
    if status is not Status.IN_FORCE:
        yield f"[{status}]"


def _origin(origin: Origin | None) -> dict[str, object]:
    return {"origin": {"event": origin.event, "by": origin.by, "at": origin.at}} if origin else {}


def _carried(origin: Origin) -> str:
    """From where a decision was carried over, as far as that is known."""
    made = " ".join(piece for piece in (visible(origin.by), moment(origin.at)) if piece)
    return f"carried over from {made or 'elsewhere'}"
