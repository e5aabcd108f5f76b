"""Two texts compared, as lines for the terminal: ``letters: … она будет [-топорь-]{+теперь+}, а не …``."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest

from sverka.align.classes import Class
from sverka.align.comparison import Comparison, Difference
from sverka.export.excerpt import after, before, flat
from sverka.export.findings import place_of
from sverka.export.paint import Paint, Role, unpainted
from sverka.model import Span, Transcript
from sverka.text.visible import visible

CONTEXT = 48
"""Code points shown on either side of a difference, cut back to whole words."""

LONGEST = 320
"""Code points of differing text after which the next difference gets a line of its own."""


def word_diff(left: Transcript, right: Transcript, comparison: Comparison, paint: Paint = unpainted) -> Iterator[str]:
    """One line, without its line end, for each difference or run of differences that lie close together.

    ``PATH:LINE:COLUMN:`` is the place in the left text, and the kind of each difference follows it. White space is
    shown as one space, save where it is itself the difference. A passage that moved has a line of its own, with its
    place in the right text.
    """
    floor = 0
    groups = tuple(_groups(comparison))
    for group, following in zip_longest(groups, groups[1:]):
        start, end = group[0].left.start, group[-1].left.end
        kinds = ", ".join(difference.kind for difference in group)
        head = f"{place_of(left, start, paint)} {paint(Role.RULE, f'{kinds}:')}"
        if group[0].kind is Class.MOVED:
            there = place_of(right, group[0].right.start, paint).removesuffix(":")
            yield f"{head} {_passage(left.text, group[0].left)} → {there}"
            floor = start
            continue
        ceiling = following[0].left.start if following else len(left.text)
        lead = before(left.text[floor:start], start - floor, CONTEXT)
        trail = after(left.text[end:ceiling], 0, CONTEXT)
        yield f"{head} {lead}{_body(left.text, right.text, group, paint)}{trail}".rstrip()
        floor = end


def summary(comparison: Comparison) -> str:
    """How many differences there are, of which kinds, and how much is the same."""
    left, right, common = comparison.left_count, comparison.right_count, comparison.common_count
    ignored = f"ignored: {comparison.ignored}" if comparison.ignored else ""
    if not comparison.differences:
        return f"no differences in {left} words and signs" + (f", {ignored}" if ignored else "")
    told = [f"{kind}: {count}" for kind, count in comparison.counts().items()]
    count = len(comparison.differences)
    differences = "1 difference" if count == 1 else f"{count} differences"
    kinds = ", ".join([*told, ignored] if ignored else told)
    return f"{differences} ({kinds}): {left - common} of {left} words and signs against {right - common} of {right}"


def _passage(text: str, span: Span) -> str:
    """A passage by its first words and its last."""
    if len(span) <= 2 * CONTEXT:
        return flat(span.of(text))
    return f"{after(text[: span.end], span.start, CONTEXT)} {before(text[span.start :], len(span), CONTEXT)}".replace(
        "… …", " … "
    )


def _groups(comparison: Comparison) -> Iterator[tuple[Difference, ...]]:
    """Differences whose contexts meet are shown together, as long as they fit in a few lines of the terminal.

    What is within a passage that moved is not shown together with what is outside.
    """
    group: list[Difference] = []
    last_home: Difference | None = None
    for difference, home in comparison.homes():
        moved = difference.kind is Class.MOVED or home is not last_home
        apart = group and difference.left.start - group[-1].left.end > 2 * CONTEXT
        if group and (moved or apart or difference.right.end - group[0].right.start > LONGEST):
            yield tuple(group)
            group = []
        last_home = home
        if difference.kind is Class.MOVED:
            yield (difference,)
        else:
            group.append(difference)
    if group:
        yield tuple(group)


def _body(left: str, right: str, group: tuple[Difference, ...], paint: Paint) -> str:
    pieces: list[str] = []
    position = group[0].left.start
    for difference in group:
        pieces.append(flat(left[position : difference.left.start]))
        pieces.append(_change(left, right, difference, paint))
        position = difference.left.end
    return "".join(pieces)


def _change(left: str, right: str, difference: Difference, paint: Paint) -> str:
    old, new = visible(difference.left.of(left)), visible(difference.right.of(right))
    removed = paint(Role.OLD, f"[-{old}-]") if old else ""
    added = paint(Role.NEW, f"{{+{new}+}}") if new else ""
    # Words that only the other text has stand in a gap without room on both sides.
    room = " " if not old and not new.isspace() and _spaced(right, difference.right) else ""
    return room + removed + added


def _spaced(text: str, span: Span) -> bool:
    return text[span.start - 1 : span.start].isspace()
