"""Which files a command is to read."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NoReturn, TypeAlias

from sverka.errors import InputError

TRANSCRIPT = ".txt"
TRANSLATION = ".en.txt"
ORIGINAL = ".ru.txt"
COMPANIONS = (TRANSLATION, ".truth.txt", ".gt.txt")
"""Endings of files that lie beside a transcript: its English translation, its corrected text."""

Unlisted: TypeAlias = Callable[[OSError], None]
"""What is called for a folder that cannot be listed."""


def unlisted(error: OSError) -> NoReturn:
    """What to call where a folder cannot be listed (``onerror`` of :func:`os.walk`): raises :class:`InputError`."""
    raise listing_error(error) from None


def listing_error(error: OSError) -> InputError:
    """The error for a folder that cannot be listed."""
    return InputError(
        f"cannot be listed: {_reason(error)}", place=str(error.filename), remedy="check the folder's permissions"
    )


def discover(paths: Sequence[str], onerror: Unlisted = unlisted) -> tuple[Path, ...]:
    """The transcripts that ``paths`` name, each once, in the order given.

    A file is taken as it is. A folder is searched with its subfolders, in the order of the names, for ``.txt`` files
    that are not companions of others; hidden files and folders are passed over. Raises :class:`InputError` for a path
    that is not there, and for a folder without transcripts. ``onerror`` is told of a folder that cannot be listed, and
    raises the error or leaves the folder out.
    """
    found: dict[Path, Path] = {}
    for name in paths:
        for path in _named_by(name, onerror):
            found.setdefault(path.resolve(), path)
    return tuple(found.values())


def is_transcript(name: str) -> bool:
    """Whether a file of this name is taken for a transcript where a folder is searched."""
    return name.endswith(TRANSCRIPT) and not name.endswith(COMPANIONS) and not name.startswith(".")


def companion(path: Path) -> Path | None:
    """The translation that lies beside a transcript: ``NAME.en.txt`` for ``NAME.ru.txt`` or ``NAME.txt``."""
    if path.name.endswith(TRANSLATION) or not path.name.endswith(TRANSCRIPT):
        return None
    beside = path.with_name(path.name.removesuffix(TRANSCRIPT).removesuffix(".ru") + TRANSLATION)
    return beside if beside.is_file() else None


def _named_by(name: str, onerror: Unlisted) -> Iterator[Path]:
    path = Path(name)
    try:
        is_folder, exists = path.is_dir(), path.exists()
    except OSError as error:
        raise InputError(f"cannot be read: {_reason(error)}", place=name, remedy="check its permissions") from None
    if is_folder:
        transcripts = tuple(_within(path, onerror))
        if not transcripts:
            raise InputError("a folder without transcripts", place=name, remedy="put .txt files there, or name a file")
        yield from transcripts
    elif exists:
        yield path
    else:
        raise InputError("no such file or folder", place=name, remedy="check the path")


def _within(folder: Path, onerror: Unlisted) -> Iterator[Path]:
    for root, folders, files in os.walk(folder, onerror=onerror):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if is_transcript(name):
                yield Path(root, name)


def contents(path: Path) -> bytes:
    """The bytes of a file; :class:`InputError` where it cannot be read."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise InputError("no such file", place=str(path), remedy="check the path") from None
    except IsADirectoryError:
        raise InputError("is a folder, not a file", place=str(path), remedy="name a file in it") from None
    except OSError as error:
        raise InputError(
            f"cannot be read: {_reason(error)}", place=str(path), remedy="check the file and its permissions"
        ) from None


def _reason(error: OSError) -> str:
    return (error.strerror or str(error)).lower()
