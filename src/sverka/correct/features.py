"""What speaks for each option, as numbers.

Every slot is a choice among: the text as it stands, each option, and "something else" that no source came upon. A
feature is named for what it measures; the ranker's weights and the evidence shown to the editor go by the same names.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from sverka.correct.mentions import Mentions
from sverka.correct.slots import Option, Slot, SlotKind
from sverka.correct.stream import Stream
from sverka.language.errormodel import SIGNS
from sverka.language.knowledge import Knowledge
from sverka.language.ngram import NgramModel
from sverka.language.words import LETTERS
from sverka.model import Finding
from sverka.text.alphabet import LATIN

Ints = NDArray[np.int64]
Matrix = NDArray[np.float32]

FEATURES = (
    # What is the same for every choice: how well it explains the signs, the neighbours, and how common it is. Words of
    # the lexicon have weights of their own, since a good word needs better reasons to be doubted.
    "channel",
    "channel_known",
    "context",
    "context_clear",
    "rarity",
    "rarity_known",
    # Of an option.
    "candidate_split",
    "candidate_join",
    "candidate_rejoin",
    "candidate_extends",
    "candidate_capital",
    "candidate_from_known",
    "candidate_inflection",
    "candidate_longer",
    "candidate_name",
    "candidate_mentioned",
    # Of the text as it stands.
    "stands",
    "stands_known",
    "stands_length",
    "stands_shape",
    "stands_context",
    "stands_short",
    "stands_lower",
    "stands_capital",
    "stands_upper",
    "stands_signs",
    "stands_latin",
    "stands_repeated",
    "stands_noise",
    "stands_noise_known",
    "stands_clean",
    "stands_clean_known",
    # Of something else.
    "other",
    "other_unknown",
    "other_length",
    "other_shape",
    "other_noise",
    # Of a pair.
    "pair_line_end",
    "pair_unknown_parts",
)
_INDEX = {name: i for i, name in enumerate(FEATURES)}

STANDS = -1
OTHER = -2


@dataclass(frozen=True, slots=True)
class Choices:
    """The choices of many slots, flattened: row ``r`` belongs to slot ``slot[r]``.

    ``option[r]`` is the option's position among its slot's, STANDS for the text as it stands, OTHER for something else.
    ``fixed`` holds the features that do not depend on the neighbours. ``words`` are the lexicon numbers of each row's
    words, -1 beyond them; ``count`` how many there are. ``clear[s]`` tells that the words around slot ``s`` are known.
    """

    slot: Ints
    option: Ints
    fixed: Matrix
    words: Ints
    count: Ints
    clear: NDArray[np.bool_]


_SUSPICIOUS_COST = 13.0
_SUSPICIOUS_RARITY = -15.0


def noise_of(
    stream: Stream,
    slots: Sequence[Slot],
    options: Sequence[Sequence[Option]],
    model: NgramModel,
    evident: Sequence[Finding],
) -> float:
    """How bad a page is: log-odds that a word of it is a misreading, by a rough count, beside 1 in 50.

    Counted are the errors already ``evident`` by other means, as far as they are sure, and unknown words that are a
    short way from a fairly common one; the count is drawn towards none on a short page.
    """
    if not slots:
        return 0.0
    suspicious = sum(finding.confidence for finding in evident)
    told = [finding.span for finding in evident]
    for slot, offered in zip(slots, options, strict=True):
        if not stream.known[slot.first] and not any(slot.span.overlaps(span) for span in told):
            near = [o.numbers[0] for o in offered if o.cost < _SUSPICIOUS_COST and o.numbers[0] >= 0]
            suspicious += bool(near) and bool(model.word(np.array(near)).max() > _SUSPICIOUS_RARITY)
    share = (suspicious + 0.5) / (len(slots) + 60)
    return float(np.log(share / (1 - share)) + np.log(49))


def choices(
    stream: Stream,
    slots: Sequence[Slot],
    options: Sequence[Sequence[Option]],
    knowledge: Knowledge,
    noise: float,
    mentions: Mentions,
) -> Choices:
    """All choices of all slots with their features, context apart."""
    sizes = np.array([len(offered) + 2 for offered in options], dtype=np.int64)
    starts = np.cumsum(sizes) - sizes
    total = int(sizes.sum())
    slot_of = np.repeat(np.arange(len(slots)), sizes)
    option_of = np.arange(total) - starts[slot_of] - 1
    stands, other = starts, starts + sizes - 1
    option_of[other] = OTHER
    offered = option_of >= 0
    flat = list(chain.from_iterable(options))

    words, count = _words(flat, slots, stream, offered, stands)
    matrix = np.zeros((total, len(FEATURES)), dtype=np.float32)
    of_slot = _slot_features(slots, stream, knowledge, noise)
    _put(matrix, stands, of_slot.stands)
    _put(matrix, other, of_slot.other)
    if flat:
        _put(matrix, np.flatnonzero(offered), _option_features(flat, slots, slot_of[offered], stream, mentions))
    known = of_slot.stands["stands_known"][slot_of]
    rarity = np.where(words >= 0, knowledge.ngrams.word(np.maximum(words, 0)), 0).sum(axis=1)
    matrix[:, _INDEX["rarity"]] = rarity
    matrix[:, _INDEX["rarity_known"]] = rarity * known
    matrix[:, _INDEX["channel_known"]] = matrix[:, _INDEX["channel"]] * known
    return Choices(slot_of, option_of, matrix, words, count, _clear(slots, stream, knowledge.ngrams.unknown))


def _put(matrix: Matrix, rows: Ints, columns: dict[str, Matrix]) -> None:
    for name, values in columns.items():
        matrix[rows, _INDEX[name]] = values


def _words(
    flat: Sequence[Option], slots: Sequence[Slot], stream: Stream, offered: NDArray[np.bool_], stands: Ints
) -> tuple[Ints, Ints]:
    words = np.full((len(offered), 2), -1, dtype=np.int64)
    unknown = int(stream.unknown)
    if flat:
        words[offered, 0] = [o.numbers[0] if o.numbers[0] >= 0 else unknown for o in flat]
        words[offered, 1] = [-1 if len(o.numbers) == 1 else o.numbers[1] for o in flat]
    first = np.array([slot.first for slot in slots], dtype=np.int64)
    last = np.array([slot.last for slot in slots], dtype=np.int64)
    words[stands, 0] = stream.ids[stream.position[first]]
    words[stands, 1] = np.where(last != first, stream.ids[stream.position[last]], -1)
    return words, (words >= 0).sum(axis=1)


@dataclass(frozen=True, slots=True)
class _SlotFeatures:
    stands: dict[str, Matrix]
    other: dict[str, Matrix]


def _slot_features(slots: Sequence[Slot], stream: Stream, knowledge: Knowledge, noise: float) -> _SlotFeatures:
    def column(values: list[float]) -> Matrix:
        return np.array(values, dtype=np.float32)

    tokens = stream.tokens
    pair = column([slot.kind is SlotKind.PAIR for slot in slots])
    unknown = column([sum(not stream.known[t] for t in {slot.first, slot.last}) for slot in slots])
    strange = (unknown > 0).astype(np.float32)
    known = 1 - strange
    texts = [tokens[slot.first].text if stream.known[slot.last] else tokens[slot.last].text for slot in slots]
    length = column([len(slot.observed) for slot in slots]) * strange
    shape = column(_shapes(slots, stream, knowledge))
    seen = Counter(stream.readings)
    before = stream.ids[stream.position[[slot.first for slot in slots]] - 1] if slots else np.zeros(0)
    opening = before == stream.boundary
    upper = column([t.isupper() and len(t) > 1 for t in texts]) * strange
    capital = column([t[:1].isupper() for t in texts]) * strange * ~opening * (1 - upper)
    signs = column([sum(c not in LETTERS for c in slot.observed if not c.isspace()) for slot in slots]) * strange
    lower = column([t.islower() for t in texts]) * strange * (signs == 0)
    clean = np.float32(min(noise + 1.5, 0.0))
    stands: dict[str, Matrix] = {
        "channel": -column([_own_cost(slot.observed, knowledge) for slot in slots]),
        "stands": np.ones(len(slots), dtype=np.float32),
        "stands_known": known,
        "stands_length": length,
        "stands_shape": shape,
        "stands_short": column([len(slot.observed) <= 2 for slot in slots]) * strange,
        "stands_lower": lower,
        "stands_capital": capital,
        "stands_upper": upper,
        "stands_signs": signs,
        "stands_latin": column([bool(LATIN.search(t)) for t in texts]) * strange,
        "stands_repeated": column([float(np.log(max(1, seen[slot.observed]))) for slot in slots]) * strange,
        "stands_noise": np.full(len(slots), noise, dtype=np.float32),
        "stands_noise_known": known * np.float32(noise),
        "stands_clean": np.full(len(slots), clean, dtype=np.float32),
        "stands_clean_known": known * clean,
        "pair_line_end": column([slot.line_end for slot in slots]) * pair,
        "pair_unknown_parts": unknown * pair,
    }
    other: dict[str, Matrix] = {
        "other": np.ones(len(slots), dtype=np.float32),
        "other_unknown": strange,
        "other_length": length,
        "other_shape": shape,
        "other_noise": np.full(len(slots), noise, dtype=np.float32),
    }
    return _SlotFeatures(stands, other)


def _option_features(
    flat: Sequence[Option], slots: Sequence[Slot], slot_of: Ints, stream: Stream, mentions: Mentions
) -> dict[str, Matrix]:
    known = np.array([all(stream.known[t] for t in (slot.first, slot.last)) for slot in slots])[slot_of]
    owners = [slots[s] for s in slot_of.tolist()]

    def column(values: list[float]) -> Matrix:
        return np.array(values, dtype=np.float32)

    return {
        "channel": -column([o.cost for o in flat]),
        "candidate_split": column([o.origin == "split" for o in flat]),
        "candidate_join": column([o.origin == "join" for o in flat]),
        "candidate_rejoin": column([o.origin == "rejoin" for o in flat]),
        "candidate_extends": column([o.span != slot.span for o, slot in zip(flat, owners, strict=True)]),
        "candidate_capital": column([o.text[:1].isupper() for o in flat]) * ~known,
        "candidate_from_known": known.astype(np.float32),
        "candidate_inflection": column(
            [_same_stem(o.words[0], slot.observed) for o, slot in zip(flat, owners, strict=True)]
        )
        * known,
        "candidate_longer": column(
            [sum(map(len, o.words)) - len(slot.observed) for o, slot in zip(flat, owners, strict=True)]
        ),
        "candidate_name": column([o.name is not None for o in flat]),
        "candidate_mentioned": column(
            [
                mentions.level(o.name, slot.span) if o.name is not None else 0
                for o, slot in zip(flat, owners, strict=True)
            ]
        ),
    }


def _same_stem(a: str, b: str) -> bool:
    """Whether two words of some length part only in their last two letters: two forms of one word, most likely."""
    stem = max(len(a), len(b)) - 2
    return stem >= 3 and a[:stem] == b[:stem]


def _shapes(slots: Sequence[Slot], stream: Stream, knowledge: Knowledge) -> list[float]:
    """Log P(letters) of the unknown words among the slots' tokens; 0 for known ones."""
    parts = [(i, t) for i, slot in enumerate(slots) for t in {slot.first, slot.last} if not stream.known[t]]
    logs = knowledge.chars.logs([stream.readings[t] for _, t in parts])
    result = [0.0] * len(slots)
    for (i, _), log in zip(parts, logs.tolist(), strict=True):
        result[i] += log
    return result


