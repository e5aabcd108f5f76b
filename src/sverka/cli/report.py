"""``sverka report``: a correction report over many transcripts, or what tells two such reports apart."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from sverka.cli.command import add_confidence, add_jobs, add_no_cache, add_paths, add_translation, settings
from sverka.cli.diagnostics import Diagnostics, Exit, count
from sverka.cli.output import refuse_kept, write
from sverka.errors import InputError, UsageError

if TYPE_CHECKING:
    from sverka.export.report_contents import Contents
    from sverka.export.report_data import ReportData

NAME = "report"
HELP = "write a report of findings and decisions, for people to read"
EPILOG = """\
examples:
  sverka report transcripts/ -o report/
  sverka report transcripts/ -o report/ --format html,xlsx,parquet
  sverka report transcripts/ -o week/ --since 2026-03-01
  sverka report --compare march/ april/ -o changes/

OUT/index.html needs no network and prints well. VERSION is a tag, an event's id or a time, as in `sverka log`.
Exit code 0: written. 2: nothing could be read. 3: written, but some files could not be read.
"""

_FORMATS = ("html", "md", "csv", "jsonl", "xlsx", "parquet")
_USUAL = "html,md,jsonl"
_DATA = "report.jsonl"
_TITLE, _TITLE_COMPARED = "Correction report", "Reports compared"


def add_arguments(parser: ArgumentParser) -> None:
    """What to report on, and where to."""
    add_paths(parser, needed=False)
    parser.add_argument("-o", "--output", metavar="OUT", required=True, help="the folder to write to")
    parser.add_argument("--title", help=f"the heading (default “{_TITLE}”, or “{_TITLE_COMPARED}”)")
    parser.add_argument(
        "--format",
        type=_formats,
        metavar="LIST",
        help=f"what to write, parted by commas: {', '.join(_FORMATS)} (default {_USUAL})",
    )
    parser.add_argument(
        "--since", metavar="VERSION", default="", help="only what was decided or taken back since this version"
    )
    parser.add_argument(
        "--compare",
        nargs=2,
        metavar=("OLD", "NEW"),
        help="compare two earlier reports instead: their folders, or the report.jsonl in them",
    )
    add_confidence(parser)
    add_translation(parser)
    add_jobs(parser)
    add_no_cache(parser)


def run(options: Namespace, tell: Diagnostics) -> Exit:
    """Check everything, then write the report; or compare."""
    if options.compare:
        return _compare(options, tell)
    if not options.paths:
        raise UsageError("nothing to report on", remedy="name a transcript or a folder, or two reports with --compare")
    return _report(options, tell)


def _report(options: Namespace, tell: Diagnostics) -> Exit:
    from sverka.export.report_contents import Contents
    from sverka.workflow import batch
    from sverka.workflow.sources import sources as named

    formats = options.format or _formats(_USUAL)
    _check_installed(formats)
    sources, unfound = named(options.paths)
    for problem in unfound:
        tell.error(problem)
    report = batch.report(sources, settings(options), problems=unfound, since=options.since, progress=tell.progress)
    for problem in report.problems[len(unfound) :]:
        tell.error(problem)
    done = len(report.documents) + report.unchanged
    failed = len(unfound) + len(sources) - done
    if done:
        out = Path(options.output)
        contents = Contents.of(report, title=options.title or _TITLE)
        written = []
        for name, data in _files(contents, formats):
            target = out / name
            refuse_kept([target], [source.path for source in sources])
            write(data, target)
            written += [str(target)] if target.parent == out else []
        tell.note(f"report on {count(done, 'transcript')}{tell.as_before(done)}: {', '.join(written)}")
    tell.failures(failed, done + failed)
    return Exit.after(done=done, failed=failed)


def _files(contents: Contents, formats: tuple[str, ...]) -> Iterator[tuple[str, bytes]]:
    """The files of a report, each with its name below the folder."""
    from sverka.export import report_data, report_sheets
    from sverka.export.report_html import report_pages
    from sverka.export.report_markdown import report_markdown

    tables = report_sheets.sheets(contents) if {"csv", "xlsx", "parquet"} & {*formats} else ()
    for name in formats:
        match name:
            case "html":
                for path, page in report_pages(contents):
                    yield path, page.encode()
            case "md":
                yield "report.md", report_markdown(contents).encode()
            case "jsonl":
                yield _DATA, report_data.encode(contents)
            case "xlsx":
                yield "report.xlsx", report_sheets.xlsx(tables, made_at=contents.report.made_at)
            case "csv":
                yield from ((f"{sheet.name}.csv", report_sheets.csv_table(sheet)) for sheet in tables)
            case "parquet":
                yield from ((f"{sheet.name}.parquet", report_sheets.parquet(sheet)) for sheet in tables)


def _check_installed(formats: tuple[str, ...]) -> None:
    """UsageError where a package is missing: better told before hours of checking than after."""
    from sverka.export.report_sheets import needed

    for name in formats:
        needed(name)


def _compare(options: Namespace, tell: Diagnostics) -> Exit:
    from sverka import PROGRAM
    from sverka.export.comparison import compare
    from sverka.export.comparison_pages import comparison_html, comparison_markdown

    given = vars(options)
    if others := [name for name in ("paths", "since", "translation", "min_confidence", "jobs") if given[name]]:
        name = "PATH" if others[0] == "paths" else f"--{others[0].replace('_', '-')}"
        raise UsageError(f"{name} does not go with --compare", remedy=f"leave out {name}")
    formats = options.format or ("html", "md")
    if unfit := [name for name in formats if name not in ("html", "md")]:
        raise UsageError(f"a comparison is not written as {unfit[0]}", remedy="choose html or md")
    old, new = map(_read, options.compare)
    found = compare(old, new)
    title = options.title or _TITLE_COMPARED
    out = Path(options.output)
    written = []
    if "html" in formats:
        written.append(("index.html", comparison_html(found, title=title, program=PROGRAM)))
    if "md" in formats:
        written.append(("comparison.md", comparison_markdown(found, title=title)))
    targets = [out / name for name, _ in written]
    refuse_kept(targets, ())
    for target, (_, text) in zip(targets, written, strict=True):
        write(text.encode(), target)
    groups = ", ".join(f"{len(group.changes)} {group.title.lower()}" for group in found.groups if group.changes)
    tell.note(f"{groups or 'nothing changed'}: {', '.join(map(str, targets))}")
    return Exit.DONE


def _read(name: str) -> ReportData:
    from sverka.export.report_data import read_report
    from sverka.load.files import contents

    given = Path(name)
    path = given / _DATA if given.is_dir() else given
    if path is not given and not path.exists():
        raise InputError(f"holds no {_DATA}", place=name, remedy="write the report with --format jsonl")
    return read_report(contents(path), str(path))


def _formats(text: str) -> tuple[str, ...]:
    """Formats parted by commas, each once."""
    names = tuple(dict.fromkeys(name.strip().lower() for name in text.split(",")))
    if unknown := [name for name in names if name not in _FORMATS]:
        raise ArgumentTypeError(f"not a format: {unknown[0]!r} (there are {', '.join(_FORMATS)})")
    return names
