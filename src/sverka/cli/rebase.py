"""``sverka rebase``: the decisions on a transcript that was read again."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from sverka.cli.command import add_editor, add_paths, editor
from sverka.cli.diagnostics import Diagnostics, Exit, count, painter
from sverka.errors import SverkaError

if TYPE_CHECKING:
    from sverka.workflow.rebasing import Rebased
    from sverka.workflow.sources import Source

NAME = "rebase"
HELP = "carry the decisions over to a transcript that was read again or edited"
EPILOG = """\
examples:
  sverka rebase transcripts/letter.txt
  sverka rebase --dry-run transcripts/

Exit code 0: every decision has its place, or is not needed any more. 1: some are ambiguous or lost; each is named.
"""


def add_arguments(parser: ArgumentParser) -> None:
    """Which transcripts were read again."""
    add_paths(parser)
    parser.add_argument("--dry-run", action="store_true", help="say what would become of each decision, write nothing")
    parser.add_argument("--again", action="store_true", help="search anew also for what an earlier rebase has told of")
    parser.add_argument("--all", action="store_true", help="name the decisions that stand where they stood, too")
    parser.add_argument("--format", choices=("text", "jsonl"), default="text", help="how to print (default text)")
    add_editor(parser)


def run(options: Namespace, tell: Diagnostics) -> Exit:
    """Find the decisions of every transcript, put that on record, and print it."""
    from sverka.workflow.sources import problem
    from sverka.workflow.sources import sources as named

    sources, problems = named(options.paths)
    for trouble in problems:
        tell.error(trouble)
    done, failed, unsettled = 0, len(problems), 0
    for source in sources:
        try:
            rebased = _rebased(source, options, tell)
        except SverkaError as error:
            tell.error(problem(error, source.name))
            failed += 1
            continue
        done += 1
        unsettled += sum(not outcome.settled for outcome in rebased.outcomes)
    return Exit.after(done=done, failed=failed, found=unsettled > 0)


def _rebased(source: Source, options: Namespace, tell: Diagnostics) -> Rebased:
    """Rebase one transcript."""
    from datetime import UTC, datetime

    from sverka.config import find_project, ledger_path
    from sverka.ledger import Ledger
    from sverka.workflow.rebasing import rebase, record

    ledger = Ledger.open(ledger_path(find_project(source.path), source.path))
    for trouble in ledger.problems:
        tell.note(str(trouble))
    rebased = rebase(source.read(), ledger, again=options.again)
    if rebased.due and not options.dry_run:
        record(rebased, ledger, editor=editor(options, source.path), at=datetime.now(UTC))
    _print(rebased, options)
    tell.note(_summary(rebased, dry_run=options.dry_run))
    return rebased


def _print(rebased: Rebased, options: Namespace) -> None:
    from sverka.export.rebasing import json_line, text_line

    paint = painter(sys.stdout)
    for outcome in rebased.outcomes:
        if outcome.fit != "exact" or options.all:
            told = rebased.transcript, outcome.decision, outcome.fit.value
            print(json_line(*told) if options.format == "jsonl" else text_line(*told, paint))
    sys.stdout.flush()


def _summary(rebased: Rebased, *, dry_run: bool) -> str:
    from sverka.ledger import Fit

    path = rebased.transcript.path
    if not rebased.due and not rebased.outcomes:
        return f"{path}: nothing to carry over"
    counts = ", ".join(f"{rebased.count(fit)} {fit}" for fit in Fit)
    ending = "" if rebased.due and not dry_run else "; nothing was written" if rebased.due else "; on record already"
    return f"{path}: {count(len(rebased.outcomes), 'decision')}: {counts}{ending}"
