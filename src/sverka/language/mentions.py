"""Names in an English text: ``Chiang Kai-shek``, ``PYONGYANG``, ``Syngman Rhee's``."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from sverka.language.nametable import Name

_WORD = re.compile(r"(?:[^\W\d_]\.){2,}(?![^\W\d_])|[^\W\d_]+(?:['’ʼ`‘][^\W\d_]+)*")
_GAP = re.compile(r"[\s\-\u2010-\u2013'’‘]{1,3}|\(|\.\s?")
_POSSESSIVE = re.compile(r"['’ʼ`][sS]$")
_SIGNS = re.compile(r"[^\w]+")
_ENDING = re.compile(r"(?:ii|iy|ij|yi)$")
_UNDECOMPOSED = str.maketrans({"ł": "l", "đ": "d", "ø": "o", "ı": "i", "æ": "ae", "ß": "ss", "œ": "oe", "ð": "d"})

_LONG_ENOUGH = 5
"""Letters a word must have for the spellings of -ский to count as one: ``Vyshinskii``, ``Vyshinsky``."""


def folded_english(word: str) -> str:
    """The view in which English spellings are compared: lower case, no diacritics, apostrophes or points; one -sky."""
    plain = unicodedata.normalize("NFKD", word.lower().translate(_UNDECOMPOSED))
    plain = _SIGNS.sub("", "".join(sign for sign in plain if not unicodedata.combining(sign)))
    if len(plain) < _LONG_ENOUGH:
        return plain
    return _ENDING.sub("y", plain) if not plain.endswith("ski") else plain[:-1] + "y"


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of an English text without its possessive ``'s``: as written, folded, where it stands.

    ``stop`` is where the possessive ends.
    """

    text: str
    folded: str
    start: int
    end: int
    stop: int


def _words(text: str) -> list[_Word]:
    words: list[_Word] = []
    for match in _WORD.finditer(text):
        written = _POSSESSIVE.sub("", match[0])
        words.append(_Word(written, folded_english(written), match.start(), match.start() + len(written), match.end()))
    return words


class EnglishNames:
    """An index of the English spellings of names."""

    def __init__(self, names: Sequence[Name]) -> None:
        """``names`` in the order in which they are to be returned where they share a spelling."""
        self._spelled: dict[str, list[tuple[Name, tuple[str, ...]]]] = {}
        for name in names:
            for spelling in name.english:
                words = _words(spelling)
                key = " ".join(word.folded for word in words)
                entries = self._spelled.setdefault(key, [])
                if not any(known is name for known, _ in entries):
                    entries.append((name, tuple(word.text for word in words)))
        self._max_words = max((key.count(" ") + 1 for key in self._spelled), default=0)

    def mentioned(self, text: str) -> tuple[tuple[Name, int, int], ...]:
        """Names in ``text`` with the code points they take up, in order, the longest at each place.

        Case, diacritics, apostrophes and hyphens make no difference, but a word that the table spells with a capital
        must have one (``Hull``, not ``hull``), and an acronym must be in capitals (``US``, not ``us``). A possessive
        ``'s`` is not part of the mention. Where several names share a spelling all are given.
        """
        words = _words(text)
        found: list[tuple[Name, int, int]] = []
        at = 0
        while at < len(words):
            names, length = self._longest(text, words, at)
            found += ((name, words[at].start, words[at + length - 1].end) for name in names)
            at += max(length, 1)
        return tuple(found)

    def _longest(self, text: str, words: Sequence[_Word], at: int) -> tuple[list[Name], int]:
        """The names of the longest mention that begins with word ``at``, and how many words it takes."""
        longest = 1
        while (
            longest < self._max_words
            and at + longest < len(words)
            and _GAP.fullmatch(text, words[at + longest - 1].stop, words[at + longest].start)
        ):
            longest += 1
        for length in range(longest, 0, -1):
            mention = words[at : at + length]
            entries = self._spelled.get(" ".join(word.folded for word in mention), ())
            if names := [name for name, spelled in entries if _capitals_fit(mention, spelled)]:
                return names, length
        return [], 0


def _capitals_fit(mention: Sequence[_Word], spelled: Sequence[str]) -> bool:
    """Whether the words of a mention have the capitals that the table's spelling asks for."""
    for word, model in zip(mention, spelled, strict=True):
        if model.isupper() and len(word.folded) > 1 and not word.text.isupper():
            return False
        if model[0].isupper() and not word.text[0].isupper():
            return False
    return True
