"""The gazetteer: the era's names, in every form a Russian or an English text may show them in.

Example: ``near("штякову")`` finds the dative ``Штыкову``; ``near("дисемкиновской")`` finds ``лисынмановской``, the
adjective of Ли Сын Ман; ``mentioned("Comrade Kim Il-sung's letter")`` finds Ким Ир Сен and where he is mentioned.

Texts are compared in a folded view (:func:`folded`): lower case, ё as е, hyphens and other signs between the words of
a name as a space. What is returned always has the name's own letters.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from sverka.language import namestore
from sverka.language.mentions import EnglishNames
from sverka.language.nameforms import NameForm, Role, inflected
from sverka.language.namestore import Forms
from sverka.language.nametable import Name, NameKind, parse_table, read_table

__all__ = ["Gazetteer", "Name", "NameForm", "NameKind", "Role", "folded", "recase"]

TABLE = "names.tsv"
FORMS = "name_forms.tsv.gz"

_SIGNS = re.compile(r"[\W_]+")
_WORD = re.compile(r"[^\W_]+")
_GAP = re.compile(r"\s*[-\u2010-\u2013]?\s*|['’]|\.\s?|\s?[(«]")

_ALPHABET = "абвгдежзийклмнопрстуфхцчшщъыьэюя "
_OTHER = len(_ALPHABET)

_SHAPES = str.maketrans(
    {letter: group[0] for group in ("аоесэю", "вбзьъя", "ийнпцшщмлдыкч", "гтр", "хжу") for letter in group}
)
"""Letters by the strokes they are made of: round, with a bowl, upright, with a bar, crossed."""

_FIRST_LETTERS = 4
_FIRST_LETTER_WEIGHT = 0.1
"""Winkler's bonus for a common beginning: readers, human or not, misread the beginning of a name least."""
_UNATTESTED = 0.05
"""How much less similar an adjective counts that the table does not vouch for."""
_RANKED = 200
"""How many forms are ranked by more than their letters, the nearest by letters first."""
_FORMS_PER_NAME = 3
"""How many forms of one name in one role :meth:`Gazetteer.near` gives, so that others have their turn."""


def folded(text: str) -> str:
    """``text`` in the view in which names are compared; lengths change where signs are dropped."""
    return _SIGNS.sub(" ", text.lower().replace("ё", "е")).strip()


def recase(form: str, like: str) -> str:
    """``form`` in the capitals of ``like``, the reading it would replace.

    All capitals stay all capitals (``ШТЯКОВУ``: ``ШТЫКОВУ``); a capital first letter is passed on to an adjective; a
    small one does not take a name's own capital away.
    """
    letters = [letter for letter in like if letter.isalpha()]
    if len(letters) > 1 and all(letter.isupper() for letter in letters):
        return form.upper()
    if letters and letters[0].isupper():
        return form[:1].upper() + form[1:]
    return form


