"""Where options come from: each source finds those of all slots at once."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from functools import partial
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from sverka.correct.options import Options, Origin, distinct, single, together
from sverka.correct.slots import SlotKind, Slots
from sverka.correct.stream import Stream, compounds_known
from sverka.correct.witnesses import Witnesses
from sverka.language.errormodel import SIGNS, observed_view
from sverka.language.knowledge import Knowledge
from sverka.language.nameforms import NameForm
from sverka.language.names import Gazetteer, recase
from sverka.language.namesearch import NameSearcher
from sverka.language.nametable import Name
from sverka.language.search import Hits, Searcher
from sverka.language.words import LETTERS, encode
from sverka.text.alphabet import fold

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]
Source = Callable[[Stream, Slots, str], Options]
Named = list[tuple[int, float, NameForm]]
"""Slots, costs and the names' forms that may have stood there."""

LOST_SPACE = 6.0
"""-log P(two words read as one), in nats: some 25 a thousand of all misread words are such."""

_NAME_LENGTH = 5
_SMALL_NAME_LENGTH = 7
"""Letters from which a word of small letters may be a name's adjective."""
_NAME_SLOPE = 2.2
_EXPECTED_LIKENESS = 0.5
_LETTERS = frozenset(LETTERS)
_TOUCHING = re.compile(r"[^\w\s]")
_PART = 3
_LONGEST = 30
"""Code points of a string that is looked up, at most."""
_RARE = -13.5
"""Log-probability of a word below which it may well be a misreading of a commoner one."""
_KEPT = 200_000


class _Found:
    """What one search found for each string it was asked for; kept, since words come again."""

    def __init__(self, searcher: Searcher | NameSearcher, slope: float, most: int, keep: int) -> None:
        """A string of n signs is searched up to ``slope * n + 8`` nats, over ``most`` places for ``keep`` words."""
        self._searcher = searcher
        self._slope, self._most, self._keep = slope, most, keep
        self._hits: dict[str, tuple[Ints, Floats]] = {}

    def near(self, queries: Sequence[str]) -> Hits:
        """The hits of every query, by its position among the queries."""
        if len(self._hits) > _KEPT:
            self._hits.clear()
        fresh = [q for q in dict.fromkeys(queries) if q not in self._hits]
        if fresh:
            limits = np.array([8 + self._slope * len(q) for q in fresh], dtype=np.float32)
            hits = self._searcher.near(fresh, limits=limits, most=self._most, keep=self._keep)
            bounds = np.searchsorted(hits.query, np.arange(len(fresh) + 1)).tolist()
            for q, (a, b) in zip(fresh, pairwise(bounds), strict=True):
                self._hits[q] = hits.numbers[a:b], hits.costs[a:b]
        rows = [self._hits[q] for q in queries]
        counts = np.fromiter((len(numbers) for numbers, _ in rows), dtype=np.int64, count=len(rows))
        query = np.repeat(np.arange(len(rows)), counts)
        if not len(query):
            return Hits(query, query, np.zeros(0, dtype=np.float32))
        return Hits(query, np.concatenate([n for n, _ in rows]), np.concatenate([c for _, c in rows]))


