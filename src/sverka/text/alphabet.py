"""Letters: what is Cyrillic, what only looks like it, and the view in which words are compared."""

from __future__ import annotations

import re

CYRILLIC = re.compile(r"[\u0400-\u04ff]")
LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")

LOOKALIKES: dict[str, str] = {
    "A": "\N{CYRILLIC CAPITAL LETTER A}",
    "B": "\N{CYRILLIC CAPITAL LETTER VE}",
    "C": "\N{CYRILLIC CAPITAL LETTER ES}",
    "E": "\N{CYRILLIC CAPITAL LETTER IE}",
    "H": "\N{CYRILLIC CAPITAL LETTER EN}",
    "K": "\N{CYRILLIC CAPITAL LETTER KA}",
    "M": "\N{CYRILLIC CAPITAL LETTER EM}",
    "O": "\N{CYRILLIC CAPITAL LETTER O}",
    "P": "\N{CYRILLIC CAPITAL LETTER ER}",
    "T": "\N{CYRILLIC CAPITAL LETTER TE}",
    "X": "\N{CYRILLIC CAPITAL LETTER HA}",
    "Y": "\N{CYRILLIC CAPITAL LETTER U}",
    "a": "\N{CYRILLIC SMALL LETTER A}",
    "c": "\N{CYRILLIC SMALL LETTER ES}",
    "e": "\N{CYRILLIC SMALL LETTER IE}",
    "o": "\N{CYRILLIC SMALL LETTER O}",
    "p": "\N{CYRILLIC SMALL LETTER ER}",
    "x": "\N{CYRILLIC SMALL LETTER HA}",
    "y": "\N{CYRILLIC SMALL LETTER U}",
}
"""Latin letters drawn as a Cyrillic one is, in print: what a bilingual reader confuses without any error of sight."""

_LOOKALIKE_TABLE = str.maketrans(LOOKALIKES)
_YO = str.maketrans(
    {
        "\N{CYRILLIC SMALL LETTER IO}": "\N{CYRILLIC SMALL LETTER IE}",
        "\N{CYRILLIC CAPITAL LETTER IO}": "\N{CYRILLIC CAPITAL LETTER IE}",
    }
)


def fold(text: str) -> str:
    """The view in which words are compared: lower case, ё as е. Same length, so positions map back one to one."""
    folded = text.lower().translate(_YO)
    # A few capitals (U+0130) grow when lowered; such a text keeps its capitals rather than lose its positions.
    return folded if len(folded) == len(text) else text.translate(_YO)


def as_cyrillic(text: str) -> str:
    """``text`` with every Latin look-alike replaced by the Cyrillic letter it looks like."""
    return text.translate(_LOOKALIKE_TABLE)


def like_case(text: str, model: str) -> str:
    """``text`` in the capitals of ``model``: all capitals, a capital first letter, or as it is.

    A word of one letter says nothing about "all capitals", so it only passes on its own.
    """
    letters = [c for c in model if c.isalpha()]
    if not letters or not text:
        return text
    if len(letters) > 1 and all(c.isupper() for c in letters):
        return text.upper()
    if letters[0].isupper() and sum(c.isupper() for c in letters) * 2 <= len(letters) + 1:
        return text[0].upper() + text[1:]
    return text
