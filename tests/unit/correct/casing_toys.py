"""A document's words and their casing, from a vocabulary small enough to be looked over."""

from __future__ import annotations

import numpy as np

from sverka.correct.casing import Casing, survey
from sverka.correct.stream import Stream
from sverka.language.capitals import Capitals, store
from sverka.language.errormodel import observed_view
from sverka.model import Span, TokenKind
from sverka.text.tokens import tokenise

SMALL = (
    "а в и к на не но с то что это класс среди своей народ вместе слова имеется теперь было его они пишет товарищ "
    "по-моему какой-нибудь земле крестьянству законы число"
)
SOMETIMES = "союз советский совет"
ALWAYS = "москва москвы энгельса"
ABBREVIATIONS = "ссср ввс"
_ODDS = {
    word: odds
    for words, odds in ((SMALL, -7.0), (SOMETIMES, 0.0), (ALWAYS, 6.0), (ABBREVIATIONS, 6.0))
    for word in words.split()
}
WORDS = tuple(sorted(_ODDS))
BOUNDARY = len(WORDS)
NOISE = "слопо тополь нароп былп зрмле " * 6
"""What a bad page is full of."""


def capitals() -> Capitals:
    """How they are capitalised, as if counted."""
    throughout = np.array([word in ABBREVIATIONS.split() for word in WORDS])
    return store(np.arange(len(WORDS)), np.array([_ODDS[word] for word in WORDS]), throughout, -2.0)


def read(text: str) -> tuple[Stream, Casing]:
    """All of ``text`` as one document."""
    tokens = tokenise(text, Span(0, len(text)))
    readings = tuple(observed_view(token.text) for token in tokens)
    numbers = [WORDS.index(reading) if reading in WORDS else BOUNDARY + 2 for reading in readings]
    words = [token.kind is TokenKind.WORD for token in tokens]
    known = np.array([number < BOUNDARY for number in numbers], dtype=bool)
    position = np.where(words, np.arange(len(tokens)), -1)
    ids = np.array([*numbers, BOUNDARY], dtype=np.int64)
    stream = Stream(tokens, readings, known, position, ids, BOUNDARY, BOUNDARY + 2)
    return stream, survey(text, stream, capitals())
