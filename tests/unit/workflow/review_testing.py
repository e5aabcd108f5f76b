"""A transcript with findings, a review of it, and what its ledger holds."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

from sverka.model import Candidate, Checked, Document, Finding, Rule, Span, Transcript
from sverka.text.context import finding_id
from sverka.workflow.review import Review

TEXT = (
    "Пусть она будет топорь вестись вместо с народом.\n"
    "Они дошли до реки и взяли топорь в руки, штурмовой отряд отстал.\n"
    "Конечно, всё это было давно.\n"
)
WORDS = {"топорь": "теперь", "вместо": "вместе", "штурмовой": "внушительный", "Конечно": "По-моему"}


def clock() -> datetime:
    return datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


def finding(text: str, start: int, original: str, *candidates: str) -> Finding:
    span = Span(start, start + len(original))
    offered = tuple(Candidate(said, 0.61234567, "lexicon") for said in candidates)
    return Finding(span, original, Rule.NONWORD, 0.98765432, "not a word", offered, finding_id(text, span))


def findings(text: str) -> list[Finding]:
    found = []
    for word, correction in WORDS.items():
        start = text.find(word)
        while start >= 0:
            found.append(finding(text, start, word, correction, "иное"))
            start = text.find(word, start + 1)
    return found


def checked(text: str = TEXT, *, without: str = "", extra: tuple[Finding, ...] = ()) -> Checked:
    document = Document(Transcript("letters/x.txt", text), (), (), ())
    return Checked(document, (*(f for f in findings(text) if f.original != without), *extra))


def desk(path: Path, document: Checked | None = None, *, editor: str = "Anna") -> Review:
    return Review.open(document or checked(), path, editor=editor, clock=clock)


def recorded(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]
