from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from review_testing import TEXT, checked, clock, desk, finding, recorded

from sverka.errors import LedgerError, UsageError
from sverka.model import (
    Bitext,
    Checked,
    Document,
    Pair,
    Rule,
    Span,
    Transcript,
    Translation,
    Verdict,
)
from sverka.workflow.review import Review


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path / "corrections" / "x.txt.jsonl"


def originals(review: Review) -> list[str]:
    return [item.finding.original for item in review.items]


def here(review: Review) -> tuple[int, str]:
    assert review.current is not None
    return review.index, review.current.finding.original


# What one sees


def test_items_stand_in_the_order_of_the_text(path: Path) -> None:
    review = desk(path)
    assert originals(review) == ["топорь", "вместо", "топорь", "штурмовой", "Конечно"]
    assert [(item.line, item.column) for item in review.items][:3] == [(1, 17), (1, 32), (2, 27)]
    assert here(review) == (0, "топорь")
    assert (review.progress.total, review.progress.remaining) == (5, 5)
    assert review.problems == ()


def test_looking_writes_nothing(path: Path) -> None:
    review = desk(path)
    review.next()
    assert review.undo() == ()
    assert review.redo() == ()
    assert not review.refresh()
    assert review.edition().text == TEXT
    assert not path.parent.exists()


def test_a_document_without_findings(path: Path) -> None:
    review = desk(path, Checked(Document(Transcript("x.txt", "Всё верно."), (), (), ()), ()))
    assert (review.current, review.index, review.items) == (None, 0, ())
    assert not review.next()
    assert not review.previous(undecided=False)
    assert review.similar() == 0
    with pytest.raises(UsageError, match="nothing to decide"):
        review.accept()


def test_the_translation_stands_beside(path: Path) -> None:
    base = checked()
    english = Transcript("x.en.txt", "Let it be waged now.")
    sentence = Span(0, len(TEXT.splitlines()[0]))
    bitext = Bitext(Translation(english, (Span(0, 20),)), (Pair(sentence, Span(0, 20)),))
    review = desk(path, replace(base, bitext=bitext))
    assert [item.beside for item in review.items][:3] == ["Let it be waged now."] * 2 + [""]


# Moving about


def test_moving(path: Path) -> None:
    review = desk(path)
    review.go(1)
    review.reject()
    assert here(review) == (2, "топорь")
    assert review.previous()
    assert here(review)[0] == 0
    assert review.previous()
    assert here(review)[0] == 4
    assert review.next()
    assert here(review)[0] == 0
    assert review.next(undecided=False)
    assert here(review)[0] == 1
    assert review.previous(undecided=False)
    assert not review.previous(undecided=False)
    review.go(4)
    assert not review.next(undecided=False)
    with pytest.raises(UsageError):
        review.go(5)


def test_when_everything_is_decided_one_stays_on_the_last(path: Path) -> None:
    review = desk(path)
    review.go(3)
    for expected in (4, 0, 1, 2, 2):
        review.reject()
        assert review.index == expected
    assert review.progress.remaining == 0
    assert not review.next()
    assert review.next(undecided=False)


def test_what_is_left_for_later_comes_round_again(path: Path) -> None:
    review = desk(path)
    for expected in (1, 2, 3, 4, 0, 1):
        review.defer()
        assert review.index == expected
    assert (review.progress.deferred, review.progress.remaining) == (5, 5)
    for _ in range(4):
        review.reject()
    assert here(review)[0] == 0
    review.defer()
    assert here(review)[0] == 0
    assert review.progress.remaining == 1


# Deciding


def test_every_verdict_is_recorded_and_counted(path: Path) -> None:
    review = desk(path)
    assert review.accept().replacement == "теперь"
    assert review.accept(1).replacement == "иное"
    assert review.amend("топор").verdict is Verdict.AMEND
    assert review.reject().replacement is None
    review.defer()
    progress = review.progress
    assert (progress.accepted, progress.amended, progress.rejected, progress.deferred) == (2, 1, 1, 1)
    assert progress.remaining == 1
    assert review.edition().text == TEXT.replace("топорь", "теперь", 1).replace("вместо", "иное").replace(
        "топорь", "топор"
    )


def test_the_ledger_holds_what_the_specification_says(path: Path) -> None:
    review = desk(path)
    review.accept()
    review.reject()
    opened, first, second = recorded(path)
    assert (opened["kind"], first["kind"], second["kind"]) == ("open", "decision", "decision")
    assert opened["transcript"] == {"path": "x.txt", "sha256": review.transcript.sha256, "length": len(TEXT)}
    assert (opened["parents"], first["parents"], second["parents"]) == ([], [opened["id"]], [first["id"]])
    assert (first["at"], first["by"]) == ("2026-01-02T03:04:05.000Z", "Anna")
    assert (first["confidence"], first["offered"]) == (
        0.9877,
        [{"text": "теперь", "probability": 0.6123}, {"text": "иное", "probability": 0.6123}],
    )
    assert second["replacement"] is None


