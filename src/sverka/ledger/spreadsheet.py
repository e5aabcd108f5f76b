"""Findings as a table for a spreadsheet, and the decisions read back from it.

CSV after RFC 4180, UTF-8 with a byte-order mark, which Excel needs to read it as such. A row is a finding, with the
decision on it where there is one; an undecided row has an empty ``verdict``. An editor writes into

* ``verdict``: accept, amend, reject or defer;
* ``replacement``: what belongs there, exactly; ``∅`` is nothing at all, and an empty cell with *accept* the first of
  the ``candidates``;
* ``class``: ocr, source or normalisation, ocr where it is empty; and ``note``.

``event`` is the id of the decision that the row shows, empty where there is none, and not for editors: by it a table
that was written before somebody else decided is told from an answer to what they said.

Cells are guarded against being taken for formulas, numbers or dates (:mod:`sverka.text.cells`), and each reads back
exactly.

What comes back may have been through any program: columns in any order, some of them gone; commas, semicolons or tabs;
UTF-8, UTF-16 or cp1251.
"""

from __future__ import annotations

import csv
import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from io import StringIO
from typing import NoReturn, TypeVar

from sverka.errors import InputError
from sverka.model import Decision, ErrorClass, Finding, Transcript, Verdict
from sverka.text.cells import NOTHING, bare, guarded, table
from sverka.text.visible import visible

__all__ = ["COLUMNS", "Entry", "Row", "encode", "read_decisions"]

COLUMNS = (
    "id",
    "path",
    "line",
    "column",
    "original",
    "verdict",
    "replacement",
    "class",
    "note",
    "rule",
    "confidence",
    "candidates",
    "context_before",
    "context_after",
    "event",
)
"""The columns in the order in which they are written; ``line`` and ``column`` count from 1."""

_NEEDED = ("id", "original", "verdict", "replacement")
_CONTEXT = 60
"""Code points of the text shown on either side."""

_EVENT = re.compile(r"[0-9a-f]{32}")

_Name = TypeVar("_Name", Verdict, ErrorClass)


