"""An edition as a unified diff against its transcript or an earlier edition, for ``patch -p1`` and ``git apply``."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import unified_diff

from sverka.model import Edition

_NO_LINE_END = "\\ No newline at end of file\n"


def unified(edition: Edition, before: str | None = None) -> bytes:
    """The diff in UTF-8, three lines of context; empty when no decision changes the text.

    ``before`` is the text to compare with, of an earlier edition; the transcript's where there is none.

    The two sides are named ``a/PATH`` and ``b/PATH`` after the transcript's path without a leading slash.
    """
    old, new = _lines(edition.transcript.text if before is None else before), _lines(edition.text)
    path = edition.transcript.path.lstrip("/")
    diff = unified_diff(old, new, _name(f"a/{path}"), _name(f"b/{path}"))
    return "".join(_ended(diff)).encode("utf-8", "surrogateescape")


def _lines(text: str) -> list[str]:
    r"""Lines as ``patch`` counts them: only ``\n`` ends one."""
    pieces = text.split("\n")
    return [f"{piece}\n" for piece in pieces[:-1]] + ([pieces[-1]] if pieces[-1] else [])


def _ended(lines: Iterator[str]) -> Iterator[str]:
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
