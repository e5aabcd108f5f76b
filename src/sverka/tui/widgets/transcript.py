"""The text itself, with every finding marked."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import pairwise
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from sverka.model import Document, PassageKind, Span, Verdict, View
from sverka.text.visible import visible
from sverka.tui.wrapping import Rows, wrapped
from sverka.workflow.review import Item

_GUTTER_FROM = 56
"""The width in cells from which line numbers are shown."""


class TranscriptView(ScrollView, can_focus=False):
    """The transcript, wrapped, scrolled so that the current finding stands a third from the top.

    The text is broken into rows once for a width; a key draws only the rows in sight.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "transcript--aside",
        "transcript--number",
        "transcript--open",
        "transcript--later",
        "transcript--mended",
        "transcript--kept",
        "transcript--current",
    }
    ALLOW_SELECT = False

    class Picked(Message):
        """The editor clicked the finding at ``index``."""

        def __init__(self, index: int) -> None:
            super().__init__()
            self.index = index

    def __init__(self, document: Document) -> None:
        super().__init__()
        self.border_title = "transcript"
        self._document = document
        self._transcript = document.transcript
        self._passages = [passage.span.start for passage in document.passages]
        self._rows = Rows((), (), ())
        self._width = 0
        self._gutter = 0
        self._items: tuple[Item, ...] = ()
        self._spans: tuple[Span, ...] = ()
        self._starts: list[int] = []
        self._order: list[int] = []
        self._longest = 0
        self._index = 0

    def show(self, items: tuple[Item, ...], index: int) -> None:
        """Mark ``items``, the one at ``index`` being current, and scroll to it."""
        if items is not self._items:
            self._spans = tuple(self._shown_span(item.finding.span) for item in items)
            self._order = sorted(range(len(items)), key=lambda each: self._spans[each].start)
            self._starts = [self._spans[each].start for each in self._order]
            self._longest = max(map(len, self._spans), default=0)
        self._items, self._index = items, index
        self._follow()
        self.refresh()

    def line_to_top(self, line: int) -> None:
        """Scroll to line ``line`` (1-based), wherever the current finding is."""
        self._scroll_near(self._transcript.line_span(line).start)

    def turn(self, pages: int) -> None:
        """Scroll ``pages`` heights on, or back where negative."""
        height = self.scrollable_content_region.height
        self.scroll_to(y=self.scroll_offset.y + pages * max(1, height - 2), animate=False, immediate=True)

    def on_resize(self) -> None:
        """Break the text anew where the width has changed."""
        width = self.scrollable_content_region.width
        if width <= 0:
            return
        if width != self._width:
            self._width = width
            digits = len(str(self._transcript.line_count))
            self._gutter = digits + 2 if width >= _GUTTER_FROM else 0
            self._rows = wrapped(self._transcript, width - self._gutter)
            self.virtual_size = Size(0, len(self._rows))
        # How far the pane can be scrolled is known only after the layout that this event is part of.
        self.call_after_refresh(self._follow)
        self.refresh()

    def on_click(self, event: events.Click) -> None:
        """Pick the clicked finding."""
        offset = event.get_content_offset(self)
        if offset is None:
            return
        row = self.scroll_offset.y + offset.y
        if row >= len(self._rows):
            return
        start, end = self._rows.starts[row], self._rows.ends[row]
        place = min(end, start + max(0, offset.x - self._gutter))
        for index in self._touching(start, end):
            if self._spans[index].start <= place < self._spans[index].end:
                self.post_message(self.Picked(index))
                return

    def render_line(self, y: int) -> Strip:
        """One row of the text."""
        row = self.scroll_offset.y + y
        plain = self.rich_style
        if row >= len(self._rows):
            return Strip.blank(self._width, plain)
        segments = list(self._text_of(row))
        if self._gutter:
            number = str(self._rows.lines[row]) if self._rows.opens_line(row) else ""
            style = self.get_component_rich_style("transcript--number")
            segments.insert(0, Segment(f"{number:>{self._gutter - 2}}  ", style))
        return Strip(segments).adjust_cell_length(self._width, plain)

    def _text_of(self, row: int) -> Iterator[Segment]:
        """The row's text, cut where a finding begins or ends."""
        start, end = self._rows.starts[row], self._rows.ends[row]
        touching = self._touching(start, max(end, start + 1))
        cuts = {start, end}
        for index in touching:
            cuts |= {max(start, self._spans[index].start), min(end, self._spans[index].end)}
        edges = sorted(cuts)
        aside = self._is_aside(start)
        if len(edges) == 1:  # an empty line can be the place of something missing
            yield Segment(" ", self._style(start, touching, aside))
        for left, right in pairwise(edges):
            yield Segment(visible(self._transcript.text[left:right]), self._style(left, touching, aside))

    def _style(self, place: int, touching: list[int], aside: bool) -> Style:
        there = [index for index in touching if self._spans[index].start <= place < self._spans[index].end]
        if self._index in there:
            return self.get_component_rich_style("transcript--current")
        if there:
            return self.get_component_rich_style(_part(self._items[there[-1]]))
        return self.get_component_rich_style("transcript--aside") if aside else self.rich_style

    def _touching(self, start: int, end: int) -> list[int]:
        """The findings that have a code point in ``start`` to ``end``."""
        first = bisect_left(self._starts, start - self._longest)
        last = bisect_left(self._starts, end)
        return [index for index in self._order[first:last] if self._spans[index].end > start]

    def _is_aside(self, offset: int) -> bool:
        at = bisect_right(self._passages, offset) - 1
        return at >= 0 and self._document.passages[at].kind is not PassageKind.TEXT

    def _shown_span(self, span: Span) -> Span:
        """A gap is shown at the code point it stands before, or at a line's end at the one before it."""
        if len(span):
            return span
        line = self._transcript.line_span(self._transcript.place(span.start)[0])
        start = span.start - 1 if line.start < span.start >= line.end else span.start
        return Span(start, start + 1)

    def _follow(self) -> None:
        if self._items and self._rows:
            self._scroll_near(self._spans[self._index].start)

    def _scroll_near(self, offset: int) -> None:
        height = self.scrollable_content_region.height
        self.scroll_to(y=max(0, self._rows.at(offset) - height // 3), animate=False, immediate=True)


def _part(item: Item) -> str:
    if item.decision is None:
        return "transcript--open"
    match item.decision.verdict:
        case Verdict.DEFER:
            return "transcript--later"
        case Verdict.REJECT:
            return "transcript--kept"
        case _:
            return "transcript--mended" if item.decision.changes(View.DIPLOMATIC) else "transcript--kept"
