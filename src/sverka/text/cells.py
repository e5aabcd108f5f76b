"""Text in the cells of a table that a spreadsheet will open: CSV after RFC 4180.

A spreadsheet runs a cell that begins like a formula, and makes a number or a date of one that begins with a digit (of
``5.10`` the fifth of October, of an id ``12e45678`` a very large number). Such cells get an apostrophe in front, and so
do those that begin with an apostrophe themselves, or would be taken for the sign of nothing. A program that parts cells
at another sign than the one meant would find formulas within them, so an apostrophe stands there too. Where cells are
read it is taken off again, and each reads back exactly::

    >>> guarded("=1+1"), bare(guarded("=1+1"))
    ("'=1+1", '=1+1')
"""

from __future__ import annotations

import csv
import re
from codecs import BOM_UTF8
from collections.abc import Iterable, Sequence
from io import StringIO

__all__ = ["NOTHING", "bare", "guarded", "table", "whole"]

NOTHING = "∅"
"""Stands for no text at all: what a deletion leaves, what a lacuna covers."""

_GUARDED = re.compile(rf"[=+\-@\t\r\n'0-9]|{NOTHING}\Z")
"""What is not to begin a cell."""
_WITHIN = re.compile(r"""([,;\t\r\n]"*)(?='*[=+\-@])""")
_WITHIN_GUARDED = re.compile(r"""([,;\t\r\n]"*)'(?='*[=+\-@])""")
"""What would begin one where another sign, or the line end of a quotation gone wrong, parted cells."""
_HALF = re.compile(r"[\ud800-\udfff]")


def guarded(cell: str) -> str:
    """The text as a cell that no spreadsheet takes for anything else."""
    cell = _WITHIN.sub(r"\1'", cell)
    return f"'{cell}" if _GUARDED.match(cell) else cell


def bare(cell: str) -> str:
    """The reverse of :func:`guarded`. An apostrophe that guards nothing is the editor's own."""
    cell = cell[1:] if cell[:1] == "'" and _GUARDED.match(cell, 1) else cell
    return _WITHIN_GUARDED.sub(r"\1", cell)


def whole(text: str) -> str:
    """The text with U+FFFD for each half of a surrogate pair, which UTF-8 cannot hold."""
    return _HALF.sub("\N{REPLACEMENT CHARACTER}", text)


def table(head: Sequence[str], rows: Iterable[Sequence[str | int | float]], *, delimiter: str = ",") -> bytes:
    """A table in UTF-8, with the byte-order mark that Excel needs; text that comes from elsewhere has to be guarded.

    RFC 4180 knows the comma only; where that is the decimal sign, as in Russia, spreadsheets part cells at a semicolon.
    """
    out = StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerow(head)
    writer.writerows(rows)
    return BOM_UTF8 + whole(out.getvalue()).encode()
