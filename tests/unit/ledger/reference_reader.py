"""A second reader of ledgers, written from ``docs/ledger.md`` alone: slow, obvious, and of the standard library.

It shares no code with the program. What both make of the same file has to be the same.
"""

from __future__ import annotations

import hashlib
import json
import math
import re
from dataclasses import dataclass, field
from typing import Any

BLANK = b"\xef\xbb\xbf\r \t"
BEGINNING = rb'\{[ \t]*"[^\s,:}\]]'
SEAM = rb"(?<=\})[\xef\xbb\xbf\r \t]*(?=%b)" % BEGINNING
Fields = dict[str, Any]
Place = tuple[str, int, int]

COMMON = {"v": int, "id": str, "kind": str, "at": str, "by": str, "parents": list}
OWN: dict[str, dict[str, Any]] = {
    "open": {"transcript": dict},
    "decision": {
        "transcript": str,
        "anchor": dict,
        "verdict": str,
        "class": str,
        "replacement": (str, type(None)),
        "rule": str,
        "confidence": (int, float),
        "offered": list,
        "scope": str,
        "note": str,
    },
    "retract": {"target": str},
    "tag": {"name": str},
    "rebase": {
        "from": str,
        "to": str,
        "length": int,
        "moved": dict,
        "corrected": list,
        "ambiguous": list,
        "lost": list,
    },
}


# Lines and events


@dataclass
class Read:
    """The events in a file by their ids, the numbers of lines that do not count, and whether the last one is torn."""

    events: dict[str, Fields] = field(default_factory=dict)
    wrong: list[int] = field(default_factory=list)
    torn: bool = False


def read(data: bytes) -> Read:
    found = Read()
    *whole, last = data.split(b"\n")
    for number, line in enumerate([*whole, last], start=1):
        if not line.strip(BLANK):
            continue
        *others, end = parts_of(line)
        for event in [*others, end]:
            if event is not None:
                found.events[event["id"]] = event
            elif number > len(whole) and event is end:
                found.torn = True
            else:
                found.wrong.append(number)
    return found


def parts_of(line: bytes) -> list[Fields | None]:
    """The event of the line, or those in its parts where line feeds were lost; None for what is none."""
    whole = event_in(line)
    if whole is not None:
        return [whole]
    found: list[Fields | None] = []
    for part in re.split(SEAM, line):
        event = event_in(part)
        behind = (event_in(part[at.start() :]) for at in re.finditer(BEGINNING, part) if at.start() > 0)
        hidden = None if event else next((event for event in behind if event), None)
        found += [None, hidden] if hidden else [event]
    return found if any(found) else [None]


def event_in(line: bytes) -> Fields | None:
    try:
        value = json.loads(line.strip(BLANK).decode(), object_pairs_hook=distinct)
    except (ValueError, RecursionError):
        return None
    if not isinstance(value, dict) or not has(value, COMMON):
        return None
    if value["v"] < 1 or not time(value["at"]) or not all(map(is_id, value["parents"])):
        return None
    rest = {name: value[name] for name in value if name != "id"}
    if value["id"] != hashlib.sha256(canonical(rest).encode("utf-8", "backslashreplace")).hexdigest()[:32]:
        return None
    if value["kind"] in OWN and not as_described(value):
        if value["v"] == 1:
            return None
        value = {**value, "kind": f"unknown {value['kind']}"}
    return value


def distinct(pairs: list[tuple[str, Any]]) -> Fields:
    if len({name for name, _ in pairs}) < len(pairs):
        raise ValueError("a name stands twice")
    return dict(pairs)


def has(value: Any, fields: dict[str, Any]) -> bool:
    return isinstance(value, dict) and all(
        name in value and isinstance(value[name], kind) and not isinstance(value[name], bool)
        for name, kind in fields.items()
    )


def is_id(value: Any) -> bool:
    return isinstance(value, str) and re.fullmatch("[0-9a-f]{32}", value) is not None


def is_digest(value: Any) -> bool:
    return isinstance(value, str) and re.fullmatch("[0-9a-f]{64}", value) is not None


def time(value: str) -> bool:
    date = "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}"
    return re.fullmatch(rf"{date}(\.[0-9]+)?Z", value) is not None


