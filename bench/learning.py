"""What ``sverka learn`` brings: pages are decided one after the other, and later ones measured before and after.

An editor who never errs (``editor.py``) decides the earlier pages. What is shown is what ``sverka check`` shows, with a
confidence of 0.5 or more. The first 20, 100 and 500 decisions are learned from, each number by itself, and the later
pages are checked with what was learned. Their figures are those of ``pages.py`` and ``calibration.py``. Several orders
of the same pages tell what is chance: given is the mean, and the mean change with its standard error over the orders.

* *A new reader*: right texts, read by a reader that nobody has met (``stranger.py``), in each order another one; once
  those of the letters that come with the project, once the larger ones.
* *A typeface never seen*: pages of OCR, every typeface a project of its own, half of its pages decided; the error model
  is counted on the pages of all other typefaces. So it is with an archive that the program does not know.
* *None of the pages seen*: a third of the pages of OCR, of any typeface, is counted for the error model, another third
  decided, the rest measured.
* *Typeface by typeface*, *all typefaces*: the same with the error model that ships, which was counted on these very
  pages, so that hardly anything of them can be new to it; of all typefaces at once any half is decided.
* *The letters as they are*: all but one decided, that one measured, each in its turn. They are few, and each is misread
  in its own way.
"""

from __future__ import annotations

import json
import multiprocessing
import random
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from bench import gold, stranger
from bench.calibration import calibration
from bench.editor import Decided, decisions, taught
from bench.gold import ROOT, Page, Prediction, Row, put
from bench.pages import score
from sverka.correct.corrector import Corrector
from sverka.correct.ranker import Ranker
from sverka.language.build import bench as training
from sverka.language.build import errormodel
from sverka.language.errormodel import ErrorModel
from sverka.language.knowledge import Knowledge
from sverka.language.learned import Learned
from sverka.language.names import Gazetteer
from sverka.model import Decision, Finding, Transcript
from sverka.workflow.pipeline import Checker

ORDERS = 5
BUDGETS = (20, 100, 500)
"""Decisions learned from; in a project of fewer all of them."""

_SHOWN = 0.5
_COUNTED = 0.05
_WORDS, _WORDS_OF_LETTERS = 250, 100
"""Words of a page cut out of right text."""
_EARLIER, _LATER = 10, 15
"""Pages of right text that are decided and that are measured."""

