"""The program: its arguments, its commands, how it ends.

    sverka check PATH…        what is probably wrong
    sverka review PATH…       decide it in the terminal
    sverka decide PATH …      decide it from a script
    …

Only :mod:`argparse` is loaded until a command runs.
"""

from __future__ import annotations

import os
import sys
import traceback
from argparse import ArgumentParser, Namespace, RawDescriptionHelpFormatter
from collections.abc import Sequence
from difflib import get_close_matches
from io import TextIOWrapper
from typing import NoReturn

from sverka import PROGRAM
from sverka import __doc__ as _purpose
from sverka.cli import apply, check, decide, diff, export, init, learn, log, merge, rebase, report, review, tag, verify
from sverka.cli.command import Command
from sverka.cli.diagnostics import Diagnostics, Exit
from sverka.errors import SverkaError

COMMANDS: tuple[Command, ...] = (
    check,
    review,
    decide,
    apply,
    diff,
    log,
    tag,
    verify,
    merge,
    rebase,
    export,
    report,
    learn,
    init,
)
"""Every command, in the order of ``--help``."""

_EPILOG = """\
to begin:
  sverka check letter.txt           what is probably wrong
  sverka review letter.txt          decide it, one key a finding
  sverka apply letter.txt -o OUT    the corrected text; letter.txt itself is never written to

`sverka COMMAND --help` tells more of a command.
"""


def run() -> NoReturn:
    """The console script: run with the arguments of the process and exit."""
    sys.exit(main(sys.argv[1:]))


def main(arguments: Sequence[str]) -> int:
    """Run one command and say how it ended. Nothing that goes wrong leaves by an exception."""
    _speak_utf8()
    options = _parsed(arguments)
    tell = Diagnostics(verbosity=options.verbosity)
    try:
        ending = _command(options).run(options, tell)
        sys.stdout.flush()
        return ending
    except SverkaError as error:
        tell.error(error)
        return Exit.FAILED
    except KeyboardInterrupt:
        tell.note("interrupted")
        return Exit.INTERRUPTED
    except BrokenPipeError:
        # The reader has seen enough (`| head`). What is still buffered must not complain when the process ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return Exit.DONE
    except Exception as error:
        # A fault of the program, not of its input: still one line, and the rest for those who want to report it.
        tell.error(f"this should not have happened: {type(error).__name__}: {error}; run again with -v for the details")
        tell.detail("".join(traceback.format_exception(error)))
        return Exit.FAILED


class _Parser(ArgumentParser):
    """Wrong usage is told as everything else is: on one line."""

    def error(self, message: str) -> NoReturn:
        Diagnostics().error(f"{message}; see `{self.prog} --help`")
        sys.exit(Exit.FAILED)


def _parsed(arguments: Sequence[str]) -> Namespace:
    """The options. What no command knows is told by the command, which has the nearest help."""
    parser = _parser()
    options, unknown = parser.parse_known_args(arguments)
    if unknown:
        known = options.parser.format_help().split()
        likely = get_close_matches(unknown[0].partition("=")[0], {word for word in known if word.startswith("--")}, 1)
        remedy = f"; did you mean {likely[0]}?" if likely else ""
        options.parser.error(f"unrecognized arguments: {' '.join(unknown)}{remedy}")
    return options


def _parser() -> ArgumentParser:
    parser = _Parser(
        prog="sverka",
        description=_purpose,
        epilog=_EPILOG,
        formatter_class=RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=PROGRAM)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", dest="command", required=True)
    for command in COMMANDS:
        described = commands.add_parser(
            command.NAME,
            help=command.HELP,
            description=f"{command.HELP[0].upper()}{command.HELP[1:]}.",
            epilog=command.EPILOG,
            formatter_class=RawDescriptionHelpFormatter,
            allow_abbrev=False,
        )
        command.add_arguments(described)
        talk = described.add_mutually_exclusive_group()
        talk.add_argument(
            "-q", "--quiet", dest="verbosity", action="store_const", const=-1, help="only errors on stderr"
        )
        talk.add_argument("-v", "--verbose", dest="verbosity", action="store_const", const=1, help="more on stderr")
        described.set_defaults(verbosity=0, parser=described)
    return parser


def _command(options: Namespace) -> Command:
    return next(command for command in COMMANDS if options.command == command.NAME)


def _speak_utf8() -> None:
    """What is written is UTF-8 whatever the locale; a path that is not valid UTF-8 is shown, not refused."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
