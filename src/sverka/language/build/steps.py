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
from sverka.language.build import (
    agreement,
    bench,
    capitals,
    chars,
    corpus,
    dictionary,
    errormodel,
    lexicon,
    names,
    ngram,
    recipe,
)
from sverka.language.build.corpus import Corpora
from sverka.language.names import TABLE
from sverka.language.search import MOST_NODES, MOST_WORDS
from sverka.language.store import DATA

_SUFFIX = ".txt.xz"


@dataclass(frozen=True)
class Sources:
    """What the knowledge is learned from; a folder is only asked for by the steps that need it.

    ``corpora_folder`` holds ``NAME.txt.xz``, a sentence a line. ``bench_folder`` holds pages of OCR with their truth
    (:func:`sverka.language.build.bench.read`). ``forms`` gives the word forms of a dictionary, folded, and ``entries``
    the same forms with what they can be.
    """

    corpora_folder: Path | None = None
    bench_folder: Path | None = None
    forms: Callable[[], Iterable[str]] = lexicon.dictionary_forms
    entries: Callable[[], Iterable[dictionary.Entry]] = dictionary.entries

    @cached_property
    def corpora(self) -> Corpora:
        """All corpora that are learned from; read once, which takes a minute.

        Raises UsageError where no folder was named, InputError where it holds none.
        """
        print(f"reading {len(self.names)} corpora", flush=True)
        return corpus.read(self.folder, self.names)

    @property
    def folder(self) -> Path:
        """The folder of the corpora; raises UsageError where none was named."""
        if self.corpora_folder is None:
            raise UsageError("this step learns from corpora", remedy="name their folder with --corpora DIR")
        return self.corpora_folder

    @property
    def names(self) -> tuple[str, ...]:
        """The corpora that are learned from; raises as :attr:`folder`, and InputError where it holds none."""
        found = {path.name.removesuffix(_SUFFIX) for path in self.folder.glob(f"*{_SUFFIX}")}
        if not found - recipe.LEFT_OUT:
            raise InputError(f"no corpora here (NAME{_SUFFIX})", place=str(self.folder))
        return tuple(sorted(found - recipe.LEFT_OUT))

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
    weights = _weights(corpora)
    ids = _model_ids(known, corpora)
    training, held_out = ngram.split(corpora)
    print("reading the dictionary", flush=True)
    forms = dictionary.read(known, sources.entries())
    print("counting", flush=True)
    model = ngram.train(
        training,
        _numbers(known, corpora),
        len(known),
        weights,
        forms.expected,
        pairs=recipe.BIGRAMS,
        triples=recipe.TRIGRAMS,
    )
    knowledge.save_ngrams(target, model)
    for part in held_out:
        if len(part.ids) > 1:
            value = ngram.perplexity(model, ids[part.ids])
            print(f"perplexity {value:7,.0f}  {part.name} ({len(part.ids):,} words held out)", flush=True)


def make_agreement(sources: Sources, target: Path) -> None:
    """The model of agreement; prints what it tells of the words that were held out of each corpus."""
    known = _open_lexicon(target)
    corpora = sources.corpora
    weights = _weights(corpora)
    ids = _model_ids(known, corpora)
    training, held_out = ngram.split(corpora)
    print("reading the dictionary", flush=True)
    forms = dictionary.read(known, sources.entries())
    counts = np.zeros(len(known) + 3)
    for part in training.corpora:
        counts += np.bincount(ids[part.ids], minlength=len(counts)) * weights[part.name]
    classes = agreement.classify(known, forms, counts[:-3], own=recipe.OWN_CLASSES, sets=recipe.SET_CLASSES)
    print(f"{classes.count} classes", flush=True)
    model = agreement.train(training, ids, classes, weights, rows=recipe.CONTEXTS)
    knowledge.save_agreement(target, model)
    for part in held_out:
        if len(part.ids) > 1:
            value = agreement.gain(model, ids[part.ids])
            print(f"{value:5.2f} nats a word  {part.name} ({len(part.ids):,} words held out)", flush=True)


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


def make_capitals(sources: Sources, target: Path) -> None:
    """How often words have capitals; prints how many are kept."""
    known = _open_lexicon(target)
    # Word numbers know nothing of capitals: the raw text is read once more.
    counts = capitals.count(sources.folder, sources.names)
    made = capitals.learn(counts, known, recipe.weight)
    print(f"{len(made.table.prints):,} cells", flush=True)
    knowledge.save_capitals(target, made)


Step = Callable[[Sources, Path], None]

STEPS: dict[str, Step] = {
    "names": make_names,
    "lexicon": make_lexicon,
    "ngrams": make_ngrams,
    "agreement": make_agreement,
    "chars": make_chars,
    "errors": make_errors,
    "capitals": make_capitals,
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


def _model_ids(known: Automaton, corpora: Corpora) -> NDArray[np.int64]:
    """The number that the models give to each word of the corpora: boundary, number, unknown follow the lexicon's."""
    numbers = _numbers(known, corpora)
    ids = np.where(numbers < 0, len(known) + 2, numbers)
    ids[:2] = (len(known), len(known) + 1)
    return ids


def _weights(corpora: Corpora) -> dict[str, float]:
    return {part.name: recipe.weight(part.name) for part in corpora.corpora}
