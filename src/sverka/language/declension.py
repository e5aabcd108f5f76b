"""Declension of Russian nouns, surnames and adjectives.

Common words and place names follow the dictionary of pymorphy3; what it does not know, and every surname, follows the
paradigm its ending tells, by the rules of the academic grammar (Русская грамматика, 1980, §§ 1172–1237, 1309–1330).
Cases, numbers and genders carry the names of the OpenCorpora tag set, as pymorphy3's own do.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

CASES = ("nomn", "gent", "datv", "accs", "ablt", "loct")
"""Nominative, genitive, dative, accusative, instrumental, prepositional."""

SINGULAR, PLURAL = "sing", "plur"
MASCULINE, FEMININE, NEUTER = "masc", "femn", "neut"

VOWELS = frozenset("аеёиоуыэюя")
SIBILANTS = frozenset("жшчщ")
VELARS = frozenset("гкх")

_SKIPPED = frozenset({"V-oy", "V-ey", "V-be", "V-bi", "V-ie", "Infr", "Slng", "Arch", "Erro", "Dist", "gen2", "acc2"})
"""Grammemes of doublets that a name is not written with (or, like ``сахару``, that differ in meaning)."""
_CASE_OF = {"gen1": "gent", "loc1": "loct", "loc2": "loct"}


@dataclass(frozen=True, slots=True)
class Paradigm:
    """A word or phrase in its six cases, in one number.

    ``forms[i]`` are the forms of ``CASES[i]``, the usual one first (``Крыме``, ``Крыму``). ``gender`` is empty in the
    plural.
    """

    forms: tuple[tuple[str, ...], ...]
    number: str = SINGULAR
    gender: str = MASCULINE

    def __getitem__(self, case: str) -> tuple[str, ...]:
        """The forms of a case."""
        return self.forms[CASES.index(case)]


def fixed(word: str, number: str = SINGULAR, gender: str = MASCULINE) -> Paradigm:
    """A word that is the same in every case."""
    if gender == PLURAL:
        number, gender = PLURAL, ""
    return Paradigm(((word,),) * len(CASES), number, gender)


def syllables(word: str) -> int:
    """How many syllables a Russian word has: one for each vowel letter."""
    return sum(letter in VOWELS for letter in word.lower())


# --- Nouns by their ending -------------------------------------------------------------------------------------------


def noun(word: str, *, animate: bool, gender: str = "") -> Paradigm:
    """A singular noun, declined as its ending says: ``Ачесон``, ``Коминтерн``, ``Гомулка``, ``Надь``; ``Тито`` stays.

    ``gender`` is only asked of nouns in -ь (feminine: ``Казань``; else masculine) and of women's names, of which those
    in a consonant stay as they are.
    """
    last, before = word[-1:].lower(), word[-2:-1].lower()
    if last in {"а", "я"}:
        return _noun_in_a(word, animate, gender or FEMININE)
    if last == "ь" and gender == FEMININE and not animate:
        return _paradigm(word[:-1], ("ь", "и", "и", "ь", "ью", "и"), gender)
    if gender == FEMININE or last in VOWELS or not last.isalpha() or (last == "ъ"):
        return fixed(word, gender=gender or (NEUTER if last in VOWELS and not animate else MASCULINE))
    if last == "ь":
        return _masculine(word[:-1], ("ь", "я", "ю", "ем", "е"), animate)
    if last == "й":
        return _masculine(word[:-1], ("й", "я", "ю", "ем", "и" if before == "и" else "е"), animate)
    return _masculine(word, ("", "а", "у", "ем" if last in SIBILANTS | {"ц"} else "ом", "е"), animate)


def _masculine(stem: str, endings: tuple[str, str, str, str, str], animate: bool) -> Paradigm:
    nominative, genitive, dative, instrumental, prepositional = endings
    accusative = genitive if animate else nominative
    return _paradigm(stem, (nominative, genitive, dative, accusative, instrumental, prepositional), MASCULINE)


def _noun_in_a(word: str, animate: bool, gender: str) -> Paradigm:
    """``Гомулка``, ``Сфорца``, ``Берия``; after another vowel -а stays (``Никарагуа``)."""
    stem, before = word[:-1], word[-2:-1].lower()
    if word[-1].lower() == "я":
        oblique = "и" if before == "и" else "е"
        return _paradigm(stem, ("я", "и", oblique, "ю", "ей", oblique), gender)
    if before in VOWELS:
        return fixed(word, gender=gender)
    genitive = "и" if before in VELARS | SIBILANTS else "ы"
    instrumental = "ей" if before in SIBILANTS | {"ц"} else "ой"
    return _paradigm(stem, ("а", genitive, "е", "у", instrumental, "е"), gender)


def _plural_noun(word: str) -> Paradigm:
    """A noun that has only the plural, when the dictionary does not know it: ``Курилы``."""
    stem, last = word[:-1], word[-1:].lower()
    if last not in {"ы", "и"}:
        return fixed(word, PLURAL, "")
    return Paradigm(
        tuple((stem + ending,) for ending in (last, "", "ам", last, "ами", "ах")),
        PLURAL,
        "",
    )


def _paradigm(stem: str, endings: tuple[str, ...], gender: str) -> Paradigm:
    return Paradigm(tuple((stem + ending,) for ending in endings), SINGULAR, gender)


# --- Adjectives ------------------------------------------------------------------------------------------------------

_ADJECTIVE_ENDINGS = {
    # hard: новый; after г к х ж ш ч щ the ы of an ending is и
    False: {
        MASCULINE: ("ый", "ого", "ому", "ый", "ым", "ом"),
        FEMININE: ("ая", "ой", "ой", "ую", "ой", "ой"),
        NEUTER: ("ое", "ого", "ому", "ое", "ым", "ом"),
        "": ("ые", "ых", "ым", "ые", "ыми", "ых"),
    },
    # soft: дальний
    True: {
        MASCULINE: ("ий", "его", "ему", "ий", "им", "ем"),
        FEMININE: ("яя", "ей", "ей", "юю", "ей", "ей"),
        NEUTER: ("ее", "его", "ему", "ее", "им", "ем"),
        "": ("ие", "их", "им", "ие", "ими", "их"),
    },
}
_NOMINATIVES = {
    "ый": MASCULINE, "ий": MASCULINE, "ой": MASCULINE, "ая": FEMININE, "яя": FEMININE,
    "ое": NEUTER, "ее": NEUTER, "ые": "", "ие": "",
}  # fmt: skip


def adjective(word: str, *, animate: bool | None = False) -> dict[str, Paradigm]:
    """All paradigms of an adjective given in any nominative, by gender (``""`` is the plural); empty if it is none.

    ``animate`` settles the accusative of the masculine and the plural; None gives both forms.
    """
    given = word[-2:].lower()
    if given not in _NOMINATIVES or syllables(word) < 2:
        return {}
    stem = word[:-2]
    mixed = stem[-1:].lower() in VELARS | SIBILANTS
    soft = not mixed and given in {"ий", "яя", "ее", "ие"}
    paradigms: dict[str, Paradigm] = {}
    for gender, endings in _ADJECTIVE_ENDINGS[soft].items():
        spelled = [_after(stem, ending) for ending in endings]
        if given == "ой" and gender == MASCULINE:
            spelled[0] = spelled[3] = "ой"
        forms: list[tuple[str, ...]] = [(stem + ending,) for ending in spelled]
        if gender in {MASCULINE, ""} and animate is not False:
            forms[3] = forms[1] if animate else forms[3] + forms[1]
        paradigms[gender] = Paradigm(tuple(forms), SINGULAR if gender else PLURAL, gender)
    return paradigms


def _after(stem: str, ending: str) -> str:
    """An ending as it is spelled after ``stem``: ``и`` for ``ы`` after velars and sibilants, ``е`` for ``о`` after
    these."""
    last = stem[-1:].lower()
    if last in VELARS | SIBILANTS and ending.startswith("ы"):
        ending = "и" + ending[1:]
    if last in SIBILANTS and ending.startswith("о"):
        ending = "е" + ending[1:]
    return ending


_POSSESSIVES = {
    # Карловы Вары, Армия Крайова, Баренцево море
    ("овы", "евы", "ины"): (PLURAL, "", ("ы", "ых", "ым", "ы", "ыми", "ых")),
    ("ова", "ева", "ина"): (SINGULAR, FEMININE, ("а", "ой", "ой", "у", "ой", "ой")),
    ("ово", "ево", "ино"): (SINGULAR, NEUTER, ("о", "а", "у", "о", "ым", "ом")),
}


def agreeing(word: str, like: Paradigm) -> Paradigm | None:
    """An adjective (``Красная``) or possessive (``Карловы``) agreeing with a noun; None if it is or does neither."""
    given = _NOMINATIVES.get(word[-2:].lower())
    if given is not None and given == like.gender:
        return adjective(word).get(given)
    for suffixes, (number, gender, endings) in _POSSESSIVES.items():
        if word.lower().endswith(suffixes) and (number, gender) == (like.number, like.gender):
            return Paradigm(tuple((word[:-1] + ending,) for ending in endings), number, gender)
    return None


# --- Persons ---------------------------------------------------------------------------------------------------------


def native_surname(word: str) -> bool:
    """Whether a man's surname looks formed in -ов, -ев, -ин, -ын: ``Булганин``, ``Львов``, not ``Дин``."""
    lower = word.lower()
    return lower.endswith(("ов", "ев", "ёв")) or (lower.endswith(("ин", "ын")) and syllables(word) > 1)


