"""Two texts compared word by word, whatever their line breaks.

The texts are cut into words and signs (white space is none), each is reduced to what a reader sees, and the shortest
way from one sequence to the other is taken (:mod:`sverka.align.sequences`). What
differs comes out as hunks with a span in either text::

    >>> a, b = "пусть она будет топорь,\\nа не", "пусть она будет теперь, а не"
    >>> [(h.left.of(a), h.right.of(b)) for h in compare(a, b).hunks]
    [('топорь', 'теперь')]

Not a difference: one run of white space for another, a word divided at a line end against the whole word, a letter
composed or decomposed. A difference: white space where the other text has none (``ответил,а``), ё for е, a capital.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise

from sverka.align.sequences import WORDS, alignment
from sverka.model import Span

__all__ = ["Comparison", "Hunk", "compare"]

_BREAK = r"[-\N{HYPHEN}\N{NOT SIGN}\N{SOFT HYPHEN}][ \t]*(?:\r\n|\n|\r)[ \t]*"
"""A word divided at a line end."""

_LETTERS = r"[\w\u0300-\u036f]+"
_TOKEN = re.compile(rf"{_LETTERS}(?:(?:{_BREAK}|[-\N{{HYPHEN}}’']){_LETTERS})*|\S")
_DIVISION = re.compile(_BREAK)


@dataclass(frozen=True, slots=True)
class Hunk:
    """One difference: the stretch ``left`` of the first text stands against ``right`` of the second.

    Spans count code points. Either may be empty (the other text has something more there), never both.
    """

    left: Span
    right: Span


@dataclass(frozen=True, slots=True)
class Comparison:
    """Where two texts differ, in order, and how many words and signs they have in all and in common."""

    hunks: tuple[Hunk, ...]
    left_count: int
    right_count: int
    common: int


def compare(left: str, right: str) -> Comparison:
    """Compare two texts word by word."""
    lefts, rights = _tokens(left), _tokens(right)
    steps = alignment(_read(left, lefts), _read(right, rights), WORDS)
    hunks: list[Hunk] = []
    common = 0
    for equal, group in groupby(steps, key=lambda step: step.same):
        run = tuple(group)
        here = slice(run[0].left.start, run[-1].left.end)
        there = slice(run[0].right.start, run[-1].right.end)
        if equal:
            common += here.stop - here.start
            hunks += _gaps(lefts[here], rights[there])
        else:
            hunk = Hunk(_extent(lefts, here), _extent(rights, there))
            hunks += () if _same(hunk.left.of(left), hunk.right.of(right)) else (hunk,)
    return Comparison(tuple(hunks), len(lefts), len(rights), common)


def _tokens(text: str) -> list[Span]:
    return [Span(*match.span()) for match in _TOKEN.finditer(text)]


def _read(text: str, tokens: Iterable[Span]) -> list[str]:
    return [_reading(token.of(text)) for token in tokens]


def _reading(token: str) -> str:
    """What a reader sees in a token: a line-end division joined, letters composed."""
    if token.isascii() and token.isalnum():
        return token
    return unicodedata.normalize("NFC", _DIVISION.sub("", token))


def _extent(tokens: list[Span], run: slice) -> Span:
    """From the first to the last of a run of tokens; for an empty run, the gap behind the token before it."""
    if run.start == run.stop:
        at = tokens[run.start - 1].end if run.start else 0
        return Span(at, at)
    return Span(tokens[run.start].start, tokens[run.stop - 1].end)


def _gaps(lefts: list[Span], rights: list[Span]) -> Iterator[Hunk]:
    """White space between two words that has none to match it in the other text."""
    for (here, here_next), (there, there_next) in zip(pairwise(lefts), pairwise(rights), strict=True):
        left, right = Span(here.end, here_next.start), Span(there.end, there_next.start)
        if bool(left) != bool(right):
            yield Hunk(left, right)


def _same(left: str, right: str) -> bool:
    """Whether two stretches differ in line-end divisions only: a hyphen there may belong to the word (``из-⏎за``)."""
    return bool(_readings(left) & _readings(right))


def _readings(text: str) -> frozenset[str]:
    joined = (_DIVISION.sub(hyphen, text) for hyphen in ("", "-"))
    return frozenset(unicodedata.normalize("NFC", " ".join(reading.split())) for reading in joined)
