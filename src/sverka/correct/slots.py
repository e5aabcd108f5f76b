"""The places that are decided one by one: words, and neighbours that may be one word."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from sverka.correct.stream import Stream
from sverka.language.errormodel import observed_view
from sverka.model import Span, Token, TokenKind

Ints = NDArray[np.int64]


class SlotKind(StrEnum):
    """What a slot covers."""

    WORD = "word"
    """One token: a word, a number of a figure or two, or a sign that stands alone where a word might."""
    PAIR = "pair"
    """Two neighbouring words and what lies between: perhaps one word."""


@dataclass(frozen=True, slots=True)
class Slots:
    """Slots of one kind, in the order of the text: slot ``i`` covers tokens ``first[i]`` to ``last[i]``, inclusive.

    ``start`` and ``end`` are its code points, ``observed`` its text in the channel's view. Its neighbours in the stream
    are at ``left`` and ``right``. ``line_end`` tells that a line ends within a pair.
    """

    kind: SlotKind
    first: Ints
    last: Ints
    start: Ints
    end: Ints
    left: Ints
    right: Ints
    observed: tuple[str, ...]
    line_end: NDArray[np.bool_]

    def __len__(self) -> int:
        """How many slots there are."""
        return len(self.first)

    def span(self, i: int) -> Span:
        """The code points of slot ``i``."""
        return Span(int(self.start[i]), int(self.end[i]))

    def take(self, index: Ints) -> Slots:
        """The slots at these positions."""
        observed = tuple(self.observed[i] for i in index.tolist())
        return Slots(
            self.kind,
            self.first[index],
            self.last[index],
            self.start[index],
            self.end[index],
            self.left[index],
            self.right[index],
            observed,
            self.line_end[index],
        )


_REACH = 4
"""Code points that may lie between the parts of a word read as two: a space, and a stray sign or two."""
_INNER = 2
"""Signs that may stand between them without a space."""
_LINES = 3
"""Line ends there, at most: a page number or a blank line may have been dropped."""


_LONE = re.compile(r"[|*#=<>&@~^\\\u00a9\u00ae\u2039\u203a\u00ab\u00bb\u2116\u00a2\u00b0]{1,2}")
"""Signs that a misread word of a letter or two may be put down as."""


def word_slots(stream: Stream, text: str) -> Slots:
    """Every word of the text, and what may have been a short one."""
    index = np.array([i for i, token in enumerate(stream.tokens) if _may_be_word(token, text)], dtype=np.int64)
    observed = tuple(stream.readings[i] for i in index.tolist())
    return _slots(SlotKind.WORD, stream, index, index, observed, np.zeros(len(index), dtype=bool))


def _may_be_word(token: Token, text: str) -> bool:
    if token.kind is TokenKind.WORD:
        return True
    if token.kind is TokenKind.NUMBER:
        return len(token.text) <= 2
    alone = (
        text[token.span.start - 1 : token.span.start].isspace() and text[token.span.end : token.span.end + 1].isspace()
    )
    return alone and _LONE.fullmatch(token.text) is not None


def pair_slots(stream: Stream, text: str) -> Slots:
    """Neighbouring words with white space and next to nothing else between them, where no sentence ends.

    What stands between is part of what is observed, since it may be a misread letter, but for signs before a line end:
    there it is a misread hyphen.
    """
    tokens = stream.tokens
    words = [i for i, token in enumerate(tokens) if token.kind is TokenKind.WORD]
    first, last, observed, line_end = [], [], [], []
    for a, b in pairwise(words):
        start, end = tokens[a].span.end, tokens[b].span.start
        between = text[start:end]
        if not between or end - start > _REACH or between.count("\n") > _LINES:
            continue
        spaced = any(c.isspace() for c in between)
        # Without a space the signs are misread letters of one word (``кажл.ю``), or nothing is wrong (``и/или``).
        if not spaced and (len(between) > _INNER or not text[end].islower() or text[start - 1].isupper()):
            continue
        # A point before a small letter ends no sentence.
        if between[0] in _ENDS and not text[end].islower():
            continue
        head, line, tail = between.rpartition("\n")
        gap = tail.strip() if line or not spaced else f"{head}{tail}".strip() + " "
        first.append(a)
        last.append(b)
        observed.append(f"{stream.readings[a]}{observed_view(gap)}{stream.readings[b]}")
        line_end.append(bool(line))
    return _slots(
        SlotKind.PAIR,
        stream,
        np.array(first, dtype=np.int64),
        np.array(last, dtype=np.int64),
        tuple(observed),
        np.array(line_end, dtype=bool),
    )


_ENDS = (".", "!", "?", "\N{HORIZONTAL ELLIPSIS}")


def _slots(
    kind: SlotKind, stream: Stream, first: Ints, last: Ints, observed: tuple[str, ...], line_end: NDArray[np.bool_]
) -> Slots:
    start = np.array([stream.tokens[i].span.start for i in first.tolist()], dtype=np.int64)
    end = np.array([stream.tokens[i].span.end for i in last.tolist()], dtype=np.int64)
    # A sign has no place in the stream: its neighbours are the last place before it and the first after.
    before = np.maximum.accumulate(stream.position) if len(stream.position) else stream.position
    here = stream.position[first] >= 0
    left = np.where(here, stream.position[first] - 1, np.maximum(before[first], 1))
    right = np.where(here, stream.position[last] + 1, left + 1)
    return Slots(kind, first, last, start, end, left, right, observed, line_end)
