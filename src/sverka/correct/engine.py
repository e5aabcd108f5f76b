"""From a document to a decision about every word: options, features, probabilities."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from sverka.correct import features
from sverka.correct.candidates import Candidates
from sverka.correct.features import Alone, Choices
from sverka.correct.options import Options
from sverka.correct.profile import profile, recosted
from sverka.correct.ranker import Choice, Ranker
from sverka.correct.slots import SlotKind, Slots, pair_slots, word_slots
from sverka.correct.stream import Stream, read
from sverka.correct.witnesses import Witnesses
from sverka.language.knowledge import Knowledge
from sverka.language.names import Gazetteer
from sverka.model import Document, Finding

Ints = NDArray[np.int64]

_SETTLED = float(np.log(0.9))
"""Log-probability from which a word by itself is taken to be known."""
_TRUST = 0.6
"""A neighbour that is more likely than this to be another word is read as that word."""


@dataclass(frozen=True, slots=True)
class Choosing:
    """All slots of one kind, their options, and what was found of them.

    ``choice`` has the features by row of ``choices``; ``probability`` is by row too, summing to one within a slot.
    """

    stream: Stream
    slots: Slots
    options: Options
    choices: Choices
    choice: Choice
    probability: NDArray[np.float64]

    @property
    def kind(self) -> SlotKind:
        """What the slots cover."""
        return self.slots.kind

    def errors(self) -> float:
        """How many slots are wrong, by expectation."""
        return float(len(self.slots) - self.probability[self.choice.starts].sum())


class Engine:
    """The candidates and the ranker over one body of knowledge."""

    def __init__(self, knowledge: Knowledge, ranker: Ranker, gazetteer: Gazetteer | None = None) -> None:
        self._knowledge = knowledge
        self._ranker = ranker
        self._gazetteer = gazetteer
        self._candidates = Candidates(knowledge, gazetteer)

    def read(self, document: Document) -> Stream:
        """The document's words as the models know them."""
        return read(document, self._knowledge, self._gazetteer)

    def choosings(
        self, document: Document, stream: Stream, witnesses: Witnesses, evident: Sequence[Finding]
    ) -> tuple[Choosing, Choosing]:
        """Words, then pairs; words are judged twice, the second time among neighbours put right.

        ``evident`` are errors found by other means: a page that has some is likelier to have more.
        """
        text = document.transcript.text
        slots = word_slots(stream, text)
        options = self._candidates.options(stream, slots, text, witnesses)
        choices = features.choices(stream, text, slots, options, self._knowledge, witnesses)
        noise = features.noise_at_sight(stream, slots, options, self._knowledge.ngrams, evident)
        words = self._judged(stream, slots, options, choices, stream.ids, noise)
        ids, noise = self._mended(words), features.noise_of(words.errors(), len(slots))
        offered = words.probability[choices.option >= 0]
        errors = profile(slots, options, offered, self._knowledge.errors, self._knowledge.lexicon)
        options = recosted(options, slots, errors, self._knowledge.lexicon)
        choices = features.with_costs(choices, options)
        words = self._judged(stream, slots, options, choices, ids, noise)
        alone = Alone.of(words.slots, words.choices, words.probability, len(stream.tokens))
        slots = pair_slots(stream, text)
        options = self._candidates.options(stream, slots, text, witnesses, alone.best > _SETTLED)
        options = recosted(options, slots, errors, self._knowledge.lexicon)
        swallows = _swallows(options, slots, words)
        # A pair without a word that it might be is no question at all.
        asked = np.unique(options.slot)
        options = replace(options, slot=np.searchsorted(asked, options.slot))
        slots = slots.take(asked)
        choices = features.choices(stream, text, slots, options, self._knowledge, witnesses, alone, swallows)
        return words, self._judged(stream, slots, options, choices, ids, noise)

    def _judged(
        self, stream: Stream, slots: Slots, options: Options, choices: Choices, ids: Ints, noise: float
    ) -> Choosing:
        context, agreement = features.contexts(choices, slots, ids, self._knowledge)
        matrix = features.complete(choices, context, agreement, noise)
        choice = Choice.of(matrix, choices.option)
        probability = self._ranker.judges[slots.kind].probability(choice)
        return Choosing(stream, slots, options, choices, choice, probability)

    @staticmethod
    def _mended(words: Choosing) -> Ints:
        """The stream with every word that is surely another read as that."""
        rows = words.choices
        sure = np.flatnonzero((rows.option >= 0) & (words.probability > _TRUST) & (rows.count == 1))
        ids = words.stream.ids.copy()
        at = words.stream.position[words.slots.first[rows.slot[sure]]]
        ids[at[at >= 0]] = rows.words[sure, 0][at >= 0]
        return ids


def _swallows(found: Options, pairs: Slots, words: Choosing) -> NDArray[np.bool_]:
    """Which options of pairs one of the two words reaches by itself, and more cheaply."""
    alone = words.options
    result = np.zeros(len(found), dtype=bool)
    if not len(alone):
        return result
    slot_of = np.full(len(words.stream.tokens), -1, dtype=np.int64)
    slot_of[words.slots.first] = np.arange(len(words.slots))
    size = np.int64(1) << np.int64(32)
    keys = alone.slot * size + alone.words[:, 0]
    order = np.argsort(keys, kind="stable")
    keys, costs = keys[order], alone.cost[order]
    for part in (pairs.first, pairs.last):
        wanted = slot_of[part][found.slot] * size + found.words[:, 0]
        at = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
        result |= (keys[at] == wanted) & (costs[at] <= found.cost) & (found.text < 0)
    return result