_KINDS = {
    "name": "nonword",
    "number": "digits",
    "script": "latin",
    "punctuation": "punct",
    "repetition": "spurious",
    "lacuna": "missing",
}
"""The types of errors in letters, as those of pages are called."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """Later pages after so many decisions: shares, words broken per 1,000 at 0.5, expected calibration error."""

    first: float
    f1: float
    wer: float
    broken: float
    calibration: float


@dataclass(frozen=True, slots=True)
class Project:
    """Pages that are decided, pages that are measured, and the error model before anything was learned."""

    earlier: Sequence[Page]
    later: Sequence[Page]
    model: ErrorModel


Outcomes = Mapping[int, Outcome]
"""By the number of decisions; 0 is before."""


def measured(
    names: Sequence[str], shared: Path, jobs: int, talk: Callable[[str], None]
) -> dict[str, tuple[Outcomes, ...]]:
    """Of each of these sets that is there, the outcomes of every order."""
    tasks: list[tuple[str, int]] = []
    for name in names:
        lacking = [place for place in _SETS[name][0] if not (shared / place).exists()]
        if lacking:
            talk(f"not measured: learning, {name}; needs {lacking[0]}, which is not in {shared}")
        else:
            tasks += ((name, order) for order in range(1 if name == _AS_THEY_ARE else ORDERS))
    with ProcessPoolExecutor(jobs, multiprocessing.get_context("fork")) as executor:
        futures = [(name, executor.submit(_outcomes, name, order, shared)) for name, order in tasks]
        found: dict[str, tuple[Outcomes, ...]] = {}
        for name, future in futures:
            if name not in found:
                talk(f"learning: {name}")
            found[name] = (*found.get(name, ()), future.result())
    return found


def _outcomes(name: str, order: int, shared: Path) -> Outcomes:
    return outcomes(projects(name, shared, order))


def projects(name: str, shared: Path, order: int) -> tuple[Project, ...]:
    """The projects of a set in the order of this number; ``shared`` is where the larger sets lie."""
    return _SETS[name][1](shared, order)


def outcomes(projects: Sequence[Project]) -> Outcomes:
    """The later pages of all projects together, by decisions made in each."""
    said: dict[int, dict[str, tuple[Prediction, ...]]] = {number: {} for number in (0, *BUDGETS)}
    for project in projects:
        decided = _decided(project)
        for number, found in said.items():
            learned = taught(decided, number, project.model) if number else Learned()
            checker = _checker(project.model, learned, _COUNTED)
            for page in project.later:
                shown = _check(checker, page)
                found[page.name] = tuple(Prediction(f.span, _texts(f), f.confidence) for f in shown)
    later = [page for project in projects for page in project.later]
    return {number: _outcome(later, found) for number, found in said.items()}


def _outcome(pages: Sequence[Page], said: Mapping[str, Sequence[Prediction]]) -> Outcome:
    of_pages = score(pages, said)
    wer, broken = of_pages.after[0.5].wer, of_pages.broken(0.5)
    return Outcome(of_pages.first, of_pages.f1, wer, broken, calibration(pages, said).error)


def _decided(project: Project) -> Decided:
    """The earlier pages with what is said of them, as far as anything is learned from it."""
    checker = _checker(project.model, Learned(), _SHOWN)
    decided: list[tuple[Page, Sequence[Decision]]] = []
    made = 0
    for page in project.earlier:
        if made < max(BUDGETS):
            said = decisions(page, _check(checker, page))
            decided.append((page, said))
            made += len(said)
    return decided


def _checker(model: ErrorModel, learned: Learned, floor: float) -> Checker:
    """The program as a project with ``learned`` opens it, with ``model`` for the error model that ships."""
    knowledge = replace(Knowledge.open(), errors=learned.adapted(model))
    return Checker(knowledge, Corrector(knowledge, Ranker.open(), _gazetteer(), learned.calibration), floor)


@cache
def _gazetteer() -> Gazetteer:
    return Gazetteer.open()


def _check(checker: Checker, page: Page) -> tuple[Finding, ...]:
    beside = Transcript(f"{page.name}.en", page.translation) if page.translation else None
    return checker.check(Transcript(page.name, page.text), translation=beside).findings


def _texts(finding: Finding) -> tuple[str, ...]:
    return tuple(candidate.text for candidate in finding.candidates)


# The sets


def _halves(pages: Sequence[Page], order: int) -> tuple[Sequence[Page], Sequence[Page]]:
    dealt = random.Random(order).sample(pages, len(pages))
    half = (len(dealt) + 1) // 2
    return dealt[:half], dealt[half:]


def _read_by_stranger(texts: Sequence[Page], order: int, earlier: int, later: int) -> tuple[Project, ...]:
    model = Knowledge.open().errors
    by = stranger.stranger(order, model)
    dealt = random.Random(order).sample(texts, len(texts))
    pages = [stranger.misread(page, by, order) for page in dealt[: earlier + later]]
    return (Project(pages[:earlier], pages[earlier:], model),)


def _letters_by_stranger(_: Path, order: int) -> tuple[Project, ...]:
    folder = ROOT / "tests" / "data" / "bilingual"
    truths = [Page(path.name, path.read_bytes().decode("utf-8"), ()) for path in sorted(folder.glob("*.truth.txt"))]
    texts = stranger.excerpts(truths, _WORDS_OF_LETTERS)
    half = (len(texts) + 1) // 2
    return _read_by_stranger(texts, order, half, len(texts) - half)


def _clean_by_stranger(shared: Path, order: int) -> tuple[Project, ...]:
    return _read_by_stranger(stranger.excerpts(gold.clean(shared / "clean"), _WORDS), order, _EARLIER, _LATER)


def _as_they_are(_: Path, __: int) -> tuple[Project, ...]:
    letters = [_like_page(letter) for letter in gold.letters()]
    model = Knowledge.open().errors
    return tuple(Project([other for other in letters if other is not last], [last], model) for last in letters)


def _like_page(letter: Page) -> Page:
    """A letter with its errors named as those of pages; the source's own slips are to stay, and count neither way."""
    rows = tuple(
        Row(row.span, row.span.of(letter.text), "punct")
        if row.kind == "sic"
        else replace(row, kind=_KINDS.get(row.kind, row.kind))
        for row in letter.rows
    )
    return replace(letter, rows=rows, truth=put(letter.text, ((row.span, row.truth) for row in rows)))


