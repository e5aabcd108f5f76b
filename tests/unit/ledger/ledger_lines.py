"""Lines of a ledger for the tests: good ones with fields changed, and one of each that is no event."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

from ledger_events import decision_event

from sverka.ledger.canonical import Json
from sverka.ledger.event import event_id
from sverka.model import Anchor, Decision, ErrorClass, Offer, Rule, Span, Verdict

AT = "2026-01-02T03:04:05.678Z"
DIGEST = "a" * 64
ID = "b" * 32
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
OTHERS: dict[str, dict[str, Json]] = {
    "open": {"transcript": {"path": "transcripts/x.txt", "sha256": DIGEST, "length": 5}},
    "retract": {"target": ID},
    "tag": {"name": "first-pass", "note": ""},
    "rebase": {
        "from": DIGEST,
        "to": "c" * 64,
        "length": 9,
        "moved": {ID: [3, 9]},
        "corrected": [],
        "ambiguous": [],
        "lost": [],
    },
}


def line(**changes: Any) -> bytes:
    """A decision's line with fields changed (or taken out: ...), and the id that belongs to it."""
    event = decision_event(DIGEST, DECISION, at=AT, by="Anna", parents=())
    return changed(dict(event.fields), changes)


def other(kind: str, **changes: Any) -> bytes:
    """The line of an event of another kind, likewise."""
    return changed({"v": 1, "kind": kind, "at": AT, "by": "Anna", "parents": [], **OTHERS[kind]}, changes)


def changed(fields: dict[str, Json], changes: dict[str, Any]) -> bytes:
    fields = {name: value for name, value in {**fields, **changes}.items() if value is not ...}
    if "id" not in changes:
        fields["id"] = event_id(fields)
    return json.dumps(fields, ensure_ascii=False).encode()


class Case(NamedTuple):
    """A line that is no event, what is said of it, and why no JSON Schema could say it; empty where ours does."""

    line: bytes
    said: str
    beyond: str = ""


NOT_JSON = "no JSON value"
ARITHMETIC = "compares two fields"
HASH = "the id is a hash of the rest"
WRITING = "how a value is written is not part of it"


def _anchor(**changes: Any) -> dict[str, Json]:
    return {"start": 3, "end": 9, "exact": "топорь", "prefix": "она будет ", "suffix": " вместо", **changes}


MALFORMED = (
    Case(b"", "not a JSON object", NOT_JSON),
    Case(b"<<<<<<< HEAD", "not a JSON object", NOT_JSON),
    Case(b"\xff\xfe{", "not UTF-8", NOT_JSON),
    Case(b"[" * 100_000, "not a JSON object", NOT_JSON),
    Case(b'{"a":1,"a":2}', "stands twice", WRITING),
    Case(b'{"a":NaN}', "no JSON number", NOT_JSON),
    Case(b"[]", "not an object"),
    Case(b'"x"', "not an object"),
    Case(b'{"id":"' + b"0" * 32 + b'","a":1e999}', "missing required field `v`"),
    Case(b"{}", "missing required field"),
    Case(line(id="xyz"), "id is not well formed"),
    Case(line(id="0" * 32), "it was altered", HASH),
    Case(line(at="yesterday"), "at is not well formed"),
    Case(line(at="2026-01-02 03:04:05Z"), "at is not well formed"),
    Case(line(by=None), "Expected `str`, got `null` - at `$.by`"),
    Case(line(kind=7), "Expected `str`, got `int` - at `$.kind`"),
    Case(line(parents="none"), "Expected `array`, got `str` - at `$.parents`"),
    Case(line(parents=["x"]), "a parent is not well formed"),
    Case(line(parents=["B" * 32]), "a parent is not well formed"),
    Case(line(v=True), "Expected `int`, got `bool` - at `$.v`"),
    Case(line(v=0), ">= 1 - at `$.v`"),
    Case(line(v="1"), "Expected `int`, got `str` - at `$.v`"),
    Case(line(verdict="perhaps"), "Invalid enum value 'perhaps' - at `$.verdict`"),
    Case(line(**{"class": "typo"}), "Invalid enum value 'typo' - at `$.class`"),
    Case(line(anchor=[]), "Expected `object`, got `array` - at `$.anchor`"),
    Case(line(anchor=_anchor(start=-3)), ">= 0 - at `$.anchor.start`"),
    Case(line(anchor=_anchor(start="3")), "Expected `int`, got `str` - at `$.anchor.start`"),
    Case(line(anchor=_anchor(prefix=None)), "Expected `str`, got `null` - at `$.anchor.prefix`"),
    Case(line(anchor=_anchor(start=9, end=3, exact="")), "do not fit", ARITHMETIC),
    Case(line(anchor=_anchor(exact="топ")), "do not fit", ARITHMETIC),
    Case(line(confidence=1.5), "<= 1.0 - at `$.confidence`"),
    Case(line(replacement=None), "accept and amend"),
    Case(line(verdict="reject"), "accept and amend"),
    Case(line(replacement=3), "Expected `str | null`, got `int`"),
    Case(line(replacement=...), "missing required field `replacement`"),
    Case(line(offered=[{"text": "x"}]), "missing required field `probability`"),
    Case(line(offered={}), "Expected `array`, got `object` - at `$.offered`"),
    Case(line(scope=1), "Expected `str`, got `int` - at `$.scope`"),
    Case(line(note=...), "missing required field `note`"),
    Case(line(series=None), "Expected `str`, got `null` - at `$.series`"),
    Case(line(resolves=["x"]), "an event it resolves is not well formed"),
    Case(line(transcript="../../etc/passwd"), "transcript is not well formed"),
    Case(line(origin={"event": "", "by": ""}), "missing required field `at`"),
    Case(line(origin={"event": "", "by": "", "at": "\x1b"}), "at of its origin is not well formed: ␛"),
    Case(other("open", transcript=DIGEST), "Expected `object`, got `str` - at `$.transcript`"),
    Case(other("open", transcript={"path": "x", "sha256": "x", "length": 1}), "sha256 is not well formed"),
    Case(other("open", transcript={"path": "x", "sha256": DIGEST, "length": -1}), ">= 0 - at `$.transcript.length`"),
    Case(other("retract", target="x"), "target is not well formed"),
    Case(other("retract", target=...), "missing required field `target`"),
    Case(other("tag", name=""), "length >= 1 - at `$.name`"),
    Case(other("tag", note=1), "Expected `str`, got `int` - at `$.note`"),
    Case(other("rebase", to="x"), "to is not well formed"),
    Case(other("rebase", moved={ID: [3]}), "length 2"),
    Case(other("rebase", moved={"x": [3, 9]}), "a decision is not well formed"),
    Case(other("rebase", lost=["x"]), "a decision is not well formed"),
    Case(other("rebase", moved={ID: [9, 3]}), "a place that cannot be", ARITHMETIC),
    Case(other("rebase", moved={ID: [3, 10]}), "a place that cannot be", ARITHMETIC),
)
"""Each is refused, and told as the case says."""
