"""Counts capitals in the middle of sentences over the corpora."""

from __future__ import annotations

import lzma
import re
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np

from sverka.language.automaton import Automaton
from sverka.language.build.lexicon import MACHINE_READ
from sverka.language.capitals import Capitals, store
from sverka.text.alphabet import fold

_CHUNK = 1 << 24
"""Code points read at once."""
_MIDDLE = re.compile(
    # After a small letter, a figure, a comma or a bracket and one space, no sentence, speech or verse begins.
    # Initials and short titles before a point are no words.
    r"(?<=[а-яё\d,;)] )(?![А-ЯЁ][а-яё]?\.)[А-ЯЁа-яё]+(?:-[А-ЯЁа-яё]+)*"
)
WORDS = 130_000
"""How many words are kept, the most used first: what fits in half a megabyte."""
_LEAST = 6.0
"""How often a word must be counted (weighted) to be kept."""
_STRENGTH, _PRIOR = 0.5, 0.05
"""What a word brings with it before it is counted: half an occurrence, with a capital once in twenty times."""
_MISREAD = 0.004
"""The share of small letters that the reader of the machine-read corpus put down as capitals: so often ``и``, ``в``."""


def count(folder: Path, names: tuple[str, ...]) -> dict[str, Counter[str]]:
    """The words of ``NAME.txt.xz`` as written, where a sentence is under way; a sentence a line."""
    found: dict[str, Counter[str]] = {}
    for name in names:
        words: Counter[str] = Counter()
        with lzma.open(folder / f"{name}.txt.xz", "rt", encoding="utf-8") as lines:
            while chunk := lines.readlines(_CHUNK):
                # A line all in capitals says nothing of its words.
                words.update(_MIDDLE.findall("".join(line for line in chunk if not line.isupper())))
        found[name] = words
    return found


def learn(counts: Mapping[str, Counter[str]], lexicon: Automaton, weight: Callable[[str], float]) -> Capitals:
    """The table; an occurrence counts with the ``weight`` of its corpus."""
    words = sorted({fold(word) for counted in counts.values() for word in counted})
    place = {word: i for i, word in enumerate(words)}
    small, capital, throughout = (np.zeros(len(words)) for _ in range(3))
    for name, counted in counts.items():
        here = [np.zeros(len(words)) for _ in range(3)]
        for word, times in counted.items():
            kind = 0 if word[0].islower() else 2 if len(word) > 1 and word.isupper() else 1
            here[kind][place[fold(word)]] += times
        if name == MACHINE_READ:
            here[1] = np.maximum(here[1] - _MISREAD * here[0], 0)
        small += here[0] * weight(name)
        capital += here[1] * weight(name)
        throughout += here[2] * weight(name)
    numbers = lexicon.number(words)
    used = small + capital + throughout
    order = np.argsort(-used, kind="stable")
    kept = order[(numbers[order] >= 0) & (used[order] >= _LEAST)][:WORDS]
    left = np.ones(len(words), dtype=bool)
    left[kept] = False
    left &= numbers >= 0
    large = capital + throughout
    odds = np.log((large[kept] + _STRENGTH * _PRIOR) / (small[kept] + _STRENGTH * (1 - _PRIOR)))
    rest = float(np.log((large[left].sum() + 1) / (small[left].sum() + 1)))
    return store(numbers[kept], odds, throughout[kept] * 2 > used[kept], rest)
