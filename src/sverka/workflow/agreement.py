"""How far editors agree on the places that they judged without knowing of each other.

What an editor said is their last decision on a place that had seen none of the other's on it, unless they took it back
themselves before they had seen one. So what was decided later, to settle a difference or having been convinced, does
not count, and neither does a slip that was undone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from sverka.export.agreement import Agreement, Consensus, Question
from sverka.ledger import Event, Retraction, Ruling
from sverka.ledger.fold import Place, decision_of
from sverka.model import Decision, Verdict
from sverka.workflow.records import Record
from sverka.workflow.reliability import cohen, krippendorff

__all__ = ["agreement"]


def agreement(records: Iterable[Record]) -> tuple[Agreement | Consensus, ...]:
    """The figures for each two editors who judged a place both, and for all of them, over all records together."""
    pairs: defaultdict[tuple[str, str], list[tuple[Decision, Decision]]] = defaultdict(list)
    units: list[Mapping[str, Decision]] = []
    for record in records:
        for place in _places(record):
            for one, other in combinations(sorted(place.judges), 2):
                first, second = place.blind(one, [other]), place.blind(other, [one])
                if first is not None and second is not None:
                    pairs[one, other].append((first, second))
            unit = {judge: place.blind(judge, place.judges.keys() - {judge}) for judge in place.judges}
            units.append({judge: said for judge, said in unit.items() if said is not None})
    return tuple(_figures(pairs, [unit for unit in units if len(unit) > 1]))


def _figures(
    pairs: Mapping[tuple[str, str], Sequence[tuple[Decision, Decision]]], units: Sequence[Mapping[str, Decision]]
) -> Iterator[Agreement | Consensus]:
    for editors, judgments in sorted(pairs.items()):
        for question in Question:
            kappa = cohen([(_answer(question, first), _answer(question, second)) for first, second in judgments])
            yield Agreement(editors, question, kappa.units, kappa.agreed, kappa.value, kappa.error)
    everybody = tuple(sorted({judge for unit in units for judge in unit}))
    for question in Question if units else ():
        alpha = krippendorff([[_answer(question, said) for said in unit.values()] for unit in units])
        yield Consensus(everybody, question, len(units), alpha)


def _answer(question: Question, said: Decision) -> object:
    return said.replacement is not None if question is Question.VERDICT else (said.replacement, said.error_class)


@dataclass(frozen=True, slots=True)
class _Place:
    """The decisions on one place by editor, as numbers of the record's history, the latest last."""

    record: Record
    judges: Mapping[str, Sequence[int]]
    withdrawn: Mapping[str, Sequence[int]]
    """By the id of a decision, the retractions that count and that its own editor wrote."""

    def blind(self, judge: str, others: Iterable[str]) -> Decision | None:
        """What the editor said before seeing what ``others`` did; None where that is nothing, or to be said later."""
        theirs = [n for other in others for n in self.judges[other]]
        history, event = self.record.events.history, self.record.events.event

        def unaware(n: int) -> bool:
            return not any(history.saw(n, other) for other in theirs)

        for n in reversed(self.judges[judge]):
            if unaware(n) and not any(map(unaware, self.withdrawn.get(event(n).id, ()))):
                decision = decision_of(event(n))
                return None if decision.verdict is Verdict.DEFER else decision
        return None


def _places(record: Record) -> Iterator[_Place]:
    """The places that more than one editor judged."""
    history, locator = record.events.history, record.tracker.locator
    judged: defaultdict[Place, defaultdict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    authors: dict[str, str] = {}
    for n in history.ranked():
        event = record.events.event(n)
        # What was carried over from another copy was judged there, by somebody else.
        if isinstance(event.content, Ruling) and event.content.decision.origin is None:
            judged[locator.place(event)][event.by].append(n)
            authors[event.id] = event.by
    withdrawn: defaultdict[str, list[int]] = defaultdict(list)
    for n in history.counting("retract"):
        event = record.events.event(n)
        if authors.get(_target(event)) == event.by:
            withdrawn[_target(event)].append(n)
    return (_Place(record, judges, withdrawn) for judges in judged.values() if len(judges) > 1)


def _target(event: Event) -> str:
    assert isinstance(event.content, Retraction)
    return event.content.target
