"""Findings with their decisions as a table, and the answers in a table that comes back.

What editors wrote into a table is checked against the open sessions on its transcripts as a whole, so that nothing is
recorded of a table in which something is wrong.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NoReturn, TypeAlias

from sverka.errors import SverkaError, UsageError
from sverka.ledger import Standing
from sverka.ledger.spreadsheet import Entry, Row
from sverka.model import Checked, Decision, ErrorClass, Finding, Problem, Span, Verdict
from sverka.text.cells import whole
from sverka.text.lines import line_end, with_line_ends
from sverka.text.visible import visible
from sverka.workflow import batch
from sverka.workflow.places import places
from sverka.workflow.records import record_of
from sverka.workflow.review import Answer, Review
from sverka.workflow.sources import Source, problem

__all__ = ["Table", "answers", "rows_for", "tables"]


# Out


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of one transcript; ``problems`` as those of :class:`sverka.workflow.records.Record`."""

    entries: tuple[Entry, ...]
    problems: tuple[Problem, ...]


def tables(
    sources: Sequence[Source],
    settings: batch.Settings,
    *,
    at: str | None = None,
    progress: batch.Progress | None = None,
) -> Iterator[Table | Problem]:
    """The rows of each transcript, in the order of ``sources``, with the decisions of the version ``at``.

    Raises :class:`UsageError` when one translation is to serve several transcripts.
    """
    for source, checked in zip(sources, batch.check(sources, settings, progress=progress), strict=True):
        if isinstance(checked, Problem):
            yield checked
            continue
        try:
            record = record_of(checked.document.transcript, source.path, at=at)
        except SverkaError as error:
            yield problem(error, source.name)
            continue
        yield Table(rows_for(checked, record.standing), record.problems)


def rows_for(checked: Checked, standing: Standing) -> tuple[Entry, ...]:
    """A row for every finding, and for every decided or disputed place where nothing is found now.

    A disputed place is shown undecided, for it is.
    """
    transcript = checked.document.transcript
    return tuple(Entry(transcript, place.finding, place.decision) for place in places(checked, standing))


# Back


def answers(
    rows: Iterable[Row], reviews: Sequence[Review], *, place: str
) -> tuple[tuple[Review, tuple[Decision, ...]], ...]:
    """What ``rows`` say that is not in force already, every one of them checked; nothing is recorded.

    For each transcript of which something is said, in the order of ``reviews``, what :meth:`Review.record` is to write,
    in the order of the rows. A row that shows what was in force when the table was written, and was left as it was,
    says nothing. ``place`` names the table in an error. UsageError, with the line and what to do about it, for a row

    * whose transcript is not among those of ``reviews``, or that names none where there are several;
    * whose finding is not there, or has another original: line ends aside, which other programs rewrite;
    * that could not be recorded: an *accept* without a candidate, what the transcript says anyway;
    * whose place somebody else has decided since the table was written, as far as the table tells;
    * that says something else of a place than an earlier row.
    """
    said: dict[tuple[int, Span], tuple[Decision, Row]] = {}
    for row in rows:
        where = f"{place}:{row.line}"
        review = _session(row, reviews, where)
        decision = _decision(row, review, where)
        if decision is None:
            continue
        first, earlier = said.setdefault((reviews.index(review), decision.anchor.span), (decision, row))
        if _statement(first) != _statement(decision):
            message = f"{_name(row)} stands where that of line {earlier.line} does, and something else is said of it"
            _refuse(message, where, "empty one verdict")
    plan = (
        (review, tuple(decision for (of, _), (decision, _) in said.items() if of == number))
        for number, review in enumerate(reviews)
    )
    return tuple((review, decisions) for review, decisions in plan if decisions)


def _session(row: Row, reviews: Sequence[Review], where: str) -> Review:
    if not row.path and len(reviews) == 1:
        return reviews[0]
    if not row.path:
        _refuse("does not say which transcript it is about", where, "keep the column path, or name one transcript only")
    found = [review for review in reviews if visible(review.transcript.path) == row.path]
    if not found:
        remedy = "name that one as well, just as the table does, or leave its rows out"
        _refuse(f"is about {visible(row.path)}, which is not among the transcripts named", where, remedy)
    if len(found) > 1:
        _refuse(f"could be about {len(found)} transcripts", where, "name one transcript at a time")
    return found[0]


def _decision(row: Row, review: Review, where: str) -> Decision | None:
    """What the row comes to; None where it only says what is known already."""
    item = next((item for item in review.items if item.finding.id == row.id), None)
    if item is None:
        message = f"{_name(row)} is not to be found in {visible(review.transcript.path)}"
        _refuse(message, where, "give --min-confidence and --translation as for the export, or export the table again")
    original = item.finding.original
    if _evened(row.original) != _evened(original):
        message = f"{_name(row)} reads {visible(original)} in the transcript, not {visible(row.original)}"
        _refuse(message, where, "leave the column original as it was exported, or export the table again")
    text = row.replacement
    if text is not None:
        text = _as_offered(text, item.finding) or _in_line_ends(text, review)
    try:
        decision = review.decision(item, Answer(row.verdict, text, row.error_class, row.note))
    except UsageError as error:
        _refuse(error.message, where, error.remedy)
    since, shown = item.decision, review.recorded(row.event) if row.event else None
    if _statement(decision) in [_statement(known) for known in (since, shown) if known]:
        return None
    if since and row.event is not None and not _may_give_way(since, shown, review.editor):
        told = since.verdict.value if since.replacement is None else f"{since.verdict} {since.replacement}"
        message = f"{_name(row)} was decided since the table was written: {visible(told)}, by {visible(since.by)}"
        _refuse(message, where, "empty the verdict, or export the table again")
    return decision


def _may_give_way(decision: Decision, shown: Decision | None, editor: str) -> bool:
    """Whether the writer of a row has seen what is in force, gave it themselves, or overrides no answer."""
    seen = shown is not None and _statement(shown) == _statement(decision)
    return seen or decision.by == editor or decision.verdict is Verdict.DEFER


def _as_offered(text: str, finding: Finding) -> str | None:
    """The candidate that a text is but for the line ends."""
    return next((c.text for c in finding.candidates if c.text and _evened(c.text) == _evened(text)), None)


def _in_line_ends(text: str, review: Review) -> str:
    """``text`` with its lines ended as the transcript's are."""
    ending = line_end(review.transcript.text)
    return text if ending is None else with_line_ends(text, ending)


_Statement: TypeAlias = tuple[Verdict | None, str, ErrorClass, str]


def _statement(said: Decision) -> _Statement:
    """What is said; who accepted a text and who typed it themselves say the same."""
    verdict = said.verdict if said.replacement is None else None
    return verdict, _evened(said.replacement or ""), said.error_class, _evened(said.note)


def _evened(text: str) -> str:
    """What texts have in common that differ in their line ends, or in the halves of letters that no table can hold."""
    return whole(with_line_ends(text, "\n"))


def _name(row: Row) -> str:
    return f"finding {visible(row.id)}"


def _refuse(message: str, where: str, remedy: str) -> NoReturn:
    raise UsageError(message, place=where, remedy=remedy)
