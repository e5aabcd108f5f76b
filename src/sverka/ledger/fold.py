"""From the events of a ledger to what stands now.

The rules, each a statement about the set of events and never about the order of their lines:

* An event counts unless a retraction that counts names it. So undo is a retraction, redo a retraction of that.
* Of the decisions on one place that count, one that a later writer saw gives way to the later one; retracting the later
  one brings the earlier one back.
* Where two are left of which neither writer saw the other, and they do not say the same, there is a conflict: listed,
  and none of them applied, until somebody who saw both decides. ``defer`` says nothing, so it contradicts nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from sverka.ledger.codec import Event, Opening, Retraction, Ruling
from sverka.ledger.dag import Graph
from sverka.model import Decision, Problem, Verdict

__all__ = ["Conflict", "Place", "State", "decision_of", "fold", "recorded_place"]

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
    as its parents; ``undoable`` the latest decision that counts; ``redoable`` the retractions that took back the
    decision undone last (several where several took it back at once), empty once something was decided since.
    ``opened`` are the digests of the transcripts with an ``open`` event.
    """

    in_force: tuple[Event, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    heads: tuple[str, ...] = ()
    undoable: Event | None = None
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


def fold(events: Iterable[Event], place: Callable[[Event], Place] = recorded_place) -> State:
    """What ``events``, in any order, say together.

    ``place`` says where a decision stands: for a transcript that was read again, it gives the same place to decisions
    recorded before and after.
    """
    graph = Graph(events)
    void = _void(graph.events.values())
    by_place: defaultdict[Place, list[Event]] = defaultdict(list)
    rulings = sorted((e for e in graph.events.values() if isinstance(e.content, Ruling)), key=graph.rank)
    counting = [event for event in rulings if event.id not in void]
    for event in counting:
        by_place[place(event)].append(event)
    in_force: list[Event] = []
    conflicts: list[Conflict] = []
    for where, decided in sorted(by_place.items(), key=lambda item: item[0][1:] + item[0][:1]):
        standing = _say_something(_latest(decided, graph))
        if len({_statement(event) for event in standing}) == 1:
            in_force.append(standing[0])
        else:
            conflicts.append(Conflict(where, standing))
    return State(
        in_force=tuple(in_force),
        conflicts=tuple(conflicts),
        heads=graph.heads,
        undoable=counting[-1] if counting else None,
        redoable=_redoable(graph, rulings, void),
        opened=frozenset(e.content.sha256 for e in graph.events.values() if isinstance(e.content, Opening)),
        problems=tuple(_problems(graph)),
    )


def _void(events: Iterable[Event]) -> set[str]:
    """The ids of the events that do not count."""
    targets = {event.id: event.content.target for event in events if isinstance(event.content, Retraction)}
    retractions: defaultdict[str, set[str]] = defaultdict(set)
    void: set[str] = set()
    for identifier, target in targets.items():
        retractions[target].add(identifier)
        changed: str | None = target if identifier not in void else None
        # A retraction that falls or rises again changes its own target, and so on down; no chain can close, for an
        # event's id depends on its target's.
        while changed is not None:
            falls = not retractions[changed] <= void
            if falls == (changed in void):
                break
            void ^= {changed}
            changed = targets.get(changed)
    return void


def _latest(decided: Sequence[Event], graph: Graph) -> list[Event]:
    """Those of ``decided`` (in the ledger's order) that no other's writer saw."""
    latest: list[Event] = []
    for event in reversed(decided):
        if not any(graph.saw(later, event) for later in latest):
            latest.append(event)
    return latest


def _say_something(standing: Sequence[Event]) -> tuple[Event, ...]:
    """By time, and without those that only put the answer off where another gives one."""
    by_time = sorted(standing, key=lambda event: (event.at, event.id))
    answers = [event for event in by_time if decision_of(event).verdict is not Verdict.DEFER]
    return tuple(answers or by_time[:1])


def _statement(event: Event) -> tuple[str | None, str]:
    """What a decision says of the page; who accepted it and who typed it themselves say the same."""
    decision = decision_of(event)
    return decision.replacement, decision.error_class.value


def _redoable(graph: Graph, rulings: Sequence[Event], void: set[str]) -> tuple[Event, ...]:
    last_ruling = graph.rank(rulings[-1]) if rulings else None
    undone: list[Event] = []
    for event in graph.events.values():
        if not isinstance(event.content, Retraction) or event.id in void:
            continue
        target = graph.events.get(event.content.target)
        if target is None or not isinstance(target.content, Ruling):
            continue
        if last_ruling is not None and graph.rank(event) > last_ruling:
            undone.append(event)
    if not undone:
        return ()
    undone.sort(key=graph.rank)
    last = undone[-1].content
    return tuple(event for event in undone if event.content == last)


def _problems(graph: Graph) -> Iterable[Problem]:
    for parent, child in graph.missing.items():
        yield Problem(
            f"event {child.id}", f"follows event {parent}, which is not in this ledger", "look for a lost line"
        )
    for event in graph.events.values():
        if isinstance(event.content, Retraction) and event.content.target not in graph.events:
            yield Problem(f"event {event.id}", f"takes back event {event.content.target}, which is not in this ledger")
