"""What a comparison of two texts says: where they differ, in what way, and where they are the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from sverka.align.classes import Class
from sverka.model import Span

__all__ = ["Comparison", "Difference", "Stretch", "place"]


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of the first text, and what stands for it in the other. Spans count code points."""

    left: Span
    right: Span


@dataclass(frozen=True, slots=True)
class Difference:
    """The stretch ``left`` of the first text stands against ``right`` of the second. Spans count code points.

    Either may be empty (the other text has something more there), never both. ``classes`` is never empty; the
    difference is counted under the first. A passage that moved is one difference, and what differs within it others.
    """

    left: Span
    right: Span
    classes: tuple[Class, ...]

    @property
    def kind(self) -> Class:
        """What the difference is counted under."""
        return self.classes[0]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Where two texts differ and where they are the same, each in the order of the first text.

    ``common`` are the stretches of words that are the same, with what is between these words; those of a passage that
    moved are among them. ``passages`` are those that moved, whether counted as differences or not. The counts are of
    words and signs: of either text, and of those in common.
    """

    differences: tuple[Difference, ...]
    common: tuple[Stretch, ...]
    passages: tuple[Stretch, ...]
    left_count: int
    right_count: int
    common_count: int
    ignored: int = 0
    """How many differences were left out because of their kinds."""

    def without(self, kinds: Collection[Class]) -> Comparison:
        """The comparison without the differences that are of these kinds and no other."""
        kept = tuple(difference for difference in self.differences if not set(difference.classes) <= set(kinds))
        return replace(self, differences=kept, ignored=self.ignored + len(self.differences) - len(kept))

    @property
    def moves(self) -> tuple[Difference, ...]:
        """The passages that moved."""
        return tuple(difference for difference in self.differences if difference.kind is Class.MOVED)

    def counts(self) -> dict[Class, int]:
        """How many differences there are of each kind that there is, in the order of the kinds."""
        found = Counter(difference.kind for difference in self.differences)
        return {kind: found[kind] for kind in Class if found[kind]}

    def homes(self) -> Iterator[tuple[Difference, Difference | None]]:
        """Each difference, with the passage that moved and has it within, if there is one."""
        last: Difference | None = None
        for difference in self.differences:
            if difference.kind is Class.MOVED:
                last = difference
                yield difference, None
                continue
            inside = last and last.left.contains(difference.left) and last.right.contains(difference.right)
            yield difference, last if inside else None

    def mirrored(self) -> Comparison:
        """The comparison the other way round."""
        swapped = (Difference(it.right, it.left, it.classes) for it in self.differences)
        common, passages = (
            tuple(sorted((Stretch(it.right, it.left) for it in stretches), key=lambda stretch: stretch.left))
            for stretches in (self.common, self.passages)
        )
        return Comparison(
            tuple(sorted(swapped, key=place)),
            common,
            passages,
            self.right_count,
            self.left_count,
            self.common_count,
            self.ignored,
        )


def place(difference: Difference) -> tuple[int, bool, Span, Span]:
    """Where a difference is listed: a passage before what differs within it."""
    return difference.left.start, difference.kind is not Class.MOVED, difference.left, difference.right
