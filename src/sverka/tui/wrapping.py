"""Text broken into rows of a given width, without copying it.

A row is a half-open pair of offsets into the text. Rows break at spaces, and within a word only where the word alone is
wider than the row. Widths are counted in terminal cells of what :func:`~sverka.text.visible.visible` shows.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from rich.cells import cell_len

from sverka.model import Transcript
from sverka.text.visible import visible

__all__ = ["Rows", "shorten", "wrap", "wrapped"]


@dataclass(frozen=True, slots=True)
class Rows:
    """A transcript broken into rows: ``starts`` and ``ends`` in code points, ``lines`` the line (1-based) of each."""

    starts: tuple[int, ...]
    ends: tuple[int, ...]
    lines: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.starts)

    def at(self, offset: int) -> int:
        """The row that holds the code point at ``offset``."""
        return max(0, bisect_right(self.starts, offset) - 1)

    def opens_line(self, row: int) -> bool:
        """Whether ``row`` is the first of its line."""
        return row == 0 or self.lines[row - 1] != self.lines[row]


def wrapped(transcript: Transcript, width: int) -> Rows:
    """All rows of ``transcript`` at ``width`` cells."""
    starts: list[int] = []
    ends: list[int] = []
    lines: list[int] = []
    for line in range(1, transcript.line_count + 1):
        span = transcript.line_span(line)
        for start, end in wrap(transcript.text, span.start, span.end, width):
            starts.append(start)
            ends.append(end)
            lines.append(line)
    return Rows(tuple(starts), tuple(ends), tuple(lines))


def wrap(text: str, start: int, end: int, width: int) -> Iterator[tuple[int, int]]:
    """The rows of ``text[start:end]``, at least one; ``width`` below 1 counts as 1."""
    width = max(1, width)
    if _is_plain(text[start:end]):
        # One cell to a code point, as nearly every line of a Russian page is: nothing needs measuring.
        while end - start > width:
            space = text.rfind(" ", start + 1, start + width + 1)
            cut, following = (space, space + 1) if space >= 0 else (start + width, start + width)
            yield start, cut
            start = following
        yield start, end
        return
    yield from _measured(text, start, end, width)


def shorten(text: str, width: int) -> str:
    """``text`` in at most ``width`` cells, the last of them ``…`` where something was cut off."""
    if cell_len(text) <= width:
        return text
    used, kept = 0, 0
    for cells in map(cell_len, text):
        if used + cells > width - 1:
            break
        used, kept = used + cells, kept + 1
    return text[:kept] + "…" if width > 0 else ""


def _is_plain(text: str) -> bool:
    return text.isprintable() and cell_len(text) == len(text)


def _measured(text: str, start: int, end: int, width: int) -> Iterator[tuple[int, int]]:
    widths = [_width(letter) for letter in text[start:end]]
    first, used, space = start, 0, -1
    for position in range(start, end):
        cells = widths[position - first]
        if text[position] == " ":
            space = position
        while used + cells > width and position > start:
            cut, following = (space, space + 1) if space > start else (position, position)
            yield start, cut
            start, space = following, -1
            used = sum(widths[start - first : position - first])
        # A space that did not fit ended its row and is part of none.
        used += cells if position >= start else 0
    yield start, end


def _width(letter: str) -> int:
    return cell_len(visible(letter))
