from __future__ import annotations

from pathlib import Path

import pytest
from review_testing import TEXT, WORDS, checked, clock, desk

from sverka.ledger import Event, Fit, Ledger, Rebase, Writer
from sverka.model import Transcript
from sverka.workflow.rebasing import Rebased, rebase, record
from sverka.workflow.records import Record

AGAIN = "Письмо\n\n" + TEXT.replace("отстал", "отставал").replace("вместо", "вместе")


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path / "corrections" / "x.txt.jsonl"


def read_again(path: Path, text: str = AGAIN, *, again: bool = False) -> Rebased:
    """The transcript of the same name, read again, with what is due put on record."""
    ledger = Ledger.open(path)
    rebased = rebase(Transcript("letters/x.txt", text), ledger, again=again)
    if rebased.due:
        record(rebased, ledger, editor="Boris", at=clock())
    return rebased


def events(path: Path, kind: str) -> list[Event]:
    return [event for event in Ledger.open(path).events() if event.kind == kind]


def decide_all(path: Path) -> None:
    review = desk(path)
    for _ in range(4):
        review.accept()
    review.reject()  # Конечно


def test_each_decision_is_told_what_became_of_it(path: Path) -> None:
    decide_all(path)
    rebased = read_again(path)
    assert [(o.decision.anchor.exact, o.fit) for o in rebased.outcomes] == [
        ("топорь", Fit.MOVED),
        ("вместо", Fit.CORRECTED),
        ("топорь", Fit.MOVED),
        ("штурмовой", Fit.MOVED),
        ("Конечно", Fit.MOVED),
    ]
    (event,) = events(path, "rebase")
    assert event.by == "Boris"
    content = event.content
    assert isinstance(content, Rebase)
    assert (content.old, content.new) == (Transcript("", TEXT).sha256, Transcript("", AGAIN).sha256)
    assert [span.of(AGAIN) for span in sorted(content.moved.values())] == ["топорь", "топорь", "штурмовой", "Конечно"]


def test_what_was_decided_is_not_asked_again(path: Path) -> None:
    decide_all(path)
    read_again(path)
    review = desk(path, checked(AGAIN))
    assert [item.finding.original for item in review.items] == ["топорь", "топорь", "штурмовой", "Конечно"]
    assert review.progress.remaining == 0
    mended = AGAIN
    for wrong in ("топорь", "штурмовой"):
        mended = mended.replace(wrong, WORDS[wrong])
    assert review.edition().text == mended


def test_the_same_holds_before_it_is_put_on_record(path: Path) -> None:
    decide_all(path)
    before = desk(path, checked(AGAIN)).edition().text
    read_again(path)
    assert desk(path, checked(AGAIN)).edition().text == before


def test_a_second_time_there_is_nothing_to_put_on_record(path: Path) -> None:
    decide_all(path)
    read_again(path)
    assert not read_again(path).due
    assert len(events(path, "rebase")) == 1
    assert read_again(path, again=True).due
    assert len(events(path, "rebase")) == 2


def test_a_decision_without_a_place_is_kept_and_not_applied(path: Path) -> None:
    decide_all(path)
    other = "Совсем другое письмо.\n"
    rebased = read_again(path, other)
    assert {outcome.fit for outcome in rebased.outcomes} == {Fit.LOST}
    assert not any(outcome.settled for outcome in rebased.outcomes)
    record_ = Record.open(Transcript("letters/x.txt", other), path)
    assert record_.edition()[0].text == other
    assert len(record_.standing.lost) == 5
    # The first reading comes back, and so do they.
    assert desk(path).progress.remaining == 0


def test_a_reading_of_a_reading_is_found_too(path: Path) -> None:
    decide_all(path)
    read_again(path)
    third = AGAIN.replace("Письмо", "Второе письмо").replace("давно", "недавно")
    rebased = read_again(path, third)
    assert rebased.old == Transcript("", AGAIN).sha256
    assert {outcome.fit for outcome in rebased.outcomes} == {Fit.MOVED, Fit.CORRECTED}
    assert desk(path, checked(third)).progress.remaining == 0


def test_undo_reaches_behind_a_rebase(path: Path) -> None:
    desk(path).accept()
    read_again(path)
    review = desk(path, checked(AGAIN))
    assert len(review.undo()) == 1
    assert review.edition().text == AGAIN
    review.redo()
    assert review.edition().text == AGAIN.replace("топорь", "теперь", 1)


def test_a_rebase_that_points_at_another_text_is_not_believed(path: Path) -> None:
    desk(path).accept()
    ledger = Ledger.open(path)
    rebased = rebase(Transcript("letters/x.txt", AGAIN), ledger)
    (outcome,) = rebased.outcomes
    assert outcome.found.span is not None
    writer = Writer(ledger.history.heads, at=clock(), by="Clara")
    moved = {outcome.event.id: outcome.found.span.shifted(-3)}
    writer.rebase(Rebase(rebased.old, rebased.transcript.sha256, len(AGAIN), moved))
    ledger.append(writer.events)
    assert desk(path, checked(AGAIN)).edition().text == AGAIN.replace("топорь", "теперь", 1)


def test_without_decisions_there_is_nothing_to_do(path: Path) -> None:
    rebased = read_again(path)
    assert (rebased.due, rebased.outcomes) == (False, ())
    assert not path.exists()
