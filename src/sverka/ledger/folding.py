"""A text without what another layout changes, and the way back to the text itself.

The same page read again, or wrapped anew, has its line ends elsewhere, written differently, with or without a hyphen.
So that a quotation is found all the same, text and quotation are folded before they are compared. Every position in a
folded text leads back: what is found is a span of the text as it stands.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from dataclasses import dataclass
from enum import Enum

from sverka.model import Span

__all__ = ["HYPHENS", "Folded", "Folding"]

HYPHENS = "-\N{SOFT HYPHEN}\N{NOT SIGN}\N{HYPHEN}\N{NON-BREAKING HYPHEN}"
"""What may divide a word at the end of a line."""

_LETTER = r"[^\W\d_]"
_BLANK = r"[^\S\r\n]*"
_LAYOUT = re.compile(rf"(?<={_LETTER})[{HYPHENS}]{_BLANK}(?:\r\n|\r|\n){_BLANK}(?={_LETTER})|\s\s+|[^\S ]")
_RETURN = re.compile(r"\r\n?")


class Folding(Enum):
    """How much of the layout is left out of account."""

    WORDING = "wording"
    """A run of white space counts as one space, and a word divided at a line end as undivided."""
    LINES = "lines"
    """All line ends count as line feeds: ``\\r\\n`` and ``\\r`` are ``\\n``."""
    VERBATIM = "verbatim"
    """Every code point counts."""

    def of(self, text: str) -> str:
        """``text``, folded."""
        if self is Folding.WORDING:
            return _LAYOUT.sub(_unwrapped, text)
        return _RETURN.sub("\n", text) if self is Folding.LINES else text

    def folded(self, text: str) -> Folded:
        """The same, with the way back."""
        if self is Folding.VERBATIM:
            return Folded(text, text, array("L"))
        pieces: list[str] = []
        starts = array("L")
        position = 0
        for match in (_LAYOUT if self is Folding.WORDING else _RETURN).finditer(text):
            left = _unwrapped(match) if self is Folding.WORDING else "\n"
            pieces += (text[position : match.start()], left)
            starts.extend(range(position, match.start() + len(left)))
            position = match.end()
        starts.extend(range(position, len(text) + 1))
        return Folded("".join((*pieces, text[position:])), text, starts)


def _unwrapped(match: re.Match[str]) -> str:
    return "" if match[0][0] in HYPHENS else " "


@dataclass(frozen=True, slots=True)
class Folded:
    """``text`` is what folding leaves of ``source``."""

    text: str
    source: str
    _starts: array[int]
    """Where each code point of ``text``, and its end, begins in ``source``; empty where the two are the same."""

    def start(self, position: int) -> int:
        """Where in the source begins what stands at ``position``."""
        return self._starts[position] if self._starts else position

    def end(self, position: int) -> int:
        """Where in the source ends what stands before ``position``."""
        if not self._starts or not position:
            return position
        # One white space may stand for many; a letter is one code point, whatever was left out after it.
        return self._starts[position] if self.text[position - 1].isspace() else self._starts[position - 1] + 1

    def position(self, source: int) -> int:
        """Where what begins at ``source`` is, or what follows it if that was left out."""
        return bisect_left(self._starts, source) if self._starts else source

    def span(self, start: int, end: int) -> Span | None:
        """The span of the source that is folded to ``start``–``end``, without what was left out around it.

        None for a gap at which something was left out: nobody can say on which side of that it is.
        """
        if start < end:
            return Span(self.start(start), self.end(end))
        return Span(self.end(end), self.end(end)) if self.start(start) == self.end(end) else None
