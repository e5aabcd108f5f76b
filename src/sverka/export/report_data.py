"""A report as JSON lines, for programs, and for comparing it with a later one: written, and read back.

The first line has the figures (``"kind": "report"``); one for each document, finding, series and problem follows.
docs/reports.md explains the fields. Read back are only those that a comparison needs; others are passed over.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from sverka.errors import InputError
from sverka.export.figures import DocumentFigures, Row, State
from sverka.export.findings import candidate_fields
from sverka.export.report_contents import Contents
from sverka.text.plainjson import dumps

__all__ = ["DocumentData", "FindingData", "ReportData", "Said", "encode", "read_report"]

_VERSION = 1
"""Of the format; a reader of this version refuses later ones."""


def encode(contents: Contents) -> bytes:
    """The lines, as UTF-8."""
    return "".join(f"{dumps(line)}\n" for line in _lines(contents)).encode()


def _lines(contents: Contents) -> Iterator[dict[str, object]]:
    report, told, estimate = contents.report, contents.figures, contents.estimate
    progress = told.progress
    yield {
        "kind": "report",
        "v": _VERSION,
        "title": contents.title,
        "made_at": report.made_at,
        "program": report.program,
        "since": report.since,
        "documents": len(told.documents),
        "finished": told.finished,
        "words": told.words,
        "findings": progress.total,
        **{state.value: count for state, count in progress.counts},
        "decided": progress.decided,
        "remaining": progress.remaining,
        "corrected": told.corrected,
        "per_thousand_words": round(told.density, 2),
        "errors_remaining": [estimate.low, estimate.high] if estimate else None,
    }
    for problem in report.problems:
        yield {"kind": "problem", "place": problem.place, "message": problem.message, "remedy": problem.remedy}
    for document in told.documents:
        yield _document(document)
        yield from (_finding(document.path, row) for row in document.rows)
    for series in told.series:
        rows = [told.documents[document].rows[row] for document, row in series.places]
        yield {
            "kind": "series",
            "original": series.original,
            "candidate": series.candidate,
            "places": series.count,
            "decided": series.decided,
            "findings": [row.id for row in rows],
        }


def _document(document: DocumentFigures) -> dict[str, object]:
    progress = document.progress
    return {
        "kind": "document",
        "path": document.path,
        "words": document.words,
        "findings": progress.total,
        **{state.value: count for state, count in progress.counts},
        "decided": progress.decided,
        "remaining": progress.remaining,
        "per_thousand_words": round(document.density, 2),
        "pages": [{"words": page.words, "findings": page.total} for page in document.pages],
    }


def _finding(path: str, row: Row) -> dict[str, object]:
    place, said = row.place, row.decision
    return {
        "kind": "finding",
        "id": row.id,
        "path": path,
        "line": place.line,
        "column": place.column,
        "page": place.page,
        "start": place.span.start,
        "end": place.span.end,
        "original": row.original,
        "rule": row.rule.value,
        "confidence": round(row.confidence, 4),
        "message": row.message,
        "candidates": [candidate_fields(candidate) for candidate in row.candidates],
        "before": place.before,
        "after": place.after,
        "translation": place.translation,
        "state": row.state.value,
        "decision": said
        and {
            "event": said.event,
            "verdict": said.verdict.value,
            "class": said.error_class.value,
            "replacement": said.replacement,
            "note": said.note,
            "by": said.by,
            "at": said.at,
        },
    }


class Said(msgspec.Struct, frozen=True):
    """What an editor said of a place, as a report has it."""

    event: str
    verdict: str
    replacement: str | None
    by: str
    at: str
    error_class: str = msgspec.field(name="class")


class Choice(msgspec.Struct, frozen=True):
    """A candidate."""

    text: str
    probability: float


class FindingData(msgspec.Struct, frozen=True, tag_field="kind", tag="finding"):
    """A finding of an earlier report."""

    id: str
    path: str
    line: int
    column: int
    start: int
    original: str
    rule: str
    confidence: float
    candidates: tuple[Choice, ...]
    before: str
    after: str
    state: State
    decision: Said | None


class DocumentData(msgspec.Struct, frozen=True, tag_field="kind", tag="document"):
    """A document of an earlier report."""

    path: str
    words: int
    findings: int
    decided: int
    remaining: int
    per_thousand_words: float


class _Head(msgspec.Struct, frozen=True, tag_field="kind", tag="report"):
    v: int
    title: str
    made_at: str
    program: str
    since: str
    documents: int
    finished: int
    words: int
    findings: int
    decided: int
    remaining: int
    corrected: int
    per_thousand_words: float
    errors_remaining: tuple[int, int] | None


class _Series(msgspec.Struct, frozen=True, tag_field="kind", tag="series"):
    pass


class _Problem(msgspec.Struct, frozen=True, tag_field="kind", tag="problem"):
    pass


class ReportData(msgspec.Struct, frozen=True):
    """An earlier report, as far as it is compared."""

    head: _Head
    documents: tuple[DocumentData, ...]
    findings: tuple[FindingData, ...]


_DECODER = msgspec.json.Decoder(_Head | DocumentData | FindingData | _Series | _Problem)


def read_report(data: bytes, place: str) -> ReportData:
    """A report that was written by :func:`encode`; ``place`` names the file in an error.

    Raises :class:`sverka.errors.InputError`, with the line, where it is none, or one of a later version.
    """
    head: _Head | None = None
    documents: list[DocumentData] = []
    findings: list[FindingData] = []
    for number, line in enumerate(data.splitlines(), 1):
        try:
            read = _DECODER.decode(line)
        except (msgspec.MsgspecError, UnicodeDecodeError):
            raise InputError("is no line of a report", place=f"{place}:{number}", remedy=_REMEDY) from None
        if isinstance(read, _Head):
            head = read
            if head.v != _VERSION:
                raise InputError("was written by a later version", place=place, remedy="update sverka")
        elif isinstance(read, DocumentData):
            documents.append(read)
        elif isinstance(read, FindingData):
            findings.append(read)
    if head is None:
        raise InputError("is no report", place=place, remedy=_REMEDY)
    return ReportData(head, tuple(documents), tuple(findings))


_REMEDY = "name a folder that `sverka report` wrote, or the report.jsonl in it"
