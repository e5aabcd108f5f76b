"""What holds of every ledger, whatever was done with it."""

from __future__ import annotations

import shutil
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from ledger_events import Gathered, decision_event, fold, read, standing
from ledger_strategies import decisions, ids, json_values, texts

from sverka.ledger import Event, Ledger, anchor_at, edition
from sverka.ledger.anchor import Fit, find, stands
from sverka.ledger.canonical import Json, canonical
from sverka.ledger.codec import encode, outline, parse
from sverka.ledger.event import event_id
from sverka.model import (
    Candidate,
    Checked,
    Decision,
    Document,
    ErrorClass,
    Finding,
    Problem,
    Rule,
    Span,
    Transcript,
    Verdict,
)
from sverka.workflow.review import Review

AT = "2026-01-02T03:04:05.678Z"


@given(decisions(), texts, st.lists(ids, max_size=3))
def test_an_event_reads_back_as_it_was_written(decision: Decision, by: str, parents: list[str]) -> None:
    event = decision_event("0" * 64, decision, at=AT, by=by, parents=parents)
    line = encode(event)
    assert line.count(b"\n") == 1
    back = parse(line[:-1], "")
    assert isinstance(back, Event)
    assert (back, encode(back)) == (event, line)
    assert outline(line[:-1], "") == event.outline


KINDS = {"open", "decision", "retract", "tag", "rebase"}


@given(texts.filter(lambda kind: kind not in KINDS), st.dictionaries(texts, json_values))
def test_kinds_and_fields_nobody_knows_survive(kind: str, rest: dict[str, Json]) -> None:
    fields: dict[str, Json] = {**rest, "v": 1, "kind": kind, "at": AT, "by": "Anna", "parents": []}
    fields["id"] = event_id(fields)
    event = Event(str(fields["id"]), kind, AT, "Anna", (), None, canonical(fields))
    back = parse(encode(event)[:-1], "")
    assert isinstance(back, Event)
    assert canonical(back.fields) == canonical(fields)
    assert encode(back) == encode(event)


@given(st.binary() | texts.map(str.encode))
def test_no_line_raises(line: bytes) -> None:
    read = parse(line, "x:1")
    assert isinstance(read, Event | Problem)
    assert outline(line, "x:1") == (read.outline if isinstance(read, Event) else read)


@given(decisions(), st.data())
def test_no_altered_line_passes_for_the_event(decision: Decision, data: st.DataObject) -> None:
    line = encode(decision_event("0" * 64, decision, at=AT, by="Anna", parents=()))[:-1]
    place = data.draw(st.integers(0, len(line) - 1))
    altered = line[:place] + bytes([data.draw(st.integers(0, 255))]) + line[place + 1 :]
    before, after = parse(line, ""), parse(altered, "")
    # Another way to write the same (a space for a space that was not there) is no alteration.
    assert isinstance(after, Problem) or after == before
    assert outline(altered, "") == (after if isinstance(after, Problem) else after.outline)


@given(st.text("ав \n", max_size=120), st.data())
def test_an_anchor_finds_its_own_place_and_never_another_text(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    span = Span(start, data.draw(st.integers(start, len(text))))
    anchor = anchor_at(text, span)
    assert stands(anchor, text)
    assert find(anchor, text).span == span
    elsewhere = data.draw(st.text("ав \n", max_size=120))
    found = find(anchor, elsewhere)
    if found.span is not None:
        assert found.fit in {Fit.EXACT, Fit.MOVED}
        assert found.span.of(elsewhere).split() == anchor.exact.split()


@given(st.text())
def test_an_empty_ledger_gives_the_transcript(text: str) -> None:
    transcript = Transcript("x.txt", text)
    made, problems = edition(transcript, standing(transcript, Gathered([])).decisions)
    assert (made.text, problems) == (text, ())


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 6), texts), max_size=12))
def test_an_edition_never_applies_two_decisions_to_one_letter(changes: list[tuple[int, int, str]]) -> None:
    transcript = Transcript("x.txt", "абвгдежзиклмнопрстуфхцчшщэюя123456789")
    made = [
        Decision(
            anchor=anchor_at(transcript.text, Span(start, start + length)),
            verdict=Verdict.AMEND,
            error_class=ErrorClass.OCR,
            replacement=said,
            rule=Rule.EDITOR,
            confidence=1.0,
            event=f"{number:032x}",
            at=AT,
        )
        for number, (start, length, said) in enumerate(changes)
    ]
    applied, problems = edition(transcript, made)
    assert len(applied.decisions) + len(problems) == len(made)
    spans = [decision.anchor.span for decision in applied.decisions]
    assert spans == sorted(set(spans))
    assert all(not one.overlaps(other) for one in spans for other in spans if one != other)
    # Each that was left out collides with one decided before it.
    kept = {decision.event for decision in applied.decisions}
    for late in made:
        if late.event not in kept:
            span = late.anchor.span
            assert any(
                early.event < late.event and (early.anchor.span == span or early.anchor.span.overlaps(span))
                for early in applied.decisions
            )


