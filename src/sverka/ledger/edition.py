"""A transcript and its ledger together: which decisions hold on this text, and the text that follows from them."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from sverka.ledger import anchor as anchors
from sverka.ledger.anchor import Fit
from sverka.ledger.codec import Event, Ruling
from sverka.ledger.fold import Conflict, Place, State, decision_of, fold, recorded_place
from sverka.model import Decision, Edition, Problem, Span, Transcript, View
from sverka.text.visible import visible

__all__ = ["Locator", "Standing", "edition", "standing"]


@dataclass(slots=True)
class Locator:
    """Where each decision event stands in one transcript; every event is looked for once."""

    transcript: Transcript
    _found: dict[str, anchors.Found] = field(default_factory=dict)

    def find(self, event: Event) -> anchors.Found:
        """The place of a decision event in the transcript."""
        if event.id not in self._found:
            self._found[event.id] = self._look_for(event)
        return self._found[event.id]

    def place(self, event: Event) -> Place:
        """The same as :func:`sverka.ledger.fold.fold` asks for: here if it is found here, else where it was."""
        span = self.find(event).span
        return recorded_place(event) if span is None else (self.transcript.sha256, span.start, span.end)

    def _look_for(self, event: Event) -> anchors.Found:
        assert isinstance(event.content, Ruling)
        decision = event.content.decision
        anchor = decision.anchor
        if event.content.transcript != self.transcript.sha256:
            return anchors.find(anchor, self.transcript.text, decision.replacement)
        # In its own text an anchor is where it says or it is wrong: there is nothing to search for.
        holds = anchors.stands(anchor, self.transcript.text)
        return anchors.Found(Fit.EXACT, anchor.span) if holds else anchors.Found(Fit.LOST)


@dataclass(frozen=True, slots=True)
class Standing:
    """What a ledger says of one transcript.

    ``decisions`` are those in force, anchored in this transcript, in the order of the text; ``lost`` those in force
    whose place is not to be found in it, kept in the ledger and not applied; ``problems`` say why, and name the
    conflicts.
    """

    state: State
    decisions: tuple[Decision, ...]
    lost: tuple[Decision, ...]
    problems: tuple[Problem, ...]


def standing(transcript: Transcript, events: Iterable[Event], locator: Locator | None = None) -> Standing:
    """What ``events`` say of ``transcript``; a ``locator`` kept from the last time saves searching again."""
    locator = locator or Locator(transcript)
    state = fold(events, locator.place)
    here: list[Decision] = []
    lost: list[Decision] = []
    problems = list(state.problems)
    for event in state.in_force:
        decision = decision_of(event)
        found = locator.find(event)
        if found.span is None:
            lost.append(decision)
            problems.append(_not_placed(transcript, decision, found.fit))
        else:
            here.append(replace(decision, anchor=anchors.anchor_at(transcript.text, found.span)))
    problems += (_disagreement(transcript, conflict) for conflict in state.conflicts)
    return Standing(state, tuple(here), tuple(lost), tuple(problems))


def edition(
    transcript: Transcript, decisions: Iterable[Decision], view: View = View.DIPLOMATIC
) -> tuple[Edition, tuple[Problem, ...]]:
    """``transcript`` with those of ``decisions`` applied that change its text in ``view``, and what could not be.

    A decision whose quotation does not stand at its position is left out; of two that overlap, the later is.
    """
    text = transcript.text
    applied: list[Decision] = []
    problems: list[Problem] = []
    for decision in sorted(decisions, key=lambda decision: (decision.at, decision.event)):
        if not decision.changes(view):
            continue
        if not anchors.stands(decision.anchor, text):
            problems.append(_not_placed(transcript, decision, Fit.LOST))
            continue
        # Those applied lie apart, so whatever this one collides with is next to where it belongs.
        index = bisect(applied, decision.anchor.span, key=_span)
        rival = next((d for d in applied[max(0, index - 1) : index + 1] if _collide(_span(d), _span(decision))), None)
        if rival is None:
            applied.insert(index, decision)
        else:
            message = f"{_told(decision)} overlaps the earlier {_told(rival)} and is not applied"
            problems.append(Problem(_line(transcript, decision.anchor.span), message, "undo one of them"))
    return Edition(transcript, tuple(applied), view), tuple(problems)


def _span(decision: Decision) -> Span:
    return decision.anchor.span


def _collide(one: Span, other: Span) -> bool:
    """Whether two changes get in each other's way; of two insertions at one gap nobody can say which comes first."""
    return one == other or one.overlaps(other)


_WHY_NOT_PLACED = {
    Fit.CORRECTED: "is not needed: this text already reads so",
    Fit.AMBIGUOUS: "could stand in several places of this text",
    Fit.LOST: "has lost its place: this text reads differently there",
}


def _not_placed(transcript: Transcript, decision: Decision, fit: Fit) -> Problem:
    message = f"{_told(decision)} {_WHY_NOT_PLACED[fit]}; it is kept, and not applied"
    return Problem(transcript.path, message, "" if fit is Fit.CORRECTED else "decide the place again")


def _disagreement(transcript: Transcript, conflict: Conflict) -> Problem:
    said = "; ".join(_told(decision) for decision in conflict.decisions)
    digest, start, end = conflict.place
    where = _line(transcript, Span(start, end)) if digest == transcript.sha256 else transcript.path
    return Problem(where, f"editors disagree, and nothing is applied: {said}", "decide the place again")


def _told(decision: Decision) -> str:
    """A decision in a few words: “топорь → теперь” by Anna on 2026-01-01."""
    said = visible(decision.anchor.exact[:40])
    if decision.replacement is not None:
        said += f" → {visible(decision.replacement[:40])}"
    else:
        said += f" ({decision.verdict})"
    by = f" by {visible(decision.by)}" if decision.by else ""
    on = f" on {decision.at[:10]}" if decision.at else ""
    return f"decision “{said}”{by}{on}"


def _line(transcript: Transcript, span: Span) -> str:
    line, column = transcript.place(span.start)
    return f"{transcript.path}:{line}:{column}"
