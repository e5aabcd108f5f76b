"""Who said what before they knew what the others had said."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest
from ledger_findings import every_word

from sverka.export.agreement import Agreement, Consensus, Question, json_line, text_line
from sverka.model import ErrorClass, Transcript, Verdict
from sverka.workflow.agreement import agreement
from sverka.workflow.merging import Pair, merge
from sverka.workflow.records import Record
from sverka.workflow.review import Answer, Review

WORDS = tuple(f"слово{letter}" for letter in "абвг")
TRANSCRIPT = Transcript("x.txt", " ".join(WORDS))
CHECKED = every_word(TRANSCRIPT)


class Desk:
    """An editor with a copy of their own."""

    def __init__(self, folder: Path, name: str) -> None:
        self.name = name
        self.path = folder / f"{name}.jsonl"

    def say(self, answers: Iterable[str | None]) -> None:
        """The answers for the places from the first; None: no answer, “-”: rejected, “?”: later."""
        review = Review.open(CHECKED, self.path, editor=self.name)
        for index, answer in enumerate(answers):
            review.go(index)
            match answer:
                case None:
                    pass
                case "-":
                    review.reject()
                case "?":
                    review.defer()
                case "undo":
                    review.undo()
                case _:
                    review.amend(answer)

    def call(self, place: int, answer: str, error_class: ErrorClass) -> None:
        review = Review.open(CHECKED, self.path, editor=self.name)
        (item,) = review.named(CHECKED.findings[place].id)
        review.record([review.decision(item, Answer(Verdict.ACCEPT, answer, error_class))])

    def learn_of(self, *others: Desk) -> None:
        for other in others:
            merge(Pair(self.path, other.path))


@pytest.fixture
def anna(tmp_path: Path) -> Desk:
    return Desk(tmp_path, "Anna")


@pytest.fixture
def boris(tmp_path: Path) -> Desk:
    return Desk(tmp_path, "Boris")


@pytest.fixture
def clara(tmp_path: Path) -> Desk:
    return Desk(tmp_path, "Clara")


def figures(*desks: Desk) -> dict[tuple[object, ...], tuple[int, int]]:
    """Places and how many were judged alike, by editors and question."""
    desks[0].learn_of(*desks[1:])
    found = agreement([Record.open(TRANSCRIPT, desks[0].path)])
    return {(*f.editors, f.question.value): (f.places, f.agreed) for f in found if isinstance(f, Agreement)}


def test_places_that_both_judged_are_compared(anna: Desk, boris: Desk) -> None:
    anna.say(["а", "б", "-", "г"])
    boris.say(["а", "в", "г", None])
    assert figures(anna, boris) == {("Anna", "Boris", "verdict"): (3, 2), ("Anna", "Boris", "statement"): (3, 1)}


def test_the_class_belongs_to_the_statement(anna: Desk, boris: Desk) -> None:
    anna.call(0, "а", ErrorClass.SOURCE)
    boris.call(0, "а", ErrorClass.OCR)
    assert figures(anna, boris) == {("Anna", "Boris", "verdict"): (1, 1), ("Anna", "Boris", "statement"): (1, 0)}


def test_what_was_put_off_is_left_out(anna: Desk, boris: Desk) -> None:
    anna.say(["?", "б"])
    boris.say(["а", "?"])
    assert figures(anna, boris) == {}


def test_who_had_seen_the_others_word_is_no_independent_judge(anna: Desk, boris: Desk) -> None:
    anna.say(["а"])
    boris.learn_of(anna)
    boris.say(["а", "б"])
    anna.say([None, "б"])
    assert figures(anna, boris) == {("Anna", "Boris", "verdict"): (1, 1), ("Anna", "Boris", "statement"): (1, 1)}


def test_what_was_settled_later_does_not_change_what_was_said_blind(anna: Desk, boris: Desk) -> None:
    anna.say(["а"])
    boris.say(["-"])
    expected = {("Anna", "Boris", "verdict"): (1, 0), ("Anna", "Boris", "statement"): (1, 0)}
    assert figures(anna, boris) == expected
    boris.learn_of(anna)
    boris.say(["а"])
    anna.learn_of(boris)
    assert figures(anna, boris) == expected
    # Nor does taking it back with the other's word in view.
    anna.say(["undo"])
    anna.say(["undo"])
    assert figures(anna, boris) == expected


def test_a_slip_that_was_mended_blind_does_not_count(anna: Desk, boris: Desk) -> None:
    anna.say(["-"])
    anna.say(["а"])
    boris.say(["-", "-"])
    boris.say([None, "undo"])
    boris.say(["а"])
    anna.say([None, "б"])
    assert figures(anna, boris) == {("Anna", "Boris", "verdict"): (1, 1), ("Anna", "Boris", "statement"): (1, 1)}


def test_three_editors(anna: Desk, boris: Desk, clara: Desk) -> None:
    anna.say(["а", "-", "в"])
    boris.say(["а", "-", "-"])
    clara.say(["а", "б"])
    found = figures(anna, boris, clara)
    assert found["Anna", "Boris", "verdict"] == (3, 2)
    assert found["Anna", "Clara", "verdict"] == (2, 1)
    assert found["Boris", "Clara", "statement"] == (2, 1)
    overall = [f for f in agreement([Record.open(TRANSCRIPT, anna.path)]) if isinstance(f, Consensus)]
    assert [(f.editors, f.question, f.places) for f in overall] == [
        (("Anna", "Boris", "Clara"), question, 3) for question in Question
    ]
    # By hand: pairs that agree, in units of 3, 3 and 2 judges: 6/2 + 2/2 + 0; wrong said 5 times of 8, right 3 times.
    assert overall[0].alpha == pytest.approx(1 - (8 - 4) * 7 / (56 - 20 - 6))


def test_one_who_saw_another_counts_only_beside_those_not_seen(anna: Desk, boris: Desk, clara: Desk) -> None:
    anna.say(["а"])
    boris.learn_of(anna)
    boris.say(["а"])
    clara.say(["-"])
    assert set(figures(anna, boris, clara)) == {
        (*editors, question.value) for editors in (("Anna", "Clara"), ("Boris", "Clara")) for question in Question
    }


def test_figures_are_pooled_over_transcripts(anna: Desk, boris: Desk) -> None:
    anna.say(["а", "-"])
    boris.say(["а", "-"])
    anna.learn_of(boris)
    record = Record.open(TRANSCRIPT, anna.path)
    verdict, statement, *_ = agreement([record, record])
    assert (verdict.places, statement.places) == (4, 4)
    assert agreement([]) == ()


def test_the_lines() -> None:
    pair = Agreement(("Anna", "B\x1boris"), Question.VERDICT, 12, 10, 0.65714, 0.2191)
    assert text_line(pair) == (
        "Anna, B␛oris  verdict    12 places  agreed on 10 (0.833)  κ 0.657 (standard error 0.219)"
    )
    undefined = Agreement(("Anna", "Boris"), Question.STATEMENT, 1, 1, None, None)
    assert text_line(undefined).endswith("κ undefined: the same was said of every place")
    assert json_line(undefined) == (
        '{"editors": ["Anna", "Boris"], "question": "statement", "places": 1, "agreed": 1, "agreement": 1.0, '
        '"kappa": null, "standard_error": null}'
    )
    every = Consensus(("Anna", "Boris", "Clara"), Question.VERDICT, 3, None)
    assert text_line(every) == "Anna, Boris, Clara  verdict    3 places  α undefined: the same was said of every place"
    assert json_line(every).endswith('"places": 3, "alpha": null}')
