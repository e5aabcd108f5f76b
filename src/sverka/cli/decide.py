"""``sverka decide``: the review for scripts."""

from __future__ import annotations

import sys
from argparse import Action, ArgumentParser, Namespace
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sverka.cli.command import (
    add_confidence,
    add_editor,
    add_jobs,
    add_no_cache,
    add_paths,
    add_translation,
    editor,
    settings,
)
from sverka.cli.diagnostics import Diagnostics, Exit
from sverka.cli.input import read_file
from sverka.errors import UsageError

if TYPE_CHECKING:
    from sverka.model import Decision, Problem
    from sverka.workflow.deciding import Reach, Recorded, Said
    from sverka.workflow.review import Review

NAME = "decide"
HELP = "record decisions on findings, from the command line or a script"
EPILOG = """\
examples:
  sverka decide letter.txt --accept 3f9c02e1a7b4 --reject 90ab12cd34ef
  sverka decide letter.txt --accept 3f9c=теперь --note "clear on the scan"
  sverka decide transcripts/ --series --accept 3f9c --except 77d0
  sverka decide letter.txt --undo
  sverka decide transcripts/ --from findings.csv

ID is the "id" of `sverka check --format jsonl`, or four digits or more of its beginning.
Nothing is recorded unless every option is right.
"""

_TAKE_BACK = ("undo", "redo")
_WITHOUT_TEXT = ("reject", "defer")


@dataclass(frozen=True, slots=True)
class Request:
    """One option as it was typed: ``kind`` is accept, reject, defer, source, normalise, undo or redo."""

    kind: str
    identifier: str = ""
    text: str | None = None


class _Requests(Action):
    """Collects what is asked for by all the options in the order in which they were typed."""

    def __call__(
        self,
        parser: ArgumentParser,
        namespace: Namespace,
        values: str | Sequence[Any] | None,
        option: str | None = None,
    ) -> None:
        kind = (option or "").removeprefix("--")
        identifier, equals, text = values.partition("=") if isinstance(values, str) else ("", "", "")
        if equals and kind in _WITHOUT_TEXT:
            parser.error(f"--{kind} takes no text: {values}")
        request = Request(kind, identifier, text if equals else None)
        namespace.requests = (*(namespace.requests or ()), request)


def add_arguments(parser: ArgumentParser) -> None:
    """The transcripts and what is said of them."""
    add_paths(parser)

    def request(name: str, metavar: str | None, text: str) -> None:
        nargs = 0 if metavar is None else None
        parser.add_argument(name, action=_Requests, dest="requests", nargs=nargs, metavar=metavar, help=text)

    request("--accept", "ID[=TEXT]", "the page says the first candidate, or TEXT (nothing: delete)")
    request("--reject", "ID", "the transcript is right")
    request("--defer", "ID", "leave it for later")
    request("--source", "ID[=TEXT]", "the page is wrong and means the first candidate, or TEXT; its text is kept")
    request("--normalise", "ID[=TEXT]", "the page has the spelling of its day for the first candidate, or TEXT")
    request("--undo", None, "take back the latest decision on this transcript, or the latest series")
    request("--redo", None, "bring back what was undone last")
    parser.add_argument(
        "--series",
        action="store_true",
        help="each answer holds for all undecided findings with the same original and first candidate, in all PATHs",
    )
    parser.add_argument(
        "--except",
        dest="exceptions",
        action="append",
        default=[],
        metavar="ID",
        help="with --series: but for this finding (may be repeated)",
    )
    parser.add_argument(
        "--from",
        dest="table",
        metavar="FILE",
        help="what is said in a table that `sverka export --format csv` wrote, - for stdin; it is said at one stroke",
    )
    parser.add_argument("--note", default="", help="a remark kept with each of these decisions")
    add_editor(parser)
    add_confidence(parser)
    add_translation(parser)
    add_jobs(parser)
    add_no_cache(parser)


def run(options: Namespace, tell: Diagnostics) -> Exit:
    """Record everything that was said, or nothing of it."""
    from sverka.workflow.deciding import Reach, look_through

    requests: tuple[Request, ...] = options.requests or ()
    if not requests and options.table is None:
        raise UsageError("nothing to decide", remedy="say --accept, --reject, --defer, --source …")
    if options.table is not None and (requests or options.series or options.note):
        raise UsageError("--from goes with no other answer", remedy="say it in the table")
    if options.exceptions and not options.series:
        raise UsageError("--except says what a series leaves out", remedy="give --series with it")
    reviews, failed = _opened(options, tell)
    if not reviews:
        return Exit.FAILED
    if options.table is not None:
        return Exit.after(done=1, failed=failed + _record_table(options.table, reviews, tell))
    reach = Reach(options.series, tuple(options.exceptions))
    _check_taking_back(reviews, requests)
    look_through(reviews, [_said(each, options.note) for each in requests if each.kind not in _TAKE_BACK], reach)
    for each in requests:
        if each.kind in _TAKE_BACK:
            print(_taken_back(reviews[0], each.kind))
        else:
            failed += _record(reviews, _said(each, options.note), reach, tell)
        sys.stdout.flush()
    return Exit.after(done=1, failed=failed)


