"""The lines of a file that grows at its end, wherever reading it began."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

__all__ = ["Line", "lines"]


class Line(NamedTuple):
    """A line without its line feed, and whether it had one; ``start`` is the offset of its first byte in the file.

    Lines end with a line feed and nothing else: the text of an event may hold every other line separator.
    """

    start: int
    data: bytes
    ended: bool


def lines(blocks: Iterable[bytes], start: int) -> Iterator[Line]:
    """The lines in ``blocks``, which lie in the file one after the other from ``start``; the last may lack its end."""
    rest: list[bytes] = []
    for block in blocks:
        first, *others = block.split(b"\n")
        rest.append(first)
        if not others:
            continue
        line = b"".join(rest)
        yield Line(start, line, True)
        start += len(line) + 1
        *whole, last = others
        for line in whole:
            yield Line(start, line, True)
            start += len(line) + 1
        rest = [last]
    if line := b"".join(rest):
        yield Line(start, line, False)
