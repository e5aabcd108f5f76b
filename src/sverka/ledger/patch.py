"""Patches: corrections carried to another copy of the text.

A ledger belongs to one text, and its anchors count code points of it. A patch is what can be sent to somebody who has
another copy, read by another engine or laid out otherwise: each correction with the words around it and no position.
It is UTF-8, one JSON object (RFC 8259) a line, a header and then one *hunk* for each correction::

    {"sverka-patch":1,"transcript":{"path":"transcripts/x.txt","sha256":"533f…"}}
    {"exact":"топорь","prefix":"она будет ","suffix":" вестись\\n","replacement":"теперь","class":"ocr","verdict":"accept","rule":"nonword","confidence":0.98,"note":"","by":"Anna","at":"2026-01-02T03:04:09.000Z","event":"091a…"}

The header names the text the patch was made from: a name to show, never one to open. ``exact``, ``prefix`` and
``suffix`` are a W3C TextQuoteSelector; the context is 32 code points, and longer where that many do not tell the place
from another in the text the patch was made from. These three, ``replacement`` (empty: nothing stands there) and
``class`` are needed; ``verdict`` is ``accept`` or ``amend``, ``event`` the decision's id in the ledger it comes from.
``rejected`` says why a hunk could not be applied, in a patch that holds what was left of another. Fields nobody knows
are passed over; unseen characters are written as ``\\u`` escapes. Decisions that change no text (reject, defer) are
in no patch; those of every class are, whether or not the edition that somebody makes of it will mend them.
"""  # noqa: E501 (a hunk is one line)

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NoReturn, TypeVar

from sverka.errors import InputError
from sverka.ledger.anchor import CONTEXT, stands
from sverka.ledger.canonical import Json
from sverka.ledger.strictjson import Unsound, loads
from sverka.model import Decision, ErrorClass, Rule, Span, Transcript, Verdict
from sverka.text.plainjson import dumps
from sverka.text.visible import visible

__all__ = ["VERSION", "Hunk", "Patch", "decode", "encode", "made"]

VERSION = 1
"""The version of the format that is written, and the only one that is read."""

_LONGEST = 512
"""Code points of context beyond which a place that is still not the only one is left ambiguous."""

_DIGEST = re.compile(r"[0-9a-f]{64}")
_TIME = re.compile(r"(?:\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z)?", re.ASCII)
_BOM = "\ufeff".encode()

_Name = TypeVar("_Name", Verdict, ErrorClass)


@dataclass(frozen=True, slots=True)
class Hunk:
    """One correction: ``replacement`` for ``exact`` where that stands between ``prefix`` and ``suffix``.

    ``by``, ``at`` and ``event`` are who decided, when, and the id of the event in the ledger it comes from; empty where
    nobody knows. ``rejected`` says in a word why an earlier attempt failed; empty where there was none.
    """

    exact: str
    prefix: str
    suffix: str
    replacement: str
    error_class: ErrorClass
    verdict: Verdict = Verdict.AMEND
    rule: Rule = Rule.EDITOR
    confidence: float = 1.0
    note: str = ""
    by: str = ""
    at: str = ""
    event: str = ""
    rejected: str = ""


@dataclass(frozen=True, slots=True)
class Patch:
    """Corrections of the text that was called ``path`` and has the digest ``sha256``."""

    path: str
    sha256: str
    hunks: tuple[Hunk, ...]


def made(transcript: Transcript, decisions: Iterable[Decision]) -> Patch:
    """The patch that carries those of ``decisions`` that put another text in place of what stands there.

    They come in the order of the text. A decision whose quotation does not stand at its position in ``transcript`` is
    carried with the context it has.
    """
    changing = (decision for decision in decisions if decision.replacement not in {None, decision.anchor.exact})
    ordered = sorted(changing, key=lambda decision: (decision.anchor.span, decision.at, decision.event))
    return Patch(transcript.path, transcript.sha256, tuple(_hunk(decision, transcript.text) for decision in ordered))


def encode(patch: Patch) -> bytes:
    """The patch as a file: UTF-8, each line ended by a line feed."""
    header = {"sverka-patch": VERSION, "transcript": {"path": patch.path, "sha256": patch.sha256}}
    lines = (dumps(value, compact=True) for value in (header, *map(_fields, patch.hunks)))
    return "".join(f"{line}\n" for line in lines).encode()


def decode(data: bytes, place: str) -> Patch:
    """The patch in a file; ``place`` names the file in an error.

    A byte-order mark, carriage returns before the line feeds and lines with nothing on them are passed over, and so is
    a rule nobody knows. Raises :class:`sverka.errors.InputError` with the number of the line that is malformed.
    """
    header, *rest = _lines(data, place) or _malformed("is empty", place)
    path, digest = _header(*header)
    return Patch(path, digest, tuple(_read_hunk(fields, where) for fields, where in rest))


def _hunk(decision: Decision, text: str) -> Hunk:
    anchor = decision.anchor
    prefix, suffix = _context(anchor.span, text) if stands(anchor, text) else (anchor.prefix, anchor.suffix)
    return Hunk(
        exact=anchor.exact,
        prefix=prefix,
        suffix=suffix,
        replacement=decision.replacement or "",
        error_class=decision.error_class,
        verdict=decision.verdict,
        rule=decision.rule,
        confidence=decision.confidence,
        note=decision.note,
        by=decision.by,
        at=decision.at,
        event=decision.event,
    )


