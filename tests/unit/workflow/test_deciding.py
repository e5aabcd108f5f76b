from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from review_testing import TEXT, checked, desk, recorded

from sverka.errors import LedgerError, UsageError
from sverka.model import Checked, Decision, ErrorClass, Problem, Transcript, Verdict
from sverka.workflow.deciding import Reach, Recorded, Said, decide, look_through
from sverka.workflow.review import Answer, Review

HERE = Reach()
SERIES = Reach(series=True)


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path / "corrections" / "x.txt.jsonl"


def named(document: Checked, name: str) -> Checked:
    transcript = document.document.transcript
    return replace(document, document=replace(document.document, transcript=Transcript(name, transcript.text)))


def another(path: Path, text: str = TEXT) -> Review:
    return desk(path.with_name("y.txt.jsonl"), named(checked(text), "letters/y.txt"))


def said(review: Review, index: int, *answer: Verdict | str, error_class: ErrorClass = ErrorClass.OCR) -> Said:
    verdict, *text = answer
    assert isinstance(verdict, Verdict)
    return Said(review.items[index].finding.id, Answer(verdict, str(text[0]) if text else None, error_class))


def done(reviews: list[Review], what: Said, reach: Reach = HERE) -> list[Recorded]:
    found = list(decide(reviews, what, reach))
    assert all(isinstance(each, Recorded) for each in found)
    return [each for each in found if isinstance(each, Recorded)]


def one(review: Review, what: Said) -> Decision:
    (each,) = done([review], what)
    return each.decision


def test_scripts_decide_by_id(path: Path) -> None:
    review = desk(path)
    assert one(review, said(review, 0, Verdict.ACCEPT)).replacement == "теперь"
    assert one(review, said(review, 1, Verdict.ACCEPT, "иное")).verdict is Verdict.ACCEPT
    assert one(review, said(review, 2, Verdict.ACCEPT, "топор")).verdict is Verdict.AMEND
    short = Said(review.items[3].finding.id[:6], Answer(Verdict.REJECT, note="checked on the page"))
    assert one(review, short).note == "checked on the page"
    assert review.index == 0
    assert review.progress.remaining == 1


def test_an_error_of_the_page_is_noted_and_stays_in_the_text(path: Path) -> None:
    review = desk(path)
    one(review, said(review, 0, Verdict.ACCEPT, error_class=ErrorClass.SOURCE))
    one(review, said(review, 1, Verdict.AMEND, "вмѣсто", error_class=ErrorClass.NORMALISATION))
    assert [decision.error_class for decision in review.decisions] == [ErrorClass.SOURCE, ErrorClass.NORMALISATION]
    assert review.edition().text == TEXT
    assert [event["class"] for event in recorded(path)[1:]] == ["source", "normalisation"]


def test_an_unknown_id_names_the_nearest(path: Path) -> None:
    review = desk(path)
    known = review.items[2].finding.id
    wrong = known[:-1] + ("0" if known[-1] != "0" else "1")
    for identifier, told in ((wrong, known), ("zz", "no finding zz"), ("", "no finding")):
        with pytest.raises(UsageError, match=told):
            look_through([review], [Said(identifier, Answer(Verdict.REJECT))], HERE)


def test_an_id_of_several_places_is_not_guessed(path: Path) -> None:
    base = checked()
    same = tuple(replace(finding, id="0123456789ab") for finding in base.findings)
    review = desk(path, replace(base, findings=same))
    with pytest.raises(UsageError, match="means 5 findings"):
        look_through([review], [Said("0123456789ab", Answer(Verdict.REJECT))], HERE)
    with pytest.raises(UsageError, match=r"means 2 findings; choose one: .*letters/x.txt:1:17, .*letters/y.txt:1:17"):
        look_through([desk(path), another(path)], [said(desk(path), 0, Verdict.REJECT)], HERE)


@pytest.mark.parametrize(
    ("verdict", "text"), [(Verdict.AMEND, None), (Verdict.REJECT, "теперь"), (Verdict.DEFER, "теперь")]
)
def test_verdicts_take_a_text_or_not(path: Path, verdict: Verdict, text: str | None) -> None:
    review = desk(path)
    with pytest.raises(UsageError):
        look_through([review], [Said(review.items[0].finding.id, Answer(verdict, text))], HERE)
    assert not path.exists()


