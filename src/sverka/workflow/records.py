"""A transcript together with its ledger, without checking anything: for editions, logs and reports."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from sverka.config import find_project, ledger_path
from sverka.errors import SverkaError
from sverka.ledger import Ledger, Standing, Tracker, edition, version
from sverka.ledger.locator import Chronicle
from sverka.ledger.version import NOW
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
        # The newest version need not be made: it is the ledger itself.
        return cls.of(transcript, ledger, ledger if at in (None, NOW) else version(ledger, at))

    @classmethod
    def of(cls, transcript: Transcript, ledger: Ledger, events: Chronicle) -> Record:
        """What ``events``, those of the ledger or of a version of it, say of the transcript."""
        tracker = Tracker(transcript, events)
        stands = tracker.standing()
        return cls(transcript, ledger, events, tracker, stands, (*ledger.problems, *stands.problems))

    def at(self, name: str) -> Record:
        """The same of a version of its ledger (:func:`sverka.ledger.version`); UsageError where there is none."""
        return Record.of(self.transcript, self.ledger, version(self.ledger, name))

    def edition(self, view: View = View.DIPLOMATIC) -> tuple[Edition, tuple[Problem, ...]]:
        """The transcript with the decisions applied that change its text in ``view``, and what could not be."""
        return edition(self.transcript, self.standing.decisions, view)


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
