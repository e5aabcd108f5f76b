"""Where data goes: stdout, or files that are either written whole or not at all, and never a transcript or a ledger."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path, PurePath
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING

from sverka.errors import InputError, UsageError

if TYPE_CHECKING:
    from sverka.workflow.sources import Source


def targets(
    output: str | None, asked: Sequence[str], sources: Sequence[Source], suffix: str = ""
) -> dict[Source, Path]:
    """Where what is made of each source goes; nothing where all go to stdout, for want of an ``output``.

    What is made of one transcript goes to ``output`` itself, unless that is a folder; otherwise that is a folder, and
    each goes to the path it has below the folder that was ``asked`` for, with ``suffix`` behind its name. UsageError
    when a transcript or a ledger would be written over, or two would be written to one place.
    """
    if output is None:
        return {}
    out = Path(output)
    alone = len(sources) == 1 and not Path(asked[0]).is_dir() and not out.is_dir()
    if alone and not output.endswith(("/", os.sep)):
        found = {sources[0]: out}
    else:
        if out.exists() and not out.is_dir():
            raise UsageError("is a file, and there are several transcripts", place=str(out), remedy="name a folder")
        found = {source: out / f"{_below(source.path, asked)}{suffix}" for source in sources}
    refuse_kept(found.values(), [source.path for source in sources])
    taken: dict[Path, Path] = {}
    for source, target in found.items():
        first = taken.setdefault(target.resolve(), source.path)
        if first is not source.path:
            raise UsageError(f"both {first} and {source.path} would be written here", place=str(target))
    return found


def refuse_kept(found: Iterable[Path], transcripts: Iterable[Path], *, option: str = "-o") -> None:
    """UsageError when one of ``found`` is a ledger, or a transcript: of these, of a project's, or one with a ledger.

    ``option`` is what named it.
    """
    read = tuple(transcripts)
    known = {path.resolve() for path in read}
    files = {_identity(path) for path in read if path.exists()}
    for target in found:
        if target.resolve() in known or (target.exists() and _identity(target) in files) or _is_transcript(target):
            what = "is a transcript, which is never written to"
        elif _is_ledger(target):
            what = "has its place among the ledgers, which hold decisions and nothing else"
        else:
            continue
        raise UsageError(what, place=str(target), remedy=f"name another {option}")


def _below(path: Path, asked: Sequence[str]) -> PurePath:
    """A transcript's path below the folder that was asked for; its bare name where it was asked for itself."""
    folders = (Path(name) for name in asked)
    return next((path.relative_to(folder) for folder in folders if folder in path.parents), PurePath(path.name))


def _identity(path: Path) -> tuple[int, int]:
    """What a file is, by whatever name."""
    status = path.stat()
    return status.st_dev, status.st_ino


def _is_transcript(target: Path) -> bool:
    """Whether there is a file that has decisions of its own, or that a project would find among its transcripts."""
    from sverka.config import find_project, ledger_path
    from sverka.load.files import is_transcript

    if not target.is_file():
        return False
    project = find_project(target)
    folder = project.config.transcripts
    among = folder is not None and target.resolve().is_relative_to(folder.resolve()) and is_transcript(target.name)
    return among or ledger_path(project, target).exists()


def _is_ledger(target: Path) -> bool:
    """Whether a ledger would be looked for there, be there one or not."""
    from sverka.config import LEDGER_BESIDE, LEDGER_SUFFIX, find_project

    if target.name.endswith(LEDGER_BESIDE):
        return True
    folder = find_project(target).config.corrections
    within = folder is not None and target.resolve().is_relative_to(folder.resolve())
    return within and target.name.endswith(LEDGER_SUFFIX)


def write(data: bytes, target: Path | None, *, option: str = "-o") -> None:
    """Write to ``target``, its folder made if need be, or to stdout where there is none. InputError when it cannot.

    ``option`` is what named the target.
    """
    if target is None:
        sys.stdout.flush()
        rest = memoryview(data)
        while rest:  # an unbuffered stdout (PYTHONUNBUFFERED) takes what it can at a time
            rest = rest[sys.stdout.buffer.write(rest) :]
        sys.stdout.buffer.flush()
        return
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _replace(target, data)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise InputError(f"cannot be written: {reason}", place=str(target), remedy=f"choose another {option}") from None


def _replace(target: Path, data: bytes) -> None:
    """Write beside the target, then move into its place: a reader never sees half a file."""
    with NamedTemporaryFile(dir=target.parent, prefix=".sverka-", delete=False) as file:
        temporary = Path(file.name)
        try:
            file.write(data)
            file.close()
            temporary.chmod(0o666 & ~_umask())
            temporary.replace(target)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise


def _umask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
