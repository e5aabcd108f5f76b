"""What is carried from one copy of a text to another: under which name it leaves, and how it enters a ledger."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from sverka.config import find_project
from sverka.model import Decision, Origin, Transcript
from sverka.workflow.records import Record
from sverka.workflow.writing import begun

__all__ = ["enter", "under_project_name"]


def under_project_name(transcript: Transcript, path: Path) -> Transcript:
    """The transcript in the file ``path`` by a name that others can do something with: they have other folders."""
    return replace(transcript, path=find_project(path).name_of(path))


def enter(
    decisions: Sequence[Decision],
    record: Record,
    *,
    editor: str,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> None:
    """Record decisions that were made on another copy, at one stroke; LedgerError where that is impossible.

    ``decisions`` are anchored in the transcript of ``record``; ``event``, ``at`` and ``by`` are those they have there,
    and become their origin. It is ``editor`` who enters them.
    """
    if not decisions:
        return
    transcript, state = record.transcript, record.standing.state
    writer = begun(transcript, state.heads, state.opened, at=clock(), by=editor)
    series = writer.stroke if len(decisions) > 1 else ""
    for decision in decisions:
        origin = Origin(decision.event, decision.by, decision.at)
        writer.decide(transcript.sha256, replace(decision, series=series, origin=origin))
    record.ledger.append(writer.events)
