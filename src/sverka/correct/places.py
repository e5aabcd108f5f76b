"""Where words stand, as far as capitals go: after what, among what, and how the document writes them elsewhere."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from enum import IntEnum
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from sverka.model import Span, Token

Floats = NDArray[np.float32]


class Place(IntEnum):
    """What comes before a word, as far as a sentence may begin after it."""

    MIDDLE = 0
    """Another word and a space."""
    COMMA = 1
    """A comma or semicolon, which may be a point misread."""
    LINE = 2
    """A line end within the paragraph."""
    BREAK = 3
    """The end of a line that had room for the word: the line was ended on purpose."""
    OPENING = 4
    """A quotation mark or an opening bracket."""
    SIGN = 5
    """A dash, a closing bracket, a stray sign."""
    COLON = 6
    SHORT = 7
    """A point after one letter or two: an initial, what is cut short."""
    POINT = 8
    """A point or another sign that ends a sentence."""
    PARAGRAPH = 9
    """A blank line, the sentence before it not being closed."""
    START = 10
    """A blank line after a closed sentence, the number of an item, or nothing."""


class Shape(IntEnum):
    """How the capitals lie in a word."""

    SMALL = 0
    CAPITAL = 1
    """A capital first letter, or one capital letter alone."""
    CAPITALS = 2
    MIXED = 3


_BLANK = re.compile(r"\n[ \t\r]*\n")
_ITEM = re.compile(r"\n[\s.]*\d{1,2}[.)]\s+\Z")
"""The number of an item of a list, with nothing but stray points before it on its line."""
_BY_SIGN = dict.fromkeys("\"'«„“‘([{<‹”", Place.OPENING) | dict.fromkeys(",;", Place.COMMA)
_CUT_SHORT = 2
_REACH = 6
"""How many line beginnings on either side tell whether lines begin with capitals here."""
_NEAR = 3
"""How many lines on either side tell how wide the column is."""
_STEM = 5
_ROOM = 0.9
"""Part of the column's width that a line and the next word may fill for the line to have been ended on purpose."""
_ORDINARY = -4.0
"""Log-odds below which a capital in mid-sentence is out of the ordinary."""


def shape(text: str) -> Shape:
    """How the capitals lie in ``text``; signs are passed over."""
    if text.islower():
        return Shape.SMALL
    if text[:1].isupper() and (len(text) == 1 or text[1:].islower()):
        return Shape.CAPITAL
    letters = [c for c in text if c.isalpha()]
    if not letters:
        return Shape.SMALL
    if all(c.isupper() for c in letters):
        return Shape.CAPITALS if len(letters) > 1 else Shape.CAPITAL
    if len(letters) < len(text):
        return shape("".join(letters))
    return Shape.MIXED


@lru_cache(maxsize=4096)
def place_after(between: str) -> Place:
    """The place of a word, from what lies ``between`` it and the word before."""
    signs = between.strip()
    ends = any(c in ".!?\u2026" for c in signs)
    if _ITEM.search(between):
        return Place.START
    if _BLANK.search(between):
        return Place.START if ends else Place.PARAGRAPH
    if ends:
        return Place.POINT
    if not signs:
        return Place.LINE if "\n" in between else Place.MIDDLE
    return Place.COLON if ":" in signs else _BY_SIGN.get(signs[-1], Place.SIGN)


def places(text: str, tokens: Sequence[Token], words: Sequence[int]) -> list[Place]:
    """The place of each of the ``words`` (positions in ``tokens``)."""
    found: list[Place] = []
    end = 0
    before = 0
    for i in words:
        span = tokens[i].span
        between = text[end : span.start]
        # One space is by far the commonest.
        here = Place.MIDDLE if between == " " else place_after(between) if found else Place.START
        if here is Place.POINT and before <= _CUT_SHORT and between[0] == ".":
            here = Place.SHORT
        elif here <= Place.SIGN and "\n" in between and _ended(text, end, span.end - span.start):
            here = Place.BREAK
        found.append(here)
        end = span.end
        before = end - span.start
    return found


