"""Where options come from: each source a small generator, each option knowing its source."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import numpy as np

from sverka.correct.slots import Option, Slot, SlotKind
from sverka.correct.stream import Stream
from sverka.language.errormodel import SIGNS, observed_view
from sverka.language.knowledge import Knowledge
from sverka.language.nameforms import NameForm
from sverka.language.names import Gazetteer, recase
from sverka.language.search import Searcher
from sverka.language.words import LETTERS
from sverka.model import Span
from sverka.text.alphabet import fold, like_case

LOST_SPACE = 6.0
"""-log P(two words read as one), in nats: some 25 a thousand of all misread words are such."""

_SURE = 10.0
"""Nats that a word of the lexicon may be away from another to be thought of as its misreading."""
_NAME_LENGTH = 5
_NAME_LIKENESS = 0.6
_TOUCHING = re.compile(r"[^\w\s]")
_CACHE = 50_000


class Candidates:
    """Options for the slots of a page; what was found for a string once is kept."""

    def __init__(self, knowledge: Knowledge, gazetteer: Gazetteer | None = None) -> None:
        self._knowledge = knowledge
        self._gazetteer = gazetteer
        self._names: dict[str, tuple[tuple[NameForm, float], ...]] = {}
        self._searcher = Searcher(knowledge.lexicon, knowledge.ngrams.unigrams, knowledge.errors)
        self._found: dict[tuple[str, bool], tuple[tuple[str, int, float], ...]] = {}

    def options(self, stream: Stream, slots: Sequence[Slot], text: str) -> list[list[Option]]:
        """The options of each slot, its own reading not among them; no two of one slot with the same words."""
        wide = [slot.kind is SlotKind.PAIR or not stream.known[slot.first] for slot in slots]
        reach = {i: tuple(_extended(stream, slot, text)) for i, slot in enumerate(slots) if wide[i]}
        queries = {
            (slot.observed, w) for slot, w in zip(slots, wide, strict=True) if w is False or _fuzzy(stream, slot)
        }
        queries |= {(observed_view(span.of(text)), True) for spans in reach.values() for span in spans}
        self._search(queries)
        splits = self._splits(stream, [slot for slot, w in zip(slots, wide, strict=True) if w])
        joins = self._joins(stream, [slot for slot in slots if slot.kind is SlotKind.PAIR])
        result = []
        for i, slot in enumerate(slots):
            options = [*joins.get(slot, ()), *self._near(slot, slot.span, wide[i], text)]
            for span in reach.get(i, ()):
                options += self._near(slot, span, True, text)
            options += splits.get(slot, ())
            if wide[i] and slot.kind is SlotKind.WORD:
                options += self._named(slot, text)
            result.append(_distinct(options, slot))
        return result

    def _search(self, queries: set[tuple[str, bool]]) -> None:
        if len(self._found) > _CACHE:
            self._found.clear()
        for wide in (False, True):
            fresh = sorted(q for q, w in queries if w is wide and (q, w) not in self._found)
            if not fresh:
                continue
            if wide:
                limits = np.array([8 + 3 * len(q) for q in fresh], dtype=np.float32)
                hits = self._searcher.near(fresh, limits=limits, beam=80, keep=16)
            else:
                limits = np.full(len(fresh), _SURE, dtype=np.float32)
                hits = self._searcher.near(fresh, limits=limits, beam=30, keep=10)
            found: list[list[tuple[str, int, float]]] = [[] for _ in fresh]
            for query, word, number, cost in zip(
                hits.query.tolist(), hits.words, hits.numbers.tolist(), hits.costs.tolist(), strict=True
            ):
                found[query].append((word, number, cost))
            for query, rows in zip(fresh, found, strict=True):
                self._found[query, wide] = tuple(rows)

    def _near(self, slot: Slot, span: Span, wide: bool, text: str) -> Iterator[Option]:
        """Words of the lexicon that may be read as what stands in ``span``."""
        original = span.of(text)
        observed = slot.observed if span == slot.span else observed_view(original)
        origin = "lexicon" if slot.kind is SlotKind.WORD else "rejoin"
        for word, number, cost in self._found.get((observed, wide), ()):
            if word != observed:
                yield Option(like_case(word, original), (word,), (number,), cost, origin, span)

    def _named(self, slot: Slot, text: str) -> Iterator[Option]:
        """Names, their adjectives and followers, of one word that is like what stands there."""
        original = slot.span.of(text)
        if self._gazetteer is None or len(slot.observed) < _NAME_LENGTH or "\n" in original:
            return
        near = self._names.get(original)
        if near is None:
            near = self._names[original] = self._gazetteer.near(original, cutoff=_NAME_LIKENESS, limit=12)
        for form, _ in near:
            word = fold(form.text)
            if " " in word or not all(c in LETTERS for c in word):
                continue
            # A name of small letters does not turn into one of capitals, nor the other way.
            if form.text[0].islower() or original[0].isupper():
                cost = self._knowledge.errors.cost(slot.observed, word)
                yield Option(recase(form.text, original), (word,), (-1,), cost, "name", slot.span, form.name)

    def _splits(self, stream: Stream, slots: Sequence[Slot]) -> dict[Slot, list[Option]]:
        """Two words of the lexicon that were run together."""
        places: list[tuple[Slot, str, str]] = []
        for slot in slots:
            if slot.kind is SlotKind.WORD and slot.observed.isalpha() and len(slot.observed) >= 4:
                places += ((slot, slot.observed[:k], slot.observed[k:]) for k in range(1, len(slot.observed)))
        numbers = self._knowledge.lexicon.number([p for _, a, b in places for p in (a, b)]).tolist()
        found: dict[Slot, list[Option]] = {}
        for (slot, one, two), a, b in zip(places, numbers[::2], numbers[1::2], strict=True):
            # A part of one letter must be one of the words that have one letter.
            if a < 0 or b < 0 or (len(one) == 1 and one not in _ONE) or (len(two) == 1 and two not in _ONE):
                continue
            original = stream.tokens[slot.first].text
            shown = original[: len(one)] + " " + original[len(one) :]
            found.setdefault(slot, []).append(Option(shown, (one, two), (a, b), LOST_SPACE, "split", slot.span))
        return found

    def _joins(self, stream: Stream, slots: Sequence[Slot]) -> dict[Slot, list[Option]]:
        """Neighbours that together are a word, letter for letter."""
        words = [stream.readings[slot.first] + stream.readings[slot.last] for slot in slots]
        found: dict[Slot, list[Option]] = {}
        space = float(self._knowledge.errors.added[_SPACE])
        for slot, word, number in zip(slots, words, self._knowledge.lexicon.number(words).tolist(), strict=True):
            if number >= 0:
                one, two = stream.tokens[slot.first].text, stream.tokens[slot.last].text
                found[slot] = [Option(one + two, (word,), (number,), space, "join", slot.span)]
        return found


_ONE = frozenset("аивксоуяжб")
_SPACE = SIGNS.index(" ")


def _fuzzy(stream: Stream, slot: Slot) -> bool:
    """Whether a slot is worth an approximate search: pairs of good words are not."""
    return slot.kind is SlotKind.WORD or not (stream.known[slot.first] and stream.known[slot.last])


def _extended(stream: Stream, slot: Slot, text: str) -> Iterator[Span]:
    """The slot's span with a sign that touches it, which may be a misread letter (``Сталин-`` for ``Сталина``)."""
    if slot.kind is SlotKind.PAIR:
        return
    start, end = slot.span.start, slot.span.end
    if end < len(text) and _TOUCHING.match(text, end):
        yield Span(start, end + 1)
    if start and _TOUCHING.match(text, start - 1):
        yield Span(start - 1, end)


def _distinct(options: Sequence[Option], slot: Slot) -> list[Option]:
    """Of options with the same words the cheapest; none that reads as the slot does."""
    best: dict[tuple[str, ...], Option] = {}
    own = tuple(fold(slot.observed).split())
    for option in options:
        if option.words == own:
            continue
        held = best.get(option.words)
        if held is None or option.cost < held.cost:
            best[option.words] = option
    return sorted(best.values(), key=lambda o: o.cost)
