"""Lines and the events in them; the format is specified in ``docs/ledger.md``.

A line that this program wrote is checked by its bytes: without its id it is what the id was taken over. Any other
line is parsed, brought to its canonical form and then checked, which takes some ten times as long.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from hashlib import sha256
from typing import Annotated, Any, Generic, NoReturn, TypeAlias, TypeVar

from msgspec import DecodeError, Meta, Struct, ValidationError, convert
from msgspec.json import Decoder

from sverka.ledger.canonical import Json
from sverka.ledger.event import (
    ID_LENGTH,
    VERSION,
    Content,
    Event,
    Opening,
    Rebase,
    Retraction,
    Ruling,
    Tag,
    event_id,
)
from sverka.model import Anchor, Decision, ErrorClass, Offer, Origin, Problem, Rule, Span, Verdict
from sverka.text.visible import visible

__all__ = ["BLANK", "encode", "parse", "parse_strictly"]

BLANK = b"\r\xef\xbb\xbf \t"
"""What an editor program may leave around a line: a byte-order mark, spaces, a carriage return."""

_ID = re.compile(r"[0-9a-f]{32}")
_DIGEST = re.compile(r"[0-9a-f]{64}")
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z", re.ASCII)
_BOM = "\ufeff".encode()
_ID_MEMBER = b'"id":"'
_MEMBER_LENGTH = len(_ID_MEMBER) + ID_LENGTH + len(b'",')

_Fraction = Annotated[float, Meta(ge=0, le=1)]
_Count = Annotated[int, Meta(ge=0)]


class _Head(Struct, frozen=True, gc=False):
    """What every event has."""

    v: int
    id: str
    kind: str
    at: str
    by: str
    parents: tuple[str, ...]


class _About(Struct, frozen=True, gc=False):
    path: str
    sha256: str
    length: _Count


class _Open(Struct, frozen=True, gc=False):
    transcript: _About


class _AnchorFields(Struct, frozen=True, gc=False):
    start: _Count
    end: _Count
    exact: str
    prefix: str
    suffix: str


class _OfferFields(Struct, frozen=True, gc=False):
    text: str
    probability: _Fraction


class _OriginFields(Struct, frozen=True, gc=False):
    event: str
    by: str
    at: str


class _DecisionFields(Struct, frozen=True, gc=False, rename={"error_class": "class"}):
    transcript: str
    anchor: _AnchorFields
    verdict: Verdict
    error_class: ErrorClass
    replacement: str | None
    rule: str
    confidence: _Fraction
    offered: tuple[_OfferFields, ...]
    scope: str
    note: str
    series: str = ""
    resolves: tuple[str, ...] = ()
    origin: _OriginFields | None = None


class _RetractFields(Struct, frozen=True, gc=False):
    target: str
    series: str = ""


class _TagFields(Struct, frozen=True, gc=False):
    name: Annotated[str, Meta(min_length=1)]
    note: str = ""


class _RebaseFields(Struct, frozen=True, gc=False, rename={"old": "from", "new": "to"}):
    old: str
    new: str
    length: _Count
    moved: dict[str, tuple[_Count, _Count]]
    corrected: tuple[str, ...]
    ambiguous: tuple[str, ...]
    lost: tuple[str, ...]


_Fields: TypeAlias = _Open | _DecisionFields | _RetractFields | _TagFields | _RebaseFields
_AnyFields = TypeVar("_AnyFields", bound=_Fields)


def encode(event: Event) -> bytes:
    """The event's line, its line feed included, as it was read or made."""
    return event.line + b"\n"


def parse(line: bytes, place: str) -> Event | Problem:
    """The event in a line, or what is wrong with it; ``place`` names the line in the problem. Never raises.

    A byte-order mark before the line and a carriage return after it, left by somebody's editor, are passed over.
    """
    line = line.strip(BLANK)
    try:
        head = _HEAD.decode(line)
        if _proved(line, head.id):
            return _event(line, head, lambda kind: kind.decoder.decode(line))
    except (DecodeError, UnicodeDecodeError, _Malformed, RecursionError):
        pass  # the long way finds the words for it, and takes what is right but unusual
    return parse_strictly(line, place)


def parse_strictly(line: bytes, place: str) -> Event | Problem:
    """The same as :func:`parse`, the long way: the id is taken over the canonical form of what the line says."""
    line = line.strip(BLANK)
    try:
        value = json.loads(line.decode("utf-8"), parse_constant=_refuse_constant, object_pairs_hook=_distinct)
        if not isinstance(value, dict):
            raise _Malformed("a line is not an object")
        head = convert(value, _Head)
        _check(_ID, head.id, "id")
        if (computed := event_id(value)) != head.id:
            raise _Malformed(f"its id is {head.id}, but its content gives {computed}: it was altered")
        return _event(line, head, lambda kind: convert(value, kind.type))
    except _Malformed as error:
        return Problem(place, f"not counted: {error}")
    except ValidationError as error:
        return Problem(place, f"not counted: {_told(error)}")
    except UnicodeDecodeError:
        return Problem(place, "not counted: not UTF-8")
    except (ValueError, RecursionError):
        return Problem(place, "not counted: not a JSON object")


