"""The lines of a text and the paragraphs they make."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sverka.model import Span

_LINE_END = re.compile(r"\r\n|\n|\r")
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


def line_end(text: str) -> str | None:
    """What ends every line of ``text``; None where nothing does, or not always the same."""
    found = set(_LINE_END.findall(text))
    return found.pop() if len(found) == 1 else None


def with_line_ends(text: str, ending: str) -> str:
    """``text`` with each of its line ends written as ``ending``."""
    return _LINE_END.sub(lambda _: ending, text)


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
