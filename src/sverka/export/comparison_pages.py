"""A comparison of two reports as HTML and as Markdown."""

from __future__ import annotations

from collections.abc import Iterator

from sverka.export.amounts import thousands
from sverka.export.comparison import Change, Comparison, Figure
from sverka.export.markdown import escaped, table
from sverka.export.moment import moment
from sverka.export.page import page
from sverka.text.cells import NOTHING

__all__ = ["comparison_html", "comparison_markdown"]


def comparison_html(comparison: Comparison, *, title: str, program: str) -> str:
    """The page."""
    return page(
        "comparison.html.j2", title=title, program=program, comparison=comparison, amount=_amount, change=_change
    )


def comparison_markdown(comparison: Comparison, *, title: str) -> str:
    """The same as Markdown."""
    return "\n".join(_lines(comparison, title)) + "\n"


def _lines(comparison: Comparison, title: str) -> Iterator[str]:
    old, new = comparison.old.head, comparison.new.head
    yield from (f"# {escaped(title)}", "")
    older, newer = (f"{escaped(head.title)}, {escaped(moment(head.made_at))}" for head in (old, new))
    yield from (f"Older: {older}. Newer: {newer}.", "")
    rows = ((one.name, _amount(one.old), _amount(one.new), _change(one)) for one in comparison.figures)
    yield from table(("Figure", "Older", "Newer", "Change"), rows)
    for group in comparison.groups:
        if group.changes:
            yield from (f"## {group.title} ({len(group.changes)})", "", group.about, "")
            yield from table(("Place", "Kind", "In the text", "Older", "Newer", "By"), map(_cells, group.changes))


def _cells(change: Change) -> tuple[str, ...]:
    place = change.place
    said = place.decision
    return (
        f"{escaped(place.path)}:{place.line}:{place.column}",
        escaped(place.rule),
        escaped(place.original) or NOTHING,
        escaped(change.before),
        escaped(change.after),
        escaped(f"{said.by}, {moment(said.at)}") if said else "",
    )


def _amount(value: float | None) -> str:
    return "–" if value is None else thousands(value)


def _change(figure: Figure) -> str:
    if figure.change is None:
        return "–"
    # Differences of rounded figures are rounded like them.
    change = round(figure.change, 2)
    return thousands(change, "+").replace("-", "\N{MINUS SIGN}") if change else "0"
