"""What happened in a ledger: its decisions, all of its events, one of them whole, and the conflicts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from heapq import nlargest

from sverka.export.events import Told, Whole
from sverka.export.log import Entry, Status
from sverka.export.versions import Disagreement, Spot
from sverka.ledger import Event, Opening, Rebase, Retraction, Ruling, Tag, known
from sverka.ledger.fold import decision_of
from sverka.ledger.history import History
from sverka.ledger.version import known_before
from sverka.model import Span, Transcript
from sverka.text.context import finding_id
from sverka.text.visible import visible
from sverka.workflow.records import Record

__all__ = ["Log", "Roots", "Wanted", "spot"]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which events to list; what is empty asks for nothing.

    ``since`` and ``until`` name versions (:func:`sverka.ledger.version`): what was not yet known at the one, and what
    was known at the other. Of a time, ``since`` is its beginning and ``until`` its end. ``limit`` asks for the newest.
    Verdict, class and rule are what only decisions have.
    """

    by: tuple[str, ...] = ()
    since: str = ""
    until: str = ""
    verdicts: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    limit: int | None = None

    def admits(self, event: Event) -> bool:
        """Whether an event is wanted as far as it alone tells."""
        if self.by and event.by.casefold() not in {name.casefold() for name in self.by}:
            return False
        if not (self.verdicts or self.classes or self.rules):
            return True
        if not isinstance(event.content, Ruling):
            return False
        said = event.content.decision
        asked = ((self.verdicts, said.verdict), (self.classes, said.error_class), (self.rules, said.rule))
        return all(not names or has in names for names, has in asked)


class Log:
    """What happened in the ledger of a record, each event with what became of it."""

    def __init__(self, record: Record) -> None:
        self._record = record
        self._history = record.events.history
        self._read = record.events.event
        self._roots = Roots(self._history)
        standing = record.standing
        self._disputed = {event.id for conflict in standing.state.conflicts for event in conflict.events}
        self._lost = {decision.event for decision in standing.lost}
        self._in_force = {event.id for event in standing.state.in_force} - self._lost

    def decisions(self, wanted: Wanted) -> tuple[Entry, ...]:
        """The decisions in the order of time; UsageError where there is no such version."""
        self._look_for_retracted()
        found = self._selected(self._history.of_kind("decision"), wanted)
        if wanted.limit is None:
            newest = sorted(found, key=lambda pair: (pair[1].at, pair[1].id))
        else:
            newest = nlargest(wanted.limit, found, key=lambda pair: (pair[1].at, pair[1].id))[::-1]
        return tuple(self._entry(n, event) for n, event in newest)

    def events(self, wanted: Wanted) -> Iterator[Told]:
        """All events in the one order of the ledger, in which each comes after all it saw; UsageError as above."""
        self._look_for_retracted()
        found = (n for n, _ in self._selected(self._history.ranked(), wanted))
        numbers = list(found)[-wanted.limit :] if wanted.limit else found
        return (self._told(n, self._read(n)) for n in numbers)

    def whole(self, digits: str) -> tuple[Whole, ...]:
        """All about the event with this id, or about all those whose ids begin so."""
        return tuple(self._whole(self._history.numbered(name)) for name in self._history.beginning_with(digits))

    def conflicts(self) -> tuple[Disagreement, ...]:
        """The places of which editors said different things without having seen each other's, in their order."""
        found = []
        for conflict in self._record.standing.state.conflicts:
            digest, start, end = conflict.place
            here = Span(start, end) if digest == self._record.transcript.sha256 else None
            original = conflict.decisions[0].anchor.exact
            found.append(Disagreement(spot(self._record.transcript, original, here), conflict.decisions))
        return tuple(found)

    def _look_for_retracted(self) -> None:
        """Find the places of the decisions that do not count, all at once: one by one takes far longer."""
        numbers = (n for n in self._history.of_kind("decision") if not self._history.counts(n))
        self._record.tracker.locator.look_for(map(self._read, numbers))

    def _selected(self, numbers: Iterable[int], wanted: Wanted) -> Iterator[tuple[int, Event]]:
        ledger = self._record.ledger
        earlier = known_before(ledger, wanted.since) if wanted.since else frozenset()
        until = known(ledger, wanted.until) if wanted.until else None
        for n in numbers:
            if n in earlier or (until is not None and n not in until):
                continue
            event = self._read(n)
            if wanted.admits(event) and (not wanted.statuses or self._status(n, event) in wanted.statuses):
                yield n, event

    def _status(self, n: int, event: Event) -> Status:
        if not self._history.counts(n):
            return Status.RETRACTED
        if not isinstance(event.content, Ruling) or event.id in self._in_force:
            return Status.IN_FORCE
        if event.id in self._disputed:
            return Status.DISPUTED
        return Status.LOST if event.id in self._lost else Status.REPLACED

    def _entry(self, n: int, event: Event) -> Entry:
        decision = decision_of(event)
        span = self._record.tracker.locator.find(event).span
        line, column = self._place(event)
        if span:
            decision = replace(decision, anchor=replace(decision.anchor, span=span))
        return Entry(self._record.transcript.path, line, column, decision, self._status(n, event))

    def _told(self, n: int, event: Event) -> Told:
        act, root, about = self._act(n, event)
        ruled = root if root is not None and isinstance(root.content, Ruling) else None
        line, column = self._place(ruled) if ruled else (None, None)
        decision = decision_of(ruled) if ruled else None
        path = self._record.transcript.path
        return Told(path, act, event.fields, self._status(n, event), decision, about, line, column)

    def _act(self, n: int, event: Event) -> tuple[str, Event | None, str]:
        """What an event does, to which (for a decision, itself), and what else is to be said of it."""
        match event.content:
            case Ruling():
                return "decide", event, ""
            case Retraction(target):
                return self._taken(n, target)
            case Tag(name):
                return "tag", None, visible(name)
            case Rebase() as rebase:
                return "rebase", None, _counts(rebase)
            case Opening() as opening:
                return "open", None, f"{opening.length} code points"
            case None:
                return event.kind, None, "a kind of event that this version does not know"

    def _taken(self, n: int, target: str) -> tuple[str, Event | None, str]:
        times, root = self._roots.of(n)
        act = "redo" if times % 2 == 0 else "undo"
        if root is None:
            return act, None, f"event {target}, which is not in this ledger"
        taken = self._read(root)
        return act, taken, "" if isinstance(taken.content, Ruling) else _called(taken)

    def _place(self, event: Event) -> tuple[int, int] | tuple[None, None]:
        span = self._record.tracker.locator.find(event).span
        return self._record.transcript.place(span.start) if span else (None, None)

    def _whole(self, n: int) -> Whole:
        event = self._read(n)
        retractions = tuple(self._told(r, self._read(r)) for r in self._history.retracting(n))
        content = event.content
        series = content.decision.series if isinstance(content, Ruling) else getattr(content, "series", "")
        stroke = len(self._history.series(series)) if series else 0
        return Whole(self._told(n, event), retractions, tuple(self._successors(n, event)), stroke)

    def _successors(self, n: int, event: Event) -> Iterator[Told]:
        if not isinstance(event.content, Ruling):
            return
        place = self._record.tracker.locator.place
        here = place(event)
        for later in self._history.of_kind("decision"):
            if later > n and place(self._read(later)) == here and self._history.saw(later, n):
                yield self._told(later, self._read(later))


