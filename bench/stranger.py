"""Right text as a reader that nobody has met would read it.

Some of its letters, drawn by lot, are now and then read for other letters, drawn by lot among those for which the error
model that ships would hardly expect them: so an unknown typeface, or another program, misreads in its own way. Beside
these it makes the ordinary misreadings, fewer than usual. Only the lot decides, never what comes of it.
"""

from __future__ import annotations

import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from bench.gold import Page, Row
from sverka.language.errormodel import SIGNS, ErrorModel
from sverka.language.knowledge import Knowledge
from sverka.language.words import LETTERS
from sverka.model import Span
from sverka.text.alphabet import fold

_COMMON = "оеаинтсрвлкмдпуяыьгзбчй"
"""The letters that make up nineteen in twenty of Russian text."""
_STRANGE = 8
"""How many of them the reader has trouble with."""
_OFTEN = 0.05, 0.2
"""How often it misreads one of these, from and to."""
_UNEXPECTED = 6.5
"""What such a misreading costs at least in the model that ships, in nats: one in 665."""
_ORDINARY = 0.3
"""Ordinary misreadings, of those that the model expects."""

_WORD = re.compile(r"[^\W\d_]+")
_CYRILLIC = re.compile("[А-Яа-яЁё]")
_LATIN = re.compile("[A-Za-z]")


@dataclass(frozen=True, slots=True)
class Stranger:
    """Of each letter it has trouble with, what it reads and how often; all others it reads like ``model``."""

    own: Mapping[str, tuple[str, float]]
    model: ErrorModel


def stranger(seed: int, model: ErrorModel) -> Stranger:
    """The reader of this number."""
    dice = random.Random(seed)
    own: dict[str, tuple[str, float]] = {}
    for letter in sorted(dice.sample(_COMMON, _STRANGE)):
        costs = model.read[: len(LETTERS), LETTERS.index(letter)]
        strange = [sign for sign, cost in zip(LETTERS, costs.tolist(), strict=True) if cost > _UNEXPECTED]
        own[letter] = dice.choice([sign for sign in strange if sign.isalpha()]), dice.uniform(*_OFTEN)
    return Stranger(own, model)


def misread(page: Page, by: Stranger, seed: int) -> Page:
    """A page of right text as this reader reads it."""
    dice = random.Random(f"{seed} {page.name}")
    lexicon = Knowledge.open().lexicon
    pieces: list[str] = []
    rows: list[Row] = []
    at = end = 0
    for word in _WORD.finditer(page.text):
        # A word of which nothing is left would be a gap, and no misreading.
        read = "".join(_read(letter, by, dice) for letter in word[0]).strip() or word[0]
        pieces += page.text[end : word.start()], read
        at += word.start() - end
        if read != word[0]:
            known = bool(lexicon.number([fold(read)])[0] >= 0)
            kind = "split" if " " in read else "realword" if known else "nonword"
            rows.append(Row(Span(at, at + len(read)), word[0], kind))
        at += len(read)
        end = word.end()
    return Page(page.name, "".join(pieces) + page.text[end:], tuple(rows), page.text)


def _read(letter: str, by: Stranger, dice: random.Random) -> str:
    small = fold(letter)
    chance, other = dice.random(), dice.random()
    read = letter
    if small in by.own and chance < by.own[small][1]:
        read = by.own[small][0]
    elif small in LETTERS:
        code = LETTERS.index(small)
        if other < _ORDINARY * (1 - float(np.exp(-by.model.read[code, code]))):
            weights = np.exp(-by.model.read[: len(SIGNS), code]).tolist()
            weights[code] = 0.0
            read = dice.choices([*SIGNS, ""], [*weights, float(np.exp(-by.model.lost[code]))])[0]
    return read.upper() if letter.isupper() else read


def excerpts(texts: Sequence[Page], words: int) -> tuple[Page, ...]:
    """The Russian of right texts, cut at line ends into pages of so many words or a few more."""
    found: list[Page] = []
    for text in texts:
        held: list[str] = []
        for line in text.text.split("\n"):
            if len(_LATIN.findall(line)) <= len(_CYRILLIC.findall(line)):
                held.append(line)
            if len(_WORD.findall(" ".join(held))) >= words:
                whole = "\n".join(held)
                found.append(Page(f"{text.name}-{len(found)}", whole, (), whole))
                held = []
    return tuple(found)
