"""What a structural rule is, and what the rules share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeAlias

from sverka.model import Bitext, Document, Finding, Passage, PassageKind

IsWord: TypeAlias = Callable[[str], bool]
"""Whether a token stands in the lexicon as a word of its own."""

Detector: TypeAlias = Callable[[Document, Bitext | None, IsWord], Iterator[Finding]]
"""A structural rule: all findings of one kind in a document, in any order, their ``id`` left empty."""


def texts(document: Document) -> Iterator[Passage]:
    """The passages that are checked."""
    return (passage for passage in document.passages if passage.kind is PassageKind.TEXT)
