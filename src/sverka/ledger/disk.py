"""What a ledger asks of the file system: a lock, whole writes, and bytes that are on the disk when we say so."""

from __future__ import annotations

import errno
import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sverka.errors import LedgerError

__all__ = ["blocks", "locked", "make_folder", "new_file", "reason", "sync_folder", "write_all"]

_PATIENCE = 5.0
"""Seconds to wait for another program's lock; appending holds it for milliseconds."""
_PAUSE = 0.001
_BLOCK = 1 << 22


@contextmanager
def locked(path: Path, *, writing: bool) -> Iterator[int]:
    """A descriptor of the file, open and locked (shared for reading), and certainly the file that ``path`` names.

    For writing, the file is created where there is none. OSError where it cannot be opened, LedgerError where another
    program does not let go of it.
    """
    flags = os.O_RDWR | os.O_APPEND | os.O_CREAT if writing else os.O_RDONLY
    deadline = time.monotonic() + _PATIENCE
    while True:
        file = os.open(path, flags | os.O_CLOEXEC, 0o666)
        try:
            _lock(file, fcntl.LOCK_EX if writing else fcntl.LOCK_SH, path, deadline)
            # While we waited, git or a text editor may have put another file in this one's place.
            if _is_named(file, path):
                yield file
                return
        finally:
            # A copy of the descriptor may live on, and would keep the lock with it.
            fcntl.flock(file, fcntl.LOCK_UN)
            os.close(file)


def _lock(file: int, kind: int, path: Path, deadline: float) -> None:
    while True:
        try:
            fcntl.flock(file, kind | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            if time.monotonic() > deadline:
                raise LedgerError(
                    "another program holds the ledger", place=str(path), remedy="close it and try again"
                ) from None
        time.sleep(_PAUSE)


def _is_named(file: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(file), path.stat())
    except FileNotFoundError:
        return False


def blocks(file: int, start: int, end: int) -> Iterator[bytes]:
    """The bytes of the file from ``start`` to ``end``, in pieces."""
    while start < end and (piece := os.pread(file, min(_BLOCK, end - start), start)):
        yield piece
        start += len(piece)


def write_all(file: int, data: bytes) -> None:
    """Write all of ``data`` and wait until it is on the disk; OSError where only a part, or nothing, could be."""
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(file, rest) :]
    os.fsync(file)


def new_file(path: Path, data: bytes) -> None:
    """A new file that holds ``data``, on the disk when this returns; FileExistsError where there is one already."""
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o666)
    try:
        write_all(file, data)
        sync_folder(path.parent)
    except OSError:
        path.unlink()
        raise
    finally:
        os.close(file)


def make_folder(folder: Path) -> None:
    """The folder and those above it, each known to the one above it when this returns."""
    missing = [place for place in (folder, *folder.parents) if not place.exists()]
    for place in reversed(missing):
        place.mkdir(exist_ok=True)
        sync_folder(place.parent)


def sync_folder(folder: Path) -> None:
    """Wait until the folder's list of names is on the disk: a new file is not safe before that."""
    file = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(file)
    except OSError as error:
        # Some network file systems do not do this for folders, and say so; there is nothing more to be had from them.
        if error.errno not in {errno.EINVAL, errno.ENOTSUP}:
            raise
    finally:
        os.close(file)


def reason(error: OSError) -> str:
    """What the system said, without the path that the message names anyway."""
    return error.strerror or str(error)
