"""Lines and the events in them; the format is specified in ``docs/ledger.md``.

A line that this program wrote is checked by its bytes: without its id it is what the id was taken over. Any other
line is parsed, brought to its canonical form and then checked, which takes some ten times as long. Only a line that is
still no event is searched for events that lack a line feed between them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from hashlib import sha256
from typing import Any, NamedTuple

from msgspec import DecodeError, ValidationError, convert

from sverka.ledger.canonical import Json
from sverka.ledger.event import ID_LENGTH, VERSION, Content, Event, Outline, event_id
from sverka.ledger.kinds import KINDS, UNKNOWN, Head, Kind, Malformed, check_head, check_id
from sverka.ledger.strictjson import Unsound, loads
from sverka.model import Problem
from sverka.text.visible import visible

__all__ = ["BLANK", "Piece", "encode", "outline", "parse", "parse_strictly", "pieces"]

BLANK = b"\r\xef\xbb\xbf \t"
"""What an editor program may leave around a line: a byte-order mark, spaces, a carriage return."""

_ID_MEMBER = b'"id":"'
_MEMBER_LENGTH = len(_ID_MEMBER) + ID_LENGTH + len(b'",')
_KIND_MEMBER = b'"kind":"'
_AS_WRITTEN = {name.encode(): kind for name, kind in KINDS.items()}

_BEGINNING = rb'\{[ \t]*"[^\s,:}\]]'
"""How an event begins. A quotation that ends in ``{`` is followed by one of the signs that may not stand here."""
_SEAM = re.compile(rb"\}[\r\xef\xbb\xbf \t]*(?=%b)" % _BEGINNING)
_BEGINNINGS = re.compile(_BEGINNING)
_ATTEMPTS = 64
"""Where an event is sought behind the beginning of another that was cut off, so many beginnings are tried, from the
last: an event holds few objects, and a line of nothing but braces is not to cost more than its length."""

_UNUSUAL = (DecodeError, UnicodeDecodeError, Malformed, RecursionError)
"""The long way finds the words for these, or takes what is right but unusual."""


class Piece(NamedTuple):
    """A part of a line, and the event in it or what is wrong with it; ``start`` counts bytes from the line's first."""

    start: int
    data: bytes
    content: Event | Problem


def encode(event: Event) -> bytes:
    """The event's line, its line feed included, as it was read or made."""
    return event.line + b"\n"


def parse(line: bytes, place: str) -> Event | Problem:
    """The event in a line, or what is wrong with it; ``place`` names the line in the problem. Never raises.

    A byte-order mark before the line and a carriage return after it, left by somebody's editor, are passed over.
    """
    line = line.strip(BLANK)
    try:
        kind, fields = _read(line)
    except _UNUSUAL:
        return parse_strictly(line, place)
    return Event(fields.id, fields.kind, fields.at, fields.by, fields.parents, kind.content(fields), line)


def outline(line: bytes, place: str) -> Outline | Problem:
    """The outline of the event that :func:`parse` finds in a line, at half the cost; otherwise the same Problem."""
    line = line.strip(BLANK)
    try:
        kind, fields = _read(line)
    except _UNUSUAL:
        event = parse_strictly(line, place)
        return event.outline if isinstance(event, Event) else event
    name = fields.kind if kind is not UNKNOWN else f"?{fields.kind}"
    parents = tuple(map(bytes.fromhex, fields.parents))
    return Outline(bytes.fromhex(fields.id), name, fields.at, parents, kind.traits(fields))


def parse_strictly(line: bytes, place: str) -> Event | Problem:
    """The same as :func:`parse`, the long way: the id is taken over the canonical form of what the line says."""
    line = line.strip(BLANK)
    try:
        value = loads(line.decode("utf-8"))
        if not isinstance(value, dict):
            raise Malformed("a line is not an object")
        head = convert(value, Head)
        check_id(head.id, "id")
        if (computed := event_id(value)) != head.id:
            raise Malformed(f"its id is {head.id}, but its content gives {computed}: it was altered")
        check_head(head)
        return Event(head.id, head.kind, head.at, head.by, head.parents, _content(value, head), line)
    except (Malformed, Unsound) as error:
        return Problem(place, f"not counted: {error}")
    except ValidationError as error:
        return Problem(place, f"not counted: {_told(error)}")
    except UnicodeDecodeError:
        return Problem(place, "not counted: not UTF-8")
    except (ValueError, RecursionError):
        return Problem(place, "not counted: not a JSON object")


def pieces(line: bytes, place: str) -> tuple[Piece, ...]:
    """What stands in a line, which is one event or none unless line feeds were lost: then each event counts.

    Events put together without a line feed are told apart where ``}`` and ``{`` meet, and an event stands by itself
    behind one that was cut off, each proved by its id. What is left over are problems. Never raises.
    """
    whole = parse(line, place)
    if isinstance(whole, Problem):
        parts = tuple(part for piece in _parted(line) for part in _behind_torn(*piece, place))
        if any(isinstance(part.content, Event) for part in parts):
            return parts
    return (Piece(0, line, whole),)


def _parted(line: bytes) -> Iterator[tuple[int, bytes]]:
    """The parts of a line between the seams, with the blanks that follow them."""
    start = 0
    for seam in _SEAM.finditer(line):
        yield start, line[start : seam.end()]
        start = seam.end()
    yield start, line[start:]


def _behind_torn(start: int, part: bytes, place: str) -> Iterator[Piece]:
    """The part as it is, or parted once more where an event stands at its end."""
    content = parse(part, place)
    if isinstance(content, Problem):
        for beginning in [found.start() for found in _BEGINNINGS.finditer(part, 1)][-_ATTEMPTS:]:
            event = parse(part[beginning:], place)
            if isinstance(event, Event):
                yield Piece(start, part[:beginning], Problem(place, "not counted: the beginning of a line, cut off"))
                yield Piece(start + beginning, part[beginning:], event)
                return
    yield Piece(start, part, content)


def _content(value: dict[str, Json], head: Head) -> Content:
    kind = KINDS.get(head.kind, UNKNOWN)
    try:
        fields = convert(value, kind.type)
        kind.check(fields)
    except (ValidationError, Malformed):
        # A later version may have given a known kind another shape: kept, and not understood.
        if head.v > VERSION:
            return None
        raise
    return kind.content(fields)


def _told(error: ValidationError) -> str:
    """The library's words, made fit for a terminal: “Expected `int`, got `bool` - at `$.v`”."""
    return visible(str(error)[:200])


def _read(line: bytes) -> tuple[Kind[Any], Any]:
    """The fields of a line that is canonical JSON, as this program writes it; one of :data:`_UNUSUAL` for any other."""
    start = line.find(_KIND_MEMBER) + len(_KIND_MEMBER)
    kind = _AS_WRITTEN.get(line[start : line.find(b'"', start)], UNKNOWN)
    fields = kind.decoder.decode(line)
    if KINDS.get(fields.kind, UNKNOWN) is not kind:
        raise Malformed("what looked like the kind stands within another field")
    start = line.find(_ID_MEMBER)
    # Without its id, a canonical line is what the id was taken over.
    digest = sha256(line[:start] + line[start + _MEMBER_LENGTH :])
    if start < 0 or digest.hexdigest()[:ID_LENGTH] != fields.id:
        raise Malformed("not canonical, or altered")
    check_head(fields)
    kind.check(fields)
    return kind, fields
