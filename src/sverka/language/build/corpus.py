"""Corpora as arrays of word numbers: the one pass over the raw text that the other build steps share."""

from __future__ import annotations

import lzma
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sverka.language.words import BOUNDARY, NUMBER
from sverka.text.alphabet import fold

_ITEM = re.compile(r"[а-я]+(?:-[а-я]+)*|\d[\d.,:]*|[a-z]+|[.!?…]+")
_CHUNK_LINES = 20_000


@dataclass(frozen=True, slots=True)
class Corpus:
    """One corpus. ``ids`` number words by position in ``Corpora.words``; BOUNDARY stands between sentences."""

    name: str
    ids: NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Corpora:
    """All corpora over one numbering of words. ``words[0]`` is BOUNDARY, ``words[1]`` NUMBER."""

    words: tuple[str, ...]
    corpora: tuple[Corpus, ...]

    def counts(self, corpus: Corpus) -> NDArray[np.int64]:
        """How often each word occurs in one corpus."""
        return np.bincount(corpus.ids, minlength=len(self.words))


def _items(path: Path) -> Iterator[list[str]]:
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        while chunk := [line for _, line in zip(range(_CHUNK_LINES), lines, strict=False)]:
            yield _ITEM.findall(fold(" . ".join(chunk) + " ."))


def read(folder: Path, names: tuple[str, ...]) -> Corpora:
    """Read ``NAME.txt.xz`` for each name, a sentence a line.

    Words are folded; numbers become one word; a sentence sign, a line end or a Latin word (what lies beyond it says
    nothing of Russian) becomes a boundary, several in a row one.
    """
    numbering: dict[str, int] = {BOUNDARY: 0, NUMBER: 1}
    corpora = []
    for name in names:
        pieces = []
        for items in _items(folder / f"{name}.txt.xz"):
            ids = np.empty(len(items), dtype=np.int32)
            for i, item in enumerate(items):
                first = item[0]
                if "а" <= first <= "я":
                    ids[i] = numbering.setdefault(item, len(numbering))
                else:
                    ids[i] = 1 if first.isdigit() else 0
            pieces.append(ids)
        joined = np.concatenate(pieces)
        keep = np.ones(len(joined), dtype=bool)
        keep[1:] = (joined[1:] != 0) | (joined[:-1] != 0)
        corpora.append(Corpus(name, joined[keep]))
    return Corpora(tuple(numbering), tuple(corpora))
