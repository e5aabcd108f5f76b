"""The versions of a ledger: what was known at a tag, after an event, at a moment."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from sverka.errors import UsageError
from sverka.ledger.event import Event, timestamp
from sverka.ledger.history import Entry, History
from sverka.ledger.ledger import Ledger
from sverka.text.visible import visible

__all__ = ["Version", "version"]

_EVENT = re.compile(r"[0-9a-f]{6,32}")
"""So many digits of an event's id may stand for the whole."""
_WHOLE_DAY = re.compile(r"\d{4}-\d\d-\d\d")


class Version:
    """What a ledger held at some time: some of its events, and with each all that its writer had seen."""

    def __init__(self, ledger: Ledger, numbers: frozenset[int]) -> None:
        self.history = History()
        self._ledger = ledger
        places = (ledger.history.place(n) for n in sorted(numbers))
        self.history.add(Entry(ledger.event_at(*place), *place[1:]) for place in places)

    def event(self, n: int) -> Event:
        """The event with a number of this version's history."""
        return self._ledger.event_at(*self.history.place(n))


def version(ledger: Ledger, name: str) -> Version:
    """The version that ``name`` stands for; UsageError where it stands for none, or for several.

    * A tag: what its writer had seen.
    * An event, by its id or six digits or more of its beginning: it and what its writer had seen.
    * A moment, as ISO 8601; without an offset local time, a day alone: its end. What had been written by then.
    * ``start``: nothing yet.  ``now``: all there is.
    """
    history = ledger.history
    if name == "start":
        return Version(ledger, frozenset())
    if name == "now":
        return Version(ledger, frozenset(range(len(history))))
    if tags := history.tagged(name):
        if len(tags) > 1:
            raise _several(ledger, f"{len(tags)} tags are called {visible(name)}", [ledger.event(n).id for n in tags])
        return Version(ledger, history.seen_by(tags[0]))
    if _EVENT.fullmatch(name) and (found := history.beginning_with(name)):
        if len(found) > 1:
            raise _several(ledger, f"{len(found)} events begin with {name}", found)
        return Version(ledger, history.seen_by(history.numbered(found[0])))
    moment = _moment(name)
    if moment is None:
        raise UsageError(
            f"there is no version {visible(name)}",
            place=str(ledger.path),
            remedy="name a tag, an event or a time; `sverka log` lists them",
        )
    return Version(ledger, history.until(moment))


def _several(ledger: Ledger, message: str, ids: Sequence[str]) -> UsageError:
    return UsageError(message, place=str(ledger.path), remedy=f"name one: {', '.join(ids)}")


def _moment(name: str) -> str | None:
    """The last millisecond that a time means, as events have it."""
    try:
        moment = datetime.fromisoformat(name)
    except ValueError:
        return None
    if _WHOLE_DAY.fullmatch(name):
        moment += timedelta(days=1) - timedelta(milliseconds=1)
    elif "." not in name:
        moment += timedelta(milliseconds=999)
    return timestamp(moment.astimezone(UTC))
