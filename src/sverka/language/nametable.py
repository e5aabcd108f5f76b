"""The table of names: a plain text that a historian reads, corrects and extends.

Tab-separated UTF-8. The first line names the columns; empty lines and lines that begin with ``#`` are passed over.

``name``
    Russian, nominative, as the Soviet press wrote it (``Мао Цзе-дун``, ``Пхеньян``). A person of the western order is
    given name first, surname last: the surname alone is then known too.
``kind``
    ``person``, ``place``, ``body`` (an institution, an army, a party) or ``people``.
``gender``
    ``m``, ``f``, ``n``, ``p`` (plural only), or empty: as the ending says. Persons are men unless ``f`` is given.
``english``
    Every spelling a translation may use, separated by ``;``. One written in capitals throughout (``UN``) is an acronym.
``variants``
    Other right Russian spellings, separated by ``;``.
``adjective``
    Adjectives in use, masculine nominative in lower case, separated by ``;``. Empty: formed by rule, where the rule
    can.
``declension``
    Empty: by rule. ``whole``: an undivided name, only its last word declines and it has no surname to stand alone.
    ``noun``: a foreign surname in -ов, -ин or -ой that declines as a noun (``Бевином``); a place that does; or an
    acronym that declines. ``fixed``: never changes.
``note``
    Who or what it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from sverka.errors import InputError

COLUMNS = ("name", "kind", "gender", "english", "variants", "adjective", "declension", "note")
"""The header of a table of names."""

GENDERS = ("", "m", "f", "n", "p")
DECLENSIONS = ("", "whole", "noun", "fixed")

_LATIN = re.compile(r"[A-Za-z]")
_ROMAN_FIGURE = re.compile(r"\b[IVX]+\b")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")


class NameKind(StrEnum):
    """What a name names."""

    PERSON = "person"
    PLACE = "place"
    BODY = "body"
    PEOPLE = "people"


_KINDS = {kind.value: kind for kind in NameKind}


@dataclass(frozen=True, slots=True)
class Name:
    """One row of a table of names; see the head of this module for what each column means.

    ``text`` is the Russian name in the nominative; ``adjectives`` are those the table gives, not those made by rule.
    """

    text: str
    kind: NameKind
    gender: str = ""
    english: tuple[str, ...] = ()
    variants: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    declension: str = ""
    note: str = ""


def parse_table(text: str, place: str, *, check: bool = True) -> tuple[Name, ...]:
    """The names of a table; ``place`` is the path that errors name.

    ``check=False`` takes a table that is known to be in order, in a third of the time.

    Raises InputError, with the line's number, for a wrong header, a wrong number of columns, an unknown kind, gender or
    declension, letters of the wrong alphabet, or a name given twice.
    """
    names: list[Name] = []
    lines_of: dict[str, int] = {}
    header_seen = False
    for number, line in enumerate(text.removeprefix("\ufeff").splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        where = f"{place}:{number}"
        cells = tuple(cell.strip() for cell in line.split("\t"))
        if header_seen and not check:
            names.append(_name(cells))
            continue
        if not header_seen:
            if cells != COLUMNS:
                raise InputError(
                    "not a table of names: the first line must name the columns",
                    place=where,
                    remedy=f"begin it with {', '.join(COLUMNS)}, separated by tabs",
                )
            header_seen = True
            continue
        name = _row(cells, where)
        if name.text in lines_of:
            raise InputError(
                f"{name.text} stands in line {lines_of[name.text]} already", place=where, remedy="make the two one row"
            )
        lines_of[name.text] = number
        names.append(name)
    return tuple(names)


def read_table(path: Path) -> tuple[Name, ...]:
    """The names of the table at ``path``; raises InputError where it cannot be read or is not one."""
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise InputError("not UTF-8 text", place=str(path), remedy="save the table as UTF-8") from error
    except OSError as error:
        raise InputError(f"cannot be read ({error.strerror})", place=str(path)) from error
    return parse_table(text, str(path))


def _row(cells: tuple[str, ...], where: str) -> Name:
    """The name in a row; raises InputError where a cell is not what its column holds."""
    if len(cells) > len(COLUMNS):
        raise InputError(f"{len(cells)} columns instead of {len(COLUMNS)}", place=where, remedy="take out a tab")
    name, kind, gender, english, variants, adjective, declension, _ = _all_columns(cells)
    if not name:
        raise InputError("a row without a name", place=where)
    _one_of("kind", kind, tuple(NameKind), where)
    _one_of("gender", gender, (*GENDERS, "-"), where)
    _one_of("declension", declension, DECLENSIONS, where)
    for column, cell in (("name", name), ("variants", variants), ("adjective", adjective)):
        if stray := _LATIN.search(_ROMAN_FIGURE.sub(" ", cell)):
            raise InputError(
                f"a Latin letter {stray[0]!r} in the column {column}", place=where, remedy="write it in Cyrillic"
            )
    if stray := _CYRILLIC.search(english):
        raise InputError(f"a Cyrillic letter {stray[0]!r} in the column english", place=where)
    return _name(cells)


def _name(cells: tuple[str, ...]) -> Name:
    """The name in a row that is in order."""
    name, kind, gender, english, variants, adjective, declension, note = _all_columns(cells)
    return Name(
        name,
        _KINDS[kind],
        "" if gender == "-" else gender,
        _several(english),
        _several(variants),
        _several(adjective),
        declension,
        note,
    )


def _all_columns(cells: tuple[str, ...]) -> tuple[str, ...]:
    """The cells of a row with those an editor dropped at its end, being empty."""
    return cells + ("",) * (len(COLUMNS) - len(cells))


def _one_of(column: str, value: str, allowed: tuple[str, ...], where: str) -> None:
    """Raises InputError unless ``value`` may stand in ``column``."""
    if value not in allowed:
        known = ", ".join(word for word in allowed if word)
        raise InputError(f"unknown {column} {value!r}", place=where, remedy=f"use one of {known}")


def _several(cell: str) -> tuple[str, ...]:
    """The values of a cell that holds several."""
    return tuple(part for value in cell.split(";") if (part := value.strip())) if cell else ()