def test_in_a_project_the_transcript_is_named_by_its_path_in_it(tmp_path: Path) -> None:
    (tmp_path / "sverka.toml").touch()
    name = str(tmp_path / "transcripts" / "x.txt")
    base = checked()
    document = replace(base.document, transcript=Transcript(name, TEXT))
    path = tmp_path / "x.jsonl"
    desk(path, replace(base, document=document)).accept()
    assert recorded(path)[0]["transcript"] == {
        "path": "transcripts/x.txt",
        "sha256": base.document.transcript.sha256,
        "length": len(TEXT),
    }


def test_a_new_decision_takes_the_place_of_the_old_one(path: Path) -> None:
    review = desk(path)
    review.accept()
    review.go(0)
    review.amend("тетерев")
    assert review.progress.accepted == 0
    assert review.edition().text.count("тетерев") == 1
    assert len(recorded(path)) == 3
    assert review.problems == ()


def test_what_cannot_be_said_is_refused(path: Path) -> None:
    bare = finding(TEXT, 0, "Пусть")
    review = desk(path, checked(extra=(bare,)))
    assert here(review)[1] == "Пусть"
    for choice in (0, -1, 7):
        with pytest.raises(UsageError, match="no candidate"):
            review.accept(choice)
    with pytest.raises(UsageError, match="what the transcript says"):
        review.amend("Пусть")
    with pytest.raises(UsageError, match="half a character"):
        review.amend("Пуст\udc8c")
    assert not path.exists()
    assert review.index == 0


def test_a_gap_can_be_filled_and_a_span_emptied(path: Path) -> None:
    gap = finding(TEXT, TEXT.index(" отряд"), "", " пехотный")
    twice = finding(TEXT, TEXT.index(" и взяли"), " и взяли", "")
    review = desk(path, checked(extra=(gap, twice)))
    for item in (gap, twice):
        review.go([each.finding for each in review.items].index(item))
        review.accept()
    assert "штурмовой пехотный отряд" in review.edition().text
    assert "до реки топорь" in review.edition().text
    again = desk(path, checked(extra=(gap, twice)))
    assert again.progress.accepted == 2
    assert again.progress.total == 7


def test_similar_places_still_to_decide(path: Path) -> None:
    review = desk(path)
    assert review.similar() == 1
    review.accept()
    assert review.similar() == 0
    review.go(0)
    assert review.similar() == 1


# Coming back


def test_everything_is_there_again(path: Path) -> None:
    first = desk(path)
    first.accept()
    first.reject()
    first.amend("топор")
    again = desk(path)
    assert again.items == first.items
    assert again.progress == first.progress
    assert again.edition() == first.edition()
    assert here(again) == (3, "штурмовой")


def test_undo_and_redo_work_across_restarts(path: Path) -> None:
    desk(path).accept()
    second = desk(path)
    second.reject()
    third = desk(path)
    (undone,) = third.undo()
    assert undone is not None
    assert undone.verdict is Verdict.REJECT
    assert here(third) == (1, "вместо")
    fourth = desk(path)
    assert len(fourth.undo()) == 1
    assert here(fourth) == (0, "топорь")
    assert fourth.undo() == ()
    assert fourth.edition().text == TEXT
    fifth = desk(path)
    (restored,) = fifth.redo()
    assert restored is not None
    assert restored.replacement == "теперь"
    assert here(fifth) == (0, "топорь")
    assert len(fifth.redo()) == 1
    assert fifth.redo() == ()
    assert (fifth.progress.accepted, fifth.progress.rejected) == (1, 1)
    assert [event["kind"] for event in recorded(path)] == ["open", "decision", "decision", *["retract"] * 4]


def test_a_decision_ends_what_could_be_redone(path: Path) -> None:
    review = desk(path)
    review.accept()
    review.undo()
    review.reject()
    assert review.redo() == ()
    review.undo()
    assert review.undo() == ()


def test_undo_of_a_second_thought_brings_the_first_back(path: Path) -> None:
    review = desk(path)
    review.accept()
    review.go(0)
    review.reject()
    review.undo()
    assert review.items[0].decision is not None
    assert review.items[0].decision.verdict is Verdict.ACCEPT


def test_a_decided_place_where_nothing_is_found_any_more_stays_in_sight(path: Path) -> None:
    desk(path).accept()
    review = desk(path, checked(without="топорь"))
    assert originals(review) == ["топорь", "вместо", "штурмовой", "Конечно"]
    item = review.items[0]
    assert item.settled
    assert (item.finding.rule, item.finding.confidence) == (Rule.NONWORD, 0.9877)
    assert item.finding.candidates[0].text == "теперь"
    assert item.finding.id == checked().findings[0].id
    assert here(review) == (1, "вместо")
    assert "теперь" in review.edition().text