class Candidates:
    """Options for the slots of a page."""

    def __init__(self, knowledge: Knowledge, gazetteer: Gazetteer | None = None) -> None:
        self._knowledge = knowledge
        searcher = Searcher(knowledge.lexicon, knowledge.ngrams.unigrams, knowledge.errors)
        self._wide = _Found(searcher, 3.0, most=3500, keep=28)
        self._torn = _Found(searcher, 3.0, most=2000, keep=16)
        self._rare = _Found(searcher, 1.5, most=1000, keep=16)
        self._narrow = _Found(searcher, 0.5, most=400, keep=10)
        self._gazetteer = gazetteer
        self._found_names: _Found | None = None
        self._names: NameSearcher | None = None

    def options(
        self, stream: Stream, slots: Slots, text: str, witnesses: Witnesses, settled: NDArray[np.bool_] | None = None
    ) -> Options:
        """The options of all slots; none reads as its slot does, no two of one slot have the same words.

        Two neighbours of which both are ``settled`` (by token) are
        not looked at closely for one word.
        """
        sources: tuple[Source, ...] = (partial(self._rejoined, settled), self._joined, self._compound)
        if slots.kind is SlotKind.WORD:
            expected = {*witnesses.mentions.anywhere, *(form.name for _, form in stream.names)}
            sources = (self._misread, self._extended, self._split, self._parts, partial(self._named, expected))
        found = together([source(stream, slots, text) for source in sources])
        own = self._knowledge.lexicon.number(list(slots.observed))
        same = (found.words[:, 0] == own[found.slot]) & (found.words[:, 1] < 0) & (found.text < 0)
        # Two neighbours that are a word as they stand are not yet that word.
        return distinct(found.take(~same) if slots.kind is SlotKind.WORD else found)

    # --- Of words -----------------------------------------------------------------------------------------------------

    def _misread(self, stream: Stream, slots: Slots, text: str) -> Options:
        """Words that may be read as what stands there: the farther, the less likely that is to be right itself."""
        known, rare = stream.known[slots.first], self._are_rare(stream, slots.first)
        parts = []
        for asked, found in ((~known, self._wide), (known & rare, self._rare), (known & ~rare, self._narrow)):
            index = self._searchable(slots, asked)
            hits = found.near([slots.observed[i] for i in index.tolist()])
            at = index[hits.query]
            parts.append(single(at, hits.numbers, hits.costs, Origin.LEXICON, slots.start[at], slots.end[at]))
        return together(parts)

    def _are_rare(self, stream: Stream, tokens: Ints) -> NDArray[np.bool_]:
        """Which tokens are words that the lexicon has, but that few texts use."""
        numbers = stream.ids_of(tokens)
        word = stream.known[tokens] & (numbers >= 0) & (numbers < stream.boundary)
        return np.asarray(word & (self._knowledge.ngrams.word(np.maximum(numbers, 0)) < _RARE))

    @staticmethod
    def _searchable(slots: Slots, asked: NDArray[np.bool_]) -> Ints:
        """The slots ``asked`` for, but for those too long to be a word."""
        short = np.array([len(observed) <= _LONGEST for observed in slots.observed], dtype=bool)
        return np.flatnonzero(asked & short)

    def _extended(self, stream: Stream, slots: Slots, text: str) -> Options:
        """The same with a sign that touches the word, which may be a misread letter (``Сталин-`` for ``Сталина``)."""
        parts = []
        for before, after in ((0, 1), (1, 0)):
            for wide, found in ((True, self._wide), (False, self._narrow)):
                index, queries = [], []
                for i, (a, b, t) in enumerate(
                    zip(slots.start.tolist(), slots.end.tolist(), slots.first.tolist(), strict=True)
                ):
                    place = b if after else a - 1
                    if bool(stream.known[t]) is wide or not 0 <= place < len(text):
                        continue
                    if _TOUCHING.match(text, place) and (wide or not _ordinary(text, place)) and b - a < _LONGEST:
                        index.append(i)
                        queries.append(observed_view(text[a - before : b + after]))
                hits = found.near(queries)
                at = np.array(index, dtype=np.int64)[hits.query]
                start, end = slots.start[at] - before, slots.end[at] + after
                parts.append(single(at, hits.numbers, hits.costs, Origin.LEXICON, start, end))
        return together(parts)

    def _split(self, stream: Stream, slots: Slots, text: str) -> Options:
        """Two words of the lexicon that were run together."""
        index = [
            i
            for i in np.flatnonzero(~stream.known[slots.first]).tolist()
            if slots.observed[i].isalpha() and 4 <= len(slots.observed[i]) <= _LONGEST
        ]
        places = [(i, k) for i in index for k in range(1, len(slots.observed[i]))]
        halves = [part for i, k in places for part in (slots.observed[i][:k], slots.observed[i][k:])]
        numbers = self._knowledge.lexicon.number(halves).reshape(-1, 2)
        # A part of one letter must be one of the words that have one letter.
        lone = np.array([len(h) == 1 and h not in _ONE for h in halves], dtype=bool).reshape(-1, 2)
        good = ((numbers >= 0) & ~lone).all(axis=1)
        slot = np.array([i for i, _ in places], dtype=np.int64)[good]
        found = single(slot, numbers[good, 0], np.full(len(slot), LOST_SPACE), Origin.SPLIT, *_place(slots, slot))
        found.words[:, 1] = numbers[good, 1]
        return found

    def _parts(self, stream: Stream, slots: Slots, text: str) -> Options:
        """A compound of which one part is no word, with that part read otherwise."""
        index, queries, starts = [], [], []
        for i in np.flatnonzero(~stream.known[slots.first]).tolist():
            parts = slots.observed[i].split("-")
            if len(parts) != 2 or slots.end[i] - slots.start[i] != len(slots.observed[i]):
                continue
            good = compounds_known([f"{parts[0]}-рад", parts[1]], self._knowledge)
            if good[0] != good[1] and len(parts[good.index(False)]) >= _PART:
                wrong = good.index(False)
                index.append(i)
                queries.append(parts[wrong])
                starts.append(0 if wrong == 0 else len(parts[0]) + 1)
        hits = self._wide.near(queries)
        at = np.array(index, dtype=np.int64)[hits.query]
        start = slots.start[at] + np.array(starts, dtype=np.int64)[hits.query]
        length = np.array([len(q) for q in queries], dtype=np.int64)[hits.query]
        return single(at, hits.numbers, hits.costs, Origin.PART, start, start + length)

    def _named(self, expected: Collection[Name], stream: Stream, slots: Slots, text: str) -> Options:
        """Names, their adjectives and followers, of one word that is like what stands there.

        Farther ones too of the names ``expected``: those that the document has elsewhere, or the translation.
        """
        index = []
        for i in np.flatnonzero(~stream.known[slots.first]).tolist():
            least = _NAME_LENGTH if text[slots.start[i]].isupper() else _SMALL_NAME_LENGTH
            if least <= len(slots.observed[i]) <= _LONGEST and "\n" not in text[slots.start[i] : slots.end[i]]:
                index.append(i)
        slot, cost, texts, names = [], [], [], []
        for i, c, form in (*self._near_names(slots, index), *self._near_expected(slots, index, expected)):
            original = text[slots.start[i] : slots.end[i]]
            # A name of small letters does not turn into one of capitals, nor the other way.
            if form.text[0].islower() or original[0].isupper():
                slot.append(i)
                cost.append(c)
                texts.append(recase(form.text, original))
                names.append(form.name)
        at = np.array(slot, dtype=np.int64)
        unknown = np.full(len(at), stream.unknown, dtype=np.int64)
        found = single(at, unknown, np.array(cost, dtype=np.float32), Origin.NAME, *_place(slots, at))
        return _labelled(found, texts, names)

    def _near_names(self, slots: Slots, index: list[int]) -> Named:
        """What the search among all names finds for the slots at ``index``."""
        if self._gazetteer is None or not index:
            return []
        if self._names is None or self._found_names is None:
            self._names = NameSearcher(self._gazetteer, self._knowledge.errors)
            self._found_names = _Found(self._names, _NAME_SLOPE, most=1500, keep=8)
        hits = self._found_names.near([slots.observed[i] for i in index])
        return [
            (index[q], cost, self._names.form(number))
            for q, number, cost in zip(hits.query.tolist(), hits.numbers.tolist(), hits.costs.tolist(), strict=True)
        ]

    def _near_expected(self, slots: Slots, index: list[int], expected: Collection[Name]) -> Named:
        """The forms of some names that share half their letters with what stands at the slots at ``index``."""
        if self._gazetteer is None or not index or not expected:
            return []
        forms = {
            fold(form.text): form
            for name in sorted(expected, key=lambda name: name.text)
            for form in self._gazetteer.forms_with(name)
            if _LETTERS.issuperset(fold(form.text))
        }
        observed, words = [slots.observed[i] for i in index], list(forms)
        if not words:
            return []
        alike = process.cdist(observed, words, scorer=Levenshtein.normalized_similarity, dtype=np.float32)
        rows, columns = np.nonzero(alike >= _EXPECTED_LIKENESS)
        asked = [observed[r] for r in rows.tolist()], [words[c] for c in columns.tolist()]
        costs = self._knowledge.errors.costs(asked[0], *encode(asked[1]))
        return [
            (index[r], cost, forms[words[c]])
            for r, c, cost in zip(rows.tolist(), columns.tolist(), costs.tolist(), strict=True)
        ]

    # --- Of pairs -----------------------------------------------------------------------------------------------------

    def _rejoined(self, settled: NDArray[np.bool_] | None, stream: Stream, slots: Slots, text: str) -> Options:
        """Words that may be read as two neighbours are: far ones too where those are no words themselves."""
        first, last = stream.known[slots.first], stream.known[slots.last]
        rare = self._are_rare(stream, slots.first) | self._are_rare(stream, slots.last)
        parts = []
        torn = ~first | ~last
        if settled is not None:
            torn &= ~(settled[slots.first] & settled[slots.last])
        for asked, found in ((torn, self._torn), (first & last & (rare | slots.line_end), self._rare)):
            index = self._searchable(slots, asked)
            hits = found.near([slots.observed[i] for i in index.tolist()])
            at = index[hits.query]
            # The line end itself is not in what is observed.
            cost = hits.costs + slots.line_end[at] * self._knowledge.errors.added[_SPACE]
            parts.append(single(at, hits.numbers, cost, Origin.REJOIN, *_place(slots, at)))
        return together(parts)

    def _joined(self, stream: Stream, slots: Slots, text: str) -> Options:
        """Neighbours that together are a word, letter for letter."""
        words = [
            stream.readings[a] + stream.readings[b]
            for a, b in zip(slots.first.tolist(), slots.last.tolist(), strict=True)
        ]
        numbers = self._knowledge.lexicon.number(words)
        at = np.flatnonzero(numbers >= 0)
        signs = np.array([len(slots.observed[i]) - len(words[i]) for i in at.tolist()], dtype=np.float32)
        cost = self._knowledge.errors.added[_SPACE] * (signs + slots.line_end[at])
        return single(at, numbers[at], cost, Origin.JOIN, *_place(slots, at))

    def _compound(self, stream: Stream, slots: Slots, text: str) -> Options:
        """Neighbours that were one word with a hyphen: ``англо американских``."""
        index = []
        for i, (a, b) in enumerate(zip(slots.first.tolist(), slots.last.tolist(), strict=True)):
            one, two = stream.readings[a], stream.readings[b]
            if one.isalpha() and two.isalpha() and ((one.endswith("о") and len(one) > _PART) or two in _PARTICLES):
                index.append(i)
        words = [
            f"{stream.readings[a]}-{stream.readings[b]}"
            for a, b in zip(slots.first[index].tolist(), slots.last[index].tolist(), strict=True)
        ]
        numbers = self._knowledge.lexicon.number(words)
        good = (numbers >= 0) | np.array(compounds_known(words, self._knowledge), dtype=bool)
        at = np.array(index, dtype=np.int64)[good]
        numbers = numbers[good]
        # To the language model a compound that it does not know is its last part.
        last = stream.ids_of(slots.last[at])
        cost = np.full(len(at), self._knowledge.errors.read[_SPACE, LETTERS.index("-")])
        found = single(at, np.where(numbers >= 0, numbers, last), cost, Origin.COMPOUND, *_place(slots, at))
        texts = [
            f"{stream.tokens[a].text}-{stream.tokens[b].text}"
            for a, b in zip(slots.first[at].tolist(), slots.last[at].tolist(), strict=True)
        ]
        return _labelled(found, texts, [])


def _ordinary(text: str, place: int) -> bool:
    """Whether nothing is suspected of the sign at ``place`` beside a good word."""
    if text[place] == ".":
        # A point ends a sentence, which another begins.
        return not text[place + 1 : place + 2].isspace() or not text[place + 2 : place + 3].islower()
    return text[place] == ","


_NONE: Ints = np.zeros(0, dtype=np.int64)
_ONE = frozenset("аивксоуяжб")
_PARTICLES = frozenset({"то", "либо", "нибудь", "таки", "ка"})
_SPACE = SIGNS.index(" ")


def _place(slots: Slots, at: Ints) -> tuple[Ints, Ints]:
    return slots.start[at], slots.end[at]


def _labelled(options: Options, texts: list[str], names: list[Name]) -> Options:
    """The options with their own texts and names, in their order."""
    numbers = np.arange(len(options))
    return Options(
        options.slot,
        options.words,
        options.cost,
        options.origin,
        options.start,
        options.end,
        numbers if texts else options.text,
        numbers if names else options.name,
        tuple(texts),
        tuple(names),
    )
