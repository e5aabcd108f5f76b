"""What tells the versions of a ledger apart: its tags, where two versions differ, and where editors disagree."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from dataclasses import dataclass

from sverka.export.events import short
from sverka.export.log import change, place, verdict
from sverka.export.moment import moment
from sverka.export.paint import Paint, Role, unpainted
from sverka.model import Decision, ErrorClass
from sverka.text.cells import NOTHING
from sverka.text.plainjson import dumps
from sverka.text.visible import visible

UNDECIDED = "–"
"""Stands for what a version says of a place of which it says nothing."""


@dataclass(frozen=True, slots=True)
class Named:
    """A tag: ``decisions`` is how many were in force at it."""

    path: str
    event: str
    at: str
    by: str
    name: str
    note: str
    decisions: int


@dataclass(frozen=True, slots=True)
class Spot:
    """A place of a transcript, told by one of the decisions on it.

    ``line`` and ``column`` count from 1, ``start`` and ``end`` are code points; None where it is not in the transcript
    as it is now. ``finding`` is the id that ``sverka decide`` knows it by.
    """

    path: str
    original: str
    line: int | None = None
    column: int | None = None
    start: int | None = None
    end: int | None = None
    finding: str = ""


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A place of which editors said different things without having seen each other's; by time."""

    spot: Spot
    decisions: tuple[Decision, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """A place of which two versions say different things.

    What each says: one decision; none where it is undecided; several where editors disagreed. ``event``, ``at`` and
    ``by`` are of what made the difference.
    """

    spot: Spot
    before: tuple[Decision, ...]
    after: tuple[Decision, ...]
    event: str
    at: str
    by: str


def tag_line(tag: Named, paint: Paint = unpainted) -> str:
    """A tag as one line."""
    plural = "" if tag.decisions == 1 else "s"
    pieces = [
        paint(Role.RULE, short(tag.event)),
        paint(Role.FAINT, moment(tag.at)),
        visible(tag.by) or "?",
        visible(tag.name),
        paint(Role.PLACE, visible(tag.path)),
        f"{tag.decisions} decision{plural} in force",
    ]
    return "  ".join(pieces + ([f"“{visible(tag.note)}”"] if tag.note else []))


def tag_json(tag: Named) -> str:
    """A tag as one line of JSON."""
    return dumps(
        {
            "event": tag.event,
            "at": tag.at,
            "by": tag.by,
            "name": tag.name,
            "note": tag.note,
            "path": tag.path,
            "decisions": tag.decisions,
        }
    )


def disagreement_text(conflict: Disagreement, paint: Paint = unpainted) -> str:
    """A conflict: the place, a line for each decision, and how to settle it."""
    spot = conflict.spot
    lines = [f"{paint(Role.PLACE, place(spot.path, spot.line, spot.column))}: editors disagree"]
    for said in conflict.decisions:
        pieces = [paint(Role.RULE, short(said.event)), paint(Role.FAINT, moment(said.at)), visible(said.by) or "?"]
        pieces += [verdict(said), change(said, paint), *([f"“{visible(said.note)}”"] if said.note else [])]
        lines.append(f"  {'  '.join(pieces)}")
    path = visible(shlex.quote(spot.path))
    if spot.line is None:
        lines.append("  the place is not in the transcript as it is now: decide it again where it stands now")
    else:
        decide = f"sverka decide {path} --accept {spot.finding}=TEXT (or --reject {spot.finding})"
        lines.append(f"  to settle it: sverka review {path}, or {decide}")
    return "\n".join(lines)


def disagreement_json(conflict: Disagreement) -> str:
    """A conflict as one line of JSON."""
    said = [{**_said(decision), "rule": decision.rule, "note": decision.note} for decision in conflict.decisions]
    return dumps({**_spot(conflict.spot), "finding": conflict.spot.finding, "decisions": said})


def difference_line(difference: Difference, paint: Paint = unpainted) -> str:
    """A difference as one line: place, original, what the one says → what the other says, by whom, when, the event."""
    spot = difference.spot
    where = f"{paint(Role.PLACE, place(spot.path, spot.line, spot.column))}: {visible(spot.original) or NOTHING}:"
    return "  ".join(
        [
            f"{where} {paint(Role.OLD, _says(difference.before))} → {paint(Role.NEW, _says(difference.after))}",
            visible(difference.by) or "?",
            paint(Role.FAINT, moment(difference.at)),
            paint(Role.RULE, short(difference.event)),
        ]
    )


def difference_json(difference: Difference) -> str:
    """A difference as one line of JSON; ``before`` and ``after`` are lists of decisions."""
    return dumps(
        {
            **_spot(difference.spot),
            "before": [_said(decision) for decision in difference.before],
            "after": [_said(decision) for decision in difference.after],
            "event": difference.event,
            "at": difference.at,
            "by": difference.by,
        }
    )


def _says(decisions: Sequence[Decision]) -> str:
    """What decisions on one place say of the page, in a few words."""
    if not decisions:
        return UNDECIDED
    said = " | ".join(_reading(decision) for decision in decisions)
    return said if len(decisions) == 1 else f"{said} (disputed)"


def _reading(said: Decision) -> str:
    if said.replacement is None:
        return f"({said.verdict})"
    whose = "" if said.error_class is ErrorClass.OCR else f" ({said.error_class})"
    return f"{visible(said.replacement) or NOTHING}{whose}"


def _said(said: Decision) -> dict[str, object]:
    return {
        "event": said.event,
        "at": said.at,
        "by": said.by,
        "verdict": said.verdict.value,
        "class": said.error_class.value,
        "replacement": said.replacement,
    }


def _spot(spot: Spot) -> dict[str, object]:
    return {
        "path": spot.path,
        "line": spot.line,
        "column": spot.column,
        "start": spot.start,
        "end": spot.end,
        "original": spot.original,
    }
