"""Findings as lines: for people to read, and as JSON for programs."""

from __future__ import annotations

from sverka.export.paint import Paint, Role, unpainted
from sverka.model import Candidate, Finding, Transcript
from sverka.text.cells import NOTHING
from sverka.text.plainjson import dumps
from sverka.text.visible import visible


def place_of(transcript: Transcript, offset: int, paint: Paint = unpainted) -> str:
    """``PATH:LINE:COLUMN:`` of a code point, as a line begins that tells something of it."""
    line, column = transcript.place(offset)
    return paint(Role.PLACE, f"{visible(transcript.path)}:{line}:{column}:")


def text_line(transcript: Transcript, finding: Finding, paint: Paint = unpainted) -> str:
    """A finding as one line, without its line end.

    ``PATH:LINE:COLUMN: RULE original → candidate (probability) — reason``; ``?`` where there is no candidate, ``∅`` for
    no text. Line ends and control characters within the text are made visible.
    """
    place = place_of(transcript, finding.span.start, paint)
    old = paint(Role.OLD, visible(finding.original) or NOTHING)
    reason = visible(finding.message)
    return f"{place} {paint(Role.RULE, finding.rule)} {old} → {_first(finding, paint)} — {reason}"


def json_line(transcript: Transcript, finding: Finding) -> str:
    """A finding as one line of JSON, without its line end.

    ``line`` and ``column`` count from 1; ``start`` and ``end`` are code points of the transcript's text from 0.
    """
    line, column = transcript.place(finding.span.start)
    value = {
        "id": finding.id,
        "path": transcript.path,
        "line": line,
        "column": column,
        "start": finding.span.start,
        "end": finding.span.end,
        "original": finding.original,
        "rule": finding.rule.value,
        "confidence": round(finding.confidence, 4),
        "message": finding.message,
        "candidates": [candidate_fields(candidate) for candidate in finding.candidates],
    }
    return dumps(value)


def _first(finding: Finding, paint: Paint) -> str:
    if not finding.candidates:
        return "?"
    best = finding.candidates[0]
    return f"{paint(Role.NEW, visible(best.text) or NOTHING)} ({best.probability:.2f})"


def candidate_fields(candidate: Candidate) -> dict[str, object]:
    """A candidate as JSON has it."""
    return {
        "text": candidate.text,
        "probability": round(candidate.probability, 4),
        "origin": candidate.origin,
        "evidence": [
            {"kind": reason.kind, "detail": reason.detail, "score": round(reason.score, 3)}
            for reason in candidate.evidence
        ],
    }