@dataclass(frozen=True, eq=False)
class Gazetteer:
    """Names and all their forms; made by :meth:`open`."""

    names: tuple[Name, ...]
    _forms: Forms

    @classmethod
    def open(cls, *tables: Path) -> Gazetteer:
        """The shipped names and those of user tables in the same format.

        A name that a later table gives again replaces the earlier. Raises InputError, with the line's number, for a
        table that is none. The shipped names need no morphology; the first user table loads pymorphy3.
        """
        data = resources.files("sverka.language") / "data"
        table = (data / TABLE).read_bytes()
        # Forms made for this very table vouch that it is in order. Somebody who edits it in place gets what it says
        # too, if more slowly.
        forms = namestore.decode((data / FORMS).read_bytes(), table)
        names = parse_table(table.decode(), TABLE, check=forms is None)
        forms = forms or forms_of_names(names)
        gazetteer = cls(names, forms)
        for path in tables:
            gazetteer = gazetteer._with(read_table(path))
        return gazetteer

    def _with(self, added: Sequence[Name]) -> Gazetteer:
        """This gazetteer and some more names, which replace those of the same text."""
        texts = {name.text for name in added}
        kept = [row for row, name in enumerate(self.names) if name.text not in texts]
        names = tuple(self.names[row] for row in kept) + tuple(added)
        old = self._forms if len(kept) == len(self.names) else _renumbered(self._forms, kept)
        new = forms_of_names(added, first_row=len(kept))
        return Gazetteer(
            names,
            Forms((*old.surfaces, *new.surfaces), (*old.readings, *new.readings)),
        )

    # --- Russian ------------------------------------------------------------------------------------------------------

    def is_name(self, text: str) -> bool:
        """Whether ``text`` is, letter for letter in the folded view, a form of some name."""
        return folded(text) in self._index

    def forms_of(self, text: str) -> tuple[NameForm, ...]:
        """What ``text`` may be as a name: every name, role, case, number and gender of this surface form."""
        return tuple(form for at in self._index.get(folded(text), ()) for form in self._at(at))

    def spellings(self) -> Sequence[str]:
        """Every surface form there is, in the order that :meth:`form` counts them in."""
        return self._forms.surfaces

    def form(self, at: int) -> NameForm:
        """The first reading of surface form number ``at``."""
        return self._at(at)[0]

    def forms_with(self, name: Name) -> tuple[NameForm, ...]:
        """One form for every spelling that a name, its adjectives and followers can have."""
        own = (form for at in self._by_name.get(name, ()) for form in self._at(at) if form.name == name)
        return tuple({form.text: form for form in own}.values())

    def inflect(self, name: Name, case: str, number: str | None = None) -> tuple[NameForm, ...]:
        """The forms of a name in a case (``datv``), of all its variants and roles; ``number`` narrows (``sing``)."""
        return tuple(
            form
            for at in self._by_name.get(name, ())
            for form in self._at(at)
            if form.name == name and form.case == case and number in {None, form.number}
        )

    def near(self, text: str, *, cutoff: float = 0.6, limit: int = 10) -> tuple[tuple[NameForm, float], ...]:
        """The forms most similar to ``text``, best first, with a score from ``cutoff`` to 1.

        Considered are the 200 nearest of the forms whose normalised Levenshtein similarity (1 − edits / the longer
        length) is ``cutoff`` or more. The score is the mean of that similarity over letters and over letter shapes,
        raised for a common beginning (Winkler 1990) and lowered a little for adjectives not vouched for. Equal
        scores: the longer common ending, that is the same grammatical form, comes first. A surface form is given
        once, with its first reading, and a name with three forms at most; :meth:`forms_of` has all readings.
        """
        query = folded(text)
        if not query or limit < 1:
            return ()
        scored = self._scored(query, cutoff)
        best: list[tuple[NameForm, float]] = []
        taken: dict[tuple[Name, Role], int] = {}
        for score, at in scored:
            form = self._at(at)[0]
            count = taken.get((form.name, form.role), 0)
            if count < _FORMS_PER_NAME:
                taken[form.name, form.role] = count + 1
                best.append((form, score))
            if len(best) == limit:
                break
        return tuple(best)

    def find(self, text: str) -> tuple[tuple[NameForm, int, int], ...]:
        """Every name spelled right in a Russian text, in order, with its code points; the longest at each place.

        The words of a name may be parted by spaces, a line end or a hyphen. A name needs its capital (``Жуков``, not
        the beetles ``жуков``); adjectives do not. Each mention has its first reading. A word that opens a sentence
        may bear a name's form by chance (``Того``).
        """
        words = list(_WORD.finditer(text))
        found: list[tuple[NameForm, int, int]] = []
        at = 0
        while at < len(words):
            form, length = self._longest(text, words, at)
            if form is not None:
                found.append((form, words[at].start(), words[at + length - 1].end()))
            at += max(length, 1)
        return tuple(found)

    @functools.cached_property
    def max_words(self) -> int:
        """How many words the longest form has, as :meth:`find` counts words: parted by spaces or hyphens."""
        return max((form.count(" ") + 1 for form in self._folded), default=0)

    # --- English ------------------------------------------------------------------------------------------------------

    def mentioned(self, english: str) -> tuple[tuple[Name, int, int], ...]:
        """Names that an English text mentions, each with its code points: see :meth:`EnglishNames.mentioned`."""
        return self._english.mentioned(english)

    # --- Indexes, made when first asked for ---------------------------------------------------------------------------

    @functools.cached_property
    def _folded(self) -> list[str]:
        return _folded_lines(self._forms.surfaces)

    @functools.cached_property
    def _shapes(self) -> list[str]:
        """The folded forms in letter shapes."""
        return "\n".join(self._folded).translate(_SHAPES).split("\n")

    @functools.cached_property
    def _index(self) -> dict[str, list[int]]:
        """Where a folded form stands among the surfaces."""
        index: dict[str, list[int]] = {}
        for at, form in enumerate(self._folded):
            index.setdefault(form, []).append(at)
        return index

    @functools.cached_property
    def _by_name(self) -> dict[Name, list[int]]:
        by_row: dict[int, list[int]] = {}
        for at, readings in enumerate(self._forms.readings):
            for row in dict.fromkeys(namestore.rows(readings)):
                by_row.setdefault(row, []).append(at)
        return {self.names[row]: places for row, places in by_row.items()}

    @functools.cached_property
    def _english(self) -> EnglishNames:
        return EnglishNames(self.names)

    @functools.cached_property
    def _letters(self) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
        """How often each letter of the alphabet occurs in each folded form (a row a letter), and the forms' lengths."""
        return _letter_counts(self._folded)

    # --- Helpers ------------------------------------------------------------------------------------------------------

    def _at(self, at: int) -> tuple[NameForm, ...]:
        return namestore.unpack(self._forms.surfaces[at], self._forms.readings[at], self.names)

    def _scored(self, query: str, cutoff: float) -> list[tuple[float, int]]:
        """Scores and places of the forms near a folded query, best first."""
        places = self._possible(query, cutoff)
        choices = [self._folded[at] for at in places]
        if not choices:
            return []
        similarity = Levenshtein.normalized_similarity
        # A similarity of exactly the cutoff must not fall to rounding.
        floor = max(cutoff - 1e-6, 0.0)
        letters = process.cdist([query], choices, scorer=similarity, score_cutoff=floor, dtype=np.float64)[0]
        nearest = np.argsort(-letters, kind="stable")[:_RANKED]
        near: list[int] = nearest[letters[nearest] >= floor].tolist()
        if not near:
            return []
        shapes = [self._shapes[places[which]] for which in near]
        drawn = process.cdist([query.translate(_SHAPES)], shapes, scorer=similarity, dtype=np.float64)[0]
        ending = query[::-1]
        ranked: list[tuple[float, int, str, int]] = []
        for which, alike, seen in zip(near, letters[near].tolist(), drawn.tolist(), strict=True):
            form = choices[which]
            base = (alike + seen) / 2
            common = min(_common(query, form), _FIRST_LETTERS)
            score = base + _FIRST_LETTER_WEIGHT * common * (1 - base)
            at = places[which]
            readings = self._forms.readings[at]
            if readings.count(":r") == readings.count(":"):
                score = max(score - _UNATTESTED, cutoff)
            ranked.append((-score, -_common(ending, form[::-1]), form, at))
        ranked.sort()
        return [(-score, at) for score, _, _, at in ranked]

    def _possible(self, query: str, cutoff: float) -> list[int]:
        """Places of the forms that share enough letters with the query, in whatever order, to be within the cutoff.

        A lower bound on the edit distance (the longer length less the letters in common) that numpy takes for all forms
        at once; nothing within the cutoff is lost.
        """
        counts, lengths = self._letters
        shared = np.zeros(len(lengths), dtype=np.int64)
        for letter in set(query):
            code = _ALPHABET.find(letter)
            if code >= 0:
                shared += np.minimum(counts[code], query.count(letter))
        strange = sum(letter not in _ALPHABET for letter in query)
        shared += np.minimum(counts[_OTHER], strange)
        longest = np.maximum(lengths, len(query))
        possible: list[int] = np.flatnonzero(shared >= cutoff * longest - 1e-9).tolist()
        return possible

    def _longest(self, text: str, words: Sequence[re.Match[str]], at: int) -> tuple[NameForm | None, int]:
        """The longest name that begins with word ``at``, and how many words it takes."""
        longest = 1
        while (
            longest < self.max_words
            and at + longest < len(words)
            and _GAP.fullmatch(text, words[at + longest - 1].end(), words[at + longest].start())
        ):
            longest += 1
        for length in range(longest, 0, -1):
            mention = [word[0] for word in words[at : at + length]]
            for place in self._index.get(folded(" ".join(mention)), ()):
                form = self._at(place)[0]
                if _capitals_fit(mention, form):
                    return form, length
        return None, 0


