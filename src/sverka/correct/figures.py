"""Letters that were read for the figures they are shaped like: ``З8-ю`` for ``38-ю``, ``195О`` for ``1950``."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from sverka.model import Candidate, Evidence, Finding, Rule, Span, Token

_FIGURES = {
    "\N{CYRILLIC CAPITAL LETTER ZE}": "3",
    "\N{CYRILLIC SMALL LETTER ZE}": "3",
    "\N{CYRILLIC CAPITAL LETTER O}": "0",
    "\N{CYRILLIC SMALL LETTER O}": "0",
    "\N{CYRILLIC SMALL LETTER BE}": "6",
    "\N{CYRILLIC CAPITAL LETTER CHE}": "4",
    "\N{LATIN CAPITAL LETTER O}": "0",
    "\N{LATIN SMALL LETTER O}": "0",
    "\N{LATIN SMALL LETTER L}": "1",
    "\N{LATIN CAPITAL LETTER I}": "1",
}
_TABLE = str.maketrans(_FIGURES)
_SIGN = rf"[\d{''.join(_FIGURES)}]"
_ENDING = r"-?(?:й|я|е|ю|го|му|м|ми|х|ти|им|их|ой|ый|ей|ая|ое|ые|ом|ого|ому|ую)"
"""What follows the figures of an ordinal or a plural: ``38-ю``."""
_NUMBER = re.compile(
    rf"(?<![\w.,:/-])(?P<figures>(?=[\d.,:/]*[{''.join(_FIGURES)}]){_SIGN}+(?:[.,:/]{_SIGN}+)*)"
    rf"(?P<ending>{_ENDING})?(?!\w|-\w)"
)
_SEPARATOR = re.compile(r"[.,:/]")
_ALONE = frozenset("Ззб")
"""Letters that may be all of a number that is otherwise none."""
_LEAST = 0.5


def find(text: str, tokens: Sequence[Token]) -> Iterator[Finding]:
    """Numbers among ``tokens`` of ``text`` with letters for some of their figures."""
    starts = [token.span.start for token in tokens]
    for match in _NUMBER.finditer(text):
        first = bisect_right(starts, match.start()) - 1
        last = bisect_right(starts, match.end() - 1) - 1
        # Only what is whole tokens of the Russian text.
        if first < 0 or tokens[first].span.start != match.start() or tokens[last].span.end != match.end():
            continue
        figures, ending = match["figures"], match["ending"] or ""
        confidence = _confidence(figures, ending)
        letters = ", ".join(dict.fromkeys(c for c in figures if c in _FIGURES))
        if not letters or confidence < _LEAST:
            continue
        reason = Evidence("script", f"{letters} shaped like a figure", 4.0)
        candidate = Candidate(figures.translate(_TABLE) + ending, round(0.97 * confidence, 4), "number", (reason,))
        original = match.group()
        yield Finding(
            Span(*match.span()), original, Rule.NUMBER, confidence, "a letter among the figures", (candidate,)
        )


def _confidence(figures: str, ending: str) -> float:
    """How surely all the letters stand for figures; 0 where letters may follow or precede a figure."""
    if any(not _has_digit(part) and part not in _ALONE for part in _SEPARATOR.split(figures)):
        # ``5.I.1950`` is a date in order.
        return 0.0
    if not _has_digit(figures):
        # Nothing but an ordinal has such an ending: ``З-й``.
        return 0.85 if ending.startswith("-") else 0.0
    last = figures[-1]
    if len(figures) == 2 and not ending and (last in "бoо" or figures[0] in "ОOIlЧ"):
        # ``5б`` and ``О2`` are in order, ``З8`` and ``б5`` are not.
        return 0.0
    if figures[:-1].isdigit() and not ending and last in "бзIl":
        # A letter after figures numbers a house, a clause.
        return 0.6 if len(figures) > 3 and last in "бз" else 0.0
    return 0.92


def _has_digit(text: str) -> bool:
    return any(c.isdigit() for c in text)
