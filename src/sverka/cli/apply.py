"""``sverka apply``: the corrected text."""

from __future__ import annotations

import os
from argparse import ArgumentParser, Namespace
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from sverka.cli.command import add_paths
from sverka.cli.diagnostics import Diagnostics, Exit, count
from sverka.cli.output import write
from sverka.errors import UsageError

if TYPE_CHECKING:
    from sverka.model import Edition
    from sverka.workflow.sources import Source

NAME = "apply"
HELP = "write the edition: transcripts with their decisions applied"
EPILOG = """\
examples:
  sverka apply transcripts/letter.txt > letter.corrected.txt
  sverka apply transcripts/ -o edition/
  sverka apply --format diff transcripts/letter.txt
  sverka apply --view reading transcripts/letter.txt

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
        "--format", choices=("text", "diff"), default="text", help="the text, or a unified diff (default text)"
    )
    parser.add_argument(
        "--view",
        choices=("diplomatic", "reading"),
        default="diplomatic",
        help="what the page says, its own errors kept; or what it means, those mended too (default diplomatic)",
    )


def run(options: Namespace, tell: Diagnostics) -> Exit:
    """Write every edition that can be made."""
    from sverka.model import Problem, View
    from sverka.workflow.records import records
    from sverka.workflow.sources import sources as named

    sources, problems = named(options.paths)
    for problem in problems:
        tell.error(problem)
    if not sources:
        return Exit.FAILED
    targets = _targets(options, sources)
    done, failed, applied = 0, len(problems), 0
    for source, record in zip(sources, records(sources), strict=True):
        if isinstance(record, Problem):
            tell.error(record)
            failed += 1
            continue
        edition, left_out = record.edition(View(options.view))
        for trouble in (*record.problems, *left_out):
            tell.error(trouble)
        write(_bytes(edition, options.format), targets.get(source))
        done += 1
        applied += len(edition.decisions)
    if done:
        tell.note(f"{count(applied, 'decision')} applied in {count(done, 'transcript')}")
    return Exit.after(done=done, failed=failed)


def _bytes(edition: Edition, layout: str) -> bytes:
    from sverka.export.plain import plain
    from sverka.export.unified import unified

    return unified(edition) if layout == "diff" else plain(edition)


def _targets(options: Namespace, sources: tuple[Source, ...]) -> dict[Source, Path]:
    """Where each edition goes; nothing where all go to stdout. UsageError when one would replace a transcript."""
    if options.output is None:
        return {}
    out = Path(options.output)
    alone = len(sources) == 1 and not Path(options.paths[0]).is_dir() and not out.is_dir()
    if alone and not options.output.endswith(("/", os.sep)):
        targets = {sources[0]: out}
    else:
        if out.exists() and not out.is_dir():
            raise UsageError("is a file, and there are several transcripts", place=str(out), remedy="name a folder")
        suffix = ".diff" if options.format == "diff" else ""
        targets = {source: out / f"{_below(source.path, options.paths)}{suffix}" for source in sources}
    _refuse_transcripts(targets)
    return targets


def _below(path: Path, asked: list[str]) -> PurePath:
    """A transcript's path below the folder that was asked for; its bare name where it was asked for itself."""
    folders = (Path(name) for name in asked)
    return next((path.relative_to(folder) for folder in folders if folder in path.parents), PurePath(path.name))


def _refuse_transcripts(targets: dict[Source, Path]) -> None:
    transcripts = {source.path.resolve(): source for source in targets}
    taken: dict[Path, Path] = {}
    for source, target in targets.items():
        place = target.resolve()
        if place in transcripts or (target.exists() and any(target.samefile(path) for path in transcripts)):
            raise UsageError("is a transcript, which is never written to", place=str(target), remedy="name another -o")
        if place in taken:
            raise UsageError(f"both {taken[place]} and {source.path} would be written here", place=str(target))
        taken[place] = source.path
