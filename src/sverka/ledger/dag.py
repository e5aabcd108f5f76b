"""Who saw what: the events of a ledger as a directed acyclic graph, each pointing at the latest its writer saw.

Nothing here depends on the order of the lines in the file: two ledgers with the same events mean the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

from sverka.ledger.codec import Event

__all__ = ["Graph", "Rank"]

Rank: TypeAlias = tuple[int, str, str]
"""Generation, time, id. Sorting by it puts every event after all that its writer saw, however the clocks stood."""


@dataclass(frozen=True, slots=True)
class _Node:
    index: int
    """Position in an order in which everything an event saw comes before it."""
    rank: Rank
    trunk: int
    """Every event up to this index is an ancestor of this one, or the event itself; -1 where none is known to be."""


class Graph:
    """The events of a ledger, in any order and with repetitions, and their ancestry.

    A parent that is in no line of the ledger is listed as ``missing`` and otherwise passed over.
    """

    def __init__(self, events: Iterable[Event]) -> None:
        self.events: dict[str, Event] = {event.id: event for event in events}
        self.missing: dict[str, Event] = {}
        """Ids named as parents that are not there, each with an event that names it."""
        self._nodes: dict[str, _Node] = {}
        self._heads: set[str] = set()
        for event in self.events.values():
            self._admit_after_parents(event)

    @property
    def heads(self) -> tuple[str, ...]:
        """The events that no other has seen, sorted."""
        return tuple(sorted(self._heads))

    def rank(self, event: Event) -> Rank:
        """The event's place in the one order of the ledger."""
        return self._nodes[event.id].rank

    def saw(self, later: Event, earlier: Event) -> bool:
        """Whether the writer of ``later`` had ``earlier`` before them; every event has seen itself."""
        goal = self._nodes[earlier.id].index
        visited = {later.id}
        queue = [later.id]
        while queue:
            identifier = queue.pop()
            if goal <= self._nodes[identifier].trunk or identifier == earlier.id:
                return True
            for parent in self.events[identifier].parents:
                node = self._nodes.get(parent)
                if node is not None and node.index >= goal and parent not in visited:
                    visited.add(parent)
                    queue.append(parent)
        return False

    def _admit_after_parents(self, event: Event) -> None:
        """Admit ``event``, its parents first; with a stack, for ledgers are deeper than Python's recursion."""
        stack = [event]
        while stack:
            event = stack[-1]
            waiting_for = [
                self.events[parent] for parent in event.parents if parent in self.events and parent not in self._nodes
            ]
            if waiting_for:
                stack += waiting_for
                continue
            stack.pop()
            if event.id not in self._nodes:
                self._admit(event)

    def _admit(self, event: Event) -> None:
        for parent in event.parents:
            if parent not in self.events:
                self.missing.setdefault(parent, event)
        parents = [self._nodes[parent] for parent in event.parents if parent in self._nodes]
        self._heads.difference_update(event.parents)
        self._heads.add(event.id)
        index = len(self._nodes)
        # The only head has everything before it among its ancestors: from there on, ancestry is one comparison.
        trunk = index if len(self._heads) == 1 else max((parent.trunk for parent in parents), default=-1)
        generation = 1 + max((parent.rank[0] for parent in parents), default=0)
        self._nodes[event.id] = _Node(index, (generation, event.at, event.id), trunk)
