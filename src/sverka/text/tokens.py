"""Words, numbers and signs of a machine-read text.

A misread word is still one word: ``лихвид‹рована``, ``имез!о``, ``О9бособленность`` and ``@сли`` are words with signs
where letters stood, while ``слово,слово`` and ``г.Москва`` are two. A hyphen at the end of a line between letters
joins: ``диви-\\nзий`` reads ``дивизий``.
"""

from __future__ import annotations

import re

from sverka.model import Span, Token, TokenKind

_LETTER = r"[^\W\d_]\u0301?"  # with the combining accent that marks stress
_LINE_HYPHEN = r"[-\u00ad\u00ac\u2010\u2011][ \t]*(?:\r\n|\r|\n)[ \t]*"
# A reader that sees lines set far apart as paragraphs leaves blank lines even within a word.
_BLANK_LINES = r"(?:(?:\r\n|\r|\n)[ \t]*(?:(?:\r\n|\r|\n)[ \t]*)?(?=[a-z\u0430-\u044f\u0451]))?"
_HYPHEN = r"[-\u00ad\u2010\u2011]"
_APOSTROPHE = r"['\u2019]"
# Signs that no Russian typesetter puts inside or at the edge of a word, so a letter stood there.
_NOISE = r"[@#$&*+=<>\u2039\u203a|\\^~_\u00b0{}\u00a9\u00ae\u20ac\u00a5\u00a3\u00a7]"
# Signs that end a phrase but stand for a letter when a small letter follows at once.
# A bracket that is closed again after letters is one: ``ВКП(б)``.
_INNER = r"(?:[!?;%\"\u2018\u201b`\u00ab\u00bb\u201c\u201d\u201e)\]]|[(\[](?![^\W\d_]+[)\]]))"

_SMALL = r"[a-z\u0430-\u044f\u0451]"
_LARGE = r"A-Z\u0410-\u042f\u0401"
# Repetitions are written "x?x" for one or two, so that the pieces can stand in formatted strings.
_NOISES = rf"{_NOISE}{_NOISE}?"
_DIGITS = r"\d\d?"

_WORD = (
    rf"(?:{_NOISES}(?={_LETTER}))?"
    rf"(?:{_DIGITS}(?={_SMALL}{_SMALL}{_SMALL}))?"
    rf"{_LETTER}"
    rf"(?:{_LETTER}|{_LINE_HYPHEN}{_BLANK_LINES}(?={_LETTER})|{_HYPHEN}(?={_LETTER})|{_HYPHEN}\d+|{_APOSTROPHE}(?={_LETTER})"
    rf"|{_NOISES}(?={_LETTER})|{_INNER}(?={_SMALL})|{_DIGITS}(?=[^\W\d_{_LARGE}])"
    rf"|(?<=[^\W\d_])\d(?!\d))*"
    rf"(?:{_NOISE})?"
)
_SUFFIX = rf"{_LETTER}(?:{_LETTER})?(?:{_LETTER})?(?:{_LETTER})?(?![^\W\d_])"
_NUMBER = rf"\d+(?:[.,:/]\d+|{_HYPHEN}\d+)*(?:(?:{_HYPHEN})?{_SUFFIX})?"
_TOKEN = re.compile(rf"(?P<word>{_WORD})|(?P<number>{_NUMBER})|(?P<mark>[^\w\s]+|\w|\S)")
_JOIN = re.compile(_LINE_HYPHEN + _BLANK_LINES)


def tokenise(text: str, span: Span) -> tuple[Token, ...]:
    """The tokens of ``text`` within ``span``, in order; between them lies nothing but white space."""
    tokens = []
    for match in _TOKEN.finditer(text, span.start, span.end):
        kind = TokenKind(match.lastgroup or "mark")
        reading = match.group()
        joined = False
        if kind is TokenKind.WORD and ("\n" in reading or "\r" in reading):
            reading = _JOIN.sub("", reading)
            joined = True
        tokens.append(Token(Span(*match.span()), reading, kind, joined))
    return tuple(tokens)
