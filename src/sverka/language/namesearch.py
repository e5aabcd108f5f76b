"""Names of one word that an observed string may have been: the search of the lexicon, over the gazetteer's forms."""

from __future__ import annotations

import numpy as np

from sverka.language import automaton
from sverka.language.errormodel import ErrorModel
from sverka.language.nameforms import NameForm
from sverka.language.names import Gazetteer
from sverka.language.search import Floats, Hits, Searcher
from sverka.language.words import LETTERS
from sverka.text.alphabet import fold

_LETTERS = frozenset(LETTERS)


class NameSearcher:
    """Searches the forms of one gazetteer that are single words of letters, under one error model."""

    def __init__(self, gazetteer: Gazetteer, model: ErrorModel) -> None:
        self._gazetteer = gazetteer
        surfaces: dict[str, int] = {}
        for at, surface in enumerate(gazetteer.spellings()):
            word = fold(surface)
            if _LETTERS.issuperset(word):
                surfaces.setdefault(word, at)
        words = automaton.trie(surfaces)
        self._surfaces = [surfaces[word] for word in words.words(np.arange(len(words)))]
        self._searcher = Searcher(words, np.zeros(len(words), dtype=np.uint8), model)

    def near(self, queries: list[str], *, limits: Floats, most: int, keep: int) -> Hits:
        """As :meth:`sverka.language.search.Searcher.near`; the numbers are for :meth:`form`."""
        return self._searcher.near(queries, limits=limits, most=most, keep=keep)

    def form(self, number: int) -> NameForm:
        """The name's form that has this number."""
        return self._gazetteer.form(self._surfaces[number])
