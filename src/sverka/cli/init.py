"""``sverka init``: a new project."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from sverka.cli.diagnostics import Diagnostics, Exit
from sverka.errors import InputError

NAME = "init"
HELP = "make a project: a folder with settings and a place for each thing"
EPILOG = """\
example:
  sverka init archive/

Makes sverka.toml and the folders transcripts/, corrections/ and lexicon/. What is there already is left as it is.
"""

SETTINGS = """\
# Settings of this project. Every line may be left out; what is shown is what holds without it.

[check]
# min_confidence = 0.5          # findings less likely than this are left out
# jobs = 1                      # processes that check at once

[editor]
# name = ""                     # who decides; otherwise SVERKA_EDITOR, git's user.name, the login name

[paths]
# transcripts = "transcripts"   # the texts as read, never altered
# corrections = "corrections"   # what was decided, a ledger for each transcript
# lexicon = "lexicon"           # tables of names (*.tsv) known besides those of the program

[keys]
# accept = ["y", "enter"]       # action = key, or a list of keys; ? in the desk lists the actions
"""
FOLDERS = ("transcripts", "corrections", "lexicon")


def add_arguments(parser: ArgumentParser) -> None:
    """Where."""
    parser.add_argument("folder", nargs="?", default=".", metavar="DIR", help="the folder (default: this one)")


def run(options: Namespace, tell: Diagnostics) -> Exit:
    """Make what is missing."""
    root = Path(options.folder)
    try:
        made = [name for name in FOLDERS if _made_folder(root / name)]
        made += ["sverka.toml"] if _made_settings(root / "sverka.toml") else []
    except OSError as error:
        place = error.filename or str(root)
        raise InputError(f"cannot be made: {(error.strerror or str(error)).lower()}", place=place) from None
    if made:
        tell.note(f"made in {root}: {', '.join(made)}")
    else:
        tell.note(f"{root} is a project already; nothing was changed")
    return Exit.DONE


def _made_folder(path: Path) -> bool:
    if path.is_dir():
        return False
    path.mkdir(parents=True)
    return True


def _made_settings(path: Path) -> bool:
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(SETTINGS)
    except FileExistsError:
        return False
    return True
