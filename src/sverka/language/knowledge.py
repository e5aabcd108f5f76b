"""Everything the program knows of the language, opened at once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sverka.language.automaton import Automaton
from sverka.language.chars import CharModel
from sverka.language.errormodel import ErrorModel
from sverka.language.ngram import NgramModel
from sverka.language.retrieval import Retrieval
from sverka.language.store import DATA, load, save

_AUTOMATON = ("masks", "first", "counts", "targets", "skips", "labels")
_ERRORS = ("read", "lost", "added", "doubled", "fused")


@dataclass(frozen=True, slots=True)
class Knowledge:
    """The lexicon, the language models of its words and of letters, and the error model."""

    lexicon: Automaton
    ngrams: NgramModel
    chars: CharModel
    errors: ErrorModel

    @classmethod
    def open(cls, folder: Path = DATA) -> Knowledge:
        """Map the shipped knowledge into memory."""
        return _open(folder)


@cache
def _open(folder: Path) -> Knowledge:
    return Knowledge(open_lexicon(folder), open_ngrams(folder), open_chars(folder), open_errors(folder))


def open_lexicon(folder: Path) -> Automaton:
    """The lexicon under ``folder``."""
    return Automaton(*(load(folder / "lexicon", name) for name in _AUTOMATON))


def save_lexicon(folder: Path, automaton: Automaton) -> None:
    """Write the lexicon under ``folder``."""
    save(folder / "lexicon", **{name: getattr(automaton, name) for name in _AUTOMATON})


def open_ngrams(folder: Path) -> NgramModel:
    """The language model under ``folder``."""
    place = folder / "ngrams"

    def retrieval(name: str) -> Retrieval:
        seed = int(load(place, f"{name}_seed")[0])
        return Retrieval(load(place, f"{name}_prints"), load(place, f"{name}_values"), seed)

    return NgramModel(load(place, "unigrams"), load(place, "backoffs"), retrieval("bigrams"), retrieval("trigrams"))


def save_ngrams(folder: Path, model: NgramModel) -> None:
    """Write the language model under ``folder``."""
    arrays: dict[str, NDArray[np.generic]] = {"unigrams": model.unigrams, "backoffs": model.backoffs}
    for name, part in (("bigrams", model.bigrams), ("trigrams", model.trigrams)):
        arrays |= {
            f"{name}_prints": part.prints,
            f"{name}_values": part.values,
            f"{name}_seed": np.array([part.seed], dtype=np.int64),
        }
    save(folder / "ngrams", **arrays)


def open_chars(folder: Path) -> CharModel:
    """The letter model under ``folder``."""
    return CharModel(load(folder / "chars", "table"))


def save_chars(folder: Path, model: CharModel) -> None:
    """Write the letter model under ``folder``."""
    save(folder / "chars", table=model.table)


def open_errors(folder: Path) -> ErrorModel:
    """The error model under ``folder``."""
    return ErrorModel(*(load(folder / "errors", name).astype(np.float32) for name in _ERRORS))


def save_errors(folder: Path, model: ErrorModel) -> None:
    """Write the error model under ``folder``, in half precision."""
    save(folder / "errors", **{name: getattr(model, name).astype(np.float16) for name in _ERRORS})
