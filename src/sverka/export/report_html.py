"""A report as HTML: one page that holds everything, or, of a large collection, a front page and one for each document.

A browser takes a second for a thousand findings written out in full. Beyond that the front page keeps the figures, the
pictures, the tables and a list of all findings, which its script draws as far as it is looked at; each document has a
page of its own, which says everything without a script, too.
"""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from sverka.export.excerpt import near
from sverka.export.figures import Row, State
from sverka.export.page import page
from sverka.export.report_contents import Contents
from sverka.model import Verdict, View
from sverka.text.cells import NOTHING
from sverka.text.plainjson import dumps
from sverka.text.visible import visible

__all__ = ["report_pages"]

_ON_ONE_PAGE = 1_000
"""So many findings are written out on the front page; where there are more, documents get pages of their own."""
_SERIES_IN_FRONT = 50
_FRONT = "report.html.j2"


def report_pages(contents: Contents) -> Iterator[tuple[str, str]]:
    """The pages, each with its path below the report's folder; the first is ``index.html``."""
    told = contents.figures
    if told.progress.total <= _ON_ONE_PAGE:
        yield "index.html", _page(_FRONT, contents, split=False, series=told.series)
        return
    yield (
        "index.html",
        _page(_FRONT, contents, split=True, series=told.series[:_SERIES_IN_FRONT], listed=_listed(contents)),
    )
    yield "series.html", _page("report_series.html.j2", contents, split=True, series=told.series)
    for number in range(len(told.documents)):
        yield _address(number), _page("report_document.html.j2", contents, split=True, number=number)


def _page(template: str, contents: Contents, **values: object) -> str:
    return page(
        template,
        title=contents.title,
        program=contents.report.program,
        contents=contents,
        report=contents.report,
        figures=contents.figures,
        address=_address,
        State=State,
        Verdict=Verdict,
        View=View,
        **values,
    )


def _address(number: int) -> str:
    """Where the page of a document lies: numbered, since a transcript's name may hold anything."""
    return f"documents/{number + 1:04}.html"


def _listed(contents: Contents) -> Markup:
    """All findings, a few words each, as JSON within a ``script`` element that is no script."""
    documents = contents.figures.documents
    value = {
        "documents": [visible(document.path) for document in documents],
        "pages": [_address(number) for number in range(len(documents))],
        "findings": [
            [number, index, *_list_entry(row)]
            for number, document in enumerate(documents)
            for index, row in enumerate(document.rows)
        ],
    }
    # What could end the element, or begin a comment in it, is escaped as JSON allows.
    return Markup(dumps(value, compact=True).replace("<", r"\u003c"))


def _list_entry(row: Row) -> tuple[str | int | float, ...]:
    best = row.candidates[0].text or NOTHING if row.candidates else "?"
    left, right = near(row.place.before, row.place.after)
    said = row.decision
    settled = said.replacement or NOTHING if said and said.replacement is not None else ""
    return (
        row.place.line,
        row.place.column,
        row.rule.value,
        row.state.value,
        round(row.confidence, 3),
        left,
        visible(row.original) or NOTHING,
        right,
        visible(settled or best),
    )
