"""What a command is, and the arguments that several share."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError, Namespace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from sverka.cli.diagnostics import Diagnostics, Exit

if TYPE_CHECKING:
    from sverka.workflow.batch import Settings


class Command(Protocol):
    """A module of this package that is a command of the program.

    ``EPILOG`` is an example, printed below ``--help``. Whatever a command needs of the engine it imports within
    :meth:`run`, so that asking for help costs nothing.
    """

    @property
    def NAME(self) -> str:
        """What is typed."""

    @property
    def HELP(self) -> str:
        """One line for the list of commands."""

    @property
    def EPILOG(self) -> str:
        """An example."""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say what the command takes."""

    def run(self, options: Namespace, tell: Diagnostics) -> Exit:
        """Do it. Data goes to stdout; errors of :mod:`sverka.errors` are told by the caller."""


def add_paths(parser: ArgumentParser, *, stdin: bool = False, needed: bool = True) -> None:
    """``PATH…``: transcripts, or folders of them; where they are not ``needed``, none may be named."""
    what = "a transcript, a folder (searched with its subfolders)" + (", or - for stdin" if stdin else "")
    parser.add_argument("paths", nargs="+" if needed else "*", metavar="PATH", help=what)


def add_translation(parser: ArgumentParser) -> None:
    """``--translation FILE``: what the transcript says in English."""
    parser.add_argument(
        "--translation",
        metavar="FILE",
        help="an English translation of the transcript (NAME.en.txt beside it is found without this)",
    )


def add_confidence(parser: ArgumentParser) -> None:
    """``--min-confidence P``: which findings count."""
    parser.add_argument(
        "--min-confidence",
        type=probability,
        metavar="P",
        help="leave out findings below this probability, 0 to 1 (default: the project's, else 0.5)",
    )


def add_jobs(parser: ArgumentParser) -> None:
    """``--jobs N``: how many processes."""
    parser.add_argument(
        "--jobs", type=positive, metavar="N", help="check with N processes (default: the project's, else 1)"
    )


def add_no_cache(parser: ArgumentParser) -> None:
    """``--no-cache``: check everything anew."""
    parser.add_argument(
        "--no-cache",
        action="store_const",
        const=True,
        help="check every transcript anew, and keep nothing for the next run (default: those that have not changed "
        "since they were checked, with the same settings and the same version, are not checked again)",
    )


def add_editor(parser: ArgumentParser) -> None:
    """``--editor NAME``: whose decisions these are."""
    parser.add_argument(
        "--editor",
        metavar="NAME",
        help="who decides (default: the project's, else SVERKA_EDITOR, git's user.name, the login)",
    )


def editor(options: Namespace, path: Path) -> str:
    """Who decides on the transcript at ``path``: whom ``--editor`` names, else the editor of its project."""
    from sverka.config import editor_name, find_project

    return options.editor or editor_name(find_project(path).config)


def settings(options: Namespace) -> Settings:
    """How transcripts are to be checked, by the options that a command has of these."""
    from sverka.workflow.batch import Settings

    jobs = getattr(options, "jobs", None)
    return Settings(options.min_confidence, options.translation, jobs, not options.no_cache)


def probability(text: str) -> float:
    """A number from 0 to 1."""
    try:
        value = float(text.replace(",", "."))
    except ValueError:
        value = -1.0
    if not 0 <= value <= 1:
        raise ArgumentTypeError(f"not a probability between 0 and 1: {text!r}")
    return value


def positive(text: str) -> int:
    """A whole number from 1."""
    if not text.isdecimal() or int(text) < 1:
        raise ArgumentTypeError(f"not a whole number from 1: {text!r}")
    return int(text)
