"""What each part of a transcript is: catalogue text, the Russian document, a mark, a translation.

Catalogue blocks are told by their labels (:mod:`sverka.text.catalogue`). Of the other lines each is Russian or English;
one line says little (a misread ``H@yX An`` looks like neither, a signature ``SADCHIKOV`` could be a misreading), so the
most probable course over all lines is taken, in which changing from one language to the other has its price: less at a
blank line, much within a paragraph, and less where the document goes back and forth throughout. (A two-state hidden
Markov model; Viterbi's algorithm finds the course.)
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from sverka.model import Passage, PassageKind, Span
from sverka.text.catalogue import catalogue_blocks
from sverka.text.lines import Line, lines

_WORD = re.compile(r"[^\W\d_]+")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
# English words that hold a letter no Russian letter looks like: a misread "He", "no", "TO" proves nothing.
_ENGLISH_WORDS = """
the of and in is that was with for from his this which will were had has have been their it its as at are not
would all we our you your they him her she if should could or into than these those there who whom when what
under against after between during any other such did do does said i my me us until while where before only also
"""
_ENGLISH = frozenset(_ENGLISH_WORDS.split())
_UNLIKE_CYRILLIC = frozenset("bdfghijklqrstvwzDFGIJLNQRSUVWZ")
_VOWELS = frozenset("aeiouyAEIOUY")

_CERTAIN = 25.0
"""No single line weighs more than this, however long."""
_CHANGE_AT_BLANK, _CHANGE_WITHIN, _CHANGE_WHERE_FREQUENT = 6.0, 12.0, 2.0
_STRONG = 8.0
_FREQUENT = 4
"""So many changes between paragraphs that are surely one or the other: the document alternates."""
_TITLE_SHARE = 0.25
"""English above the Russian with fewer words than this part of it is a title or a note, not a translation."""

_DASH = r"[-\u2010-\u2015~=*.•·]"
_ROMAN = r"[IVXLC]{1,7}"
_PAGE = re.compile(
    rf"{_DASH}+\s*(?:\d{{1,4}}|{_ROMAN})\s*{_DASH}+[.,]?|[\[/|(]\s*\d{{1,4}}\s*[\]/|)]"
    r"|(?:стр|с|л|лл|лист|листы|page|p|pp|list|listy)\b\.?\s*\d{1,4}(?:\s*[-\u2013]\s*\d{1,4})?(?:\s*об)?\.?",
    re.IGNORECASE,
)
_BARE_NUMBER = re.compile(r"\d{1,4}(?:\s*об)?\.?|[IVX]{1,6}")
_REGISTRY = re.compile(
    rf"(?:№№?|N{{1,2}}[oо]?|Nr)\.?\s*\d+(?:[\s,/.\u2013-]+(?:\d+|{_ROMAN}|[а-яё]{{1,2}}(?![а-яё])))*\.?"
    r"|(?:[А-ЯЁ]{2,9}\s?(?:РФ|СССР)?[,.]?\s*)?ф(?:онд|\.)\s*\S{1,8}[,.]?\s*оп(?:ись|\.)\s*\d.{0,50}",
    re.IGNORECASE,
)


def passages(text: str) -> tuple[Passage, ...]:
    """The passages of ``text``: whole lines, without gaps; blank lines go with what stands above them."""
    every = lines(text)
    kinds = _kinds(every)
    cut = []
    for kind, run in groupby(zip(every, kinds, strict=True), key=lambda item: item[1]):
        members = [line for line, _ in run]
        cut.append(Passage(Span(members[0].span.start, members[-1].span.end), kind))
    return tuple(cut)


def is_page_number(line: str) -> bool:
    """Whether a line that is a mark numbers a page or a leaf."""
    return _PAGE.fullmatch(line) is not None or _BARE_NUMBER.fullmatch(line) is not None


def _kinds(every: Sequence[Line]) -> list[PassageKind]:
    kinds: list[PassageKind | None] = [None] * len(every)
    for begin, end in catalogue_blocks(every):
        kinds[begin:end] = [PassageKind.METADATA] * (end - begin)
    for i, line in enumerate(every):
        if kinds[i] is None and _is_mark(every, i):
            kinds[i] = PassageKind.MARK
        elif line.blank:
            kinds[i] = None
    rest = [i for i, line in enumerate(every) if kinds[i] is None and not line.blank]
    for i, english in zip(rest, _languages([every[i] for i in rest]), strict=True):
        kinds[i] = PassageKind.TRANSLATION if english else PassageKind.TEXT
    _titles(every, kinds)
    return _blank_lines_filled(kinds)


def _is_mark(every: Sequence[Line], i: int) -> bool:
    text = every[i].text
    if _PAGE.fullmatch(text) or (len(text) <= 80 and _REGISTRY.fullmatch(text)):
        return True
    alone = (i == 0 or every[i - 1].blank) and (i + 1 == len(every) or every[i + 1].blank)
    return alone and _BARE_NUMBER.fullmatch(text) is not None


def _languages(chosen: Sequence[Line]) -> list[bool]:
    """For each line whether it is English, along the cheapest course."""
    weights = [_english_weight(line.text) for line in chosen]
    at_blank = _CHANGE_WHERE_FREQUENT if _alternates(chosen, weights) else _CHANGE_AT_BLANK
    russian, english = 0.0, 0.0
    came: list[tuple[bool, bool]] = []
    for i, weight in enumerate(weights):
        touching = i > 0 and chosen[i - 1].span.end == chosen[i].span.start
        price = _CHANGE_WITHIN if touching else at_blank
        to_russian, to_english = english - price > russian, not russian - price > english
        came.append((to_russian, to_english))
        russian, english = max(russian, english - price) - weight, max(english, russian - price) + weight
    course = []
    now = english > russian
    for to_russian, to_english in reversed(came):
        course.append(now)
        now = to_english if now else to_russian
    return course[::-1]


def _english_weight(text: str) -> float:
    """How much a line speaks for English (positive) or Russian (negative)."""
    words = _WORD.findall(text)
    total = 0.0
    for word in words:
        if _CYRILLIC.search(word):
            total -= 0.7 if len(word) > 1 else 0.2
        elif word.lower() in _ENGLISH:
            total += 2.0
        elif len(word) > 2 and _UNLIKE_CYRILLIC.intersection(word) and _VOWELS.intersection(word):
            total += 0.5
    return max(-_CERTAIN, min(_CERTAIN, total))


def _alternates(chosen: Sequence[Line], weights: Sequence[float]) -> bool:
    signs = [weight > 0 for weight in _paragraph_weights(chosen, weights) if abs(weight) >= _STRONG]
    return sum(a != b for a, b in pairwise(signs)) >= _FREQUENT


def _paragraph_weights(chosen: Sequence[Line], weights: Sequence[float]) -> Iterator[float]:
    total = 0.0
    for i, weight in enumerate(weights):
        if i and chosen[i - 1].span.end != chosen[i].span.start:
            yield total
            total = 0.0
        total += weight
    yield total


def _titles(every: Sequence[Line], kinds: list[PassageKind | None]) -> None:
    """A little English above the Russian is catalogue text: a title that no label goes with."""
    languages = [kind for kind in kinds if kind in (PassageKind.TEXT, PassageKind.TRANSLATION)]
    changes = sum(a is not b for a, b in pairwise(languages))
    if changes >= _FREQUENT or not languages or languages[0] is PassageKind.TEXT or PassageKind.TEXT not in languages:
        return
    first = kinds.index(PassageKind.TEXT)
    above = sum(len(every[i].text.split()) for i in range(first) if kinds[i] is PassageKind.TRANSLATION)
    russian = sum(len(line.text.split()) for line, kind in zip(every, kinds, strict=True) if kind is PassageKind.TEXT)
    if above < _TITLE_SHARE * russian:
        kinds[:first] = [PassageKind.METADATA if kind is PassageKind.TRANSLATION else kind for kind in kinds[:first]]


def _blank_lines_filled(kinds: Sequence[PassageKind | None]) -> list[PassageKind]:
    known = [kind for kind in kinds if kind]
    now = known[0] if known else PassageKind.TEXT
    filled = []
    for kind in kinds:
        now = kind or now
        filled.append(now)
    return filled
