"""Events and the lines that hold them; the format is specified in ``docs/ledger.md``.

An event keeps the whole object it was read from (``fields``), and beside it what this version understands of it
(``content``). What it does not understand, a kind or a field of a later version, is carried along untouched: writing
an event writes its ``fields``, and the id is taken over them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from types import MappingProxyType
from typing import NoReturn, TypeAlias, TypeVar

from sverka.ledger.canonical import Json, canonical, to_bytes
from sverka.model import Anchor, Decision, ErrorClass, Offer, Problem, Rule, Span, Transcript, Verdict
from sverka.text.visible import visible

__all__ = [
    "VERSION",
    "Content",
    "Event",
    "Opening",
    "Retraction",
    "Ruling",
    "decision_event",
    "encode",
    "event_id",
    "open_event",
    "parse",
    "retract_event",
]

VERSION = 1
"""The version of the format that this program writes (``v``)."""

_ID = re.compile(r"[0-9a-f]{32}")
_DIGEST = re.compile(r"[0-9a-f]{64}")
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z", re.ASCII)
_BOM = "\ufeff".encode()

_Name = TypeVar("_Name", Verdict, ErrorClass)


@dataclass(frozen=True, slots=True)
class Opening:
    """``open``: a transcript whose decisions follow. ``path`` is a name to show, never one to open."""

    path: str
    sha256: str
    length: int


@dataclass(frozen=True, slots=True)
class Ruling:
    """``decision``: what an editor said of one place in the transcript with the digest ``transcript``."""

    transcript: str
    decision: Decision


@dataclass(frozen=True, slots=True)
class Retraction:
    """``retract``: the event ``target`` no longer counts. Its target may be a retraction."""

    target: str


Content: TypeAlias = Opening | Ruling | Retraction | None
"""What this version understands of an event; None for a kind it does not know."""


@dataclass(frozen=True, slots=True)
class Event:
    """One line of a ledger.

    ``id`` is the first 32 hex digits of the SHA-256 of the canonical JSON of ``fields`` without ``id``; ``at`` an ISO
    8601 UTC time, ``by`` the editor, ``parents`` the ids of the latest events the writer saw. ``fields`` is the whole
    object, ``id`` included, in the order in which it was written.
    """

    id: str
    kind: str
    at: str
    by: str
    parents: tuple[str, ...]
    content: Content
    fields: Mapping[str, Json] = field(repr=False, hash=False)


def open_event(path: str, transcript: Transcript, *, at: str, by: str, parents: Sequence[str]) -> Event:
    """The beginning of the work on a transcript; ``path`` is its name relative to the project, or its bare name."""
    about: Json = {"path": path, "sha256": transcript.sha256, "length": len(transcript.text)}
    return _made("open", at, by, parents, {"transcript": about})


def decision_event(transcript: str, decision: Decision, *, at: str, by: str, parents: Sequence[str]) -> Event:
    """A decision on a place of the transcript with the digest ``transcript``.

    ``decision.event``, ``at`` and ``by`` are not looked at: the event's own take their place.
    """
    anchor = decision.anchor
    return _made(
        "decision",
        at,
        by,
        parents,
        {
            "transcript": transcript,
            "anchor": {
                "start": anchor.span.start,
                "end": anchor.span.end,
                "exact": anchor.exact,
                "prefix": anchor.prefix,
                "suffix": anchor.suffix,
            },
            "verdict": decision.verdict.value,
            "class": decision.error_class.value,
            "replacement": decision.replacement,
            "rule": decision.rule.value,
            "confidence": decision.confidence,
            "offered": [{"text": offer.text, "probability": offer.probability} for offer in decision.offered],
            "scope": decision.scope,
            "note": decision.note,
        },
    )


def retract_event(target: str, *, at: str, by: str, parents: Sequence[str]) -> Event:
    """Undo of the event ``target``; where that is itself a retraction, redo."""
    return _made("retract", at, by, parents, {"target": target})


def _made(kind: str, at: str, by: str, parents: Sequence[str], rest: dict[str, Json]) -> Event:
    envelope: dict[str, Json] = {
        "v": VERSION,
        "id": "",
        "kind": kind,
        "at": at,
        "by": by,
        "parents": list(parents),
        **rest,
    }
    envelope["id"] = event_id(envelope)
    return _understood(envelope)


def event_id(fields: Mapping[str, Json]) -> str:
    """The id that belongs to an event's fields; an ``id`` among them is left out of the reckoning."""
    return sha256(canonical({name: value for name, value in fields.items() if name != "id"})).hexdigest()[:32]


