"""A text as it was read, and what its parts are."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from dataclasses import dataclass, field
from enum import StrEnum

from sverka.model.span import Span

_LINE_END = re.compile(r"\r\n|\n|\r")


@dataclass(frozen=True, slots=True)
class Transcript:
    """The text of one document as read, never altered.

    ``path`` is the name the user gave; ``text`` holds the decoded code points with newlines as they stand;
    ``encoding`` is what it was decoded from. ``sha256`` is taken over the UTF-8 of ``text``, so for a plain UTF-8 file
    without a byte-order mark it is what ``sha256sum`` prints.
    """

    path: str
    text: str
    encoding: str = "utf-8"
    sha256: str = field(init=False)
    line_starts: tuple[int, ...] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        digest = hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()
        starts = (0, *(m.end() for m in _LINE_END.finditer(self.text)))
        object.__setattr__(self, "sha256", digest)
        object.__setattr__(self, "line_starts", starts)

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column (both 1-based, the column in code points) of the code point at ``offset``."""
        line = bisect_right(self.line_starts, offset)
        return line, offset - self.line_starts[line - 1] + 1

    def line_span(self, line: int) -> Span:
        """The span of line ``line`` (1-based) without its line end."""
        start = self.line_starts[line - 1]
        end = self.line_starts[line] if line < len(self.line_starts) else len(self.text)
        return Span(start, start + len(self.text[start:end].rstrip("\r\n")))

    @property
    def line_count(self) -> int:
        """How many lines there are; an empty last line after a final newline counts."""
        return len(self.line_starts)


class PassageKind(StrEnum):
    """What a passage of a transcript is."""

    METADATA = "metadata"
    """Catalogue text about the document: title, citation, summary."""
    TEXT = "text"
    """The document's own text, in Russian: the only passages that are checked."""
    MARK = "mark"
    """Page numbers, archive and registry marks: left alone."""
    TRANSLATION = "translation"
    """The document in another language: a witness."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of whole lines that is one kind of thing."""

    span: Span
    kind: PassageKind


class TokenKind(StrEnum):
    """What a token is made of."""

    WORD = "word"
    """Letters, with inner hyphens or apostrophes, and whatever stray signs a misreading put among them."""
    NUMBER = "number"
    """Digits with inner points, colons, hyphens; may end in letters (``38-ю``, ``1950г``)."""
    MARK = "mark"
    """Punctuation and signs."""


@dataclass(frozen=True, slots=True)
class Token:
    """One word, number or run of signs of the text.

    ``text`` is the reading with a line-end hyphenation joined (``диви-\\nзий`` reads ``дивизий``, ``joined`` is True);
    otherwise it is exactly the code points of ``span``.
    """

    span: Span
    text: str
    kind: TokenKind
    joined: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """A transcript taken apart.

    ``passages`` cover the transcript without gaps or overlaps; ``tokens`` are those of the TEXT passages, in order;
    ``sentences`` are spans of the TEXT passages, in order.
    """

    transcript: Transcript
    passages: tuple[Passage, ...]
    tokens: tuple[Token, ...]
    sentences: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Translation:
    """The document in English: a stretch of the same transcript, or a file of its own."""

    transcript: Transcript
    sentences: tuple[Span, ...]

    def __len__(self) -> int:
        return len(self.sentences)


@dataclass(frozen=True, slots=True)
class Pair:
    """Sentences that say the same: ``source`` spans the transcript, ``target`` the translation.

    Either may be None: a sentence that has no partner.
    """

    source: Span | None
    target: Span | None


@dataclass(frozen=True, slots=True)
class Bitext:
    """A translation laid beside its document, sentence by sentence, in the document's order."""

    translation: Translation
    pairs: tuple[Pair, ...]

    def beside(self, span: Span) -> str:
        """The translation of the sentences that ``span`` touches; empty where there is none."""
        text = self.translation.transcript.text
        return " ".join(
            pair.target.of(text)
            for pair in self.pairs
            if pair.source and pair.target and pair.source.start <= span.end and span.start <= pair.source.end
        )
