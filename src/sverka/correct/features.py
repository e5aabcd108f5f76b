"""What speaks for each option, as numbers.

Every slot is a choice among: the text as it stands, each option, and "something else" that no source came upon. A
feature is named for what it measures; the ranker's weights and the evidence shown to the editor go by the same names.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from sverka.correct.options import Options, Origin
from sverka.correct.slots import SlotKind, Slots
from sverka.correct.stream import Stream
from sverka.correct.witnesses import Witnesses
from sverka.language.automaton import Automaton
from sverka.language.knowledge import Knowledge
from sverka.language.ngram import NgramModel
from sverka.language.words import LETTERS, encode
from sverka.model import Finding, Span, TokenKind
from sverka.text.alphabet import LATIN

Ints = NDArray[np.int64]
Matrix = NDArray[np.float32]
Flags = NDArray[np.bool_]

LEARNED = (
    # What is the same for every choice: how well it explains the signs, the neighbours, and how common it is. Words of
    # the lexicon have weights of their own, since a good word needs better reasons to be doubted; so has a bad page.
    "channel",
    "channel_known",
    "channel_noise",
    "context",
    "context_known",
    "context_clear",
    "context_noise",
    "agreement",
    "agreement_known",
    "agreement_clear",
    "agreement_noise",
    "rarity",
    "rarity_known",
    "document",
    "document_known",
    # Of an option.
    "candidate_split",
    "candidate_join",
    "candidate_rejoin",
    "candidate_compound",
    "candidate_part",
    "candidate_extends",
    "candidate_extends_known",
    "candidate_capital",
    "candidate_from_known",
    "candidate_inflection",
    "candidate_longer",
    "candidate_short",
    "candidate_swallows",
    "candidate_swallows_known",
    # Of the text as it stands.
    "stands",
    "stands_known",
    "stands_length",
    "stands_shape",
    "stands_context",
    "stands_context_known",
    "stands_short",
    "stands_short_known",
    "stands_lower",
    "stands_capital",
    "stands_upper",
    "stands_signs",
    "stands_stem",
    "stands_rest",
    "stands_latin",
    "stands_number",
    "stands_sign",
    "stands_odd_sign",
    "stands_touched",
    "stands_touched_known",
    "stands_before_unknown",
    "stands_after_unknown",
    "stands_line_edge",
    "stands_line_edge_known",
    "stands_repeated",
    "stands_capital_noise",
    "stands_upper_noise",
    "stands_latin_noise",
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
    "other_unknown_noise",
    "other_before_unknown",
    "other_after_unknown",
    "other_line_edge",
    "other_touched",
    # Of a pair.
    "pair_line_end",
    "pair_unknown_parts",
    "pair_short",
    "pair_explained",
    "pair_unexplained",
    "pair_best",
)
"""What the pages that the ranker is fitted on can teach the weight of."""

STATED = {"candidate_name": -5.5, "candidate_mentioned": 4.0}
"""What they cannot, since they have neither names of the era nor translations, with its weight, in nats."""

FEATURES = (*LEARNED, *STATED)
_INDEX = {name: i for i, name in enumerate(FEATURES)}
_BY_NOISE = {
    "channel_noise": "channel",
    "context_noise": "context",
    "agreement_noise": "agreement",
    "stands_noise": "stands",
    "stands_noise_known": "stands_known",
    "stands_capital_noise": "stands_capital",
    "stands_upper_noise": "stands_upper",
    "stands_latin_noise": "stands_latin",
    "other_noise": "other",
    "other_unknown_noise": "other_unknown",
}
"""What is scaled by how bad the page is."""
_BY_CLEANNESS = {"stands_clean": "stands", "stands_clean_known": "stands_known"}
_CLEAN = -1.5
"""The noise below which a page counts as clean."""

STANDS = -1
OTHER = -2


@dataclass(frozen=True, slots=True)
class Choices:
    """The choices of many slots, flattened: row ``r`` belongs to slot ``slot[r]``, whose rows follow one another.

    A slot's first row is the text as it stands, its last something else. ``option[r]`` is the option's position,
    STANDS or OTHER. ``fixed`` holds the features that do not depend on the neighbours. ``words`` are the lexicon
    numbers of each row's words, -1 beyond them; ``count`` how many there are. ``clear[s]`` tells that the words around
    slot ``s`` are known.
    """

    slot: Ints
    option: Ints
    fixed: Matrix
    words: Ints
    count: Ints
    clear: Flags


@dataclass(frozen=True, slots=True)
class Alone:
    """What was found of words each for itself, by token: log-probabilities of what is best, and of something else.

    ``stands`` is that of the text as it stands; all are 0 for what is no word.
    """

    best: Matrix
    stands: Matrix
    other: Matrix

    @classmethod
    def of(cls, slots: Slots, rows: Choices, probability: NDArray[np.float64], tokens: int) -> Alone:
        """From the probabilities of the rows of all words of a text of so many tokens."""
        columns = np.zeros((3, tokens), dtype=np.float32)
        if len(slots):
            starts = np.flatnonzero(rows.option == STANDS)
            others = np.flatnonzero(rows.option == OTHER)
            best = np.maximum.reduceat(np.where(rows.option == OTHER, 0.0, probability), starts)
            chosen = np.stack([best, probability[starts], probability[others]])
            columns[:, slots.first] = np.log(np.maximum(chosen, 1e-4))
        return cls(*columns)


_SUSPICIOUS_COST = 13.0
_SUSPICIOUS_RARITY = -15.0


def noise_at_sight(
    stream: Stream, slots: Slots, options: Options, model: NgramModel, evident: Sequence[Finding]
) -> float:
    """:func:`noise_of` by a rough count, before anything was judged.

    Counted are the errors already ``evident`` by other means, as far as they are sure, and unknown words that are a
    short way from a fairly common one.
    """
    near = (options.cost < _SUSPICIOUS_COST) & (options.words[:, 1] < 0)
    near &= model.word(options.words[:, 0]) > _SUSPICIOUS_RARITY
    doubtful = np.zeros(len(slots), dtype=bool)
    doubtful[options.slot[near]] = True
    doubtful &= ~stream.known[slots.first]
    told = [finding.span for finding in evident]
    suspicious = sum(finding.confidence for finding in evident)
    suspicious += sum(not _touches(slots.span(i), told) for i in np.flatnonzero(doubtful).tolist())
    return noise_of(suspicious, len(slots))


def noise_of(errors: float, words: int) -> float:
    """How bad a page of so many words and expected errors is: log-odds that a word is a misreading, beside 1 in 50.

    Drawn towards none on a short page.
    """
    share = min((errors + 0.5) / (words + 60), 0.95)
    return float(np.log(share / (1 - share)) + np.log(49))


def _touches(span: Span, others: Sequence[Span]) -> bool:
    return any(span.overlaps(other) for other in others)


def choices(
    stream: Stream,
    text: str,
    slots: Slots,
    options: Options,
    knowledge: Knowledge,
    witnesses: Witnesses,
    alone: Alone | None = None,
    swallows: Flags | None = None,
) -> Choices:
    """All choices of all slots with their features, but for those of the context and the page's noise.

    Of pairs, ``alone`` is what was found of their words, and ``swallows`` tells of each option whether one of the two
    words reaches it by itself, so that the other would be swallowed.
    """
    offered = np.bincount(options.slot, minlength=len(slots))
    sizes = offered + 2
    starts = np.cumsum(sizes) - sizes
    total = int(sizes.sum())
    slot_of = np.repeat(np.arange(len(slots)), sizes)
    stands, other = starts, starts + sizes - 1
    rows = np.arange(len(options)) + 2 * options.slot + 1  # before an option's row stand two more for each earlier slot
    option_of = np.full(total, OTHER, dtype=np.int64)
    option_of[stands] = STANDS
    option_of[rows] = np.arange(len(options))

    words = np.full((total, 2), -1, dtype=np.int64)
    words[rows] = options.words
    words[stands, 0] = stream.ids_of(slots.first)
    words[stands, 1] = np.where(slots.last != slots.first, stream.ids_of(slots.last), -1)

    matrix = np.zeros((total, len(FEATURES)), dtype=np.float32)
    known = stream.known[slots.first] & stream.known[slots.last]
    around = _around(slots, stream, text)
    _put(matrix, stands, _of_text(slots, stream, knowledge))
    _put(matrix, stands, {f"stands_{name}": column for name, column in around.items()})
    _put(matrix, stands, {f"stands_{name}_known": around[name] * known for name in ("touched", "line_edge")})
    if alone is not None:
        _put(matrix, stands, _of_parts(slots, alone))
    _put(matrix, other, _of_other(slots, stream, knowledge))
    _put(matrix, other, {f"other_{name}": column for name, column in around.items()})
    _put(matrix, rows, _of_options(options, slots, stream, knowledge, witnesses))
    from_known = known[slot_of]
    if swallows is not None:
        _put(matrix, rows, {"candidate_swallows": _column(swallows)})
        _put(matrix, rows, {"candidate_swallows_known": _column(swallows & _has_known(slots, stream)[options.slot])})
    rarity = np.where(words >= 0, knowledge.ngrams.word(np.maximum(words, 0)), 0).sum(axis=1)
    elsewhere = _elsewhere(words, stream)
    elsewhere[stands] = 0
    for name, column in (("rarity", rarity), ("document", elsewhere), ("channel", matrix[:, _INDEX["channel"]])):
        matrix[:, _INDEX[name]] = column
        matrix[:, _INDEX[f"{name}_known"]] = column * from_known
    clear = _clear(slots, stream, knowledge.ngrams.unknown)
    return Choices(slot_of, option_of, matrix, words, (words >= 0).sum(axis=1), clear)


def with_costs(rows: Choices, options: Options) -> Choices:
    """The choices with the costs of their options as these are now."""
    fixed = rows.fixed.copy()
    offered = np.flatnonzero(rows.option >= 0)
    cost = options.cost[rows.option[offered]]
    known = fixed[offered, _INDEX["candidate_from_known"]]
    fixed[offered, _INDEX["channel"]] = -cost
    fixed[offered, _INDEX["channel_known"]] = -cost * known
    return replace(rows, fixed=fixed)


def _put(matrix: Matrix, rows: Ints, columns: dict[str, Matrix]) -> None:
    for name, values in columns.items():
        matrix[rows, _INDEX[name]] = values


def _column(values: Sequence[float] | Flags | Ints) -> Matrix:
    return np.array(values, dtype=np.float32)


def _of_text(slots: Slots, stream: Stream, knowledge: Knowledge) -> dict[str, Matrix]:
    """What speaks for the text as it stands."""
    parts = _unknown_parts(slots, stream)
    strange = parts > 0
    known = _column(~strange)
    pair = slots.kind is SlotKind.PAIR
    lengths = _column([len(o) for o in slots.observed])
    shortest = np.minimum(_lengths(slots.first, stream), _lengths(slots.last, stream))
    ones = np.ones(len(slots), dtype=np.float32)
    columns: dict[str, Matrix] = {
        "channel": _own_costs(slots.observed, knowledge),
        "stands": ones,
        "stands_known": known,
        "stands_length": lengths * strange,
        "stands_shape": _shapes(slots, stream, knowledge),
        "stands_number": _column([stream.tokens[t].kind is TokenKind.NUMBER for t in slots.first.tolist()]),
        "stands_sign": _column(stream.position[slots.first] < 0),
        "stands_odd_sign": _column([_ODD.issuperset(o) for o in slots.observed]),
        "stands_short": (lengths <= 2) * _column(strange),
        "stands_short_known": (lengths <= 2) * known,
        "pair_line_end": _column(slots.line_end) * pair,
        "pair_unknown_parts": _column(parts) * pair,
        "pair_short": (shortest <= 2) * ones * pair,
    }
    return columns | _of_strange(slots, stream, knowledge.lexicon, np.flatnonzero(strange))


_ODD = frozenset("|*#<>@&~^\\_\u00a9\u00ae\u2039\u203a\u00a2\u00a3\u00a5\u20ac`\u2018'")
"""Signs that no Russian page has beside a word."""


def _around(slots: Slots, stream: Stream, text: str) -> dict[str, Matrix]:
    """What stands beside each slot: odd signs, words that the lexicon lacks, a line end."""
    starts, ends = slots.start.tolist(), slots.end.tolist()
    first, last = slots.first, slots.last
    lacking = np.append(~stream.known & (stream.position >= 0), False)
    return {
        "touched": _column(
            [text[a - 1 : a] in _ODD or text[b : b + 1] in _ODD for a, b in zip(starts, ends, strict=True)]
        ),
        "before_unknown": _column(lacking[first - 1]),
        "after_unknown": _column(lacking[last + 1]),
        "line_edge": _column([_at_edge(text, a, b) for a, b in zip(starts, ends, strict=True)]),
    }


def _at_edge(text: str, start: int, end: int) -> bool:
    """Whether a line begins or ends at a word, give or take two signs."""
    return "\n" in text[max(0, start - 2) : start] or "\n" in text[end : end + 3] or start == 0


def _of_parts(slots: Slots, alone: Alone) -> dict[str, Matrix]:
    """How well the two words of a pair are explained each for itself."""
    a, b = slots.first, slots.last
    return {
        "pair_explained": alone.stands[a] + alone.stands[b],
        "pair_unexplained": np.maximum(alone.other[a], alone.other[b]),
        "pair_best": alone.best[a] + alone.best[b],
    }


def _of_strange(slots: Slots, stream: Stream, lexicon: Automaton, index: Ints) -> dict[str, Matrix]:
    """What the look of a slot with an unknown word tells; nought for the others."""
    at = [(slots.last if stream.known[slots.last[i]] < stream.known[slots.first[i]] else slots.first)[i] for i in index]
    texts = [stream.tokens[t].text for t in at]
    seen = Counter(stream.readings)
    observed = [slots.observed[i] for i in index.tolist()]
    upper = _column([t.isupper() and len(t) > 1 for t in texts])
    opening = stream.ids[slots.left[index]] == stream.boundary
    signs = _column([sum(c not in LETTERS for c in o if not c.isspace()) for o in observed])
    # A form that the lexicon lacks shares its stem with others; a misread word leaves all words early.
    reach = _column(lexicon.reach([stream.readings[t] for t in at]))
    full = np.maximum(_column([len(stream.readings[t]) for t in at]), 1)
    found = {
        "stands_stem": reach / full,
        "stands_rest": full - reach,
        "stands_lower": _column([t.islower() for t in texts]) * (signs == 0),
        "stands_capital": _column([t[:1].isupper() for t in texts]) * ~opening * (1 - upper),
        "stands_upper": upper,
        "stands_signs": signs,
        "stands_latin": _column([bool(LATIN.search(t)) for t in texts]),
        "stands_repeated": _column([float(np.log(max(1, seen[o]))) for o in observed]),
    }
    columns = {}
    for name, values in found.items():
        columns[name] = np.zeros(len(slots), dtype=np.float32)
        columns[name][index] = values
    return columns


def _of_other(slots: Slots, stream: Stream, knowledge: Knowledge) -> dict[str, Matrix]:
    """What speaks for something that no source came upon."""
    strange = _unknown_parts(slots, stream) > 0
    return {
        "other": np.ones(len(slots), dtype=np.float32),
        "other_unknown": _column(strange),
        "other_length": _column([len(o) for o in slots.observed]) * strange,
        "other_shape": _shapes(slots, stream, knowledge),
    }


def _of_options(
    options: Options, slots: Slots, stream: Stream, knowledge: Knowledge, witnesses: Witnesses
) -> dict[str, Matrix]:
    """What speaks for an option, whatever stands around it."""
    slot = options.slot
    known = (stream.known[slots.first] & stream.known[slots.last])[slot]
    codes, lengths = knowledge.lexicon.letters(np.minimum(options.words[:, 0], len(knowledge.lexicon) - 1))
    second = np.flatnonzero(options.words[:, 1] >= 0)
    lengths[second] += knowledge.lexicon.letters(options.words[second, 1])[1]
    own, own_lengths = encode(list(slots.observed))
    capitals = _column([stream.tokens[t].text[:1].isupper() for t in slots.first.tolist()])
    extends = (options.start < slots.start[slot]) | (options.end > slots.end[slot])
    # Two forms of one word, most likely: words of some length that part only in their last two letters.
    stem = np.maximum(lengths, own_lengths[slot]) - 2
    inflection = known & (stem >= 3) & (_common(codes, own[slot]) >= stem)
    named = np.flatnonzero(options.name >= 0)
    mentioned = np.zeros(len(options), dtype=np.float32)
    for r in named.tolist():
        mentioned[r] = witnesses.mentions.level(options.names[options.name[r]], slots.span(int(slot[r])))
    special = options.text >= 0
    return {
        "channel": -options.cost,
        "candidate_split": _column(options.origin == Origin.SPLIT),
        "candidate_join": _column(options.origin == Origin.JOIN),
        "candidate_rejoin": _column(options.origin == Origin.REJOIN),
        "candidate_compound": _column(options.origin == Origin.COMPOUND),
        "candidate_part": _column(options.origin == Origin.PART),
        "candidate_extends": _column(extends),
        "candidate_extends_known": _column(extends & known),
        "candidate_capital": capitals[slot] * ~known,
        "candidate_from_known": _column(known),
        "candidate_inflection": _column(inflection),
        "candidate_longer": _column(lengths - own_lengths[slot]) * ~special * (options.origin != Origin.PART),
        "candidate_short": _column(lengths <= 2) * ~special,
        "candidate_name": _column(options.name >= 0),
        "candidate_mentioned": mentioned,
    }


def _common(a: NDArray[np.uint8], b: NDArray[np.uint8]) -> Ints:
    """How many codes each row of ``a`` shares with that of ``b`` at the beginning."""
    width = min(a.shape[1], b.shape[1])
    same = np.asarray(np.logical_and.accumulate(a[:, :width] == b[:, :width], axis=1), dtype=bool)
    return np.asarray(same.sum(axis=1), dtype=np.int64)


def _elsewhere(words: Ints, stream: Stream) -> Matrix:
    """How often the document has each row's word, as log(1 + n)."""
    own, counts = np.unique(stream.ids[stream.ids != stream.unknown], return_counts=True)
    at = np.minimum(np.searchsorted(own, words[:, 0]), len(own) - 1)
    found = np.where((own[at] == words[:, 0]) & (words[:, 1] < 0), counts[at], 0)
    return np.log1p(found).astype(np.float32)


