"""What was worked out of a long ledger, kept between sessions so that opening it again takes no time.

A snapshot belongs to the beginning of a ledger, up to some byte, and is used only where the ledger still begins with
exactly these bytes, which their SHA-256 shows. It lies in the user's cache folder, never beside the ledger, and may be
deleted at any time: everything in it follows from the ledger.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
import zlib
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from msgspec import DecodeError, Struct
from msgspec.json import decode, encode

from sverka import cache
from sverka.ledger import disk
from sverka.ledger.history import History

__all__ = ["Digest", "Mark", "Snapshot", "due", "load", "save"]

Digest: TypeAlias = "hashlib._Hash"
"""A SHA-256 that more can be added to."""

_FORMAT = 4
"""Raised whenever the tables of :mod:`sverka.ledger.history`, or what they hold, change their meaning."""
_LEAST = 1 << 21
"""Bytes of a ledger below which reading it is fast enough."""
_SHARE = 8
"""A ledger that grew by an eighth since its snapshot gets a new one."""


class Mark(Struct, frozen=True):
    """How far a ledger was read, and what was found on the way.

    ``offset`` are bytes, ``lines`` how many lines these are, ``digest`` is their SHA-256, ``unended`` whether the last
    of them lacks its line feed. ``problems`` are the numbers of the lines that do not count, each with the reason.
    """

    offset: int
    lines: int
    digest: str
    unended: bool
    problems: tuple[tuple[int, str], ...]


class _Header(Struct, frozen=True):
    format: int
    check: int
    mark: Mark


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A history, how far it reaches, and the running digest of what it was made from."""

    history: History
    mark: Mark
    digest: Digest


def due(offset: int, kept: int) -> bool:
    """Whether a ledger read up to ``offset`` is worth a snapshot, where there is one up to ``kept``."""
    return offset - kept >= max(_LEAST, offset // _SHARE)


def load(ledger: Path, file: int, size: int) -> Snapshot | None:
    """The snapshot of ``ledger``, which is open as ``file`` and has ``size`` bytes; None where there is none to use."""
    if size < _LEAST:
        return None
    try:
        with _place(ledger).open("rb") as kept:
            header = decode(kept.readline(), type=_Header)
            if header.format != _FORMAT or header.mark.offset > size:
                return None
            digest = hashlib.sha256()
            for block in disk.blocks(file, 0, header.mark.offset):
                digest.update(block)
            content = kept.read()
        if digest.hexdigest() != header.mark.digest or zlib.crc32(content) != header.check:
            return None
        return Snapshot(History(content), header.mark, digest)
    except (*cache.IMPOSSIBLE, DecodeError, sqlite3.DatabaseError):
        return None


def save(ledger: Path, history: History, mark: Mark) -> None:
    """Keep a snapshot of the ledger; where that is impossible there is none."""
    with suppress(*cache.IMPOSSIBLE):
        place = _place(ledger)
        cache.clear(place.parent)
        content = history.content()
        cache.write(place, encode(_Header(_FORMAT, zlib.crc32(content), mark)), b"\n", content)


def _place(ledger: Path) -> Path:
    """Where the snapshot of a ledger lies, by the path of the ledger; RuntimeError where the user has no home."""
    return cache.folder("ledgers") / hashlib.sha256(os.fsencode(ledger.resolve())).hexdigest()[:32]
