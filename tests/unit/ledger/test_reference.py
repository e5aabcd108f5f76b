"""The program and a reader written from the specification alone make the same of every ledger."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import reference_reader as reference
from hypothesis import given
from hypothesis import strategies as st
from ledger_lines import MALFORMED, Case
from ledger_strategies import events, json_values

from sverka.errors import UsageError
from sverka.ledger import Event, Ledger, Rebase, Tracker, Writer, anchor_at, version
from sverka.ledger.canonical import Json, canonical
from sverka.ledger.codec import parse
from sverka.ledger.fold import Places, State
from sverka.model import Decision, ErrorClass, Rule, Span, Transcript, Verdict

WORDS = ("топорь", "вместо", "лишнее")
OLD = Transcript("x.txt", "a топорь b вместо c лишнее d")
NEW = Transcript("x.txt", "1234567лишнее1234567топорь1234567вместо1234567")
"""Nothing but the words is as it was, so that where no rebase says where a decision stands, no search finds it."""
MORNING = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


class Desk:
    """What some editors write, each on top of what they have seen of the others'."""

    def __init__(self, editors: int) -> None:
        self.known: list[set[str]] = [set() for _ in range(editors)]
        self.written: dict[str, Event] = {}

    def writer(self, editor: int, second: int) -> Writer:
        known = self.known[editor]
        heads = known - {parent for name in known for parent in self.written[name].parents}
        return Writer(sorted(heads), at=MORNING + timedelta(seconds=second), by=["Anna", "Boris", "Clara"][editor])

    def write(self, editor: int, made: Iterable[Event]) -> None:
        for event in made:
            self.written[event.id] = event
            self.known[editor].add(event.id)

    def of_kind(self, editor: int, kind: str) -> list[str]:
        return sorted(name for name in self.known[editor] if self.written[name].kind == kind)


def decision(transcript: Transcript, word: str, answer: int, series: str) -> Decision:
    start = transcript.text.index(word)
    verdict, said = ((Verdict.AMEND, "а"), (Verdict.ACCEPT, "б"), (Verdict.REJECT, None), (Verdict.DEFER, None))[answer]
    return Decision(
        anchor=anchor_at(transcript.text, Span(start, start + len(word))),
        verdict=verdict,
        error_class=ErrorClass.OCR if answer else ErrorClass.SOURCE,
        replacement=said,
        rule=Rule.NONWORD,
        confidence=0.5,
        series=series,
    )


@st.composite
def ledgers(draw: st.DrawFn) -> bytes:
    """The lines that up to three editors wrote, in any order, some of them twice, lost or broken."""
    editors = draw(st.integers(1, 3))
    desk = Desk(editors)
    small = st.integers(0, 3)
    for _ in range(draw(st.integers(0, 14))):
        editor = draw(st.integers(0, editors - 1))
        writer = desk.writer(editor, draw(st.integers(0, 5)))
        action = draw(
            st.sampled_from(["decide", "decide", "decide", "retract", "retract", "tag", "open", "rebase", "look"])
        )
        transcript = draw(st.sampled_from([OLD, OLD, NEW]))
        if action == "decide":
            series = writer.stroke if draw(st.booleans()) else ""
            for word in draw(st.lists(st.sampled_from(WORDS), min_size=1, max_size=2 if series else 1)):
                writer.decide(transcript.sha256, decision(transcript, word, draw(small), series))
        elif action == "retract" and desk.known[editor]:
            series = writer.stroke if draw(st.booleans()) else ""
            known = st.sampled_from(sorted(desk.known[editor]))
            for target in draw(st.lists(known, min_size=1, max_size=2 if series else 1, unique=True)):
                writer.retract(target, series=series)
        elif action == "tag":
            writer.tag(draw(st.sampled_from(["first", "second"])))
        elif action == "open":
            writer.open("x.txt", transcript)
        elif action == "rebase":
            writer.rebase(draw(rebases(desk, desk.of_kind(editor, "decision"))))
        elif action == "look":
            desk.known[editor] |= desk.known[draw(st.integers(0, editors - 1))]
        desk.write(editor, writer.events)
    lines = [event.line for event in desk.written.values()]
    lines = draw(st.permutations(lines + draw(st.lists(st.sampled_from(lines), max_size=2)) if lines else lines))
    lines = [line for line in lines if draw(st.integers(0, 9)) != 0]
    broken = draw(st.lists(st.sampled_from([b"", b"{}", b"\xff", b'{"v":1,', b"\r"]), max_size=2))
    # Mostly each on a line of its own; but programs that join files lose line feeds, and writes are cut off.
    ends = st.sampled_from([*[b"\n"] * 12, b"", b" "])
    cut = st.sampled_from([*[0] * 12, 1, 100])
    return b"".join(line[: -draw(cut) or None] + draw(ends) for line in draw(st.permutations([*lines, *broken])))


