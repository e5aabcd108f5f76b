"""Counts the corpora into a trigram model.

Corpora are weighted, not concatenated: a count in a corpus of weight 4 counts as four. Probabilities are interpolated
with absolute discounts that depend on how often an n-gram was seen (Chen and Goodman, "An empirical study of smoothing
techniques for language modeling", 1999): P(w|h) = (1 - d(n)/n) c(hw) / c(h) + share(h) P(w|h'), where n is the plain
and c the weighted count, and the share is what the discounts of h set free. N-grams that the lower order predicts
nearly as well are dropped (Seymore and Rosenfeld, "Scalable backoff language models", 1996): kept are those with the
highest c(hw) (log P(w|h) - log P'(w|h)).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sverka.errors import InputError
from sverka.language import retrieval
from sverka.language.build.corpus import Corpora, Corpus
from sverka.language.ngram import NgramModel, pair_keys, quantise, triple_keys

Keys = NDArray[np.uint64]
Weights = NDArray[np.float64]
Ids = NDArray[np.int64]

_BITS = np.uint64(21)
_MASK = np.uint64((1 << 21) - 1)
MOST_WORDS = 1 << 21
"""How many different words can be counted: three of their numbers fit one key of 64 bits."""
MOST_NUMBERS = 1 << 32
"""How many words a lexicon can have: two of their numbers fit one key."""
_DISCOUNTS = np.array([0.0, 0.75, 1.1, 1.4])
"""What is taken from an n-gram seen once, twice, and three times or more."""
_UNIGRAM_FLOOR = 0.2
"""What a word of the lexicon that no corpus holds counts as, in occurrences."""


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
    *,
    pairs: int,
    triples: int,
) -> NgramModel:
    """A model over a lexicon of ``size`` words with so many trigrams, and so many bigrams or those that they rest on.

    ``numbers`` gives the lexicon number of each word of ``corpora``, -1 where it has none. Raises InputError where
    there are more words than can be numbered.
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

    single = np.zeros(len(outside))
    for ids, weight in streams:
        single += np.bincount(ids, minlength=len(outside)) * weight
    two = _weigh([(_pairs(ids), weight) for ids, weight in streams])
    three = _weigh([(_triples(ids), weight) for ids, weight in streams])

    full = np.full(size + 3, _UNIGRAM_FLOOR)
    full[outside] = np.maximum(full[outside], single)
    log1_full = np.log(full / full.sum())
    log1 = log1_full[outside]

    a, b = (two.keys >> _BITS).astype(np.int64), (two.keys & _MASK).astype(np.int64)
    p2, rest1 = _interpolate(a, len(outside), two.weights, two.seen, np.exp(log1[b]))
    gain = two.weights * (np.log(p2) - (log1[b] + np.log(rest1[a])))

    context = (three.keys >> _BITS).astype(np.uint64)
    c3 = (three.keys & _MASK).astype(np.int64)
    suffix = three.keys & np.uint64((1 << 42) - 1)
    lower = np.searchsorted(two.keys, suffix)
    history = np.searchsorted(two.keys, context)
    # A sentence's first word has the context (boundary, boundary), which is no bigram of the text.
    real = (history < len(two.keys)) & (two.keys[np.minimum(history, len(two.keys) - 1)] == context)
    three_keys, c3, lower, history = three.keys[real], c3[real], lower[real], history[real]
    w3, seen3 = three.weights[real], three.seen[real]
    p3, rest2 = _interpolate(history, len(two.keys), w3, seen3, p2[lower])
    gain3 = w3 * (np.log(p3) - (np.log(p2[lower]) + np.log(rest2[history])))

    keep3 = _best(gain3, triples)
    needed = np.zeros(len(two.keys), dtype=bool)
    needed[lower[keep3]] = True
    needed[history[keep3]] = True
    rank = np.where(needed, np.inf, gain)
    keep2 = _best(rank, max(pairs, int(needed.sum())))
    bow1 = _leftover(a[keep2], len(outside), p2[keep2], np.exp(log1[b[keep2]]))
    bow2 = _leftover(history[keep3], len(two.keys), p3[keep3], p2[lower[keep3]])

    full_bow = np.zeros(size + 3)
    full_bow[outside] = np.log(bow1)
    keys2 = pair_keys(outside[a[keep2]], outside[b[keep2]])
    values2 = quantise(np.log(p2[keep2])) | (quantise(np.log(bow2[keep2])) << np.uint32(8))
    u = (three_keys[keep3] >> (_BITS * np.uint64(2))).astype(np.int64)
    v = ((three_keys[keep3] >> _BITS) & _MASK).astype(np.int64)
    keys3 = triple_keys(outside[u], outside[v], outside[c3[keep3]])
    return NgramModel(
        quantise(log1_full).astype(np.uint8),
        quantise(full_bow).astype(np.uint8),
        retrieval.build(keys2, values2, 16),
        retrieval.build(keys3, quantise(np.log(p3[keep3])), 8),
    )


def _check(count: int, most: int, what: str) -> None:
    if count > most:
        remedy = "ask more occurrences of a word (build/lexicon.py)"
        raise InputError(f"{count:,} {what}, where at most {most:,} can be counted", remedy=remedy)


def _interpolate(
    context: Ids, contexts: int, weights: Weights, seen: Weights, lower: Weights
) -> tuple[Weights, Weights]:
    """P(w|h) of each n-gram, and for each context the share that goes to the lower order."""
    discount = weights * _DISCOUNTS[np.minimum(seen, 3).astype(np.int64)] / seen
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