def surname(word: str, *, woman: bool = False, as_noun: bool = False) -> Paradigm:
    """A surname, in the singular.

    ``as_noun`` says of a name in -ов, -ин or -ой that it is not a Russian one: ``Бевином`` beside ``Булганиным``. Of a
    double name the first part declines only if it is of a Slavic type (``Антонова-Овсеенко``, ``Бур-Комаровского``).
    """
    first, hyphen, rest = word.partition("-")
    if hyphen and rest:
        tail = surname(rest, woman=woman, as_noun=as_noun)
        head = surname(first, woman=woman) if _slavic(first) else fixed(first)
        return joined((head, tail), "-")
    return _woman(word) if woman else _man(word, as_noun)


def _slavic(word: str) -> bool:
    """Whether the first part of a double surname declines."""
    return bool(native_surname(word) or word.lower().endswith(("ский", "цкий", "ская", "цкая", "ова", "ева", "а", "я")))


def _man(word: str, as_noun: bool) -> Paradigm:
    lower = word.lower()
    adjectival = lower.endswith(("ый", "ой", "кий", "гий", "хий")) and syllables(word) > 1
    if adjectival and not as_noun and (paradigms := adjective(word, animate=True)):
        return paradigms[MASCULINE]
    if native_surname(word) and not as_noun:
        return _paradigm(word, ("", "а", "у", "а", "ым", "е"), MASCULINE)
    return replace(noun(word, animate=True), gender=MASCULINE)


