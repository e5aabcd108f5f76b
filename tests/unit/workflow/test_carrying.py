"""Corrections of another copy in the ledger of this one."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from sverka.export.log import text_line
from sverka.ledger import anchor_at
from sverka.model import Decision, ErrorClass, Origin, Rule, Span, Transcript, Verdict
from sverka.workflow.carrying import enter, under_project_name
from sverka.workflow.log import Log, Wanted
from sverka.workflow.records import Record

TEXT = "пусть она будет топорь вестись вместо с народом\n"
TRANSCRIPT = Transcript("x.txt", TEXT)


def carried(word: str, said: str) -> Decision:
    start = TEXT.index(word)
    return Decision(
        anchor=anchor_at(TEXT, Span(start, start + len(word))),
        verdict=Verdict.ACCEPT,
        error_class=ErrorClass.OCR,
        replacement=said,
        rule=Rule.NONWORD,
        confidence=0.98,
        note="по снимку",
        event="091a1ba100d822a1f164281b606cf203",
        at="2026-01-02T03:04:09.000Z",
        by="Anna",
    )


def now() -> datetime:
    return datetime(2026, 5, 6, 7, 8, 9, tzinfo=UTC)


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    return tmp_path / "x.txt.jsonl"


def record(ledger: Path) -> Record:
    return Record.open(TRANSCRIPT, ledger)


def test_it_is_the_one_who_enters_them_who_decides_and_the_first_is_named(ledger: Path) -> None:
    enter([carried("топорь", "теперь")], record(ledger), editor="Boris", clock=now)
    (said,) = record(ledger).standing.decisions
    assert (said.by, said.at, said.note) == ("Boris", "2026-05-06T07:08:09.000Z", "по снимку")
    assert said.origin == Origin("091a1ba100d822a1f164281b606cf203", "Anna", "2026-01-02T03:04:09.000Z")
    (entry,) = Log(record(ledger)).decisions(Wanted())
    assert text_line(entry).endswith("“по снимку”  (carried over from Anna 2026-01-02 03:04 UTC)")
    hostile = replace(entry, decision=replace(said, origin=Origin(by="\x1b[2J")))
    assert text_line(hostile).endswith("(carried over from ␛[2J)")
    nobody = replace(entry, decision=replace(said, origin=Origin()))
    assert text_line(nobody).endswith("(carried over from elsewhere)")


def test_all_are_taken_back_at_one_stroke(ledger: Path) -> None:
    both = [carried("топорь", "теперь"), carried("вместо", "вместе")]
    enter(both, record(ledger), editor="Boris", clock=now)
    assert len(record(ledger).standing.state.undoable) == 2
    assert record(ledger).edition()[0].text == TEXT.replace("топорь", "теперь").replace("вместо", "вместе")


def test_nothing_to_enter_makes_no_ledger(ledger: Path) -> None:
    enter([], record(ledger), editor="Boris")
    assert not ledger.exists()


def test_a_transcript_leaves_without_the_folders_of_its_owner(tmp_path: Path) -> None:
    path = tmp_path / "transcripts" / "x.txt"
    transcript = Transcript(str(path), TEXT)
    assert under_project_name(transcript, path).path == "x.txt"
    (tmp_path / "sverka.toml").touch()
    named = under_project_name(transcript, path)
    assert (named.path, named.sha256) == ("transcripts/x.txt", transcript.sha256)
