"""The command line, case by case: a file in ``cases/`` says what is typed, and what must come out.

A case is TOML: ``files`` are written into an empty folder, then each ``step`` is run there: ``args``, optional
``stdin``; ``stdout``, ``stderr`` and ``status`` are what is expected (stderr only where the case names it), ``written``
the files it leaves; ``write`` are files that somebody writes after it. Times are written TIME, ids of recorded events
EVENT.

The engine is a small one of known answers here, so that a case holds whatever the real one learns.
"""

from __future__ import annotations

import io
import re
import sys
import tomllib
from pathlib import Path

import pytest

from sverka.cli.main import main
from sverka.config import Config
from sverka.model import Bitext, Candidate, Checked, Evidence, Finding, Pair, Rule, Span, Transcript, Translation
from sverka.text.context import finding_id
from sverka.text.document import analyse

CASES = sorted((Path(__file__).parent / "cases").glob("*.toml"))

KNOWN = {
    "топорь": (Rule.NONWORD, 0.98, "теперь", "not a Russian word"),
    "вместо": (Rule.REALWORD, 0.62, "вместе", "another word fits better"),
    "лишнее": (Rule.REPETITION, 0.8, "", "said twice"),
    "странно": (Rule.LACUNA, 0.4, None, "the text breaks off"),
}


class KnownAnswers:
    """A checker that knows a few words."""

    def __init__(self, least: float) -> None:
        self.least = least

    @classmethod
    def open(cls, config: Config) -> KnownAnswers:
        return cls(config.min_confidence)

    def check(self, transcript: Transcript, *, translation: Transcript | None = None) -> Checked:
        if "сломай" in transcript.text:
            raise ZeroDivisionError("on request")
        bitext = None
        if translation is not None:
            whole = Span(0, len(translation.text))
            pair = Pair(Span(0, len(transcript.text)), whole)
            bitext = Bitext(Translation(translation, (whole,)), (pair,))
        known = re.finditer("|".join(KNOWN), transcript.text)
        findings = (_finding(transcript.text, Span(*match.span())) for match in known)
        counting = tuple(finding for finding in findings if finding.confidence >= self.least)
        return Checked(analyse(transcript), counting, bitext)


def _finding(text: str, span: Span) -> Finding:
    rule, confidence, candidate, message = KNOWN[span.of(text)]
    evidence = (Evidence("channel", "о→е", -1.5),)
    candidates = () if candidate is None else (Candidate(candidate, confidence - 0.03, "lexicon", evidence),)
    return Finding(span, span.of(text), rule, confidence, message, candidates, finding_id(text, span))


@pytest.fixture
def empty_folder(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SVERKA_EDITOR", "An Editor")
    # What this engine finds must not be kept where the real one looks.
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
    monkeypatch.setattr("sverka.workflow.batch._checker", lambda config, known: KnownAnswers.open(config))
    return tmp_path


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_case(
    case: Path, empty_folder: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    told = tomllib.loads(case.read_text(encoding="utf-8"))
    for name, content in told.get("files", {}).items():
        (empty_folder / name).parent.mkdir(parents=True, exist_ok=True)
        (empty_folder / name).write_bytes(content.encode())
    for step in told["step"]:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(step.get("stdin", "").encode())))
        try:
            status: object = int(main(step["args"]))
        except SystemExit as ended:
            status = ended.code
        out, err = map(_settled, capfd.readouterr())
        assert (out, status) == (step.get("stdout", ""), step.get("status", 0)), err
        if "stderr" in step:
            assert err == step["stderr"]
        for name, content in step.get("written", {}).items():
            assert (empty_folder / name).read_bytes() == content.encode(), name
        for name, content in step.get("write", {}).items():
            (empty_folder / name).write_bytes(content.encode())


def _settled(text: str) -> str:
    """What differs from run to run, by name."""
    text = re.sub(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d)?(\.\d+)?(Z| UTC)", "TIME", text)
    text = re.sub(r'when="[\d-]+"', 'when="TIME"', text)
    # In a table, one that begins with a digit has an apostrophe before it.
    return re.sub(r"'?\b[0-9a-f]{32}\b", "EVENT", text)