def _woman(word: str) -> Paradigm:
    lower = word.lower()
    if lower.endswith(("ая", "яя")) and (paradigms := adjective(word)):
        return paradigms[FEMININE]
    if lower.endswith(("ова", "ева", "ёва", "ина", "ына")):
        return _paradigm(word[:-1], ("а", "ой", "ой", "у", "ой", "ой"), FEMININE)
    return noun(word, animate=True, gender=FEMININE)


def given_name(word: str, *, woman: bool = False) -> Paradigm:
    """A given name or patronymic, in the singular: the dictionary's (``Льва``), else by its ending.

    Mongolian patronymics stay (``Юмжагийн``): they are genitives.
    """
    gender = FEMININE if woman else MASCULINE
    known = from_dictionary(word, lambda tag: gender in tag and ("Name" in tag or "Patr" in tag))
    if known is None and word.lower().endswith(("ийн", "ын")):
        return fixed(word, gender=gender)
    return known or replace(noun(word, animate=True, gender=FEMININE if woman else ""), gender=gender)


def joined(parts: tuple[Paradigm, ...], separator: str) -> Paradigm:
    """Words declined side by side; number and gender are the last one's, extra forms of a case are combined."""
    forms = parts[0].forms
    for part in parts[1:]:
        pairs = zip(forms, part.forms, strict=True)
        forms = tuple(tuple(a + separator + b for a in left for b in right) for left, right in pairs)
    return Paradigm(forms, parts[-1].number, parts[-1].gender)