LETTERS = "абвгдежз"
TEXT = " ".join(f"слово{letter} строка{letter}" for letter in LETTERS)
FINDINGS = tuple(
    Finding(
        Span(start := TEXT.index(f"слово{letter}"), start + 6),
        f"слово{letter}",
        Rule.NONWORD,
        0.9,
        "not a word",
        (Candidate(f"чтение{letter}", 0.6, "lexicon"), Candidate("иное", 0.2, "lexicon")),
        f"{number:012x}",
    )
    for number, letter in enumerate(LETTERS)
)
CHECKED = Checked(Document(Transcript("x.txt", TEXT), (), (), ()), FINDINGS)
Answer = tuple[Verdict, str | None]


class Model:
    """What a session is, without a ledger: a list of answers, and a stack of those taken back."""

    def __init__(self) -> None:
        self.done: list[tuple[int, Answer]] = []
        self.undone: list[tuple[int, Answer]] = []

    def decide(self, place: int, answer: Answer) -> None:
        self.done.append((place, answer))
        self.undone.clear()

    def undo(self) -> None:
        if self.done:
            self.undone.append(self.done.pop())

    def redo(self) -> None:
        if self.undone:
            self.done.append(self.undone.pop())

    @property
    def answers(self) -> dict[int, Answer]:
        return dict(self.done)

    @property
    def text(self) -> str:
        said = {place: text for place, (_, text) in self.answers.items() if text is not None}
        words = [f"{said.get(number, f'слово{letter}')} строка{letter}" for number, letter in enumerate(LETTERS)]
        return " ".join(words)


class Sessions(RuleBasedStateMachine):
    """Sessions on one ledger, against the model; every prefix of the ledger is what the model was at that moment."""

    @initialize()
    def begin(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.path = self.folder / "x.jsonl"
        self.now = datetime(2026, 1, 2, tzinfo=UTC)
        self.model = Model()
        self.texts = [TEXT]
        self.review = self.opened()

    def opened(self) -> Review:
        return Review.open(CHECKED, self.path, editor="Anna", clock=lambda: self.now)

    def done(self) -> None:
        """Remember what the text is after the events written since."""
        count = len(read(Ledger(self.path)))
        self.texts += [self.model.text] * (count + 1 - len(self.texts))

    @rule(place=st.integers(0, len(LETTERS) - 1), choice=st.integers(0, 1))
    def accept(self, place: int, choice: int) -> None:
        self.review.go(place)
        said = self.review.accept(choice).replacement
        self.model.decide(place, (Verdict.ACCEPT, said))
        self.done()

    @rule(place=st.integers(0, len(LETTERS) - 1), said=st.text("абв \n", max_size=3))
    def amend(self, place: int, said: str) -> None:
        self.review.go(place)
        self.review.amend(said)
        self.model.decide(place, (Verdict.AMEND, said))
        self.done()

    @rule(place=st.integers(0, len(LETTERS) - 1), later=st.booleans())
    def reject_or_defer(self, place: int, later: bool) -> None:
        self.review.go(place)
        decision = self.review.defer() if later else self.review.reject()
        self.model.decide(place, (decision.verdict, None))
        self.done()

    @rule()
    def undo(self) -> None:
        expected = self.model.done[-1][1] if self.model.done else None
        undone = self.review.undo()
        assert [(each.verdict, each.replacement) for each in undone] == ([expected] if expected else [])
        self.model.undo()
        self.done()

    @rule()
    def redo(self) -> None:
        expected = self.model.undone[-1][1] if self.model.undone else None
        redone = self.review.redo()
        assert [(each.verdict, each.replacement) for each in redone] == ([expected] if expected else [])
        self.model.redo()
        self.done()

    @rule()
    def restart(self) -> None:
        self.review = self.opened()

    @rule(seconds=st.integers(-1000, 1000))
    def turn_the_clock(self, seconds: int) -> None:
        self.now += timedelta(seconds=seconds)

    @rule()
    def tear_the_last_line(self) -> None:
        if self.path.exists():
            with self.path.open("ab") as file:
                file.write(b'{"v":1,"id":"torn')
            self.review = self.opened()

    @invariant()
    def the_session_is_what_the_model_is(self) -> None:
        expected = self.model.answers
        shown = {
            place: (item.decision.verdict, item.decision.replacement)
            for place, item in enumerate(self.review.items)
            if item.decision
        }
        assert shown == expected
        assert self.review.edition().text == self.model.text

    def teardown(self) -> None:
        if not hasattr(self, "folder"):
            return
        events = read(Ledger(self.path))
        for count, text in enumerate(self.texts[: len(events) + 1]):
            found = standing(CHECKED.document.transcript, Gathered(events[:count]))
            made, problems = edition(CHECKED.document.transcript, found.decisions)
            # The open event and the first decision are written at once: between them the text is still the first.
            assert problems == ()
            if count != 1:
                assert made.text == text
        assert fold(reversed(events)) == fold(events)
        shutil.rmtree(self.folder)


TestSessions = Sessions.TestCase
TestSessions.settings = settings(max_examples=40, stateful_step_count=25, deadline=None)
