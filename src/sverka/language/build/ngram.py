"""Counts the corpora into a trigram model.

Corpora are weighted, not concatenated: a count in a corpus of weight 4 counts as four. Smoothing is interpolated and of
Kneser and Ney's kind, with absolute discounts that depend on how often an n-gram was seen (Chen and Goodman, "An
empirical study of smoothing techniques for language modeling", 1999): P(w|h) = (1 - d(n)/n) c(hw) / c(h) + share(h)
P(w|h'), where n is the plain and c the weighted count, and the share is what the discounts of h set free. For bigrams c
is not how often one occurs but in how many contexts; each context counts with the mean weight of the trigrams in it,
as counts that are no whole numbers want it (Zhang and Chiang, "Kneser-Ney smoothing on expected counts", ACL 2014). For
single words c is the plain frequency, and a part of it what a word's lexeme leads one to expect
(:meth:`sverka.language.build.dictionary.Dictionary.expected`).

N-grams that the lower order predicts nearly as well are dropped (Seymore and Rosenfeld, "Scalable backoff language
models", 1996): kept are those with the highest c(hw) (log P(w|h) - log P'(w|h)).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sverka.errors import InputError
from sverka.language import retrieval
from sverka.language.build.corpus import Corpora, Corpus
from sverka.language.ngram import (
    BACKOFF_BITS,
    BIGRAM_BITS,
    TRIGRAM_BITS,
    NgramModel,
    pair_keys,
    quantise,
    triple_keys,
)

Keys = NDArray[np.uint64]
Weights = NDArray[np.float64]
Ids = NDArray[np.int64]

_BITS = np.uint64(21)
_MASK = np.uint64((1 << 21) - 1)
MOST_WORDS = 1 << 21
"""How many different words can be counted: three of their numbers fit one key of 64 bits."""
MOST_NUMBERS = 1 << 32
"""How many words a lexicon can have: two of their numbers fit one key."""
_DISCOUNTS2 = np.array([0.0, 0.82, 1.2, 1.5])
_DISCOUNTS3 = np.array([0.0, 0.86, 1.25, 1.6])
"""What is taken from a bigram or trigram seen once, twice, and three times or more; found by trial on held-out text."""
_EXPECTED = 0.1
"""The part of a word's probability that comes from what its lexeme leads one to expect."""
_UNIGRAM_FLOOR = 0.1
"""What every word of the lexicon counts as beyond that, in occurrences."""
_ROUNDS = 40
"""Rounds of Lloyd's algorithm; more change nothing that shows."""
_RARE = 6
"""A word within so many quanta of the rarest has their probability, so that it need not be stored."""


@dataclass(frozen=True, slots=True)
class Counts:
    """Weighted counts: sorted keys, what each counts, and how often it was seen."""

    keys: Keys
    weights: Weights
    seen: Weights


def _weigh(parts: list[tuple[Keys, float]]) -> Counts:
    keys: list[Keys] = []
    weights: list[Weights] = []
    seen: list[Weights] = []
    for part, weight in parts:
        part.sort()
        unique, counts = np.unique(part, return_counts=True)
        keys.append(unique)
        seen.append(counts.astype(np.float64))
        weights.append(seen[-1] * weight)
    joined = np.concatenate(keys)
    order = np.argsort(joined, kind="stable")
    joined = joined[order]
    starts = np.flatnonzero(np.r_[True, joined[1:] != joined[:-1]])
    return Counts(
        joined[starts],
        np.add.reduceat(np.concatenate(weights)[order], starts),
        np.add.reduceat(np.concatenate(seen)[order], starts),
    )


def _pairs(ids: Ids) -> Keys:
    a, b = ids[:-1].astype(np.uint64), ids[1:].astype(np.uint64)
    return (a << _BITS) | b


def _triples(ids: Ids) -> Keys:
    """Trigrams; a sentence begins with two boundaries, so that its first words have a context of their own."""
    a, b, c = (ids[i : len(ids) - 2 + i].astype(np.uint64) for i in range(3))
    inside = ids[1:-1] != 0  # nothing is predicted across the end of a sentence
    inner = ((a[inside] << (_BITS * np.uint64(2))) | (b[inside] << _BITS)) | c[inside]
    begins = ids[:-1] == 0
    first = ids[1:][begins].astype(np.uint64)
    return np.concatenate([inner, first])


