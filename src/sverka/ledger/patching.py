"""Applying a patch to another copy of the text.

Only a hunk whose old text still stands, in its surroundings, is applied, and only where nothing else could be meant.
The rest is given back as a patch, each hunk with its reason, for somebody to look at. A copy may end its lines in
another way than the text the patch was made from: that is no difference, and what is put there has the copy's.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType
from typing import TypeAlias

from sverka.ledger.anchor import Fit, anchor_at, find
from sverka.ledger.edition import Standing, edition
from sverka.ledger.patch import Hunk, Patch
from sverka.model import Anchor, Decision, Edition, ErrorClass, Span, Transcript, Verdict, View
from sverka.text.lines import line_end, with_line_ends

__all__ = ["REASONS", "Applied", "Outcome", "Result", "apply_patch", "beside"]


class Outcome(StrEnum):
    """What became of a hunk."""

    EXACT = "exact"
    """Applied: its text stands in just its surroundings, and nowhere else does."""
    ALIKE = "alike"
    """Applied: its text stands in much the same surroundings, in one place only."""
    KEPT = "kept"
    """Its place is found, and the view keeps what is there: an error of the page itself, or its spelling."""
    CORRECTED = "corrected"
    """What it puts there stands there already."""
    AMBIGUOUS = "ambiguous"
    """Several places could be meant."""
    LOST = "lost"
    """Its text, or its surroundings, are not in this copy."""
    OVERLAPPING = "overlapping"
    """It reaches into the place of a hunk decided earlier, which was applied."""
    CONTRADICTED = "contradicted"
    """Another hunk says something else of the very same place; neither is applied."""
    RECORDED = "recorded"
    """The ledger of this copy says the same already."""
    DECIDED = "decided"
    """The ledger of this copy says something else of the place, or of a part of it."""

    @property
    def rejected(self) -> bool:
        """Whether the hunk remains to be dealt with by somebody."""
        return self in REASONS


_HERE = frozenset({Outcome.EXACT, Outcome.ALIKE, Outcome.KEPT})

REASONS: Mapping[Outcome, str] = MappingProxyType(
    {
        Outcome.AMBIGUOUS: "could stand in several places of this text",
        Outcome.LOST: "is not to be found: this text reads differently there",
        Outcome.OVERLAPPING: "overlaps an earlier correction",
        Outcome.CONTRADICTED: "is contradicted by another correction of the same place",
        Outcome.DECIDED: "was decided otherwise in this text",
    }
)
"""Why a hunk was not applied, to be said after what it is."""


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a hunk; ``decision`` is the same on this copy, None where its place is not found."""

    hunk: Hunk
    outcome: Outcome
    decision: Decision | None = None


@dataclass(frozen=True, slots=True)
class Applied:
    """A copy with a patch applied.

    ``edition`` holds the hunks that change the copy in its view; ``results`` are in the order of the patch; ``rejects``
    is a patch of those that remain to be dealt with, each with its reason.
    """

    edition: Edition
    results: tuple[Result, ...]
    rejects: Patch

    @property
    def decisions(self) -> tuple[Decision, ...]:
        """What the patch says of this copy, in the order of the text: applied, or kept by the view; each once."""
        found = (result for result in self.results if result.outcome in _HERE)
        return tuple(sorted(_distinct_decisions(found), key=lambda decision: decision.anchor.span))


def apply_patch(patch: Patch, transcript: Transcript, view: View = View.DIPLOMATIC) -> Applied:
    """``transcript`` with those hunks of ``patch`` applied that find their place in it and change it in ``view``.

    Of two hunks that overlap, the earlier (``at``, then ``event``) is applied, as in every edition; of two that say
    different things of one place, neither is.
    """
    ending = line_end(transcript.text)
    located = [_located(hunk, transcript.text, ending) for hunk in patch.hunks]
    contradicted = _contradicted(result.decision for result in located if result.decision)
    standing = [r for r in located if r.decision and r.decision.anchor.span not in contradicted]
    whole, _ = edition(transcript, _distinct_decisions(standing), view)
    applied = {_said(decision) for decision in whole.decisions}

    def settled(result: Result) -> Result:
        decision = result.decision
        if decision is None or (decision.changes(view) and _said(decision) in applied):
            return result
        if decision.anchor.span in contradicted:
            return replace(result, outcome=Outcome.CONTRADICTED)
        return replace(result, outcome=Outcome.OVERLAPPING if decision.changes(view) else Outcome.KEPT)

    results = tuple(map(settled, located))
    return Applied(whole, results, _rejects(patch, results))


