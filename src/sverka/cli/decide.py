"""``sverka decide``: the review for scripts."""

from __future__ import annotations

import sys
from argparse import Action, ArgumentParser, Namespace
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from sverka.cli.command import add_confidence, add_editor, add_translation
from sverka.cli.diagnostics import Diagnostics, Exit
from sverka.errors import InputError, UsageError

if TYPE_CHECKING:
    from sverka.model import Checked, Decision
    from sverka.workflow.review import Review

NAME = "decide"
HELP = "record decisions on findings, from the command line or a script"
EPILOG = """\
examples:
  sverka decide letter.txt --accept 3f9c02e1a7b4 --reject 90ab12cd34ef
  sverka decide letter.txt --accept 3f9c=теперь --note "clear on the scan"
  sverka decide letter.txt --undo

ID is the "id" of `sverka check --format jsonl`, or four digits or more of its beginning.
Nothing is recorded unless every option is right.
"""


@dataclass(frozen=True, slots=True)
class Answer:
    """One option as it was typed: ``kind`` is accept, reject, defer, source or undo."""

    kind: str
    identifier: str = ""
    text: str | None = None


class _Answers(Action):
    """Collects the answers of all the options in the order in which they were typed."""

    def __call__(
        self,
        parser: ArgumentParser,
        namespace: Namespace,
        values: str | Sequence[Any] | None,
        option: str | None = None,
    ) -> None:
        kind = (option or "").removeprefix("--")
        identifier, equals, text = values.partition("=") if isinstance(values, str) else ("", "", "")
        if equals and kind in ("reject", "defer"):
            parser.error(f"--{kind} takes no text: {values}")
        answer = Answer(kind, identifier, text if equals else None)
        namespace.answers = (*(namespace.answers or ()), answer)


def add_arguments(parser: ArgumentParser) -> None:
    """The transcript and what is said of it."""
    parser.add_argument("path", metavar="PATH", help="a transcript")

    def answer(name: str, metavar: str | None, text: str) -> None:
        nargs = 0 if metavar is None else None
        parser.add_argument(name, action=_Answers, dest="answers", nargs=nargs, metavar=metavar, help=text)

    answer("--accept", "ID[=TEXT]", "the page says the first candidate, or TEXT (nothing: delete)")
    answer("--reject", "ID", "the transcript is right")
    answer("--defer", "ID", "leave it for later")
    answer("--source", "ID[=TEXT]", "the page itself is wrong and means the first candidate, or TEXT; the text is kept")
    answer("--undo", None, "take back the latest decision on this transcript")
    parser.add_argument("--note", default="", help="a remark kept with each of these decisions")
    add_editor(parser)
    add_confidence(parser)
    add_translation(parser)


def run(options: Namespace, tell: Diagnostics) -> Exit:
    """Record every answer, or none."""
    from sverka.config import editor_name, find_project, ledger_path
    from sverka.workflow import batch
    from sverka.workflow.review import Review
    from sverka.workflow.sources import Source

    if not options.answers:
        raise UsageError("nothing to decide", remedy="give --accept, --reject, --defer, --source or --undo")
    path = Path(options.path)
    if path.is_dir():
        raise InputError("is a folder", place=str(path), remedy="decide one transcript at a time")
    asked = batch.Settings(min_confidence=options.min_confidence, translation=options.translation)
    checked = batch.check_one(Source(path), asked)
    project = find_project(path)
    ledger = ledger_path(project, path)
    editor = options.editor or editor_name(project.config)
    _rehearse(checked, ledger, options.answers, options.note, editor)
    review = Review.open(checked, ledger, editor=editor)
    for trouble in review.problems:
        tell.note(str(trouble))
    for answer in options.answers:
        print(_done(review, answer, options.note))
        sys.stdout.flush()
    return Exit.DONE


def _rehearse(checked: Checked, ledger: Path, answers: Sequence[Answer], note: str, editor: str) -> None:
    """Give every answer on a copy of the ledger first, so that one that is wrong stops all before any is recorded."""
    from sverka.workflow.review import Review

    with TemporaryDirectory(prefix="sverka-") as folder:
        copy = Path(folder, "ledger.jsonl")
        if ledger.exists():
            copyfile(ledger, copy)
        review = Review.open(checked, copy, editor=editor)
        for answer in answers:
            _done(review, answer, note)


def _done(review: Review, answer: Answer, note: str) -> str:
    """Give one answer and say what was recorded."""
    from sverka.model import ErrorClass, Verdict

    if answer.kind == "undo":
        undone = review.undo()
        if undone is None:
            raise UsageError("there is nothing to undo", place=review.transcript.path)
        return _told(review, "undone:", undone)
    source = answer.kind == "source"
    decision = review.decide(
        answer.identifier,
        Verdict.ACCEPT if source else Verdict(answer.kind),
        answer.text,
        error_class=ErrorClass.SOURCE if source else ErrorClass.OCR,
        note=note,
    )
    review.go(next(index for index, item in enumerate(review.items) if item.finding.span == decision.anchor.span))
    return f"{_told(review, '', decision)}; similar remaining: {review.similar()}"


def _told(review: Review, lead: str, decision: Decision) -> str:
    from sverka.export.findings import NOTHING
    from sverka.text.visible import visible

    transcript = review.transcript
    line, column = transcript.place(min(decision.anchor.span.start, len(transcript.text)))
    place = f"{visible(transcript.path)}:{line}:{column}:"
    verdict = (
        decision.verdict.value if decision.error_class == "ocr" else f"{decision.verdict} ({decision.error_class})"
    )
    change = visible(decision.anchor.exact) or NOTHING
    if decision.replacement is not None:
        change = f"{change} → {visible(decision.replacement) or NOTHING}"
    return " ".join(piece for piece in (place, lead, verdict, change) if piece)
