"""Is everything in a collection's ledgers as it was written, and do they fit their transcripts?"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from sverka.config import CONFIG_NAME, find_project, transcript_path
from sverka.errors import SverkaError
from sverka.ledger.examination import Examination, Fault, Severity, examine
from sverka.load import read
from sverka.model import Problem, Transcript
from sverka.workflow.ledgers import ledgers, shown
from sverka.workflow.sources import problem

__all__ = ["Verified", "collection", "verify"]


@dataclass(frozen=True, slots=True)
class Verified:
    """One ledger, under the name to show, with what was found."""

    name: str
    found: Examination


def collection(paths: Iterable[Path]) -> tuple[tuple[Path, ...], tuple[Problem, ...]]:
    """The ledgers of transcripts and folders, projects within folders included, and what cannot be looked at."""
    found: set[Path] = set()
    problems: list[Problem] = []
    for path in paths:
        for place in (path, *_projects_within(path)):
            try:
                found.update(ledgers(find_project(place), place))
            except SverkaError as error:
                problems.append(problem(error, str(place)))
    return tuple(sorted(found)), tuple(problems)


def _projects_within(folder: Path) -> Iterator[Path]:
    for root, folders, _ in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(root, name) for name in folders if Path(root, name, CONFIG_NAME).is_file())


def verify(ledger: Path) -> Verified | Problem:
    """Examine a ledger against its transcript as it is now; a Problem where it cannot be read."""
    name = str(shown(ledger))
    try:
        project = find_project(ledger)
        path = transcript_path(project, ledger)
        transcript, faults = _transcript(path)
        found = examine(ledger, transcript, project.name_of(path) if path else "")
    except SverkaError as error:
        return Problem(name, error.message, error.remedy)
    return Verified(name, Examination((*faults, *found.faults), found.events, found.in_force, found.unchecked))


def _transcript(path: Path | None) -> tuple[Transcript | None, tuple[Fault, ...]]:
    """The transcript, or what to say where there is none."""
    if path is None:
        what = "lies where no transcript's ledger belongs, so nothing was held against a text"
        return None, (Fault(0, "path", what, severity=Severity.NOTE),)
    if not path.exists():
        what = f"its transcript is gone: {shown(path)}"
        return None, (Fault(0, "transcript", what, "bring it back, or move the ledger to where it went"),)
    try:
        return read(shown(path)), ()
    except SverkaError as error:
        return None, (Fault(0, "transcript", f"its transcript cannot be read: {error.message}", error.remedy),)