def as_described(event: Fields) -> bool:
    """Whether the fields of a known kind are as the tables of the specification have them."""
    kind = event["kind"]
    if not has(event, OWN[kind]):
        return False
    if kind == "open":
        about = event["transcript"]
        return (
            has(about, {"path": str, "sha256": str, "length": int})
            and is_digest(about["sha256"])
            and about["length"] >= 0
        )
    if kind == "retract":
        return is_id(event["target"]) and isinstance(event.get("series", ""), str)
    if kind == "tag":
        return event["name"] != "" and isinstance(event.get("note", ""), str)
    if kind == "rebase":
        lists = event["corrected"] + event["ambiguous"] + event["lost"]
        ids = all(map(is_id, [*event["moved"], *lists]))
        return (
            ids
            and is_digest(event["from"])
            and is_digest(event["to"])
            and all(
                isinstance(place, list)
                and len(place) == 2
                and all(type(end) is int for end in place)
                and 0 <= place[0] <= place[1] <= event["length"]
                for place in event["moved"].values()
            )
        )
    return decision_as_described(event)


def decision_as_described(event: Fields) -> bool:
    anchor = event["anchor"]
    texts = {"exact": str, "prefix": str, "suffix": str}
    return (
        has(anchor, {"start": int, "end": int, **texts})
        and anchor["start"] >= 0
        and anchor["end"] - anchor["start"] == len(anchor["exact"])
        and is_digest(event["transcript"])
        and event["verdict"] in ("accept", "amend", "reject", "defer")
        and event["class"] in ("ocr", "source", "normalisation")
        and (event["replacement"] is not None) == (event["verdict"] in ("accept", "amend"))
        and 0 <= event["confidence"] <= 1
        and all(
            has(o, {"text": str, "probability": (int, float)}) and 0 <= o["probability"] <= 1 for o in event["offered"]
        )
        and isinstance(event.get("series", ""), str)
        and isinstance(event.get("resolves", []), list)
        and (event.get("origin") is None or origin_as_described(event["origin"]))
        and all(map(is_id, event.get("resolves", [])))
    )


def origin_as_described(origin: Any) -> bool:
    return has(origin, {"event": str, "by": str, "at": str}) and (origin["at"] == "" or time(origin["at"]))


def canonical(value: Any) -> str:
    """RFC 8785, and the two cases beyond it."""
    if isinstance(value, dict):
        names = sorted(value, key=lambda name: name.encode("utf-16-be", "surrogatepass"))
        return "{" + ",".join(f"{canonical(name)}:{canonical(value[name])}" for name in names) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(canonical, value)) + "]"
    if isinstance(value, str):
        return '"' + "".join(map(letter, value)) + '"'
    if isinstance(value, float):
        return number(value)
    if isinstance(value, bool) or value is None:
        return {None: "null", True: "true", False: "false"}[value]
    return str(value)


def letter(letter: str) -> str:
    named = {'"': '\\"', "\\": "\\\\", "\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r"}
    return named.get(letter) or (f"\\u{ord(letter):04x}" if letter < " " else letter)


def number(value: float) -> str:
    """ECMA-262, Number::toString, step by step: ``digits`` times ten to the power of ``n`` minus their number."""
    if value == 0:
        return "0"
    if value < 0:
        return "-" + number(-value)
    if not math.isfinite(value):
        raise ValueError("no JSON number")
    mantissa, _, exponent = f"{value!r}".partition("e")
    whole, _, fraction = mantissa.partition(".")
    n = len(whole) + int(exponent or 0)
    digits = whole + fraction
    n -= len(digits) - len(digits.lstrip("0"))
    digits = digits.strip("0")
    k = len(digits)
    if k <= n <= 21:
        return digits + "0" * (n - k)
    if 0 < n <= 21:
        return digits[:n] + "." + digits[n:]
    if -6 < n <= 0:
        return "0." + "0" * -n + digits
    return digits[0] + (f".{digits[1:]}" if k > 1 else "") + f"e{'+' if n > 0 else '-'}{abs(n - 1)}"


# What a ledger says


