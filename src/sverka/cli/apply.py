"""``sverka apply``: the corrected text."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from sverka.cli import carried
from sverka.cli.command import add_editor, add_paths
from sverka.cli.diagnostics import Diagnostics, Exit, count
from sverka.cli.editions import SUFFIXES, view_for, written
from sverka.cli.output import targets, write
from sverka.errors import SverkaError, UsageError

if TYPE_CHECKING:
    from sverka.model import Problem, View
    from sverka.workflow.records import Record

NAME = "apply"
HELP = "write the edition: transcripts with their decisions applied"
EPILOG = """\
examples:
  sverka apply transcripts/letter.txt > letter.corrected.txt
  sverka apply transcripts/ -o edition/
  sverka apply --format diff transcripts/letter.txt
  sverka apply --view reading transcripts/letter.txt
  sverka apply --at first-pass transcripts/letter.txt
  sverka apply --format diff --from first-pass transcripts/letter.txt
  sverka apply --patch letter.patch.jsonl --dry-run other-copy.txt

VERSION is a tag, an event's id (six digits or more), a time, start or now.
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
    parser.add_argument("--at", metavar="VERSION", help="the edition as it was at this version (default now)")
    parser.add_argument(
        "--from",
        metavar="VERSION",
        dest="since",
        help="with --format diff: compare with the edition of this version (default start, the transcript)",
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
    from sverka.workflow.sources import problem as told
    from sverka.workflow.sources import sources as named

    _refuse_versions(options)
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
    for source, record in zip(sources, records(sources, at=options.at), strict=True):
        if isinstance(record, Problem):
            tell.error(record)
            failed += 1
            continue
        view = view_for(options.format, options.view)
        try:
            before, troubles = _compared(options.since, record, view)
        except SverkaError as error:
            tell.error(told(error, source.name))
            failed += 1
            continue
        edition, left_out = record.edition(view)
        for trouble in dict.fromkeys((*troubles, *record.problems, *left_out)):
            tell.error(trouble)
        write(written(edition, options.format, source.path, before), places.get(source))
        done += 1
        applied += len(edition.decisions)
    if done:
        tell.note(f"{count(applied, 'decision')} applied in {count(done, 'transcript')}")
    return Exit.after(done=done, failed=failed)


def _refuse_versions(options: Namespace) -> None:
    """UsageError where a version is named that would make no difference."""
    if options.patch is not None and (options.at is not None or options.since is not None):
        given = "--at" if options.at is not None else "--from"
        raise UsageError(f"{given} is about this copy's own decisions", remedy="leave it out, or --patch")
    if options.since is not None and options.format != "diff":
        raise UsageError("--from goes with --format diff only", remedy="use --at for the text of a version")


def _compared(since: str | None, record: Record, view: View) -> tuple[str | None, tuple[Problem, ...]]:
    """The text to compare with, if not the transcript, and what could not be applied to it."""
    if since is None:
        return None, ()
    earlier = record.at(since)
    edition, left_out = earlier.edition(view)
    return edition.text, (*earlier.problems, *left_out)