def _typefaces(folder: Path) -> Iterator[tuple[str, tuple[Page, ...]]]:
    """The pages by the typeface that ``NNN.meta.json`` names."""
    found: dict[str, list[Page]] = {}
    for page in gold.pages(folder):
        meta = json.loads((folder / f"{page.name}.meta.json").read_text(encoding="utf-8"))
        found.setdefault(meta["font"], []).append(page)
    yield from ((name, tuple(pages)) for name, pages in sorted(found.items()))


def _never_seen(shared: Path, order: int) -> tuple[Project, ...]:
    folder = shared / "bench" / "dev"
    typefaces = dict(_typefaces(folder))
    every = _names(typefaces.values())
    return tuple(
        Project(*_halves(pages, order), _counted(folder, every - _names([pages]))) for pages in typefaces.values()
    )


def _none_seen(shared: Path, order: int) -> tuple[Project, ...]:
    folder = shared / "bench" / "dev"
    pages = gold.pages(folder)
    dealt = random.Random(order).sample(pages, len(pages))
    third = len(dealt) // 3
    model = _counted(folder, _names([dealt[2 * third :]]))
    return (Project(dealt[:third], dealt[third : 2 * third], model),)


def _names(sets: Iterable[Sequence[Page]]) -> frozenset[str]:
    return frozenset(page.name for pages in sets for page in pages)


@cache
def _counted(folder: Path, names: frozenset[str]) -> ErrorModel:
    """The error model counted on the pages of these names alone."""
    pages = [page for page in training.read(folder) if page.name in names]
    return errormodel.learn([pair for page in pages for pair in training.pairs(page)])


def _by_typeface(shared: Path, order: int) -> tuple[Project, ...]:
    model = Knowledge.open().errors
    return tuple(Project(*_halves(pages, order), model) for _, pages in _typefaces(shared / "bench" / "dev"))


def _all_typefaces(shared: Path, order: int) -> tuple[Project, ...]:
    return (Project(*_halves(gold.pages(shared / "bench" / "dev"), order), Knowledge.open().errors),)


_AS_THEY_ARE = "the letters as they are"
_PAGES = ("bench/dev/gold.tsv", "bench/dev/001.meta.json")
_SETS: Mapping[str, tuple[tuple[str, ...], Callable[[Path, int], tuple[Project, ...]]]] = {
    "a new reader, the project's letters": ((), _letters_by_stranger),
    _AS_THEY_ARE: ((), _as_they_are),
    "a new reader, news and a political work": (("clean",), _clean_by_stranger),
    "pages, a typeface never seen": (_PAGES, _never_seen),
    "pages, all typefaces, none of the pages seen": (_PAGES, _none_seen),
    "pages, typeface by typeface": (_PAGES, _by_typeface),
    "pages, all typefaces": (_PAGES, _all_typefaces),
}
"""What a set needs beside the project, and how its projects are made of it, for each order."""
OWN = tuple(name for name, (needs, _) in _SETS.items() if not needs)
LARGER = tuple(name for name, (needs, _) in _SETS.items() if needs)