@st.composite
def rebases(draw: st.DrawFn, desk: Desk, known: list[str]) -> Rebase:
    outcomes: dict[str, list[str]] = {name: [] for name in ("moved", "corrected", "ambiguous", "lost", "none")}
    for name in known:
        outcomes[draw(st.sampled_from(["moved", "moved", *outcomes]))].append(name)
    moved = {}
    for name in outcomes["moved"]:
        word = json.loads(desk.written[name].line)["anchor"]["exact"]
        # Sometimes to where it does not stand: then the rebase is not believed.
        start = NEW.text.index(word) + draw(st.sampled_from([0, 0, 0, 1]))
        moved[name] = Span(start, start + len(word))
    lists = (tuple(outcomes[name]) for name in ("corrected", "ambiguous", "lost"))
    return Rebase(OLD.sha256, NEW.sha256, len(NEW.text), moved, *lists)


def ids(found: Iterable[Event]) -> set[str]:
    return {event.id for event in found}


def same(state: State, said: reference.Ledger, digest: str = "", text: str = "") -> None:
    in_force, conflicts = said.standing(digest, text)
    assert ids(state.in_force) == in_force
    assert {frozenset(ids(conflict.events)) for conflict in state.conflicts} == conflicts
    assert set(state.heads) == said.heads
    assert ids(state.undoable) == said.undo
    assert ids(state.redoable) == said.redo


@given(ledgers())
def test_both_say_the_same(data: bytes) -> None:
    read = reference.read(data)
    said = reference.Ledger(read.events)
    with TemporaryDirectory() as folder:
        path = Path(folder, "x.jsonl")
        path.write_bytes(data)
        ledger = Ledger.open(path)
        history = ledger.history
        assert ids(ledger.events()) == set(said.events)
        lines = [int(problem.place.rpartition(":")[2]) for problem in ledger.problems]
        assert (lines[: len(read.wrong)], len(lines) - len(read.wrong)) == (read.wrong, read.torn)
        assert {lost for lost, _, _ in history.missing} == said.missing
        assert [event.id for event in ledger.events()] == sorted(said.events, key=lambda i: said.rank(said.events[i]))
        same(Places(history, ledger.event).state(), said)
        for transcript in (OLD, NEW):
            same(Tracker(transcript, ledger).standing().state, said, transcript.sha256, transcript.text)
        for name in said.events:
            at = version(ledger, name)
            same(Places(at.history, at.event).state(), said.at_event(name))
        for name in ("first", "second"):
            expected = said.at_tag(name)
            if expected is not None:
                at = version(ledger, name)
                same(Places(at.history, at.event).state(), expected)
            else:
                with pytest.raises(UsageError):
                    version(ledger, name)
        for second in range(7):
            moment = f"2026-01-02T03:04:{4 + second:02}.000Z"
            at = version(ledger, moment)
            same(Places(at.history, at.event).state(), said.at_moment(moment))


@given(events())
def test_both_read_what_the_program_writes(made: Event) -> None:
    assert reference.event_in(made.line) is not None


@pytest.mark.parametrize("case", MALFORMED, ids=lambda case: case.line[-60:])
def test_both_refuse_what_is_malformed(case: Case) -> None:
    assert reference.event_in(case.line) is None


@given(json_values)
def test_both_have_one_canonical_form(value: Json) -> None:
    assert reference.canonical(value).encode("utf-8", "backslashreplace") == canonical([value])[1:-1]


@given(st.binary(max_size=40) | json_values.map(json.dumps).map(str.encode))
def test_both_refuse_what_is_no_event(line: bytes) -> None:
    assert (reference.event_in(line) is None) == (not isinstance(parse(line, ""), Event))