@dataclass(frozen=True, slots=True)
class Entry:
    """A row to be written: a finding, what was said of it if anything was, and the text it is in."""

    transcript: Transcript
    finding: Finding
    decision: Decision | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A decision that was read.

    ``id`` is the finding's, ``original`` its text as the table has it: a program may have written other line ends.
    ``replacement`` is None where the table gives none: with reject and defer, and with an *accept* that means the first
    candidate. ``path`` is the transcript's with everything unseen written out, to be compared and never opened; empty
    where the table does not name it. ``line`` is where the row begins in the file, counted from 1. ``event`` is the id
    of the decision in force when the table was written; empty: none was; None: the table does not say.
    """

    id: str
    original: str
    verdict: Verdict
    replacement: str | None
    error_class: ErrorClass
    note: str
    path: str
    line: int
    event: str | None = None


def encode(entries: Iterable[Entry], *, delimiter: str = ",") -> bytes:
    """The table, one row for each entry, in their order.

    RFC 4180 knows the comma only; where that is the decimal sign, as in Russia, spreadsheets part cells at a semicolon.
    """
    return table(COLUMNS, map(_cells, entries), delimiter=delimiter)


def read_decisions(data: bytes, place: str) -> tuple[Row, ...]:
    """The rows of a table that have a verdict; ``place`` names the file in an error.

    Columns nobody knows are passed over. Verdict and class are read in small or capital letters.
    Raises :class:`sverka.errors.InputError`, with the line and what to do about it, for a table that is none, a row
    that contradicts itself, and a finding that is decided twice.
    """
    text, encoding = _decoded(data, place)
    records = _records(text, place)
    line, head = next(records, (1, ()))
    columns = _columns(head, f"{place}:{line}")
    rows: dict[tuple[str, str], Row] = {}
    for line, cells in records:
        where = f"{place}:{line}"
        row = _row(_named_cells(columns, cells, where), line, where, lossy=encoding == "cp1251")
        if row is None:
            continue
        first = rows.setdefault((row.path, row.id), row)
        if first is not row:
            _refuse(f"finding {visible(row.id)} is decided here and in line {first.line}", where, "empty one verdict")
    return tuple(rows.values())


def _cells(entry: Entry) -> tuple[str | int | float, ...]:
    finding, decision, text = entry.finding, entry.decision, entry.transcript.text
    line, column = entry.transcript.place(finding.span.start)
    replacement = decision.replacement if decision else None
    return (
        guarded(finding.id),
        guarded(visible(entry.transcript.path)),
        line,
        column,
        guarded(finding.original),
        decision.verdict.value if decision else "",
        "" if replacement is None else guarded(replacement) or NOTHING,
        decision.error_class.value if decision else "",
        guarded(decision.note) if decision else "",
        finding.rule.value,
        round(finding.confidence, 4),
        guarded(" | ".join(visible(candidate.text) or NOTHING for candidate in finding.candidates)),
        guarded(_flat(text[max(0, finding.span.start - _CONTEXT) : finding.span.start])),
        guarded(_flat(text[finding.span.end : finding.span.end + _CONTEXT])),
        guarded(decision.event) if decision else "",
    )


def _flat(text: str) -> str:
    """On one line, with everything unseen written out."""
    return visible(" ".join(text.split()))


def _decoded(data: bytes, place: str) -> tuple[str, str]:
    """The text without its byte-order mark, and the encoding it was in."""
    encoding = _encoding(data)
    try:
        return data.decode(encoding).removeprefix("\ufeff"), encoding
    except UnicodeDecodeError:
        _refuse(f"is no text in {encoding}", place, "save it as CSV in UTF-8")


def _encoding(data: bytes) -> str:
    if data.startswith(BOM_UTF8):
        return "utf-8"
    # The heading is in Latin letters: in UTF-16 every other byte of it is zero.
    if data.startswith(BOM_UTF16_LE) or data[1:2] == b"\0":
        return "utf-16-le"
    if data.startswith(BOM_UTF16_BE) or data[:1] == b"\0":
        return "utf-16-be"
    try:
        data.decode()
    except UnicodeDecodeError:
        return "cp1251"
    return "utf-8"


def _records(text: str, place: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    """The records of the table that are not empty, each with the number of the line it begins in."""
    reader = csv.reader(StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader, None)
        except csv.Error as error:
            _refuse(f"is no CSV here: {error}", f"{place}:{line}", "put quotation marks in pairs")
        if cells is None:
            return
        if any(cells):
            yield line, tuple(cells)


def _delimiter(text: str) -> str:
    """The sign that parts the names in the heading."""
    heading = re.split(r"[\r\n]", text.lstrip("\r\n"), maxsplit=1)[0]
    return max(",;\t", key=heading.count)


def _columns(head: tuple[str, ...], where: str) -> tuple[str, ...]:
    columns = tuple(cell.strip().lower() for cell in head)
    missing = [name for name in _NEEDED if name not in columns]
    if missing:
        remedy = "give it the first line of the table that was exported"
        _refuse(f"has no column {', '.join(missing)}", where, remedy)
    twice = next((name for name in columns if name in COLUMNS and columns.count(name) > 1), None)
    if twice:
        _refuse(f"has two columns {twice}", where, "delete one of them")
    return columns


def _named_cells(columns: tuple[str, ...], cells: tuple[str, ...], where: str) -> dict[str, str]:
    if any(cells[len(columns) :]):
        _refuse("has more cells than the heading", where, "put quotation marks around a cell with a comma in it")
    return dict(zip(columns, cells, strict=False))


def _row(cells: Mapping[str, str], line: int, where: str, *, lossy: bool) -> Row | None:
    """The decision in a row, None where there is none. ``lossy``: signs may have become question marks."""
    verdict = _named(Verdict, cells, "verdict", where)
    if verdict is None:
        return None
    identifier = bare(cells.get("id", "").strip())
    if not identifier:
        _refuse("has a verdict, and no id", where, "copy the id from the table that was exported")
    original = bare(cells.get("original", ""))
    replacement = _replacement(cells, verdict, where)
    if lossy and replacement and "?" in replacement and "?" not in original:
        remedy = "save the table as CSV in UTF-8, and write the replacement again"
        _refuse("its replacement has a question mark where cp1251 may lack a letter", where, remedy)
    return Row(
        id=identifier,
        original=original,
        verdict=verdict,
        replacement=replacement,
        error_class=_named(ErrorClass, cells, "class", where) or ErrorClass.OCR,
        note=bare(cells.get("note", "")),
        path=bare(cells.get("path", "")),
        line=line,
        event=_event(cells, where),
    )


def _event(cells: Mapping[str, str], where: str) -> str | None:
    if "event" not in cells:
        return None
    event = bare(cells["event"].strip())
    if event and not _EVENT.fullmatch(event):
        _refuse(f"event is not well formed: {visible(event[:40])}", where, "copy it from the table that was exported")
    return event


def _replacement(cells: Mapping[str, str], verdict: Verdict, where: str) -> str | None:
    cell = cells.get("replacement", "")
    if verdict in {Verdict.REJECT, Verdict.DEFER}:
        if cell:
            _refuse(f"says {verdict}, and gives a replacement", where, "empty the replacement, or write amend")
        return None
    if not cell:
        if verdict is Verdict.AMEND:
            _refuse("says amend, and gives no replacement", where, f"write one, or {NOTHING} to delete the original")
        return None
    return "" if cell == NOTHING else bare(cell)


def _named(names: type[_Name], cells: Mapping[str, str], column: str, where: str) -> _Name | None:
    value = cells.get(column, "").strip().lower()
    if not value:
        return None
    if value not in set(names):
        known = ", ".join(names)
        _refuse(f"{column} is unknown: {visible(value[:40])}", where, f"write one of {known}, or nothing")
    return names(value)


def _refuse(message: str, where: str, remedy: str) -> NoReturn:
    raise InputError(message, place=where, remedy=remedy)
