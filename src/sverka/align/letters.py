"""Which letters differ within a word that differs."""

from __future__ import annotations

import re

from sverka.align.classes import Class
from sverka.align.comparison import Difference, Stretch
from sverka.align.sequences import alignment, extent
from sverka.model import Span

__all__ = ["letters"]

_LETTER = re.compile(r"\w[\u0300-\u036f]*|.", re.DOTALL)
"""A letter with its accents is one; everything else stands for itself."""
_WHOLE = (Class.WORD, Class.MOVED)


def letters(difference: Difference, left: str, right: str) -> tuple[Stretch, ...]:
    """The stretches of two texts that differ within a difference, in order; either of one may be empty.

    None for other words, for words that only one text has, and for a passage that moved: nothing within them stands
    against anything.
    """
    if difference.kind in _WHOLE or not difference.left or not difference.right:
        return ()
    one, other = _letters(difference.left, left), _letters(difference.right, right)
    steps = alignment([span.of(left) for span in one], [span.of(right) for span in other])
    return tuple(
        Stretch(extent(one, step.left, difference.left.start), extent(other, step.right, difference.right.start))
        for step in steps
        if not step.same
    )


def _letters(span: Span, text: str) -> list[Span]:
    return [Span(*match.span()) for match in _LETTER.finditer(text, span.start, span.end)]
