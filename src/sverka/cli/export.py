"""``sverka export``: decisions for other copies, other programs, other people."""

from __future__ import annotations

import os
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from sverka.cli.command import add_confidence, add_jobs, add_no_cache, add_paths, add_translation, settings
from sverka.cli.diagnostics import Diagnostics, Exit, count
from sverka.cli.output import refuse_kept, targets, write
from sverka.errors import UsageError

if TYPE_CHECKING:
    from sverka.ledger.spreadsheet import Entry
    from sverka.model import Decision, Transcript
    from sverka.workflow.sources import Source

NAME = "export"
HELP = "write decisions as a patch, as annotations, or with the findings as a table"
EPILOG = """\
examples:
  sverka export --format patch transcripts/letter.txt -o letter.patch.jsonl
  sverka export --format annotations transcripts/ -o annotations/
  sverka export --format csv transcripts/ -o findings.csv

A patch is for another copy of the text (`sverka apply --patch`). A table is for deciding in a spreadsheet.
Exit code 0: written. 2: nothing could be read. 3: written, but some files could not be read.
"""

_SUFFIXES = {"patch": ".patch.jsonl", "annotations": ".annotations.jsonld"}
_TABLE_ONLY = ("delimiter", "min_confidence", "translation", "jobs", "no_cache")


def add_arguments(parser: ArgumentParser) -> None:
    """What to export, and where to."""
    add_paths(parser)
    parser.add_argument(
        "--format",
        choices=("patch", "annotations", "csv"),
        required=True,
        help="corrections for another copy; all decisions as W3C Web Annotations; findings with decisions as a table",
    )
    parser.add_argument(
        "-o",
        "--output",
        metavar="OUT",
        help="a file for one transcript or a table, a folder for a folder or several (default: stdout)",
    )
    parser.add_argument("--at", metavar="VERSION", help="as decided by then: a tag, an event, a time (default: now)")
    parser.add_argument(
        "--delimiter",
        type=_delimiter,
        metavar="SIGN",
        help="what parts the cells of a table: a comma, a semicolon or tab (default: a comma)",
    )
    add_confidence(parser)
    add_translation(parser)
    add_jobs(parser)
    add_no_cache(parser)


def run(options: Namespace, tell: Diagnostics) -> Exit:
    """Write what was asked for of every transcript that can be read."""
    from sverka.workflow.sources import sources as named

    if options.format != "csv":
        given = next((name for name in _TABLE_ONLY if getattr(options, name) is not None), None)
        if given:
            raise UsageError(
                f"--{given.replace('_', '-')} is about a table", remedy="leave it out, or give --format csv"
            )
    sources, problems = named(options.paths)
    for problem in problems:
        tell.error(problem)
    if not sources:
        return Exit.FAILED
    export = _table if options.format == "csv" else _files
    return export(options, tell, sources, len(problems))


def _files(options: Namespace, tell: Diagnostics, sources: Sequence[Source], failed: int) -> Exit:
    """A file for each transcript, of what its ledger says."""
    from sverka.model import Problem
    from sverka.workflow.carrying import under_project_name
    from sverka.workflow.records import records

    if len(sources) > 1 and options.output is None:
        raise UsageError(f"there are {len(sources)} transcripts", remedy="name a folder for them with -o")
    places = targets(options.output, options.paths, sources, _SUFFIXES[options.format])
    done, written = 0, 0
    for source, record in zip(sources, records(sources, at=options.at), strict=True):
        if isinstance(record, Problem):
            tell.error(record)
            failed += 1
            continue
        for trouble in record.problems:
            tell.error(trouble)
        transcript = under_project_name(record.transcript, source.path)
        data, number = _exported(options.format, transcript, record.standing.decisions)
        write(data, places.get(source))
        done += 1
        written += number
    if done:
        one = "correction" if options.format == "patch" else "annotation"
        tell.note(f"{count(written, one)} from {count(done, 'transcript')}")
    return Exit.after(done=done, failed=failed)


def _exported(form: str, transcript: Transcript, decisions: Sequence[Decision]) -> tuple[bytes, int]:
    """The bytes, and how many decisions are in them."""
    from sverka.export.annotations import web_annotations
    from sverka.ledger.patch import encode, made

    if form == "annotations":
        return web_annotations(transcript, decisions), len(decisions)
    patch = made(transcript, decisions)
    return encode(patch), len(patch.hunks)


def _table(options: Namespace, tell: Diagnostics, sources: Sequence[Source], failed: int) -> Exit:
    """One table for all transcripts, each checked."""
    from sverka.ledger.spreadsheet import encode
    from sverka.model import Problem
    from sverka.workflow.table import tables

    target = _table_target(options.output, sources)
    entries: list[Entry] = []
    done = 0
    for table in tables(sources, settings(options), at=options.at, progress=tell.progress):
        if isinstance(table, Problem):
            tell.error(table)
            failed += 1
            continue
        for trouble in table.problems:
            tell.error(trouble)
        entries += table.entries
        done += 1
    if done:
        tell.clear()
        write(encode(entries, delimiter=options.delimiter or ","), target)
        decided = sum(entry.decision is not None for entry in entries)
        tell.note(f"{count(len(entries), 'finding')}, {decided} of them decided, in {count(done, 'transcript')}")
    return Exit.after(done=done, failed=failed)


def _table_target(output: str | None, sources: Sequence[Source]) -> Path | None:
    if output is None:
        return None
    target = Path(output)
    if target.is_dir() or output.endswith(("/", os.sep)):
        raise UsageError("is a folder, and a table is one file", place=output, remedy="name a file")
    refuse_kept([target], [source.path for source in sources])
    return target


def _delimiter(text: str) -> str:
    """A sign that may part cells."""
    signs = {",": ",", ";": ";", "\t": "\t", "tab": "\t"}
    if text not in signs:
        raise ArgumentTypeError(f"not a comma, a semicolon or tab: {text!r}")
    return signs[text]
