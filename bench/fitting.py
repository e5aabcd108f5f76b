"""The ranker fitted on four fifths of the pages and measured on the fifth that it has not seen."""

from __future__ import annotations

import multiprocessing
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from bench.gold import Page, Prediction
from bench.system import Sverka
from sverka.correct import train
from sverka.correct.fitting import fit
from sverka.correct.ranker import Choice, Judge, Ranker
from sverka.correct.slots import SlotKind
from sverka.correct.train import Sample
from sverka.language.build import bench
from sverka.language.knowledge import Knowledge

FOLDS = 5

Samples = dict[SlotKind, list[Sample]]


def samples(folder: Path) -> Samples:
    """The choices on all pages of a folder, in every quality that the shipped weights are fitted on."""
    return train.learn(bench.read(folder), Knowledge.open())[1]


_AT_WORK: Samples = {}


@contextmanager
def workers(of_pages: Samples, jobs: int) -> Iterator[ProcessPoolExecutor]:
    """Processes that find ``of_pages`` under :func:`at_work`: they are forked, so that it is not copied to each."""
    _AT_WORK.clear()
    _AT_WORK.update(of_pages)
    with ProcessPoolExecutor(jobs, multiprocessing.get_context("fork")) as executor:
        yield executor
    _AT_WORK.clear()


def at_work() -> Samples:
    """The samples that the processes share."""
    return _AT_WORK


def held_out(pages: Sequence[Page], of_pages: Samples, jobs: int) -> dict[str, tuple[Prediction, ...]]:
    """The findings on each page by the whole program, with weights fitted on the pages of the other folds.

    ``pages`` stand in the order in which the samples count them.
    """
    with workers(of_pages, jobs) as executor:
        rankers = list(executor.map(_without_fold, range(FOLDS)))
    found: dict[str, tuple[Prediction, ...]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for number, ranker in enumerate(rankers):
            weights = Path(folder, f"{number}.json")
            ranker.save(weights)
            found |= Sverka(weights).check(pages[number::FOLDS])
    return found


def _without_fold(number: int) -> Ranker:
    return Ranker({kind: fitted(kind, parts, number) for kind, parts in at_work().items()})


def fitted(kind: SlotKind, parts: Sequence[Sample], fold: int, without: Sequence[int] = ()) -> Judge:
    """The judge fitted on the pages of all folds but one, blind to the features ``without``."""
    table = train.stack([part for part in parts if part.page % FOLDS != fold])
    return fit(replace(table, choice=blind(table.choice, without)), train.SIZES[kind])


def blind(choice: Choice, without: Sequence[int]) -> Choice:
    """The choice with some of its features nought everywhere, which tells a judge nothing."""
    features = choice.features.copy()
    features[:, list(without)] = 0
    return replace(choice, features=features)