def test_a_decided_place_is_not_asked_again_when_the_text_around_it_changed(path: Path) -> None:
    first = desk(path)
    first.accept()
    first.reject()
    changed = "Вставленная строка.\n" + TEXT.replace("Конечно", "Конечна")
    review = desk(path, checked(changed))
    assert [item.settled for item in review.items] == [True, True, False, False]
    assert review.edition().text == changed.replace("топорь", "теперь", 1)
    review.accept()
    kinds = [event["kind"] for event in recorded(path)]
    assert kinds == ["open", "decision", "decision", "open", "decision"]


def test_a_decision_whose_place_is_gone_is_told_and_kept(path: Path) -> None:
    desk(path).accept()
    other = checked("Совсем другой текст, в котором стоит вместо, и больше ничего.\n")
    review = desk(path, other)
    assert len(review.problems) == 1
    assert "lost its place" in review.problems[0].message
    assert review.progress.total == 1
    assert len(review.undo()) == 1
    assert not any(review.problems)


def test_two_findings_that_overlap_are_told(path: Path) -> None:
    wide = finding(TEXT, TEXT.index("будет топорь"), "будет топорь", "будет теперь")
    review = desk(path, checked(extra=(wide,)))
    review.accept()
    assert here(review)[1] == "топорь"
    review.accept()
    assert len(review.problems) == 1
    assert review.edition().text.startswith("Пусть она будет теперь вестись")


# Two at once


def test_each_session_sees_the_others_lines_on_its_next_action(path: Path) -> None:
    ours, theirs = desk(path), desk(path, editor="Boris")
    ours.accept()
    theirs.go(3)
    theirs.reject()
    assert (theirs.progress.accepted, theirs.progress.rejected) == (1, 1)
    assert ours.progress.rejected == 0
    assert ours.refresh()
    assert not ours.refresh()
    assert ours.progress.rejected == 1
    assert ours.items == theirs.items
    assert here(theirs)[0] == 4


def test_deciding_without_having_seen_the_others_decision_is_a_conflict(path: Path) -> None:
    ours, theirs = desk(path), desk(path, editor="Boris")
    ours.accept()
    theirs.reject()
    for review in (theirs, desk(path)):
        item = review.items[0]
        assert (item.decision, item.settled) == (None, False)
        assert {decision.by for decision in item.disputed} == {"Anna", "Boris"}
        assert review.edition().text == TEXT
        assert "editors disagree" in review.problems[0].message
    theirs.go(0)
    theirs.amend("теперь же")
    review = desk(path)
    assert review.problems == ()
    assert review.items[0].settled
    assert review.items[0].disputed == ()


def test_a_conflict_stays_in_sight_where_nothing_is_found_any_more(path: Path) -> None:
    ours, theirs = desk(path), desk(path, editor="Boris")
    ours.accept()
    theirs.reject()
    review = desk(path, checked(without="топорь"))
    assert here(review) == (0, "топорь")
    assert len(review.items[0].disputed) == 2


def test_the_current_item_stays_current_when_others_appear_before_it(path: Path) -> None:
    ours = desk(path, checked(without="топорь"))
    theirs = desk(path)
    ours.next()
    assert here(ours) == (1, "штурмовой")
    theirs.accept()
    ours.refresh()
    assert here(ours) == (2, "штурмовой")


# When things go wrong


def test_nothing_changes_when_the_ledger_cannot_be_written(path: Path) -> None:
    review = desk(path)
    review.accept()
    before = (review.items, review.index, review.progress)
    kept = path.read_bytes()
    path.unlink()
    path.mkdir()
    for action in (review.accept, review.reject, review.undo):
        with pytest.raises(LedgerError):
            action()
        assert (review.items, review.index, review.progress) == before
    path.rmdir()
    path.write_bytes(kept)
    review.refresh()
    review.accept()
    assert desk(path).progress.accepted == 2


def test_a_broken_line_costs_nothing_else(path: Path) -> None:
    desk(path).accept()
    with path.open("ab") as file:
        file.write(b"<<<<<<< HEAD\n")
    review = desk(path)
    assert [problem.place for problem in review.problems] == [f"{path}:3"]
    review.reject()
    assert desk(path).progress.remaining == 3


def test_a_clock_that_goes_backwards_changes_nothing(path: Path) -> None:
    times = iter([clock(), clock() - timedelta(days=400)])
    review = Review.open(checked(), path, editor="Anna", clock=lambda: next(times))
    review.accept()
    review.go(0)
    review.reject()
    assert review.items[0].decision is not None
    assert review.items[0].decision.verdict is Verdict.REJECT


def test_to_look_for_news_before_there_is_a_ledger_does_no_harm(path: Path) -> None:
    review = desk(path)
    assert not review.refresh()
    review.accept()
    assert review.progress.accepted == 1
