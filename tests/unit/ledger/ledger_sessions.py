"""Sessions of several editors on one small text, whatever lies beside it."""

from __future__ import annotations

from pathlib import Path

from sverka.model import Candidate, Checked, Document, Finding, Rule, Span, Transcript
from sverka.workflow.review import Review

WORDS = ("первое", "второе", "третье", "четвёртое")
TEXT = " ".join(WORDS)


def session(path: Path, editor: str) -> Review:
    findings = []
    for word in WORDS:
        start = TEXT.index(word)
        span = Span(start, start + len(word))
        candidates = (Candidate("иное", 0.6, "lexicon"),)
        findings.append(Finding(span, word, Rule.NONWORD, 0.9, "not a word", candidates, f"{start:012x}"))
    checked = Checked(Document(Transcript("x.txt", TEXT), (), (), ()), tuple(findings))
    return Review.open(checked, path, editor=editor)