class Roots:
    """What retractions take or bring back in the end, along chains of retractions of retractions."""

    def __init__(self, history: History) -> None:
        self._history = history
        self._found: dict[int, tuple[int, int | None]] = {}

    def of(self, n: int) -> tuple[int, int | None]:
        """How many retractions there are from ``n``, itself among them, to what is none, and the number of that.

        For an event that is no retraction, 0 and itself. None where a retraction's target is in no line.
        """
        chain: list[int] = []
        at: int | None = n
        while at is not None and at not in self._found:
            retracts, target = self._history.target(at)
            if not retracts:
                self._found[at] = (0, at)
                break
            chain.append(at)
            at = target
        times, root = self._found[at] if at is not None else (0, None)
        for link in reversed(chain):
            times += 1
            self._found[link] = (times, root)
        return self._found[n]


def spot(transcript: Transcript, original: str, span: Span | None) -> Spot:
    """A place as it is listed; ``span`` is None where it is not in the transcript."""
    if span is None:
        return Spot(transcript.path, original)
    line, column = transcript.place(span.start)
    return Spot(transcript.path, original, line, column, span.start, span.end, finding_id(transcript.text, span))


def _called(event: Event) -> str:
    if isinstance(event.content, Tag):
        return f"tag {visible(event.content.name)}"
    return f"{visible(event.kind)} {event.id[:10]}"


def _counts(rebase: Rebase) -> str:
    lists: Sequence[tuple[str, Sequence[str]]] = (
        ("placed", tuple(rebase.moved)),
        ("corrected", rebase.corrected),
        ("ambiguous", rebase.ambiguous),
        ("lost", rebase.lost),
    )
    return ", ".join(f"{len(events)} {name}" for name, events in lists)
