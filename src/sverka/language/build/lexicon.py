"""Which words the lexicon has: the forms of the morphological dictionary, and what else the corpora use."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable

import numpy as np

from sverka.language.build.corpus import Corpora
from sverka.text.alphabet import fold

MACHINE_READ = "sov_redstar_1941_45_ocr_clean"
"""A corpus read by machine: a word that only it has may be a misreading."""
ENOUGH = 4
"""How often the other corpora must have a word that the dictionary lacks."""
_ENDINGS = 20
"""A string that so many words of the dictionary end with is the torn-off end of one (``ского``), not a word."""

_WORD = re.compile(r"[а-я]+(?:-[а-я]+)*")
_ORDER = str.maketrans({"-": "\N{CYRILLIC SMALL LETTER IE WITH GRAVE}"})


def dictionary_forms() -> Iterable[str]:
    """All word forms of pymorphy3's dictionary, folded."""
    import pymorphy3  # noqa: PLC0415 - only this step of the build wants it

    return (fold(row[0]) for row in pymorphy3.MorphAnalyzer().dictionary.iter_known_words())


def words(forms: Iterable[str], corpora: Corpora) -> tuple[str, ...]:
    """The words of the lexicon in the order of their letter codes, in which the automaton wants them."""
    known = {form for form in forms if _WORD.fullmatch(form)}
    written = (corpora.counts(c) for c in corpora.corpora if c.name != MACHINE_READ)
    total = sum(written, start=np.zeros(len(corpora.words), dtype=np.int64))
    candidates = {
        word
        for word, count in zip(corpora.words, total, strict=True)
        if count >= ENOUGH and word not in known and _WORD.fullmatch(word)
    }
    return tuple(sorted(known | _whole(candidates, known), key=lambda word: word.translate(_ORDER)))


def _whole(candidates: set[str], known: set[str]) -> set[str]:
    """Those that are not the end of many words of the dictionary."""
    backwards = sorted(word[::-1] for word in known)

    def endings(word: str) -> int:
        stem = word[::-1]
        return bisect_left(backwards, stem + "\uffff") - bisect_left(backwards, stem)

    return {word for word in candidates if endings(word) < _ENDINGS}
