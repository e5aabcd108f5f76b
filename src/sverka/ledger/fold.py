"""From the events of a ledger to what stands now.

The rules, each a statement about the set of events and never about the order of their lines:

* An event counts unless a retraction that counts names it. So undo is a retraction, redo a retraction of that.
* Of the decisions on one place that count, one that a later writer saw gives way to the later one; retracting the later
  one brings the earlier one back.
* Where two are left of which neither writer saw the other, and they do not say the same, there is a conflict: listed,
  and none of them applied, until somebody who saw both decides. ``defer`` says nothing, so it contradicts nothing.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from sverka.ledger.event import Event, Ruling
from sverka.ledger.history import History
from sverka.model import Decision, Problem, Verdict

__all__ = ["Conflict", "Place", "Places", "State", "agree", "answers", "decision_of", "latest", "recorded_place"]

Place: TypeAlias = tuple[str, int, int]
"""Where a decision stands: the digest of a transcript, start and end in code points of it."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """Decisions on one place of which no writer saw another's, by time; at least two, not all saying the same."""

    place: Place
    events: tuple[Event, ...]

    @property
    def decisions(self) -> tuple[Decision, ...]:
        """What each of them says."""
        return tuple(map(decision_of, self.events))


@dataclass(frozen=True, slots=True)
class State:
    """What a ledger says, all its events considered.

    ``in_force`` are the decision events that stand, in the order of their places; ``heads`` the ids a new event names
    as its parents; ``undoable`` the latest decision that counts, or all those made at one stroke with it; ``redoable``
    the retractions that took back what was undone last, empty once something was decided since. ``opened`` are the
    digests of the transcripts with an ``open`` event.
    """

    in_force: tuple[Event, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    heads: tuple[str, ...] = ()
    undoable: tuple[Event, ...] = ()
    redoable: tuple[Event, ...] = ()
    opened: frozenset[str] = frozenset()
    problems: tuple[Problem, ...] = ()

    @property
    def decisions(self) -> tuple[Decision, ...]:
        """What the decisions in force say, anchored as they were recorded."""
        return tuple(map(decision_of, self.in_force))


def decision_of(event: Event) -> Decision:
    """The decision that a decision event holds."""
    assert isinstance(event.content, Ruling)
    return event.content.decision


def recorded_place(event: Event) -> Place:
    """The place of a decision event as it was recorded."""
    assert isinstance(event.content, Ruling)
    span = event.content.decision.anchor.span
    return event.content.transcript, span.start, span.end


class Places:
    """The decisions of a history by place, brought up to date as events come in.

    ``read`` gives the event with a number; ``place`` says where a decision stands: for a transcript that was read
    again, it gives the same place to decisions recorded before and after.
    """

    def __init__(
        self, history: History, read: Callable[[int], Event], place: Callable[[Event], Place] = recorded_place
    ) -> None:
        self._history = history
        self._read = read
        self._place = place
        self._decided: dict[Place, list[int]] = {}
        self._stands: dict[Place, tuple[Event, ...]] = {}
        self.update(history.counting("decision"))

    def update(self, changed: Iterable[int]) -> None:
        """Take note that the decisions with these numbers count now, or no longer do."""
        touched: set[Place] = set()
        read: dict[int, Event] = {}
        for n in changed:
            read[n] = event = self._read(n)
            place = self._place(event)
            decided = self._decided.setdefault(place, [])
            index = bisect_left(decided, n)
            listed = decided[index : index + 1] == [n]
            counts = self._history.counts(n)
            if counts and not listed:
                decided.insert(index, n)
            elif listed and not counts:
                del decided[index]
            touched.add(place)
        for place in touched:
            left = latest(self._history, self._decided[place])
            standing = answers([read.get(n) or self._read(n) for n in left])
            if standing:
                self._stands[place] = standing
            else:
                self._stands.pop(place, None)

    def state(self) -> State:
        """What the ledger says now."""
        in_force: list[Event] = []
        conflicts: list[Conflict] = []
        for where, standing in sorted(self._stands.items(), key=lambda item: (item[0][1:], item[0][0])):
            if agree(standing):
                in_force.append(standing[0])
            else:
                conflicts.append(Conflict(where, standing))
        return State(
            in_force=tuple(in_force),
            conflicts=tuple(conflicts),
            heads=self._history.heads,
            undoable=tuple(map(self._read, self._history.undoable)),
            redoable=tuple(map(self._read, self._history.redoable)),
            opened=self._history.opened,
            problems=self._history.problems,
        )


def latest(history: History, decided: Sequence[int]) -> list[int]:
    """Those of the decisions ``decided`` on one place that the writer of no other of them saw, the last first.

    They are numbers in ascending order, so that nothing comes after what saw it.
    """
    found: list[int] = []
    for n in reversed(decided):
        if found and history.trunk(found[-1]) >= n:
            break  # and so it saw all that are left
        if not any(history.saw(later, n) for later in found):
            found.append(n)
    return found


def answers(events: Iterable[Event]) -> tuple[Event, ...]:
    """Decisions by time, without those that only put the answer off where another gives one."""
    by_time = sorted(events, key=lambda event: (event.at, event.id))
    said = [event for event in by_time if decision_of(event).verdict is not Verdict.DEFER]
    return tuple(said or by_time[:1])


def agree(events: Sequence[Event]) -> bool:
    """Whether decisions on one place say the same of the page; who accepted it and who typed it themselves do."""
    return len({(decision_of(event).replacement, decision_of(event).error_class) for event in events}) == 1
