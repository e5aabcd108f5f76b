"""From a document to a decision about every word: options, features, probabilities."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sverka.correct import features
from sverka.correct.candidates import Candidates
from sverka.correct.features import Choices
from sverka.correct.mentions import Mentions
from sverka.correct.ranker import Ranker, softmax
from sverka.correct.slots import Option, Slot, SlotKind, pair_slots, word_slots
from sverka.correct.stream import Stream, read
from sverka.language.knowledge import Knowledge
from sverka.language.names import Gazetteer
from sverka.model import Document, Finding

_TRUST = 0.6
"""A neighbour that is more likely than this to be another word is read as that word."""


@dataclass(frozen=True, slots=True)
class Choosing:
    """All slots of one kind, their options, and what was found of them.

    ``features`` are by row of ``choices``; ``probability`` likewise, summing to one within a slot.
    """

    kind: SlotKind
    stream: Stream
    slots: tuple[Slot, ...]
    options: tuple[tuple[Option, ...], ...]
    choices: Choices
    features: NDArray[np.float32]
    probability: NDArray[np.float64]

    def best(self) -> dict[int, tuple[Option, float]]:
        """For each slot (by its position) the likeliest option and its probability."""
        result: dict[int, tuple[Option, float]] = {}
        for s, k, p in zip(
            self.choices.slot.tolist(), self.choices.option.tolist(), self.probability.tolist(), strict=True
        ):
            if k >= 0 and p > result.get(s, (None, 0.0))[1]:
                result[s] = (self.options[s][k], p)
        return result


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
        self, document: Document, stream: Stream, mentions: Mentions, evident: Sequence[Finding]
    ) -> tuple[Choosing, Choosing]:
        """Words, then pairs; words are judged twice, the second time among neighbours put right.

        ``evident`` are errors found by other means: a page that has some is likelier to have more.
        """
        slots = word_slots(stream)
        options = self._candidates.options(stream, slots, document.transcript.text)
        noise = features.noise_of(stream, slots, options, self._knowledge.ngrams, evident)
        words = self._choose(SlotKind.WORD, slots, options, stream, noise, stream.ids, mentions)
        ids = self._mended(words)
        words = self._again(words, ids)
        slots = pair_slots(stream, document.transcript.text)
        options = self._candidates.options(stream, slots, document.transcript.text)
        alone = {slot.first: offered for slot, offered in zip(words.slots, words.options, strict=True)}
        options = [
            _not_of_one(found, (*alone[slot.first], *alone[slot.last]))
            for slot, found in zip(slots, options, strict=True)
        ]
        # A pair without a word that it might be is no question at all.
        asked = [i for i, found in enumerate(options) if found]
        slots, options = tuple(slots[i] for i in asked), [options[i] for i in asked]
        return words, self._choose(SlotKind.PAIR, slots, options, stream, noise, ids, mentions)

    def _choose(
        self,
        kind: SlotKind,
        slots: tuple[Slot, ...],
        options: list[list[Option]],
        stream: Stream,
        noise: float,
        ids: NDArray[np.int64],
        mentions: Mentions,
    ) -> Choosing:
        choices = features.choices(stream, slots, options, self._knowledge, noise, mentions)
        blank = Choosing(kind, stream, slots, tuple(map(tuple, options)), choices, choices.fixed, np.zeros(0))
        return self._again(blank, ids)

    def _again(self, choosing: Choosing, ids: NDArray[np.int64]) -> Choosing:
        rows = choosing.choices
        context = features.contexts(rows, choosing.slots, choosing.stream, ids, self._knowledge.ngrams)
        matrix = features.with_context(rows, context)
        probability = softmax(matrix @ self._ranker.weights[choosing.kind], choosing.choices.slot)
        return Choosing(
            choosing.kind, choosing.stream, choosing.slots, choosing.options, choosing.choices, matrix, probability
        )

    @staticmethod
    def _mended(words: Choosing) -> NDArray[np.int64]:
        """The stream with every word that is surely another read as that."""
        ids = words.stream.ids.copy()
        for s, (option, probability) in words.best().items():
            if probability > _TRUST and len(option.numbers) == 1:
                ids[words.stream.position[words.slots[s].first]] = option.numbers[0]
        return ids


def _not_of_one(found: list[Option], alone: tuple[Option, ...]) -> list[Option]:
    """The options of a pair but for words that one of its parts reaches ``alone``: they would swallow the other."""
    cost = {option.words: option.cost for option in alone}
    return [option for option in found if option.cost < cost.get(option.words, float("inf"))]