def _ended(text: str, end: int, length: int) -> bool:
    """Whether the line in which ``end`` lies had room for a word of ``length``, by its neighbours' width."""
    start, stop = text.rfind("\n", 0, end) + 1, text.find("\n", end)
    width, left, right = 0, start, stop
    for _ in range(_NEAR):
        if left:
            earlier = text.rfind("\n", 0, left - 1) + 1
            width = max(width, left - 1 - earlier)
            left = earlier
        later = text.find("\n", right + 1)
        width = max(width, (later if later >= 0 else len(text)) - right - 1)
        if later < 0:
            break
        right = later
    return stop - start + 1 + length <= _ROOM * width


def line_style(place: NDArray[np.int8], large: NDArray[np.bool_], odds: Floats) -> Floats:
    """Log-odds that lines around begin with a capital, though no sentence ended, at each word that begins a line."""
    at = np.flatnonzero((place == Place.LINE) | (place == Place.BREAK))
    found = np.zeros(len(place), dtype=np.float32)
    # A name has its capital anywhere.
    plain = odds[at] < _ORDINARY
    capital = np.r_[0, np.cumsum(plain & large[at])]
    total = np.r_[0, np.cumsum(plain)]
    here = np.arange(len(at))
    low, high = np.maximum(here - _REACH, 0), np.minimum(here + _REACH + 1, len(at))
    have = capital[high] - capital[low] - (plain & large[at])
    others = total[high] - total[low] - plain
    found[at] = np.log((have + 0.1) / (others - have + 1))
    return found


def looseness(place: NDArray[np.int8], small: NDArray[np.bool_], words: Sequence[int]) -> Floats:
    """Log-odds that a blank line stands within a sentence, at each word after one: lines set wide apart, or torn."""
    here = place[words]
    torn = int(((here == Place.PARAGRAPH) & small[words]).sum())
    whole = int(((here >= Place.PARAGRAPH) & ~small[words]).sum())
    return np.where(place >= Place.PARAGRAPH, np.log((torn + 0.5) / (whole + 2)), 0).astype(np.float32)


def usage(readings: Sequence[str], words: Sequence[int], large: NDArray[np.bool_], small: NDArray[np.bool_]) -> Floats:
    """Log-odds of a capital among the other words of the same stem in the document, 0 where there are none."""
    capital: dict[str, int] = defaultdict(int)
    plain: dict[str, int] = defaultdict(int)
    stems = [readings[i][:_STEM] for i in words]
    is_large, is_small = large[words].tolist(), small[words].tolist()
    for stem, big, little in zip(stems, is_large, is_small, strict=True):
        capital[stem] += big
        plain[stem] += little
    found = np.zeros(len(readings), dtype=np.float32)
    a = np.array([capital[stem] for stem in stems]) - is_large
    b = np.array([plain[stem] for stem in stems]) - is_small
    found[words] = np.where(a + b > 0, np.log((a + 0.5) / (b + 0.5)), 0)
    return found


def loud(text: str, tokens: Sequence[Token], words: Sequence[int], shapes: NDArray[np.int8]) -> NDArray[np.bool_]:
    """Whether a word with several capitals, or of one letter, stands beside a word in capitals or alone on its line."""
    found = np.zeros(len(tokens), dtype=bool)
    kinds = shapes[words].tolist()
    for k, kind in enumerate(kinds):
        i = words[k]
        span = tokens[i].span
        if kind < Shape.CAPITALS and not (kind == Shape.CAPITAL and len(span) == 1):
            continue
        beside = (*kinds[max(0, k - 1) : k], *kinds[k + 1 : k + 2])
        found[i] = Shape.CAPITALS in beside or (len(span) > 1 and _on_a_line_of_capitals(text, span))
    return found


def _on_a_line_of_capitals(text: str, span: Span) -> bool:
    start = text.rfind("\n", 0, span.start) + 1
    stop = text.find("\n", span.end)
    rest = text[start : span.start] + text[span.end : stop if stop >= 0 else len(text)]
    return not any(c.islower() for c in rest)
