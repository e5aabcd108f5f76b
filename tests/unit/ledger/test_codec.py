from __future__ import annotations

import hashlib
import json
from dataclasses import replace

import pytest
from ledger_events import decision_event, fold, open_event, retract_event
from ledger_lines import AT, DECISION, DIGEST, MALFORMED, Case, line, other

from sverka.ledger import Event, Opening, Retraction, Ruling
from sverka.ledger.canonical import canonical
from sverka.ledger.codec import encode, outline, parse
from sverka.ledger.event import event_id
from sverka.model import Origin, Problem, Rule, Transcript


def read(data: bytes) -> Event:
    event = parse(data, "ledger:1")
    assert isinstance(event, Event), event
    assert outline(data, "ledger:1") == event.outline
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


@pytest.mark.parametrize("case", MALFORMED, ids=lambda case: case.line[-60:])
def test_what_is_wrong_with_a_line_is_said(case: Case) -> None:
    assert case.said in complaint(case.line)
    assert outline(case.line, "ledger:7") == parse(case.line, "ledger:7")


def test_what_a_hostile_line_says_cannot_reach_the_terminal() -> None:
    assert "\x1b" not in complaint(line(at="\x1b[2J"))


HALF = "\\ud800"


@pytest.mark.parametrize(
    "data",
    [
        line(kind="x").replace(b'"kind": "x"', f'"kind": "{HALF}"'.encode()),
        line(series="x").replace(b'"series": "x"', f'"series": "{HALF}"'.encode()),
        other("tag", name="x").replace(b'"name": "x"', f'"name": "{HALF}"'.encode()),
    ],
)
def test_half_of_a_letter_is_no_obstacle(data: bytes) -> None:
    fields = json.loads(data)
    data = json.dumps({**fields, "id": event_id(fields)}).encode()
    event = read(data)
    assert fold([event]).heads == (event.id,)


def test_a_field_of_a_later_version_may_look_like_the_kind() -> None:
    event = read(canonical(json.loads(line(extra={"kind": "tag"}, also={"id": "0" * 32}))))
    assert isinstance(event.content, Ruling)
    assert read(canonical(json.loads(line(kind="seal", extra={"kind": "tag"})))).content is None
