"""Every event of a ledger, not the decisions alone: as lines, and one of them whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sverka.export.log import Status, change, place, remarks, verdict
from sverka.export.moment import moment
from sverka.export.paint import Paint, Role, unpainted
from sverka.model import Decision, Origin
from sverka.text.cells import NOTHING
from sverka.text.plainjson import dumps
from sverka.text.visible import visible

_SHORT = 10
"""Digits of an id in a line: enough to tell a million events apart, and to name one by."""


@dataclass(frozen=True, slots=True)
class Told:
    """An event and what became of it.

    ``act`` is what was done: ``open``, ``decide``, ``undo``, ``redo``, ``tag``, ``rebase``, or the kind where that is
    not known. ``fields`` are the event's own, as recorded. ``decision`` is the one it holds, or takes or brings back;
    ``about`` says what else it does. ``line`` and ``column`` count from 1; None where it has no place in the
    transcript as it is now.
    """

    path: str
    act: str
    fields: Mapping[str, object]
    status: Status
    decision: Decision | None = None
    about: str = ""
    line: int | None = None
    column: int | None = None

    @property
    def id(self) -> str:
        """The event's."""
        return str(self.fields["id"])


@dataclass(frozen=True, slots=True)
class Whole:
    """All that is recorded about an event.

    ``retractions`` are those of it, ``successors`` the decisions on the same place by editors who knew it, ``stroke``
    how many events were made at one stroke with it, itself among them.
    """

    told: Told
    retractions: tuple[Told, ...] = ()
    successors: tuple[Told, ...] = ()
    stroke: int = 0


def short(identifier: str) -> str:
    """As much of an event's id as a line needs."""
    return identifier[:_SHORT]


def text_line(told: Told, paint: Paint = unpainted) -> str:
    """An event as one line: its id in short, time, editor, what was done, where, and its status."""
    return "  ".join(
        [
            paint(Role.RULE, short(told.id)),
            paint(Role.FAINT, moment(str(told.fields["at"]))),
            visible(str(told.fields["by"])) or "?",
            *_what(told, paint),
            *remarks(str(told.fields.get("note") or ""), _origin(told), told.status),
        ]
    )


def json_line(told: Told) -> str:
    """The event's own fields, then ``path``, ``line``, ``column`` and ``status``, as one line of JSON."""
    return dumps(_object(told))


def whole_json(whole: Whole) -> str:
    """The same of one event, with its ``retractions`` and ``successors``, as one line of JSON."""
    return dumps(
        {
            **_object(whole.told),
            "retractions": [_reference(told) for told in whole.retractions],
            "successors": [_reference(told) for told in whole.successors],
        }
    )


def whole_text(whole: Whole, paint: Paint = unpainted) -> str:
    """All that is recorded about an event, a line for each thing; what is not known by name as JSON."""
    rows = list(_rows(whole))
    width = max(len(name) for name, _ in rows)
    return "\n".join(f"{paint(Role.FAINT, name.ljust(width))}  {value}" for name, value in rows)


def _object(told: Told) -> dict[str, object]:
    fields = dict(told.fields)
    # Events of a later version may have fields of these names; what an event itself says stands.
    for name, value in (("path", told.path), ("line", told.line), ("column", told.column), ("status", told.status)):
        fields.setdefault(name, value)
    return fields


def _origin(told: Told) -> Origin | None:
    return told.decision.origin if told.decision is not None and told.act == "decide" else None


def _reference(told: Told) -> dict[str, object]:
    return {"event": told.id, "at": told.fields["at"], "by": told.fields["by"], "status": told.status.value}


def _what(told: Told, paint: Paint) -> Iterator[str]:
    done = verdict(told.decision) if told.decision is not None and told.act == "decide" else visible(told.act)
    yield done
    yield paint(Role.PLACE, place(told.path, told.line, told.column))
    if told.decision is not None:
        yield change(told.decision, paint)
        if told.act == "decide":
            yield paint(Role.RULE, told.decision.rule)
    if told.about:
        yield told.about


def _rows(whole: Whole) -> Iterator[tuple[str, str]]:
    told = whole.told
    fields = dict(told.fields)
    yield "event", told.id
    yield "kind", visible(str(fields.pop("kind")))
    yield "status", told.status.value
    yield "at", str(fields.pop("at"))
    yield "by", visible(str(fields.pop("by"))) or "?"
    yield "place", place(told.path, told.line, told.column)
    if told.about:
        yield told.act, told.about
    if told.decision is not None and told.act != "decide":
        yield told.act, f"{verdict(told.decision)} {change(told.decision)}, event {told.decision.event}"
    elif told.decision is not None:
        yield from _decided(told.decision, fields)
    if series := fields.pop("series", ""):
        others = f", {whole.stroke} events at one stroke" if whole.stroke > 1 else ""
        yield "series", f"{visible(str(series))}{others}"
    if note := fields.pop("note", ""):
        yield "note", visible(str(note))
    for name in ("id", "v", *(["name"] if told.act == "tag" else [])):
        del fields[name]
    parents = fields.pop("parents")
    yield "parents", " ".join(map(str, parents)) if isinstance(parents, list) and parents else "none: a first event"
    for name, value in fields.items():
        yield visible(name), dumps(value)
    for later in whole.successors:
        yield "followed by", _named(later)
    for later in whole.retractions:
        yield "taken back by", _named(later)


def _decided(said: Decision, fields: dict[str, object]) -> Iterator[tuple[str, str]]:
    """What is known of a decision's fields; takes them out of ``fields``."""
    for name in ("verdict", "class", "replacement", "confidence", "offered", "scope", "anchor"):
        fields.pop(name)
    anchor = said.anchor
    yield "verdict", f"{said.verdict}, class {said.error_class}"
    yield "change", change(said)
    yield "context", f"{visible(anchor.prefix)}[{visible(anchor.exact) or NOTHING}]{visible(anchor.suffix)}"
    # The rule as it was recorded, be it one of a later version.
    yield "rule", f"{visible(str(fields.pop('rule')))}, confidence {said.confidence:g}"
    offers = (f"{visible(offer.text) or NOTHING} ({offer.probability:g})" for offer in said.offered)
    yield "offered", ", ".join(offers) or "nothing"
    yield "scope", visible(said.scope)
    if said.resolves:
        fields.pop("resolves")
        yield "resolves", " ".join(said.resolves)


def _named(told: Told) -> str:
    """Another event, in a few words: its id, who, when, and what if it is a decision."""
    fields = told.fields
    pieces = [told.id, visible(str(fields["by"])) or "?", moment(str(fields["at"]))]
    if told.act == "decide" and told.decision is not None:
        pieces += [verdict(told.decision), change(told.decision)]
    return "  ".join([*pieces, *remarks("", None, told.status)])
