"""Which ledgers the names on a command line stand for."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from sverka.config import CONFIG_NAME, LEDGER_BESIDE, LEDGER_SUFFIX, Project, ledger_path
from sverka.errors import InputError
from sverka.load.files import unlisted

__all__ = ["ledgers", "shown"]


def ledgers(project: Project, path: Path) -> tuple[Path, ...]:
    """The ledgers of a transcript, or of all in a folder, or the one that ``path`` itself is; in the order of names.

    ``project`` is that of ``path``. A transcript without decisions has none. Raises InputError for a path that is not
    there, and for a folder that cannot be listed.
    """
    place = Path(os.path.normpath(path.absolute()))
    if project.root and not place.is_relative_to(project.root):
        place = path.resolve()  # a link that leads into the project
    if place.is_dir():
        folders = [place]
        transcripts, corrections = project.config.transcripts, project.config.corrections
        if transcripts and corrections and place.is_relative_to(transcripts):
            mirror = corrections / place.relative_to(transcripts)
            folders += [mirror] if mirror.is_dir() else []
        return tuple(sorted({ledger for folder in folders for ledger in _within(folder, project)}))
    ledger = place if place.name.endswith(LEDGER_SUFFIX) else ledger_path(project, place)
    if ledger.exists():
        return (ledger,)
    if not place.exists():
        raise InputError("no such file or folder", place=str(path), remedy="check the path")
    return ()


def _within(folder: Path, project: Project) -> Iterator[Path]:
    """The ledgers under a folder; hidden folders, and projects within the project, are passed over."""
    corrections = project.config.corrections
    for root, folders, files in os.walk(folder, onerror=unlisted):
        place = Path(root)
        folders[:] = [f for f in folders if not f.startswith(".") and not (place / f / CONFIG_NAME).exists()]
        ending = LEDGER_SUFFIX if corrections and place.is_relative_to(corrections) else LEDGER_BESIDE
        yield from (place / name for name in files if name.endswith(ending) and not name.startswith("."))


def shown(path: Path) -> Path:
    """The path as one would type it here: projects know their folders by the whole path."""
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path
