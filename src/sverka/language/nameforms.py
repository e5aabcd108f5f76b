"""Every inflected form of a name of the table, each with what it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from sverka.language import declension
from sverka.language.adjectives import follower, follower_forms, of_person, of_place
from sverka.language.declension import CASES, FEMININE, MASCULINE, NEUTER, PLURAL, Paradigm
from sverka.language.nametable import Name, NameKind

_GENDERS = {"": "", "m": MASCULINE, "f": FEMININE, "n": NEUTER, "p": PLURAL}

_PARTICLES = frozenset(
    {"фон", "дер", "ван", "ден", "де", "дю", "ла", "ле", "ди", "да", "душ", "аль", "эль", "бен", "бин", "ибн", "абдель"}
)
"""Words before a surname that never decline."""
_DROPPED = frozenset({"фон", "дер"})
"""Particles that a surname standing alone may do without: ``Папен`` beside ``фон Папен``."""

_EASTERN_PART = re.compile(r"[А-ЯЁ][а-яё]*-[а-яё]+")
_NUMERAL = re.compile(r"[IVX]+")


class Role(StrEnum):
    """What a form is to its name."""

    NAME = "name"
    """The name itself, or a variant of it."""
    SURNAME = "surname"
    """A person's surname without the given name."""
    ADJECTIVE = "adjective"
    """The adjective made from it: ``лисынмановский``, ``корейский``."""
    FOLLOWER = "follower"
    """The noun for an adherent: ``гоминдановец``."""


@dataclass(frozen=True, slots=True)
class NameForm:
    """A word or words that stand for a name in some grammatical form.

    ``case``, ``number`` and ``gender`` are OpenCorpora grammemes (``nomn gent datv accs ablt loct``, ``sing plur``,
    ``masc femn neut``); ``gender`` is empty in the plural. ``attested`` is False for an adjective that was made by rule
    and not given by the table: right if it was ever written, but perhaps it never was.
    """

    text: str
    name: Name
    role: Role
    case: str
    number: str
    gender: str
    attested: bool = True


def inflected(name: Name) -> tuple[NameForm, ...]:
    """All forms of a name and of its variants, its surname, adjectives and followers; no two alike.

    Uses pymorphy3's dictionary for common words and places.
    """
    forms = dict.fromkeys(
        NameForm(
            text,
            name,
            role,
            case,
            paradigm.number,
            paradigm.gender,
            attested=role is not Role.ADJECTIVE or bool(name.adjectives),
        )
        for role, paradigm in _paradigms(name)
        for case in CASES
        for text in paradigm[case]
    )
    return tuple(forms)


def _paradigms(name: Name) -> Iterator[tuple[Role, Paradigm]]:
    whole = is_whole(name)
    for text in (name.text, *name.variants):
        if name.kind is NameKind.PEOPLE:
            for paradigm in _people(text):
                yield Role.NAME, paradigm
            continue
        yield Role.NAME, _declined(name, text, whole)
        if name.kind is NameKind.PERSON and not whole:
            for bare in _surnames(text):
                yield Role.SURNAME, _person(name, tuple(bare.split()), surname_only=True)
    adjectives = name.adjectives or tuple(_by_rule(name, whole))
    for adjective in adjectives:
        for paradigm in declension.adjective(adjective, animate=None).values():
            yield Role.ADJECTIVE, paradigm
    # Only an adjective that the table records as used is sure to have a noun beside it.
    if name.kind in {NameKind.PERSON, NameKind.BODY}:
        for word in filter(None, map(follower, name.adjectives)):
            for paradigm in follower_forms(word):
                yield Role.FOLLOWER, paradigm


def is_whole(name: Name) -> bool:
    """Whether a name is undivided, as East Asian names are: said in the table, or seen from its parts.

    Three words of one syllable (``Ким Ир Сен``) or a part that goes on in lower case after a hyphen (``Цзе-дун``).
    """
    if name.declension == "whole":
        return True
    words = name.text.split()
    if name.kind is not NameKind.PERSON:
        return False
    if any(_EASTERN_PART.fullmatch(word) for word in words):
        return True
    short = all(word[0].isupper() and declension.syllables(word) == 1 for word in words)
    return len(words) == 3 and short and not _numbered(words)


