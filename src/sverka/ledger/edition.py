"""A transcript and its ledger together: which decisions hold on this text, and the text that follows from them."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterable
from dataclasses import dataclass

from sverka.ledger import anchor as anchors
from sverka.ledger.anchor import Fit
from sverka.ledger.event import Event
from sverka.ledger.fold import Conflict, Places, State, decision_of
from sverka.ledger.ledger import News
from sverka.ledger.locator import Chronicle, Locator
from sverka.model import Decision, Edition, Problem, Span, Transcript, View
from sverka.text.visible import visible

__all__ = ["Standing", "Tracker", "edition"]


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


class Tracker:
    """What a ledger says of one transcript, brought up to date as events come in."""

    def __init__(self, transcript: Transcript, chronicle: Chronicle) -> None:
        self._transcript = transcript
        self._chronicle = chronicle
        self._begin()

    def _begin(self) -> None:
        self.locator = Locator(self._transcript, self._chronicle)
        self._places = Places(self._chronicle.history, self._chronicle.event, self.locator.place)
        self._here: dict[str, Decision] = {}

    def update(self, news: News) -> None:
        """Take note of what came into the ledger."""
        if news.anew or news.change.rebased:
            self._begin()
        else:
            self._places.update(news.change.decisions)

    def standing(self) -> Standing:
        """What it says now."""
        state = self._places.state()
        here: list[Decision] = []
        lost: list[Decision] = []
        problems = list(state.problems)
        for event in state.in_force:
            found = self.locator.find(event)
            if found.span is not None:
                here.append(self._anchored(event))
            else:
                lost.append(decision_of(event))
                problems.append(_not_placed(self._transcript, lost[-1], found.fit))
        problems += (_disagreement(self._transcript, conflict) for conflict in state.conflicts)
        return Standing(state, tuple(here), tuple(lost), tuple(problems))

    def _anchored(self, event: Event) -> Decision:
        if event.id not in self._here:
            self._here[event.id] = self.locator.here(event)
        return self._here[event.id]


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
