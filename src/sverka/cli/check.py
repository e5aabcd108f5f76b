"""``sverka check``: findings, like a linter."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from sverka.cli.command import add_confidence, add_jobs, add_no_cache, add_paths, add_translation, settings
from sverka.cli.diagnostics import Diagnostics, Exit, count, painter

if TYPE_CHECKING:
    from sverka.model import Checked, Finding

NAME = "check"
HELP = "list what is probably wrong in transcripts, one line a finding"
EPILOG = """\
examples:
  sverka check transcripts/
  sverka check --format jsonl --min-confidence 0.8 letter.txt
  cat letter.txt | sverka check -

Exit code 0: nothing found. 1: findings. 2: nothing could be read. 3: some files could not be checked, each
is named. What has not changed since it was last checked is not checked again, unless --no-cache is given.
"""


def add_arguments(parser: ArgumentParser) -> None:
    """What to check, and how to print it."""
    add_paths(parser, stdin=True)
    parser.add_argument("--format", choices=("text", "jsonl"), default="text", help="how to print (default text)")
    add_confidence(parser)
    add_translation(parser)
    parser.add_argument("--exit-zero", action="store_true", help="exit with 0 when there are findings")
    add_jobs(parser)
    add_no_cache(parser)


def run(options: Namespace, tell: Diagnostics) -> Exit:
    """Print the findings of every transcript, in the order of the text."""
    from sverka.model import Problem
    from sverka.workflow import batch
    from sverka.workflow.sources import sources as named

    sources, problems = named(options.paths, stdin=sys.stdin.buffer)
    failed = list(problems)
    for problem in problems:
        tell.error(problem)
    done, findings = 0, 0
    for result in batch.check(sources, settings(options), progress=tell.progress):
        if isinstance(result, Problem):
            tell.error(result)
            failed.append(result)
            continue
        done += 1
        findings += len(result.findings)
        tell.detail(_detail(result))
        tell.clear()
        show(result, options.format)
    if done:
        tell.note(f"{count(findings, 'finding')} in {count(done, 'transcript')}{tell.as_before(done)}")
    tell.failures(len(failed), done + len(failed), failed)
    return Exit.after(done=done, failed=len(failed), found=findings > 0 and not options.exit_zero)


def _detail(checked: Checked) -> str:
    transcript, bitext = checked.document.transcript, checked.bitext
    translation = f"translation of {count(len(bitext.translation), 'sentence')}" if bitext else "no translation"
    return f"{transcript.path}: {transcript.encoding}, {count(len(checked.document.tokens), 'token')}, {translation}"


def show(checked: Checked, layout: str = "text") -> None:
    """Print the findings of one transcript."""
    from sverka.export.findings import json_line, text_line

    paint = painter(sys.stdout)

    def line(finding: Finding) -> str:
        transcript = checked.document.transcript
        return json_line(transcript, finding) if layout == "jsonl" else text_line(transcript, finding, paint)

    for finding in checked.findings:
        print(line(finding))
    sys.stdout.flush()
