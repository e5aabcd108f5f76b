"""Findings as lines of text and of JSON."""

from __future__ import annotations

import json

from export_samples import AWKWARD, finding

from sverka.export.findings import json_line, text_line
from sverka.model import Finding, Rule, Span, Transcript


def test_a_finding_is_one_line() -> None:
    transcript = Transcript("x.txt", "пусть\nона будет топорь")
    line = text_line(transcript, finding(transcript.text, "топорь", "теперь"))
    assert line == "x.txt:2:11: nonword топорь → теперь (0.95) — not a Russian word"


def test_no_candidate_and_no_text() -> None:
    transcript = Transcript("x.txt", "и и\n")
    assert "и → ? —" in text_line(transcript, finding(transcript.text, "и", None))
    assert "и → ∅ (0.95)" in text_line(transcript, finding(transcript.text, "и", ""))
    lacuna = Finding(Span(3, 3), "", Rule.LACUNA, 0.7, "the text breaks off")
    assert text_line(transcript, lacuna) == "x.txt:1:4: lacuna ∅ → ? — the text breaks off"


def test_what_a_terminal_would_obey_is_shown() -> None:
    transcript = Transcript("a\x1b[2J.txt", "один\r\nдва\x1b[31m")
    line = text_line(transcript, finding(transcript.text, "один\r\nдва\x1b[31m", "одиндва\n"))
    assert line == "a␛[2J.txt:1:1: nonword один↵два␛[31m → одиндва↵ (0.95) — not a Russian word"


def test_json_has_the_fields_that_are_promised() -> None:
    transcript = Transcript("x.txt", "пусть\nона будет топорь")
    value = json.loads(json_line(transcript, finding(transcript.text, "топорь", "теперь")))
    assert value == {
        "id": "id16",
        "path": "x.txt",
        "line": 2,
        "column": 11,
        "start": 16,
        "end": 22,
        "original": "топорь",
        "rule": "nonword",
        "confidence": 0.98,
        "message": "not a Russian word",
        "candidates": [
            {
                "text": "теперь",
                "probability": 0.95,
                "origin": "lexicon",
                "evidence": [{"kind": "channel", "detail": "о→е, о→е", "score": -6.1}],
            },
            {"text": "", "probability": 0.01, "origin": "lexicon", "evidence": []},
        ],
    }


def test_json_is_one_printable_line_and_reads_back() -> None:
    text = f"{AWKWARD}\u2028\x85\udcff"
    line = json_line(Transcript("x.txt", text), finding(text, text, None))
    assert line.isprintable()
    assert line.encode()
    assert json.loads(line)["original"] == text