def _own_cost(observed: str, knowledge: Knowledge) -> float:
    """-log P(every letter was read right)."""
    codes = [code for c in observed if 0 <= (code := SIGNS.find(c)) < len(LETTERS)]
    return float(knowledge.errors.read[codes, codes].sum())


def _clear(slots: Sequence[Slot], stream: Stream, unknown: int) -> NDArray[np.bool_]:
    if not slots:
        return np.zeros(0, dtype=bool)
    first = stream.position[[slot.first for slot in slots]]
    last = stream.position[[slot.last for slot in slots]]
    ids = stream.ids
    around = np.stack([ids[first - 2], ids[first - 1], ids[last + 1], ids[last + 2]])
    return np.asarray((around != unknown).all(axis=0))


def contexts(rows: Choices, slots: Sequence[Slot], stream: Stream, ids: Ints, model: NgramModel) -> Matrix:
    """Log P(words and the two after them | the two before), for each choice, with ``ids`` for the neighbours.

    "Something else" gets what an unknown word would.
    """
    result = np.zeros(len(rows.slot), dtype=np.float32)
    if not slots:
        return result
    first = stream.position[[slot.first for slot in slots]]
    last = stream.position[[slot.last for slot in slots]]
    before = np.stack([ids[first - 2], ids[first - 1]], axis=1)
    # Between the two tokens of a pair nothing else stands in the stream, unless a sentence ends there.
    after = np.stack([ids[last + 1], ids[last + 2]], axis=1)
    for count in (0, 1, 2):
        here = np.flatnonzero(rows.count == count)
        if not len(here):
            continue
        inner = rows.words[here, :count] if count else np.full((len(here), 1), model.unknown, dtype=np.int64)
        s = rows.slot[here]
        result[here] = _sequence(np.concatenate([before[s], inner, after[s]], axis=1), model)
    return result


def _sequence(sequence: Ints, model: NgramModel) -> Matrix:
    """The summed log-probabilities of the third word onward; nothing is predicted across a boundary."""
    total = np.zeros(len(sequence), dtype=np.float32)
    ended = np.zeros(len(sequence), dtype=bool)
    for k in range(2, sequence.shape[1]):
        u, v, w = sequence[:, k - 2], sequence[:, k - 1], sequence[:, k]
        u = np.where(v == model.boundary, model.boundary, u)
        logs = model.logs(u, v, w)
        total += np.where(ended, np.float32(0), logs)
        ended |= w == model.boundary
    return total


def with_context(rows: Choices, context: Matrix) -> Matrix:
    """The whole matrix of features, the context filled in."""
    matrix = rows.fixed.copy()
    matrix[:, _INDEX["context"]] = context
    matrix[:, _INDEX["context_clear"]] = context * rows.clear[rows.slot]
    unknown = (rows.option == STANDS) & (matrix[:, _INDEX["stands_known"]] == 0)
    matrix[:, _INDEX["stands_context"]] = np.where(unknown, context, 0)
    return matrix