def beside(applied: Applied, standing: Standing) -> Applied:
    """The same where the copy has a ledger of its own, which says ``standing``.

    What is decided there is not decided again: neither what the ledger says already, nor what it says otherwise of the
    place or a part of it. What was deferred there gives way.
    """
    transcript, view = applied.edition.transcript, applied.edition.view
    answered = [decision for decision in standing.decisions if decision.verdict is not Verdict.DEFER]
    said = set(map(_said, answered))
    taken = [decision.anchor.span for decision in answered]
    taken += (Span(*c.place[1:]) for c in standing.state.conflicts if c.place[0] == transcript.sha256)

    def settled(result: Result) -> Result:
        if result.outcome not in _HERE or result.decision is None:
            return result
        span = result.decision.anchor.span
        if _said(result.decision) in said:
            return replace(result, outcome=Outcome.RECORDED)
        decided = any(span == other or span.overlaps(other) for other in taken)
        return replace(result, outcome=Outcome.DECIDED) if decided else result

    results = tuple(map(settled, applied.results))
    still = _distinct_decisions(result for result in results if result.outcome in _HERE)
    whole, _ = edition(transcript, still, view)
    return Applied(whole, results, _rejects(applied.rejects, results))


def _rejects(patch: Patch, results: Iterable[Result]) -> Patch:
    """What is left of the patch, each hunk with its reason."""
    left = (replace(result.hunk, rejected=result.outcome.value) for result in results if result.outcome.rejected)
    return replace(patch, hunks=tuple(left))


def _located(hunk: Hunk, text: str, ending: str | None) -> Result:
    """Where the hunk belongs in the text, other hunks not looked at: exact, alike, corrected, ambiguous or lost.

    ``ending`` is what ends all lines of the text, None where several things do.
    """
    ended = hunk if ending is None else _ended(hunk, ending)
    result = _sought(ended, text)
    if result.outcome is Outcome.LOST and ended != hunk:
        result = _sought(hunk, text)  # it may be about a line end, or lie within one
    return replace(result, hunk=hunk)


def _sought(hunk: Hunk, text: str) -> Result:
    """The same, line ends taken as they are."""
    found = find(_anchor(hunk, hunk.exact, text), text, hunk.replacement)
    if found.fit in {Fit.CORRECTED, Fit.AMBIGUOUS}:
        return Result(hunk, Outcome(found.fit.value))
    exact = found.span is not None and _same_around(hunk, found.span, text)
    # Corrections nearby may have changed the surroundings as well. Then “1950” is found within “1950 г.”, which was put
    # there for it, and a word that was put right seems lost. A deletion leaves nothing that could be found.
    mended = find(_anchor(hunk, hunk.replacement, text), text).span if hunk.replacement and not exact else None
    if mended is not None and (found.span is None or mended.contains(found.span)):
        return Result(hunk, Outcome.CORRECTED)
    if found.span is None:
        return Result(hunk, Outcome.LOST)
    return Result(hunk, Outcome.EXACT if exact else Outcome.ALIKE, _decision(hunk, anchor_at(text, found.span)))


def _ended(hunk: Hunk, ending: str) -> Hunk:
    """The hunk as it reads where lines end so."""
    texts = (hunk.exact, hunk.prefix, hunk.suffix, hunk.replacement)
    exact, prefix, suffix, replacement = (with_line_ends(text, ending) for text in texts)
    return replace(hunk, exact=exact, prefix=prefix, suffix=suffix, replacement=replacement)


def _anchor(hunk: Hunk, exact: str, text: str) -> Anchor:
    """An anchor of the hunk's context, at the only place where it stands as it is; else it claims no position."""
    around = hunk.prefix + exact + hunk.suffix
    place = text.find(around)
    alone = place >= 0 and text.find(around, place + 1) < 0
    start = place + len(hunk.prefix) if alone else len(text) + 1
    return Anchor(Span(start, start + len(exact)), exact, hunk.prefix, hunk.suffix)


def _same_around(hunk: Hunk, span: Span, text: str) -> bool:
    start = span.start - len(hunk.prefix)
    return start >= 0 and text.startswith(hunk.prefix + hunk.exact + hunk.suffix, start)


def _decision(hunk: Hunk, anchor: Anchor) -> Decision:
    return Decision(
        anchor=anchor,
        verdict=hunk.verdict,
        error_class=hunk.error_class,
        replacement=hunk.replacement,
        rule=hunk.rule,
        confidence=hunk.confidence,
        note=hunk.note,
        event=hunk.event,
        at=hunk.at,
        by=hunk.by,
    )


_Said: TypeAlias = tuple[Span, str | None, ErrorClass]


def _said(decision: Decision) -> _Said:
    """What a decision says of a text, whoever made it."""
    return decision.anchor.span, decision.replacement, decision.error_class


def _contradicted(decisions: Iterable[Decision]) -> frozenset[Span]:
    """Places of which different things are said."""
    said: dict[Span, set[_Said]] = defaultdict(set)
    for decision in decisions:
        said[decision.anchor.span].add(_said(decision))
    return frozenset(span for span, variants in said.items() if len(variants) > 1)


def _distinct_decisions(results: Iterable[Result]) -> list[Decision]:
    """The earliest of those that say the same."""
    decisions = sorted((r.decision for r in results if r.decision), key=lambda decision: (decision.at, decision.event))
    return list({_said(decision): decision for decision in reversed(decisions)}.values())
