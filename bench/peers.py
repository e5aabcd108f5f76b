"""Other spelling checkers, each a small adapter that yields the same kind of predictions.

All are shown the same words, found as plainly as may be: runs of letters with inner hyphens, a word divided at a line
end joined first, on lines that are mostly Cyrillic (so that none is blamed for an English translation). They look at
single words: what they say of one they say of it everywhere, with confidence 1, so each different word is asked once.
"""

from __future__ import annotations

import importlib
import re
import shutil
import subprocess
import time
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from bench.gold import Page, Prediction
from sverka.model import Span

_WORD = re.compile(r"[^\W\d_]+(?:(?:-\n\s*|[-'’])[^\W\d_]+)*")
_DIVISION = re.compile(r"-\n\s*")
_ANSWER = re.compile(r"& \S+ \d+ (?P<place>\d+): (?P<words>.*)|# \S+ (?P<lonely>\d+)")
_KEPT = 5


@dataclass(frozen=True, slots=True)
class Doubt:
    """A part of a word that a peer does not know: code points of the word, and what it would read instead."""

    start: int
    end: int
    candidates: tuple[str, ...]


class Peer(ABC):
    """A checker of single words."""

    name: str

    @staticmethod
    @abstractmethod
    def missing() -> str:
        """What has to be installed for it; empty where nothing is."""

    @abstractmethod
    def ask(self, words: Sequence[str]) -> list[tuple[Doubt, ...]]:
        """The doubts about each word."""

    def check(self, pages: Sequence[Page]) -> dict[str, tuple[Prediction, ...]]:
        """The predictions for each page, by its name."""
        found = {page.name: tuple(_words(page.text)) for page in pages}
        different = sorted({reading for words in found.values() for _, reading in words})
        doubts = dict(zip(different, self.ask(different), strict=True))
        return {
            page.name: tuple(
                Prediction(Span(places[doubt.start], places[doubt.end - 1] + 1), doubt.candidates)
                for places, reading in found[page.name]
                for doubt in doubts[reading]
            )
            for page in pages
        }

    def speed(self, pages: Sequence[Page], seconds: float) -> float:
        """Words a second past start-up, when all ``pages`` took that many ``seconds``."""
        start = time.perf_counter()
        self.check([Page("", "и", ())])
        one = time.perf_counter() - start
        return sum(len(re.findall(r"\w+", page.text)) for page in pages) / max(1e-9, seconds - one)


class _Ispell(Peer):
    """A program that answers as ispell does under ``-a``: a line a doubt, an empty line after each word."""

    command: tuple[str, ...]
    language: str
    package: str

    @classmethod
    def missing(cls) -> str:
        if shutil.which(cls.command[0]) is None or not cls._answer(("слово",))[1:]:
            return cls.package
        return ""

    @classmethod
    def _answer(cls, words: Sequence[str]) -> list[str]:
        asked = "".join(f"^{word}\n" for word in words)
        run = subprocess.run(cls.command, input=asked, capture_output=True, text=True, encoding="utf-8", check=False)
        return run.stdout.split("\n")

    def ask(self, words: Sequence[str]) -> list[tuple[Doubt, ...]]:
        """The doubts about each word."""
        lines = iter(self._answer(words)[1:])  # after the banner
        return [tuple(self._doubts(word, lines)) for word in words]

    @staticmethod
    def _doubts(word: str, lines: Iterator[str]) -> Iterator[Doubt]:
        for line in lines:
            if not line:
                return
            answer = _ANSWER.fullmatch(line)
            if answer:
                # Places count from the sign before the word, which says that it is no command.
                start = int(answer["place"] or answer["lonely"]) - 1
                length = len(line.split(" ", 2)[1])
                candidates = tuple(answer["words"].split(", ")[:_KEPT]) if answer["words"] else ()
                yield Doubt(start, start + length, candidates)


class Aspell(_Ispell):
    """GNU Aspell with its Russian dictionary."""

    name = "aspell"
    command = ("aspell", "-a", "-d", "ru", "--encoding=utf-8")
    package = "the Debian packages aspell and aspell-ru"


class Hunspell(_Ispell):
    """Hunspell with the Russian dictionary of LibreOffice."""

    name = "hunspell"
    command = ("hunspell", "-a", "-d", "ru_RU", "-i", "utf-8")
    package = "the Debian packages hunspell and hunspell-ru"


class SymSpell(Peer):
    """SymSpell (symmetric deletes, two edits) over the Russian word frequencies of wordfreq."""

    name = "SymSpell + wordfreq"

    @staticmethod
    def missing() -> str:
        """What has to be installed for it; empty where nothing is."""
        try:
            for module in ("symspellpy", "wordfreq"):
                importlib.import_module(module)
        except ImportError:
            return "the extra `bench` of this project (symspellpy and wordfreq)"
        return ""

    def ask(self, words: Sequence[str]) -> list[tuple[Doubt, ...]]:
        """The doubts about each word."""
        table, verbosity = _symspell()
        result: list[tuple[Doubt, ...]] = []
        for word in words:
            lower = word.lower()
            near = [hit.term for hit in table.lookup(lower, verbosity.CLOSEST, max_edit_distance=2)]
            if near[:1] == [lower]:
                result.append(())
            else:
                result.append((Doubt(0, len(word), tuple(_cased(term, word) for term in near[:_KEPT])),))
        return result


@cache
def _symspell() -> tuple[Any, Any]:
    symspellpy = importlib.import_module("symspellpy")
    table = symspellpy.SymSpell(max_dictionary_edit_distance=2, prefix_length=7)
    for word, frequency in importlib.import_module("wordfreq").get_frequency_dict("ru", wordlist="best").items():
        table.create_dictionary_entry(word, max(1, round(frequency * 1e9)))
    return table, symspellpy.Verbosity


PEERS: tuple[type[Peer], ...] = (Aspell, Hunspell, SymSpell)


def _cased(word: str, like: str) -> str:
    if like.isupper() and len(like) > 1:
        return word.upper()
    return word[:1].upper() + word[1:] if like[:1].isupper() else word


def _words(text: str) -> Iterator[tuple[tuple[int, ...], str]]:
    """Words of lines that are mostly Cyrillic: the place of each letter, and how they read, line-end hyphens joined."""
    for match in _WORD.finditer(text):
        start = text.rfind("\n", 0, match.start()) + 1
        end = text.find("\n", match.end())
        line = text[start : end if end >= 0 else len(text)]
        if 2 * len(re.findall("[А-Яа-яЁё]", line)) > len(re.findall(r"[^\W\d_]", line)):
            gone = {i for gap in _DIVISION.finditer(match[0]) for i in range(*gap.span())}
            places = tuple(match.start() + i for i in range(len(match[0])) if i not in gone)
            yield places, "".join(text[i] for i in places)
