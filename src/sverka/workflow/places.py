"""The places of a transcript that are to be decided or were: what is found there now, and what the ledger remembers."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from itertools import count

from sverka.ledger import Standing
from sverka.model import Candidate, Checked, Decision, Finding, Span, Transcript
from sverka.text.context import finding_id

__all__ = ["Place", "places"]


@dataclass(frozen=True, slots=True)
class Place:
    """A finding and the decision in force on it, if there is one; ``disputed`` are those that contradict each other."""

    finding: Finding
    decision: Decision | None
    disputed: tuple[Decision, ...] = ()


def places(checked: Checked, standing: Standing) -> tuple[Place, ...]:
    """Every finding, and every decided or disputed place where nothing is found now, in the order of the text.

    No two have the same id.
    """
    transcript = checked.document.transcript
    decisions = {decision.anchor.span: decision for decision in standing.decisions}
    disputes = {
        Span(start, end): conflict.decisions
        for conflict in standing.state.conflicts
        for digest, start, end in (conflict.place,)
        if digest == transcript.sha256
    }
    findings = list(checked.findings)
    known, ids = {finding.span for finding in findings}, {finding.id for finding in findings}
    for span, (first, *_) in ({s: (d,) for s, d in decisions.items()} | disputes).items():
        if span not in known:
            findings.append(_remembered(transcript, span, first, ids))
            ids.add(findings[-1].id)
    findings.sort(key=lambda finding: finding.span)
    return tuple(Place(f, decisions.get(f.span), disputes.get(f.span, ())) for f in findings)


def _remembered(transcript: Transcript, span: Span, decision: Decision, taken: Container[str]) -> Finding:
    """A finding for a place that was decided and is not found any more, with what was offered then."""
    stem = finding_id(transcript.text, span)
    numbered = (stem if number == 1 else f"{stem}-{number}" for number in count(1))
    return Finding(
        span=span,
        original=span.of(transcript.text),
        rule=decision.rule,
        confidence=decision.confidence,
        message="decided earlier; nothing is found here now",
        candidates=tuple(Candidate(offer.text, offer.probability, "ledger") for offer in decision.offered),
        id=next(identifier for identifier in numbered if identifier not in taken),
    )
