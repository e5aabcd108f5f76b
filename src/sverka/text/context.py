"""The words around a place."""

from __future__ import annotations

import hashlib
import re

from sverka.model import Span

_WORD = re.compile(r"\w+")
_REACH = 80
_WORDS = 3


def words_around(text: str, span: Span) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Up to three words before and after ``span``, looking no further than 80 code points."""
    before = _WORD.findall(text[max(0, span.start - _REACH) : span.start])[-_WORDS:]
    after = _WORD.findall(text[span.end : span.end + _REACH])[:_WORDS]
    return tuple(before), tuple(after)


def finding_id(text: str, span: Span) -> str:
    """Twelve hex digits from the span's own text and the words around it.

    They depend on neither position, rule nor confidence, so an id survives edits elsewhere in the text and newer
    versions of the engine. Two places with the same words around them share one: the caller tells them apart.
    """
    before, after = words_around(text, span)
    key = "\x1f".join((*before, "\x1e", span.of(text), "\x1e", *after))
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:12]
