"""What decides the findings of a text besides the text: the program, and what a project has told it.

Two fingerprints are equal only where everything behind them is, so findings may be taken over from a run with the same.
"""

from __future__ import annotations

import hashlib
import os
import platform
import sys
from collections.abc import Iterator
from functools import cache
from importlib import metadata
from pathlib import Path

import sverka
from sverka.config import Config

__all__ = ["of_program", "of_project"]

COMPUTING = ("numpy", "numba", "llvmlite", "rapidfuzz", "pymorphy3", "pymorphy3-dicts-ru")
"""The packages that the engine computes with."""

_ARRAYS = (".npy", ".npz")


@cache
def of_program() -> str:
    """The fingerprint of this program with its data and of what it runs on; OSError where it cannot read itself.

    All files are read but the large arrays, which takes some 20 ms. Of an array the size and the time of its last
    change count; what it was made from and when is said in a file beside it, which is read.
    """
    digest = hashlib.sha256()
    root = Path(sverka.__file__).parent
    for part in (sverka.__version__, sys.version, sys.platform, platform.machine(), *map(_version, COMPUTING)):
        _add(digest, part.encode())
    for path in _files(root):
        _add(digest, os.fsencode(path.relative_to(root)))
        if path.suffix in _ARRAYS:
            status = path.stat()
            _add(digest, f"{status.st_size} {status.st_mtime_ns}".encode())
        else:
            _add(digest, path.read_bytes())
    return digest.hexdigest()


def of_project(config: Config) -> str:
    """The fingerprint of a project's names and of what was learned in it; OSError where they cannot be read."""
    digest = hashlib.sha256()
    for path in config.tables:
        _add(digest, path.read_bytes())
    if config.learned and config.learned.exists():
        _add(digest, b"learned")
        _add(digest, config.learned.read_bytes())
    return digest.hexdigest()


def _add(digest: hashlib._Hash, part: bytes) -> None:
    """With its length, so that no other parts in a row give the same bytes."""
    digest.update(b"%d:" % len(part))
    digest.update(part)


def _files(root: Path) -> Iterator[Path]:
    for folder, folders, names in os.walk(root):
        folders[:] = sorted(name for name in folders if name != "__pycache__")
        yield from (Path(folder, name) for name in sorted(names))


def _version(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return ""