def _lengths(tokens: Ints, stream: Stream) -> Matrix:
    return _column([len(stream.readings[t]) for t in tokens.tolist()])


def _unknown_parts(slots: Slots, stream: Stream) -> Ints:
    """How many of each slot's words the lexicon lacks."""
    first = ~stream.known[slots.first]
    last = ~stream.known[slots.last] & (slots.last != slots.first)
    return np.asarray(first.astype(np.int64) + last)


def _has_known(slots: Slots, stream: Stream) -> Flags:
    return np.asarray(stream.known[slots.first] | stream.known[slots.last])


def _shapes(slots: Slots, stream: Stream, knowledge: Knowledge) -> Matrix:
    """Log P(letters) of the unknown words among the slots' tokens; 0 for known ones."""
    result = np.zeros(len(slots), dtype=np.float32)
    for tokens, asked in ((slots.first, slots.first >= 0), (slots.last, slots.last != slots.first)):
        index = np.flatnonzero(~stream.known[tokens] & asked)
        result[index] += knowledge.chars.logs([stream.readings[t] for t in tokens[index].tolist()])
    return result


def _own_costs(observed: Sequence[str], knowledge: Knowledge) -> Matrix:
    """Log P(every letter was read right)."""
    codes, _ = encode(list(observed))
    right = np.zeros(256, dtype=np.float32)
    letters = np.arange(len(LETTERS))
    right[letters] = -knowledge.errors.read[letters, letters]
    return np.asarray(right[codes].sum(axis=1))


