"""What the desk says of a finding and of a decision, in words and signs.

Signs carry the meaning and colour only repeats it, so that nothing is lost on a monochrome terminal.
"""

from __future__ import annotations

from pathlib import PurePath

from sverka.model import Decision, ErrorClass, Rule, Transcript, Verdict
from sverka.text.visible import visible
from sverka.workflow.review import Item, Progress

__all__ = [
    "DELETED",
    "DISPUTED",
    "KEPT",
    "MARKS",
    "OPEN",
    "QUESTIONS",
    "confirmation",
    "mark",
    "name",
    "outcome",
    "proposal",
    "rule",
    "totals",
    "when",
]

OPEN = "·"
"""The mark of a finding that nobody has decided."""

DISPUTED = "≠"
"""The mark of a finding that editors have decided differently."""

MARKS = {Verdict.ACCEPT: "✓", Verdict.AMEND: "✎", Verdict.REJECT: "✗", Verdict.DEFER: "◌"}
"""The mark of each verdict."""

KEPT = "§"
"""The mark of a place where the page itself is wrong, or spells in its own way: noted, and its text kept."""

QUESTIONS = {
    ErrorClass.OCR: "{} →",
    ErrorClass.SOURCE: "the page says {} and means",
    ErrorClass.NORMALISATION: "the page's {} is now spelt",
}
"""What is asked before the editor writes what belongs there."""

DELETED = "∅"
"""What stands for the empty text: delete."""

_SHORT = {Rule.PUNCTUATION: "punct.", Rule.REPETITION: "repeat", Rule.TRANSLATION: "transl."}
_DONE = {
    Verdict.ACCEPT: "accepted",
    Verdict.AMEND: "amended",
    Verdict.REJECT: "rejected",
    Verdict.DEFER: "left for later",
}
_NOTED = {ErrorClass.SOURCE: "noted as an error of the page", ErrorClass.NORMALISATION: "noted as spelling of its day"}


def name(transcript: Transcript) -> str:
    """What to call ``transcript`` in a heading."""
    return visible(PurePath(transcript.path).name or transcript.path)


def mark(item: Item) -> str:
    """The one-cell sign of how far ``item`` is decided."""
    if item.decision:
        return KEPT if item.decision.error_class is not ErrorClass.OCR else MARKS[item.decision.verdict]
    return DISPUTED if item.disputed else OPEN


def rule(which: Rule) -> str:
    """A rule's name in at most eight cells."""
    return _SHORT.get(which, which.value)


def proposal(item: Item) -> str | None:
    """What stands, or may stand, in place of the original: the decided text, else the first candidate.

    None where there is nothing to put there: no candidate, or the transcript was found right.
    """
    decision = item.decision
    if decision and decision.verdict is Verdict.REJECT:
        return None
    if decision and decision.replacement is not None:
        return visible(decision.replacement) or DELETED
    candidates = item.finding.candidates
    return (visible(candidates[0].text) or DELETED) if candidates else None


def outcome(decision: Decision) -> str:
    """A decision in words: ``accepted топорь → теперь``."""
    original = visible(decision.anchor.exact) or "(gap)"
    done = _NOTED.get(decision.error_class) or _DONE[decision.verdict]
    if decision.replacement is None:
        return f"{done} {original}" if decision.verdict is Verdict.REJECT else f"{original} {done}"
    return f"{done} {original} → {visible(decision.replacement) or DELETED}"


def when(decision: Decision) -> str:
    """Who decided, and when: ``anna, 2026-03-01 14:05 UTC``; empty where the ledger does not say."""
    moment = decision.at[:16].replace("T", " ")
    return ", ".join(part for part in (visible(decision.by), f"{moment} UTC" if moment else "") if part)


def confirmation(decision: Decision, similar: int) -> str:
    """What the desk says once ``decision`` is on disk; ``similar`` counts the like findings still undecided."""
    return f"{outcome(decision)} · similar remaining: {similar}" if similar else outcome(decision)


def totals(progress: Progress) -> str:
    """The end of the work, in numbers: ``all 17 decided: 12 accepted · 2 amended · 3 rejected``."""
    parts = (
        f"{progress.accepted} accepted",
        f"{progress.amended} amended",
        f"{progress.rejected} rejected",
    )
    return f"all {progress.total} decided: {' · '.join(parts)}"
