"""The steps of the build. Each reads its sources and what earlier steps saved, and saves its own part."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sverka.errors import InputError, UsageError
from sverka.language import automaton, knowledge
from sverka.language.automaton import Automaton
from sverka.language.build import bench, chars, corpus, errormodel, lexicon, names, ngram, recipe
from sverka.language.build.corpus import Corpora
from sverka.language.names import TABLE
from sverka.language.ngram import NgramModel
from sverka.language.search import MOST_NODES, MOST_WORDS
from sverka.language.store import DATA

_SUFFIX = ".txt.xz"


@dataclass(frozen=True)
class Sources:
    """What the knowledge is learned from; a folder is only asked for by the steps that need it.

    ``corpora_folder`` holds ``NAME.txt.xz``, a sentence a line. ``bench_folder`` holds pages of OCR with their truth
    (:func:`sverka.language.build.bench.read`). ``forms`` gives the word forms of a dictionary, folded.
    """

    corpora_folder: Path | None = None
    bench_folder: Path | None = None
    forms: Callable[[], Iterable[str]] = lexicon.dictionary_forms

    @cached_property
    def corpora(self) -> Corpora:
        """All corpora that are learned from; read once, which takes a minute.

        Raises UsageError where no folder was named, InputError where it holds none.
        """
        folder = self.corpora_folder
        if folder is None:
            raise UsageError("this step learns from corpora", remedy="name their folder with --corpora DIR")
        found = {path.name.removesuffix(_SUFFIX) for path in folder.glob(f"*{_SUFFIX}")}
        if not found - recipe.LEFT_OUT:
            raise InputError(f"no corpora here (NAME{_SUFFIX})", place=str(folder))
        print(f"reading {len(found - recipe.LEFT_OUT)} corpora", flush=True)
        return corpus.read(folder, tuple(sorted(found - recipe.LEFT_OUT)))

    @property
    def pages(self) -> tuple[bench.Page, ...]:
        """The pages of OCR; raises UsageError where no folder was named, InputError where it holds none."""
        folder = self.bench_folder
        if folder is None:
            raise UsageError("this step learns from pages of OCR", remedy="name their folder with --bench DIR")
        if not (folder / "gold.tsv").is_file():
            raise InputError("no gold.tsv here", place=str(folder))
        return bench.read(folder)


def make_names(sources: Sources, target: Path) -> None:
    """The inflected forms of the names; a target without a table of names is given the shipped one."""
    if not (target / TABLE).exists():
        target.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(DATA / TABLE, target / TABLE)
    names.build(target)


def make_lexicon(sources: Sources, target: Path) -> None:
    """The lexicon; raises InputError where it has more words or states than can be searched."""
    words = lexicon.words(sources.forms(), sources.corpora)
    print(f"{len(words):,} words", flush=True)
    made = automaton.build(words)
    for what, count, most in (("words", len(made), MOST_WORDS), ("states", len(made.masks), MOST_NODES)):
        if count > most:
            raise InputError(
                f"a lexicon of {count:,} {what}: the search numbers {most:,} at most",
                remedy="ask more occurrences of a word (build/lexicon.py)",
            )
    knowledge.save_lexicon(target, made)


def make_ngrams(sources: Sources, target: Path) -> None:
    """The language model of words; prints the perplexity of what was held out of each corpus."""
    known = _open_lexicon(target)
    corpora = sources.corpora
    weights = {part.name: recipe.weight(part.name) for part in corpora.corpora}
    numbers = _numbers(known, corpora)
    training, held_out = ngram.split(corpora)
    print("counting", flush=True)
    model = ngram.train(training, numbers, len(known), weights, pairs=recipe.BIGRAMS, triples=recipe.TRIGRAMS)
    knowledge.save_ngrams(target, model)
    ids = _model_ids(model, numbers)
    for part in held_out:
        if len(part.ids) > 1:
            value = ngram.perplexity(model, ids[part.ids])
            print(f"perplexity {value:7,.0f}  {part.name} ({len(part.ids):,} words held out)", flush=True)


def make_chars(sources: Sources, target: Path) -> None:
    """The letter model, of the lexicon's words by how often the corpora use them."""
    known = _open_lexicon(target)
    corpora = sources.corpora
    used = np.flatnonzero(_numbers(known, corpora) >= 0)
    counts = sum((corpora.counts(part).astype(float) for part in corpora.corpora), start=np.zeros(len(corpora.words)))
    print(f"letters of {len(used):,} words", flush=True)
    knowledge.save_chars(target, chars.learn([corpora.words[i] for i in used], counts[used]))


def make_errors(sources: Sources, target: Path) -> None:
    """The error model."""
    pairs = [pair for page in sources.pages for pair in bench.pairs(page)]
    wrong = sum(pair.observed != pair.intended for pair in pairs)
    print(f"{len(pairs):,} words, {wrong:,} of them misread", flush=True)
    knowledge.save_errors(target, errormodel.learn(pairs))


Step = Callable[[Sources, Path], None]

STEPS: dict[str, Step] = {
    "names": make_names,
    "lexicon": make_lexicon,
    "ngrams": make_ngrams,
    "chars": make_chars,
    "errors": make_errors,
}
"""The steps by name, in an order in which each finds what it needs."""


def _open_lexicon(target: Path) -> Automaton:
    try:
        return knowledge.open_lexicon(target)
    except FileNotFoundError as error:
        raise InputError("there is no lexicon here", place=str(target), remedy="make it first: step lexicon") from error


def _numbers(known: Automaton, corpora: Corpora) -> NDArray[np.int64]:
    """The lexicon number of each word of the corpora, -1 where it has none."""
    # The first two are BOUNDARY and NUMBER, which no lexicon has: their signs are no letters.
    return known.number(list(corpora.words))


def _model_ids(model: NgramModel, numbers: NDArray[np.int64]) -> NDArray[np.int64]:
    """The number that the model gives to each word of the corpora."""
    ids = np.where(numbers < 0, model.unknown, numbers)
    ids[:2] = (model.boundary, model.number)
    return ids