class _Malformed(Exception):
    """A line that is JSON and yet no event; the message goes on after “not counted:”."""


def _told(error: ValidationError) -> str:
    """The library's words, made fit for a terminal: “Expected `int`, got `bool` - at `$.v`”."""
    return visible(str(error)[:200])


def _proved(line: bytes, identifier: str) -> bool:
    """Whether ``line`` is canonical JSON, as this program writes it, with the id that belongs to it."""
    start = line.find(_ID_MEMBER)
    digest = sha256(line[:start] + line[start + _MEMBER_LENGTH :])
    return start >= 0 and digest.hexdigest()[:ID_LENGTH] == identifier


def _refuse_constant(name: str) -> NoReturn:
    raise _Malformed(f"{name} is no JSON number")


def _distinct(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    """An object; of two fields with one name different programs keep different ones, so neither is believed."""
    fields = dict(pairs)
    if len(fields) != len(pairs):
        raise _Malformed("a field stands twice")
    return fields


def _event(line: bytes, head: _Head, read: Callable[[_Kind[Any]], _Fields]) -> Event:
    """The event with this head, its id taken as right; ``read`` gives the other fields of its kind."""
    _check(_TIME, head.at, "at")
    for parent in head.parents:
        _check(_ID, parent, "a parent")
    content: Content = None
    kind = _KINDS.get(head.kind)
    if kind is not None:
        try:
            content = kind.content(read(kind), head)
        except (ValidationError, _Malformed):
            # A later version may have given a known kind another shape: kept, and not understood.
            if head.v <= VERSION:
                raise
    return Event(head.id, head.kind, head.at, head.by, head.parents, content, line)


def _check(pattern: re.Pattern[str], value: str, name: str) -> None:
    if not pattern.fullmatch(value):
        raise _Malformed(f"{name} is not well formed: {visible(value[:70])}")


def _opening(fields: _Open, _: _Head) -> Opening:
    about = fields.transcript
    _check(_DIGEST, about.sha256, "sha256")
    return Opening(about.path, about.sha256, about.length)


def _ruling(fields: _DecisionFields, head: _Head) -> Ruling:
    if (fields.replacement is not None) != (fields.verdict in _MENDING):
        raise _Malformed("accept and amend say what stands on the page, and only they do")
    anchor = fields.anchor
    if anchor.end - anchor.start != len(anchor.exact):
        raise _Malformed("the anchor's start and end do not fit its quotation")
    _check(_DIGEST, fields.transcript, "transcript")
    for event in fields.resolves:
        _check(_ID, event, "an event it resolves")
    # The other ledger may be another program's: what it calls its events is no business of this one.
    origin = Origin(fields.origin.event, fields.origin.by, fields.origin.at) if fields.origin else None
    if origin and origin.at:
        _check(_TIME, origin.at, "at of its origin")
    # The rule does not bear on what the decision does: one of a later version is no reason to set it aside.
    decision = Decision(
        Anchor(Span(anchor.start, anchor.end), anchor.exact, anchor.prefix, anchor.suffix),
        fields.verdict,
        fields.error_class,
        fields.replacement,
        _RULES.get(fields.rule, Rule.EDITOR),
        fields.confidence,
        tuple([Offer(offer.text, offer.probability) for offer in fields.offered]),
        fields.scope,
        fields.note,
        fields.series,
        fields.resolves,
        origin,
        head.id,
        head.at,
        head.by,
    )
    return Ruling(fields.transcript, decision)


def _retraction(fields: _RetractFields, _: _Head) -> Retraction:
    _check(_ID, fields.target, "target")
    return Retraction(fields.target, fields.series)


def _tag(fields: _TagFields, _: _Head) -> Tag:
    return Tag(fields.name, fields.note)


def _rebase(fields: _RebaseFields, _: _Head) -> Rebase:
    _check(_DIGEST, fields.old, "from")
    _check(_DIGEST, fields.new, "to")
    for event in (*fields.moved, *fields.corrected, *fields.ambiguous, *fields.lost):
        _check(_ID, event, "a decision")
    if any(start > end or end > fields.length for start, end in fields.moved.values()):
        raise _Malformed("a decision is moved to a place that cannot be")
    moved = {event: Span(start, end) for event, (start, end) in fields.moved.items()}
    lists = fields.corrected, fields.ambiguous, fields.lost
    return Rebase(fields.old, fields.new, fields.length, moved, *lists)


class _Kind(Generic[_AnyFields]):
    """A kind of event: how its own fields are read, and what they mean."""

    def __init__(self, fields: type[_AnyFields], content: Callable[[_AnyFields, _Head], Content]) -> None:
        self.type = fields
        self.decoder = Decoder(fields)
        self.content = content


_HEAD = Decoder(_Head)
_MENDING = frozenset({Verdict.ACCEPT, Verdict.AMEND})
_RULES = {rule.value: rule for rule in Rule}
_KINDS: Mapping[str, _Kind[Any]] = {
    "open": _Kind(_Open, _opening),
    "decision": _Kind(_DecisionFields, _ruling),
    "retract": _Kind(_RetractFields, _retraction),
    "tag": _Kind(_TagFields, _tag),
    "rebase": _Kind(_RebaseFields, _rebase),
}
