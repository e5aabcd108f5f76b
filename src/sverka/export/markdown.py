"""Markdown that holds together whatever text is put into it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from sverka.text.visible import visible

__all__ = ["escaped", "table"]

_SPECIAL = re.compile(r"([\\`*_\[\]|~#])")


def table(heads: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> Iterator[str]:
    """A table and an empty line; text in it has to be :func:`escaped`."""
    yield f"| {' | '.join(heads)} |"
    yield f"|{'---|' * len(heads)}"
    for row in rows:
        yield f"| {' | '.join(map(str, row))} |"
    yield ""


def escaped(text: str) -> str:
    """Text of which Markdown and HTML take nothing for a sign of theirs, what cannot be seen written out."""
    shown = visible(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _SPECIAL.sub(r"\\\1", shown)
