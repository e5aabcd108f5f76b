"""Events, the lines of a ledger as values, and how new ones are made; ``docs/ledger.md`` specifies them.

An event keeps the line it was read from or is written as. What this version does not understand, a kind or a field of
a later one, is carried along in it untouched.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from hashlib import sha256
from types import MappingProxyType
from typing import NamedTuple, TypeAlias

from sverka.ledger.canonical import Json, canonical, to_bytes
from sverka.model import Decision, Span, Transcript

__all__ = [
    "VERSION",
    "Content",
    "Event",
    "Opening",
    "Outline",
    "Rebase",
    "Retraction",
    "Ruling",
    "Tag",
    "Traits",
    "Writer",
    "event_id",
    "storable",
    "timestamp",
    "traits",
]

VERSION = 1
"""The version of the format that this program writes (``v``)."""

ID_LENGTH = 32
"""Hex digits of an event's id."""


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
    """``retract``: the event ``target`` no longer counts. Its target may be a retraction.

    Retractions made at one stroke share the name of their ``series``, as decisions do.
    """

    target: str
    series: str = ""


@dataclass(frozen=True, slots=True)
class Tag:
    """``tag``: what its writer saw has a name."""

    name: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Rebase:
    """``rebase``: the transcript was read again; where the decisions made on the old text stand in the new one.

    ``old`` and ``new`` are digests, ``length`` is the new text's in code points. ``moved`` are the ids of the decisions
    that were found, each with its place there, be it the old one or another; ``corrected`` those that the new text does
    not need; ``ambiguous`` and ``lost`` have no place in it. A decision that is in none of them was not looked for.
    """

    old: str
    new: str
    length: int
    moved: Mapping[str, Span] = field(default_factory=dict, hash=False)
    corrected: tuple[str, ...] = ()
    ambiguous: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()


Content: TypeAlias = Opening | Ruling | Retraction | Tag | Rebase | None
"""What this version understands of an event; None for a kind it does not know."""


class Traits(NamedTuple):
    """What the rules of a ledger ask of what an event says: what it takes back, and what it goes by.

    ``target`` is the id of the event it retracts; ``series`` the name of the stroke it was made at; ``name`` a tag's,
    or the digest of an opened transcript. None where there is no such thing.
    """

    target: bytes | None = None
    series: str | None = None
    name: str | None = None


class Outline(NamedTuple):
    """What the rules of a ledger ask of an event; everything else is read when it is needed.

    Ids are bytes here. ``kind`` begins with a question mark where this version does not understand the event.
    """

    id: bytes
    kind: str
    at: str
    parents: tuple[bytes, ...]
    traits: Traits


@dataclass(frozen=True, slots=True)
class Event:
    """One line of a ledger.

    ``id`` is the first 32 hex digits of the SHA-256 of the event's canonical JSON without ``id``; ``at`` an ISO 8601
    UTC time, ``by`` the editor, ``parents`` the ids of the latest events the writer saw. ``line`` are the bytes it
    stands in, without the line end.
    """

    id: str
    kind: str
    at: str
    by: str
    parents: tuple[str, ...]
    content: Content = field(repr=False)
    line: bytes = field(repr=False, compare=False)

    @property
    def fields(self) -> Mapping[str, Json]:
        """The whole object, ``id`` and what nobody here understands included."""
        fields: dict[str, Json] = json.loads(self.line)
        return MappingProxyType(fields)

    @property
    def outline(self) -> Outline:
        """What the rules ask of it."""
        kind = storable(self.kind if self.content is not None else f"?{self.kind}")
        parents = tuple(map(bytes.fromhex, self.parents))
        return Outline(bytes.fromhex(self.id), kind, self.at, parents, traits(self.content))


