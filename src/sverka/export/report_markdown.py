"""A report as Markdown, for a repository or an issue: the same figures, a table of findings for each document."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from sverka.export.figures import DocumentFigures, Figures, Row, figures
from sverka.export.moment import moment
from sverka.model import Report
from sverka.text.cells import NOTHING
from sverka.text.visible import visible

_SPECIAL = re.compile(r"([\\`*_\[\]|~#])")
_CONTEXT = 40


def report_markdown(report: Report, *, title: str) -> str:
    """The report; what is special in Markdown or HTML is escaped, control characters are written out."""
    return "\n".join(_lines(report, figures(report), title)) + "\n"


def _lines(report: Report, told: Figures, title: str) -> Iterator[str]:
    progress = told.progress
    yield from (f"# {_escaped(title)}", "", f"Made {moment(report.made_at)} by {_escaped(report.program)}.", "")
    yield from _table(
        ("Documents", "Words", "Findings", "Decided", "Remaining"),
        ((len(told.documents), told.words, progress.total, progress.decided, progress.remaining),),
    )
    if report.problems:
        yield from ("## Problems", "", *(f"* {_escaped(str(problem))}" for problem in report.problems), "")
    if told.rules:
        yield from ("## By rule", "")
        yield from _table(
            ("Rule", "Findings", "Decided", "Confirmed"),
            ((rule.rule, rule.count, rule.decided, rule.confirmed) for rule in told.rules),
        )
    if told.series:
        yield from ("## Series", "")
        yield from _table(
            ("Reading", "Candidate", "Places", "Decided"),
            ((_escaped(s.original), _escaped(s.candidate) or NOTHING, s.count, s.decided) for s in told.series),
        )
    for document in told.documents:
        yield from _document(document)


def _document(document: DocumentFigures) -> Iterator[str]:
    progress = document.progress
    counts = f"{progress.total} findings, {progress.decided} decided, {progress.remaining} remaining"
    yield from (f"## {_escaped(document.path)}", "", f"{document.words} words, {counts}.", "")
    if document.rows:
        yield from _table(("Place", "Rule", "In the text", "Candidate", "Why", "Decision"), map(_cells, document.rows))


def _cells(row: Row) -> tuple[str, ...]:
    context = (
        f"{_escaped(_tail(row.place.before))}**{_escaped(row.original) or NOTHING}**{_escaped(_head(row.place.after))}"
    )
    best = row.candidates[0] if row.candidates else None
    candidate = f"{_escaped(best.text) or NOTHING} ({best.probability:.2f})" if best else "?"
    place = f"{row.place.line}:{row.place.column}"
    return place, row.rule, context, candidate, _escaped(row.message), _decision(row)


def _decision(row: Row) -> str:
    said = row.decision
    if said is None:
        return "open"
    replacement = f" → {_escaped(said.replacement) or NOTHING}" if said.replacement is not None else ""
    note = f": {_escaped(said.note)}" if said.note else ""
    who = f", {_escaped(said.by)}" if said.by else ""
    return f"{row.state}{replacement}{who}, {moment(said.at)}{note}"


def _tail(text: str) -> str:
    return text if len(text) <= _CONTEXT else "…" + text[-_CONTEXT:].partition(" ")[2]


def _head(text: str) -> str:
    return text if len(text) <= _CONTEXT else text[:_CONTEXT].rpartition(" ")[0] + "…"


def _table(heads: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> Iterator[str]:
    yield f"| {' | '.join(heads)} |"
    yield f"|{'---|' * len(heads)}"
    for row in rows:
        yield f"| {' | '.join(map(str, row))} |"
    yield ""


def _escaped(text: str) -> str:
    shown = visible(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _SPECIAL.sub(r"\\\1", shown)