def train(
    corpora: Corpora,
    numbers: Ids,
    size: int,
    weights: Mapping[str, float],
    expected: Callable[[Weights], Weights],
    *,
    pairs: int,
    triples: int,
) -> NgramModel:
    """A model over a lexicon of ``size`` words with so many trigrams, and so many bigrams or those that they rest on.

    ``numbers`` gives the lexicon number of each word of ``corpora``, -1 where it has none. ``expected`` says, from how
    often each word of the lexicon occurs, how often its lexeme leads one to expect it. Raises InputError where there
    are more words than can be numbered.
    """
    unknown = 2
    # Compact numbering for counting: 0 boundary, 1 number, 2 unknown, 3… words of the lexicon that occur.
    compact = np.full(len(numbers), unknown, dtype=np.int64)
    compact[:2] = (0, 1)
    inside = np.flatnonzero(numbers >= 0)
    compact[inside] = np.arange(3, 3 + len(inside))
    outside = np.concatenate([[size, size + 1, size + 2], numbers[inside]])
    _check(len(outside), MOST_WORDS, "words of the lexicon in the corpora")
    _check(size + 3, MOST_NUMBERS, "words in the lexicon")
    streams = [(compact[c.ids], weights[c.name]) for c in corpora.corpora]

    log1_full = np.log(_singles(streams, outside, size, expected))
    log1 = log1_full[outside]
    two = _weigh([(_pairs(ids), weight) for ids, weight in streams])
    three = _weigh([(_triples(ids), weight) for ids, weight in streams])

    context = (three.keys >> _BITS).astype(np.uint64)
    lower = np.searchsorted(two.keys, three.keys & np.uint64((1 << 42) - 1))
    history = np.searchsorted(two.keys, context)
    # A sentence's first word has the context (boundary, boundary), which is no bigram of the text.
    real = (history < len(two.keys)) & (two.keys[np.minimum(history, len(two.keys) - 1)] == context)
    keys, lower, history = three.keys[real], lower[real], history[real]
    w3, seen3 = three.weights[real], three.seen[real]

    a, b = (two.keys >> _BITS).astype(np.int64), (two.keys & _MASK).astype(np.int64)
    w2, seen2 = _continuations(two, lower, w3 / seen3, a == 0)
    p2, rest1 = _interpolate(a, len(outside), w2, seen2, np.exp(log1[b]), _DISCOUNTS2)
    gain2 = two.weights * (np.log(p2) - (log1[b] + np.log(rest1[a])))
    p3, rest2 = _interpolate(history, len(two.keys), w3, seen3, p2[lower], _DISCOUNTS3)
    gain3 = w3 * (np.log(p3) - (np.log(p2[lower]) + np.log(rest2[history])))

    keep3 = _best(gain3, triples)
    needed = np.zeros(len(two.keys), dtype=bool)
    needed[lower[keep3]] = True
    needed[history[keep3]] = True
    keep2 = _best(np.where(needed, np.inf, gain2), max(pairs, int(needed.sum())))
    backoff1 = np.zeros(size + 3)
    backoff1[outside] = np.log(_leftover(a[keep2], len(outside), p2[keep2], np.exp(log1[b[keep2]])))
    backoff2 = np.log(_leftover(history[keep3], len(two.keys), p3[keep3], p2[lower[keep3]]))[keep2]

    level2, logs2 = _levels(np.log(p2[keep2]), BIGRAM_BITS)
    level_back, logs_back = _levels(backoff2, BACKOFF_BITS)
    level3, logs3 = _levels(np.log(p3[keep3]), TRIGRAM_BITS)
    kept = keys[keep3]
    u, v, w = ((kept >> (_BITS * np.uint64(i))) & _MASK for i in (2, 1, 0))
    keys3 = triple_keys(*(outside[part.astype(np.int64)] for part in (u, v, w)))
    return NgramModel(
        _coarse(quantise(log1_full)),
        quantise(backoff1),
        retrieval.build(
            pair_keys(outside[a[keep2]], outside[b[keep2]]),
            level2 | (level_back << np.uint32(BIGRAM_BITS)),
            BIGRAM_BITS + BACKOFF_BITS,
        ),
        retrieval.build(keys3, level3, TRIGRAM_BITS, width=16),
        logs2,
        logs_back,
        logs3,
    )


def _singles(
    streams: list[tuple[Ids, float]], outside: Ids, size: int, expected: Callable[[Weights], Weights]
) -> Weights:
    """P(w) of every word."""
    counts = np.zeros(size + 3)
    for ids, weight in streams:
        counts += np.bincount(outside[ids], minlength=size + 3) * weight
    mixed = counts * (1 - _EXPECTED) + _UNIGRAM_FLOOR
    mixed[:size] += _EXPECTED * expected(counts[:size])
    return np.asarray(mixed / mixed.sum())


