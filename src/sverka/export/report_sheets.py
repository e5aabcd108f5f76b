"""A report as tables, for spreadsheets and for programs that reckon: the same four, whatever the format.

* ``summary``: the figures of the front page and of the pictures, a name and a value a row;
* ``documents``, ``series``, ``findings``: a row each. docs/reports.md explains the columns.

CSV and XLSX are for people: what cannot be seen is written out, and no cell is ever run as a formula. Parquet is for
programs and holds the text as it stands.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import import_module
from io import BytesIO
from types import ModuleType
from typing import Any, TypeAlias

from sverka.errors import UsageError
from sverka.export.figures import DocumentFigures, Figures, Row, Series, State
from sverka.export.report_contents import Contents
from sverka.model import Candidate
from sverka.text.cells import NOTHING, guarded, table, whole
from sverka.text.visible import visible

__all__ = ["Column", "Sheet", "csv_table", "needed", "parquet", "sheets", "xlsx"]

Cell: TypeAlias = str | int | float | None
"""None where there is nothing to say."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, what kind of value its cells hold, and how wide it is shown, in letters."""

    name: str
    kind: type[str] | type[int] | type[float] = str
    width: int = 12


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table."""

    name: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


def sheets(contents: Contents) -> tuple[Sheet, ...]:
    """The four tables."""
    told = contents.figures
    findings = (_finding(document.path, row) for document in told.documents for row in document.rows)
    return (
        Sheet("summary", _SUMMARY, tuple(_summary(contents))),
        Sheet("documents", _DOCUMENT, tuple(_document(one) for one in told.documents)),
        Sheet("series", _SERIES, tuple(_series(told, one) for one in told.series)),
        Sheet("findings", _FINDING, tuple(findings)),
    )


_SUMMARY = (Column("figure", width=36), Column("value", width=48))


def _summary(contents: Contents) -> Iterator[tuple[Cell, ...]]:
    report, told, estimate = contents.report, contents.figures, contents.estimate
    yield "title", contents.title
    yield "made at", report.made_at
    yield "made by", report.program
    if report.since:
        yield "only what was decided since", report.since
    yield "documents", len(told.documents)
    yield "documents finished", told.finished
    yield "words", told.words
    yield "findings", told.progress.total
    yield from told.progress.counts
    yield "decided", told.progress.decided
    yield "remaining", told.progress.remaining
    yield "corrected", told.corrected
    if estimate:
        yield "findings in 1,000 words", round(told.density, 2)
        yield "errors that remain, at least", estimate.low
        yield "errors that remain, at most", estimate.high
    yield from ((f"findings: {one.rule}", one.count) for one in told.rules)
    yield from ((f"problem: {problem.place}", str(problem)) for problem in report.problems)


_DOCUMENT = (
    Column("path", width=48),
    Column("words", int),
    Column("pages", int),
    Column("findings", int),
    *(Column(state.value, int) for state in State),
    Column("decided", int),
    Column("remaining", int),
    Column("corrected", int),
    Column("findings_in_1000_words", float, 22),
)


def _document(one: DocumentFigures) -> tuple[Cell, ...]:
    return (
        one.path,
        one.words,
        len(one.pages),
        one.progress.total,
        *(count for _, count in one.progress.counts),
        one.progress.decided,
        one.progress.remaining,
        sum(row.confirmed for row in one.rows),
        round(one.density, 2),
    )


_SERIES = (
    Column("original", width=24),
    Column("candidate", width=24),
    Column("places", int),
    Column("decided", int),
    Column("documents", int),
    Column("findings", width=60),
)


def _series(told: Figures, one: Series) -> tuple[Cell, ...]:
    ids = " ".join(told.documents[document].rows[row].id for document, row in one.places)
    documents = len({document for document, _ in one.places})
    return one.original or NOTHING, one.candidate or NOTHING, one.count, one.decided, documents, ids


_FINDING = (
    Column("id", width=18),
    Column("path", width=40),
    Column("line", int, 7),
    Column("column", int, 8),
    Column("page", int, 7),
    Column("start", int, 8),
    Column("end", int, 8),
    Column("rule"),
    Column("state", width=10),
    Column("confidence", float, 11),
    Column("context_before", width=40),
    Column("original", width=22),
    Column("context_after", width=40),
    Column("candidate", width=22),
    Column("probability", float, 11),
    Column("candidates", width=40),
    Column("message", width=30),
    Column("evidence", width=60),
    Column("translation", width=50),
    Column("verdict", width=10),
    Column("replacement", width=22),
    Column("class", width=12),
    Column("note", width=30),
    Column("by", width=18),
    Column("at", width=22),
    Column("event", width=34),
)


def _finding(path: str, row: Row) -> tuple[Cell, ...]:
    place, said = row.place, row.decision
    best = row.candidates[0] if row.candidates else None
    decided: tuple[Cell, ...] = (None,) * 7
    if said:
        text = None if said.replacement is None else said.replacement or NOTHING
        decided = said.verdict.value, text, said.error_class.value, said.note, said.by, said.at, said.event
    return (
        row.id,
        path,
        place.line,
        place.column,
        place.page,
        place.span.start,
        place.span.end,
        row.rule.value,
        row.state.value,
        round(row.confidence, 4),
        place.before,
        row.original or NOTHING,
        place.after,
        (best.text or NOTHING) if best else None,
        round(best.probability, 4) if best else None,
        " | ".join(f"{one.text or NOTHING} ({one.probability:.2f})" for one in row.candidates),
        row.message,
        _evidence(best) if best else "",
        place.translation,
        *decided,
    )


def _evidence(candidate: Candidate) -> str:
    return "; ".join(f"{one.kind}: {one.detail} ({one.score:+.1f})" for one in candidate.evidence)


def csv_table(sheet: Sheet) -> bytes:
    """One table as CSV after RFC 4180 in UTF-8; cells that a spreadsheet would run or alter are guarded."""
    return table([column.name for column in sheet.columns], (tuple(map(_csv_cell, row)) for row in sheet.rows))


def _csv_cell(cell: Cell) -> str | int | float:
    if cell is None:
        return ""
    # The sign of nothing was put there as such.
    return cell if not isinstance(cell, str) or cell == NOTHING else guarded(visible(cell))


_MOST_LETTERS = 32_767
"""In a cell, by Excel's specification."""
_MOST_ROWS = 1_048_576


