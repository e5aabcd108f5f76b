"""Ledgers of two editors, paired and put together; nothing but OURS, or the place named for the union, is written."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from sverka.config import LEDGER_SUFFIX, find_project, ledger_path, transcript_path
from sverka.errors import InputError, LedgerError, SverkaError, UsageError
from sverka.export.merging import Dispute
from sverka.ledger import Event, Ledger, Tracker
from sverka.ledger.codec import pieces
from sverka.ledger.fold import Conflict, Places
from sverka.ledger.locator import Chronicle
from sverka.ledger.merging import Union, lacking, namesakes, strangers
from sverka.load import read
from sverka.load.files import unlisted
from sverka.model import Problem, Transcript
from sverka.workflow.ledgers import shown

__all__ = ["Merged", "Pair", "merge", "pairs"]

_SAMPLE = 100
"""Lines of a file in which to look for an event, where its place does not say that it is a ledger."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two ledgers of one transcript, either of which need not exist; ``out`` is where the union goes if not to OURS."""

    ours: Path
    theirs: Path
    out: Path | None = None

    @property
    def target(self) -> Path:
        """The ledger that holds the union in the end."""
        return self.out or self.ours


@dataclass(frozen=True, slots=True)
class Merged:
    """What putting a pair together did, or would do.

    ``came`` and ``known`` are the events of THEIRS that OURS lacked, and those it had. ``left`` are the lines that do
    not count and were not carried over; ``problems`` what else is wrong with the union. ``disputes`` are the places
    where its editors contradict each other, ``namesakes`` tags of one name.
    """

    pair: Pair
    came: int
    known: int
    left: tuple[Problem, ...]
    problems: tuple[Problem, ...]
    disputes: tuple[Dispute, ...]
    namesakes: tuple[tuple[Event, ...], ...]


def pairs(ours: str, theirs: str, out: str | None = None) -> tuple[tuple[Pair, ...], tuple[Path, ...]]:
    """Which ledgers belong together: two files, or in folders those whose path below them is the same.

    A transcript stands for its ledger, a folder of transcripts for that of their ledgers. Of OURS nothing need be
    there. The second are files passed over, which look like ledgers and have no event in them. UsageError or InputError
    where the names do not fit, or something would be written that must not be.
    """
    mine, other = Path(ours), Path(theirs)
    if not other.exists() and not (other.name.endswith(LEDGER_SUFFIX) or _ledgers_of(other).is_dir()):
        raise InputError("no such file or folder", place=theirs, remedy="check the path")
    passed: tuple[Path, ...] = ()
    if _ledgers_of(other).is_dir():
        found, passed = _in_folders(mine, other, None if out is None else Path(out))
    elif mine.is_dir():
        raise UsageError(f"is a folder, and {theirs} is not", place=ours, remedy="name the ledger in it")
    else:
        pair = Pair(_ledger(mine), _ledger(other))
        found = (Pair(pair.ours, pair.theirs, _named(out, pair.ours) if out is not None else None),)
    _refuse_what_is_there(found)
    return found, passed


def merge(pair: Pair, *, force: bool = False, dry: bool = False) -> Merged:
    """Put a pair together, durably, all of it or nothing; with ``dry`` only say what that would do.

    LedgerError where a ledger cannot be read or written, or the two are of different transcripts and there is no
    ``force``.
    """
    ours, theirs = Ledger.open(pair.ours), Ledger.open(pair.theirs)
    if not force and strangers(ours, theirs):
        raise LedgerError(
            f"{pair.theirs} is the ledger of another transcript, and nothing was merged",
            place=str(pair.ours),
            remedy="merge them all the same with --force",
        )
    new = lacking(ours, theirs)
    left = (*(ours.problems if pair.out else ()), *theirs.problems)
    union: Chronicle = ours
    if dry:
        union = Union((ours, theirs))
    elif pair.out:
        union = _written(pair.out, (*ours.events(range(len(ours.history))), *new))
    elif new:
        ours.append(new)
    transcript = _transcript(pair.ours)
    return Merged(
        pair=pair,
        came=len(new),
        known=len(theirs.history) - len(new),
        left=left,
        problems=(*(() if pair.out else ours.problems), *union.history.problems),
        disputes=tuple(_dispute(conflict, transcript, pair.target) for conflict in _conflicts(union, transcript)),
        namesakes=namesakes(union),
    )


def _written(out: Path, events: tuple[Event, ...]) -> Ledger:
    ledger = Ledger(out)
    if events:
        ledger.append(events)
    return ledger


# What was said differently


def _conflicts(union: Chronicle, transcript: Transcript | None) -> tuple[Conflict, ...]:
    """Where the transcript is at hand, decisions made on different readings of it meet in one place."""
    if transcript is not None:
        return Tracker(transcript, union).standing().state.conflicts
    return Places(union.history, union.event).state().conflicts