class Writer:
    """Makes events that follow one another, the first of them what its writer has seen.

    ``heads`` are the ids of the latest events the writer knows, ``at`` is the moment, ``by`` the editor.
    """

    def __init__(self, heads: Sequence[str], *, at: datetime, by: str) -> None:
        self.events: list[Event] = []
        self._parents = tuple(heads)
        self._at = timestamp(at)
        self._by = by

    @property
    def stroke(self) -> str:
        """A name for what is done at one stroke: what is written next, by whom and on top of what, tells it apart."""
        return event_id({"at": self._at, "by": self._by, "parents": list(self._parents)})[:16]

    def open(self, name: str, transcript: Transcript) -> Event:
        """The beginning of the work on a transcript; ``name`` is its path in the project, or its bare name."""
        about: Json = {"path": name, "sha256": transcript.sha256, "length": len(transcript.text)}
        content = Opening(name, transcript.sha256, len(transcript.text))
        return self._add("open", content, {"transcript": about})

    def decide(self, transcript: str, decision: Decision) -> Event:
        """A decision on a place of the transcript with the digest ``transcript``.

        ``decision.event``, ``at`` and ``by`` are not looked at: the event's own take their place.
        """
        fields = _ruling_fields(transcript, decision)
        return self._add("decision", Ruling(transcript, decision), fields)

    def retract(self, target: str, *, series: str = "") -> Event:
        """Undo of the event ``target``; where that is itself a retraction, redo."""
        rest: dict[str, Json] = {"target": target, **({"series": series} if series else {})}
        return self._add("retract", Retraction(target, series), rest)

    def tag(self, name: str, note: str = "") -> Event:
        """A name for what the writer has seen."""
        return self._add("tag", Tag(name, note), {"name": name, "note": note})

    def rebase(self, rebase: Rebase) -> Event:
        """What became of the decisions in a transcript that was read again."""
        rest: dict[str, Json] = {
            "from": rebase.old,
            "to": rebase.new,
            "length": rebase.length,
            "moved": {event: [span.start, span.end] for event, span in rebase.moved.items()},
            "corrected": list(rebase.corrected),
            "ambiguous": list(rebase.ambiguous),
            "lost": list(rebase.lost),
        }
        return self._add("rebase", rebase, rest)

    def _add(self, kind: str, content: Content, rest: dict[str, Json]) -> Event:
        event = _made(kind, self._at, self._by, self._parents, content, rest)
        self.events.append(event)
        self._parents = (event.id,)
        return event


def traits(content: Content) -> Traits:
    """What the rules ask of what an event says."""
    match content:
        case Opening():
            return Traits(name=content.sha256)
        case Ruling():
            return Traits(series=storable(content.decision.series) or None)
        case Retraction():
            return Traits(bytes.fromhex(content.target), storable(content.series) or None)
        case Tag():
            return Traits(name=storable(content.name))
        case _:
            return Traits()


def storable(text: str) -> str:
    """The text as a database can hold it: halves of surrogate pairs, which JSON lets stand, as their escapes."""
    return to_bytes(text).decode()


def timestamp(at: datetime) -> str:
    """A moment as events have it: ISO 8601, UTC, in milliseconds."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").removesuffix("+00:00") + "Z"


def event_id(fields: Mapping[str, Json]) -> str:
    """The id that belongs to an event's fields; an ``id`` among them is left out of the reckoning."""
    rest = {name: value for name, value in fields.items() if name != "id"}
    return sha256(canonical(rest)).hexdigest()[:ID_LENGTH]


def _made(kind: str, at: str, by: str, parents: Iterable[str], content: Content, rest: dict[str, Json]) -> Event:
    known = tuple(parents)
    fields: dict[str, Json] = {"v": VERSION, "kind": kind, "at": at, "by": by, "parents": list(known), **rest}
    identifier = event_id(fields)
    fields["id"] = identifier
    if isinstance(content, Ruling):
        content = Ruling(content.transcript, replace(content.decision, event=identifier, at=at, by=by))
    # Written as its canonical JSON, a line without its id is what the id was taken over: a reader need not parse it.
    return Event(identifier, kind, at, by, known, content, canonical(fields))


def _ruling_fields(transcript: str, decision: Decision) -> dict[str, Json]:
    anchor = decision.anchor
    fields: dict[str, Json] = {
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
    }
    if decision.series:
        fields["series"] = decision.series
    if decision.resolves:
        fields["resolves"] = list(decision.resolves)
    if decision.origin:
        origin = decision.origin
        fields["origin"] = {"event": origin.event, "by": origin.by, "at": origin.at}
    return fields
