"""Where the decisions of a ledger stand in a transcript, the one they were made on or another reading of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Protocol

from sverka.ledger.anchor import Fit, Found, anchor_at, stands
from sverka.ledger.event import Event, Rebase, Ruling
from sverka.ledger.fold import Place, decision_of, recorded_place
from sverka.ledger.history import History
from sverka.ledger.relocation import relocate
from sverka.model import Decision, Transcript

__all__ = ["Chronicle", "Locator"]


class Chronicle(Protocol):
    """Events and their history: a ledger, or an earlier version of one."""

    @property
    def history(self) -> History:
        """Who saw what."""

    def event(self, n: int) -> Event:
        """The event with a number of the history."""


class Locator:
    """Where each decision event stands in one transcript; every event is looked for once.

    Where the ledger says it (:class:`sverka.ledger.event.Rebase`), that counts, unless ``search_again``. Otherwise the
    place is searched for, those of all decisions together, since each helps to find its neighbours.
    """

    def __init__(self, transcript: Transcript, chronicle: Chronicle, *, search_again: bool = False) -> None:
        self._transcript = transcript
        self._found: dict[str, Found] = {}
        self._told: dict[str, Found] = {}
        for n in () if search_again else chronicle.history.counting("rebase"):
            content = chronicle.event(n).content
            if isinstance(content, Rebase) and content.new == transcript.sha256:
                self._told |= _outcomes(content)
        # Where no other text was ever worked on, nothing has to be searched for: each place is asked for in its turn.
        if chronicle.history.opened != {transcript.sha256}:
            self.look_for(chronicle.event(n) for n in chronicle.history.counting("decision"))

    def told(self, event: Event) -> bool:
        """Whether the ledger itself says where the decision stands in this transcript, or that it has no place."""
        return _text_of(event) == self._transcript.sha256 or self._recorded(event) is not None

    def find(self, event: Event) -> Found:
        """The place of a decision event in the transcript."""
        if event.id not in self._found:
            self.look_for([event])
        return self._found[event.id]

    def place(self, event: Event) -> Place:
        """The same as :class:`sverka.ledger.fold.Places` asks for: here if it is found here, else where it was."""
        span = self.find(event).span
        return recorded_place(event) if span is None else (self._transcript.sha256, span.start, span.end)

    def here(self, event: Event) -> Decision:
        """The event's decision with its anchor in the transcript; as it was recorded where it has no place there."""
        decision, span = decision_of(event), self.find(event).span
        return decision if span is None else replace(decision, anchor=anchor_at(self._transcript.text, span))

    def look_for(self, events: Iterable[Event]) -> None:
        """Find the places of decision events, together."""
        text, digest = self._transcript.text, self._transcript.sha256
        others: list[Event] = []
        for event in events:
            if _text_of(event) == digest:
                # In its own text an anchor is where it says or it is wrong: there is nothing to search for.
                anchor = decision_of(event).anchor
                own = stands(anchor, text)
                self._found[event.id] = Found(Fit.EXACT, anchor.span) if own else Found(Fit.LOST)
            elif (recorded := self._recorded(event)) is not None:
                self._found[event.id] = recorded
            else:
                others.append(event)
        if not others:
            return
        decisions = [decision_of(event) for event in others]
        found = relocate([(decision.anchor, decision.replacement) for decision in decisions], text)
        self._found |= {event.id: place for event, place in zip(others, found, strict=True)}

    def _recorded(self, event: Event) -> Found | None:
        """What a rebase says of the decision, unless the text it points at is another than was quoted."""
        told = self._told.get(event.id)
        if told is None or told.span is None:
            return told
        there = told.span.of(self._transcript.text)
        return told if there.split() == decision_of(event).anchor.exact.split() else None


def _text_of(event: Event) -> str:
    assert isinstance(event.content, Ruling)
    return event.content.transcript


def _outcomes(rebase: Rebase) -> Mapping[str, Found]:
    lists = ((Fit.CORRECTED, rebase.corrected), (Fit.AMBIGUOUS, rebase.ambiguous), (Fit.LOST, rebase.lost))
    nowhere = {event: Found(fit) for fit, events in lists for event in events}
    return nowhere | {event: Found(Fit.MOVED, span) for event, span in rebase.moved.items()}
