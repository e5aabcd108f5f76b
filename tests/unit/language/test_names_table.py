"""The shipped table is in order, and a table that is not is refused with its line."""

from __future__ import annotations

from collections import Counter
from importlib import resources
from pathlib import Path

import pytest

from sverka.errors import InputError
from sverka.language import namestore
from sverka.language.names import FORMS, TABLE, NameKind, folded, forms_of_names
from sverka.language.nametable import COLUMNS, parse_table, read_table

DATA = resources.files("sverka.language") / "data"
HEADER = "\t".join(COLUMNS) + "\n"


def shipped() -> bytes:
    return (DATA / TABLE).read_bytes()


def test_the_shipped_table_is_in_order_and_broad() -> None:
    names = parse_table(shipped().decode(), TABLE)
    kinds = Counter(name.kind for name in names)
    assert len(names) >= 650
    assert kinds[NameKind.PERSON] >= 500
    assert kinds[NameKind.PLACE] >= 400
    assert kinds[NameKind.BODY] >= 100
    assert all(name.english and name.note for name in names)
    assert all(len(line.split("\t")) == len(COLUMNS) for line in shipped().decode().splitlines() if line[0] != "#")


def test_no_name_stands_twice_even_spelled_another_way() -> None:
    names = parse_table(shipped().decode(), TABLE)
    twice = [text for text, count in Counter(folded(name.text) for name in names).items() if count > 1]
    assert twice == []
    for name in names:
        spellings = [folded(text) for text in (name.text, *name.variants)]
        assert len(set(spellings)) == len(spellings), name.text


def test_the_shipped_forms_are_those_of_the_shipped_table() -> None:
    forms = namestore.decode((DATA / FORMS).read_bytes(), shipped())
    assert forms is not None, "run python -m sverka.language.build names"
    assert forms == forms_of_names(parse_table(shipped().decode(), TABLE))
    assert len((DATA / FORMS).read_bytes()) < 1_000_000


def test_forms_for_another_table_or_damaged_are_not_taken() -> None:
    data = (DATA / FORMS).read_bytes()
    assert namestore.decode(data, shipped() + b"\n") is None
    assert namestore.decode(data[:1000], shipped()) is None
    assert namestore.decode(b"", shipped()) is None


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("Штыков\tenvoy", "unknown kind 'envoy'"),
        ("Штыков\tperson\tmale", "unknown gender 'male'"),
        ("Штыков\tperson\tm\tShtykov\t\t\tstrong", "unknown declension 'strong'"),
        ("Штыкoв\tperson", "a Latin letter 'o' in the column name"),
        ("Штыков\tperson\tm\tShtуkov", "a Cyrillic letter 'у' in the column english"),
        ("\tperson", "a row without a name"),
        ("Штыков\tperson\tm\tShtykov\t\t\t\t\t\t", "columns instead of 8"),
        ("Рощин\tperson", "stands in line 2 already"),
    ],
)
def test_a_bad_row_is_refused_with_its_line(tmp_path: Path, row: str, said: str) -> None:
    path = tmp_path / "names.tsv"
    path.write_text(f"{HEADER}Рощин\tperson\n\n# remark\n{row}\n", encoding="utf-8")
    with pytest.raises(InputError) as error:
        read_table(path)
    assert said in str(error.value)
    assert str(error.value).startswith(f"{path}:5: ")


def test_other_files_are_refused_in_one_line(tmp_path: Path) -> None:
    path = tmp_path / "names.tsv"
    with pytest.raises(InputError, match="cannot be read"):
        read_table(path)
    path.write_bytes("Штыков".encode("cp1251"))
    with pytest.raises(InputError, match="not UTF-8"):
        read_table(path)
    path.write_text("Штыков\n", encoding="utf-8")
    with pytest.raises(InputError, match="first line must name the columns"):
        read_table(path)


def test_a_short_row_and_a_byte_order_mark_are_fine(tmp_path: Path) -> None:
    path = tmp_path / "names.tsv"
    path.write_text(f"\ufeff{HEADER}Николай II\tperson\t-\tNicholas II;Nicholas the Second ;\n", encoding="utf-8")
    (name,) = read_table(path)
    assert (name.text, name.gender, name.english) == ("Николай II", "", ("Nicholas II", "Nicholas the Second"))
