"""The lines of a text and the paragraphs they make."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sverka.model import Span

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r|\Z)")


@dataclass(frozen=True, slots=True)
class Line:
    """One line: ``span`` takes in its line end, ``text`` is stripped of it and of white space on both sides."""

    span: Span
    text: str

    @property
    def blank(self) -> bool:
        """Whether there is nothing but white space on it."""
        return not self.text


def lines(text: str, span: Span | None = None) -> tuple[Line, ...]:
    """The lines of ``text`` (of the part ``span`` names), without gaps."""
    start, end = (span.start, span.end) if span else (0, len(text))
    return tuple(
        Line(Span(*match.span()), match.group().strip())
        for match in _LINE.finditer(text, start, end)
        if match.end() > match.start()
    )


def paragraphs(text: str, span: Span) -> Iterator[tuple[Line, ...]]:
    """Runs of lines that are not blank."""
    run: list[Line] = []
    for line in lines(text, span):
        if not line.blank:
            run.append(line)
        elif run:
            yield tuple(run)
            run = []
    if run:
        yield tuple(run)
