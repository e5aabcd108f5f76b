from __future__ import annotations

import json

from export_samples import AWKWARD

from sverka.export import events, versions
from sverka.export.events import Told, Whole
from sverka.export.log import Status
from sverka.export.versions import Difference, Disagreement, Named, Spot
from sverka.model import Anchor, Decision, ErrorClass, Rule, Span, Verdict

ID = "0123456789abcdef" * 2
HEAD = {"v": 1, "id": ID, "kind": "remark", "at": "2026-03-01T10:00:00.000Z", "by": AWKWARD, "parents": []}


def decision(said: str | None = AWKWARD) -> Decision:
    return Decision(
        anchor=Anchor(Span(0, len(AWKWARD)), AWKWARD, AWKWARD, AWKWARD),
        verdict=Verdict.REJECT if said is None else Verdict.AMEND,
        error_class=ErrorClass.OCR,
        replacement=said,
        rule=Rule.NONWORD,
        confidence=0.9,
        note=AWKWARD,
        event=ID,
        at="2026-03-01T10:00:00.000Z",
        by=AWKWARD,
    )


def is_one_line(text: str) -> bool:
    return text.isprintable()


def test_nothing_in_a_line_moves_the_cursor() -> None:
    fields = {**HEAD, "note": AWKWARD, AWKWARD: AWKWARD}
    told = Told(AWKWARD, AWKWARD, fields, Status.RETRACTED, None, "")
    retracted = Told(AWKWARD, "undo", fields, Status.IN_FORCE, decision(), "", 1, 1)
    spot = Spot(AWKWARD, AWKWARD, 1, 1, 0, 1, "0" * 12)
    difference = Difference(spot, (decision(), decision(None)), (), ID, "2026-03-01", AWKWARD)
    tag = Named(AWKWARD, ID, "2026-03-01T10:00:00.000Z", AWKWARD, AWKWARD, AWKWARD, 1)
    conflict = Disagreement(spot, (decision(), decision(None)))
    lines = [
        events.text_line(told),
        events.text_line(retracted),
        events.json_line(told),
        events.whole_json(Whole(told, (retracted,), (retracted,))),
        versions.difference_line(difference),
        versions.difference_json(difference),
        versions.disagreement_json(conflict),
        versions.tag_line(tag),
        versions.tag_json(tag),
        *events.whole_text(Whole(told, (retracted,), (retracted,))).split("\n"),
        *versions.disagreement_text(conflict).split("\n"),
    ]
    assert [line for line in lines if not is_one_line(line)] == []


def test_fields_of_a_later_version_are_shown_and_stand_as_they_are() -> None:
    fields = {**HEAD, "status": {"seen": True}, "target": "x"}
    told = Told("x.txt", "remark", fields, Status.IN_FORCE)
    assert json.loads(events.json_line(told))["status"] == {"seen": True}
    assert 'status   {"seen": true}' in events.whole_text(Whole(told))


def test_a_place_is_told_by_what_each_version_says() -> None:
    spot = Spot("x.txt", "топорь", 1, 17, 16, 22, "38a583e37c50")
    difference = Difference(spot, (), (decision(""),), ID, "2026-03-01T10:00:00.000Z", "Anna")
    assert versions.difference_line(difference) == "x.txt:1:17: топорь: – → ∅  Anna  2026-03-01 10:00 UTC  0123456789"
    lost = Difference(Spot("x.txt", "топорь"), (decision(None),), (), ID, "2026-03-01T10:00:00.000Z", "Anna")
    assert versions.difference_line(lost).startswith("x.txt: топорь: (reject) → –  ")


def test_a_path_in_a_command_can_be_typed_as_it_is_shown() -> None:
    conflict = Disagreement(Spot("two words.txt", "топорь", 1, 17, 16, 22, "38a583e37c50"), (decision(),))
    assert "sverka decide 'two words.txt' --accept 38a583e37c50=TEXT" in versions.disagreement_text(conflict)
