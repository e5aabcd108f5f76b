"""Decisions in a table: what it shows of a transcript, and what its answers do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeAlias

import pytest

from sverka.errors import UsageError
from sverka.ledger.spreadsheet import Row, encode, read_decisions
from sverka.model import Candidate, Checked, Decision, Document, ErrorClass, Finding, Rule, Span, Transcript, Verdict
from sverka.text.context import finding_id
from sverka.workflow.records import Record
from sverka.workflow.review import Answer, Review
from sverka.workflow.table import answers, rows_for

Plan: TypeAlias = tuple[tuple[Review, tuple[Decision, ...]], ...]

TEXT = "пусть она будет топорь вестись\r\nмы вме-\r\nсто сильнее, и это лишнее слово странно\r\n"
WORDS = {"топорь": ("теперь", "тополь"), "вме-\r\nсто": ("вме-\r\nсте",), "лишнее": ("",), "странно": ()}


def found(text: str = TEXT, *, without: str = "") -> tuple[Finding, ...]:
    findings = []
    for word, candidates in WORDS.items():
        start = text.find(word)
        while start >= 0 and word != without:
            span = Span(start, start + len(word))
            offered = tuple(Candidate(said, 0.6, "lexicon") for said in candidates)
            findings.append(Finding(span, word, Rule.NONWORD, 0.9, "no word", offered, finding_id(text, span)))
            start = text.find(word, start + 1)
    return tuple(sorted(findings, key=lambda finding: finding.span))


def checked(path: str = "letters/x.txt", text: str = TEXT, *, without: str = "") -> Checked:
    return Checked(Document(Transcript(path, text), (), (), ()), found(text, without=without))


def clock() -> datetime:
    return datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


@pytest.fixture
def desk(tmp_path: Path) -> Callable[..., Review]:
    def opened(document: Checked | None = None, *, editor: str = "Anna") -> Review:
        document = document or checked()
        ledger = tmp_path / f"{Path(document.document.transcript.path).name}.jsonl"
        return Review.open(document, ledger, editor=editor, clock=clock)

    return opened


def table(review: Review, document: Checked | None = None) -> list[list[str]]:
    """The cells as an editor sees them, the heading first; none of them holds a comma."""
    record = Record.open(review.transcript, review.ledger_path)
    data = encode(rows_for(document or checked(), record.standing), delimiter="\t")
    text = data.decode("utf-8-sig").replace("\r\n", "\n").replace('"', "")
    text = text.replace("вме-\nсто", "вме-⏎сто").replace("вме-\nсте", "вме-⏎сте")
    return [line.replace("⏎", "\n").split("\t") for line in text.splitlines()]


def rows(cells: list[list[str]]) -> tuple[Row, ...]:
    """The table after a spreadsheet has saved it."""
    text = "\n".join("\t".join(f'"{cell}"' for cell in line) for line in cells)
    return read_decisions(text.encode(), "t.csv")


def decided(cells: list[list[str]], original: str, verdict: str, replacement: str = "", note: str = "") -> None:
    """Write into the row of a finding."""
    (row,) = (row for row in cells[1:] if row[4] == original)
    row[5], row[6], row[8] = verdict, replacement, note


def give(given: Plan) -> list[tuple[str, str, str | None]]:
    """Record it all, and say what that was."""
    recorded = [said for review, decisions in given for said in review.record(decisions)]
    return [(said.anchor.exact, said.verdict.value, said.replacement) for said in recorded]


def decide(review: Review, verdict: Verdict) -> None:
    """Say it of the first place."""
    review.record([review.decision(review.items[0], Answer(verdict))])


def row(finding: Finding, verdict: Verdict, replacement: str | None = None, **others: object) -> Row:
    made = Row(finding.id, finding.original, verdict, replacement, ErrorClass.OCR, "", "letters/x.txt", 7)
    return replace(made, **others)  # type: ignore[arg-type]


def refusal(review: Review, *told: Row) -> str:
    before = review.ledger_path.exists() and review.ledger_path.read_bytes()
    with pytest.raises(UsageError) as raised:
        answers(told, [review], place="t.csv")
    assert raised.value.remedy
    assert (review.ledger_path.exists() and review.ledger_path.read_bytes()) == before
    return str(raised.value)


def test_out_to_a_spreadsheet_and_back(desk: Callable[..., Review]) -> None:
    cells = table(desk())
    assert [line[4:7] for line in cells[1:]] == [
        ["топорь", "", ""],
        ["вме-\nсто", "", ""],
        ["лишнее", "", ""],
        ["странно", "", ""],
    ]
    decided(cells, "топорь", "accept", note="clear")
    decided(cells, "вме-\nсто", "Accept", "вме-\nсте")
    decided(cells, "лишнее", "amend", "лиш-\nнее,")
    decided(cells, "странно", "reject")
    review = desk()
    given = answers(rows(cells), [review], place="t.csv")
    assert not review.ledger_path.exists()
    # Line ends come back as the transcript has them, whatever the spreadsheet made of them.
    assert give(given) == [
        ("топорь", "accept", "теперь"),
        ("вме-\r\nсто", "accept", "вме-\r\nсте"),
        ("лишнее", "amend", "лиш-\r\nнее,"),
        ("странно", "reject", None),
    ]
    assert review.decisions[0].note == "clear"


def test_the_same_table_again_records_nothing(desk: Callable[..., Review]) -> None:
    cells = table(desk())
    decided(cells, "топорь", "accept", note="clear")
    decided(cells, "вме-\nсто", "accept", "вме-\nсте")
    decided(cells, "лишнее", "accept", "∅")
    decided(cells, "странно", "defer")
    assert len(give(answers(rows(cells), [desk()], place="t.csv"))) == 4
    assert answers(rows(cells), [desk()], place="t.csv") == ()
    assert answers(rows(table(desk())), [desk()], place="t.csv") == ()


def test_what_is_not_found_any_more_is_in_the_table_too(desk: Callable[..., Review]) -> None:
    review = desk()
    review.accept(1)
    less = checked(without="топорь")
    cells = table(review, less)
    assert cells[1][4:7] == ["топорь", "accept", "тополь"]
    decided(cells, "топорь", "accept", "теперь")
    assert give(answers(rows(cells), [desk(less)], place="t.csv")) == [("топорь", "accept", "теперь")]


def test_places_with_the_same_words_around_them_are_told_apart(desk: Callable[..., Review]) -> None:
    review = desk(checked(text="раз два три топорь раз два три. " * 3))
    review.accept()
    first = review.items[0].finding
    less = Checked(review.checked.document, tuple(f for f in review.checked.findings if f.span != first.span))
    again = desk(less)
    assert len(again.items) == 3
    record = Record.open(again.transcript, again.ledger_path)
    identifiers = [entry.finding.id for entry in rows_for(less, record.standing)]
    assert identifiers == [item.finding.id for item in again.items]


def test_a_disputed_place_is_undecided(desk: Callable[..., Review]) -> None:
    anna, boris = desk(), desk(editor="Boris")
    anna.accept()
    boris.reject()
    review = desk()
    cells = table(review)
    assert cells[1][4:7] == ["топорь", "", ""]
    decided(cells, "топорь", "accept")
    assert give(answers(rows(cells), [review], place="t.csv")) == [("топорь", "accept", "теперь")]
    assert not review.items[0].disputed


def test_a_row_left_as_it_was_does_not_bring_back_what_was_changed_since(desk: Callable[..., Review]) -> None:
    desk().accept()
    cells = table(desk())
    decide(desk(editor="Boris"), Verdict.REJECT)
    decided(cells, "лишнее", "reject")
    assert give(answers(rows(cells), [desk()], place="t.csv")) == [("лишнее", "reject", None)]
    assert desk().items[0].decision is not None
    assert desk().decisions[0].by == "Boris"


def test_what_somebody_else_has_decided_since_is_not_overridden_unawares(desk: Callable[..., Review]) -> None:
    before = table(desk())
    decided(before, "топорь", "accept", "тополь")
    desk(editor="Boris").accept()
    told = refusal(desk(), *rows(before))
    assert told.startswith(f"t.csv:2: finding {found()[0].id} was decided since the table was written: accept теперь,")
    assert "by Boris" in told
    # What one has decided oneself, or has seen in the table, or was put off, may be decided anew.
    assert answers(rows(before), [desk(editor="Boris")], place="t.csv")
    seen = table(desk())
    decided(seen, "топорь", "accept", "тополь")
    assert answers(rows(seen), [desk()], place="t.csv")
    decide(desk(editor="Boris"), Verdict.DEFER)
    assert answers(rows(before), [desk()], place="t.csv")
    # A table of another program does not say what its writer saw.
    decide(desk(editor="Boris"), Verdict.REJECT)
    assert answers([replace(one, event=None) for one in rows(before)], [desk()], place="t.csv")


def test_the_transcript_is_found_by_its_path_with_what_is_unseen_written_out(desk: Callable[..., Review]) -> None:
    one, other = desk(checked("letters/x.txt")), desk(checked("letters/\x1b[2Jy.txt"))
    finding = found()[0]
    told = (
        row(finding, Verdict.REJECT),
        row(finding, Verdict.DEFER, path="letters/␛[2Jy.txt"),
    )
    given = answers(told, [one, other], place="t.csv")
    assert [(review, said.verdict) for review, (said,) in given] == [(one, Verdict.REJECT), (other, Verdict.DEFER)]
    with pytest.raises(UsageError, match="which is not among the transcripts named"):
        answers(told, [one], place="t.csv")
    with pytest.raises(UsageError, match="does not say which transcript"):
        answers([row(finding, Verdict.REJECT, path="")], [one, other], place="t.csv")
    assert answers([row(finding, Verdict.REJECT, path="")], [one], place="t.csv")


def test_what_is_wrong_is_told_with_its_line_and_nothing_is_recorded(desk: Callable[..., Review]) -> None:
    review = desk()
    first, hyphen, _, lacuna = found()
    good = row(first, Verdict.REJECT)
    assert refusal(review, good, row(replace(first, id="ffff"), Verdict.REJECT)).startswith(
        "t.csv:7: finding ffff is not to be found in letters/x.txt"
    )
    wrong = refusal(review, row(replace(first, original="\x1b[2J"), Verdict.REJECT))
    assert "reads топорь in the transcript, not ␛[2J" in wrong
    assert "has no candidate to accept" in refusal(review, row(lacuna, Verdict.ACCEPT))
    assert "is what the transcript says" in refusal(review, row(first, Verdict.AMEND, "топорь"))
    assert "is what the transcript says" in refusal(review, row(hyphen, Verdict.AMEND, "вме-\nсто"))


def test_two_rows_on_one_place_have_to_agree(tmp_path: Path) -> None:
    first = found()[0]
    second = replace(first, id=f"{first.id}-2", rule=Rule.NAME)
    document = Checked(checked().document, (first, second))
    review = Review.open(document, tmp_path / "x.jsonl", editor="Anna", clock=clock)
    agreeing = (row(first, Verdict.REJECT), row(second, Verdict.REJECT, line=8))
    ((_, said),) = answers(agreeing, [review], place="t.csv")
    assert len(said) == 1
    assert refusal(review, row(first, Verdict.REJECT), row(second, Verdict.DEFER, line=8)).startswith(
        f"t.csv:8: finding {second.id} stands where that of line 7 does"
    )


def test_the_text_reject_is_not_to_reject(desk: Callable[..., Review]) -> None:
    decide(desk(), Verdict.REJECT)
    told = row(found()[0], Verdict.AMEND, "reject")
    assert give(answers([told], [desk()], place="t.csv")) == [("топорь", "amend", "reject")]
