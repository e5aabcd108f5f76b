"""The versions of a ledger: what was known at a tag, after an event, at a moment; and what a tag may be called."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta

from sverka.errors import UsageError
from sverka.ledger.event import Event, timestamp
from sverka.ledger.history import Change, History
from sverka.ledger.ledger import Ledger
from sverka.text.visible import visible

__all__ = ["NOW", "START", "Version", "event_digits", "known", "known_before", "unfit", "version"]

START, NOW = "start", "now"
_EVENT = re.compile(r"[0-9a-f]{6,32}")
"""So many digits of an event's id may stand for the whole."""
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_MINUTE = re.compile(r"\d{4}-\d\d-\d\d.\d\d:\d\d(?![:\d])")
_FRACTION = re.compile(r":\d\d[.,]\d")


class Version:
    """What a ledger held at some time: some of its events, and with each all that its writer had seen."""

    def __init__(self, ledger: Ledger, numbers: frozenset[int]) -> None:
        self.history = History()
        self._ledger = ledger
        self.grow(numbers)

    def grow(self, numbers: frozenset[int]) -> Change | None:
        """Take in more of the ledger's events; None as for :meth:`sverka.ledger.history.History.add`."""
        return self.history.add(map(self._ledger.entry, sorted(numbers)))

    def event(self, n: int) -> Event:
        """The event with a number of this version's history."""
        return self._ledger.event_at(*self.history.place(n))


def version(ledger: Ledger, name: str) -> Version:
    """The version that ``name`` stands for; UsageError where it stands for none, or for several.

    * A tag: what its writer had seen.
    * An event, by its id or six digits or more of its beginning: it and what its writer had seen.
    * A time, as ISO 8601; without an offset it is local. A day, a minute or a second means its end. What had been
      written by then.
    * ``start``: nothing yet.  ``now``: all there is.
    """
    return Version(ledger, known(ledger, name))


def known(ledger: Ledger, name: str) -> frozenset[int]:
    """The numbers of the events in that version; UsageError as for :func:`version`."""
    named = _named(ledger, name)
    if named is not None:
        return named
    _, end = _moment(ledger, name)
    return ledger.history.until(end)


def known_before(ledger: Ledger, name: str) -> frozenset[int]:
    """What does not belong to what came since ``name``: of a time, what had been written before it began.

    So a day belongs to what came since that day, and to what came until then. A tag or an event has no extent:
    what was known at it is what had come before.
    """
    named = _named(ledger, name)
    if named is not None:
        return named
    beginning, _ = _moment(ledger, name)
    return ledger.history.before(beginning)


def event_digits(text: str) -> str:
    """An event's id, or its beginning, as it was typed; UsageError where it is neither."""
    digits = text.lower()
    if not _EVENT.fullmatch(digits):
        raise UsageError(
            f"{visible(text)} is no event's id",
            remedy="give its 32 hex digits, or six or more of its beginning; `sverka log --all` lists them",
        )
    return digits


def unfit(name: str) -> str:
    """Why a tag cannot be called so; empty where it can."""
    reasons = (
        (not name.strip(), "a name has to have letters"),
        (
            name != name.strip() or visible(name) != name,
            "spaces at its ends, line ends and unseen characters could not be typed again",
        ),
        (name.startswith("-"), "it would be taken for an option"),
        (name in (START, NOW), "that is a version of every ledger"),
        (_EVENT.fullmatch(name.lower()), "it could be taken for the beginning of an event's id"),
        (_period(name), "it could be taken for a time"),
    )
    return next((reason for applies, reason in reasons if applies), "")


def _named(ledger: Ledger, name: str) -> frozenset[int] | None:
    """The events of a version that is not told by a time."""
    history = ledger.history
    if name == START:
        return frozenset()
    if name == NOW:
        return frozenset(range(len(history)))
    if tags := history.tagged(name):
        if len(tags) > 1:
            raise _several(ledger, f"{len(tags)} tags are called {visible(name)}", [ledger.event(n).id for n in tags])
        return history.seen_by(tags[0])
    if _EVENT.fullmatch(name) and (found := history.beginning_with(name)):
        if len(found) > 1:
            raise _several(ledger, f"{len(found)} events begin with {name}", found)
        return history.seen_by(history.numbered(found[0]))
    return None


def _several(ledger: Ledger, message: str, ids: Sequence[str]) -> UsageError:
    return UsageError(message, place=str(ledger.path), remedy=f"name one: {', '.join(ids)}")


def _moment(ledger: Ledger, name: str) -> tuple[str, str]:
    period = _period(name)
    if period is None:
        raise UsageError(
            f"there is no version {visible(name)}",
            place=str(ledger.path),
            remedy="name a tag, an event or a time; `sverka tag --list` and `sverka log --all` list them",
        )
    return period


def _period(name: str) -> tuple[str, str] | None:
    """The beginning and the end of the day, minute or second that a time means, as events have times; else None."""
    # The log prints times so, and what it prints can be typed.
    written = f"{name.removesuffix(' UTC')}Z" if name.endswith(" UTC") else name
    try:
        start = datetime.fromisoformat(written)
        end = start
        if _DAY.fullmatch(written):
            end += timedelta(days=1, seconds=-1)
        elif _MINUTE.match(written):
            end += timedelta(seconds=59)
        beginning, ending = timestamp(start), timestamp(end)
    except (ValueError, OverflowError):
        return None
    # As a string, a second without a fraction comes after every fraction of it.
    return beginning, ending if _FRACTION.search(written) else f"{ending[:-5]}Z"
