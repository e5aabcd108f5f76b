"""A report as one HTML page that needs nothing else: no network, no script from elsewhere, printable."""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from sverka.export.figures import State, figures
from sverka.export.moment import moment
from sverka.model import Report, Verdict, View
from sverka.text.visible import visible


def report_html(report: Report, *, title: str) -> str:
    """The page. All text is escaped, control characters and bidi marks are written out."""
    template = _environment().get_template("report.html.j2")
    return template.render(report=report, figures=figures(report), title=title, State=State, Verdict=Verdict, View=View)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("sverka.export"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_shown,
    )
    environment.filters["percent"] = lambda share: f"{round(100 * share)} %"
    environment.filters["thousands"] = lambda number: f"{number:,}".replace(",", "\N{NARROW NO-BREAK SPACE}")
    environment.filters["moment"] = moment
    return environment


def _shown(value: object) -> object:
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value
