"""``sverka review``: the desk."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from sverka.cli.check import show
from sverka.cli.command import add_confidence, add_editor, add_no_cache, add_paths, add_translation, editor, settings
from sverka.cli.diagnostics import Diagnostics, Exit
from sverka.errors import UsageError

if TYPE_CHECKING:
    from sverka.model import Checked
    from sverka.workflow.sources import Source

NAME = "review"
HELP = "decide the findings of transcripts at the keyboard"
EPILOG = """\
example:
  sverka review transcripts/letter.txt

Several transcripts come one after the other. Every decision is on the disk before the screen shows it, so leaving (q)
loses nothing. Without a terminal the findings are printed instead.
"""


def add_arguments(parser: ArgumentParser) -> None:
    """What to review, and who does."""
    add_paths(parser)
    add_editor(parser)
    add_confidence(parser)
    add_translation(parser)
    add_no_cache(parser)


def run(options: Namespace, tell: Diagnostics) -> Exit:
    """Open the desk on each transcript in turn."""
    from sverka.model import Problem
    from sverka.workflow import batch
    from sverka.workflow.sources import sources as named

    sources, problems = named(options.paths)
    for problem in problems:
        tell.error(problem)
    on_terminal = sys.stdin.isatty() and sys.stdout.isatty()
    if sources and not on_terminal:
        tell.note("there is no terminal to review in: the findings are printed instead")
    done, failed = 0, len(problems)
    asked = settings(options)
    for number, (source, checked) in enumerate(zip(sources, batch.check(sources, asked), strict=True), start=1):
        if isinstance(checked, Problem):
            tell.error(checked)
            failed += 1
            continue
        done += 1
        title = f"{source.path.name} ({number} of {len(sources)})" if len(sources) > 1 else ""
        if not on_terminal:
            show(checked)
        elif not _reviewed(source, checked, options, title):
            break
    return Exit.after(done=done, failed=failed)


def _reviewed(source: Source, checked: Checked, options: Namespace, title: str) -> bool:
    """Open the desk; whether to go on to the next transcript. An empty ``title`` leaves the heading to the desk."""
    from sverka.config import CONFIG_NAME, find_project, ledger_path
    from sverka.tui.app import run as open_desk
    from sverka.tui.keys import keymap
    from sverka.workflow.review import Review

    project = find_project(source.path)
    keys = dict(project.config.keys)
    try:
        keymap(keys)
    except UsageError as error:
        place = str((project.root or source.path.parent) / CONFIG_NAME)
        raise UsageError(error.message, place=place, remedy=error.remedy) from None
    review = Review.open(checked, ledger_path(project, source.path), editor=editor(options, source.path))
    return open_desk(review, keys=keys, title=title)