def _context(span: Span, text: str) -> tuple[str, str]:
    """What stands on either side, as far as it takes to tell this place from every other in the text."""
    reach = CONTEXT
    while True:
        prefix, suffix = text[max(0, span.start - reach) : span.start], text[span.end : span.end + reach]
        quotation = prefix + span.of(text) + suffix
        if reach >= _LONGEST or text.find(quotation, text.find(quotation) + 1) < 0:
            return prefix, suffix
        reach *= 2


def _fields(hunk: Hunk) -> dict[str, Json]:
    fields: dict[str, Json] = {
        "exact": hunk.exact,
        "prefix": hunk.prefix,
        "suffix": hunk.suffix,
        "replacement": hunk.replacement,
        "class": hunk.error_class.value,
        "verdict": hunk.verdict.value,
        "rule": hunk.rule.value,
        "confidence": hunk.confidence,
        "note": hunk.note,
        "by": hunk.by,
        "at": hunk.at,
        "event": hunk.event,
    }
    return fields | {"rejected": hunk.rejected} if hunk.rejected else fields


def _lines(data: bytes, place: str) -> list[tuple[dict[str, Json], str]]:
    """The objects of the lines, each with its place."""
    numbered = enumerate(data.removeprefix(_BOM).split(b"\n"), start=1)
    return [(_object(line, f"{place}:{number}"), f"{place}:{number}") for number, line in numbered if line.strip()]


def _object(line: bytes, where: str) -> dict[str, Json]:
    try:
        value = loads(line.decode())
    except UnicodeDecodeError:
        _malformed("is not UTF-8", where)
    except Unsound as unsound:
        number = unsound.constant
        _malformed(f"holds {number}, which is no JSON number" if number else "names a field twice", where)
    except (ValueError, RecursionError):
        _malformed("is not a JSON object", where)
    return value if isinstance(value, dict) else _malformed("is not a JSON object", where)


def _header(fields: dict[str, Json], where: str) -> tuple[str, str]:
    """The path and the digest of the text the patch was made from."""
    version = fields.get("sverka-patch")
    if not isinstance(version, int) or isinstance(version, bool):
        _malformed("is no patch: it does not begin with a sverka-patch header", where)
    if version != VERSION:
        raise InputError(
            f"is a patch of version {version}", place=where, remedy="read it with the program that made it"
        )
    about = fields.get("transcript")
    if not isinstance(about, dict):
        _malformed("transcript is not an object", where)
    return _text(about, "path", where), _matching(_DIGEST, about, "sha256", where)


def _read_hunk(fields: dict[str, Json], where: str) -> Hunk:
    verdict = _named(Verdict, {"verdict": Verdict.AMEND.value, **fields}, "verdict", where)
    if verdict not in {Verdict.ACCEPT, Verdict.AMEND}:
        _malformed(f"verdict is {verdict}, which corrects nothing", where)
    optional: dict[str, Json] = {"rule": "", "note": "", "by": "", "at": "", "event": "", "rejected": "", **fields}
    # The rule bears on nothing: one of a later version is no reason to refuse what an editor said.
    rule = _text(optional, "rule", where)
    return Hunk(
        exact=_text(fields, "exact", where),
        prefix=_text(fields, "prefix", where),
        suffix=_text(fields, "suffix", where),
        replacement=_text(fields, "replacement", where),
        error_class=_named(ErrorClass, fields, "class", where),
        verdict=verdict,
        rule=Rule(rule) if rule in set(Rule) else Rule.EDITOR,
        confidence=_fraction({"confidence": 1.0, **fields}, "confidence", where),
        note=_text(optional, "note", where),
        by=_text(optional, "by", where),
        at=_matching(_TIME, optional, "at", where),
        event=_text(optional, "event", where),
        rejected=_text(optional, "rejected", where),
    )


def _text(fields: Mapping[str, Json], name: str, where: str) -> str:
    if name not in fields:
        _malformed(f"{name} is missing", where)
    value = fields[name]
    return value if isinstance(value, str) else _malformed(f"{name} is not text", where)


def _matching(pattern: re.Pattern[str], fields: Mapping[str, Json], name: str, where: str) -> str:
    value = _text(fields, name, where)
    return value if pattern.fullmatch(value) else _malformed(f"{name} is not well formed: {visible(value[:70])}", where)


def _fraction(fields: Mapping[str, Json], name: str, where: str) -> float:
    value = fields[name]
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        _malformed(f"{name} is not a number from 0 to 1", where)
    return float(value)


def _named(names: type[_Name], fields: Mapping[str, Json], name: str, where: str) -> _Name:
    value = _text(fields, name, where)
    return names(value) if value in set(names) else _malformed(f"{name} is unknown: {visible(value[:70])}", where)


def _malformed(message: str, where: str) -> NoReturn:
    raise InputError(message, place=where, remedy="mend the line, or make the patch anew")
