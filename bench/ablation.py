"""What each group of features buys: the ranker fitted without it, on the pages as they were read, cross-validated."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bench.fitting import FOLDS, Samples, at_work, blind, fitted, workers
from sverka.correct.features import FEATURES
from sverka.correct.ranker import Judge
from sverka.correct.slots import SlotKind
from sverka.correct.train import Sample

REST = "the rest"

_GROUPS = {
    "channel": ("channel",),
    "context": ("context",),
    "rarity": ("rarity",),
    "document": ("document", "repeated"),
    "noise": ("noise", "clean"),
    "grammar": ("inflection", "agreement", "tag", "class", "morphology"),
    "look of a strange word": ("shape", "length", "short", "longer", "number"),
    "capitals and signs": ("capital", "lower", "upper", "case", "casing", "latin", "sign", "signs"),
    "names": ("name", "mentioned"),
    "splits and joins": ("pair", "split", "join", "rejoin", "compound", "part", "parts", "extends", "swallows", "line"),
}
"""Groups of features by what they measure, which is part of their names; the first group that fits counts."""
_ROLES = frozenset({"stands", "other", "candidate", "known", "unknown", "from"})
"""Parts of a name that only say what a feature is of; one whose name has nothing else is always there."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """Slots with an error, those seen (at 0.5), those put right at first; right slots, and those doubted."""

    errors: int = 0
    found: int = 0
    first: int = 0
    right: int = 0
    false: int = 0

    def __add__(self, other: Chosen) -> Chosen:
        return Chosen(
            self.errors + other.errors,
            self.found + other.found,
            self.first + other.first,
            self.right + other.right,
            self.false + other.false,
        )

    @property
    def precision(self) -> float:
        """Of slots that were doubted, the share with an error."""
        return self.found / max(1, self.found + self.false)


def groups() -> dict[str, tuple[str, ...]]:
    """The features by what they measure."""
    found: dict[str, tuple[str, ...]] = {}
    for name in FEATURES:
        parts = set(name.split("_"))
        if parts - _ROLES:
            group = next((group for group, words in _GROUPS.items() if parts & set(words)), REST)
            found[group] = (*found.get(group, ()), name)
    return found


def ablation(of_pages: Samples, jobs: int) -> dict[str, dict[SlotKind, Chosen]]:
    """What the choices come to with all features (under "") and with each group left out, by kind of slot.

    A group of which the pages show nothing is not among them.
    """
    as_read = {kind: _as_read(parts) for kind, parts in of_pages.items()}
    varied = set().union(*map(_varied, as_read.values()))
    left_out = {"": (), **{group: names for group, names in groups().items() if varied & set(names)}}
    tasks = [(names, kind, fold) for names in left_out.values() for kind in as_read for fold in range(FOLDS)]
    with workers(as_read, jobs) as executor:
        done = list(executor.map(_without_features, tasks))
    result: dict[str, dict[SlotKind, Chosen]] = {}
    for group, names in left_out.items():
        result[group] = {
            kind: sum((c for (n, k, _), c in zip(tasks, done, strict=True) if n == names and k is kind), Chosen())
            for kind in as_read
        }
    return result


def _varied(parts: Sequence[Sample]) -> set[str]:
    """The features that are not nought everywhere."""
    seen = np.any([part.choice.features.any(axis=0) for part in parts if len(part.right)], axis=0)
    return {name for name, some in zip(FEATURES, seen.tolist(), strict=True) if some}


def _as_read(parts: Sequence[Sample]) -> list[Sample]:
    """The first sample of each page: later ones are of the page with errors put right."""
    first: dict[int, Sample] = {}
    for part in parts:
        first.setdefault(part.page, part)
    return list(first.values())


def _without_features(task: tuple[tuple[str, ...], SlotKind, int]) -> Chosen:
    names, kind, fold = task
    without = [i for i, name in enumerate(FEATURES) if name in names]
    parts = at_work()[kind]
    judge = fitted(kind, parts, fold, without)
    return sum((_chosen(part, judge, without) for part in parts if part.page % FOLDS == fold), Chosen())


def _chosen(part: Sample, judge: Judge, without: Sequence[int]) -> Chosen:
    if not len(part.right):
        return Chosen()
    p = judge.probability(blind(part.choice, without))
    starts = part.choice.starts
    total = Chosen()
    for a, b in zip(starts.tolist(), [*starts[1:].tolist(), len(p)], strict=True):
        # The first row of a slot is the text as it stands, the last something that no source came upon.
        flagged, right = bool(p[a] < 0.5), bool(part.right[a])
        best = a + 1 + int(np.argmax(p[a + 1 : b]))
        first = flagged and not right and best != b - 1 and bool(part.right[best])
        total += Chosen(not right, flagged and not right, first, right, flagged and right)
    return total
