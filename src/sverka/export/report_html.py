"""A report as one HTML page."""

from __future__ import annotations

from sverka.export.figures import State, figures
from sverka.export.page import page
from sverka.model import Report, Verdict, View


def report_html(report: Report, *, title: str) -> str:
    """The page."""
    return page(
        "report.html.j2",
        title=title,
        program=report.program,
        report=report,
        figures=figures(report),
        State=State,
        Verdict=Verdict,
        View=View,
    )