# Series


def test_a_series_is_decided_at_one_stroke_and_undone_at_one(path: Path) -> None:
    review = desk(path)
    decided = done([review], said(review, 2, Verdict.ACCEPT), SERIES)
    assert [each.decision.anchor.span.start for each in decided] == [16, TEXT.rindex("топорь")]
    assert [each.similar for each in decided] == [0, 0]
    assert review.edition().text == TEXT.replace("топорь", "теперь")
    events = recorded(path)
    assert [event["kind"] for event in events] == ["open", "decision", "decision"]
    assert {event["scope"] for event in events[1:]} == {"document"}
    assert len({event["series"] for event in events[1:]}) == 1
    again = desk(path)
    assert len(again.undo()) == 2
    assert again.edition().text == TEXT
    assert len(desk(path).redo()) == 2
    assert desk(path).edition().text == TEXT.replace("топорь", "теперь")


def test_a_series_leaves_out_exceptions_and_what_is_decided(path: Path) -> None:
    twice = checked(TEXT * 2)
    findings = tuple(replace(finding, id=f"{n:012x}") for n, finding in enumerate(twice.findings))
    review = desk(path, replace(twice, findings=findings))
    places = [index for index, item in enumerate(review.items) if item.finding.original == "топорь"]
    one(review, said(review, places[1], Verdict.REJECT))
    reach = Reach(series=True, exceptions=(review.items[places[3]].finding.id,))
    decided = done([review], said(review, places[0], Verdict.ACCEPT), reach)
    assert [each.decision.anchor.span for each in decided] == [review.items[places[n]].finding.span for n in (0, 2)]
    assert {each.similar for each in decided} == {1}


def test_a_series_goes_through_a_collection(path: Path) -> None:
    ours, theirs = desk(path), another(path, "Взяли топорь и пошли.\n")
    decided = done([ours, theirs], said(ours, 0, Verdict.ACCEPT), SERIES)
    assert [each.review for each in decided] == [ours, ours, theirs]
    assert {each.decision.scope for each in decided} == {"collection"}
    assert theirs.edition().text == "Взяли теперь и пошли.\n"
    # Each ledger is whole by itself: undone in one, it stands in the other.
    assert len(theirs.undo()) == 1
    assert ours.edition().text == TEXT.replace("топорь", "теперь")


def test_a_place_decided_before_is_decided_again_when_it_is_named(path: Path) -> None:
    review = desk(path)
    one(review, said(review, 0, Verdict.REJECT))
    assert len(done([review], said(review, 0, Verdict.ACCEPT), SERIES)) == 2
    assert review.progress.accepted == 2


def test_a_ledger_that_cannot_be_written_does_not_stop_the_others(path: Path) -> None:
    ours, theirs = desk(path), another(path)
    theirs.ledger_path.mkdir(parents=True)
    # Another id, so that the finding named is ours alone.
    first, *rest = ours.checked.findings
    ours = desk(path, replace(ours.checked, findings=(replace(first, id="0" * 12), *rest)))
    results = list(decide([ours, theirs], said(ours, 0, Verdict.ACCEPT), SERIES))
    assert [type(each) for each in results] == [Recorded, Recorded, Problem]
    assert ours.edition().text == TEXT.replace("топорь", "теперь")
    alone = desk(path.with_name("z.jsonl"))
    alone.ledger_path.mkdir()
    with pytest.raises(LedgerError):
        list(decide([alone], said(alone, 0, Verdict.ACCEPT), SERIES))


# Disagreement


def test_a_decision_on_a_disputed_place_names_what_it_settles(path: Path) -> None:
    ours, theirs = desk(path, editor="Anna"), desk(path, editor="Boris")
    ours.accept()
    theirs.reject()
    third = desk(path, editor="Clara")
    contradictory = {decision.event for decision in third.items[0].disputed}
    assert len(contradictory) == 2
    settled = one(third, said(third, 0, Verdict.ACCEPT, "топор"))
    assert set(settled.resolves) == contradictory
    assert third.items[0].disputed == ()
    assert recorded(path)[-1]["resolves"] == list(settled.resolves)
    assert desk(path).edition().text == TEXT.replace("топорь", "топор", 1)
