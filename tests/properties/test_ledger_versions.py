"""A ledger gives back the text of every moment: at each of its events, and at every time, however the clocks stood."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from ledger_events import Gathered, standing

from sverka.ledger import Event, Ledger, Version, edition, known, version
from sverka.ledger.locator import Chronicle
from sverka.model import Candidate, Checked, Document, Finding, Rule, Span, Transcript
from sverka.workflow.review import Review

BEGINNING = datetime(2026, 1, 2, tzinfo=UTC)
WORDS = ("топорь", "вместо", "штурмовой", "Конечно")
TRANSCRIPT = Transcript("x.txt", " и ".join(WORDS))
FINDINGS = tuple(
    Finding(
        Span(start := TRANSCRIPT.text.index(word), start + len(word)),
        word,
        Rule.NONWORD,
        0.9,
        "not a word",
        (Candidate(word.upper(), 0.6, "lexicon"),),
        f"{number:012x}",
    )
    for number, word in enumerate(WORDS)
)
CHECKED = Checked(Document(TRANSCRIPT, (), (), ()), FINDINGS)

actions = st.one_of(
    st.tuples(st.sampled_from(["accept", "reject", "defer"]), st.integers(0, len(WORDS) - 1)),
    st.tuples(st.just("amend"), st.integers(0, len(WORDS) - 1)),
    st.tuples(st.sampled_from(["undo", "redo"]), st.just(0)),
)
seconds = st.integers(-1000, 1000)


class Editor:
    """Somebody at a desk, whose clock is set by hand."""

    def __init__(self, path: Path, name: str, clock: Callable[[], datetime]) -> None:
        self.review = Review.open(CHECKED, path, editor=name, clock=clock)

    def act(self, action: tuple[str, int], number: int) -> None:
        """Do it; ``number`` tells one amendment from another."""
        done, place = action
        if done == "undo":
            self.review.undo()
        elif done == "redo":
            self.review.redo()
        else:
            self.review.go(place)
            if done == "amend":
                self.review.amend(f"так{number}")
            else:
                getattr(self.review, done)()


def text(chronicle: Chronicle) -> str:
    return edition(TRANSCRIPT, standing(TRANSCRIPT, chronicle).decisions)[0].text


def written(path: Path) -> list[Event]:
    """All events, as they follow one another in the file."""
    ledger = Ledger(path)
    events = [ledger.event(n) for n in ledger.read().change.new]
    lines = path.read_bytes().splitlines() if path.exists() else []
    return sorted(events, key=lambda event: lines.index(event.line))


@settings(max_examples=40)
@given(st.lists(st.tuples(actions, seconds), max_size=14))
def test_every_event_and_every_time_gives_the_text_of_its_moment(steps: list[tuple[tuple[str, int], int]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "x.jsonl")
        now = BEGINNING
        anna = Editor(path, "Anna", lambda: now)
        shown = {0: anna.review.edition().text}
        for number, (action, later) in enumerate(steps):
            now += timedelta(seconds=later)
            anna.act(action, number)
            # What was done at one stroke stands in several lines; the text between them nobody ever saw.
            shown[len(written(path))] = anna.review.edition().text
        events, ledger = written(path), Ledger.open(path)
        for count in range(1, len(events) + 1):
            at_event = version(ledger, events[count - 1].id)
            assert len(at_event.history) == count
            if count in shown:
                assert text(at_event) == shown[count]
        for event in events:
            # Nothing was written later and seen earlier: what had been written by a time is a beginning of the file.
            at_time = version(ledger, event.at)
            count = len(at_time.history)
            assert {at_time.event(n).id for n in range(count)} == {each.id for each in events[:count]}
            assert count == len(events) or events[count].at > event.at
            if count in shown:
                assert text(at_time) == shown[count]
        assert text(version(ledger, "start")) == TRANSCRIPT.text
        assert text(version(ledger, "now")) == anna.review.edition().text


@settings(max_examples=40)
@given(st.lists(st.tuples(st.integers(0, 1), st.booleans(), actions, seconds), max_size=14))
def test_of_two_editors_an_event_knows_what_its_writer_had_seen(
    steps: list[tuple[int, bool, tuple[str, int], int]],
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "x.jsonl")
        now = BEGINNING
        editors = [Editor(path, name, lambda: now) for name in ("Anna", "Boris")]
        seen: list[set[str]] = [set(), set()]
        shown: dict[str, tuple[str, set[str], set[str]]] = {}
        for number, (who, refreshed, action, later) in enumerate(steps):
            now += timedelta(seconds=later)
            desk = editors[who].review
            if refreshed:
                desk.refresh()
                seen[who] = {event.id for event in written(path)}
            before, had = desk.edition().text, set(seen[who])
            earlier = {event.id for event in written(path)}
            editors[who].act(action, number)
            new = [event.id for event in written(path) if event.id not in earlier]
            for count, identifier in enumerate(new, 1):
                shown[identifier] = before, had, {*new[:count]}
            if new:
                # Having written, one is shown what the other had written meanwhile.
                seen[who] = earlier | {*new}
        ledger = Ledger.open(path)
        by_id = {event.id: event for event in written(path)}
        for event in by_id.values():
            before, had, made = shown[event.id]
            at_event = version(ledger, event.id)
            assert {at_event.event(n).id for n in range(len(at_event.history))} == had | made
            assert text(at_event) == text(Gathered(by_id[identifier] for identifier in had | made))
            before_them = known(ledger, event.id) - {ledger.history.numbered(identifier) for identifier in made}
            assert text(Version(ledger, before_them)) == before
