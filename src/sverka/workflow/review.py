"""The review of one transcript without a screen: what is to be decided, what was, and the ledger behind it.

A screen or a command asks :class:`Review` for items and calls ``accept``, ``reject``, ``undo`` …; every answer is in
the ledger, on the disk, before the call returns. When it cannot be written, the call raises LedgerError and nothing
has changed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeAlias

from sverka.errors import UsageError
from sverka.ledger import Event, Ledger, News, Retraction, Ruling, Standing, Tracker, Writer, anchor_at, edition
from sverka.ledger.fold import decision_of
from sverka.model import (
    Checked,
    Decision,
    Edition,
    ErrorClass,
    Finding,
    Offer,
    Problem,
    Span,
    Transcript,
    Verdict,
)
from sverka.workflow.places import places
from sverka.workflow.writing import begun

__all__ = ["Answer", "Item", "Kind", "Progress", "Review"]

Kind: TypeAlias = tuple[str, str | None]
"""What the places of a series share: the original and the first candidate."""

_MENDING = frozenset({Verdict.ACCEPT, Verdict.AMEND})
_SETTLED = frozenset({Verdict.ACCEPT, Verdict.AMEND, Verdict.REJECT})
_DIGITS = 4
"""Decimal places of a probability in the ledger; what lies beyond is no knowledge."""
_SHORTEST_ID = 4
"""The fewest digits of a finding's id that may stand for the whole."""


@dataclass(frozen=True, slots=True)
class Item:
    """One place to decide or decided.

    ``decision`` is the one in force, anchored in this transcript; ``line`` and ``column`` are 1-based, the column in
    code points; ``beside`` is the translation of the sentence, or empty. ``disputed`` holds the decisions of editors
    who disagree here without having seen each other's: then there is no decision until somebody makes one.
    """

    finding: Finding
    decision: Decision | None
    line: int
    column: int
    beside: str
    disputed: tuple[Decision, ...] = ()

    @property
    def settled(self) -> bool:
        """Whether the place is decided; one left for later is not."""
        return self.decision is not None and self.decision.verdict in _SETTLED

    @property
    def kind(self) -> Kind:
        """What it shares with the other places of its series."""
        candidates = self.finding.candidates
        return self.finding.original, candidates[0].text if candidates else None


@dataclass(frozen=True, slots=True)
class Answer:
    """What an editor says of a finding.

    ``text`` is what belongs there: with ``accept``, None means the first candidate, and a text that no candidate has
    makes it an amendment. ``error_class`` says whose error it is.
    """

    verdict: Verdict
    text: str | None = None
    error_class: ErrorClass = ErrorClass.OCR
    note: str = ""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the review is, in items; ``remaining`` are those not settled, the deferred among them."""

    total: int
    accepted: int
    amended: int
    rejected: int
    deferred: int

    @property
    def remaining(self) -> int:
        """Items that are not settled."""
        return self.total - self.accepted - self.amended - self.rejected


def _utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class _View:
    """What the session shows, worked out from the ledger's events and replaced as a whole when they change."""

    standing: Standing
    items: tuple[Item, ...]
    edition: Edition
    problems: tuple[Problem, ...]


