"""The versions of a ledger: naming them, and what tells one from another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from sverka.errors import UsageError
from sverka.export.moment import moment
from sverka.export.versions import Difference, Named
from sverka.ledger import Event, Ledger, Tag, Version, Writer, known
from sverka.ledger.fold import Place, Places, State, decision_of
from sverka.ledger.version import known_before, unfit
from sverka.model import Decision, Span
from sverka.text.visible import visible
from sverka.workflow.log import Roots, spot
from sverka.workflow.records import Record

__all__ = ["changed_since", "check_name", "differences", "retract_tags", "tag", "tags"]


def check_name(name: str) -> None:
    """UsageError where a tag cannot be called so."""
    if reason := unfit(name):
        raise UsageError(f"a tag cannot be called “{visible(name)}”: {reason}", remedy="choose another name")


def tag(ledger: Ledger, name: str, *, note: str, by: str, at: datetime, move: bool = False) -> Event:
    """Give a name to what is recorded now.

    UsageError where a tag of this name counts already, unless it is to be moved: then that is retracted at the same
    stroke. LedgerError where nothing can be written.
    """
    check_name(name)
    before = ledger.history.tagged(name)
    if before and not move:
        old = ledger.event(before[-1])
        raise UsageError(
            f"there is a tag {visible(name)} already, by {visible(old.by) or '?'}, {moment(old.at)}",
            remedy="choose another name, or use --move",
        )
    writer = Writer(ledger.history.heads, at=at, by=by)
    for n in before:
        writer.retract(ledger.event(n).id)
    event = writer.tag(name, note)
    ledger.append(writer.events)
    return event


def retract_tags(ledger: Ledger, name: str, *, by: str, at: datetime) -> int:
    """Take back the tags of this name, and say how many there were; LedgerError where nothing can be written."""
    found = ledger.history.tagged(name)
    writer = Writer(ledger.history.heads, at=at, by=by)
    for n in found:
        writer.retract(ledger.event(n).id)
    if found:
        ledger.append(writer.events)
    return len(found)


def tags(record: Record) -> Iterator[Named]:
    """The tags that count, in the order in which they were given, each with how many decisions were in force at it."""
    ledger = record.ledger
    growing = _Growing(record)
    for n in ledger.history.counting("tag"):
        event = ledger.event(n)
        assert isinstance(event.content, Tag)
        in_force = len(growing.state(ledger.history.seen_by(n)).in_force)
        name, note = event.content.name, event.content.note
        yield Named(record.transcript.path, event.id, event.at, event.by, name, note, in_force)


class _Growing:
    """What versions say that are asked for one after the other: one that holds the last and more is made from it."""

    def __init__(self, record: Record) -> None:
        self._record = record
        self._begin(frozenset())

    def _begin(self, numbers: frozenset[int]) -> None:
        self._numbers = numbers
        self._version = Version(self._record.ledger, numbers)
        self._places = Places(self._version.history, self._version.event, self._record.tracker.locator.place)

    def state(self, numbers: frozenset[int]) -> State:
        """What the version with these events says."""
        change = self._version.grow(numbers - self._numbers) if self._numbers <= numbers else None
        if change is None:
            self._begin(numbers)
        else:
            self._numbers = numbers
            self._places.update(change.decisions)
        return self._places.state()


def differences(record: Record, before: str, after: str) -> tuple[Difference, ...]:
    """The places of which two versions say different things, in the order of the text; UsageError where there is none.

    Both are laid on the transcript as it is now, with all that is known now of where their decisions stand.
    """
    ledger = record.ledger
    old, new = known(ledger, before), known(ledger, after)
    said_before, said_after = _said(record, old), _said(record, new)
    causes = _Causes(ledger, new - old or old - new)
    found = []
    for place in said_before.keys() | said_after.keys():
        one, other = said_before.get(place, ()), said_after.get(place, ())
        if _statements(one) != _statements(other):
            digest, start, end = place
            span = Span(start, end) if digest == record.transcript.sha256 else None
            cause = causes.of(one, other)
            made = spot(record.transcript, decision_of((other or one)[0]).anchor.exact, span)
            sides = tuple(map(decision_of, one)), tuple(map(decision_of, other))
            found.append((span is None, place, Difference(made, *sides, cause.id, cause.at, cause.by)))
    return tuple(difference for *_, difference in sorted(found, key=lambda item: (item[0], item[1][1:], item[1][0])))


def changed_since(record: Record, name: str) -> frozenset[Span]:
    """The places of the transcript on which a decision was made, or taken back, since a version.

    Of a time, its beginning is meant. A ledger without events has no versions, and nothing is new in it. UsageError
    where there is no such version.
    """
    if not len(record.ledger.history):
        return frozenset()
    before = _said(record, known_before(record.ledger, name))
    now = _said(record, frozenset(range(len(record.ledger.history))))
    changed = {place for place in before.keys() | now.keys() if _ids(before.get(place)) != _ids(now.get(place))}
    return frozenset(Span(start, end) for digest, start, end in changed if digest == record.transcript.sha256)


def _ids(events: Iterable[Event] | None) -> frozenset[str]:
    return frozenset(event.id for event in events or ())


def _said(record: Record, numbers: frozenset[int]) -> dict[Place, tuple[Event, ...]]:
    """What a version says of each place: the decision in force, or those that contradict each other."""
    place = record.tracker.locator.place
    state = record.standing.state
    if len(numbers) < len(record.ledger.history):
        version = Version(record.ledger, numbers)
        state = Places(version.history, version.event, place).state()
    in_force = {place(event): (event,) for event in state.in_force}
    return in_force | {conflict.place: conflict.events for conflict in state.conflicts}


def _statements(events: Iterable[Event]) -> frozenset[tuple[str | None, str, str]]:
    """What decisions say of the page, whoever says it; to accept a reading and to type it is the same."""
    return frozenset(map(_statement, map(decision_of, events)))


def _statement(said: Decision) -> tuple[str | None, str, str]:
    return said.replacement, said.error_class, "" if said.replacement is not None else said.verdict


class _Causes:
    """What made the difference at a place: the latest decision on it, or undo or redo of one, among some events."""

    def __init__(self, ledger: Ledger, numbers: frozenset[int]) -> None:
        self._ledger = ledger
        history = ledger.history
        roots = Roots(history)
        self._latest: dict[int, int] = {}
        for n in sorted(numbers, key=history.rank):
            _, root = roots.of(n)
            if root is not None:
                self._latest[root] = n

    def of(self, *sides: tuple[Event, ...]) -> Event:
        """The cause for decisions on one place."""
        history = self._ledger.history
        concerned = [history.numbered(event.id) for side in sides for event in side]
        causes = [self._latest[n] for n in concerned if n in self._latest] or concerned
        return self._ledger.event(max(causes, key=history.rank))
