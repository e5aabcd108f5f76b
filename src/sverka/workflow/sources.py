"""What the names on a command line stand for: files, the transcripts in folders, standard input."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from sverka.errors import SverkaError
from sverka.load import companion, discover, read, read_stream
from sverka.load.files import listing_error
from sverka.model import Problem, Transcript

__all__ = ["STDIN", "Source", "problem", "sources", "translation"]

STDIN = "-"
"""The name that stands for standard input."""


@dataclass(frozen=True, slots=True)
class Source:
    """A transcript to read: a file, or the bytes that came by standard input."""

    path: Path
    data: bytes | None = None

    @property
    def name(self) -> str:
        """What to call it."""
        return str(self.path)

    def read(self) -> Transcript:
        """The transcript; :class:`sverka.errors.InputError` where there is none."""
        return read(self.path) if self.data is None else read_stream(self.data, self.name)


def sources(names: Sequence[str], stdin: IO[bytes] | None = None) -> tuple[tuple[Source, ...], tuple[Problem, ...]]:
    """What ``names`` stand for, each transcript once, in the order given, and what stands for nothing.

    That is a name, or a folder below one that cannot be listed: the others are searched.
    """
    found: dict[Path, Source] = {}
    problems: list[Problem] = []

    def unlisted(error: OSError) -> None:
        problems.append(problem(listing_error(error), str(error.filename)))

    for name in names:
        before = len(problems)
        if name == STDIN and stdin is not None:
            found.setdefault(Path(STDIN), Source(Path(STDIN), stdin.read()))
            continue
        try:
            found |= {path: Source(path) for path in discover([name], unlisted) if path not in found}
        except SverkaError as error:
            # That nothing was found where nothing could be listed is no news.
            if len(problems) == before:
                problems.append(problem(error, name))
    return tuple(found.values()), tuple(problems)


def translation(source: Source, named: str | None) -> Transcript | None:
    """The translation in the file that was ``named``, else in the one beside a transcript, if there is one.

    :class:`sverka.errors.InputError` where it cannot be read.
    """
    if named is not None:
        return read(Path(named))
    beside = companion(source.path) if source.data is None else None
    return read(beside) if beside else None


def problem(error: SverkaError, name: str) -> Problem:
    """An error that stops the work on one transcript, as a value among the results of the others."""
    return Problem(error.place or name, error.message, error.remedy)
