"""The line at the top: which document, how far."""

from __future__ import annotations

from rich.cells import cell_len
from textual.content import Content
from textual.widgets import Static

from sverka.tui.wrapping import shorten
from sverka.workflow.review import Progress

_BAR = 24
_GAP = 2


class Header(Static):
    """``letter.txt            3 of 17 · decided 2 · left 15  ━━━━━━──────────``."""

    def __init__(self, name: str) -> None:
        super().__init__(markup=False)
        self._title = name
        self._place = 0
        self._progress: Progress | None = None

    def show(self, place: int, progress: Progress) -> None:
        """Show ``progress``, the current finding being number ``place`` (from 1; 0 for none)."""
        self._place, self._progress = place, progress
        self._draw()

    def on_resize(self) -> None:
        """Fit the line to the new width."""
        self._draw()

    def _draw(self) -> None:
        if self._progress is not None and self.content_size.width:
            self.update(heading(self._title, self._place, self._progress, self.content_size.width), layout=False)


def heading(name: str, place: int, progress: Progress, width: int) -> Content:
    """The header's text at ``width`` cells; the bar goes first where there is little room, then the name's end."""
    settled = progress.total - progress.remaining
    count = f"{place} of {progress.total} · decided {settled} · left {progress.remaining}"
    if not progress.total:
        count = "no findings"
    bar = Content("")
    if progress.total and width >= cell_len(name) + cell_len(count) + _BAR + 3 * _GAP:
        bar = Content.assemble(" " * _GAP, proportion(settled / progress.total, _BAR))
    title = shorten(name, max(0, width - cell_len(count) - bar.cell_length - _GAP))
    space = " " * max(1, width - cell_len(title) - cell_len(count) - bar.cell_length)
    return Content.assemble((title, "bold"), space, (count, "$quiet"), bar)


def proportion(share: float, width: int, style: str = "$primary") -> Content:
    """A bar of ``width`` cells of which ``share`` (0 to 1) is heavy, the rest light."""
    heavy = round(min(1.0, max(0.0, share)) * width)
    return Content.assemble(("━" * heavy, style), ("─" * (width - heavy), "$rule"))
