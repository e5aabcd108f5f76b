"""The findings, one a line."""

from __future__ import annotations

from typing import ClassVar

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from sverka.text.visible import visible
from sverka.tui import wording
from sverka.tui.wrapping import shorten
from sverka.workflow.review import Item

_MARGIN = 2
"""Lines kept in sight before and after the current finding."""

_RULE = 8
"""Cells for the rule's name."""


class Queue(ScrollView, can_focus=False):
    """The queue of findings. Only the lines in sight are ever drawn."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"queue--current", "queue--settled", "queue--quiet"}
    ALLOW_SELECT = False

    class Picked(Message):
        """The editor clicked the finding at ``index``."""

        def __init__(self, index: int) -> None:
            super().__init__()
            self.index = index

    def __init__(self) -> None:
        super().__init__()
        self.border_title = "findings"
        self._items: tuple[Item, ...] = ()
        self._index = 0
        self._place_width = 0

    def show(self, items: tuple[Item, ...], index: int) -> None:
        """Show ``items``, the one at ``index`` being current, and bring it into sight."""
        if items is not self._items:
            self._place_width = max((len(_place(item)) for item in items), default=0)
        self._items, self._index = items, index
        self.virtual_size = Size(0, max(1, len(items)))
        self._follow()
        self.refresh()

    def on_resize(self) -> None:
        """Keep the current finding in sight, once it is known how far the pane can be scrolled."""
        self.call_after_refresh(self._follow)

    def on_click(self, event: events.Click) -> None:
        """Pick the clicked finding."""
        offset = event.get_content_offset(self)
        row = self.scroll_offset.y + offset.y if offset else -1
        if 0 <= row < len(self._items):
            self.post_message(self.Picked(row))

    def render_line(self, y: int) -> Strip:
        """One finding."""
        width = self.scrollable_content_region.width
        row = self.scroll_offset.y + y
        plain = self.rich_style
        if not self._items and row == 0:
            quiet = self.get_component_rich_style("queue--quiet")
            return Strip([Segment(shorten(" no findings", width), quiet)]).adjust_cell_length(width, plain)
        if row >= len(self._items):
            return Strip.blank(width, plain)
        item = self._items[row]
        current = row == self._index
        part = "queue--current" if current else "queue--settled" if item.settled else ""
        base = self.get_component_rich_style(part) if part else plain
        quiet = base if part else self.get_component_rich_style("queue--quiet")
        head = f"{'❯' if current else ' '} {wording.mark(item)} {_place(item):>{self._place_width}}  "
        rule = set_cell_size(wording.rule(item.finding.rule), _RULE) + "  "
        room = width - cell_len(head) - len(rule)
        if room < _RULE:
            rule, room = "", width - cell_len(head)
        pair = reading(item, room)
        return Strip(
            [Segment(head, base), Segment(rule, quiet), Segment(pair, base)],
        ).adjust_cell_length(width, base)

    def _follow(self) -> None:
        height = self.scrollable_content_region.height
        if height <= 0:
            return
        margin = min(_MARGIN, (height - 1) // 2)
        top = self.scroll_offset.y
        wanted = min(max(top, self._index + margin - height + 1), self._index - margin)
        if wanted != top:
            self.scroll_to(y=max(0, wanted), animate=False, immediate=True)


def reading(item: Item, width: int) -> str:
    """``original → candidate`` in ``width`` cells, the longer of the two cut first."""
    original = visible(item.finding.original) or DASH
    proposed = wording.proposal(item)
    if proposed is None:
        return shorten(original, width)
    room = max(0, width - len(ARROW))
    half = room // 2
    if cell_len(original) + cell_len(proposed) > room:
        original = shorten(original, max(half, room - cell_len(proposed)))
        proposed = shorten(proposed, room - cell_len(original))
    return shorten(original + ARROW + proposed, width)


ARROW = " → "
DASH = "‸"
"""What stands for a finding without a text of its own: a place where something is missing."""


def _place(item: Item) -> str:
    return f"{item.line}:{item.column}"
