"""``sverka tag``: names for what is recorded now."""

from __future__ import annotations

import sys
from argparse import Action, ArgumentParser, Namespace
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sverka.cli.command import add_editor, editor
from sverka.cli.diagnostics import Diagnostics, Exit, count, painter
from sverka.errors import SverkaError, UsageError

if TYPE_CHECKING:
    from sverka.workflow.records import Record

NAME = "tag"
HELP = "name what is recorded now, so that it can be had again"
EPILOG = """\
examples:
  sverka tag first-pass transcripts/ --note "before the second reading"
  sverka tag --list transcripts/
  sverka apply --at first-pass transcripts/letter.txt
  sverka log --diff first-pass now transcripts/letter.txt
"""


class _List(Action):
    """What is named then are paths, and no name is asked for."""

    def __call__(
        self,
        parser: ArgumentParser,
        namespace: Namespace,
        values: str | Sequence[Any] | None,
        option: str | None = None,
    ) -> None:
        namespace.list = values
        for action in parser.get_default("positionals"):
            action.required = False


def add_arguments(parser: ArgumentParser) -> None:
    """The name, and whose ledgers get it."""
    parser.usage = (
        "sverka tag [--note NOTE] [--editor NAME] [--move] [-q | -v] NAME PATH ...\n"
        "       sverka tag --delete [--editor NAME] [-q | -v] NAME PATH ...\n"
        "       sverka tag --list PATH ... [--format FORMAT] [-q | -v]"
    )
    name = parser.add_argument("name", metavar="NAME", help="what to call it")
    what = "transcripts, or folders (searched with their subfolders)"
    paths = parser.add_argument("paths", nargs="+", metavar="PATH", help=what)
    parser.set_defaults(positionals=(name, paths))
    instead = parser.add_mutually_exclusive_group()
    instead.add_argument("--list", action=_List, nargs="*", metavar="PATH", help="list the tags of these instead")
    instead.add_argument("--delete", action="store_true", help="take the tag back")
    instead.add_argument("--move", action="store_true", help="if there is a tag of this name, take it back first")
    parser.add_argument("--note", default="", help="a remark kept with the tag")
    add_editor(parser)
    parser.add_argument("--format", choices=("text", "jsonl"), default="text", help="how to list (default text)")


def run(options: Namespace, tell: Diagnostics) -> Exit:
    """Tag each transcript's ledger, or take its tag back, or list its tags; what fails for one is named."""
    from sverka.model import Problem
    from sverka.workflow.records import records
    from sverka.workflow.sources import problem as told
    from sverka.workflow.sources import sources as named
    from sverka.workflow.versions import check_name

    if options.list is not None:
        options.paths = [*options.list, *filter(None, [options.name]), *(options.paths or [])]
        if not options.paths:
            raise UsageError("there is nothing to list", remedy="name transcripts, or a folder")
    elif not options.delete:
        check_name(options.name)
    sources, problems = named(options.paths)
    for problem in problems:
        tell.error(problem)
    done, failed, lines = 0, len(problems), 0
    for source, record in zip(sources, records(sources), strict=True):
        if isinstance(record, Problem):
            tell.error(record)
            failed += 1
            continue
        for trouble in record.ledger.problems:
            tell.note(str(trouble))
        try:
            for line in _lines(options, record):
                print(line)
                lines += 1
            done += 1
        except _NothingThereError as nothing:
            # Of a folder one does not expect that every transcript has been worked on.
            asked = source.path in map(Path, options.paths)
            say = tell.error if asked else tell.detail if options.delete else tell.note
            say(str(nothing))
            failed += asked
            done += not asked
        except SverkaError as error:
            tell.error(told(error, record.transcript.path))
            failed += 1
    sys.stdout.flush()
    if options.list is not None and done:
        tell.note(f"{count(lines, 'tag')} in {count(done, 'transcript')}")
    if options.delete and not lines and not failed:
        raise UsageError(f"there is no tag {options.name} here", remedy="`sverka tag --list` lists them")
    return Exit.after(done=done, failed=failed)


class _NothingThereError(UsageError):
    """A ledger that has nothing to tag, or no tag to take back."""


def _lines(options: Namespace, record: Record) -> Iterator[str]:
    from sverka.export.versions import tag_json, tag_line
    from sverka.text.visible import visible
    from sverka.workflow import versions

    if options.list is not None:
        paint = painter(sys.stdout)
        for tag in versions.tags(record):
            yield tag_json(tag) if options.format == "jsonl" else tag_line(tag, paint)
        return
    path, name = record.transcript.path, options.name
    by = editor(options, Path(path))
    at = datetime.now(UTC)
    if options.delete:
        if not versions.retract_tags(record.ledger, name, by=by, at=at):
            raise _NothingThereError(
                f"there is no tag {visible(name)}", place=path, remedy="`sverka tag --list` lists them"
            )
        yield f"{visible(path)}: {visible(name)} taken back"
        return
    if not len(record.ledger.history):
        raise _NothingThereError("nothing is recorded yet, so there is nothing to tag", place=path)
    decisions = count(len(record.standing.state.in_force), "decision")
    versions.tag(record.ledger, name, note=options.note, by=by, at=at, move=options.move)
    yield f"{visible(path)}: {visible(name)}, {decisions} in force"