def _clear(slots: Slots, stream: Stream, unknown: int) -> Flags:
    ids, left, right = stream.ids, slots.left, slots.right
    around = np.stack([ids[left - 1], ids[left], ids[right], ids[right + 1]])
    return np.asarray((around != unknown).all(axis=0))


def contexts(rows: Choices, slots: Slots, ids: Ints, knowledge: Knowledge) -> tuple[Matrix, Matrix]:
    """How each choice fits its neighbours, which are those of ``ids``: by the words, and by their forms.

    The first is log P(words and the two after them | the two before), the second how much likelier the classes of the
    words make one another. "Something else" gets what an unknown word would.
    """
    model = knowledge.ngrams
    context = np.zeros(len(rows.slot), dtype=np.float32)
    agreement = np.zeros(len(rows.slot), dtype=np.float32)
    before = np.stack([ids[slots.left - 1], ids[slots.left]], axis=1)
    # Between the two tokens of a pair nothing else stands in the stream, unless a sentence ends there.
    after = np.stack([ids[slots.right], ids[slots.right + 1]], axis=1)
    other = rows.option == OTHER
    # A sign that stands alone is no word, but what it may have been that no source came upon is one.
    first = np.where(other, model.unknown, rows.words[:, 0])
    length = (first >= 0).astype(np.int64) + (rows.words[:, 1] >= 0)
    for count in (0, 1, 2):
        here = np.flatnonzero(length == count)
        inner = np.stack([first[here], rows.words[here, 1]], axis=1)[:, :count]
        s = rows.slot[here]
        trigrams = _trigrams(np.concatenate([before[s], inner, after[s]], axis=1), model.boundary)
        context[here] = _summed(trigrams, model.logs)
        agreement[here] = _summed(trigrams, knowledge.agreement.logs)
    return context, agreement


