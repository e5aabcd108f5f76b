"""Which two texts are to be compared: two files, two versions of a ledger, an edition and another text."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from sverka.align.classes import Class
from sverka.align.comparison import Comparison, Difference
from sverka.ledger.version import NOW
from sverka.load import read
from sverka.model import Problem, Transcript, View
from sverka.workflow.records import Record, record_of

__all__ = ["Texts", "edition_of", "like_left", "two_versions"]


@dataclass(frozen=True, slots=True)
class Texts:
    """Two texts, and what could not be applied to them or does not count."""

    left: Transcript
    right: Transcript
    problems: tuple[Problem, ...] = ()


def edition_of(path: Path, view: View) -> tuple[Transcript, tuple[Problem, ...]]:
    """A transcript with its decisions applied, and what could not be; errors as for :func:`record_of`."""
    return _version(record_of(read(path), path), NOW, view)


def two_versions(path: Path, before: str, after: str, view: View) -> Texts:
    """The text of a transcript at two versions of its ledger (:func:`sverka.ledger.version.version`).

    UsageError where there is no such version.
    """
    record = record_of(read(path), path)
    (left, troubles), (right, more) = (_version(record.at(name), name, view) for name in (before, after))
    return Texts(left, right, tuple(dict.fromkeys((*troubles, *more))))


def _version(record: Record, name: str, view: View) -> tuple[Transcript, tuple[Problem, ...]]:
    """The edition as a transcript of its own, called ``PATH@VERSION``."""
    edition, left_out = record.edition(view)
    transcript = record.transcript
    made = Transcript(f"{transcript.path}@{name}", edition.text, transcript.encoding)
    return made, (*record.problems, *left_out)


def like_left(left: str, right: str, comparison: Comparison, kinds: Collection[Class]) -> str:
    """The right text, but as the left one has it wherever they differ in these kinds only.

    A passage that moved stays where the right text has it.
    """
    pieces: list[str] = []
    position = 0
    for difference in sorted(comparison.differences, key=lambda difference: difference.right):
        if difference.kind is Class.MOVED or not set(difference.classes) <= set(kinds):
            continue
        start, text = _put(left, right, difference)
        pieces += (right[position:start], text)
        position = difference.right.end
    return "".join(pieces) + right[position:]


def _put(left: str, right: str, difference: Difference) -> tuple[int, str]:
    """From where in the right text on to write what of the left: words come and go with the space before them."""
    text, start = difference.left.of(left), difference.right.start
    if not difference.right and not text.isspace():
        space = _space_before(left, difference.left.start)
        return start, left[space : difference.left.end] + ("" if space else " ")
    if not difference.left and not difference.right.of(right).isspace():
        return _space_before(right, start), text
    return start, text


def _space_before(text: str, at: int) -> int:
    """Where the white space begins that ends at ``at``."""
    while at and text[at - 1].isspace():
        at -= 1
    return at