# --- Words of the dictionary -----------------------------------------------------------------------------------------


@functools.cache
def _analyser() -> Any:
    """pymorphy3's analyser; imported when a name is first declined, never to open the gazetteer as shipped."""
    import pymorphy3  # noqa: PLC0415

    return pymorphy3.MorphAnalyzer(lang="ru")


def is_known(word: str) -> bool:
    """Whether the dictionary of pymorphy3 has the word."""
    return bool(_analyser().word_is_known(word.lower()))


def from_dictionary(word: str, accept: Callable[[Any], bool], *, guess: bool = False) -> Paradigm | None:
    """The paradigm of a word whose tag ``accept`` accepts, in the spelling and capitals of ``word``; None if unknown.

    ``guess`` allows what pymorphy3 concludes from a word's parts (``южнокореец`` from ``кореец``).
    """
    for parse in _analyser().parse(word.lower()):
        tag = parse.tag
        if "nomn" in tag and (guess or parse.is_known) and accept(tag):
            return _lexeme(parse, word)
    return None


def in_plural(word: str) -> Paradigm | None:
    """The plural of a common noun for persons (``кореец``: ``корейцы``), or None."""
    for parse in _analyser().parse(word.lower()):
        if "NOUN" in parse.tag and "nomn" in parse.tag and "sing" in parse.tag and "anim" in parse.tag:
            plural = parse.inflect({"plur", "nomn"})
            return _lexeme(plural, word) if plural else None
    return None


def _lexeme(parse: Any, word: str) -> Paradigm | None:
    """The six cases of a parse's lexeme in the parse's own number; None where a case is missing."""
    number = parse.tag.number or SINGULAR
    cases: dict[str, list[str]] = {case: [] for case in CASES}
    for form in parse.lexeme:
        tag = form.tag
        case = _CASE_OF.get(tag.case, tag.case)
        if case not in cases or (tag.number or SINGULAR) != number or any(skip in tag for skip in _SKIPPED):
            continue
        if tag.case == "loc2" and "Geox" not in tag:
            continue  # ``в Крыму``, but not ``на фронту``
        text = dressed(form.word, word)
        if text not in cases[case]:
            cases[case].append(text)
    if not all(cases.values()):
        return None
    forms = tuple(tuple(cases[case]) for case in CASES)
    return Paradigm(forms, number, "" if number == PLURAL else (parse.tag.gender or MASCULINE))


def dressed(form: str, like: str) -> str:
    """A dictionary form in the letters of a name: its capitals, and ё only where the name itself is written with ё."""
    if "ё" not in like.lower():
        form = form.replace("ё", "е")
    parts, models = form.split("-"), like.split("-")
    if len(parts) != len(models):
        parts, models = [form], [like]
    return "-".join(_dressed(part, model) for part, model in zip(parts, models, strict=True))


def _dressed(form: str, like: str) -> str:
    """``form`` with the letters of ``like`` as far as the two begin alike."""
    length = 0
    for mine, its in zip(form, like, strict=False):
        if mine != its.lower() and (mine, its.lower()) != ("е", "ё"):
            break
        length += 1
    return like[:length] + form[length:]


# --- Places and bodies -----------------------------------------------------------------------------------------------


