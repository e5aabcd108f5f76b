"""Two texts compared, as lines for the terminal: ``… она будет [-топорь-]{+теперь+}, а не …``."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest

from sverka.align.words import Comparison, Hunk
from sverka.export.excerpt import after, before, flat
from sverka.export.paint import Paint, Role, unpainted
from sverka.model import Span, Transcript
from sverka.text.visible import visible

CONTEXT = 48
"""Code points shown on either side of a difference, cut back to whole words."""

LONGEST = 320
"""Code points of differing text after which the next difference gets a line of its own."""


def word_diff(left: Transcript, right: Transcript, comparison: Comparison, paint: Paint = unpainted) -> Iterator[str]:
    """One line, without its line end, for each difference or run of differences that lie close together.

    ``PATH:LINE:COLUMN:`` is the place in the left text. White space is shown as one space, save where it is itself
    the difference.
    """
    floor = 0
    groups = tuple(_groups(comparison.hunks))
    for group, following in zip_longest(groups, groups[1:]):
        start, end = group[0].left.start, group[-1].left.end
        ceiling = following[0].left.start if following else len(left.text)
        line, column = left.place(start)
        place = paint(Role.PLACE, f"{visible(left.path)}:{line}:{column}:")
        lead = before(left.text[floor:start], start - floor, CONTEXT)
        trail = after(left.text[:ceiling], end, CONTEXT)
        yield f"{place} {lead}{_body(left.text, right.text, group, paint)}{trail}".rstrip()
        floor = end


def summary(comparison: Comparison) -> str:
    """How many differences there are, and how much is the same."""
    count = len(comparison.hunks)
    if not count:
        return f"no differences in {comparison.left_count} words and signs"
    differences = "1 difference" if count == 1 else f"{count} differences"
    left, right, common = comparison.left_count, comparison.right_count, comparison.common
    return f"{differences}: {left - common} of {left} words and signs against {right - common} of {right}"


def _groups(hunks: tuple[Hunk, ...]) -> Iterator[tuple[Hunk, ...]]:
    """Differences whose contexts meet are shown together, as long as they fit in a few lines of the terminal."""
    group: list[Hunk] = []
    for hunk in hunks:
        apart = group and hunk.left.start - group[-1].left.end > 2 * CONTEXT
        if apart or (group and hunk.right.end - group[0].right.start > LONGEST):
            yield tuple(group)
            group = []
        group.append(hunk)
    if group:
        yield tuple(group)


def _body(left: str, right: str, group: tuple[Hunk, ...], paint: Paint) -> str:
    pieces: list[str] = []
    position = group[0].left.start
    for hunk in group:
        pieces.append(flat(left[position : hunk.left.start]))
        pieces.append(_change(left, right, hunk, paint))
        position = hunk.left.end
    return "".join(pieces)


def _change(left: str, right: str, hunk: Hunk, paint: Paint) -> str:
    old, new = visible(hunk.left.of(left)), visible(hunk.right.of(right))
    removed = paint(Role.OLD, f"[-{old}-]") if old else ""
    added = paint(Role.NEW, f"{{+{new}+}}") if new else ""
    # Words that only the other text has stand in a gap without room on both sides.
    room = " " if not old and not new.isspace() and _spaced(right, hunk.right) else ""
    return room + removed + added


def _spaced(text: str, span: Span) -> bool:
    return text[span.start - 1 : span.start].isspace()
