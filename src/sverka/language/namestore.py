"""The inflected forms of the shipped names as a compact text, so that opening them takes no morphology.

The file is gzip-compressed UTF-8: a line that says for which table it was made (the SHA-256 of ``names.tsv``), then
one line for each distinct surface form, sorted: the form, a tab, and its readings separated by spaces. A reading is
the row of the name (counted from 0), a colon, and four letters for role, case, number and gender:
``Штыкову<TAB>1437:sdsm``.
"""

from __future__ import annotations

import gzip
import hashlib
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sverka.language.nameforms import NameForm, Role
from sverka.language.nametable import Name

_MAGIC = "sverka name forms 1"

_ROLES = {
    "n": (Role.NAME, True),
    "s": (Role.SURNAME, True),
    "a": (Role.ADJECTIVE, True),
    "r": (Role.ADJECTIVE, False),
    "f": (Role.FOLLOWER, True),
}
_CASES = {"n": "nomn", "g": "gent", "d": "datv", "a": "accs", "i": "ablt", "l": "loct"}
_NUMBERS = {"s": "sing", "p": "plur"}
_GENDERS = {"m": "masc", "f": "femn", "n": "neut", "-": ""}

_ROLE_LETTERS = {value: letter for letter, value in _ROLES.items()}
_CASE_LETTERS = {value: letter for letter, value in _CASES.items()}
_NUMBER_LETTERS = {value: letter for letter, value in _NUMBERS.items()}
_GENDER_LETTERS = {value: letter for letter, value in _GENDERS.items()}


@dataclass(frozen=True, slots=True)
class Forms:
    """Surface forms and, for each, its packed readings."""

    surfaces: Sequence[str]
    readings: Sequence[str]


def collect(forms: Iterable[tuple[int, NameForm]]) -> Forms:
    """Forms gathered by surface, sorted; each comes with the row of its name."""
    readings: dict[str, list[str]] = {}
    for row, form in forms:
        readings.setdefault(form.text, []).append(_pack(row, form))
    surfaces = sorted(readings)
    return Forms(surfaces, [" ".join(readings[surface]) for surface in surfaces])


def _pack(row: int, form: NameForm) -> str:
    role = _ROLE_LETTERS[form.role, form.attested]
    return f"{row}:{role}{_CASE_LETTERS[form.case]}{_NUMBER_LETTERS[form.number]}{_GENDER_LETTERS[form.gender]}"


def unpack(surface: str, readings: str, names: Sequence[Name]) -> tuple[NameForm, ...]:
    """The forms that a surface stands for, in the order of the table."""
    return tuple(_unpack_one(surface, reading, names) for reading in readings.split(" "))


def _unpack_one(surface: str, reading: str, names: Sequence[Name]) -> NameForm:
    row, _, letters = reading.partition(":")
    role, attested = _ROLES[letters[0]]
    case, number, gender = _CASES[letters[1]], _NUMBERS[letters[2]], _GENDERS[letters[3]]
    return NameForm(surface, names[int(row)], role, case, number, gender, attested)


def rows(readings: str) -> tuple[int, ...]:
    """The rows of the names that packed readings belong to."""
    return tuple(int(reading.partition(":")[0]) for reading in readings.split(" "))


def digest(table: bytes) -> str:
    """What identifies a table of names."""
    return hashlib.sha256(table).hexdigest()


def encode(forms: Forms, table: bytes) -> bytes:
    """The file's bytes for the forms made from ``table``."""
    lines = [f"{_MAGIC}\t{digest(table)}"]
    lines += map("\t".join, zip(forms.surfaces, forms.readings, strict=True))
    return gzip.compress("\n".join(lines).encode(), mtime=0)


def decode(data: bytes, table: bytes) -> Forms | None:
    """The forms in the file's bytes; None if they were made for another table than ``table``, or are damaged."""
    try:
        text = gzip.decompress(data).decode()
    except (OSError, EOFError, zlib.error, UnicodeDecodeError):
        return None
    head, _, body = text.partition("\n")
    if head != f"{_MAGIC}\t{digest(table)}":
        return None
    cells = body.replace("\n", "\t").split("\t")
    return Forms(cells[0::2], cells[1::2])
