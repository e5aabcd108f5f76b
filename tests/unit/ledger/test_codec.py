from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from typing import Any

import pytest
from ledger_events import decision_event, open_event, retract_event

from sverka.ledger import Event, Opening, Retraction, Ruling
from sverka.ledger.codec import encode, parse
from sverka.ledger.event import event_id
from sverka.model import Anchor, Decision, ErrorClass, Offer, Origin, Problem, Rule, Span, Transcript, Verdict

AT = "2026-01-02T03:04:05.678Z"
DIGEST = "a" * 64
DECISION = Decision(
    anchor=Anchor(Span(3, 9), "топорь", "она будет ", " вместо"),
    verdict=Verdict.ACCEPT,
    error_class=ErrorClass.OCR,
    replacement="теперь",
    rule=Rule.NONWORD,
    confidence=0.98,
    offered=(Offer("теперь", 0.95),),
    note="see the next line",
)


def line(**changes: Any) -> bytes:
    """A decision's line with fields changed (or taken out: ...), and the id that belongs to it."""
    event = decision_event(DIGEST, DECISION, at=AT, by="Anna", parents=())
    fields = {**event.fields, **changes}
    fields = {name: value for name, value in fields.items() if value is not ...}
    if "id" not in changes:
        fields["id"] = event_id(fields)
    return json.dumps(fields, ensure_ascii=False).encode()


def read(data: bytes) -> Event:
    event = parse(data, "ledger:1")
    assert isinstance(event, Event), event
    return event


def complaint(data: bytes) -> str:
    problem = parse(data, "ledger:7")
    assert isinstance(problem, Problem)
    assert problem.place == "ledger:7"
    return problem.message


def test_a_decision_is_written_with_the_fields_of_the_specification() -> None:
    event = decision_event(DIGEST, DECISION, at=AT, by="Anna", parents=("b" * 32,))
    assert json.loads(encode(event)) == {
        "v": 1,
        "id": event.id,
        "kind": "decision",
        "at": AT,
        "by": "Anna",
        "parents": ["b" * 32],
        "transcript": DIGEST,
        "anchor": {"start": 3, "end": 9, "exact": "топорь", "prefix": "она будет ", "suffix": " вместо"},
        "verdict": "accept",
        "class": "ocr",
        "replacement": "теперь",
        "rule": "nonword",
        "confidence": 0.98,
        "offered": [{"text": "теперь", "probability": 0.95}],
        "scope": "place",
        "note": "see the next line",
    }
    assert encode(event).count(b"\n") == 1


def test_the_id_is_what_another_program_would_compute() -> None:
    event = retract_event("c" * 32, at=AT, by="Анна", parents=())
    canonical = f'{{"at":"{AT}","by":"Анна","kind":"retract","parents":[],"target":"{"c" * 32}","v":1}}'
    assert event.id == hashlib.sha256(canonical.encode()).hexdigest()[:32]


def test_each_kind_reads_back() -> None:
    transcript = Transcript("x.txt", "Текст\n")
    opened = open_event("transcripts/x.txt", transcript, at=AT, by="Anna", parents=())
    assert read(encode(opened)).content == Opening("transcripts/x.txt", transcript.sha256, 6)
    decided = decision_event(DIGEST, DECISION, at=AT, by="Anna", parents=(opened.id,))
    back = read(encode(decided))
    assert back == decided
    assert isinstance(back.content, Ruling)
    assert (back.content.decision.event, back.content.decision.by) == (decided.id, "Anna")
    undone = retract_event(decided.id, at=AT, by="Anna", parents=(decided.id,))
    assert read(encode(undone)).content == Retraction(decided.id)


def test_the_order_of_fields_does_not_matter_to_the_id() -> None:
    fields = json.loads(line())
    shuffled = json.dumps(dict(reversed(fields.items())), indent=None).encode()
    assert read(shuffled).id == fields["id"]


def test_an_unknown_kind_and_unknown_fields_are_kept() -> None:
    event = read(line(kind="seal", name="first-pass", extra={"глубже": [1, 2.5, None]}))
    assert (event.kind, event.content) == ("seal", None)
    assert read(encode(event)) == event
    known = read(line(seconds=4.25))
    assert isinstance(known.content, Ruling)
    assert json.loads(encode(known))["seconds"] == 4.25