def forms_of_names(names: Iterable[Name], *, first_row: int = 0) -> Forms:
    """All forms of some names, declined anew; their rows are counted from ``first_row``."""
    return namestore.collect((row, form) for row, name in enumerate(names, start=first_row) for form in inflected(name))


def _renumbered(forms: Forms, kept: Sequence[int]) -> Forms:
    """Only the readings of the rows in ``kept``, which become rows 0, 1, 2 …"""
    new_row = {str(old): str(new) for new, old in enumerate(kept)}
    surfaces: list[str] = []
    readings: list[str] = []
    for surface, packed in zip(forms.surfaces, forms.readings, strict=True):
        parts = (reading.partition(":") for reading in packed.split(" "))
        left = " ".join(f"{new_row[row]}:{letters}" for row, _, letters in parts if row in new_row)
        if left:
            surfaces.append(surface)
            readings.append(left)
    return Forms(surfaces, readings)


def _folded_lines(lines: Sequence[str]) -> list[str]:
    """:func:`folded` of every line, all at once: the signs that names are written with are few."""
    text = "\n".join(lines).lower().replace("ё", "е")
    for sign in set(text):
        if not sign.isalnum() and sign not in " \n":
            text = text.replace(sign, " ")
    while "  " in text:
        text = text.replace("  ", " ")
    return [line.strip() for line in text.split("\n")] if lines else []


