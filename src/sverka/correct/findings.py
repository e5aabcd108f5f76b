"""From probabilities to findings an editor can read."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from sverka.correct.engine import Choosing
from sverka.correct.explain import evidence
from sverka.correct.features import STANDS
from sverka.correct.ranker import Ranker
from sverka.correct.slots import Option, Slot, SlotKind
from sverka.model import Candidate, Finding, Rule, Span

_OFFERED = 6
_LEAST = 0.001
"""A candidate less likely than this is not offered."""

_MESSAGES = {
    Rule.NONWORD: "not a Russian word",
    Rule.REALWORD: "a word, but unlikely here",
    Rule.MERGE: "two words run together",
    Rule.SPLIT: "one word torn apart",
    Rule.HYPHEN: "one word torn at the line end",
    Rule.NAME: "not a known name or word",
}


def findings(choosing: Choosing, ranker: Ranker, text: str, floor: float) -> Iterator[Finding]:
    """Every slot whose text is wrong with a probability of ``floor`` or more."""
    weights = ranker.weights[choosing.kind]
    rows = choosing.choices
    starts = np.flatnonzero(rows.option == STANDS)
    ends = np.r_[starts, len(rows.slot)][1:]
    for s, (a, b) in enumerate(zip(starts.tolist(), ends.tolist(), strict=True)):
        confidence = 1 - float(choosing.probability[a])
        if confidence < floor:
            continue
        slot = choosing.slots[s]
        order = a + 1 + np.argsort(-choosing.probability[a + 1 : b])
        offered = []
        for r in order.tolist():
            k = int(rows.option[r])
            probability = float(choosing.probability[r])
            if k < 0 or probability < _LEAST:
                continue
            gain = (choosing.features[r] - choosing.features[a]) * weights
            offered.append((choosing.options[s][k], probability, gain))
        span = offered[0][0].span if offered else slot.span
        # An option for the word alone leaves the sign beside it standing; one that takes in another sign is left out.
        candidates = tuple(
            Candidate(
                _widened(option, span, text),
                round(probability, 4),
                option.origin,
                evidence(option, slot, choosing.stream, gain, text),
            )
            for option, probability, gain in offered
            if span.contains(option.span)
        )[:_OFFERED]
        rule = _rule(slot, offered[0][0] if offered else None, choosing)
        yield Finding(span, span.of(text), rule, round(confidence, 4), _MESSAGES[rule], candidates)


def _widened(option: Option, span: Span, text: str) -> str:
    before = text[span.start : option.span.start]
    after = text[option.span.end : span.end]
    return before + option.text + after


def _rule(slot: Slot, best: Option | None, choosing: Choosing) -> Rule:
    if slot.kind is SlotKind.PAIR:
        return Rule.HYPHEN if slot.line_end else Rule.SPLIT
    if best is not None and best.origin == "split":
        return Rule.MERGE
    if best is not None and best.origin == "name":
        return Rule.NAME
    return Rule.REALWORD if choosing.stream.known[slot.first] else Rule.NONWORD
