from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from sverka.errors import UsageError
from sverka.export.events import Told
from sverka.ledger import Event, Ledger, Rebase, Writer, anchor_at
from sverka.model import Decision, ErrorClass, Rule, Span, Transcript, Verdict
from sverka.workflow.log import Log, Wanted
from sverka.workflow.records import Record
from sverka.workflow.versions import check_name, differences, retract_tags, tag, tags

TEXT = "Пусть она будет топорь вестись вместо с народом.\nВторая строка без ошибок, и слов в ней довольно много.\n"
TRANSCRIPT = Transcript("x.txt", TEXT)
AGAIN = Transcript("x.txt", "Заголовок, которого не было, и ещё слова\n" + TEXT)
BEGINNING = datetime(2026, 3, 1, 10, tzinfo=UTC)


class Ledgered:
    """A ledger that is written event by event, a second apart; each sees what is named, else all."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.ledger = Ledger.open(path)
        self.seconds = 0

    def writer(self, by: str, saw: tuple[Event, ...] | None) -> Writer:
        self.seconds += 1
        heads = self.ledger.history.heads if saw is None else tuple(event.id for event in saw)
        return Writer(heads, at=BEGINNING + timedelta(seconds=self.seconds), by=by)

    def add(self, writer: Writer) -> Event:
        self.ledger.append(writer.events)
        return writer.events[-1]

    def decide(
        self,
        word: str,
        said: str | None,
        *,
        by: str = "Anna",
        saw: tuple[Event, ...] | None = None,
        error_class: ErrorClass = ErrorClass.OCR,
        verdict: Verdict | None = None,
    ) -> Event:
        start = TEXT.index(word)
        made = Decision(
            anchor=anchor_at(TEXT, Span(start, start + len(word))),
            verdict=verdict or (Verdict.REJECT if said is None else Verdict.AMEND),
            error_class=error_class,
            replacement=said,
            rule=Rule.NONWORD,
            confidence=0.9,
        )
        writer = self.writer(by, saw)
        writer.decide(TRANSCRIPT.sha256, made)
        return self.add(writer)

    def retract(self, event: Event, *, by: str = "Anna") -> Event:
        writer = self.writer(by, None)
        writer.retract(event.id)
        return self.add(writer)

    def tag(self, name: str, **options: bool) -> Event:
        self.seconds += 1
        at = BEGINNING + timedelta(seconds=self.seconds)
        return tag(self.ledger, name, note="", by="Anna", at=at, **options)

    def rebase(self, moved: dict[str, Span]) -> Event:
        writer = self.writer("Anna", None)
        writer.rebase(Rebase(TRANSCRIPT.sha256, AGAIN.sha256, len(AGAIN.text), moved))
        return self.add(writer)

    def record(self, transcript: Transcript = TRANSCRIPT) -> Record:
        return Record.open(transcript, self.path)


@pytest.fixture
def made(tmp_path: Path) -> Ledgered:
    return Ledgered(tmp_path / "x.jsonl")


def acts(record: Record, **wanted: object) -> list[str]:
    return [_told(event) for event in Log(record).events(Wanted(**wanted))]  # type: ignore[arg-type]


def _told(event: Told) -> str:
    about = event.decision.replacement if event.decision else event.about
    return f"{event.act} {about} {event.status}"


def test_undo_and_redo_say_what_they_took_and_brought_back(made: Ledgered) -> None:
    first = made.decide("топорь", "теперь")
    undo = made.retract(first)
    redo = made.retract(undo)
    made.retract(redo)
    name = made.tag("v")
    made.retract(name)
    assert acts(made.record()) == [
        "decide теперь retracted",
        "undo теперь in force",
        "redo теперь retracted",
        "undo теперь in force",
        "tag v retracted",
        "undo tag v in force",
    ]


def test_long_chains_of_undo_and_redo_are_no_trouble(made: Ledgered) -> None:
    event = made.decide("топорь", "теперь")
    writer = made.writer("Anna", None)
    for _ in range(100):
        event = writer.retract(event.id)
    made.add(writer)
    told = list(Log(made.record()).events(Wanted(limit=1)))
    assert [_told(event) for event in told] == ["redo теперь in force"]


def test_what_is_listed_can_be_narrowed(made: Ledgered) -> None:
    made.decide("топорь", "теперь", by="Boris")
    made.tag("v")
    made.decide("вместо", "вместе", error_class=ErrorClass.SOURCE)
    made.decide("слов", None)
    record = made.record()
    assert acts(record, since="v", limit=1) == ["decide None in force"]
    assert acts(record, until="v", by=("BORIS",)) == ["decide теперь in force"]
    assert acts(record, classes=("source",)) == ["decide вместе in force"]
    assert acts(record, verdicts=("reject", "amend"), by=("Anna",)) == [
        "decide вместе in force",
        "decide None in force",
    ]
    assert acts(record, rules=("name",)) == []
    listed = [entry.decision.replacement for entry in Log(record).decisions(Wanted(limit=2))]
    assert listed == ["вместе", None]
    with pytest.raises(UsageError, match="there is no version w"):
        acts(record, since="w")


def test_each_decision_is_told_with_what_became_of_it(made: Ledgered) -> None:
    made.decide("топорь", "тепер")
    seen = made.decide("топорь", "теперь")
    made.decide("вместо", "вместе", saw=(seen,))
    made.decide("вместо", "вместя", by="Boris", saw=(seen,))
    made.decide("довольно", None, saw=(seen,))
    statuses = [entry.status.value for entry in Log(made.record()).decisions(Wanted())]
    assert statuses == ["replaced", "in force", "disputed", "disputed", "in force"]
    elsewhere = made.record(Transcript("x.txt", TEXT.replace("довольно", "не очень")))
    assert [entry.status.value for entry in Log(elsewhere).decisions(Wanted())][-1] == "lost"


def test_conflicts_name_the_finding_that_settles_them(made: Ledgered) -> None:
    seen = made.decide("топорь", "теперь")
    made.decide("вместо", "вместе", saw=(seen,))
    made.decide("вместо", "вместя", by="Boris", saw=(seen,))
    (conflict,) = Log(made.record()).conflicts()
    assert (conflict.spot.line, conflict.spot.column, conflict.spot.original) == (1, 32, "вместо")
    assert len(conflict.spot.finding) == 12
    assert [said.by for said in conflict.decisions] == ["Anna", "Boris"]
    (lost,) = Log(made.record(Transcript("x.txt", "Другое письмо.\n"))).conflicts()
    assert (lost.spot.line, lost.spot.finding) == (None, "")


def test_one_event_is_told_with_what_followed(made: Ledgered) -> None:
    first = made.decide("топорь", "тепер")
    later = made.decide("топорь", "теперь", by="Boris")
    undo = made.retract(first)
    (whole,) = Log(made.record()).whole(first.id[:8])
    assert [told.id for told in whole.successors] == [later.id]
    assert [told.id for told in whole.retractions] == [undo.id]
    assert Log(made.record()).whole("0" * 32) == ()


# Versions


def changes(record: Record, before: str, after: str) -> list[tuple[str, list[str | None], list[str | None], str]]:
    return [
        (
            difference.spot.original,
            [said.replacement for said in difference.before],
            [said.replacement for said in difference.after],
            difference.event,
        )
        for difference in differences(record, before, after)
    ]


def test_a_difference_is_told_with_what_made_it(made: Ledgered) -> None:
    first = made.decide("топорь", "тепер")
    second = made.decide("топорь", "теперь", by="Boris")
    undo = made.retract(second)
    redo = made.retract(undo, by="Boris")
    record = made.record()
    assert changes(record, "start", first.id) == [("топорь", [], ["тепер"], first.id)]
    assert changes(record, first.id, second.id) == [("топорь", ["тепер"], ["теперь"], second.id)]
    assert changes(record, second.id, undo.id) == [("топорь", ["теперь"], ["тепер"], undo.id)]
    assert changes(record, undo.id, redo.id) == [("топорь", ["тепер"], ["теперь"], redo.id)]
    assert changes(record, second.id, "now") == []
    assert changes(record, "now", "start") == [("топорь", ["теперь"], [], redo.id)]


def test_saying_the_same_again_is_no_difference_and_another_class_is(made: Ledgered) -> None:
    made.decide("топорь", "теперь")
    made.tag("v")
    made.decide("топорь", "теперь", verdict=Verdict.ACCEPT, by="Boris")
    assert changes(made.record(), "v", "now") == []
    noted = made.decide("топорь", "теперь", error_class=ErrorClass.SOURCE)
    assert changes(made.record(), "v", "now") == [("топорь", ["теперь"], ["теперь"], noted.id)]


def test_to_leave_a_place_and_to_keep_it_are_different_things(made: Ledgered) -> None:
    later = made.decide("топорь", None, verdict=Verdict.DEFER)
    kept = made.decide("топорь", None)
    record = made.record()
    assert changes(record, "start", later.id) == [("топорь", [], [None], later.id)]
    assert changes(record, later.id, kept.id) == [("топорь", [None], [None], kept.id)]


def test_two_branches_differ_where_either_has_something_to_say(made: Ledgered) -> None:
    seen = made.decide("топорь", "теперь")
    ours = made.decide("вместо", "вместе", saw=(seen,))
    theirs = made.decide("слов", "слова", by="Boris", saw=(seen,))
    record = made.record()
    assert changes(record, ours.id, theirs.id) == [
        ("вместо", ["вместе"], [], ours.id),
        ("слов", [], ["слова"], theirs.id),
    ]


def test_places_that_only_moved_do_not_differ(made: Ledgered) -> None:
    event = made.decide("топорь", "теперь")
    made.tag("v")
    start = AGAIN.text.index("топорь")
    made.rebase({event.id: Span(start, start + 6)})
    assert changes(made.record(AGAIN), "v", "now") == []
    (difference,) = differences(made.record(AGAIN), "start", "now")
    assert (difference.spot.line, difference.spot.column) == (2, 17)


def test_tags_tell_how_much_was_decided_at_each(made: Ledgered) -> None:
    seen = made.decide("топорь", "теперь")
    made.tag("one")
    ours = made.decide("вместо", "вместе")
    made.tag("two")
    made.decide("слов", "слова", by="Boris", saw=(seen,))
    made.retract(ours)
    made.tag("three")
    boris = Writer((seen.id,), at=BEGINNING + timedelta(seconds=99), by="Boris")
    boris.tag("aside")
    made.ledger.append(boris.events)
    listed = {named.name: named.decisions for named in tags(made.record())}
    assert listed == {"one": 1, "two": 2, "three": 2, "aside": 1}


def test_a_tag_is_moved_only_when_asked(made: Ledgered) -> None:
    made.decide("топорь", "теперь")
    old = made.tag("v")
    made.decide("вместо", "вместе")
    with pytest.raises(UsageError, match="there is a tag v already, by Anna"):
        made.tag("v")
    new = made.tag("v", move=True)
    assert changes(made.record(), old.id, "v") != []
    assert [named.event for named in tags(made.record())] == [new.id]
    assert retract_tags(made.ledger, "v", by="Anna", at=BEGINNING) == 1
    assert retract_tags(made.ledger, "v", by="Anna", at=BEGINNING) == 0
    assert list(tags(made.record())) == []


def test_a_tag_names_what_its_writer_saw_and_not_what_came_meanwhile(made: Ledgered) -> None:
    made.decide("топорь", "теперь")
    mine = Ledger.open(made.path)
    made.decide("вместо", "вместе", by="Boris")
    tag(mine, "v", note="", by="Anna", at=BEGINNING)
    assert [named.decisions for named in tags(made.record())] == [1]


def test_a_name_that_means_something_else_is_refused(made: Ledgered) -> None:
    with pytest.raises(UsageError, match="could be taken for a time"):
        check_name("2026-03-01")
