"""An editor who never errs, and the project in which the decisions are kept.

Of what a check shows the editor accepts a candidate that is what the page says, says what the page says where no
candidate does, and rejects what is right; then puts right, unprompted, what was not found. Nothing is said of what the
page itself has wrong, nor of a gap whose text nobody knows.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bench.gold import Page, Row, core, put
from sverka.config import CONFIG_NAME, Project, find_project, ledger_path
from sverka.language.errormodel import ErrorModel
from sverka.language.learned import Learned
from sverka.ledger import Event, Ledger, Writer, anchor_at
from sverka.model import Decision, ErrorClass, Finding, Offer, Rule, Span, Transcript, Verdict
from sverka.workflow.learning import learn
from sverka.workflow.ledgers import ledgers

_START = datetime(2026, 1, 1, tzinfo=UTC)
_DIGITS = 4


def decisions(page: Page, found: Sequence[Finding]) -> tuple[Decision, ...]:
    """What the editor says of the findings, and of what was not found, in the order of the text."""
    said: list[Decision] = []
    settled: set[Row] = set()
    for finding in found:
        rows = [row for row in page.rows if _touches(row.span, finding.span)]
        if not rows:
            said.append(_answer(page, finding, Verdict.REJECT, None))
        elif not settled.intersection(rows) and all(_covered(row.span, finding.span, page.text) for row in rows):
            truth = _truth(page, finding.span, rows)
            if truth != finding.original:
                offered = next((c.text for c in finding.candidates if core(c.text) == core(truth)), None)
                verdict = Verdict.AMEND if offered is None else Verdict.ACCEPT
                said.append(_answer(page, finding, verdict, truth if offered is None else offered))
                settled.update(rows)
    for row in page.rows:
        known = row.truth != row.span.of(page.text)
        if known and row not in settled and not any(_touches(row.span, d.anchor.span) for d in said):
            said.append(_unprompted(page, row))
    return tuple(sorted(said, key=lambda decision: decision.anchor.span))


def _touches(row: Span, span: Span) -> bool:
    gap = len(row) == 0 and span.start <= row.start <= span.end
    return gap or row.overlaps(span)


def _covered(row: Span, span: Span, text: str) -> bool:
    """Whether nothing but signs and spaces of what is wrong lies outside the finding."""
    outside = text[row.start : span.start] + text[span.end : row.end]
    return not any(c.isalnum() for c in outside)


def _truth(page: Page, span: Span, rows: Sequence[Row]) -> str:
    """What the page says where the finding stands."""
    start = min(span.start, *(row.span.start for row in rows))
    end = max(span.end, *(row.span.end for row in rows))
    return put(page.text[start:end], ((row.span, row.truth) for row in rows), start).strip()


def _answer(page: Page, finding: Finding, verdict: Verdict, replacement: str | None) -> Decision:
    return Decision(
        anchor_at(page.text, finding.span),
        verdict,
        ErrorClass.OCR,
        replacement,
        finding.rule,
        round(finding.confidence, _DIGITS),
        tuple(Offer(c.text, round(c.probability, _DIGITS)) for c in finding.candidates),
    )


def _unprompted(page: Page, row: Row) -> Decision:
    return Decision(anchor_at(page.text, row.span), Verdict.AMEND, ErrorClass.OCR, row.truth, Rule.EDITOR, 0.0)


Decided = Sequence[tuple[Page, Sequence[Decision]]]
"""Pages with the decisions on them, in the order in which they were made."""


def taught(decided: Decided, most: int, model: ErrorModel) -> Learned:
    """What ``sverka learn`` makes of the ledgers with the first decisions, ``most`` of them at the most."""
    with _project() as project:
        left = most
        for number, (page, said) in enumerate(decided):
            if said[:left]:
                _record(project, page, said[:left], _START + timedelta(hours=number))
            left = max(0, left - len(said))
        assert project.root is not None
        return learn(project, ledgers(project, project.root), Learned(), model).learned


@contextmanager
def _project() -> Iterator[Project]:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "transcripts").mkdir()
        (root / "corrections").mkdir()
        (root / CONFIG_NAME).touch()
        yield find_project(root)


def _record(project: Project, page: Page, said: Sequence[Decision], start: datetime) -> None:
    """Write the decisions into the ledger of the page, one a second."""
    assert project.root is not None
    digest = Transcript(page.name, page.text).sha256
    events: list[Event] = []
    for second, decision in enumerate(said):
        heads = tuple(event.id for event in events[-1:])
        writer = Writer(heads, at=start + timedelta(seconds=second), by="An Editor")
        events.append(writer.decide(digest, decision))
    Ledger(ledger_path(project, project.root / "transcripts" / page.name)).append(events)
