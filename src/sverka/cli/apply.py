"""``sverka apply``: the corrected text."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from sverka.cli import carried
from sverka.cli.command import add_editor, add_paths
from sverka.cli.diagnostics import Diagnostics, Exit, count
from sverka.cli.editions import SUFFIXES, view_for, written
from sverka.cli.output import targets, write
from sverka.errors import UsageError

NAME = "apply"
HELP = "write the edition: transcripts with their decisions applied"
EPILOG = """\
examples:
  sverka apply transcripts/letter.txt > letter.corrected.txt
  sverka apply transcripts/ -o edition/
  sverka apply --format diff transcripts/letter.txt
  sverka apply --view reading transcripts/letter.txt
  sverka apply --patch letter.patch.jsonl --dry-run other-copy.txt

A transcript is never written to: -o must name another file, or another folder.
"""


def add_arguments(parser: ArgumentParser) -> None:
    """What to apply, and where to."""
    add_paths(parser)
    parser.add_argument(
        "-o",
        "--output",
        metavar="OUT",
        help="a file for one transcript, a folder for a folder or several (default: stdout)",
    )
    parser.add_argument(
        "--format",
        choices=tuple(SUFFIXES),
        default="text",
        help="the text, a unified diff, or TEI with both views in it (default text)",
    )
    parser.add_argument(
        "--view",
        choices=("diplomatic", "reading"),
        default="diplomatic",
        help="what the page says, its own errors kept; or what it means, those mended too (default diplomatic)",
    )
    patch = parser.add_argument_group("corrections of another copy")
    patch.add_argument(
        "--patch",
        metavar="FILE",
        help="apply a patch made by `sverka export` from another copy, not this one's decisions (-: stdin)",
    )
    patch.add_argument(
        "--dry-run", action="store_true", help="print what would become of each correction; write nothing"
    )
    patch.add_argument(
        "--rejects", metavar="FILE", help="write what cannot be applied to FILE, as a patch with reasons"
    )
    patch.add_argument("--record", action="store_true", help="enter the corrections into the ledger, write no edition")
    add_editor(parser)


def run(options: Namespace, tell: Diagnostics) -> Exit:
    """Write every edition that can be made."""
    from sverka.model import Problem
    from sverka.workflow.records import records
    from sverka.workflow.sources import sources as named

    if options.patch is not None:
        return carried.run(options, tell)
    carried.refuse_options(options)
    sources, problems = named(options.paths)
    for problem in problems:
        tell.error(problem)
    if not sources:
        return Exit.FAILED
    places = targets(options.output, options.paths, sources, SUFFIXES[options.format])
    if options.format == "tei" and len(sources) > 1 and not places:
        raise UsageError("several TEI documents are no document", remedy="name a folder for them with -o")
    done, failed, applied = 0, len(problems), 0
    for source, record in zip(sources, records(sources), strict=True):
        if isinstance(record, Problem):
            tell.error(record)
            failed += 1
            continue
        edition, left_out = record.edition(view_for(options.format, options.view))
        for trouble in (*record.problems, *left_out):
            tell.error(trouble)
        write(written(edition, options.format, source.path), places.get(source))
        done += 1
        applied += len(edition.decisions)
    if done:
        tell.note(f"{count(applied, 'decision')} applied in {count(done, 'transcript')}")
    return Exit.after(done=done, failed=failed)
