"""From probabilities to findings an editor can read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from sverka.correct.casing import Casing
from sverka.correct.engine import Choosing
from sverka.correct.explain import Place, evidence
from sverka.correct.options import Origin
from sverka.correct.ranker import Ranker
from sverka.correct.slots import SlotKind
from sverka.language.errormodel import observed_view
from sverka.language.knowledge import Knowledge
from sverka.model import Candidate, Finding, Rule, Span
from sverka.text.alphabet import fold, like_case

_OFFERED = 6
_LEAST = 0.002
"""A candidate less likely than this is not offered."""
_LEAST_BEST = 0.08
"""Where no candidate is as likely as this, none is offered: what stands there is wrong, but nobody can say how."""
_LEAST_KNOWN = 0.12
"""A word of the lexicon is only doubted where another is as likely as this."""

_MESSAGES = {
    Rule.NONWORD: "not a Russian word",
    Rule.REALWORD: "a word, but unlikely here",
    Rule.MERGE: "two words run together",
    Rule.SPLIT: "one word torn apart",
    Rule.HYPHEN: "one word torn at the line end",
    Rule.NAME: "not a known name or word",
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A place to be shown: slot ``s``, whose rows begin at ``first``, and the rows of its candidates, best first."""

    s: int
    first: int
    rows: tuple[int, ...]


def findings(choosing: Choosing, ranker: Ranker, writer: Writer, floor: float) -> Iterator[Finding]:
    """Every slot whose text is wrong with a probability of ``floor`` or more."""
    shown = _shown(choosing, floor)
    rows = [row for place in shown for row in place.rows]
    options = choosing.choices.option[rows]
    texts = dict(zip(rows, writer.written(choosing, options), strict=True))
    owed = ranker.judges[choosing.kind].gains(choosing.choice, np.array(rows, dtype=np.int64))
    gains: dict[int, list[float]] = dict(zip(rows, owed.tolist(), strict=True))
    for place in shown:
        yield _finding(choosing, place, texts, gains, writer.text)


def _shown(choosing: Choosing, floor: float) -> list[Shown]:
    """The slots to be shown, with no more candidates than are offered."""
    starts = choosing.choice.starts
    ends = np.r_[starts, len(choosing.probability)][1:]
    options, option_of = choosing.options, choosing.choices.option
    known = choosing.stream.known[choosing.slots.first] & choosing.stream.known[choosing.slots.last]
    shown = []
    for s in np.flatnonzero(1 - choosing.probability[starts] >= floor).tolist():
        a, b = int(starts[s]), int(ends[s])
        order = a + 1 + np.argsort(-choosing.probability[a + 1 : b - 1], kind="stable")
        best = float(choosing.probability[order[0]]) if len(order) else 0.0
        if known[s] and best < _LEAST_KNOWN:
            continue
        likely = [r for r in order.tolist() if choosing.probability[r] >= _LEAST] if best >= _LEAST_BEST else []
        if likely:
            # One that takes in a sign which the best does not is left out.
            span = _around(choosing.slots.span(s), options.span(int(option_of[likely[0]])))
            likely = [r for r in likely if span.contains(options.span(int(option_of[r])))][:_OFFERED]
        shown.append(Shown(s, a, tuple(likely)))
    return shown


def _around(slot: Span, option: Span) -> Span:
    """A slot and what an option takes in beside it; a part of a compound is shown with the rest of it."""
    return Span(min(option.start, slot.start), max(option.end, slot.end))


def _finding(
    choosing: Choosing, place: Shown, texts: Mapping[int, str], gains: Mapping[int, list[float]], text: str
) -> Finding:
    slots, options = choosing.slots, choosing.options
    slot = slots.span(place.s)
    option_of = [int(choosing.choices.option[row]) for row in place.rows]
    span = _around(slot, options.span(option_of[0])) if place.rows else slot
    where = Place.of(choosing.stream, int(slots.first[place.s]), int(slots.last[place.s]))
    candidates: dict[str, Candidate] = {}
    for row, option in zip(place.rows, option_of, strict=True):
        own, origin, written = options.span(option), Origin(options.origin[option]), texts[row]
        shown, probability = widened(own, span, written, text), float(choosing.probability[row])
        observed = slots.observed[place.s] if own == slot else observed_view(own.of(text))
        # The lexicon and the gazetteer may have the same word: to an editor that is one candidate.
        if shown in candidates:
            other = candidates[shown]
            candidates[shown] = replace(other, probability=round(other.probability + probability, 4))
            continue
        reasons = evidence(where, observed, fold(written), written, origin, gains[row])
        candidates[shown] = Candidate(shown, round(probability, 4), origin.name.lower(), reasons)
    offered = sorted(candidates.values(), key=lambda candidate: -candidate.probability)
    rule = _rule(choosing, place.s, Origin(options.origin[option_of[0]]) if place.rows else None)
    confidence = round(1 - float(choosing.probability[place.first]), 4)
    return Finding(span, span.of(text), rule, confidence, _MESSAGES[rule], tuple(offered))


@dataclass(frozen=True, slots=True)
class Writer:
    """Puts options down in the case that their place asks for."""

    text: str
    knowledge: Knowledge
    casing: Casing

    def written(self, choosing: Choosing, at: NDArray[np.int64]) -> tuple[str, ...]:
        """What each of these options puts in place of its span."""
        options, slots = choosing.options, choosing.slots
        plain = at[options.text[at] < 0]
        words = self.folded(choosing, plain)
        odds = self.knowledge.capitals.log_odds(options.words[plain, 0])
        originals = [options.span(option).of(self.text) for option in plain.tolist()]
        tokens = slots.first[options.slot[plain]]
        cased, _ = self.casing.cased(tokens.tolist(), odds, originals, words)
        # The second part of a compound begins no sentence.
        inner = options.start[plain] > slots.start[options.slot[plain]]
        texts = {
            option: like_case(word, original) if within else written
            for option, word, original, written, within in zip(
                plain.tolist(), words, originals, cased, inner.tolist(), strict=True
            )
        }
        return tuple(
            texts[option] if option in texts else options.texts[int(options.text[option])] for option in at.tolist()
        )

    def folded(self, choosing: Choosing, at: NDArray[np.int64]) -> list[str]:
        """The words of options, folded; of an option with a text of its own that text."""
        options = choosing.options
        lexicon = self.knowledge.lexicon
        # A name is no word of the lexicon, but has a text.
        first = lexicon.words(np.minimum(options.words[at, 0], len(lexicon) - 1))
        second = lexicon.words(np.maximum(options.words[at, 1], 0))
        return [
            fold(options.texts[own]) if own >= 0 else f"{a} {b}" if two >= 0 else a
            for own, a, b, two in zip(
                options.text[at].tolist(), first, second, options.words[at, 1].tolist(), strict=True
            )
        ]


def widened(own: Span, span: Span, shown: str, text: str) -> str:
    """``shown`` in place of ``own``, with what stands around it in ``span``."""
    return text[span.start : own.start] + shown + text[own.end : span.end]


def _rule(choosing: Choosing, s: int, best: Origin | None) -> Rule:
    if choosing.kind is SlotKind.PAIR:
        return Rule.HYPHEN if choosing.slots.line_end[s] else Rule.SPLIT
    if best is Origin.SPLIT:
        return Rule.MERGE
    if best is Origin.NAME:
        return Rule.NAME
    return Rule.REALWORD if choosing.stream.known[choosing.slots.first[s]] else Rule.NONWORD
