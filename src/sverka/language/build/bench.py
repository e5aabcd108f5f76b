"""Pages of real OCR with their truth, as training material for the error model and the ranker."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from sverka.language.build.errormodel import Pair
from sverka.model import Span, TokenKind
from sverka.text.tokens import tokenise

_WORD_ERRORS = frozenset({"nonword", "realword", "split", "merge", "case", "digits", "latin", "hyphen"})
_LINE_END = re.compile(r"[^\w\s]{0,2}[ \t]*\n\s*")
_EDGES = re.compile(r"^[\W_]+|[\W_]+$")


@dataclass(frozen=True, slots=True)
class Row:
    """One difference: ``span`` of the page's OCR text should read ``truth``; ``kind`` as in the gold table."""

    span: Span
    truth: str
    kind: str

    @property
    def is_word_error(self) -> bool:
        """Whether the row is an error in a word, not in punctuation."""
        return self.kind in _WORD_ERRORS


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its OCR text, every row of its gold, and its true text."""

    name: str
    text: str
    truth: str
    rows: tuple[Row, ...]


def read(folder: Path) -> tuple[Page, ...]:
    """The pages of a benchmark folder (``NNN.ocr.txt``, ``NNN.truth.txt``, ``gold.tsv``)."""
    rows: dict[str, list[Row]] = {}
    with (folder / "gold.tsv").open(encoding="utf-8") as table:
        next(table)
        for line in table:
            page, start, end, _, truth, kind = line.rstrip("\n").split("\t")[:6]
            rows.setdefault(page, []).append(Row(Span(int(start), int(end)), truth.replace("\u23ce", "\n"), kind))
    pages = []
    for path in sorted(folder.glob("*.ocr.txt")):
        name = path.name[: -len(".ocr.txt")]
        truth = (folder / f"{name}.truth.txt").read_text(encoding="utf-8")
        pages.append(Page(name, path.read_bytes().decode("utf-8"), truth, tuple(rows.get(name, ()))))
    return tuple(pages)


def pairs(page: Page) -> tuple[Pair, ...]:
    """Every word of a page as it was read and as it should be."""
    found = [
        Pair(token.text, token.text)
        for token in tokenise(page.text, Span(0, len(page.text)))
        if token.kind is TokenKind.WORD and not any(row.span.overlaps(token.span) for row in page.rows)
    ]
    for row in page.rows:
        if row.is_word_error and row.kind != "case" and row.truth and " " not in row.truth:
            # A line end and the hyphen before it, whatever it was read as, are no part of the word.
            observed = _LINE_END.sub("", row.span.of(page.text))
            found.append(Pair(_EDGES.sub("", observed) or observed, _EDGES.sub("", row.truth)))
    return tuple(found)
