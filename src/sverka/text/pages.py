"""The pages of a document, as far as its text shows where they part."""

from __future__ import annotations

from sverka.model import Document, PassageKind, Span
from sverka.text.passages import is_page_number

__all__ = ["pages"]

_FORM_FEED = "\f"


def pages(document: Document) -> tuple[Span, ...]:
    """The stretches of the text between form feeds and page numbers, in order; the whole text where there are none.

    Whether a number stands at the head of a page or at its foot nobody says, so pages are counted, not named: the
    first stretch with words in it is page 1. A stretch without words is no page of its own: it goes with the next.
    """
    text = document.transcript.text
    bounds = {at + 1 for at, letter in enumerate(text) if letter == _FORM_FEED}
    for passage in document.passages:
        if passage.kind is PassageKind.MARK:
            bounds |= {passage.span.start} if any(map(is_page_number, _lines(passage.span.of(text)))) else set()
    words = [token.span.start for token in document.tokens]
    found: list[Span] = []
    start, at = 0, 0
    for end in (*sorted(bounds - {0, len(text)}), len(text)):
        before = at
        while at < len(words) and words[at] < end:
            at += 1
        if at > before:
            found.append(Span(start, end))
            start = end
    if not found:
        return (Span(0, len(text)),)
    return (*found[:-1], Span(found[-1].start, len(text)))


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines()]
