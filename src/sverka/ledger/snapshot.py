"""What was worked out of a long ledger, kept between sessions so that opening it again takes no time.

A snapshot belongs to the beginning of a ledger, up to some byte, and is used only where the ledger still begins with
exactly these bytes, which their SHA-256 shows. It lies in the user's cache folder, never beside the ledger, and may be
deleted at any time: everything in it follows from the ledger.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
import time
import zlib
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TypeAlias

from msgspec import DecodeError, Struct
from msgspec.json import decode, encode

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
_NEW = ".new-"
"""How the name of a snapshot begins that is being written."""
_PATIENCE = 3600.0
"""Seconds after which nobody is still writing one."""
_IMPOSSIBLE = (OSError, RuntimeError)
"""No room, no permission, no home."""


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
    except (*_IMPOSSIBLE, DecodeError, sqlite3.DatabaseError):
        return None


def save(ledger: Path, history: History, mark: Mark) -> None:
    """Keep a snapshot of the ledger; where that is impossible there is none."""
    with suppress(*_IMPOSSIBLE):
        place = _place(ledger)
        place.parent.mkdir(parents=True, exist_ok=True)
        _clear(place.parent)
        content = history.content()
        header = encode(_Header(_FORMAT, zlib.crc32(content), mark)) + b"\n"
        # Written beside its place and moved there: nobody finds half of one.
        with NamedTemporaryFile(dir=place.parent, prefix=_NEW, delete=False) as file:
            try:
                file.write(header)
                file.write(content)
                file.close()
                Path(file.name).replace(place)
            except BaseException:
                Path(file.name).unlink()
                raise


def _clear(folder: Path) -> None:
    """Take away what programs that were killed while they wrote left behind."""
    for left in folder.glob(f"{_NEW}*"):
        if time.time() - left.stat().st_mtime > _PATIENCE:
            left.unlink(missing_ok=True)


def _place(ledger: Path) -> Path:
    """Where the snapshot of a ledger lies, by the path of the ledger; RuntimeError where the user has no home."""
    # A relative one is to be ignored, says the XDG Base Directory Specification.
    given = Path(os.environ.get("XDG_CACHE_HOME", ""))
    cache = given if given.is_absolute() else Path.home() / ".cache"
    name = hashlib.sha256(os.fsencode(ledger.resolve())).hexdigest()[:32]
    return cache / "sverka" / "ledgers" / name
