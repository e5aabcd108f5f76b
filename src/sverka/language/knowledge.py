"""Everything the program knows of the language, opened at once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from sverka.language.agreement import AgreementModel
from sverka.language.automaton import Automaton
from sverka.language.capitals import Capitals
from sverka.language.chars import CharModel
from sverka.language.errormodel import ErrorModel
from sverka.language.ngram import NgramModel
from sverka.language.retrieval import Retrieval
from sverka.language.store import DATA, load, load_packed, save, save_packed

_AUTOMATON = ("masks", "first", "counts", "targets", "skips", "labels")
_ERRORS = ("read", "lost", "added", "doubled", "fused")


@dataclass(frozen=True, slots=True)
class Knowledge:
    """The lexicon, the models of words, agreement and letters, the error model, and how words are capitalised."""

    lexicon: Automaton
    ngrams: NgramModel
    agreement: AgreementModel
    chars: CharModel
    errors: ErrorModel
    capitals: Capitals

    @classmethod
    def open(cls, folder: Path = DATA) -> Knowledge:
        """Map the shipped knowledge into memory."""
        return _open(folder)


@cache
def _open(folder: Path) -> Knowledge:
    return Knowledge(
        open_lexicon(folder),
        open_ngrams(folder),
        open_agreement(folder),
        open_chars(folder),
        open_errors(folder),
        open_capitals(folder),
    )


def open_lexicon(folder: Path) -> Automaton:
    """The lexicon under ``folder``."""
    return Automaton(*(load(folder / "lexicon", name) for name in _AUTOMATON))


def save_lexicon(folder: Path, automaton: Automaton) -> None:
    """Write the lexicon under ``folder``."""
    save(folder / "lexicon", **{name: getattr(automaton, name) for name in _AUTOMATON})


def open_ngrams(folder: Path) -> NgramModel:
    """The language model under ``folder``."""
    place = folder / "ngrams"
    return NgramModel(
        load_packed(place, "unigrams"),
        load_packed(place, "backoffs"),
        _open_retrieval(place, "bigrams_"),
        _open_retrieval(place, "trigrams_"),
        load(place, "bigram_logs"),
        load(place, "bigram_backoffs"),
        load(place, "trigram_logs"),
    )


def save_ngrams(folder: Path, model: NgramModel) -> None:
    """Write the language model under ``folder``."""
    place = folder / "ngrams"
    save_packed(place, unigrams=model.unigrams, backoffs=model.backoffs)
    _save_retrieval(place, "bigrams_", model.bigrams)
    _save_retrieval(place, "trigrams_", model.trigrams)
    save(
        place,
        bigram_logs=model.bigram_logs,
        bigram_backoffs=model.bigram_backoffs,
        trigram_logs=model.trigram_logs,
    )


def _open_retrieval(place: Path, prefix: str = "") -> Retrieval:
    seed, segment, bits = load(place, f"{prefix}shape").tolist()
    return Retrieval(load(place, f"{prefix}prints"), load(place, f"{prefix}values"), seed, segment, bits)


def _save_retrieval(place: Path, prefix: str, table: Retrieval) -> None:
    shape = np.array([table.seed, table.segment, table.bits], dtype=np.int64)
    for name, array in (("prints", table.prints), ("values", table.values), ("shape", shape)):
        save(place, **{prefix + name: array})


def open_agreement(folder: Path) -> AgreementModel:
    """The model of agreement under ``folder``."""
    place = folder / "agreement"
    return AgreementModel(load_packed(place, "classes"), load(place, "rows"), load(place, "table"))


def save_agreement(folder: Path, model: AgreementModel) -> None:
    """Write the model of agreement under ``folder``."""
    save_packed(folder / "agreement", classes=model.classes)
    save(folder / "agreement", rows=model.rows, table=model.table)


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


def open_capitals(folder: Path) -> Capitals:
    """How words are capitalised, under ``folder``."""
    place = folder / "capitals"
    return Capitals(_open_retrieval(place), float(load(place, "rest")[0]))


def save_capitals(folder: Path, capitals: Capitals) -> None:
    """Write under ``folder`` how words are capitalised."""
    _save_retrieval(folder / "capitals", "", capitals.table)
    save(folder / "capitals", rest=np.array([capitals.rest], dtype=np.float32))