def _transcript(ledger: Path) -> Transcript | None:
    path = transcript_path(find_project(ledger), ledger)
    try:
        return read(shown(path)) if path is not None and path.is_file() else None
    except SverkaError:
        return None  # the ledgers can be merged, and the places told by their offsets


def _dispute(conflict: Conflict, transcript: Transcript | None, ledger: Path) -> Dispute:
    digest, start, end = conflict.place
    if transcript is not None and digest == transcript.sha256:
        line, column = transcript.place(start)
        return Dispute(f"{transcript.path}:{line}:{column}", conflict.decisions)
    return Dispute(f"{ledger}: {start}–{end}", conflict.decisions)


# Which ledgers


def _ledgers_of(folder: Path) -> Path:
    """The folder of the ledgers of the transcripts in a folder; the folder itself where it has them."""
    config = find_project(folder).config
    place = folder.absolute()
    if config.transcripts and config.corrections and place.is_relative_to(config.transcripts):
        return shown(config.corrections / place.relative_to(config.transcripts))
    return folder


def _ledger(path: Path) -> Path:
    """The ledger that a file is, or that a transcript has."""
    if path.name.endswith(LEDGER_SUFFIX) or (path.is_file() and _holds_event(path)):
        return path
    if not path.exists():
        raise InputError("no such file", place=str(path), remedy="check the path; a ledger to be made ends in .jsonl")
    return shown(ledger_path(find_project(path), path))


def _in_folders(ours: Path, theirs: Path, out: Path | None) -> tuple[tuple[Pair, ...], tuple[Path, ...]]:
    for folder in (ours, out):
        if folder is not None and folder.exists() and not folder.is_dir():
            raise UsageError(f"is a file, and {theirs} is a folder", place=str(folder), remedy="name a folder")
    mine, other = _ledgers_of(ours), _ledgers_of(theirs)
    for folder in (mine, other):
        if out is not None and out.resolve().is_relative_to(folder.resolve()):
            raise UsageError(f"lies within {folder}", place=str(out), remedy="name another -o")
    names, passed = _ledgers_below(other)
    if out is not None and mine.is_dir():
        own, own_passed = _ledgers_below(mine)
        names, passed = names | own, (*passed, *own_passed)
    if not names:
        raise InputError("a folder without ledgers", place=str(theirs), remedy="name the folder they are in")
    return tuple(Pair(mine / n, other / n, out / n if out else None) for n in sorted(names)), passed


def _ledgers_below(folder: Path) -> tuple[frozenset[Path], tuple[Path, ...]]:
    """The ledgers in a folder by their paths below it, and the files that look like ledgers and are none."""
    files = [path for path in _files(folder) if path.name.endswith(LEDGER_SUFFIX)]
    ledgers = [path for path in files if transcript_path(find_project(path), path) or _holds_event(path)]
    return frozenset(path.relative_to(folder) for path in ledgers), tuple(p for p in files if p not in ledgers)


def _files(folder: Path) -> Iterator[Path]:
    for root, folders, files in os.walk(folder, onerror=unlisted):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(root, name) for name in sorted(files) if not name.startswith("."))


def _holds_event(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            lines = [line.rstrip(b"\n") for line in islice(file, _SAMPLE)]
    except OSError:
        return False
    return any(isinstance(piece.content, Event) for line in lines for piece in pieces(line, ""))


def _named(out: str, ours: Path) -> Path:
    """The file for the union; in a folder it has the name of OURS."""
    path = Path(out)
    return path / ours.name if path.is_dir() or out.endswith(("/", os.sep)) else path


def _refuse_what_is_there(found: tuple[Pair, ...]) -> None:
    """Decisions are written over nowhere, and of THEIRS nothing is written."""
    read_from = {path.resolve() for pair in found for path in (pair.ours, pair.theirs)}
    for pair in found:
        if not pair.theirs.exists() and not (pair.out and pair.ours.exists()):
            remedy = "check the path, or decide something first"
            raise InputError("there is no ledger", place=str(pair.theirs), remedy=remedy)
        if pair.ours.resolve() == pair.theirs.resolve():
            raise UsageError("is both OURS and THEIRS", place=str(pair.ours), remedy="name two ledgers")
        if pair.out is None:
            continue
        if pair.out.resolve() in read_from:
            raise UsageError("is one of those to be merged", place=str(pair.out), remedy="name another -o")
        if pair.out.is_dir() or (pair.out.exists() and pair.out.stat().st_size):
            raise UsageError("is there already, and is not written over", place=str(pair.out), remedy="name another -o")
