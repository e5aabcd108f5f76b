"""What putting ledgers together brought to light, as lines: places where editors disagree, tags given twice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sverka.export.log import change, verdict
from sverka.export.moment import moment
from sverka.export.paint import Paint, Role, unpainted
from sverka.model import Decision
from sverka.text.visible import visible


@dataclass(frozen=True, slots=True)
class Dispute:
    """Decisions on one place of which no writer had seen another's, and which contradict each other.

    ``place`` is where: ``PATH:LINE:COLUMN``, or the ledger with the code points of the text that was decided on.
    """

    place: str
    decisions: tuple[Decision, ...]


@dataclass(frozen=True, slots=True)
class Signature:
    """Who gave a tag, when, and the event that it is."""

    event: str
    at: str
    by: str


def dispute_line(dispute: Dispute, paint: Paint = unpainted) -> str:
    """A disagreement as one line: the place, and what each said, by time."""
    said = "; ".join(_said(decision, paint) for decision in dispute.decisions)
    return f"{paint(Role.PLACE, visible(dispute.place))}: conflict: {said}"


def namesakes_line(ledger: str, name: str, tags: Sequence[Signature], paint: Paint = unpainted) -> str:
    """Tags of one name as one line: the ledger, the name, and who gave it to which version."""
    given = "; ".join(f"{tag.event} by {visible(tag.by) or '?'}, {moment(tag.at)}" for tag in tags)
    return f"{paint(Role.PLACE, visible(ledger))}: tag “{visible(name)}” was given {len(tags)} times: {given}"


def _said(said: Decision, paint: Paint) -> str:
    note = f" “{visible(said.note)}”" if said.note else ""
    return f"{verdict(said)} {change(said, paint)} by {visible(said.by) or '?'}, {moment(said.at)}{note}"