def _letter_counts(forms: Sequence[str]) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """Counts of each letter (rows: the alphabet, then all other signs) in each form (columns), and the lengths."""
    lengths = np.fromiter(map(len, forms), dtype=np.int64, count=len(forms))
    points = np.frombuffer("".join(forms).encode("utf-32-le"), dtype=np.uint32)
    codes = np.full(0x500, _OTHER, dtype=np.int64)
    for code, letter in enumerate(_ALPHABET):
        codes[ord(letter)] = code
    columns = np.repeat(np.arange(len(forms)), lengths)
    flat = codes[np.minimum(points, len(codes) - 1)] * len(forms) + columns
    counts = np.bincount(flat, minlength=(_OTHER + 1) * len(forms))
    return counts.reshape(_OTHER + 1, len(forms)).astype(np.uint8), lengths


def _common(a: str, b: str) -> int:
    """How many letters two strings share at their beginning."""
    length = 0
    for mine, its in zip(a, b, strict=False):
        if mine != its:
            break
        length += 1
    return length


def _capitals_fit(mention: Sequence[str], form: NameForm) -> bool:
    """Whether the words of a mention have the capitals a name must have: a person's all, others' the first.

    Usage wavered in the rest: ``Красная Армия``, ``Красная армия``.
    """
    models = _WORD.findall(form.text)
    if form.name.kind is not NameKind.PERSON:
        models = models[:1]
    return all(word[0].isupper() or not model[0].isupper() for word, model in zip(mention, models, strict=False))
