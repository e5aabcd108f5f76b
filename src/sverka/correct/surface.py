"""Errors that show in the signs themselves: Latin letters in a Russian word, letters for digits, stray capitals."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sverka.correct.stream import Stream
from sverka.model import Candidate, Evidence, Finding, Rule, Token, TokenKind
from sverka.text.alphabet import CYRILLIC, LATIN, as_cyrillic

_ROMAN = re.compile(r"[IVXLCDM]+")
_DIGITS = {
    "\N{CYRILLIC CAPITAL LETTER ZE}": "3",
    "\N{CYRILLIC SMALL LETTER ZE}": "3",
    "\N{CYRILLIC CAPITAL LETTER O}": "0",
    "\N{CYRILLIC SMALL LETTER O}": "0",
    "\N{CYRILLIC SMALL LETTER BE}": "6",
    "\N{CYRILLIC CAPITAL LETTER CHE}": "4",
    "O": "0",
    "o": "0",
    "l": "1",
    "I": "1",
}
"""Letters that a reader puts down for the figure they are shaped like."""
_FIGURE = re.compile(rf"(?P<figure>[\d{''.join(_DIGITS)}]*\d[\d{''.join(_DIGITS)}]*)(?P<ending>-[а-я]{{1,3}})?")
_DESIGNATION = re.compile(r"[А-ЯA-Z]{1,3}-\d+")


def find(stream: Stream) -> Iterator[Finding]:
    """Findings of these kinds, in the order of the text."""
    for i, token in enumerate(stream.tokens):
        if token.kind is TokenKind.WORD and i not in stream.foreign:
            yield from _figure(token)
            yield from _script(token, bool(stream.known[i]))
            if stream.known[i]:
                yield from _case(token)


def _finding(token: Token, rule: Rule, text: str, confidence: float, message: str, detail: str) -> Finding:
    reason = Evidence("script" if rule is not Rule.CASE else "case", detail, 4.0)
    candidate = Candidate(text, round(confidence * 0.98, 3), rule.value, (reason,))
    return Finding(token.span, token.text, rule, confidence, message, (candidate,))


def _script(token: Token, known: bool) -> Iterator[Finding]:
    """Latin look-alikes that make a Russian word, or a designation such as ``Т-34``, when read as Cyrillic."""
    if token.joined or not LATIN.search(token.text) or _ROMAN.fullmatch(token.text):
        return
    text = as_cyrillic(token.text)
    if LATIN.search(text):
        return
    mixed = bool(CYRILLIC.search(token.text))
    letters = [c for c in token.text if LATIN.match(c)]
    shown = ", ".join(dict.fromkeys(letters))
    if mixed or known or _DESIGNATION.fullmatch(text):
        confidence = 0.98 if mixed and known else 0.9
        yield _finding(
            token, Rule.SCRIPT, text, confidence, f"Latin letters in a Russian word: {shown}", f"Latin {shown}"
        )


def _figure(token: Token) -> Iterator[Finding]:
    """A letter where a figure stood: ``З8-ю`` for ``38-ю``."""
    match = _FIGURE.fullmatch(token.text)
    if match is None or match["figure"].isdigit():
        return
    figure = "".join(_DIGITS.get(c, c) for c in match["figure"])
    text = figure + (match["ending"] or "")
    if text != token.text:
        yield _finding(token, Rule.NUMBER, text, 0.9, "a letter among the figures", "a letter shaped like a figure")


def _case(token: Token) -> Iterator[Finding]:
    """Capitals inside a word of small letters: ``имеетСя``, ``ЧТо``."""
    if token.joined:
        return
    text = "-".join(_evened(part) for part in token.text.split("-"))
    if text != token.text:
        yield _finding(token, Rule.CASE, text, 0.9, "capitals within the word", "capital letters among small ones")


def _evened(part: str) -> str:
    rest = [c for c in part[1:] if c.isalpha()]
    capitals = sum(c.isupper() for c in rest)
    if not capitals or capitals == len(rest) or not part[0].isalpha():
        return part
    if capitals * 2 > len(rest) and len(rest) > 2:
        return part.upper()
    return part[0] + part[1:].lower()
