"""A transcript taken apart into passages, sentences and tokens."""

from __future__ import annotations

from sverka.model import Document, PassageKind, Span, Token, Transcript
from sverka.text.passages import passages
from sverka.text.sentences import sentences
from sverka.text.tokens import tokenise


def analyse(transcript: Transcript) -> Document:
    """The document in ``transcript``: what each passage is, and the words and sentences of the Russian ones."""
    parts = passages(transcript.text)
    tokens: list[Token] = []
    spans: list[Span] = []
    for part in parts:
        if part.kind is PassageKind.TEXT:
            tokens += tokenise(transcript.text, part.span)
            spans += sentences(transcript.text, part.span)
    return Document(transcript, parts, tuple(tokens), tuple(spans))
