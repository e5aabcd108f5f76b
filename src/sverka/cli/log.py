"""``sverka log``: what was decided."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace

from sverka.cli.command import add_paths
from sverka.cli.diagnostics import Diagnostics, Exit, count, painter

NAME = "log"
HELP = "list the decisions recorded for transcripts"
EPILOG = """\
examples:
  sverka log transcripts/letter.txt
  sverka log --format jsonl transcripts/ | jq 'select(.status == "in force")'
"""


def add_arguments(parser: ArgumentParser) -> None:
    """Whose ledgers to list."""
    add_paths(parser)
    parser.add_argument("--format", choices=("text", "jsonl"), default="text", help="how to print (default text)")


def run(options: Namespace, tell: Diagnostics) -> Exit:
    """Print every decision in the order of time, those taken back too."""
    from sverka.export.log import json_line, text_line
    from sverka.model import Problem
    from sverka.workflow.records import records
    from sverka.workflow.sources import sources as named

    sources, problems = named(options.paths)
    for problem in problems:
        tell.error(problem)
    done, failed, decisions = 0, len(problems), 0
    paint = painter(sys.stdout)
    for record in records(sources):
        if isinstance(record, Problem):
            tell.error(record)
            failed += 1
            continue
        done += 1
        for trouble in record.problems:
            tell.note(str(trouble))
        for entry in record.log():
            decisions += 1
            print(json_line(entry) if options.format == "jsonl" else text_line(entry, paint))
    sys.stdout.flush()
    if done:
        tell.note(f"{count(decisions, 'decision')} in {count(done, 'transcript')}")
    return Exit.after(done=done, failed=failed)