def test_a_later_version_may_have_changed_a_known_kind() -> None:
    event = read(line(v=2, verdict="perhaps", anchor=...))
    assert event.content is None
    assert json.loads(encode(event))["verdict"] == "perhaps"


def test_a_rule_of_a_later_version_does_not_make_the_decision_void() -> None:
    event = read(line(rule="layout"))
    assert isinstance(event.content, Ruling)
    assert event.content.decision.rule is Rule.EDITOR
    assert json.loads(encode(event))["rule"] == "layout"


def test_where_a_decision_was_carried_over_from_is_kept() -> None:
    carried = replace(DECISION, origin=Origin("hunk 7", "Boris", "2025-01-02T03:04:05Z"))
    event = decision_event(DIGEST, carried, at=AT, by="Anna", parents=())
    assert event.fields["origin"] == {"event": "hunk 7", "by": "Boris", "at": "2025-01-02T03:04:05Z"}
    content = read(encode(event)).content
    assert isinstance(content, Ruling)
    assert content.decision.origin == carried.origin
    assert (content.decision.by, content.decision.at) == ("Anna", AT)
    assert "origin" not in read(line()).fields
    nobody = read(line(origin={"event": "", "by": "", "at": ""})).content
    assert isinstance(nobody, Ruling)
    assert nobody.decision.origin == Origin()


def test_an_altered_line_is_noticed() -> None:
    altered = line().replace("теперь".encode(), "тетерь".encode())
    assert "it was altered" in complaint(altered)


@pytest.mark.parametrize("data", [b"\xef\xbb\xbf" + line(), line() + b"\r", b" " + line() + b" \r"])
def test_marks_of_an_editor_are_passed_over(data: bytes) -> None:
    assert read(data).kind == "decision"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "not a JSON object"),
        (b"<<<<<<< HEAD", "not a JSON object"),
        (b"[]", "not an object"),
        (b'"x"', "not an object"),
        (b"\xff\xfe{", "not UTF-8"),
        (b"[" * 100_000, "not a JSON object"),
        (b'{"a":1,"a":2}', "stands twice"),
        (b'{"a":NaN}', "no JSON number"),
        (b'{"id":"' + b"0" * 32 + b'","a":1e999}', "missing required field `v`"),
        (b"{}", "missing required field"),
        (line(id="xyz"), "id is not well formed"),
        (line(at="yesterday"), "at is not well formed"),
        (line(parents="none"), "Expected `array`, got `str` - at `$.parents`"),
        (line(parents=["x"]), "a parent is not well formed"),
        (line(v=True), "Expected `int`, got `bool` - at `$.v`"),
        (line(verdict="perhaps"), "Invalid enum value 'perhaps' - at `$.verdict`"),
        (line(anchor=[]), "Expected `object`, got `array` - at `$.anchor`"),
        (line(anchor={"start": 9, "end": 3, "exact": "", "prefix": "", "suffix": ""}), "do not fit"),
        (line(anchor={"start": 3, "end": 9, "exact": "топ", "prefix": "", "suffix": ""}), "do not fit"),
        (line(confidence=1.5), "<= 1.0 - at `$.confidence`"),
        (line(replacement=None), "accept and amend"),
        (line(verdict="reject"), "accept and amend"),
        (line(replacement=3), "Expected `str | null`, got `int`"),
        (line(offered=[{"text": "x"}]), "missing required field `probability`"),
        (line(transcript="../../etc/passwd"), "transcript is not well formed"),
        (line(origin={"event": "", "by": ""}), "missing required field `at`"),
        (line(origin={"event": "", "by": "", "at": "\x1b"}), "at of its origin is not well formed: ␛"),
    ],
)
def test_what_is_wrong_with_a_line_is_said(data: bytes, said: str) -> None:
    assert said in complaint(data)


def test_what_a_hostile_line_says_cannot_reach_the_terminal() -> None:
    assert "\x1b" not in complaint(line(at="\x1b[2J"))
