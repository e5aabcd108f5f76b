"""The morphological dictionary by the numbers of the lexicon: which forms a lexeme has, and what each form can be."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sverka.language.automaton import Automaton
from sverka.text.alphabet import fold

Ids = NDArray[np.int64]
Counts = NDArray[np.float64]
Entry = tuple[str, str, str]
"""A form, folded; its tag (OpenCorpora's: ``NOUN,inan,femn plur,gent``); and a name that its whole lexeme shares."""

_CHUNK = 100_000


def entries() -> Iterable[Entry]:
    """All entries of pymorphy3's dictionary; takes a minute or two."""
    import pymorphy3  # noqa: PLC0415 - only this step of the build wants it

    known = pymorphy3.MorphAnalyzer().dictionary.iter_known_words()
    return ((fold(form), str(tag), f"{lemma} {paradigm}") for form, tag, lemma, paradigm, _ in known)


@dataclass(frozen=True, slots=True)
class Dictionary:
    """Entries as columns: the word's number in the lexicon, its tag (a position in ``tags``), its lexeme (a number)."""

    size: int
    tags: tuple[str, ...]
    word: Ids
    tag: Ids
    lexeme: Ids

    def expected(self, counts: Counts) -> Counts:
        """How often each form would occur if all lexemes used their forms as lexemes with such forms do.

        ``counts`` says how often each word of the lexicon does occur. A count is shared evenly among the entries of
        its word. A form that was never met is expected as often as its lexeme's other forms lead one to.
        """
        if not len(self.word):
            return np.zeros(self.size)
        entries = np.bincount(self.word, minlength=self.size)
        share = counts[self.word] / entries[self.word]
        lexemes = np.bincount(self.lexeme, weights=share)
        # Forms of a lexeme that have the same tag (``водой``, ``водою``) share what is expected of it.
        pairs, pair, variants = np.unique(
            self.lexeme * len(self.tags) + self.tag, return_inverse=True, return_counts=True
        )
        able = np.bincount(pairs % len(self.tags), weights=lexemes[pairs // len(self.tags)], minlength=len(self.tags))
        used = np.bincount(self.tag, weights=share, minlength=len(self.tags))
        rate = used / np.maximum(able, 1e-9)
        each = lexemes[self.lexeme] * rate[self.tag] / variants[pair]
        return np.bincount(self.word, weights=each, minlength=self.size).astype(np.float64)


def read(lexicon: Automaton, entries: Iterable[Entry]) -> Dictionary:
    """The entries whose forms the lexicon has."""
    tags: dict[str, int] = {}
    lexemes: dict[str, int] = {}
    columns: list[tuple[Ids, Ids, Ids]] = []
    forms: list[str] = []
    rows: list[tuple[int, int]] = []

    def flush() -> None:
        numbers = lexicon.number(forms)
        codes = np.array(rows, dtype=np.int64).reshape(-1, 2)
        known = numbers >= 0
        columns.append((numbers[known], codes[known, 0], codes[known, 1]))

    for form, tag, lexeme in entries:
        forms.append(form)
        rows.append((tags.setdefault(tag, len(tags)), lexemes.setdefault(lexeme, len(lexemes))))
        if len(forms) == _CHUNK:
            flush()
            forms, rows = [], []
    flush()
    word, tag_, lexeme_ = (np.concatenate(column) for column in zip(*columns, strict=True))
    return Dictionary(len(lexicon), tuple(tags), word, tag_, lexeme_)
