"""``sverka verify``: is every ledger as it was written?"""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from sverka.cli.diagnostics import Diagnostics, Exit, count, painter
from sverka.errors import UsageError
from sverka.export.paint import Paint, Role

if TYPE_CHECKING:
    from sverka.ledger.examination import Fault

NAME = "verify"
HELP = "check ledgers: altered or lost lines, anchors, conflicts"
EPILOG = """\
examples:
  sverka verify                              every ledger of the project
  sverka verify transcripts/letter.txt       that of one transcript
  sverka verify --format jsonl | jq 'select(.severity == "problem")'
  sverka verify --schema > event.schema.json
"""


def add_arguments(parser: ArgumentParser) -> None:
    """Which ledgers, and how to tell of them."""
    parser.add_argument(
        "paths",
        nargs="*",
        metavar="PATH",
        help="a transcript, a ledger, or a folder of them (default: the project the current folder is in)",
    )
    parser.add_argument("--format", choices=("text", "jsonl"), default="text", help="how to print (default text)")
    parser.add_argument("--strict", action="store_true", help="notes count as problems")
    parser.add_argument("--schema", action="store_true", help="print the JSON Schema of an event, and nothing else")


def run(options: Namespace, tell: Diagnostics) -> Exit:
    """Print everything that is wrong, ledger by ledger."""
    from sverka.ledger.examination import Severity
    from sverka.model import Problem
    from sverka.workflow.verification import collection, verify

    if options.schema:
        return _print_schema()
    ledgers, failed = collection([Path(path) for path in options.paths] or [_project()])
    for trouble in failed:
        tell.error(trouble)
    paint = painter(sys.stdout)
    done, unread = 0, len(failed)
    total: Counter[str] = Counter()
    for number, ledger in enumerate(ledgers):
        tell.progress(number, len(ledgers), str(ledger))
        verified = verify(ledger)
        tell.clear()
        if isinstance(verified, Problem):
            tell.error(verified)
            unread += 1
            continue
        done += 1
        found = verified.found
        total.update(events=found.events, in_force=found.in_force, unchecked=found.unchecked)
        for fault in found.faults:
            print(_json(verified.name, fault) if options.format == "jsonl" else _text(verified.name, fault, paint))
            total[fault.severity] += 1
    sys.stdout.flush()
    if done or not unread:
        tell.note(_summary(done, total))
    if total["unchecked"]:
        tell.note(f"{count(total['unchecked'], 'anchor')} could not be checked: the text is not at hand")
    found_any = bool(total[Severity.PROBLEM] or (options.strict and total[Severity.NOTE]))
    return Exit.after(done=done, failed=unread, found=found_any)


def _summary(ledgers: int, total: Mapping[str, int]) -> str:
    pieces = [
        count(ledgers, "ledger"),
        count(total["events"], "event"),
        f"{count(total['in_force'], 'decision')} in force",
        count(total["problem"], "problem"),
    ]
    return ", ".join([*pieces, count(total["note"], "note")] if total["note"] else pieces)


def _project() -> Path:
    """The folder of the project that the current folder is in, as seen from there."""
    from sverka.config import find_project

    root = find_project(Path.cwd()).root
    if root is None:
        raise UsageError("this folder is in no project", remedy="name a ledger, a transcript or a folder")
    return root


def _print_schema() -> Exit:
    from importlib.resources import files

    print(files("sverka.ledger").joinpath("event.schema.json").read_text("utf-8"), end="")
    return Exit.DONE


def _text(name: str, fault: Fault, paint: Paint) -> str:
    """``PATH:LINE: what — what to do``."""
    from sverka.text.visible import visible

    where = f"{visible(name)}:{fault.line}:" if fault.line else f"{visible(name)}:"
    what = fault.message if fault.severity == "problem" else f"note: {fault.message}"
    return f"{paint(Role.PLACE, where)} {what}{f' — {fault.remedy}' if fault.remedy else ''}"


def _json(name: str, fault: Fault) -> str:
    from sverka.text.plainjson import dumps

    return dumps(
        {
            "path": name,
            "line": fault.line or None,
            "severity": fault.severity.value,
            "check": fault.check,
            "message": fault.message,
            "remedy": fault.remedy,
        }
    )
