"""``sverka report``: a correction report over many transcripts."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from sverka.cli.command import add_confidence, add_jobs, add_no_cache, add_paths, add_translation
from sverka.cli.diagnostics import Diagnostics, Exit, count
from sverka.cli.output import write

NAME = "report"
HELP = "write a report of findings and decisions, for people to read"
EPILOG = """\
example:
  sverka report transcripts/ -o report/

Writes OUT/index.html, which needs no network and prints well, and OUT/report.md.
Exit code 0: written. 2: nothing could be read. 3: written, but some files could not be read.
"""


def add_arguments(parser: ArgumentParser) -> None:
    """What to report on, and where to."""
    add_paths(parser)
    parser.add_argument("-o", "--output", metavar="OUT", required=True, help="the folder to write to")
    parser.add_argument("--title", default="Correction report", help="the heading (default “Correction report”)")
    add_confidence(parser)
    add_translation(parser)
    add_jobs(parser)
    add_no_cache(parser)


def run(options: Namespace, tell: Diagnostics) -> Exit:
    """Check everything, then write both pages."""
    from sverka.export.report_html import report_html
    from sverka.export.report_markdown import report_markdown
    from sverka.workflow import batch
    from sverka.workflow.sources import sources as named

    sources, unfound = named(options.paths)
    for problem in unfound:
        tell.error(problem)
    asked = batch.Settings(options.min_confidence, options.translation, options.jobs, not options.no_cache)
    report = batch.report(sources, asked, problems=unfound, progress=tell.progress)
    for problem in report.problems[len(unfound) :]:
        tell.error(problem)
    done = len(report.documents)
    failed = len(unfound) + len(sources) - done
    if done:
        out = Path(options.output)
        write(report_html(report, title=options.title).encode(), out / "index.html")
        write(report_markdown(report, title=options.title).encode(), out / "report.md")
        tell.note(
            f"report on {count(done, 'transcript')}{tell.as_before(done)}: {out / 'index.html'}, {out / 'report.md'}"
        )
    tell.failures(failed, done + failed)
    return Exit.after(done=done, failed=failed)
