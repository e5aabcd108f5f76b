"""Roman numerals read as Russian letters: ``ТУ квартал`` for ``IV квартал``, ``ХУТ`` over a chapter for ``XVI``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sverka.model import Candidate, Evidence, Finding, Rule, Token, TokenKind
from sverka.text.alphabet import CYRILLIC

_SHAPES = {
    "\N{CYRILLIC CAPITAL LETTER HA}": "X",
    "\N{CYRILLIC CAPITAL LETTER U}": "V",
    "\N{CYRILLIC CAPITAL LETTER TE}": "I",
    "\N{CYRILLIC CAPITAL LETTER GHE}": "I",
    "\N{CYRILLIC CAPITAL LETTER I}": "II",
    "\N{CYRILLIC CAPITAL LETTER PE}": "II",
    "\N{CYRILLIC CAPITAL LETTER SHA}": "III",
    "1": "I",
}
"""Letters by the strokes of the numerals they are drawn like; typewriters had no others for them."""
_TABLE = str.maketrans(_SHAPES)
_DRAWN = re.compile(rf"[IVX{''.join(_SHAPES)}]{{1,5}}")
_NUMERAL = re.compile(r"(?=.)X{0,3}(?:IX|IV|V?I{0,3})")
_COUNTED = re.compile(
    r"(?:съезд|век|квартал|пленум|созыв|том|класс|раздел|отдел|корпус|интернационал)(?:а|у|ом|е|ы|ов|ам|ами|ах)?|"
    r"(?:конференци|сесси|степен|категори|очеред)(?:[яиюьей]|ью|ей)|глав[аеуы]",
    re.IGNORECASE,
)
"""What is numbered in Roman figures, the number going before it."""
_AMBIGUOUS = frozenset("ИУ")
"""Words of one letter."""


def find(text: str, tokens: Sequence[Token]) -> Iterator[Finding]:
    """Words of ``tokens`` that are Roman numerals where one is due: before what is counted, or alone on a line."""
    for i, token in enumerate(tokens):
        if token.kind is not TokenKind.WORD or not _DRAWN.fullmatch(token.text) or not CYRILLIC.search(token.text):
            continue
        numeral = token.text.translate(_TABLE)
        if not _NUMERAL.fullmatch(numeral):
            continue
        after = tokens[i + 1] if i + 1 < len(tokens) else None
        if after is not None and _COUNTED.fullmatch(after.text) and token.text not in _AMBIGUOUS:
            confidence, why = 0.9, f"a number is due before «{after.text}»"
        elif _alone(text, token):
            confidence, why = 0.5 if token.text in _AMBIGUOUS else 0.8, "alone on its line, as a chapter's number"
        else:
            continue
        reason = Evidence("script", f"{token.text} drawn as {numeral}; {why}", 3.0)
        candidate = Candidate(numeral, round(0.9 * confidence, 4), Rule.SCRIPT.value, (reason,))
        yield Finding(
            token.span, token.text, Rule.SCRIPT, confidence, "a Roman numeral in Russian letters", (candidate,)
        )


def _alone(text: str, token: Token) -> bool:
    """Whether nothing but signs stands on the token's line, and no letter on the lines around it."""
    start = text.rfind("\n", 0, token.span.start) + 1
    stop = text.find("\n", token.span.end)
    stop = len(text) if stop < 0 else stop
    beside = text[start : token.span.start] + text[token.span.end : stop]
    above = text[text.rfind("\n", 0, max(0, start - 1)) + 1 : start]
    below = text[stop : text.find("\n", stop + 1)] if text.find("\n", stop + 1) >= 0 else text[stop:]
    return not any(c.isalnum() for c in beside) and not above.strip() and not below.strip()
