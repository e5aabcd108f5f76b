"""Unified diffs, for ``patch -p1`` and ``git apply``: of an edition against its transcript, of any two texts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import groupby
from typing import Literal

from sverka.align.sequences import WORDS, alignment
from sverka.model import Edition

_CONTEXT = 3
_Code = tuple[Literal["replace", "delete", "insert", "equal"], int, int, int, int]
_NO_LINE_END = "\\ No newline at end of file\n"


def unified(edition: Edition, before: str | None = None) -> bytes:
    """The diff in UTF-8, three lines of context; empty when no decision changes the text.

    ``before`` is the text to compare with, of an earlier edition; the transcript's where there is none.

    The two sides are named ``a/PATH`` and ``b/PATH`` after the transcript's path without a leading slash.
    """
    path = edition.transcript.path.lstrip("/")
    old = edition.transcript.text if before is None else before
    return unified_diff(old, edition.text, f"a/{path}", f"b/{path}")


def unified_diff(old: str, new: str, old_name: str, new_name: str) -> bytes:
    """What makes ``new`` of ``old``, in lines, as UTF-8; empty where they are the same."""
    before, after = _lines(old), _lines(new)
    diff = list(_hunks(before, after))
    head = [f"--- {_name(old_name)}\n", f"+++ {_name(new_name)}\n"] if diff else []
    return "".join(_ended([*head, *diff])).encode("utf-8", "surrogateescape")


def _lines(text: str) -> list[str]:
    r"""Lines as ``patch`` counts them: only ``\n`` ends one."""
    pieces = text.split("\n")
    return [f"{piece}\n" for piece in pieces[:-1]] + ([pieces[-1]] if pieces[-1] else [])


class _Aligned(SequenceMatcher[str]):
    """Lines, gathered in hunks by difflib, but aligned in time that grows with their number."""

    def __init__(self, before: Sequence[str], after: Sequence[str]) -> None:
        super().__init__(None, before, after)
        self._steps = alignment(before, after, WORDS)

    def get_opcodes(self) -> list[_Code]:
        """The steps from one sequence to the other."""
        found: list[_Code] = []
        for same, steps in groupby(self._steps, key=lambda step: step.same):
            run = list(steps)
            ends = run[0].left.start, run[-1].left.end, run[0].right.start, run[-1].right.end
            found.append(("equal" if same else "replace", *ends))
        return found


def _hunks(before: Sequence[str], after: Sequence[str]) -> Iterator[str]:
    for group in _Aligned(before, after).get_grouped_opcodes(_CONTEXT):
        _, a, _, c, _ = group[0]
        _, _, b, _, d = group[-1]
        yield f"@@ -{_range(a, b)} +{_range(c, d)} @@\n"
        for tag, start, end, begin, stop in group:
            if tag == "equal":
                yield from (f" {line}" for line in before[start:end])
                continue
            yield from (f"-{line}" for line in before[start:end])
            yield from (f"+{line}" for line in after[begin:stop])


def _range(start: int, end: int) -> str:
    """Lines as the format counts them: from 1, and before the first of an empty range."""
    length = end - start
    if length == 1:
        return str(start + 1)
    return f"{start + 1 if length else start},{length}"


def _ended(lines: Sequence[str]) -> Iterator[str]:
    for line in lines:
        yield line if line.endswith("\n") else f"{line}\n{_NO_LINE_END}"


def _name(path: str) -> str:
    """A file name as git writes it: control characters quoted, a tab behind a name that has spaces."""
    if all(letter.isprintable() and letter not in '"\\' for letter in path):
        return f"{path}\t" if " " in path else path
    quoted = (
        chr(byte) if 0x20 <= byte < 0x7F and byte not in b'"\\' else f"\\{byte:03o}"
        for byte in path.encode("utf-8", "surrogateescape")
    )
    return f'"{"".join(quoted)}"'
