"""Single events for the tests, each with parents of its own, and ledgers that are no files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from sverka.ledger import Event, Ledger, Standing, State, Tracker, Writer
from sverka.ledger.fold import Place, Places, recorded_place
from sverka.ledger.history import Entry, History
from sverka.ledger.ledger import News
from sverka.ledger.locator import Chronicle
from sverka.model import Decision, Transcript


def open_event(path: str, transcript: Transcript, *, at: str, by: str, parents: Sequence[str]) -> Event:
    return _writer(at, by, parents).open(path, transcript)


def decision_event(transcript: str, decision: Decision, *, at: str, by: str, parents: Sequence[str]) -> Event:
    return _writer(at, by, parents).decide(transcript, decision)


def retract_event(target: str, *, at: str, by: str, parents: Sequence[str]) -> Event:
    return _writer(at, by, parents).retract(target)


def _writer(at: str, by: str, parents: Sequence[str]) -> Writer:
    return Writer(parents, at=datetime.fromisoformat(at), by=by)


class Gathered:
    """Events, in any order, that stand in no file."""

    def __init__(self, events: Iterable[Event]) -> None:
        self.history = History()
        self._events = {event.id: event for event in events}
        self.history.add(Entry(event.outline) for event in self._events.values())

    def event(self, n: int) -> Event:
        return self._events[self.history.place(n)[0].hex()]


def fold(events: Iterable[Event], place: Callable[[Event], Place] = recorded_place) -> State:
    """What events say together."""
    gathered = Gathered(events)
    return Places(gathered.history, gathered.event, place).state()


def read(ledger: Ledger) -> tuple[Event, ...]:
    """What has come into a ledger."""
    return told(ledger, ledger.read())


def told(ledger: Ledger, news: News) -> tuple[Event, ...]:
    """The events that news tell of."""
    return tuple(map(ledger.event, news.change.new))


def standing(transcript: Transcript, chronicle: Chronicle) -> Standing:
    """What a ledger, or a version of it, says of a transcript."""
    return Tracker(transcript, chronicle).standing()