def _declined(name: Name, text: str, whole: bool) -> Paradigm:
    """The name or a variant of it, in six cases."""
    words = tuple(text.split())
    gender = _GENDERS[name.gender]
    if name.declension == "fixed":
        return declension.fixed(text, gender=gender or MASCULINE)
    if whole:
        return _whole(name, text, gender)
    if name.kind is NameKind.PERSON:
        return _person(name, words)
    if name.declension == "noun":
        return declension.noun(text, animate=False)
    return declension.phrase(words, gender)


def _people(text: str) -> Iterator[Paradigm]:
    """One of a people and several: ``кореец``, ``корейцы``; ``русский``, ``русские``."""
    singular = declension.from_dictionary(text, lambda tag: {"NOUN", "anim", "sing"} in tag, guess=True)
    plural = declension.in_plural(text)
    adjectives = declension.adjective(text, animate=True)
    if singular and plural:
        yield from (singular, plural)
    elif adjectives:
        yield from (adjectives[MASCULINE], adjectives[""])
    else:
        yield declension.noun(text, animate=True)


def _whole(name: Name, text: str, gender: str) -> Paradigm:
    """An undivided name: only what follows the last space or hyphen declines, a woman's in a consonant not at all.

    East Asian given names in -а stay (``Чэнь Бо-да``), titles decline (``Далай-ламы``).
    """
    cut = max(text.rfind(" "), text.rfind("-")) + 1
    person = name.kind is NameKind.PERSON
    if person and " " in text and text[-1] in "ая":
        return declension.fixed(text, gender=gender or MASCULINE)
    last = declension.noun(text[cut:], animate=person, gender=FEMININE if gender == FEMININE else "")
    return declension.joined((declension.fixed(text[:cut]), replace(last, gender=gender or last.gender)), "")


def _person(name: Name, words: tuple[str, ...], *, surname_only: bool = False) -> Paradigm:
    """A person of the western order: given names and surname decline side by side, particles and figures stay."""
    woman = name.gender == "f"
    given_until = 0 if surname_only else len(words) - 1
    parts: list[Paradigm] = []
    for position, word in enumerate(words):
        if word.lower() in _PARTICLES or "." in word or _NUMERAL.fullmatch(word):
            parts.append(declension.fixed(word))
        elif position < given_until:
            parts.append(declension.given_name(word, woman=woman))
        else:
            parts.append(declension.surname(word, woman=woman, as_noun=name.declension == "noun"))
    gender = FEMININE if woman else MASCULINE
    return replace(declension.joined(tuple(parts), " "), gender=gender)


def _surnames(text: str) -> Iterator[str]:
    """The surnames by which the bearer of a full name is called alone, with and without the particle."""
    words = text.split()
    if len(words) < 2 or _numbered(words):
        return
    start = len(words) - 1
    while start > 1 and words[start - 1].lower() in _PARTICLES:
        start -= 1
    yield " ".join(words[start:])
    bare = [word for word in words[start:] if word not in _DROPPED]
    if len(bare) < len(words) - start:
        yield " ".join(bare)


def _numbered(words: list[str]) -> bool:
    """Whether a name ends in a ruler's number, and so has no surname."""
    return bool(_NUMERAL.fullmatch(words[-1]))


def _by_rule(name: Name, whole: bool) -> Iterator[str]:
    """Adjectives for a name whose row gives none.

    Hyphenated Chinese names get none: the few that were ever used (``чанкайшистский``) are for the table to give.
    """
    made: str | None = None
    if name.kind is NameKind.PLACE:
        made = of_place(name.text)
    elif whole and "-" in name.text:
        return
    elif name.kind is NameKind.PERSON and name.gender != "f" and not _numbered(name.text.split()):
        base = name.text if whole else name.text.split()[-1]
        made = of_person(base, as_noun=name.declension == "noun" or whole)
    if made:
        yield made
