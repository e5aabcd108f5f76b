"""The line at the bottom: the keys that do something now."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.cells import cell_len
from textual.content import Content
from textual.widgets import Static

_BETWEEN = 3
"""Cells between two hints, where the line is long."""


class Footer(Static):
    """``y accept   1–3 candidate   e edit   n reject …   ? help   q leave``."""

    def __init__(self) -> None:
        super().__init__(markup=False)
        self._hints: tuple[tuple[str, str], ...] = ()
        self._last: tuple[tuple[str, str], ...] = ()

    def show(self, hints: Iterable[tuple[str, str]], last: Iterable[tuple[str, str]] = ()) -> None:
        """Show ``hints``, pairs of key and word, as many as there is room for, and always those in ``last``."""
        self._hints, self._last = tuple(hints), tuple(last)
        self._draw()

    def on_resize(self) -> None:
        """Show as many as there is room for now."""
        self._draw()

    def _draw(self) -> None:
        if self.content_size.width:
            self.update(key_line(self._hints, self._last, self.content_size.width), layout=False)


def key_line(hints: Sequence[tuple[str, str]], last: Sequence[tuple[str, str]], width: int) -> Content:
    """As many of ``hints`` as fit in ``width`` cells before ``last``, none cut in two."""
    between = _BETWEEN if width >= 100 else _BETWEEN - 1
    room = width + between - sum(_cells(hint, between) for hint in last)
    fitting = []
    for hint in hints:
        room -= _cells(hint, between)
        if room < 0:
            break
        fitting.append(hint)
    pieces = [Content.assemble((key, "$key"), " ", (word, "$quiet")) for key, word in (*fitting, *last)]
    return Content(" " * between).join(pieces)


def _cells(hint: tuple[str, str], between: int) -> int:
    return cell_len(hint[0]) + 1 + cell_len(hint[1]) + between
