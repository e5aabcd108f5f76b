"""Sorts the words of the lexicon into grammatical classes, and counts how the classes follow one another."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sverka.language.agreement import STEP, AgreementModel
from sverka.language.automaton import Automaton
from sverka.language.build.corpus import Corpora
from sverka.language.build.dictionary import Dictionary
from sverka.language.words import LETTERS

Ids = NDArray[np.int64]
Counts = NDArray[np.float64]
Reading = frozenset[str]
"""What a form can be: patterns as :func:`pattern` gives them."""

_CASES = {
    "nomn": "nomn", "voct": "nomn", "gent": "gent", "gen1": "gent", "gen2": "gent", "datv": "datv",
    "accs": "accs", "acc2": "accs", "ablt": "ablt", "loct": "loct", "loc1": "loct", "loc2": "loct",
}  # fmt: skip
_GENDERS = ("masc", "femn", "neut")
_PERSONS = ("1per", "2per", "3per")
_ADJECTIVES = frozenset({"ADJF", "PRTF"})
_SHORT = frozenset({"ADJS", "PRTS"})
_MARGINAL = frozenset({"INTJ", "Arch", "Erro", "Slng", "Infr", "Dist", "Abbr", "Init"})
"""What a form hardly ever is where it can be something else."""
_FUNCTION = frozenset({"PREP", "CONJ", "PRCL", "NPRO", "PRED"})

_LONGEST_ENDING = 5
_ENOUGH = 20
"""So many words of the dictionary must share an ending that tells the class of a word outside it."""
_PRIOR = 100.0
"""What the lower order counts as, in occurrences; found by trial on held-out text."""
_FLOOR = 0.02
"""What a form that no corpus has counts as when the frequent readings are picked."""


def pattern(tag: str) -> str:
    """What of a tag matters for agreement and government, as a short name.

    Kept are the case, number, and, in the singular, gender of nouns and adjectives (participles are adjectives;
    pronouns among the adjectives stand apart), the number and gender or person of verbs, and whether a verb takes an
    object. Animacy shows in which cases share a form.
    """
    grammemes = tag.replace(" ", ",").split(",")
    marks = set(grammemes)
    part = grammemes[0]
    number = "plur" if "plur" in marks else "sing"
    gender = "" if number == "plur" else next((g for g in grammemes if g in _GENDERS), "")
    case = next((_CASES[g] for g in grammemes if g in _CASES), "")
    object_ = "tran" if "tran" in marks else "intr"
    person = next((p for p in _PERSONS if p in marks), "")
    if part in _ADJECTIVES:
        part = "Apro" if "Apro" in marks else "ADJF"
    elif part in _SHORT:
        part = "ADJS"
    shown = {
        "ADJF": (case, number, gender),
        "Apro": (case, number, gender),
        "NOUN": (case, number, gender),
        "NPRO": (case, number, gender),
        "ADJS": (number, gender),
        "NUMR": (case,),
        "INFN": (object_,),
        "GRND": (object_,),
        "VERB": ("impr",) if "impr" in marks else (number, gender or person, object_),
    }.get(part, ())
    return " ".join((part, *shown))


@dataclass(frozen=True, slots=True)
class Classes:
    """The class of every word, as :class:`AgreementModel` wants them, and how many there are."""

    of: NDArray[np.uint8]
    count: int


def classify(lexicon: Automaton, forms: Dictionary, counts: Counts, *, own: int, sets: int) -> Classes:
    """Sort the words of the lexicon.

    ``counts`` says how often each of them occurs. The ``own`` most frequent function words are classes of their own;
    the ``sets`` most frequent sets of readings are classes, to which other sets go by the share of readings that they
    have in common. A word that the dictionary lacks has the class that most words with its ending have (of one with
    hyphens, the last part's ending).
    """
    kinds, of_word = _sets(forms)
    weights = counts + _FLOOR
    function = np.array([any(p.split()[0] in _FUNCTION for p in kind) for kind in kinds] + [False])
    chosen = np.argsort(-np.where(function[of_word], counts, -1.0), kind="stable")[:own]
    chosen = chosen[function[of_word[chosen]]]
    rest = weights.copy()
    rest[chosen] = 0
    totals = np.bincount(of_word, weights=rest, minlength=len(kinds) + 1)[: len(kinds)]
    order = np.argsort(-totals, kind="stable")
    kept = [kinds[i] for i in order[:sets]]
    # One class more than the sets, for readings that resemble none of them.
    target = np.full(len(kinds) + 1, len(kept))
    for i in order.tolist():
        target[i] = _nearest(kinds[i], kept)
    classes = target[of_word]
    _guess(classes, of_word == len(kinds), lexicon)
    classes[chosen] = len(kept) + 1 + np.arange(len(chosen))
    first = len(kept) + 1 + len(chosen)
    return Classes(np.r_[classes, first, first + 1, first + 2].astype(np.uint8), first + 3)


def _sets(forms: Dictionary) -> tuple[list[Reading], Ids]:
    """The sets of readings that occur, and which of them each word has; one past the last for none."""
    marginal = np.array([not _MARGINAL.isdisjoint(tag.replace(" ", ",").split(",")) for tag in forms.tags], dtype=bool)
    patterns = [pattern(tag) for tag in forms.tags]
    names = sorted(set(patterns))
    place = {name: i for i, name in enumerate(names)}
    code = np.array([place[name] for name in patterns], dtype=np.int64)
    firm = np.zeros(forms.size, dtype=bool)
    firm[forms.word[~marginal[forms.tag]]] = True
    keep = ~marginal[forms.tag] | ~firm[forms.word]
    pairs = np.unique(forms.word[keep] * len(names) + code[forms.tag[keep]])
    word, reading = pairs // len(names), (pairs % len(names)).tolist()
    starts = np.flatnonzero(np.diff(word, prepend=-1))
    table: dict[tuple[int, ...], int] = {}
    found = [
        table.setdefault(tuple(reading[a:b]), len(table))
        for a, b in zip(starts.tolist(), [*starts[1:].tolist(), len(word)], strict=True)
    ]
    of_word = np.full(forms.size, len(table))
    of_word[word[starts]] = found
    return [frozenset(names[i] for i in key) for key in table], of_word


def _nearest(kind: Reading, kept: Sequence[Reading]) -> int:
    """The position of the set that shares most readings (Jaccard's index), the more frequent one of equals."""
    best, position = 0.0, len(kept)
    for i, other in enumerate(kept):
        common = len(kind & other)
        if common and (share := common / (len(kind) + len(other) - common)) > best:
            best, position = share, i
    return position


def _guess(classes: Ids, lacking: NDArray[np.bool_], lexicon: Automaton) -> None:
    """Give words that lack a class the one that most words with their ending have, the longest ending that tells."""
    words = list(spell(lexicon))
    lengths = range(_LONGEST_ENDING, 0, -1)
    strangers = {i: words[i].rsplit("-", 1)[-1] for i in np.flatnonzero(lacking).tolist()}
    wanted = {word[-n:] for word in strangers.values() for n in lengths}
    votes: defaultdict[str, Counter[int]] = defaultdict(Counter)
    for i, kind in zip(np.flatnonzero(~lacking).tolist(), classes[~lacking].tolist(), strict=True):
        word = words[i]
        for n in lengths:
            if (ending := word[-n:]) in wanted and len(word) > n:
                votes[ending][kind] += 1
    winners = {e: v.most_common(1)[0][0] for e, v in votes.items() if v.total() >= _ENOUGH}
    for i, word in strangers.items():
        classes[i] = next((winners[word[-n:]] for n in lengths if word[-n:] in winners), classes[i])


def spell(lexicon: Automaton) -> Iterator[str]:
    """The words of an automaton in the order of their numbers."""
    final = lexicon.final(np.arange(len(lexicon.masks))).tolist()
    ends = [*lexicon.first[1:].tolist(), len(lexicon.labels)]
    edges = [
        [(LETTERS[code], target) for code, target in zip(codes, targets, strict=True)]
        for codes, targets in (
            (lexicon.labels[a:b].tolist(), lexicon.targets[a:b].tolist())
            for a, b in zip(lexicon.first.tolist(), ends, strict=True)
        )
    ]
    stack = [("", 0)]
    while stack:
        word, node = stack.pop()
        if final[node]:
            yield word
        stack += [(word + letter, target) for letter, target in reversed(edges[node])]


def train(corpora: Corpora, ids: Ids, classes: Classes, weights: Mapping[str, float], *, rows: int) -> AgreementModel:
    """The model over these classes, with so many contexts of two classes.

    ``ids`` gives the number of each word of ``corpora`` in the model. Counts are weighted by corpus; each order is
    smoothed towards the next lower one as by a Dirichlet prior (MacKay and Peto, "A hierarchical Dirichlet language
    model", 1995). Kept are the contexts that tell most beyond their last class.
    """
    size = classes.count
    boundary = int(classes.of[-3])
    flat = np.zeros(size**3)
    for part in corpora.corpora:
        sequence = classes.of[ids[part.ids]].astype(np.int64)
        flat += np.bincount(_triples(sequence, boundary, size), minlength=size**3) * weights[part.name]
    three = flat.reshape(size, size, size)
    two = three.sum(axis=0)
    one = two.sum(axis=0) + 1
    p1 = one / one.sum()
    p2 = (two + _PRIOR * p1) / (two.sum(axis=1, keepdims=True) + _PRIOR)
    p3 = (three + _PRIOR * p2) / (three.sum(axis=2, keepdims=True) + _PRIOR)
    gain = np.einsum("abc,abc->ab", three, np.log(p3) - np.log(p2))
    best = np.argsort(-gain, axis=None, kind="stable")[:rows]
    best = np.sort(best[gain.ravel()[best] > 0])
    a, b = best // size, best % size
    index = np.tile(np.arange(size, dtype=np.uint16), (size, 1))
    index[a, b] = size + np.arange(len(best))
    table = np.log(np.concatenate([p2, p3[a, b]])) - np.log(p1)
    return AgreementModel(classes.of, index, np.clip(np.rint(table / STEP), -127, 127).astype(np.int8))


def _triples(sequence: Ids, boundary: int, size: int) -> Ids:
    """Trigrams as numbers; a sentence begins with two boundaries, and nothing is predicted across its end."""
    if len(sequence) < 2:
        return np.zeros(0, dtype=np.int64)
    u = np.r_[boundary, sequence[:-2]]
    v, w = sequence[:-1], sequence[1:]
    u = np.where(v == boundary, boundary, u)
    return (u * size + v) * size + w


def gain(model: AgreementModel, ids: Ids) -> float:
    """What two classes tell of the next, in nats per word of held-out text given by the model's word numbers."""
    boundary, unknown = len(model.classes) - 3, len(model.classes) - 1
    v, w = ids[:-1], ids[1:]
    u = np.where(v == boundary, boundary, np.r_[boundary, ids[:-2]])
    return float(model.logs(u, v, w)[w != unknown].mean())
