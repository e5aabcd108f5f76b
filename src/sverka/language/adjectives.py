"""Adjectives made from names, and the word for those who follow one: ``лисынмановский``, ``лисынмановец``.

A name of several words gives one adjective, in lower case and without spaces or hyphens. Rules: Русская грамматика
(1980), §§ 621–646, and the usage of the Soviet press.
"""

from __future__ import annotations

from collections.abc import Iterator

from sverka.language.declension import SIBILANTS, VOWELS, Paradigm, is_known, native_surname, noun

_SOFT = SIBILANTS | {"ц"}
_SHORTEST = 5
"""Letters a surname must have for an adjective by rule: shorter ones give what looks like a common word."""


def of_person(words: str, *, as_noun: bool = False) -> str | None:
    """The adjective of a man's surname or undivided name, or None where none is usual (``Вышинский``, ``Тольятти``).

    ``as_noun``: a foreign name in -ов or -ин (``бевиновский``, not ``бевинский``).
    """
    word = "".join(letter for letter in words.lower() if letter.isalpha())
    last, before = word[-1:], word[-2:-1]
    if word.endswith(("ский", "цкий", "ый", "ой", "кий")) or len(word) < _SHORTEST:
        return None
    if native_surname(word) and not as_noun and " " not in words and "-" not in words:
        made = word + "ский"
    elif last in {"ь", "й", "я"}:
        made = word[:-1] + "евский"
    elif last == "а" and before not in VOWELS:
        made = word[:-1] + ("евский" if before in _SOFT else "овский")
    elif word.endswith("ко"):
        made = word + "вский"
    elif last in VOWELS:
        return None
    else:
        made = word + ("евский" if last in _SOFT else "овский")
    return made


def of_place(word: str) -> str | None:
    """The regular adjective of a place of one word, if pymorphy3's dictionary has it: not ``инчхонский``."""
    return next((made for made in _place_adjectives(word.lower()) if is_known(made)), None)


def _place_adjectives(word: str) -> Iterator[str]:
    """Regular formations, the likeliest first: ``минский``, ``бельгийский``, ``китайский``, ``ялтинский``."""
    if " " in word or len(word) < 3 or word.endswith(("ый", "ий")):
        return
    last, stem = word[-1], word[:-1]
    if word.endswith("ск"):
        yield word + "ий"
    elif word.endswith("ия"):
        yield word[:-2] + "ийский"
        yield word[:-2] + "ский"
    elif last == "й":
        yield word + "ский"
    elif last in {"ь", "я"}:
        yield stem + "ьский"
        yield stem + "ский"
    elif last == "а":
        yield stem + "ский"
        yield stem + "инский"
    elif last not in VOWELS:
        yield word + "ский"


def follower(adjective: str) -> str | None:
    """The noun for the adherent of a person or a body: ``гоминдановец``, ``троцкист``; None where it is not regular."""
    if adjective.endswith("истский"):
        return adjective[: -len("ский")]
    if adjective.endswith(("овский", "евский", "инский")):
        return adjective[: -len("ский")] + "ец"
    return None


def follower_forms(word: str) -> tuple[Paradigm, Paradigm]:
    """Singular and plural of what :func:`follower` gives."""
    if word.endswith("ист"):
        plural = ("ы", "ов", "ам", "ов", "ами", "ах")
        return noun(word, animate=True), Paradigm(tuple((word + ending,) for ending in plural), "plur", "")
    stem = word[:-2]
    singular = ("ец", "ца", "цу", "ца", "цем", "це")
    plural = ("цы", "цев", "цам", "цев", "цами", "цах")
    return (
        Paradigm(tuple((stem + ending,) for ending in singular)),
        Paradigm(tuple((stem + ending,) for ending in plural), "plur", ""),
    )
