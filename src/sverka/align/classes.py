"""What kind of difference stands between two readings of one place.

Some kinds are differences of writing only: one folding or a few make the readings the same. Of the others it counts
what differs: figures, names, signs, a few letters of a word, whole words::

    >>> classes("По мощь", "помощь")
    (<Class.SPACING: 'spacing'>, <Class.CASE: 'case'>)
    >>> classes("22", "20")
    (<Class.NUMBER: 'number'>,)
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from enum import StrEnum
from itertools import combinations

from rapidfuzz.distance import Levenshtein

from sverka.text.abbreviations import CLOSING, RUNNING
from sverka.text.alphabet import fold

__all__ = ["Class", "Place", "classes"]


class Class(StrEnum):
    """A kind of difference; of two texts compared each difference is counted under one."""

    WORD = "word"
    """Other words, or words that only one text has."""
    LETTERS = "letters"
    """A word with some letters other."""
    NAME = "name"
    """A word with a capital in the midst of a sentence, in both texts."""
    NUMBER = "number"
    """Figures."""
    PUNCTUATION = "punctuation"
    """Signs: another, or in one text only; quotation marks and dashes of another shape."""
    SPACING = "spacing"
    """White space in one text only: words split or run together."""
    HYPHEN = "hyphen"
    """A hyphen in one text only, or the line end after which one was lost."""
    CASE = "case"
    """Capital and small letters."""
    YO = "yo"
    """ё and е."""
    MOVED = "moved"
    """A passage that stands elsewhere in the other text."""


Place = tuple[str, str]
"""The text before and after a reading; the last 40 code points before and the first after are enough."""

_HYPHENS = "-\N{HYPHEN}\N{NON-BREAKING HYPHEN}\N{NOT SIGN}\N{SOFT HYPHEN}"
_DIVIDED = re.compile(rf"\s*[{_HYPHENS}]\s*|(?<=\w)[ \t]*[\r\n]+[ \t]*(?=\w)")
_WORD = re.compile(r"\w+(?:-\w+)*")
_YO = str.maketrans("ёЁ", "еЕ")

_ALIKE = 0.5
"""The share of letters in common from which one word is taken for another with some letters other."""

_LONGEST = 200
"""Letters from which a reading is a stretch of words, and none of them is like a word of the other text."""

_OPENING = re.compile(r"(?:\A|[.!?…:]|\n[ \t\r]*\n)[\s\"'«„“‘(\[\u2010-\u2015-]*\Z")
_SHORTENED = re.compile(r"([^\W\d_]+)\.\s*\Z")


def _unspaced(text: str) -> str:
    return "".join(text.split())


def _unhyphened(text: str) -> str:
    return _DIVIDED.sub("", text)


def _same_yo(text: str) -> str:
    return text.translate(_YO)


_FOLDINGS: tuple[tuple[Class, Callable[[str], str]], ...] = (
    (Class.HYPHEN, _unhyphened),
    (Class.SPACING, _unspaced),
    (Class.CASE, str.lower),
    (Class.YO, _same_yo),
)


def classes(left: str, right: str, here: Place = ("", ""), there: Place = ("", "")) -> tuple[Class, ...]:
    """The kinds of difference between two readings, the one it is counted under first; the same for either order.

    Where the readings differ in writing only, the kinds are the fewest that explain it; elsewhere there is one.
    ``here`` and ``there`` are the surroundings in either text: they tell what belongs to a number or is a name.
    """
    one, other = unicodedata.normalize("NFC", left), unicodedata.normalize("NFC", right)
    if not one.strip() and not other.strip():
        return (Class.SPACING,)
    return _of_writing(one, other) or (_of_substance(one, other, here, there),)


def _of_writing(one: str, other: str) -> tuple[Class, ...]:
    """The fewest foldings that make two readings the same; none where all together do not, or no letters are there."""
    if not (_has_word(one) and _has_word(other)) or _folded(one, _FOLDINGS) != _folded(other, _FOLDINGS):
        return ()
    for number in range(1, len(_FOLDINGS) + 1):
        for chosen in combinations(_FOLDINGS, number):
            if _folded(one, chosen) == _folded(other, chosen):
                return tuple(name for name, _ in chosen)
    raise AssertionError("all foldings together are one of the choices")


def _folded(text: str, foldings: tuple[tuple[Class, Callable[[str], str]], ...]) -> str:
    for _, folding in foldings:
        text = folding(text)
    return text


def _of_substance(one: str, other: str, here: Place, there: Place) -> Class:
    signs = not _has_word(one) and not _has_word(other)
    if _is_figures(one) or _is_figures(other) or (signs and _in_number(here) and _in_number(there)):
        return Class.NUMBER
    if signs:
        return Class.PUNCTUATION
    if not one.strip() or not other.strip():
        return Class.WORD
    if all(_has_capital(word) for word in (*one.split(), *other.split())) and (
        _is_within_sentence(here[0]) and _is_within_sentence(there[0])
    ):
        return Class.NAME
    return Class.LETTERS if _alike(one, other) else Class.WORD


def _has_word(text: str) -> bool:
    return any(map(str.isalnum, text))


def _is_figures(text: str) -> bool:
    """Whether a reading is a number or some: ``38-ю``, ``З8``, but not ``в 1950 году``."""
    words = _WORD.findall(text)
    return bool(words) and all(any(map(str.isdigit, word)) for word in words)


def _in_number(place: Place) -> bool:
    """Whether what stands there parts figures: the point in ``22.15``."""
    before, after = place
    return before[-1:].isdigit() and after[:1].isdigit()


def _alike(one: str, other: str) -> bool:
    if max(len(one), len(other)) > _LONGEST:
        return False
    return Levenshtein.normalized_similarity(fold(_unspaced(one)), fold(_unspaced(other))) >= _ALIKE


def _has_capital(word: str) -> bool:
    """Whether a word begins with a capital and is not written in capitals throughout."""
    return word[:1].isupper() and any(map(str.islower, word))


def _is_within_sentence(before: str) -> bool:
    """Whether a word goes on with a sentence, as far as the text before it tells."""
    if not _OPENING.search(before):
        return True
    shortened = _SHORTENED.search(before)
    if shortened is None:
        return False
    word = shortened[1].lower()
    return len(word) == 1 or word in RUNNING or word in CLOSING
