"""``sverka apply --patch``: the corrections of another copy of the text."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from sverka.cli.command import editor
from sverka.cli.diagnostics import Diagnostics, Exit, count, painter
from sverka.cli.editions import view_for, written
from sverka.cli.input import read_file
from sverka.cli.output import refuse_kept, targets, write
from sverka.errors import UsageError

if TYPE_CHECKING:
    from sverka.export.paint import Paint
    from sverka.ledger.patch import Hunk
    from sverka.ledger.patching import Result
    from sverka.model import Transcript
    from sverka.workflow.sources import Source


def refuse_options(options: Namespace) -> None:
    """UsageError for what can only be asked of a patch, where there is none."""
    given = {"--dry-run": options.dry_run, "--rejects": options.rejects, "--record": options.record}
    for option, value in (given | {"--editor": options.editor}).items():
        if value:
            raise UsageError(f"{option} is about a patch", remedy="name one with --patch")


def run(options: Namespace, tell: Diagnostics) -> Exit:
    """Apply the patch to the copy; record it, or only say what would become of it, where that is asked for."""
    from sverka.config import find_project, ledger_path
    from sverka.ledger.patch import decode, encode
    from sverka.ledger.patching import apply_patch, beside
    from sverka.model import View
    from sverka.workflow.carrying import enter
    from sverka.workflow.records import record_of

    source = _copy(options)
    target, rejects = _targets(options, source)
    place, data = read_file(options.patch)
    patch = decode(data, place)
    transcript = source.read()
    # What is recorded is recorded whatever its class: the view is a matter of the edition made of it.
    view = View.READING if options.record else view_for(options.format, options.view)
    applied, record = apply_patch(patch, transcript, view), None
    if options.record:
        record = record_of(transcript, source.path)
        for trouble in record.problems:
            tell.error(trouble)
        applied = beside(applied, record.standing)
    elif ledger_path(find_project(source.path), source.path).exists():
        tell.note(f"{source.name} has decisions of its own; they are not applied, and --record adds the patch to them")
    for result in applied.results:
        if result.outcome.rejected:
            tell.error(_reason(result, transcript))
    if not options.dry_run:
        if rejects and applied.rejects.hunks:
            write(encode(applied.rejects), rejects, option="--rejects")
        if record:
            enter(applied.decisions, record, editor=editor(options, source.path))
        else:
            write(written(applied.edition, options.format, source.path), target)
    if options.dry_run or record:
        _show(applied.results, transcript)
    tell.note(_summary(applied.results, "recorded" if record else "applied", to_be=options.dry_run))
    return Exit.after(done=1, failed=len(applied.rejects.hunks))


def _copy(options: Namespace) -> Source:
    from sverka.workflow.sources import Source

    if options.record and options.output is not None:
        raise UsageError("-o writes an edition, --record decisions", remedy="give one of them, then apply once more")
    if options.editor is not None and not options.record:
        raise UsageError("--editor says who records", remedy="give --record with it")
    if len(options.paths) > 1 or Path(options.paths[0]).is_dir():
        raise UsageError("a patch is for one text", remedy="name one transcript")
    return Source(Path(options.paths[0]))


def _targets(options: Namespace, source: Source) -> tuple[Path | None, Path | None]:
    """Where the edition goes, and what is left of the patch."""
    from sverka.workflow.sources import STDIN

    target = targets(options.output, options.paths, [source]).get(source)
    rejects = Path(options.rejects) if options.rejects else None
    if rejects:
        refuse_kept([rejects], [source.path], option="--rejects")
    taken = {} if options.patch == STDIN else {Path(options.patch).resolve(): "is the patch itself"}
    for place, option, name in ((target, "-o", "the edition"), (rejects, "--rejects", "the rejects")):
        if place is None:
            continue
        if place.resolve() in taken:
            raise UsageError(taken[place.resolve()], place=str(place), remedy=f"name another {option}")
        taken[place.resolve()] = f"is where {name} would be written"
    return target, rejects


def _show(results: Iterable[Result], transcript: Transcript) -> None:
    """Print one line for each correction: its place in this copy, what becomes of it, what it is, who made it."""
    from sverka.export.paint import Role

    paint = painter(sys.stdout)
    for result in results:
        place = paint(Role.PLACE, f"{_place(result, transcript)}:")
        print(f"{place} {paint(Role.RULE, result.outcome)} {_change(result.hunk, paint)}{_made(result.hunk)}")
    sys.stdout.flush()


def _reason(result: Result, transcript: Transcript) -> str:
    from sverka.export.moment import moment
    from sverka.export.paint import unpainted
    from sverka.ledger.patching import REASONS
    from sverka.text.visible import visible

    hunk = result.hunk
    by = f" by {visible(hunk.by)}" if hunk.by else ""
    on = f" on {moment(hunk.at)}" if hunk.at else ""
    what = f"correction “{_change(hunk, unpainted)}”{by}{on}"
    return f"{_place(result, transcript)}: {what} {REASONS[result.outcome]}"


def _place(result: Result, transcript: Transcript) -> str:
    """Path, line and column; the path alone where the place is not found."""
    from sverka.export.log import place

    found = result.decision
    line, column = transcript.place(found.anchor.span.start) if found else (None, None)
    return place(transcript.path, line, column)


def _change(hunk: Hunk, paint: Paint) -> str:
    from sverka.export.log import changed
    from sverka.model import ErrorClass

    what = "" if hunk.error_class is ErrorClass.OCR else f" ({hunk.error_class})"
    return f"{changed(hunk.exact, hunk.replacement, paint)}{what}"


def _made(hunk: Hunk) -> str:
    """By whom and when, as far as the patch says so."""
    from sverka.export.moment import moment
    from sverka.text.visible import visible

    told = ", ".join(piece for piece in (visible(hunk.by), moment(hunk.at)) if piece)
    return f" — {told}" if told else ""


def _summary(results: Iterable[Result], done: str, *, to_be: bool) -> str:
    from sverka.ledger.patching import Outcome

    words = {Outcome.EXACT: done, Outcome.ALIKE: done, Outcome.KEPT: "kept as the page has it"}
    words |= {Outcome.CORRECTED: "not needed", Outcome.RECORDED: "recorded before"}
    numbers = Counter(words.get(result.outcome, "rejected") for result in results)
    order = dict.fromkeys((done, *words.values(), "rejected"))
    told = ", ".join(f"{numbers[word]} {word}" for word in order if numbers[word] or word == done)
    return f"{count(numbers.total(), 'correction')}: {'would be ' if to_be else ''}{told}"
