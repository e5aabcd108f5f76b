"""A path that stands in a ledger is a name to show: no command opens, makes or looks for what it names."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from sverka.cli.main import COMMANDS, main
from sverka.ledger import Ledger, Writer, anchor_at
from sverka.model import Decision, ErrorClass, Rule, Span, Transcript, Verdict

TEXT = "пусть она будет топорь, а не потом\n"
USES = {
    "apply": ["apply", "transcripts", "-o", "out/edition"],
    "report": ["report", "transcripts", "-o", "out/report"],
    "log": ["log", "--all", "transcripts"],
    "export": ["export", "--format", "patch", "transcripts", "-o", "out/patches"],
    "rebase": ["rebase", "transcripts"],
    "tag": ["tag", "first-pass", "transcripts"],
    "verify": ["verify"],
    "decide": ["decide", "transcripts/a.txt", "--undo"],
    "learn": ["learn"],
}


class Listener:
    """Hears of every path that the interpreter is asked to open, make or list."""

    def __init__(self) -> None:
        self.heard: list[str] = []
        self.listening = False

    def hear(self, event: str, arguments: tuple[object, ...]) -> None:
        if self.listening and event.partition(".")[0] in {"open", "os", "shutil", "subprocess"}:
            self.heard += (os.fsdecode(told) for told in arguments if isinstance(told, str | bytes | os.PathLike))


LISTENER = Listener()
sys.addaudithook(LISTENER.hear)  # which cannot be taken off again


@pytest.fixture
def touched() -> Iterator[list[str]]:
    """The paths touched during a test."""
    LISTENER.heard.clear()
    LISTENER.listening = True
    yield LISTENER.heard
    LISTENER.listening = False


@pytest.mark.parametrize(
    "hostile", ["{outside}/secret.txt", "../outside/secret.txt", "transcripts/../../outside/secret.txt"]
)
@pytest.mark.parametrize("command", USES)
def test_no_command_touches_what_a_ledger_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, touched: list[str], command: str, hostile: str
) -> None:
    assert command in {known.NAME for known in COMMANDS}
    outside, project = tmp_path / "outside", tmp_path / "project"
    (project / "transcripts").mkdir(parents=True)
    (project / "sverka.toml").touch()
    (project / "transcripts" / "a.txt").write_text(TEXT, encoding="utf-8")
    outside.mkdir()
    secret = outside / "secret.txt"
    secret.write_text(TEXT, encoding="utf-8")
    record(project / "corrections" / "a.txt.jsonl", hostile.format(outside=outside))
    before = {path: path.stat() for path in (outside, secret)}
    monkeypatch.chdir(project)
    touched.clear()
    main(USES[command])
    assert touched
    assert [path for path in touched if "outside" in os.path.normpath(path)] == []
    assert {path: path.stat() for path in (outside, secret)} == before


def record(ledger: Path, name: str) -> None:
    transcript = Transcript("a.txt", TEXT)
    writer = Writer((), at=datetime(2026, 1, 2, tzinfo=UTC), by="Anna")
    writer.open(name, transcript)
    start = TEXT.index("топорь")
    anchor = anchor_at(TEXT, Span(start, start + 6))
    writer.decide(
        transcript.sha256, Decision(anchor, Verdict.ACCEPT, ErrorClass.OCR, "теперь", Rule.NONWORD, confidence=0.9)
    )
    Ledger(ledger).append(writer.events)
