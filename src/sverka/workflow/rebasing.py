"""A transcript was read again, or edited: where its decisions stand now, found and put on record."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from sverka.ledger import Event, Fit, Ledger, Locator, Opening, Rebase, Ruling
from sverka.ledger.anchor import Found
from sverka.ledger.fold import decision_of
from sverka.model import Decision, Transcript
from sverka.workflow.writing import begun

__all__ = ["Outcome", "Rebased", "rebase", "record"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one decision.

    ``decision`` is anchored in the transcript where it has a place there, else as it was recorded.
    """

    event: Event
    decision: Decision
    found: Found

    @property
    def fit(self) -> Fit:
        """Exact and moved told apart by the offsets, whoever found the place."""
        if self.found.span is None:
            return self.found.fit
        return Fit.EXACT if self.found.span == decision_of(self.event).anchor.span else Fit.MOVED

    @property
    def settled(self) -> bool:
        """Whether nobody has to look for it: it has its place, or is not needed any more."""
        return self.fit not in {Fit.AMBIGUOUS, Fit.LOST}


@dataclass(frozen=True, slots=True)
class Rebased:
    """What became of all decisions that count and were made on other texts, in the order of those.

    ``old`` is the digest of the text that was worked on last, empty where the ledger knows of none; ``due`` says
    whether there is something to put on record.
    """

    transcript: Transcript
    old: str
    outcomes: tuple[Outcome, ...]
    due: bool

    def count(self, fit: Fit) -> int:
        """How many decisions fared so."""
        return Counter(outcome.fit for outcome in self.outcomes)[fit]


def rebase(transcript: Transcript, ledger: Ledger, *, again: bool = False) -> Rebased:
    """Find the decisions of ``ledger`` in ``transcript``; nothing is written.

    What an earlier rebase says stands, unless the search is to be made ``again``.
    """
    old = _worked_on(ledger)
    events = [ledger.event(n) for n in ledger.history.counting("decision")]
    others = [e for e in events if isinstance(e.content, Ruling) and e.content.transcript != transcript.sha256]
    locator = Locator(transcript, ledger, search_again=again)
    outcomes = tuple(Outcome(event, locator.here(event), locator.find(event)) for event in others)
    due = not all(map(locator.told, others)) or (bool(events) and old != transcript.sha256)
    return Rebased(transcript, old, tuple(sorted(outcomes, key=_order)), due)


def record(rebased: Rebased, ledger: Ledger, *, editor: str, at: datetime) -> Event:
    """Put it on record; :class:`sverka.errors.LedgerError` where that is impossible."""
    transcript = rebased.transcript
    writer = begun(transcript, ledger.history.heads, ledger.history.opened, at=at, by=editor)
    ids: dict[Fit, list[str]] = {fit: [] for fit in Fit}
    for outcome in rebased.outcomes:
        ids[outcome.fit].append(outcome.event.id)
    moved = {o.event.id: o.found.span for o in rebased.outcomes if o.found.span is not None}
    lists = (tuple(ids[fit]) for fit in (Fit.CORRECTED, Fit.AMBIGUOUS, Fit.LOST))
    event = writer.rebase(Rebase(rebased.old, transcript.sha256, len(transcript.text), moved, *lists))
    ledger.append(writer.events)
    return event


def _worked_on(ledger: Ledger) -> str:
    """The digest of the text that was worked on last."""
    for n in reversed(tuple(ledger.history.ranked())):
        match ledger.event(n).content:
            case Opening(sha256=digest) | Rebase(new=digest) | Ruling(transcript=digest):
                return digest
    return ""


def _order(outcome: Outcome) -> tuple[int, int, str]:
    span = decision_of(outcome.event).anchor.span
    return span.start, span.end, outcome.event.id
