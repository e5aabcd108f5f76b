"""The user's cache folder: what follows from other files, kept so that it need not be worked out again.

Whatever lies there may be deleted at any time, and several programs may use it at once: a file is written beside its
place and moved there, so nobody finds half of one. There may be no such folder, or no room in it; what then is raised
is :data:`IMPOSSIBLE`, and costs nothing but time.
"""

from __future__ import annotations

import os
import time
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile

__all__ = ["IMPOSSIBLE", "clear", "folder", "trim", "use", "write"]

IMPOSSIBLE = (OSError, RuntimeError)
"""No room, no permission, no home."""

_NEW = ".new-"
"""How the name of a file begins that is being written."""
_PATIENCE = 3600.0
"""Seconds after which nobody is still writing one."""
_DAY = 86400.0
_BLOCK = 4096
"""What a file takes up on the disk is a multiple of this, on most file systems."""


def folder(name: str) -> Path:
    """The folder for one kind of thing, which need not exist; RuntimeError where the user has no home."""
    # A relative one is to be ignored, says the XDG Base Directory Specification.
    given = Path(os.environ.get("XDG_CACHE_HOME", ""))
    cache = given if given.is_absolute() else Path.home() / ".cache"
    return cache / "sverka" / name


def write(place: Path, *pieces: bytes) -> None:
    """Keep ``pieces``, one behind the other, at ``place``; only the user may read them."""
    place.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=place.parent, prefix=_NEW, delete=False) as file:
        try:
            file.writelines(pieces)
            file.close()
            Path(file.name).replace(place)
        except BaseException:
            Path(file.name).unlink()
            raise


def use(place: Path) -> bytes:
    """What lies at ``place``, which counts as used today."""
    with place.open("rb") as file:
        if time.time() - os.fstat(file.fileno()).st_mtime > _DAY:
            with suppress(OSError):
                os.utime(file.fileno())
        return file.read()


def clear(folder: Path) -> None:
    """Take away what programs that were killed while they wrote left in ``folder``."""
    for left in folder.glob(f"{_NEW}*"):
        with suppress(FileNotFoundError):
            if time.time() - left.stat().st_mtime > _PATIENCE:
                left.unlink()


def trim(folder: Path, limit: int) -> None:
    """Take away the files longest unused, where those in ``folder`` take up more than ``limit`` bytes of the disk.

    An eighth more than need be goes, so that there is room for a while.
    """
    clear(folder)
    files: list[tuple[float, int, str]] = []
    with os.scandir(folder) as entries:
        for entry in entries:
            with suppress(FileNotFoundError):
                status = entry.stat(follow_symlinks=False)
                files.append((status.st_mtime, -(-status.st_size // _BLOCK) * _BLOCK, entry.path))
    excess = sum(size for _, size, _ in files) - limit
    if excess <= 0:
        return
    excess += limit // 8
    for _, size, path in sorted(files):
        if excess <= 0:
            break
        Path(path).unlink(missing_ok=True)
        excess -= size
