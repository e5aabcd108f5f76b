"""Where sentences begin and end, in Russian and in English.

Made for finding what stands beside what in a translation, so the parts of a letterhead and the items of a list count as
sentences too. Where it cannot be known whether a full stop ends an abbreviation or a sentence, it does not end one: two
sentences taken as one do less harm than one taken as two.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from sverka.model import Span
from sverka.text.abbreviations import CLOSING, RUNNING
from sverka.text.lines import Line, paragraphs

_END = re.compile(r"(?:\.{2,}|[.!?…]+)[\"'»”’“)\]]*(?=\s)")
_NEXT = re.compile(r"\s+[\"'«„“‘(\[]*(?P<dash>[-\u2012-\u2015]\s*)?[\"'«„“‘(\[]*(?P<start>\w+)")
_WORD_BEFORE = re.compile(r"[\w.’'-]*\Z")
_LIST_ITEM = re.compile(
    r"(?:[-\u2012-\u2015•*]\s+)?(?:\d{1,2}[.)]|[a-zа-яё][.)])\s|[-\u2012-\u2015•*]\s+(?=\S)", re.IGNORECASE
)
_NUMBER_OF_ITEM = re.compile(r"(?:\d{1,2}|[IVX]{1,5}|[A-Za-zА-Яа-яЁё])\.?")

# Words that in the middle of a sentence would not have a capital: a sentence begins with them.
_OPENING_WORDS = """
в во на с со по из к ко о об от до за при у для и а но он она оно они я мы вы ты это этот эта эти тот та те так
как если когда что все весь не ни его ее их мой мои наш наша наши после перед однако таким поэтому там тогда
здесь кроме среди прошу далее затем же ли также тем через между под над без где чтобы хотя пока уже еще только
the a an in on at of to it he she they we you this that these those there and but if when as for from after
before with by however thus then also his her their our my all not no
"""
_OPENERS = frozenset(_OPENING_WORDS.split())
_SHORT = 0.75
"""A line below this part of the longest line of its paragraph stops before the margin."""


def sentences(text: str, span: Span) -> tuple[Span, ...]:
    """The sentences of ``text`` within ``span``, in order; outside them is only white space."""
    found: list[Span] = []
    for paragraph in paragraphs(text, span):
        for part in _lines_that_belong_together(text, paragraph):
            found += _split(text, part)
    return tuple(found)


def _lines_that_belong_together(text: str, paragraph: Sequence[Line]) -> Iterator[Span]:
    """A paragraph cut before list items and after the short lines of a letterhead."""
    longest = max(len(line.text) for line in paragraph)
    start = paragraph[0].span.start
    for line, following in pairwise(paragraph):
        if _LIST_ITEM.match(following.text) or (_stops_short(text, line, longest) and not following.text[0].islower()):
            yield Span(start, following.span.start)
            start = following.span.start
    yield Span(start, paragraph[-1].span.end)


def _stops_short(text: str, line: Line, longest: int) -> bool:
    hard_break = line.span.of(text).rstrip("\r\n").endswith("  ")
    return (hard_break or len(line.text) < _SHORT * longest) and line.text[-1] not in "-\u00ad\u00ac,"


def _split(text: str, part: Span) -> Iterator[Span]:
    start = part.start
    for match in _END.finditer(text, part.start, part.end):
        following = _NEXT.match(text, match.end(), part.end)
        if following and _ends(text, start, match, following):
            yield _stripped(text, Span(start, match.end()))
            start = match.end()
    last = _stripped(text, Span(start, part.end))
    if len(last):
        yield last


def _ends(text: str, start: int, end: re.Match[str], following: re.Match[str]) -> bool:
    """Whether the signs ``end`` close the sentence that began at ``start``."""
    word = following["start"]
    if word[0].islower():
        return False
    if not end.group().startswith(".") or end.group().startswith(".."):
        return True
    before = _WORD_BEFORE.search(text, max(start, end.start() - 40), end.start())
    last = before.group().lower().lstrip(".'’-") if before else ""
    if _NUMBER_OF_ITEM.fullmatch(text[start : end.start()].strip(' \t\r\n-*•"«(')):
        return False
    if _may_close(last):
        return word.lower() in _OPENERS or following["dash"] is not None
    piece = last.rsplit(".", 1)[-1]
    return not (last in RUNNING or piece in RUNNING or (len(piece) == 1 and piece.isalpha()))


def _may_close(last: str) -> bool:
    """Whether ``last`` is an abbreviation that can end a sentence; ``1950г`` is one, stuck to its number."""
    return last in CLOSING or last.lstrip("0123456789") in CLOSING


def _stripped(text: str, span: Span) -> Span:
    body = span.of(text)
    start = span.start + len(body) - len(body.lstrip())
    return Span(start, max(start, span.start + len(body.rstrip())))
