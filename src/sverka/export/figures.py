"""What a report says, worked out once for every way of writing it: rows, progress, counts by rule, series."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sverka.export.excerpt import after, before, flat
from sverka.model import (
    Candidate,
    Decision,
    Document,
    ErrorClass,
    Finding,
    Report,
    Reviewed,
    Rule,
    Span,
    TokenKind,
    Verdict,
)
from sverka.text.pages import pages

_CONTEXT = 140
"""Code points of text shown on either side of a finding."""


class State(StrEnum):
    """How far the review of a place has come; named as the desk names it."""

    ACCEPTED = "accepted"
    AMENDED = "amended"
    REJECTED = "rejected"
    DEFERRED = "deferred"
    OPEN = "open"

    @property
    def settled(self) -> bool:
        """Whether an editor has said what the page says."""
        return self not in (State.DEFERRED, State.OPEN)


_STATES = {
    Verdict.ACCEPT: State.ACCEPTED,
    Verdict.AMEND: State.AMENDED,
    Verdict.REJECT: State.REJECTED,
    Verdict.DEFER: State.DEFERRED,
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a row stands, with the words around it on one line and the translation beside it (or nothing).

    ``line``, ``column`` and ``page`` count from 1.
    """

    span: Span
    line: int
    column: int
    page: int
    before: str
    after: str
    translation: str


@dataclass(frozen=True, slots=True)
class Row:
    """One place of a document: what was found there, what was said of it.

    ``confidence`` = P(the original is not what the page says). ``found`` is False where only a decision tells of it.
    """

    id: str
    place: Place
    rule: Rule
    original: str
    message: str
    confidence: float
    candidates: tuple[Candidate, ...]
    state: State
    decision: Decision | None
    found: bool = True

    @property
    def confirmed(self) -> bool:
        """Whether an editor has said that the transcript misreads the page here; the page's own errors are others."""
        said = self.decision
        return said is not None and said.replacement is not None and said.error_class is ErrorClass.OCR


@dataclass(frozen=True, slots=True)
class Progress:
    """How many places there are and how many are in each state."""

    counts: tuple[tuple[State, int], ...]

    @property
    def total(self) -> int:
        """All places."""
        return sum(count for _, count in self.counts)

    @property
    def decided(self) -> int:
        """Places of which an editor has said what the page says."""
        return sum(count for state, count in self.counts if state.settled)

    @property
    def remaining(self) -> int:
        """Places still to decide, those left for later included."""
        return self.total - self.decided

    @property
    def share(self) -> float:
        """The part that is decided, 0 to 1; 1 where there is nothing to decide."""
        return self.decided / self.total if self.total else 1.0


@dataclass(frozen=True, slots=True)
class PageFigures:
    """One page of a document: its number, counted from 1, its words, and how many places there are on it."""

    number: int
    words: int
    total: int

    @property
    def density(self) -> float:
        """Findings in a thousand words."""
        return density(self.total, self.words)


@dataclass(frozen=True, slots=True)
class DocumentFigures:
    """One document of the report. ``words`` counts those of its checked passages."""

    path: str
    words: int
    rows: tuple[Row, ...]
    progress: Progress
    pages: tuple[PageFigures, ...]

    @property
    def density(self) -> float:
        """Findings in a thousand words."""
        return density(self.progress.total, self.words)


@dataclass(frozen=True, slots=True)
class RuleFigures:
    """How often one rule fired, and how often an editor agreed that the transcript misreads the page."""

    rule: Rule
    progress: Progress
    confirmed: int

    @property
    def count(self) -> int:
        """How often it fired."""
        return self.progress.total

    @property
    def decided(self) -> int:
        """How many of its findings are decided."""
        return self.progress.decided


@dataclass(frozen=True, slots=True)
class Series:
    """The same original with the same first candidate, more than once. ``places`` are document index and row index."""

    original: str
    candidate: str
    places: tuple[tuple[int, int], ...]
    decided: int

    @property
    def count(self) -> int:
        """How many places belong to it."""
        return len(self.places)


@dataclass(frozen=True, slots=True)
class Figures:
    """The whole report."""

    documents: tuple[DocumentFigures, ...]
    words: int
    progress: Progress
    rules: tuple[RuleFigures, ...]
    series: tuple[Series, ...]
    editors: tuple[str, ...]
    corrected: int
    """Places at which an editor said that the transcript misreads the page, unprompted ones too."""

    @property
    def rows(self) -> Iterable[Row]:
        """All places, in the order of the documents."""
        return (row for document in self.documents for row in document.rows)

    @property
    def density(self) -> float:
        """Findings in a thousand words."""
        return density(self.progress.total, self.words)

    @property
    def finished(self) -> int:
        """Documents in which nothing is left to decide."""
        return sum(not document.progress.remaining for document in self.documents)


def density(count: int, words: int) -> float:
    """So many in a thousand words; 0 where there are no words."""
    return 1000 * count / words if words else 0.0