class Ledger:
    """The events of a ledger, or of a version of it; every question is answered from the beginning."""

    def __init__(self, events: dict[str, Fields]) -> None:
        self.events = events

    def kind(self, kind: str) -> list[Fields]:
        return [event for event in self.events.values() if event["kind"] == kind]

    def parents(self, event: Fields) -> list[Fields]:
        return [self.events[name] for name in event["parents"] if name in self.events]

    def seen(self, event: Fields) -> set[str]:
        """Everything the event has seen."""
        found: set[str] = set()
        ask = self.parents(event)
        while ask:
            parent = ask.pop()
            if parent["id"] not in found:
                found.add(parent["id"])
                ask += self.parents(parent)
        return found

    @property
    def heads(self) -> set[str]:
        return set(self.events) - {parent["id"] for event in self.events.values() for parent in self.parents(event)}

    @property
    def missing(self) -> set[str]:
        named = {name for event in self.events.values() for name in event["parents"]}
        return (named | {event["target"] for event in self.kind("retract")}) - set(self.events)

    def generation(self, event: Fields) -> int:
        return 1 + max((self.generation(parent) for parent in self.parents(event)), default=0)

    def counts(self, event: Fields) -> bool:
        return not any(r["target"] == event["id"] and self.counts(r) for r in self.kind("retract"))

    def latest(self, events: list[Fields]) -> Fields | None:
        return max(events, key=self.rank, default=None)

    def rank(self, event: Fields) -> tuple[int, str, str]:
        return self.generation(event), event["at"], event["id"]

    def place(self, decision: Fields, digest: str, text: str) -> Place:
        """Where it stands in the reading at hand; no search for it, so the texts of a test must give none a chance."""
        anchor = decision["anchor"]
        made: Place = (decision["transcript"], anchor["start"], anchor["end"])
        if decision["transcript"] == digest:
            return made
        lists = ("corrected", "ambiguous", "lost")
        named = self.latest(
            [
                rebase
                for rebase in self.kind("rebase")
                if self.counts(rebase)
                and rebase["to"] == digest
                and decision["id"] in [*rebase["moved"], *(name for each in lists for name in rebase[each])]
            ]
        )
        if named is None or decision["id"] not in named["moved"]:
            return made
        start, end = named["moved"][decision["id"]]
        return (digest, start, end) if text[start:end].split() == anchor["exact"].split() else made

    def standing(self, digest: str = "", text: str = "") -> tuple[set[str], set[frozenset[str]]]:
        """The decisions in force, and those in conflict, in the reading at hand."""
        by_place: dict[Place, list[Fields]] = {}
        for decision in self.kind("decision"):
            if self.counts(decision):
                by_place.setdefault(self.place(decision, digest, text), []).append(decision)
        in_force: set[str] = set()
        conflicts: set[frozenset[str]] = set()
        for decisions in by_place.values():
            left = [d for d in decisions if not any(d["id"] in self.seen(other) for other in decisions)]
            left = [d for d in left if d["verdict"] != "defer"] or [min(left, key=earliest)]
            if len({(d["replacement"], d["class"]) for d in left}) == 1:
                in_force.add(min(left, key=earliest)["id"])
            else:
                conflicts.add(frozenset(d["id"] for d in left))
        return in_force, conflicts

    @property
    def undo(self) -> set[str]:
        counting = [decision for decision in self.kind("decision") if self.counts(decision)]
        last = self.latest(counting)
        if last is None:
            return set()
        return {d["id"] for d in counting if d is last or (last.get("series") and d.get("series") == last["series"])}

    @property
    def redo(self) -> set[str]:
        counting = [retraction for retraction in self.kind("retract") if self.counts(retraction)]
        decisions = {decision["id"]: decision for decision in self.kind("decision")}
        last = self.latest([retraction for retraction in counting if retraction["target"] in decisions])
        if last is None or any(self.rank(decision) > self.rank(last) for decision in decisions.values()):
            return set()
        series = last.get("series")
        targets = {r["target"] for r in counting if r is last or (series and r.get("series") == series)}
        return {r["id"] for r in counting if r["target"] in targets}

    # Versions

    def only(self, ids: set[str]) -> Ledger:
        return Ledger({name: event for name, event in self.events.items() if name in ids})

    def at_event(self, identifier: str) -> Ledger:
        return self.only({identifier, *self.seen(self.events[identifier])})

    def at_tag(self, name: str) -> Ledger | None:
        named = [tag["id"] for tag in self.kind("tag") if tag["name"] == name and self.counts(tag)]
        return self.at_event(named[0]) if len(named) == 1 else None

    def at_moment(self, moment: str) -> Ledger:
        def by_then(event: Fields) -> bool:
            return all(self.events[name]["at"] <= moment for name in {event["id"], *self.seen(event)})

        return self.only({name for name, event in self.events.items() if by_then(event)})


def earliest(event: Fields) -> tuple[str, str]:
    return event["at"], event["id"]