def place_word(word: str, gender: str = "") -> Paradigm:
    """One word that names a place or a body.

    The dictionary's place name or common noun if it has one (``Крым``, ``Афины``), an adjective used as a noun
    (``Дальний``), else by ending. ``gender`` (``masc``, ``femn``, ``neut`` or ``plur``) overrules what the ending
    suggests.
    """
    if word.isupper() and len(word) > 1:
        return fixed(word, gender=gender or MASCULINE)
    for preposition in ("-на-", "-над-", "-под-"):
        head, found, rest = word.partition(preposition)
        if found:
            return replace(joined((place_word(head, gender), fixed(rest)), preposition), gender=MASCULINE)
    known = from_dictionary(word, lambda tag: "Geox" in tag and _fits(tag, gender))
    if known is None and gender in {"", MASCULINE} and _adjectival(word):
        known = adjective(word)[MASCULINE]
    known = known or from_dictionary(word, lambda tag: "NOUN" in tag and _thing(tag) and _fits(tag, gender))
    if known is not None:
        return known
    if "-" in word:
        return _hyphenated_place(word, gender)
    if gender == PLURAL:
        return _plural_noun(word)
    return noun(word, animate=False, gender=gender)


def _adjectival(word: str) -> bool:
    """Whether a place's name is an adjective: ``Дальний``, ``Даманский``; not ``Ханой``."""
    lower = word.lower()
    return lower.endswith(("ский", "цкий")) or (
        lower.endswith(("ый", "ий", "ой"))
        and from_dictionary(word, lambda tag: "ADJF" in tag and "masc" in tag) is not None
    )


def _fits(tag: Any, gender: str) -> bool:
    return not gender or gender in tag


def _thing(tag: Any) -> bool:
    return "anim" not in tag and not {"Name", "Surn", "Patr"} & set(tag.grammemes)


def _hyphenated_place(word: str, gender: str) -> Paradigm:
    """Only the last part of a double name declines: ``Порт-Артура``."""
    front, _, last = word.rpartition("-")
    return joined((fixed(front), place_word(last, gender)), "-")


def phrase(words: tuple[str, ...], gender: str = "") -> Paradigm:
    """Several words that name a place or a body: ``Красной Армии``, ``Совета Народных Комиссаров``.

    The words before the first noun agree with it, and so does an adjective right after it (``Войска Польского``); what
    follows depends on it and stays. Words in Roman figures stay.
    """
    if len(words) == 1:
        return place_word(words[0], gender)
    at = next((i for i, word in enumerate(words) if not _attributive(word)), len(words) - 1)
    head = place_word(words[at], gender or _gender_of(words[:at]))
    parts: list[Paradigm] = [agreeing(word, head) or fixed(word) for word in words[:at]]
    parts.append(head)
    rest = words[at + 1 :]
    if at == 0 and len(rest) == 1 and rest[0][:1].isupper() and (after := agreeing(rest[0], head)):
        parts.append(after)
    else:
        parts += [fixed(word) for word in rest]
    return replace(joined(tuple(parts), " "), number=head.number, gender=head.gender)


def _attributive(word: str) -> bool:
    """Whether a word before the noun goes with it: an adjective, a possessive in the plural, a Roman figure."""
    lower = word.lower()
    if lower[-2:] in _NOMINATIVES:
        # ``Управление`` and ``Движение`` only look like adjectives.
        return (
            from_dictionary(word, lambda tag: "NOUN" in tag) is None
            or from_dictionary(word, lambda tag: "ADJF" in tag or "PRTF" in tag) is not None
        )
    return lower.endswith(("овы", "евы", "ово", "ево")) or all(letter in "IVX" for letter in word)


def _gender_of(adjectives: tuple[str, ...]) -> str:
    """The gender that the adjectives before a noun show, ``plur`` for the plural; empty when there is none."""
    for word in adjectives:
        found = _NOMINATIVES.get(word[-2:].lower())
        if found is not None:
            return found or PLURAL
    return ""