def xlsx(tables: Sequence[Sheet], *, made_at: str) -> bytes:
    """A workbook with a sheet for each table: frozen heads, filters, widths. Text is always text, never a formula.

    UsageError where xlsxwriter is not installed, or a table has more rows than a sheet holds.
    """
    for sheet in tables:
        if len(sheet.rows) >= _MOST_ROWS:
            raise UsageError(
                f"{len(sheet.rows)} {sheet.name} are more than a sheet holds", remedy="choose csv or parquet"
            )
    out = BytesIO()
    book = _module("xlsxwriter", "xlsx").Workbook(out, {"in_memory": True})
    book.set_properties({"created": datetime.fromisoformat(made_at).astimezone(UTC).replace(tzinfo=None)})
    bold = book.add_format({"bold": True, "bottom": 1})
    top = book.add_format({"valign": "top"})
    wrapped = book.add_format({"valign": "top", "text_wrap": True})
    for sheet in tables:
        page = book.add_worksheet(sheet.name)
        page.freeze_panes(1, 0)
        for number, column in enumerate(sheet.columns):
            page.set_column(number, number, column.width, wrapped if column.width >= 24 else top)
            page.write_string(0, number, column.name, bold)
        for line, cells in enumerate(sheet.rows, 1):
            for number, cell in enumerate(cells):
                if isinstance(cell, str):
                    shown = visible(cell)
                    page.write_string(
                        line, number, shown if len(shown) <= _MOST_LETTERS else f"{shown[: _MOST_LETTERS - 1]}…"
                    )
                elif cell is not None:
                    page.write_number(line, number, cell)
        if sheet.rows:
            page.autofilter(0, 0, len(sheet.rows), len(sheet.columns) - 1)
    book.close()
    return out.getvalue()


def parquet(sheet: Sheet) -> bytes:
    """One table as Parquet, its columns typed; half of a surrogate pair, which UTF-8 cannot hold, becomes U+FFFD.

    UsageError where pyarrow is not installed.
    """
    arrow = _module("pyarrow", "parquet")
    writer = _module("pyarrow.parquet", "parquet")
    types: dict[type, Callable[[], Any]] = {str: arrow.string, int: arrow.int64, float: arrow.float64}
    arrays = [
        arrow.array([_arrow_cell(row[n], column.kind) for row in sheet.rows], type=types[column.kind]())
        for n, column in enumerate(sheet.columns)
    ]
    out = BytesIO()
    writer.write_table(arrow.table(arrays, names=[column.name for column in sheet.columns]), out, compression="zstd")
    return out.getvalue()


def _arrow_cell(cell: Cell, kind: type) -> Cell:
    if cell is None or kind is not str:
        return cell
    return whole(str(cell))


_PACKAGES = {"xlsx": "xlsxwriter", "parquet": "pyarrow.parquet"}
"""Of the extra ``tables``; loaded when they are needed, and not before."""


def needed(wanted: str) -> None:
    """UsageError where the package is not installed that a format needs."""
    if wanted in _PACKAGES:
        _module(_PACKAGES[wanted], wanted)


def _module(name: str, wanted: str) -> ModuleType:
    try:
        return import_module(name)
    except ImportError:
        package = name.partition(".")[0]
        raise UsageError(
            f"--format {wanted} needs the package {package}, which is not installed",
            remedy="install it with: pip install 'sverka[tables]'",
        ) from None
