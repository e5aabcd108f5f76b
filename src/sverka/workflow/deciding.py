"""Decisions on the findings of several transcripts at once: all are looked through before the first is recorded.

An answer holds for the finding it names, or for its whole series: every undecided place, in all the transcripts, with
the same original and the same first candidate, but for the exceptions. Each place gets a decision of its own, anchored
in its own text, so that each can be traced, undone by itself in its ledger, and carried elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from rapidfuzz.process import extract

from sverka.errors import LedgerError, UsageError
from sverka.model import Decision, Problem
from sverka.workflow.review import Answer, Item, Kind, Review
from sverka.workflow.sources import problem

__all__ = ["Plan", "Reach", "Recorded", "Said", "carry_out", "decide", "look_through"]

_Place: TypeAlias = tuple[Review, Item]
Plan: TypeAlias = Sequence[tuple[Review, tuple[Decision, ...]]]
"""What is to be recorded, by transcript."""


@dataclass(frozen=True, slots=True)
class Said:
    """An answer to the finding with this id, or the only one whose id begins so."""

    identifier: str
    answer: Answer


@dataclass(frozen=True, slots=True)
class Reach:
    """How far answers hold: for the findings named, or for their ``series`` but for ``exceptions`` (ids)."""

    series: bool = False
    exceptions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Recorded:
    """A decision that is in the ledger of ``review``; ``similar`` undecided places in all transcripts are like it."""

    review: Review
    decision: Decision
    similar: int


def look_through(reviews: Sequence[Review], said: Sequence[Said], reach: Reach) -> None:
    """Raise UsageError where something that was said cannot be recorded; nothing is."""
    for each in said:
        _planned(reviews, each, reach)


def decide(reviews: Sequence[Review], said: Said, reach: Reach) -> Iterator[Recorded | Problem]:
    """Record what was said, in the ledger of each transcript that it concerns; errors as for :func:`carry_out`."""
    return carry_out(reviews, _planned(reviews, said, reach))


def carry_out(reviews: Sequence[Review], plan: Plan) -> Iterator[Recorded | Problem]:
    """Record a plan at one stroke: all of it in a ledger or nothing.

    A ledger that cannot be written is a problem among the others; where there is no other, it is LedgerError.
    """
    series = plan[0][0].stroke if sum(len(decisions) for _, decisions in plan) > 1 else ""
    for review, decisions in plan:
        try:
            recorded = review.record(decisions, series=series)
        except LedgerError as error:
            if len(plan) == 1:
                raise
            yield problem(error, review.transcript.path)
            continue
        kinds = list(map(_kind, recorded))
        similar = {kind: sum(len(other.alike(kind)) for other in reviews) for kind in set(kinds)}
        yield from (Recorded(review, each, similar[kind]) for each, kind in zip(recorded, kinds, strict=True))


def _kind(decision: Decision) -> Kind:
    """The series of the finding that a decision was made on."""
    return decision.anchor.exact, decision.offered[0].text if decision.offered else None


def _planned(reviews: Sequence[Review], said: Said, reach: Reach) -> Plan:
    """What is to be recorded, first in the transcript that has the finding named."""
    review, item = _named(reviews, said.identifier)
    if not reach.series:
        return [(review, (review.decision(item, said.answer),))]
    left_out = [_named(reviews, identifier) for identifier in reach.exceptions]
    scope = "collection" if len(reviews) > 1 else "document"
    plan: list[tuple[Review, tuple[Decision, ...]]] = []
    for each in (review, *(other for other in reviews if other is not review)):
        alike = [other for other in each.alike(item.kind) if (each, other) not in left_out]
        if each is review and item not in alike and (each, item) not in left_out:
            alike = sorted((*alike, item), key=lambda place: place.finding.span)
        decisions = tuple(replace(each.decision(place, said.answer), scope=scope) for place in alike)
        if decisions:
            plan.append((each, decisions))
    if not plan:
        raise UsageError(f"every place of the series of {said.identifier} is an exception")
    return plan


def _named(reviews: Sequence[Review], identifier: str) -> _Place:
    """The finding with this id in one of the transcripts."""
    found = [(review, item) for review in reviews for item in review.named(identifier)]
    whole = [(review, item) for review, item in found if item.finding.id == identifier]
    found = whole or found
    if len(found) == 1:
        return found[0]
    if found:
        places = ", ".join(f"{i.finding.id} at {r.transcript.path}:{i.line}:{i.column}" for r, i in found)
        raise UsageError(f"{identifier} means {len(found)} findings", remedy=f"choose one: {places}")
    known = [item.finding.id for review in reviews for item in review.items]
    near = extract(identifier, known, limit=3, score_cutoff=50)
    nearest = f"the nearest are {', '.join(match[0] for match in near)}" if near else "`sverka check` lists them"
    where = reviews[0].transcript.path if len(reviews) == 1 else ""
    raise UsageError(f"there is no finding {identifier}", place=where, remedy=nearest)
