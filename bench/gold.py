"""Texts with errors whose truth is known, and what a system said of them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from sverka.model import Span

ROOT = Path(__file__).resolve().parent.parent
LETTERS = Path(__file__).resolve().parent / "letters"
REAL = "1950-10-08-feng-xi-to-kim-il-sung.txt"
"""The one letter that nobody constructed."""

WORD_ERRORS = frozenset({"nonword", "realword", "split", "merge", "case", "digits", "latin", "hyphen"})
"""Types of the pages' rows that are errors in words; the others are marks (punct), dirt (spurious), gaps (missing)."""

_DASHES = "\N{EN DASH}\N{EM DASH}\N{HORIZONTAL BAR}\N{MINUS SIGN}\N{HYPHEN}\N{NOT SIGN}"
_DIVIDED = re.compile(rf"(?<=[^\W\d_])[-{_DASHES}]\n\s*(?=[^\W\d_])")
_ALIKE = str.maketrans(
    {
        **dict.fromkeys(_DASHES, "-"),
        **dict.fromkeys("«»“”„‟", '"'),
        **dict.fromkeys("’‘`", "'"),
        "ё": "е",
        "Ё": "Е",
    }
)
_EDGES = re.compile(r"^[\W_]+|[\W_]+$")


@dataclass(frozen=True, slots=True)
class Row:
    """One difference: ``span`` should read ``truth``. A span without length is a place where something is missing."""

    span: Span
    truth: str
    kind: str


@dataclass(frozen=True, slots=True)
class Page:
    """A text as it was read, with every difference from the truth; ``truth`` is the whole text put right.

    ``translation`` is the English text beside it where that is a file of its own, ``traps`` are stretches that are
    right though they look wrong.
    """

    name: str
    text: str
    rows: tuple[Row, ...]
    truth: str = ""
    translation: str | None = None
    traps: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Prediction:
    """A span that a system says is wrong, with what it would put there, best first (empty text: delete the span)."""

    span: Span
    candidates: tuple[str, ...] = ()
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a newspaper as it was read, and the same text from an independent edition."""

    name: str
    text: str
    edition: str


def put(text: str, edits: Iterable[tuple[Span, str]], base: int = 0) -> str:
    """``text``, which begins at code point ``base``, with each span replaced; of two that overlap the first counts."""
    pieces: list[str] = []
    position = base
    for span, new in sorted(edits):
        if span.start >= position:
            pieces += (text[position - base : span.start - base], new)
            position = span.end
    return "".join(pieces) + text[position - base :]


def norm(text: str) -> str:
    """What counts as the same: divided words joined, white space, dashes, quotation marks and ё made one."""
    return re.sub(r"\s+", " ", _DIVIDED.sub("", text).translate(_ALIKE)).strip()


def core(text: str) -> str:
    """The same, without the marks at either edge."""
    return _EDGES.sub("", norm(text))


def pages(folder: Path) -> tuple[Page, ...]:
    """Pages of OCR: ``NNN.ocr.txt``, ``NNN.truth.txt``, one ``gold.tsv`` (page, start, end, read, truth, type …)."""
    rows: dict[str, list[Row]] = {}
    for fields in _table(folder / "gold.tsv"):
        page, start, end, _, truth, kind = fields[:6]
        rows.setdefault(page, []).append(Row(Span(int(start), int(end)), truth, kind))
    found = []
    for path in sorted(folder.glob("*.ocr.txt")):
        name = path.name.removesuffix(".ocr.txt")
        truth = _text(folder / f"{name}.truth.txt")
        found.append(Page(name, _text(path), tuple(rows.get(name, ())), truth))
    return tuple(found)


def letters(folder: Path = LETTERS, root: Path = ROOT) -> tuple[Page, ...]:
    """The letters of the project's own benchmark, which lie elsewhere in it; the tables are explained in README.md."""
    rows: dict[str, list[Row]] = {}
    traps: dict[str, list[Span]] = {}
    for path, start, end, original, truth, kind, _ in _table(folder / "gold.tsv"):
        row = Row(Span(int(start), int(end)), truth.replace("\\n", "\n"), kind)
        if row.span.of(_text(root / path)) != original.replace("\\n", "\n"):
            raise ValueError(f"{path}:{start}: the table does not fit the text")
        rows.setdefault(path, []).append(row)
    for path, start, end, _, _ in _table(folder / "traps.tsv"):
        traps.setdefault(path, []).append(Span(int(start), int(end)))
    return tuple(
        Page(
            Path(path).name,
            _text(root / path),
            tuple(of_path),
            translation=_beside(root / path),
            traps=tuple(traps.get(path, ())),
        )
        for path, of_path in rows.items()
    )


def clean(folder: Path) -> tuple[Page, ...]:
    """Right text: every file ``*.txt`` of a folder."""
    return tuple(Page(path.name, _text(path), ()) for path in sorted(folder.glob("*.txt")))


def segments(path: Path) -> tuple[Segment, ...]:
    """Newspaper segments, one JSON object a line: ``id``, ``ocr``, ``gold``."""
    rows = (json.loads(line) for line in _text(path).split("\n") if line)
    return tuple(Segment(row["id"], row["ocr"], row["gold"]) for row in rows)


def _beside(path: Path) -> str | None:
    english = path.with_name(path.name.removesuffix(".txt").removesuffix(".ru") + ".en.txt")
    return _text(english) if english.is_file() else None


def _table(path: Path) -> list[list[str]]:
    return [line.split("\t") for line in _text(path).split("\n")[1:] if line]


def _text(path: Path) -> str:
    return path.read_bytes().decode("utf-8")