Trigrams = tuple[tuple[Ints, Ints, Ints, Flags], ...]


def _trigrams(sequence: Ints, boundary: int) -> Trigrams:
    """The three words of every trigram of each sequence, and where it counts: nothing is said across a boundary."""
    ended = np.zeros(len(sequence), dtype=bool)
    found = []
    for k in range(2, sequence.shape[1]):
        u, v, w = sequence[:, k - 2], sequence[:, k - 1], sequence[:, k]
        found.append((np.where(v == boundary, boundary, u), v, w, ~ended))
        ended = ended | (w == boundary)
    return tuple(found)


def _summed(trigrams: Trigrams, logs: Callable[[Ints, Ints, Ints], Matrix]) -> Matrix:
    """The sum of what a model says of the trigrams of each sequence."""
    total = np.zeros(len(trigrams[0][0]), dtype=np.float32)
    for u, v, w, counts in trigrams:
        total += logs(u, v, w) * counts
    return total


def complete(rows: Choices, context: Matrix, agreement: Matrix, noise: float) -> Matrix:
    """The whole matrix of features: how the choices fit, and the page's noise (:func:`noise_of`), filled in."""
    matrix = rows.fixed.copy()
    stands = np.flatnonzero(rows.option == STANDS)
    known = matrix[stands, _INDEX["stands_known"]] > 0
    for name, column in (("context", context), ("agreement", agreement)):
        matrix[:, _INDEX[name]] = column
        matrix[:, _INDEX[f"{name}_known"]] = column * known[rows.slot]
        matrix[:, _INDEX[f"{name}_clear"]] = column * rows.clear[rows.slot]
    matrix[stands, _INDEX["stands_context"]] = np.where(known, 0, context[stands])
    matrix[stands, _INDEX["stands_context_known"]] = np.where(known, context[stands], 0)
    for table, factor in ((_BY_NOISE, noise), (_BY_CLEANNESS, min(noise - _CLEAN, 0.0))):
        for name, base in table.items():
            matrix[:, _INDEX[name]] = matrix[:, _INDEX[base]] * np.float32(factor)
    return matrix