class Review:
    """A session on one checked transcript and its ledger.

    There is a current item (``index``) as long as there are items; decisions are made on it.
    """

    def __init__(self, checked: Checked, ledger: Ledger, *, editor: str, clock: Callable[[], datetime]) -> None:
        """:meth:`open` is the way to make one; this reads nothing."""
        self.checked = checked
        self._ledger = ledger
        self._editor = editor
        self._clock = clock
        self._tracker = Tracker(self.transcript, ledger)
        self._setting: dict[Span, tuple[int, int, str]] = {}
        self._view = self._viewed()
        self._index = self._next_open(-1) or 0

    @classmethod
    def open(
        cls, checked: Checked, ledger_path: Path, *, editor: str, clock: Callable[[], datetime] = _utc_now
    ) -> Review:
        """The session at its first undecided item. LedgerError where there is a ledger that cannot be read.

        A ledger that does not exist is made by the first decision, not by looking.
        """
        return cls(checked, Ledger.open(ledger_path), editor=editor, clock=clock)

    @property
    def transcript(self) -> Transcript:
        """The text under review."""
        return self.checked.document.transcript

    @property
    def ledger_path(self) -> Path:
        """Where the decisions are kept."""
        return self._ledger.path

    @property
    def items(self) -> tuple[Item, ...]:
        """Every finding, and every decided place where nothing is found now, in the order of the text."""
        return self._view.items

    @property
    def index(self) -> int:
        """The current item's position among ``items``; 0 where there are none."""
        return self._index

    @property
    def current(self) -> Item | None:
        """The item that decisions are made on."""
        return self.items[self._index] if self.items else None

    @property
    def progress(self) -> Progress:
        """How far the review is."""
        verdicts = [item.decision.verdict for item in self.items if item.decision]
        return Progress(
            total=len(self.items),
            accepted=verdicts.count(Verdict.ACCEPT),
            amended=verdicts.count(Verdict.AMEND),
            rejected=verdicts.count(Verdict.REJECT),
            deferred=verdicts.count(Verdict.DEFER),
        )

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Lines of the ledger that do not count, decisions without a place, disagreements, overlaps."""
        return (*self._ledger.problems, *self._view.problems)

    @property
    def decisions(self) -> tuple[Decision, ...]:
        """The decisions in force that have their place in this transcript, in the order of the text."""
        return self._view.standing.decisions

    @property
    def editor(self) -> str:
        """Who decides."""
        return self._editor

    def recorded(self, event: str) -> Decision | None:
        """What the decision event with this id says, whether or not it counts; None where there is none."""
        number = self._ledger.history.number(event)
        content = None if number is None else self._ledger.event(number).content
        return content.decision if isinstance(content, Ruling) else None

    def edition(self) -> Edition:
        """The transcript with the decisions applied."""
        return self._view.edition

    def similar(self) -> int:
        """How many other undecided items have the current one's original and first candidate."""
        current = self.current
        return sum(item is not current for item in self.alike(current.kind)) if current else 0

    def alike(self, kind: Kind) -> tuple[Item, ...]:
        """The undecided items with this original and first candidate, in the order of the text."""
        return tuple(item for item in self.items if not item.settled and item.kind == kind)

    # Moving about

    def go(self, index: int) -> None:
        """Make ``items[index]`` current; UsageError where there is no such item."""
        if not 0 <= index < len(self.items):
            raise UsageError(f"there is no item {index + 1}", remedy=f"there are {len(self.items)}")
        self._index = index

    def next(self, *, undecided: bool = True) -> bool:
        """Move to the next undecided item, after the last one to the first; or simply to the next. False: stayed."""
        if undecided:
            return self._move_to(self._next_open(self._index))
        return self._move_to(self._index + 1 if self._index + 1 < len(self.items) else None)

    def previous(self, *, undecided: bool = True) -> bool:
        """Move to the previous undecided item, before the first one to the last; or simply to the previous."""
        if undecided:
            return self._move_to(self._next_open(self._index, backwards=True))
        return self._move_to(self._index - 1 if self._index > 0 else None)

    def _move_to(self, index: int | None) -> bool:
        if index is None:
            return False
        self._index = index
        return True

    def _next_open(self, start: int, *, backwards: bool = False) -> int | None:
        """The undecided item nearest after ``start``, going round; never ``start`` itself."""
        after = [*range(start + 1, len(self.items)), *range(max(start, 0))]
        if backwards:
            after.reverse()
        return next((index for index in after if not self.items[index].settled), None)

    # Deciding

    def accept(self, choice: int = 0) -> Decision:
        """The page says what candidate ``choice`` says (0 is the first)."""
        item = self._required()
        candidates = item.finding.candidates
        if not 0 <= choice < len(candidates):
            offered = f"candidates: {len(candidates)}" if candidates else "type what the page says instead"
            raise UsageError(f"there is no candidate {choice + 1} here", remedy=offered)
        return self._answer(Answer(Verdict.ACCEPT, candidates[choice].text))

    def amend(self, text: str, error_class: ErrorClass = ErrorClass.OCR) -> Decision:
        """The page says ``text``; or it is wrong and means that, or spells that in the way of its day."""
        return self._answer(Answer(Verdict.AMEND, text, error_class))

    def reject(self) -> Decision:
        """The transcript is right."""
        return self._answer(Answer(Verdict.REJECT))

    def defer(self) -> Decision:
        """Left for later."""
        return self._answer(Answer(Verdict.DEFER))

    def _required(self) -> Item:
        if self.current is None:
            raise UsageError("there is nothing to decide")
        return self.current

    def named(self, identifier: str) -> tuple[Item, ...]:
        """The items whose finding has this id, or an id that begins so: four digits of it or more."""
        if len(identifier) < _SHORTEST_ID:
            return ()
        return tuple(item for item in self.items if item.finding.id.startswith(identifier))

    @property
    def strokes(self) -> int:
        """How often :meth:`undo` finds something to take back."""
        counting = map(self._ledger.event, self._ledger.history.counting("decision"))
        return len({decision_of(event).series or event.id for event in counting})

    @property
    def stroke(self) -> str:
        """A name for the series that is recorded next."""
        return self._writer().stroke

    def _answer(self, answer: Answer) -> Decision:
        (decision,) = self.record([self.decision(self._required(), answer)])
        self._move_to(self._next_open(self._index))
        return decision

    def decision(self, item: Item, answer: Answer) -> Decision:
        """What is to be recorded when ``answer`` is said of ``item``; UsageError where that cannot be said of it."""
        finding = item.finding
        verdict, text = _settled(finding, answer)
        if text is not None and not _is_text(text):
            raise UsageError("the text holds half a character that no file can keep", remedy="type it again")
        if text == finding.original:
            raise UsageError("that is what the transcript says", remedy="reject the finding instead")
        return Decision(
            anchor=anchor_at(self.transcript.text, finding.span),
            verdict=verdict,
            error_class=answer.error_class,
            replacement=text,
            rule=finding.rule,
            confidence=round(finding.confidence, _DIGITS),
            offered=tuple(Offer(c.text, round(c.probability, _DIGITS)) for c in finding.candidates),
            note=answer.note,
            resolves=tuple(sorted(rival.event for rival in item.disputed)),
        )

    def record(self, decisions: Sequence[Decision], *, series: str = "") -> tuple[Decision, ...]:
        """Write ``decisions``, all or none; as they stand in the ledger. The current item stays current.

        Those of one ``series`` are undone at one stroke.
        """
        state = self._view.standing.state
        writer = begun(self.transcript, state.heads, state.opened, at=self._clock(), by=self._editor)
        events = [writer.decide(self.transcript.sha256, replace(each, series=series)) for each in decisions]
        self._record(writer)
        return tuple(map(decision_of, events))

    # Undo and redo

    def undo(self) -> tuple[Decision, ...]:
        """Take back the latest decision that counts, whoever made it and when; its place becomes current.

        Returns that decision, or all that were made at one stroke with it; nothing where there is nothing to undo.
        """
        return self._take_back(self._view.standing.state.undoable)

    def redo(self) -> tuple[Decision, ...]:
        """Bring back what was undone last, unless something was decided since; its place becomes current.

        Returns the decisions that count again; nothing where there is nothing to redo.
        """
        return self._take_back(self._view.standing.state.redoable)

    def _take_back(self, events: Sequence[Event]) -> tuple[Decision, ...]:
        """Retract ``events``, decisions or retractions of them, the latest first; the decisions it is about."""
        if not events:
            return ()
        writer = self._writer()
        series = writer.stroke if len(events) > 1 else ""
        for event in reversed(events):
            writer.retract(event.id, series=series)
        self._record(writer)
        about = [self._ledger.named(e.content.target) if isinstance(e.content, Retraction) else e for e in events]
        decisions = {event.id: self._tracker.locator.here(event) for event in about}
        told = tuple(sorted(decisions.values(), key=lambda decision: decision.anchor.span))
        span = told[0].anchor.span
        self._move_to(next((index for index, item in enumerate(self.items) if item.finding.span == span), None))
        return told

    # The ledger

    def refresh(self) -> bool:
        """Take in what other programs have added to the ledger; whether there was anything."""
        news = self._ledger.read()
        if news:
            self._take_in(news)
        return bool(news)

    def _writer(self) -> Writer:
        # What others have added since is not seen: a decision on the same place is then a conflict, as it should be.
        return Writer(self._view.standing.state.heads, at=self._clock(), by=self._editor)

    def _record(self, writer: Writer) -> None:
        self._take_in(self._ledger.append(writer.events))

    def _take_in(self, news: News) -> None:
        self._tracker.update(news)
        here = self.current
        self._view = self._viewed()
        spans = [item.finding.span for item in self.items]
        if here is not None and here.finding.span in spans:
            # Items come and go before this one; of two on one span, the second stays the second.
            stands = self._index < len(spans) and spans[self._index] == here.finding.span
            self._index = self._index if stands else spans.index(here.finding.span)
        else:
            self._index = min(self._index, max(0, len(spans) - 1))

    def _viewed(self) -> _View:
        found = self._tracker.standing()
        text, overlaps = edition(self.transcript, found.decisions)
        return _View(found, tuple(self._listed(found)), text, (*found.problems, *overlaps))

    def _listed(self, found: Standing) -> Iterable[Item]:
        for place in places(self.checked, found):
            line, column, beside = self._set(place.finding.span)
            yield Item(place.finding, place.decision, line, column, beside, place.disputed)

    def _set(self, span: Span) -> tuple[int, int, str]:
        """Line, column and translation of a place: worked out once, for a transcript never changes."""
        if span not in self._setting:
            line, column = self.transcript.place(span.start)
            bitext = self.checked.bitext
            self._setting[span] = line, column, bitext.beside(span) if bitext else ""
        return self._setting[span]


def _settled(finding: Finding, answer: Answer) -> tuple[Verdict, str | None]:
    """The verdict and the text that an answer comes to."""
    verdict, text = answer.verdict, answer.text
    if verdict not in _MENDING:
        if text is not None:
            raise UsageError(f"to {verdict} takes no text")
        return verdict, None
    offered = [candidate.text for candidate in finding.candidates]
    if verdict is Verdict.AMEND:
        if text is None:
            raise UsageError(f"to {verdict} is to say what the page says")
        return verdict, text
    if text is None and not offered:
        raise UsageError(f"finding {finding.id} has no candidate to accept", remedy="say what the page says")
    text = offered[0] if text is None else text
    return verdict if text in offered else Verdict.AMEND, text


def _is_text(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True