def _continuations(two: Counts, lower: Ids, means: Weights, opening: NDArray[np.bool_]) -> tuple[Weights, Weights]:
    """In how many contexts each bigram occurs, weighted and plain; for one that opens a sentence, how often."""
    weights = np.bincount(lower, weights=means, minlength=len(two.keys))
    seen = np.bincount(lower, minlength=len(two.keys)).astype(np.float64)
    plain = opening | (seen == 0)
    return np.where(plain, two.weights, weights), np.where(plain, two.seen, seen)


def _coarse(quanta: NDArray[np.uint8]) -> NDArray[np.uint8]:
    rarest = int(quanta.max())
    return np.where(quanta >= rarest - _RARE, np.uint8(rarest - _RARE // 2), quanta).astype(np.uint8)


def _levels(logs: Weights, bits: int) -> tuple[NDArray[np.uint32], NDArray[np.float32]]:
    """The level of each value, and the levels: those that lose least by squares (Lloyd's algorithm)."""
    count = 1 << bits
    if not len(logs):
        return np.zeros(0, dtype=np.uint32), np.zeros(count, dtype=np.float32)
    ordered = np.sort(logs)
    sums = np.r_[0.0, np.cumsum(ordered)]
    levels = (np.quantile(ordered, (np.arange(count) + 0.5) / count) + np.linspace(ordered[0], ordered[-1], count)) / 2
    for _ in range(_ROUNDS):
        bounds = np.r_[0, np.searchsorted(ordered, (levels[1:] + levels[:-1]) / 2), len(ordered)]
        members = np.diff(bounds)
        levels = np.where(members > 0, np.diff(sums[bounds]) / np.maximum(members, 1), levels)
    nearest = np.searchsorted((levels[1:] + levels[:-1]) / 2, logs)
    return nearest.astype(np.uint32), levels.astype(np.float32)


def _check(count: int, most: int, what: str) -> None:
    if count > most:
        remedy = "ask more occurrences of a word (build/lexicon.py)"
        raise InputError(f"{count:,} {what}, where at most {most:,} can be counted", remedy=remedy)


def _interpolate(
    context: Ids, contexts: int, weights: Weights, seen: Weights, lower: Weights, discounts: Weights
) -> tuple[Weights, Weights]:
    """P(w|h) of each n-gram, and for each context the share that goes to the lower order."""
    discount = weights * discounts[np.minimum(seen, 3).astype(np.int64)] / seen
    total = np.bincount(context, weights=weights, minlength=contexts)
    free = np.bincount(context, weights=discount, minlength=contexts)
    share = np.where(total > 0, free / np.maximum(total, 1e-9), 1.0)
    return (weights - discount) / total[context] + share[context] * lower, share


def _leftover(context: Ids, contexts: int, kept: Weights, lower: Weights) -> Weights:
    """Back-off weights that make each context's probabilities sum to one after pruning."""
    free = 1 - np.bincount(context, weights=kept, minlength=contexts)
    free_lower = 1 - np.bincount(context, weights=lower, minlength=contexts)
    return np.asarray(np.clip(free, 1e-6, 1) / np.clip(free_lower, 1e-6, 1))


def _best(gain: Weights, count: int) -> NDArray[np.bool_]:
    if count >= len(gain):
        return np.ones(len(gain), dtype=bool)
    threshold = np.partition(gain, len(gain) - count)[len(gain) - count]
    return np.asarray(gain >= threshold)


def perplexity(model: NgramModel, ids: Ids) -> float:
    """Per-word perplexity of held-out text given by lexicon numbers, boundaries predicted, unknown words left out."""
    u = np.r_[model.boundary, ids[:-2]]
    u = np.where(ids[:-1] == model.boundary, model.boundary, u)
    v, w = ids[:-1], ids[1:]
    logs = model.logs(u, v, w)
    return float(np.exp(-logs[w != model.unknown].mean()))


def split(corpora: Corpora, every: int = 50, length: int = 2000) -> tuple[Corpora, tuple[Corpus, ...]]:
    """Training corpora and held-out ones: of every ``every`` stretches of ``length`` words one is held out."""
    train_parts, held = [], []
    for corpus in corpora.corpora:
        out = (np.arange(len(corpus.ids)) // length) % every == every - 1
        train_parts.append(Corpus(corpus.name, corpus.ids[~out]))
        held.append(Corpus(corpus.name, corpus.ids[out]))
    return Corpora(corpora.words, tuple(train_parts)), tuple(held)
