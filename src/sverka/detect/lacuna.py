"""Text that was lost between two paragraphs or pages, or between two sentences.

A paragraph that breaks off, and one after it that begins in the middle of a word, had something between them. In raw
machine reading a paragraph is often broken by mistake, so without a fragment of a word there must be a translation that
goes on where the text does not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from sverka.detect.detector import IsWord, texts
from sverka.model import Bitext, Document, Finding, Pair, PassageKind, Rule, Span
from sverka.text.alphabet import fold
from sverka.text.lines import Line, paragraphs

_LAST_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*\Z")
_FIRST_WORD = re.compile(r"[а-яё]+")
_WORD = re.compile(r"[^\W\d_]+")
# How the tail of a Russian word begins, and no word does: ``ского``, ``ности``, ``тельство``.
_SUFFIX = re.compile(r"(?:ск|цк|ческ|нн|ност|ств|тельн|тельств|ющ|ящ|вш|ивш|ировани|ированн|ировал|зац|енн)[а-я]{2,}")
_SOME, _LONGER = 30, 1.15
"""With a fragment of a word: so many characters more than expected, and so many times as many, has the translation."""
_MANY, _MUCH_LONGER = 60, 1.45
"""The same where the text goes on with a whole word."""
_REACH = 60
_SENTENCE = 30
"""A sentence of the translation shorter than this may be a heading or a note."""


@dataclass(frozen=True, slots=True)
class _Break:
    """The end of one paragraph, from its last word, and the first word of the next."""

    last: Span
    first: Span


def find(document: Document, bitext: Bitext | None, is_word: IsWord) -> Iterator[Finding]:
    """Breaks in the text, then sentences that only the translation has."""
    text = document.transcript.text
    for place in _breaks(document):
        beyond, part = _beyond(bitext, place) if bitext else (0, 1.0)
        fragment = _is_fragment(place.last.of(text), place.first.of(text), is_word)
        if fragment and beyond >= _SOME and part >= _LONGER:
            yield _finding(text, place, 0.93, fragment, beyond)
        elif fragment and _SUFFIX.match(place.first.of(text)) and _in_good_text(text, place, is_word):
            yield _finding(text, place, 0.6, fragment, 0)
        elif not fragment and beyond >= _MANY and part >= _MUCH_LONGER:
            yield _finding(text, place, 0.65, fragment, beyond)
    if bitext:
        yield from _sentences_lost(document, bitext)


def _finding(text: str, place: _Break, confidence: float, fragment: bool, missing: int) -> Finding:
    span = Span(place.last.start, place.first.end)
    said = ["text lost at the break"]
    if fragment:
        said.append(f"{place.first.of(text)} is the end of a word")
    if missing:
        said.append(f"the translation is some {missing} characters longer here")
    return Finding(span, span.of(text), Rule.LACUNA, confidence, "; ".join(said))


def _breaks(document: Document) -> Iterator[_Break]:
    """Where a paragraph ends in a word without a sign and the next begins in small letters."""
    text = document.transcript.text
    foreign = [part.span for part in document.passages if part.kind in (PassageKind.TRANSLATION, PassageKind.METADATA)]
    for above, below in pairwise(paragraph for part in texts(document) for paragraph in paragraphs(text, part.span)):
        last, first = _last_word(text, above[-1]), _first_word(below[0], text)
        between = Span(above[-1].span.end, below[0].span.start)
        if last and first and between and not any(map(between.overlaps, foreign)):
            yield _Break(last, first)


def _last_word(text: str, line: Line) -> Span | None:
    match = _LAST_WORD.search(text, line.span.start, line.span.start + len(line.span.of(text).rstrip()))
    return Span(*match.span()) if match else None


def _first_word(line: Line, text: str) -> Span | None:
    start = line.span.start + len(line.span.of(text)) - len(line.span.of(text).lstrip())
    match = _FIRST_WORD.match(text, start)
    return Span(*match.span()) if match and not text[match.end() : match.end() + 1].isdigit() else None


def _is_fragment(last: str, first: str, is_word: IsWord) -> bool:
    """Whether ``first`` is no word, nor the rest of the word above, nor an abbreviation."""
    return len(first) >= 3 and not is_word(first) and not is_word(fold(last.rsplit("-", 1)[-1] + first))


def _in_good_text(text: str, place: _Break, is_word: IsWord) -> bool:
    """Whether the words around are nearly all words: among many misreadings a fragment says nothing."""
    around = (
        *_WORD.findall(text[max(0, place.last.start - _REACH) : place.last.end])[1:],
        *_WORD.findall(text[place.first.end : place.first.end + _REACH])[:-1],
    )
    return sum(map(is_word, around)) >= 0.9 * len(around)


def _pair_at(bitext: Bitext, place: _Break) -> tuple[Pair, ...]:
    whole = Span(place.last.start, place.first.end)
    return tuple(pair for pair in bitext.pairs if pair.source and pair.target and pair.source.overlaps(whole))


def _beyond(bitext: Bitext, place: _Break) -> tuple[int, float]:
    """What the translation has beyond what both sides of the break account for: characters, and times as many."""
    pairs = _pair_at(bitext, place)
    expected = sum(len(pair.source) for pair in pairs if pair.source) * _ratio(bitext)
    there = sum(len(pair.target) for pair in pairs if pair.target)
    return round(there - expected), there / expected if expected else 1.0


def _ratio(bitext: Bitext) -> float:
    """Characters of translation for one of the original, over all that is paired."""
    paired = [pair for pair in bitext.pairs if pair.source and pair.target]
    here = sum(len(pair.source) for pair in paired if pair.source)
    there = sum(len(pair.target) for pair in paired if pair.target)
    return there / here if here else 1.0


def _sentences_lost(document: Document, bitext: Bitext) -> Iterator[Finding]:
    """A sentence of the translation between two that have their partners, with none of its own."""
    english = bitext.translation.transcript.text
    for before, lost, after in zip(bitext.pairs, bitext.pairs[1:], bitext.pairs[2:], strict=False):
        if lost.source or not lost.target or not (before.source and before.target and after.source and after.target):
            continue
        said = " ".join(lost.target.of(english).split())
        if len(said) < _SENTENCE or said.startswith(("[", "(")) or said[-1] not in '.!?"”':
            continue
        place = Span(after.source.start, after.source.start)
        yield Finding(place, "", Rule.LACUNA, 0.65, f"a sentence of the translation has no partner: {said}")
