"""``sverka log``: who said what, when and why."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from typing import TYPE_CHECKING

from sverka.cli.command import add_paths, positive
from sverka.cli.diagnostics import Diagnostics, Exit, count, painter
from sverka.errors import SverkaError, UsageError

if TYPE_CHECKING:
    from sverka.export.events import Whole
    from sverka.export.paint import Paint
    from sverka.workflow.log import Wanted
    from sverka.workflow.records import Record

NAME = "log"
HELP = "list what was recorded for transcripts: decisions, all events, conflicts, differences"
EPILOG = """\
examples:
  sverka log transcripts/letter.txt
  sverka log --by Anna --since first-pass --status in-force transcripts/
  sverka log --all --limit 20 transcripts/letter.txt
  sverka log --diff first-pass now transcripts/letter.txt
  sverka log --format jsonl transcripts/ | jq 'select(.status == "in force")'
  sverka log --agreement transcripts/

VERSION is a tag, an event's id (six digits or more), a time, start or now.
"""

_VERDICTS = ("accept", "amend", "reject", "defer")
_CLASSES = ("ocr", "source", "normalisation")
_STATUSES = ("in-force", "retracted", "replaced", "disputed", "lost")
_FILTERS = ("by", "since", "until", "verdict", "class", "rule", "status", "limit")


def add_arguments(parser: ArgumentParser) -> None:
    """Whose ledgers to list, and what of them."""
    add_paths(parser)
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--all", action="store_true", help="every event: openings, decisions, undo and redo, tags …")
    what.add_argument("--event", metavar="ID", help="all that is recorded about one event")
    what.add_argument("--conflicts", action="store_true", help="only where editors disagree, and how to settle it")
    what.add_argument("--agreement", action="store_true", help="how far editors agree who judged the same places blind")
    what.add_argument("--diff", nargs=2, metavar=("A", "B"), help="the places of which versions A and B differ")

    def filtering(name: str, choices: tuple[str, ...] | None, metavar: str | None, text: str) -> None:
        parser.add_argument(
            name, dest=name.lstrip("-"), action="append", default=[], choices=choices, metavar=metavar, help=text
        )

    filtering("--by", None, "NAME", "only what this editor did; may be repeated, as may the next four")
    filtering("--verdict", _VERDICTS, None, "only decisions with this verdict")
    filtering("--class", _CLASSES, None, "only decisions on errors of this kind")
    filtering("--rule", None, "RULE", "only decisions on findings of this rule")
    filtering("--status", _STATUSES, None, "only what stands so now")
    parser.add_argument("--since", metavar="VERSION", default="", help="only what was not yet known at this version")
    parser.add_argument("--until", metavar="VERSION", default="", help="only what was known at this version")
    parser.add_argument("--limit", type=positive, metavar="N", help="only the newest N of each transcript")
    parser.add_argument("--format", choices=("text", "jsonl"), default="text", help="how to print (default text)")


def run(options: Namespace, tell: Diagnostics) -> Exit:
    """Print what was asked for, transcript by transcript."""
    from sverka.model import Problem
    from sverka.workflow.records import records
    from sverka.workflow.sources import problem as told
    from sverka.workflow.sources import sources as named

    wanted = _wanted(options)
    if options.agreement:
        return _agreement(options, tell)
    sources, problems = named(options.paths)
    for problem in problems:
        tell.error(problem)
    listing = _Listing(options, wanted, painter(sys.stdout))
    done, failed, listed = 0, len(problems), 0
    for record in records(sources):
        if isinstance(record, Problem):
            tell.error(record)
            failed += 1
            continue
        # Of the conflicts, the listing says more.
        for trouble in record.ledger.problems if options.conflicts else record.problems:
            tell.note(str(trouble))
        try:
            for line in listing.lines(record):
                print(line)
                listed += 1
            done += 1
        except SverkaError as error:
            tell.error(told(error, record.transcript.path))
            failed += 1
    sys.stdout.flush()
    if options.event is not None and done:
        listing.expect_one()
    elif done:
        tell.note(f"{count(listed, listing.noun)} in {count(done, 'transcript')}")
    found = bool(listed) and bool(options.conflicts or options.diff)
    return Exit.after(done=done, failed=failed, found=found)


def _wanted(options: Namespace) -> Wanted:
    """The filters; UsageError where they do not go with what is to be listed."""
    from sverka.ledger.version import event_digits
    from sverka.model import Rule
    from sverka.workflow.log import Wanted

    given = vars(options)
    mode = next((name for name in ("event", "conflicts", "agreement", "diff") if given[name] not in (None, False)), "")
    if mode and (filters := [name for name in _FILTERS if given[name]]):
        raise UsageError(f"--{filters[0]} does not go with --{mode}", remedy=f"leave out --{filters[0]}")
    if options.event is not None:
        options.event = event_digits(options.event)
    rules = [rule.value for rule in Rule]
    if unknown := [name for name in options.rule if name not in rules]:
        raise UsageError(f"there is no rule {unknown[0]}", remedy=f"name one of {', '.join(rules)}")
    return Wanted(
        by=tuple(options.by),
        since=options.since,
        until=options.until,
        verdicts=tuple(options.verdict),
        classes=tuple(given["class"]),
        rules=tuple(options.rule),
        statuses=tuple(name.replace("-", " ") for name in options.status),
        limit=options.limit,
    )


class _Listing:
    """What is printed of each transcript."""

    def __init__(self, options: Namespace, wanted: Wanted, paint: Paint) -> None:
        self._options = options
        self._wanted = wanted
        self._paint = paint
        self._json = options.format == "jsonl"
        self._ids: set[str] = set()

    @property
    def noun(self) -> str:
        """What the lines are."""
        if self._options.conflicts:
            return "conflict"
        if self._options.diff:
            return "difference"
        return "event" if self._options.all else "decision"

    def lines(self, record: Record) -> Iterator[str]:
        """The lines of one transcript; UsageError where a version is named that there is not."""
        from sverka.export import events, versions
        from sverka.export import log as decisions
        from sverka.workflow.log import Log
        from sverka.workflow.versions import differences

        log, paint, options = Log(record), self._paint, self._options
        if options.event is not None:
            yield from (self._whole(whole) for whole in log.whole(options.event))
        elif options.conflicts:
            for conflict in log.conflicts():
                yield (
                    versions.disagreement_json(conflict) if self._json else versions.disagreement_text(conflict, paint)
                )
        elif options.diff:
            for difference in differences(record, *options.diff):
                yield (
                    versions.difference_json(difference) if self._json else versions.difference_line(difference, paint)
                )
        elif options.all:
            for told in log.events(self._wanted):
                yield events.json_line(told) if self._json else events.text_line(told, paint)
        else:
            for entry in log.decisions(self._wanted):
                yield decisions.json_line(entry) if self._json else decisions.text_line(entry, paint)

    def _whole(self, whole: Whole) -> str:
        from sverka.export.events import whole_json, whole_text

        between = "\n" if self._ids and not self._json else ""
        self._ids.add(whole.told.id)
        return between + (whole_json(whole) if self._json else whole_text(whole, self._paint))

    def expect_one(self) -> None:
        """UsageError where the event asked for was not found, or where several begin so."""
        asked = self._options.event
        if not self._ids:
            raise UsageError(f"there is no event {asked} here", remedy="`sverka log --all` lists them")
        if len(self._ids) > 1:
            raise UsageError(f"{len(self._ids)} events begin with {asked}", remedy="give more of its digits")


def _agreement(options: Namespace, tell: Diagnostics) -> Exit:
    """Print how far editors agree, over all transcripts together."""
    from sverka.export.agreement import json_line, text_line
    from sverka.model import Problem
    from sverka.workflow.agreement import agreement
    from sverka.workflow.records import records
    from sverka.workflow.sources import sources as named

    sources, problems = named(options.paths)
    found = list(records(sources))
    failures = (*problems, *(record for record in found if isinstance(record, Problem)))
    for problem in failures:
        tell.error(problem)
    readable = [record for record in found if not isinstance(record, Problem)]
    figures = agreement(readable)
    for figure in figures:
        print(json_line(figure) if options.format == "jsonl" else text_line(figure))
    sys.stdout.flush()
    if readable and not figures:
        tell.note("no place was judged by two editors without knowing of each other")
    return Exit.after(done=len(readable), failed=len(failures))
