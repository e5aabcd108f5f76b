"""Names of one word are found under the error model, those of a user's table too."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from sverka.language.knowledge import Knowledge
from sverka.language.names import Gazetteer
from sverka.language.namesearch import NameSearcher


def near(searcher: NameSearcher, query: str) -> list[str]:
    limits = np.array([30.0], dtype=np.float32)
    hits = searcher.near([query], limits=limits, most=2_000, keep=5)
    return [searcher.form(number).text for number in hits.numbers.tolist()]


@pytest.mark.parametrize(("misread", "form"), [("штякову", "Штыкову"), ("сталнна", "Сталина")])
def test_a_misread_form_of_a_name_is_found(misread: str, form: str) -> None:
    searcher = NameSearcher(Gazetteer.open(), Knowledge.open().errors)
    assert near(searcher, misread)[0] == form


def test_the_names_of_a_table_are_found_too(tmp_path: Path) -> None:
    table = tmp_path / "own.tsv"
    table.write_text(
        "name\tkind\tgender\tenglish\tvariants\tadjective\tdeclension\tnote\n"
        "Иван Тулубьев\tperson\tm\tIvan Tulubyev; Tulubyev\t\t\t\ta courier\n",
        encoding="utf-8",
    )
    assert near(NameSearcher(Gazetteer.open(table), Knowledge.open().errors), "тулубеевым")[0] == "Тулубьевым"
