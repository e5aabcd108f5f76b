"""A transcript together with its ledger, without checking anything: for editions, logs and reports."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from sverka.config import find_project, ledger_path
from sverka.errors import SverkaError
from sverka.export.log import Entry, Status
from sverka.ledger import Event, Ledger, Ruling, Standing, Tracker, edition, version
from sverka.ledger.fold import decision_of
from sverka.ledger.locator import Chronicle
from sverka.model import Edition, Problem, Transcript, View
from sverka.workflow.sources import Source, problem

__all__ = ["Record", "record_of", "records"]


@dataclass(frozen=True, slots=True)
class Record:
    """What is recorded of one transcript, or was at some time: the events of its ledger, and what they say together.

    ``problems`` are lines that do not count, places that are lost, and conflicts.
    """

    transcript: Transcript
    ledger: Ledger
    events: Chronicle
    tracker: Tracker
    standing: Standing
    problems: tuple[Problem, ...]

    @classmethod
    def open(cls, transcript: Transcript, path: Path, *, at: str | None = None) -> Record:
        """Read the ledger at ``path``, which need not exist; :class:`sverka.errors.LedgerError` where it cannot be.

        ``at`` names a version of it (:func:`sverka.ledger.version`), the newest where nothing is said.
        """
        ledger = Ledger.open(path)
        return cls.of(transcript, ledger, ledger if at is None else version(ledger, at))

    @classmethod
    def of(cls, transcript: Transcript, ledger: Ledger, events: Chronicle) -> Record:
        """What ``events``, those of the ledger or of a version of it, say of the transcript."""
        tracker = Tracker(transcript, events)
        stands = tracker.standing()
        return cls(transcript, ledger, events, tracker, stands, (*ledger.problems, *stands.problems))

    def edition(self, view: View = View.DIPLOMATIC) -> tuple[Edition, tuple[Problem, ...]]:
        """The transcript with the decisions applied that change its text in ``view``, and what could not be."""
        return edition(self.transcript, self.standing.decisions, view)

    def log(self) -> tuple[Entry, ...]:
        """Every decision ever recorded, in the order of time, with what became of it."""
        history, state = self.events.history, self.standing.state
        rulings = [e for e in map(self.events.event, history.ranked()) if isinstance(e.content, Ruling)]
        counting = _ids(map(self.events.event, history.counting("decision")))
        in_force = _ids(state.in_force)
        disputed = {event.id for conflict in state.conflicts for event in conflict.events}
        lost = {decision.event for decision in self.standing.lost}

        def status(event: Event) -> Status:
            if event.id not in counting:
                return Status.RETRACTED
            if event.id in disputed:
                return Status.DISPUTED
            if event.id in lost:
                return Status.LOST
            return Status.IN_FORCE if event.id in in_force else Status.REPLACED

        return tuple(self._entry(event, status(event)) for event in sorted(rulings, key=lambda e: (e.at, e.id)))

    def _entry(self, event: Event, status: Status) -> Entry:
        decision = decision_of(event)
        span = self.tracker.locator.find(event).span
        line, column = self.transcript.place(span.start) if span else (None, None)
        if span:
            decision = replace(decision, anchor=replace(decision.anchor, span=span))
        return Entry(self.transcript.path, line, column, decision, status)


def record_of(transcript: Transcript, path: Path, *, at: str | None = None) -> Record:
    """What is recorded of the transcript in the file ``path``; errors and ``at`` as for :meth:`Record.open`."""
    return Record.open(transcript, ledger_path(find_project(path), path), at=at)


def records(sources: Iterable[Source], *, at: str | None = None) -> Iterator[Record | Problem]:
    """What is recorded of each transcript, in order, ``at`` some version; nothing is checked."""
    for source in sources:
        try:
            yield record_of(source.read(), source.path, at=at)
        except SverkaError as error:
            yield problem(error, source.name)


def _ids(events: Iterable[Event]) -> frozenset[str]:
    return frozenset(event.id for event in events)
