"""A transcript together with its ledger, without checking anything: for editions, logs and reports."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from sverka.config import find_project, ledger_path
from sverka.errors import SverkaError
from sverka.export.log import Entry, Status
from sverka.ledger.codec import Event, Ruling
from sverka.ledger.edition import Locator, Standing, edition, standing
from sverka.ledger.fold import decision_of, fold
from sverka.ledger.store import Store
from sverka.model import Edition, Problem, Transcript, View
from sverka.workflow.sources import Source, problem

__all__ = ["Record", "record_of", "records"]


@dataclass(frozen=True, slots=True)
class Record:
    """What is recorded of one transcript: every event of its ledger, and what they say together.

    ``problems`` are lines that do not count, places that are lost, and conflicts.
    """

    transcript: Transcript
    events: tuple[Event, ...]
    standing: Standing
    problems: tuple[Problem, ...]

    @classmethod
    def open(cls, transcript: Transcript, ledger: Path) -> Record:
        """Read the ledger, which need not exist; :class:`sverka.errors.LedgerError` where it cannot be read."""
        store = Store(ledger)
        events = store.read().events
        stands = standing(transcript, events)
        return cls(transcript, events, stands, (*store.problems, *stands.problems))

    def edition(self, view: View = View.DIPLOMATIC) -> tuple[Edition, tuple[Problem, ...]]:
        """The transcript with the decisions applied that change its text in ``view``, and what could not be."""
        return edition(self.transcript, self.standing.decisions, view)

    def log(self) -> tuple[Entry, ...]:
        """Every decision ever recorded, in the order of time, with what became of it."""
        locator = Locator(self.transcript)
        rulings = sorted((e for e in self.events if isinstance(e.content, Ruling)), key=lambda e: (e.at, e.id))
        counting = _ids(fold(self.events, lambda event: (event.id, 0, 0)).in_force)
        in_force = _ids(self.standing.state.in_force)
        disputed = {event.id for conflict in self.standing.state.conflicts for event in conflict.events}
        lost = {decision.event for decision in self.standing.lost}

        def status(event: Event) -> Status:
            if event.id not in counting:
                return Status.RETRACTED
            if event.id in disputed:
                return Status.DISPUTED
            if event.id in lost:
                return Status.LOST
            return Status.IN_FORCE if event.id in in_force else Status.REPLACED

        return tuple(self._entry(event, status(event), locator) for event in rulings)

    def _entry(self, event: Event, status: Status, locator: Locator) -> Entry:
        decision = decision_of(event)
        span = locator.find(event).span
        line, column = self.transcript.place(span.start) if span else (None, None)
        if span:
            decision = replace(decision, anchor=replace(decision.anchor, span=span))
        return Entry(self.transcript.path, line, column, decision, status)


def record_of(transcript: Transcript, path: Path) -> Record:
    """What is recorded of the transcript in the file ``path``; :class:`sverka.errors.LedgerError` as above."""
    return Record.open(transcript, ledger_path(find_project(path), path))


def records(sources: Iterable[Source]) -> Iterator[Record | Problem]:
    """What is recorded of each transcript, in order; nothing is checked."""
    for source in sources:
        try:
            yield record_of(source.read(), source.path)
        except SverkaError as error:
            yield problem(error, source.name)


def _ids(events: Iterable[Event]) -> frozenset[str]:
    return frozenset(event.id for event in events)