def figures(report: Report) -> Figures:
    """Work out what the report says. Documents keep their order; rules and series come with the most frequent first."""
    documents = tuple(_document(reviewed) for reviewed in report.documents)
    rows = [row for document in documents for row in document.rows]
    return Figures(
        documents=documents,
        words=sum(document.words for document in documents),
        progress=_progress(rows),
        rules=_rules(rows),
        series=_series(documents),
        editors=tuple(sorted({row.decision.by for row in rows if row.decision and row.decision.by})),
        corrected=sum(row.confirmed for row in rows),
    )


def _document(reviewed: Reviewed) -> DocumentFigures:
    checked = reviewed.checked
    parted = pages(checked.document)
    decisions = {decision.anchor.span: decision for decision in reviewed.decisions}
    found = {finding.span for finding in checked.findings}
    rows = [_found(reviewed, parted, finding, decisions.get(finding.span)) for finding in checked.findings]
    rows += [_unprompted(reviewed, parted, said) for span, said in decisions.items() if span not in found]
    ordered = tuple(sorted(rows, key=lambda row: row.place.span))
    words = [token.span.start for token in checked.document.tokens if token.kind is TokenKind.WORD]
    path = checked.document.transcript.path
    return DocumentFigures(path, len(words), ordered, _progress(ordered), _pages(parted, words, ordered))


def _pages(parted: Sequence[Span], words: Iterable[int], rows: Iterable[Row]) -> tuple[PageFigures, ...]:
    of_words = Counter(_page(parted, at) for at in words)
    of_rows = Counter(row.place.page for row in rows)
    return tuple(PageFigures(number, of_words[number], of_rows[number]) for number in range(1, len(parted) + 1))


def _page(parted: Sequence[Span], at: int) -> int:
    return max(1, bisect_right(parted, at, key=lambda span: span.start))


def _found(reviewed: Reviewed, parted: Sequence[Span], finding: Finding, decision: Decision | None) -> Row:
    return Row(
        id=finding.id,
        place=_place(reviewed, parted, finding.span),
        rule=finding.rule,
        original=finding.original,
        message=finding.message,
        confidence=finding.confidence,
        candidates=finding.candidates,
        state=_STATES[decision.verdict] if decision else State.OPEN,
        decision=decision,
    )


def _unprompted(reviewed: Reviewed, parted: Sequence[Span], decision: Decision) -> Row:
    """A decision on a place that is no finding, or no longer."""
    return Row(
        id=decision.event,
        place=_place(reviewed, parted, decision.anchor.span),
        rule=decision.rule,
        original=decision.anchor.exact,
        message="put right by an editor" if decision.rule is Rule.EDITOR else "decided earlier; no longer found",
        confidence=decision.confidence,
        candidates=(),
        state=_STATES[decision.verdict],
        decision=decision,
        found=False,
    )


def _place(reviewed: Reviewed, parted: Sequence[Span], span: Span) -> Place:
    document, bitext = reviewed.checked.document, reviewed.checked.bitext
    line, column = document.transcript.place(span.start)
    passage = _passage(document, span)
    text = passage.of(document.transcript.text)
    return Place(
        span=span,
        line=line,
        column=column,
        page=_page(parted, span.start),
        before=before(text, span.start - passage.start, _CONTEXT),
        after=after(text, span.end - passage.start, _CONTEXT),
        translation=flat(bitext.beside(span)) if bitext else "",
    )


def _passage(document: Document, span: Span) -> Span:
    """The passage that holds ``span``, so that the words around it are words of the document; else the whole text."""
    whole = Span(0, len(document.transcript.text))
    return next((passage.span for passage in document.passages if passage.span.contains(span)), whole)


def _progress(rows: Iterable[Row]) -> Progress:
    counts = Counter(row.state for row in rows)
    return Progress(tuple((state, counts[state]) for state in State))


def _rules(rows: list[Row]) -> tuple[RuleFigures, ...]:
    of_rule: dict[Rule, list[Row]] = defaultdict(list)
    for row in rows:
        of_rule[row.rule].append(row)
    result = [
        RuleFigures(
            rule=rule,
            progress=_progress(fired),
            confirmed=sum(row.confirmed for row in fired),
        )
        for rule, fired in of_rule.items()
    ]
    return tuple(sorted(result, key=lambda figure: (-figure.count, figure.rule)))


def _series(documents: tuple[DocumentFigures, ...]) -> tuple[Series, ...]:
    places: dict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
    for number, document in enumerate(documents):
        for index, row in enumerate(document.rows):
            if row.original and row.candidates:
                places[row.original, row.candidates[0].text].append((number, index))
    result = [
        Series(
            original=original,
            candidate=candidate,
            places=tuple(members),
            decided=sum(documents[number].rows[index].state.settled for number, index in members),
        )
        for (original, candidate), members in places.items()
        if len(members) > 1
    ]
    return tuple(sorted(result, key=lambda series: (-series.count, series.original)))
