"""``sverka learn``: what the decisions teach the engine."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from sverka.cli.diagnostics import Diagnostics, Exit, count
from sverka.cli.output import write
from sverka.errors import InputError, UsageError

if TYPE_CHECKING:
    from sverka.config import Project
    from sverka.language.calibration import Calibration
    from sverka.workflow.learning import Lesson

NAME = "learn"
HELP = "learn from the decisions so far which letters are misread here, and how sure to be"
EPILOG = """\
examples:
  sverka learn
  sverka learn --dry-run archive/transcripts/1950/

Writes lexicon/learned.json in the project; check, review, decide and report use it from then on.
Exit code 0: learned. 2: outside a project, or nothing could be read. 3: some ledgers could not be read, each is named.
"""

_SHOWN = 20
_NOTHING = "∅"


def add_arguments(parser: ArgumentParser) -> None:
    """Whose decisions to learn from."""
    parser.add_argument(
        "paths",
        nargs="*",
        metavar="PATH",
        help="a transcript, its ledger, or a folder of them (default: all of the project that this folder is in)",
    )
    parser.add_argument("--dry-run", action="store_true", help="say what would be learned, and write nothing")


def run(options: Namespace, tell: Diagnostics) -> Exit:
    """Learn, print what was learned, and keep it if it is new."""
    from sverka.language.knowledge import open_errors
    from sverka.language.learned import Learned, encode
    from sverka.language.store import DATA
    from sverka.workflow.learning import learn
    from sverka.workflow.ledgers import ledgers

    paths = [Path(name) for name in options.paths]
    project = _project(paths or [Path()])
    target = project.config.learned
    assert project.root is not None and target is not None
    found = dict.fromkeys(ledger for path in paths or [project.root] for ledger in ledgers(project, path))
    lesson = learn(project, found, Learned.open(target), open_errors(DATA))
    for trouble in lesson.problems:
        tell.error(trouble)
    for trouble in lesson.notes:
        tell.note(str(trouble))
    done, failed = len(found) - len(lesson.problems), len(lesson.problems)
    ending = Exit.after(done=done, failed=failed)
    if ending is Exit.FAILED:
        return ending
    _show(lesson)
    data = encode(lesson.learned)
    name = project.name_of(target)
    if (target.read_bytes() if target.exists() else encode(Learned())) == data:
        tell.note(f"nothing new: {name} stays as it is" if target.exists() else "nothing to learn from yet")
    elif options.dry_run:
        tell.note(f"nothing was written; without --dry-run this goes to {name}")
    else:
        _keep(data, target)
        tell.note(f"written: {name}")
    return ending


def _project(paths: list[Path]) -> Project:
    """The one project that all paths belong to."""
    from sverka.config import find_project

    projects = [find_project(path) for path in paths]
    for path, project in zip(paths, projects, strict=True):
        if project.root is None:
            raise UsageError("is in no project", place=str(path), remedy="make one with `sverka init`")
        if project.root != projects[0].root:
            raise UsageError(
                f"belongs to another project than {paths[0]}", place=str(path), remedy="learn from one at a time"
            )
    return projects[0]


def _keep(data: bytes, target: Path) -> None:
    try:
        write(data, target)
    except InputError as error:
        raise InputError(error.message, place=error.place, remedy="check the folder's permissions") from None


def _show(lesson: Lesson) -> None:
    """Print what was learned, in a few lines."""
    learned, misread = lesson.learned, lesson.misread
    print(
        f"{count(learned.decisions, 'decision')} from {count(len(learned.ledgers), 'ledger')}: "
        f"{learned.accepted} accepted, {learned.amended} amended, {learned.rejected} rejected"
    )
    if misread:
        print("letters misread, as observed → as intended:")
    for (observed, intended), n in misread[:_SHOWN]:
        print(f"  {_sign(observed)} → {_sign(intended)}  {n:g}")
    if len(misread) > _SHOWN:
        print(f"  and {len(misread) - _SHOWN} more")
    calibration = learned.calibration
    print(f"confidence: {_becomes(calibration)}")
    for kind, _ in calibration.own:
        print(f"  {kind}: {_becomes(calibration, kind)}")


def _becomes(calibration: Calibration, *kinds: str) -> str:
    return ", ".join(f"{p:.2f} becomes {calibration.of(p, kinds):.2f}" for p in (0.5, 0.75, 0.95))


def _sign(text: str) -> str:
    from sverka.text.visible import visible

    return visible(text).replace(" ", "␣") or _NOTHING
