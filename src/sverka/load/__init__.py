"""Bytes into transcripts: which files to read, what format and encoding they are in, what text they hold.

A new format is one module with a ``FORMAT`` and one line in :data:`FORMATS`.
"""

from __future__ import annotations

from pathlib import Path, PurePath

from sverka.load import txt, unread
from sverka.load.files import companion, contents, discover
from sverka.load.format import Format
from sverka.model import Transcript

__all__ = ["FORMATS", "HEAD_LENGTH", "Format", "companion", "discover", "read", "read_stream"]

FORMATS: tuple[Format, ...] = (*unread.FORMATS, txt.FORMAT)
"""The formats in the order they are asked; the first that recognises a file reads it."""

HEAD_LENGTH = 4096
"""How many bytes from the beginning of a file a format may look at to recognise it."""


def read(path: Path) -> Transcript:
    """The transcript in a file, under the name given; :class:`sverka.errors.InputError` where there is none."""
    return read_stream(contents(path), str(path))


def read_stream(data: bytes, name: str) -> Transcript:
    """The transcript in ``data``; ``name`` is what to call it (its suffix counts, as a file's does)."""
    head, suffix = data[:HEAD_LENGTH], PurePath(name).suffix.lower()
    chosen = next(known for known in FORMATS if known.recognises(head, suffix))
    return chosen.read(data, name)
