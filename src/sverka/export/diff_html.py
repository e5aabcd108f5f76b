"""Two texts compared, and a text and its translation, as a page side by side."""

from __future__ import annotations

from collections.abc import Iterator

from sverka.align.comparison import Comparison
from sverka.export.page import page
from sverka.export.side_by_side import Mark, Row, Words, rows, words
from sverka.export.translation_diff import Beside, Mismatch
from sverka.model import Span, Transcript

__all__ = ["diff_html", "translation_html"]


def diff_html(left: Transcript, right: Transcript, comparison: Comparison, *, program: str) -> str:
    """The page of two texts: differences marked by word and by letter, with their kinds."""
    larger = max(comparison.left_count, comparison.right_count)
    tiles = (
        ("Words and signs, left", comparison.left_count, ""),
        ("Words and signs, right", comparison.right_count, ""),
        ("In common", comparison.common_count, f"{_share(comparison.common_count, larger)} of the longer text"),
    )
    return page(
        "diff.html.j2",
        title=f"{left.path} · {right.path}",
        program=program,
        names=(left.path, right.path),
        total=len(comparison.differences),
        ignored=comparison.ignored,
        tiles=tiles,
        counts=comparison.counts(),
        rows=list(rows(left, right, comparison)),
        languages=("ru", "ru"),
    )


def translation_html(beside: Beside, *, program: str) -> str:
    """The page of a text and its translation: sentence beside sentence, what has no partner marked."""
    pairs = sum(row.pair.source is not None and row.pair.target is not None for row in beside.rows)
    names = (beside.transcript.path, beside.translation.path)
    return page(
        "diff.html.j2",
        title=" · ".join(dict.fromkeys(names)),
        program=program,
        names=("Text", "Translation") if names[0] == names[1] else names,
        total=len(beside.unmatched),
        ignored=beside.ignored,
        tiles=(
            ("Sentences, text", sum(row.pair.source is not None for row in beside.rows), ""),
            ("Sentences, translation", sum(row.pair.target is not None for row in beside.rows), ""),
            ("Pairs", pairs, "a pair may have more than one sentence on a side"),
        ),
        counts=beside.counts(),
        rows=list(_sentences(beside)),
        languages=("ru", "en"),
    )


def _sentences(beside: Beside) -> Iterator[Row]:
    """The rows, numbered through as the marks of two texts are."""
    number, line, its_line = 0, 1, 1
    for row in beside.rows:
        found = tuple(enumerate(row.unmatched, start=number))
        number += len(found)
        here, there = row.pair.source, row.pair.target
        line = beside.transcript.place(here.start)[0] if here else line
        its_line = beside.translation.place(there.start)[0] if there else its_line
        kinds = tuple(dict.fromkeys(it.kind.value for it in row.unmatched))
        left = _marked(beside.transcript.text, here, [(it.here, n, it.kind) for n, it in found])
        right = _marked(beside.translation.text, there, [(it.there, n, it.kind) for n, it in found])
        yield Row(line, its_line, left, right, kinds)


def _marked(
    text: str, sentence: Span | None, found: list[tuple[Span | None, int, Mismatch]]
) -> tuple[Words | Mark, ...]:
    """A sentence with what of it has no partner."""
    if sentence is None:
        return ()
    parts: list[Words | Mark] = []
    at = sentence.start
    for span, number, kind in sorted((span, number, kind) for span, number, kind in found if span):
        if span.start < at:
            continue  # a name within a number or the like: marked already
        title = f"{kind}: nothing like it on the other side"
        parts += [words(text[at : span.start]), Mark(number, kind.value, title, (words(span.of(text)),))]
        at = span.end
    return (*parts, words(text[at : sentence.end]))


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "–"
