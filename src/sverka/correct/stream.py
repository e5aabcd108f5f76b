"""The words of a document as the language model reads them."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from sverka.language.errormodel import observed_view
from sverka.language.knowledge import Knowledge
from sverka.language.nameforms import NameForm
from sverka.language.names import Gazetteer
from sverka.model import Document, Span, Token, TokenKind
from sverka.text.abbreviations import CLOSING, RUNNING
from sverka.text.alphabet import LATIN, as_cyrillic

_SENTENCE_END = re.compile(r"[.!?\u2026]")
_LATIN_WORD = re.compile(r"[A-Za-z\u00c0-\u024f]+(?:[-'’][A-Za-z\u00c0-\u024f]+)*")
_ROMAN = re.compile(r"[IVXLCDM]+")
_NUMBER_SIGNS = frozenset({"N", "No", "Nr"})
_HYPHENS = str.maketrans(dict.fromkeys("\u00ad\u2010\u2011", "-"))


@dataclass(frozen=True, slots=True)
class Stream:
    """A document's tokens as numbers of the lexicon, with boundaries between sentences.

    ``ids`` is the stream, with two boundaries at either end so that every word has two neighbours on both sides.
    ``position[i]`` is where token ``i`` stands in it, -1 for a mark. ``readings[i]`` is token ``i`` folded.
    ``known[i]`` tells whether the lexicon has it, or all parts of a compound, or the gazetteer the name it is part of.
    ``names`` are the names of the gazetteer that the text spells right, in its order; ``foreign`` the tokens that are
    words of another language. ``boundary`` and ``unknown`` are the numbers of a
    boundary and of any word that the lexicon lacks.
    """

    tokens: tuple[Token, ...]
    readings: tuple[str, ...]
    known: NDArray[np.bool_]
    position: NDArray[np.int64]
    ids: NDArray[np.int64]
    boundary: int
    unknown: int
    names: tuple[tuple[Span, NameForm], ...] = ()
    foreign: frozenset[int] = frozenset()

    def without(self, tokens: NDArray[np.int64]) -> Stream:
        """The stream as a lexicon would give it that lacks the words of these tokens."""
        known, ids = self.known.copy(), self.ids.copy()
        known[tokens] = False
        ids[self.position[tokens]] = self.unknown
        return replace(self, known=known, ids=ids)

    def ids_of(self, tokens: NDArray[np.int64]) -> NDArray[np.int64]:
        """The number of each of these tokens in the stream, -1 for a sign."""
        position = self.position[tokens]
        return np.where(position >= 0, self.ids[np.maximum(position, 0)], -1)


def read(document: Document, knowledge: Knowledge, gazetteer: Gazetteer | None) -> Stream:
    """The stream of a document's own text; ``gazetteer`` knows the names that the lexicon has not."""
    tokens = document.tokens
    words = [i for i, token in enumerate(tokens) if token.kind is TokenKind.WORD]
    readings = tuple(observed_view(token.text.translate(_HYPHENS)) for token in tokens)
    numbers = np.full(len(tokens), -1, dtype=np.int64)
    numbers[words] = knowledge.lexicon.number([readings[i] for i in words])
    known = (numbers >= 0) | np.array([token.kind is TokenKind.NUMBER for token in tokens], dtype=bool)
    foreign = _foreign(document, words)
    for i in words:
        known[i] = known[i] or i in foreign or _is_sign(document, i, readings[i])
    compound = [i for i in words if not known[i] and "-" in readings[i]]
    for i, good in zip(compound, compounds_known([readings[i] for i in compound], knowledge), strict=True):
        known[i] = good
    names = _spelled(document, gazetteer) if gazetteer is not None else ()
    starts = [token.span.start for token in tokens]
    for span, _ in names:
        known[bisect_left(starts, span.start) : bisect_left(starts, span.end)] = True
    model = knowledge.ngrams
    ids = [model.boundary] * 2
    position = np.full(len(tokens), -1, dtype=np.int64)
    paragraph_ends = _paragraph_ends(document)
    for i, token in enumerate(tokens):
        if token.kind is TokenKind.MARK:
            ends = bool(_SENTENCE_END.search(token.text))
        else:
            position[i] = len(ids)
            ends = False
            if token.kind is TokenKind.NUMBER:
                ids.append(model.number)
            else:
                ids.append(int(numbers[i]) if numbers[i] >= 0 else model.unknown)
        if (ends or i in paragraph_ends) and ids[-1] != model.boundary:
            ids.append(model.boundary)
    ids += [model.boundary] * 3
    stream = np.array(ids, dtype=np.int64)
    return Stream(tokens, readings, known, position, stream, model.boundary, model.unknown, names, foreign)


def _foreign(document: Document, words: list[int]) -> frozenset[int]:
    """The words of another language: Latin throughout, and beside others that are.

    One alone may be: the ranker knows how likely that is on a page like this.
    """
    tokens = document.tokens
    latin = {i for i in words if _LATIN_WORD.fullmatch(tokens[i].text)}
    # A letter that no Cyrillic one is drawn like.
    sure = {i for i in latin if len(tokens[i].text) > 2 and LATIN.search(as_cyrillic(tokens[i].text))}
    found = set()
    for a, b in pairwise(words):
        if a in latin and b in latin and (a in sure or b in sure):
            found |= {a, b}
    return frozenset(found)


def _is_sign(document: Document, i: int, reading: str) -> bool:
    """Whether token ``i`` is no word but in order: a Roman numeral, the ``N`` before a number, an abbreviation."""
    token = document.tokens[i]
    if _ROMAN.fullmatch(token.text):
        return True
    after = document.tokens[i + 1] if i + 1 < len(document.tokens) else None
    if after is None:
        return False
    if token.text in _NUMBER_SIGNS:
        return after.kind is TokenKind.NUMBER
    if reading not in RUNNING | CLOSING:
        return False
    pointed = after.span.start == token.span.end and after.text.startswith(".")
    return pointed or after.kind is TokenKind.NUMBER or after.text.startswith("№")


def _spelled(document: Document, gazetteer: Gazetteer) -> tuple[tuple[Span, NameForm], ...]:
    """The names that the text spells right."""
    text = document.transcript.text
    return tuple(
        (Span(sentence.start + a, sentence.start + b), form)
        for sentence in document.sentences
        for form, a, b in gazetteer.find(sentence.of(text))
    )


def _paragraph_ends(document: Document) -> frozenset[int]:
    """The tokens after which a blank line or another passage comes."""
    text = document.transcript.text
    ends = set()
    for i, (a, b) in enumerate(zip(document.tokens, document.tokens[1:], strict=False)):
        between = text[a.span.end : b.span.start]
        if between.count("\n") > 1 or any(not c.isspace() for c in between):
            ends.add(i)
    return frozenset(ends)


_LINKING = ("о", "е")
"""Vowels that link the parts of a compound: ``военно-морской``, ``нефте-промысел``."""


def compounds_known(words: list[str], knowledge: Knowledge) -> list[bool]:
    """Whether every part of each hyphenated word is a word, or a stem with a linking vowel."""
    parts = [word.split("-") for word in words]
    flat = [p for word in parts for p in word]
    numbers = iter(knowledge.lexicon.number(flat))
    result = []
    for word in parts:
        good = True
        for i, part in enumerate(word):
            known = next(numbers) >= 0
            linking = i < len(word) - 1 and len(part) > 3 and part.endswith(_LINKING)
            good = good and bool(part) and (known or linking)
        result.append(good)
    return result
