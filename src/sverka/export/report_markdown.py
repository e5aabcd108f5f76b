"""A report as Markdown, for a repository or an issue: the same figures, a table of findings for each document."""

from __future__ import annotations

from collections.abc import Iterator

from sverka.export.figures import DocumentFigures, Row
from sverka.export.markdown import escaped, table
from sverka.export.moment import moment
from sverka.export.report_contents import Contents
from sverka.text.cells import NOTHING

_CONTEXT = 40


def report_markdown(contents: Contents) -> str:
    """The report; what is special in Markdown or HTML is escaped, control characters are written out."""
    return "\n".join(_lines(contents)) + "\n"


def _lines(contents: Contents) -> Iterator[str]:
    report, told = contents.report, contents.figures
    yield from (
        f"# {escaped(contents.title)}",
        "",
        f"Made {escaped(moment(report.made_at))} by {escaped(report.program)}.",
        "",
    )
    if report.since:
        new = f"Only what was decided, or taken back, since {escaped(report.since)}"
        yield from (f"{new}; {report.unchanged} documents are as before.", "")
    yield from _summary(contents)
    if report.problems:
        yield from ("## Problems", "", *(f"* {escaped(str(problem))}" for problem in report.problems), "")
    for picture in contents.pictures:
        yield from (f"## {picture.title}", "", picture.about, "")
        rows = (tuple(escaped(cell) if isinstance(cell, str) else cell for cell in row) for row in picture.rows)
        yield from table(tuple(map(escaped, picture.head)), rows)
    if told.series:
        yield from ("## Series", "")
        yield from table(
            ("Reading", "Candidate", "Places", "Decided"),
            ((escaped(s.original), escaped(s.candidate) or NOTHING, s.count, s.decided) for s in told.series),
        )
    for document in told.documents:
        yield from _document(document)


def _summary(contents: Contents) -> Iterator[str]:
    told, estimate = contents.figures, contents.estimate
    progress = told.progress
    head = ["Documents", "Words", "Findings", "Decided", "Remaining", "Errors put right"]
    row = [len(told.documents), told.words, progress.total, progress.decided, progress.remaining, told.corrected]
    if estimate:
        yield from table((*head, "Errors that remain"), [(*row, f"{estimate.low}–{estimate.high} (estimated)")])
    else:
        yield from table(tuple(head), [tuple(row)])


def _document(document: DocumentFigures) -> Iterator[str]:
    progress = document.progress
    counts = f"{progress.total} findings, {progress.decided} decided, {progress.remaining} remaining"
    yield from (f"## {escaped(document.path)}", "", f"{document.words} words, {counts}.", "")
    if document.rows:
        yield from table(("Place", "Rule", "In the text", "Candidate", "Why", "Decision"), map(_cells, document.rows))


def _cells(row: Row) -> tuple[str, ...]:
    context = (
        f"{escaped(_tail(row.place.before))}**{escaped(row.original) or NOTHING}**{escaped(_head(row.place.after))}"
    )
    best = row.candidates[0] if row.candidates else None
    candidate = f"{escaped(best.text) or NOTHING} ({best.probability:.2f})" if best else "?"
    place = f"{row.place.line}:{row.place.column}"
    return place, row.rule, context, candidate, escaped(row.message), _decision(row)


def _decision(row: Row) -> str:
    said = row.decision
    if said is None:
        return "open"
    replacement = f" → {escaped(said.replacement) or NOTHING}" if said.replacement is not None else ""
    note = f": {escaped(said.note)}" if said.note else ""
    who = f", {escaped(said.by)}" if said.by else ""
    return f"{row.state}{replacement}{who}, {escaped(moment(said.at))}{note}"


def _tail(text: str) -> str:
    return text if len(text) <= _CONTEXT else "…" + text[-_CONTEXT:].partition(" ")[2]


def _head(text: str) -> str:
    return text if len(text) <= _CONTEXT else text[:_CONTEXT].rpartition(" ")[0] + "…"