def _opened(options: Namespace, tell: Diagnostics) -> tuple[list[Review], int]:
    """A session on each transcript, and how many could not be read."""
    from sverka.config import find_project, ledger_path
    from sverka.model import Problem
    from sverka.workflow import batch
    from sverka.workflow.review import Review
    from sverka.workflow.sources import sources as named

    sources, problems = named(options.paths)
    asked = settings(options)
    reviews: list[Review] = []
    for source, checked in zip(sources, batch.check(sources, asked, progress=tell.progress), strict=True):
        if isinstance(checked, Problem):
            problems = (*problems, checked)
            continue
        ledger = ledger_path(find_project(source.path), source.path)
        reviews.append(Review.open(checked, ledger, editor=editor(options, source.path)))
    for problem in problems:
        tell.error(problem)
    for review in reviews:
        for trouble in review.problems:
            tell.note(str(trouble))
    return reviews, len(problems)


def _said(request: Request, note: str) -> Said:
    from sverka.model import ErrorClass, Verdict
    from sverka.workflow.deciding import Said
    from sverka.workflow.review import Answer

    classes = {"source": ErrorClass.SOURCE, "normalise": ErrorClass.NORMALISATION}
    error_class = classes.get(request.kind, ErrorClass.OCR)
    verdict = Verdict.ACCEPT if request.kind in classes else Verdict(request.kind)
    return Said(request.identifier, Answer(verdict, request.text, error_class, note))


def _check_taking_back(reviews: Sequence[Review], requests: Sequence[Request]) -> None:
    """Raise UsageError where there will be nothing to undo or to redo when its turn comes."""
    kinds = [each.kind for each in requests]
    if len(reviews) > 1 and not set(kinds).isdisjoint(_TAKE_BACK):
        raise UsageError("undo and redo are for one transcript at a time", remedy="name one PATH")
    if "redo" in kinds and len(kinds) > 1:
        raise UsageError("--redo goes with nothing else", remedy="give it alone")
    left = reviews[0].strokes
    for kind in kinds:
        left += -1 if kind == "undo" else 1
        if left < 0:
            raise UsageError("there is nothing to undo", place=reviews[0].transcript.path)


def _record(reviews: Sequence[Review], said: Said, reach: Reach, tell: Diagnostics) -> int:
    """Record what was said and print it; how many ledgers could not be written."""
    from sverka.workflow.deciding import decide

    return _print(decide(reviews, said, reach), tell)


def _record_table(name: str, reviews: Sequence[Review], tell: Diagnostics) -> int:
    """The same for a table."""
    from sverka.ledger.spreadsheet import read_decisions
    from sverka.workflow.deciding import carry_out
    from sverka.workflow.table import answers

    place, data = read_file(name)
    plan = answers(read_decisions(data, place), reviews, place=place)
    if not plan:
        tell.note(f"{place}: nothing that is not in force already")
        return 0
    return _print(carry_out(reviews, plan), tell)


def _print(results: Iterable[Recorded | Problem], tell: Diagnostics) -> int:
    from sverka.model import Problem

    failed = 0
    for each in results:
        if isinstance(each, Problem):
            tell.error(each)
            failed += 1
        else:
            print(f"{_told(each.review, '', each.decision)}; similar remaining: {each.similar}")
    return failed


def _taken_back(review: Review, kind: str) -> str:
    """Undo or redo, and say what that was."""
    decisions = review.undo() if kind == "undo" else review.redo()
    if not decisions:
        raise UsageError(f"there is nothing to {kind}", place=review.transcript.path)
    others = f" (and {len(decisions) - 1} more of its series)" if len(decisions) > 1 else ""
    return _told(review, "undone:" if kind == "undo" else "redone:", decisions[0]) + others


def _told(review: Review, lead: str, decision: Decision) -> str:
    from sverka.export.log import change, place, verdict

    transcript = review.transcript
    where = place(transcript.path, *transcript.place(min(decision.anchor.span.start, len(transcript.text))))
    return " ".join(piece for piece in (f"{where}:", lead, verdict(decision), change(decision)) if piece)
