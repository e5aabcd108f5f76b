"""HTML pages that need nothing else: no network, no script from elsewhere, printable, one style for all.

A page is a template that extends ``page.html.j2``. All text is escaped, and control characters and bidi marks are
written out, wherever a value is put into a template.
"""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from sverka.export.amounts import percent, thousands
from sverka.export.moment import moment
from sverka.text.visible import visible


def page(template: str, *, title: str, program: str, **values: object) -> str:
    """The page that ``template`` makes of the values; ``program`` is the name and version of what made it."""
    return _environment().get_template(template).render(title=title, program=program, **values)


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
    environment.filters["percent"] = percent
    environment.filters["thousands"] = thousands
    environment.filters["moment"] = moment
    return environment


def _shown(value: object) -> object:
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value
