"""The kinds of events: which fields each has, what they must be like, and what they mean.

``docs/ledger.md`` describes them in words, ``event.schema.json`` for programs.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Annotated, Any, Generic, TypeVar

from msgspec import Meta, Struct, structs
from msgspec.json import Decoder

from sverka.ledger.event import Content, Opening, Rebase, Retraction, Ruling, Tag, Traits, traits
from sverka.model import Anchor, Decision, ErrorClass, Offer, Origin, Rule, Span, Verdict
from sverka.text.visible import visible

__all__ = ["KINDS", "UNKNOWN", "Head", "Kind", "Malformed", "check_head", "check_id"]

_is_id = re.compile(r"[0-9a-f]{32}").fullmatch
_is_digest = re.compile(r"[0-9a-f]{64}").fullmatch
_is_time = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z", re.ASCII).fullmatch

_Fraction = Annotated[float, Meta(ge=0, le=1)]
_Count = Annotated[int, Meta(ge=0)]


class Malformed(Exception):
    """A line that is JSON and yet no event; the message goes on after “not counted:”."""


# The fields, as types. What is not named here is passed over.


class Head(Struct, frozen=True, gc=False):
    """What every event has."""

    v: Annotated[int, Meta(ge=1)]
    id: str
    kind: str
    at: str
    by: str
    parents: tuple[str, ...]


class _About(Struct, frozen=True, gc=False):
    path: str
    sha256: str
    length: _Count


class _Open(Head, frozen=True, gc=False):
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


class _Decision(Head, frozen=True, gc=False, rename={"error_class": "class"}):
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


class _Retract(Head, frozen=True, gc=False):
    target: str
    series: str = ""


class _Tag(Head, frozen=True, gc=False):
    name: Annotated[str, Meta(min_length=1)]
    note: str = ""


class _Rebase(Head, frozen=True, gc=False, rename={"old": "from", "new": "to"}):
    old: str
    new: str
    length: _Count
    moved: dict[str, tuple[_Count, _Count]]
    corrected: tuple[str, ...]
    ambiguous: tuple[str, ...]
    lost: tuple[str, ...]


# What types cannot say, and what the fields mean.


def check_id(value: str, name: str) -> None:
    """Raise :class:`Malformed` unless ``value`` has the form of an event's id."""
    if not _is_id(value):
        raise _ill_formed(value, name)


def check_head(head: Head) -> None:
    """Raise :class:`Malformed` for what is wrong with what every event has; the id is the codec's business."""
    if not _is_time(head.at):
        raise _ill_formed(head.at, "at")
    for parent in head.parents:
        if not _is_id(parent):
            raise _ill_formed(parent, "a parent")


def _check_digest(value: str, name: str) -> None:
    if not _is_digest(value):
        raise _ill_formed(value, name)


def _ill_formed(value: str, name: str) -> Malformed:
    return Malformed(f"{name} is not well formed: {visible(value[:70])}")


def _check_opening(fields: _Open) -> None:
    _check_digest(fields.transcript.sha256, "sha256")


def _opening(fields: _Open) -> Opening:
    about = fields.transcript
    return Opening(about.path, about.sha256, about.length)


def _check_decision(fields: _Decision) -> None:
    verdict = fields.verdict
    if (fields.replacement is not None) != (verdict is Verdict.ACCEPT or verdict is Verdict.AMEND):
        raise Malformed("accept and amend say what stands on the page, and only they do")
    anchor = fields.anchor
    if anchor.end - anchor.start != len(anchor.exact):
        raise Malformed("the anchor's start and end do not fit its quotation")
    if not _is_digest(fields.transcript):
        raise _ill_formed(fields.transcript, "transcript")
    for event in fields.resolves:
        check_id(event, "an event it resolves")
    # The other ledger may be another program's: what it calls its events is no business of this one.
    if fields.origin and fields.origin.at and not _is_time(fields.origin.at):
        raise _ill_formed(fields.origin.at, "at of its origin")


def _ruling(fields: _Decision) -> Ruling:
    anchor = fields.anchor
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
        Origin(fields.origin.event, fields.origin.by, fields.origin.at) if fields.origin else None,
        fields.id,
        fields.at,
        fields.by,
    )
    return Ruling(fields.transcript, decision)


def _check_retraction(fields: _Retract) -> None:
    check_id(fields.target, "target")


def _retraction(fields: _Retract) -> Retraction:
    return Retraction(fields.target, fields.series)


def _tag(fields: _Tag) -> Tag:
    return Tag(fields.name, fields.note)


def _check_rebase(fields: _Rebase) -> None:
    _check_digest(fields.old, "from")
    _check_digest(fields.new, "to")
    for event in (*fields.moved, *fields.corrected, *fields.ambiguous, *fields.lost):
        check_id(event, "a decision")
    if any(start > end or end > fields.length for start, end in fields.moved.values()):
        raise Malformed("a decision is moved to a place that cannot be")


def _rebase(fields: _Rebase) -> Rebase:
    moved = {event: Span(start, end) for event, (start, end) in fields.moved.items()}
    return Rebase(fields.old, fields.new, fields.length, moved, fields.corrected, fields.ambiguous, fields.lost)


_Fields = TypeVar("_Fields", bound=Head)


class Kind(Generic[_Fields]):
    """A kind of event.

    ``names`` are the fields it has, ``type`` says what they may hold, and ``decoder`` reads them. ``check`` raises
    :class:`Malformed` for what the types let pass, ``content`` is what the fields mean, and ``traits`` what the history
    wants to know of that.
    """

    def __init__(
        self,
        fields: type[_Fields],
        check: Callable[[_Fields], None],
        content: Callable[[_Fields], Content],
        traits_of: Callable[[_Fields], Traits] | None = None,
    ) -> None:
        self.type = fields
        self.names = frozenset(field.encode_name for field in structs.fields(fields))
        self.decoder = Decoder(fields)
        self.check = check
        self.content = content
        self.traits = traits_of or (lambda fields: traits(content(fields)))


def _nothing(_: Head) -> None:
    """What there is to check, or is understood, where there is nothing."""


_RULES = {rule.value: rule for rule in Rule}
_PLAIN = Traits()


def _traits_of_decision(fields: _Decision) -> Traits:
    """Without making the whole decision: nearly all events are decisions, and few are asked for as such."""
    return Traits(series=fields.series) if fields.series else _PLAIN


UNKNOWN: Kind[Head] = Kind(Head, _nothing, _nothing)
"""A kind of a later version, or a known kind in a shape of one: its head is all there is to it."""

KINDS: Mapping[str, Kind[Any]] = {
    "open": Kind(_Open, _check_opening, _opening),
    "decision": Kind(_Decision, _check_decision, _ruling, _traits_of_decision),
    "retract": Kind(_Retract, _check_retraction, _retraction),
    "tag": Kind(_Tag, _nothing, _tag),
    "rebase": Kind(_Rebase, _check_rebase, _rebase),
}
"""The kinds that this version understands, by the name they have in ``kind``."""
