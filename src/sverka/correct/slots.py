"""The places that are decided one by one: words, neighbours that may be one word, words that may be two."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from sverka.correct.stream import Stream
from sverka.language.nametable import Name
from sverka.model import Span, TokenKind


class SlotKind(StrEnum):
    """What a slot covers."""

    WORD = "word"
    """One token, or one with the sign that touches it."""
    PAIR = "pair"
    """Two neighbouring tokens and what lies between: perhaps one word."""


@dataclass(frozen=True, slots=True)
class Slot:
    """Tokens ``first`` to ``last`` (inclusive), whose text in the channel's view is ``observed``.

    ``line_end`` tells that a line ends between the two tokens of a pair.
    """

    kind: SlotKind
    first: int
    last: int
    span: Span
    observed: str
    line_end: bool = False


@dataclass(frozen=True, slots=True)
class Option:
    """What a slot may have been: one word or two, of the lexicon (``numbers``) or not (-1).

    ``text`` is what would stand in place of ``span``, which may reach one sign beyond the slot's. ``cost`` is
    -log P(observed | text) in nats, ``origin`` where the option comes from, ``name`` the name it is a form of.
    """

    text: str
    words: tuple[str, ...]
    numbers: tuple[int, ...]
    cost: float
    origin: str
    span: Span
    name: Name | None = None


_REACH = 3
"""Code points that may lie between the parts of a word read as two: a space, and a stray sign or two."""


def word_slots(stream: Stream) -> tuple[Slot, ...]:
    """Every word of the text."""
    return tuple(
        Slot(SlotKind.WORD, i, i, token.span, stream.readings[i])
        for i, token in enumerate(stream.tokens)
        if token.kind is TokenKind.WORD
    )


def pair_slots(stream: Stream, text: str) -> tuple[Slot, ...]:
    """Neighbouring words with white space and next to nothing else between them, within a sentence."""
    words = [i for i, token in enumerate(stream.tokens) if token.kind is TokenKind.WORD]
    slots = []
    for a, b in pairwise(words):
        one, two = stream.tokens[a], stream.tokens[b]
        between = text[one.span.end : two.span.start]
        if len(between) > _REACH or between.count("\n") > 1 or any(c in ".!?" for c in between[:1]):
            continue
        if not any(c.isspace() for c in between):
            continue
        joined = stream.readings[a] + " " + stream.readings[b]
        slots.append(Slot(SlotKind.PAIR, a, b, Span(one.span.start, two.span.end), joined, "\n" in between))
    return tuple(slots)
