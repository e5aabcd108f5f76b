"""Two editors' ledgers put together.

What a ledger says depends on the set of its events alone, so to merge is to unite two sets: in any order and however
often, with one and the same outcome. Whatever the editors do not agree on shows when the union is read.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import chain

from sverka.ledger.event import Event, Opening, Rebase, Tag
from sverka.ledger.history import History
from sverka.ledger.ledger import Ledger
from sverka.ledger.locator import Chronicle

__all__ = ["Union", "lacking", "namesakes", "strangers"]


class Union:
    """The events of several ledgers together, in memory and written nowhere."""

    def __init__(self, ledgers: Sequence[Ledger]) -> None:
        self.history = History()
        self._ledgers = tuple(ledgers)
        # At one go: what one of them lacks may stand in the next.
        self.history.add(chain.from_iterable(map(each.entry, range(len(each.history))) for each in self._ledgers))

    def event(self, n: int) -> Event:
        """The event with a number of this history."""
        name = self.history.place(n)[0].hex()
        return next(ledger for ledger in self._ledgers if ledger.history.number(name) is not None).named(name)


def lacking(ours: Ledger, theirs: Ledger) -> tuple[Event, ...]:
    """The events of ``theirs`` that ``ours`` has not, each after all it saw."""
    return tuple(map(theirs.event, theirs.history.unknown_to(ours.history)))


def strangers(one: Chronicle, other: Chronicle) -> bool:
    """Whether two ledgers are of different transcripts: both say of which, and have no reading and no name in common.

    The readings are those that were opened, and those that the work went on with.
    """
    said, heard = _about(one), _about(other)
    return bool(said and heard) and said.isdisjoint(heard)


def _about(chronicle: Chronicle) -> frozenset[str]:
    """The digests and the names of the transcript."""
    found: set[str] = set()
    for n in (*chronicle.history.counting("open"), *chronicle.history.counting("rebase")):
        content = chronicle.event(n).content
        if isinstance(content, Opening):
            found |= {content.sha256, content.path}
        elif isinstance(content, Rebase):
            found |= {content.old, content.new}
    return frozenset(found)


def namesakes(chronicle: Chronicle) -> tuple[tuple[Event, ...], ...]:
    """Tags that count and have one name, all of each such name together: it names nothing as long as there are two."""
    tags: defaultdict[str, list[Event]] = defaultdict(list)
    for n in chronicle.history.counting("tag"):
        event = chronicle.event(n)
        if isinstance(event.content, Tag):
            tags[event.content.name].append(event)
    return tuple(tuple(events) for _, events in sorted(tags.items()) if len(events) > 1)