def encode(event: Event) -> bytes:
    """The event as one line, its line feed included: every field it has, in the order in which it has them."""
    text = json.dumps(dict(event.fields), ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return to_bytes(text) + b"\n"


def parse(line: bytes, place: str) -> Event | Problem:
    """The event in a line, or what is wrong with it; ``place`` names the line in the problem. Never raises.

    A byte-order mark before the line and a carriage return after it, left by somebody's editor, are passed over.
    """
    try:
        text = line.removeprefix(_BOM).decode("utf-8")
        value = json.loads(text, parse_constant=_refuse_constant, object_pairs_hook=_distinct)
        fields = _object(value, "a line")
        recorded = _matching(_ID, fields, "id")
        if (computed := event_id(fields)) != recorded:
            raise _Malformed(f"its id is {recorded}, but its content gives {computed}: it was altered")
        return _understood(fields)
    except _Malformed as error:
        return Problem(place, f"not counted: {error}")
    except UnicodeDecodeError:
        return Problem(place, "not counted: not UTF-8")
    except (ValueError, RecursionError):
        return Problem(place, "not counted: not a JSON object")


class _Malformed(Exception):
    """A line that is JSON and yet no event; the message goes on after “not counted:”."""


def _refuse_constant(name: str) -> NoReturn:
    raise _Malformed(f"{name} is no JSON number")


def _distinct(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    """An object; of two fields with one name different programs keep different ones, so neither is believed."""
    fields = dict(pairs)
    if len(fields) != len(pairs):
        raise _Malformed("a field stands twice")
    return fields


def _understood(fields: dict[str, Json]) -> Event:
    """The event that ``fields`` are, ``id`` taken as right."""
    version = _integer(fields, "v")
    kind = _string(fields, "kind")
    at = _matching(_TIME, fields, "at")
    by = _string(fields, "by")
    parents = tuple(_identifiers(fields.get("parents")))
    identifier = _string(fields, "id")
    content: Content = None
    reader = _READERS.get(kind)
    if reader is not None:
        try:
            content = reader(fields)
        except _Malformed:
            # A later version may have given a known kind another shape: kept, and not understood.
            if version <= VERSION:
                raise
    if isinstance(content, Ruling):
        content = Ruling(content.transcript, replace(content.decision, event=identifier, at=at, by=by))
    return Event(identifier, kind, at, by, parents, content, MappingProxyType(fields))


def _identifiers(value: Json) -> Iterable[str]:
    if not isinstance(value, list):
        raise _Malformed("parents is not a list")
    for item in value:
        if not isinstance(item, str) or not _ID.fullmatch(item):
            raise _Malformed("a parent is not an event id")
        yield item


def _opening(fields: dict[str, Json]) -> Opening:
    about = _object(fields.get("transcript"), "transcript")
    return Opening(_string(about, "path"), _matching(_DIGEST, about, "sha256"), _integer(about, "length"))


def _retraction(fields: dict[str, Json]) -> Retraction:
    return Retraction(_matching(_ID, fields, "target"))


def _ruling(fields: dict[str, Json]) -> Ruling:
    verdict = _named(Verdict, fields, "verdict")
    replacement = fields.get("replacement")
    if replacement is not None and not isinstance(replacement, str):
        raise _Malformed("replacement is neither text nor null")
    if (replacement is not None) != (verdict in {Verdict.ACCEPT, Verdict.AMEND}):
        raise _Malformed("accept and amend say what stands on the page, and only they do")
    # The rule does not bear on what the decision does: one of a later version is no reason to set it aside.
    rule = _string(fields, "rule")
    decision = Decision(
        anchor=_anchor(_object(fields.get("anchor"), "anchor")),
        verdict=verdict,
        error_class=_named(ErrorClass, fields, "class"),
        replacement=replacement,
        rule=Rule(rule) if rule in set(Rule) else Rule.EDITOR,
        confidence=_fraction(fields, "confidence"),
        offered=tuple(_offers(fields.get("offered"))),
        scope=_string(fields, "scope"),
        note=_string(fields, "note"),
    )
    return Ruling(_matching(_DIGEST, fields, "transcript"), decision)


_READERS: Mapping[str, Callable[[dict[str, Json]], Content]] = {
    "open": _opening,
    "decision": _ruling,
    "retract": _retraction,
}


def _anchor(fields: dict[str, Json]) -> Anchor:
    start, end = _integer(fields, "start"), _integer(fields, "end")
    exact = _string(fields, "exact")
    if not 0 <= start <= end or end - start != len(exact):
        raise _Malformed("the anchor's start and end do not fit its quotation")
    return Anchor(Span(start, end), exact, _string(fields, "prefix"), _string(fields, "suffix"))


def _offers(value: Json) -> Iterable[Offer]:
    if not isinstance(value, list):
        raise _Malformed("offered is not a list")
    for item in value:
        offer = _object(item, "an offer")
        yield Offer(_string(offer, "text"), _fraction(offer, "probability"))


def _object(value: Json, what: str) -> dict[str, Json]:
    if not isinstance(value, dict):
        raise _Malformed(f"{what} is not an object")
    return value


def _string(fields: dict[str, Json], name: str) -> str:
    value = fields.get(name)
    if not isinstance(value, str):
        raise _Malformed(f"{name} is not text")
    return value


def _matching(pattern: re.Pattern[str], fields: dict[str, Json], name: str) -> str:
    value = _string(fields, name)
    if not pattern.fullmatch(value):
        raise _Malformed(f"{name} is not well formed: {visible(value[:70])}")
    return value


def _integer(fields: dict[str, Json], name: str) -> int:
    value = fields.get(name)
    if not isinstance(value, int) or isinstance(value, bool):
        raise _Malformed(f"{name} is not a whole number")
    return value


def _fraction(fields: dict[str, Json], name: str) -> float:
    value = fields.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        raise _Malformed(f"{name} is not a number from 0 to 1")
    return float(value)


def _named(names: type[_Name], fields: dict[str, Json], name: str) -> _Name:
    value = _string(fields, name)
    if value not in set(names):
        raise _Malformed(f"{name} is unknown: {visible(value[:70])}")
    return names(value)
