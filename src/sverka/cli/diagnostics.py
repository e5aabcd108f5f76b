"""What the program says besides its data: this module alone owns stderr, colours and exit codes.

Data goes to stdout and nowhere else. Talk goes to stderr, one line for each thing there is to say, and ``-q`` silences
all of it but errors.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from typing import TextIO

from sverka.cli.progress import ProgressLine
from sverka.errors import SverkaError
from sverka.export.paint import Paint, Role, unpainted
from sverka.model import Problem
from sverka.text.visible import visible


class Exit(IntEnum):
    """How a command ends."""

    DONE = 0
    """Done, and nothing found."""
    FOUND = 1
    """Done, and there are findings or differences."""
    FAILED = 2
    """Wrong usage, or input that cannot be read."""
    PARTLY = 3
    """Done in part: some files failed, each is named."""
    INTERRUPTED = 130
    """Stopped by the user, as shells number it."""

    @staticmethod
    def after(*, done: int, failed: int, found: bool = False) -> Exit:
        """The exit code when ``done`` files were worked through and ``failed`` were not."""
        if failed:
            return Exit.PARTLY if done else Exit.FAILED
        return Exit.FOUND if found else Exit.DONE


_SCREEN = 20
"""What was told more files ago than this may have left the screen."""

_COLOURS = {Role.PLACE: "1", Role.RULE: "36", Role.OLD: "31", Role.NEW: "32", Role.FAINT: "2"}


def painter(stream: TextIO) -> Paint:
    """Colours for what is printed to ``stream``: on a terminal that has them, unless ``NO_COLOR`` is set."""
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb" or not stream.isatty()
    return unpainted if plain else _painted


def _painted(role: Role, text: str) -> str:
    return f"\x1b[{_COLOURS[role]}m{text}\x1b[m"


@dataclass(frozen=True, slots=True)
class Diagnostics:
    """Talk on stderr. ``verbosity`` is -1 with ``-q``, 1 with ``-v``, else 0."""

    verbosity: int = 0
    _line: ProgressLine = field(default_factory=ProgressLine, repr=False, compare=False)

    def error(self, trouble: SverkaError | Problem | str) -> None:
        """Something failed: one line, always shown."""
        self._say(f"sverka: {visible(str(trouble))}")

    def note(self, text: str) -> None:
        """Something worth knowing, such as a total."""
        if self.verbosity >= 0:
            self._say(visible(text))

    def detail(self, text: str) -> None:
        """Something for those who ask with ``-v``."""
        if self.verbosity > 0:
            self._say(visible(text, keep="\n"))

    def progress(self, done: int, total: int, name: str, *, part: float | None = None, reused: int = 0) -> None:
        """How far a long run has come; only on a terminal, on one line that the next line printed replaces.

        ``name`` is what is being worked on. ``part`` is the share of the work that is done, where that is known better
        than by counting; ``reused`` of those done had been done by an earlier run.
        """
        line = self._line.told(done, total, name, part=part, reused=reused, columns=_columns())
        if line is not None and self.verbosity >= 0 and total > 1 and sys.stderr.isatty():
            self.clear()
            print(line, end="", file=sys.stderr, flush=True)

    def clear(self) -> None:
        """Take the progress line away, before data goes to the same terminal."""
        if self.verbosity >= 0 and sys.stderr.isatty():
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)

    def as_before(self, done: int) -> str:
        """What to add to a total of ``done`` transcripts, where progress told of some that were not checked anew."""
        reused = self._line.reused
        if not reused:
            return ""
        return " (as before)" if reused == done else f" ({reused:,} as before, {done - reused:,} checked)"

    def failures(self, failed: int, total: int, problems: Sequence[Problem] = ()) -> None:
        """At the end of a long run over ``total`` files, how many ``failed``, and again what was said of them."""
        if failed and total > _SCREEN:
            self.error(f"{failed:,} of {count(total, 'file')} could not be checked{':' if problems else ''}")
            for problem in problems:
                self.error(problem)

    def _say(self, line: str) -> None:
        self.clear()
        print(line, file=sys.stderr, flush=True)


def _columns() -> int:
    try:
        columns = os.get_terminal_size(sys.stderr.fileno()).columns
    except OSError:
        columns = 0
    return (columns or 80) - 1


def count(number: int, one: str, many: str = "") -> str:
    """A number with its noun: ``1 finding``, ``1,400 findings``."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
