"""Names that a misread word may have been."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from sverka.language.knowledge import Knowledge
from sverka.language.names import Gazetteer
from sverka.language.namesearch import NameSearcher
from sverka.language.nametable import COLUMNS

TABLE = "\t".join(COLUMNS) + "\nИван Тулубьев\tperson\tm\tIvan Tulubyev; Tulubyev\t\t\t\ta courier\n"


@pytest.fixture(scope="module")
def shipped() -> NameSearcher:
    return NameSearcher(Gazetteer.open(), Knowledge.open().errors)


def near(searcher: NameSearcher, *queries: str, limit: float = 30.0, keep: int = 8) -> list[dict[str, float]]:
    """For each query the forms found and what they cost, the cheapest first."""
    limits = np.full(len(queries), limit, dtype=np.float32)
    hits = searcher.near(list(queries), limits=limits, most=600, keep=keep)
    found: list[dict[str, float]] = [{} for _ in queries]
    for query, number, cost in zip(hits.query.tolist(), hits.numbers.tolist(), hits.costs.tolist(), strict=True):
        found[query][searcher.form(number).text] = cost
    return found


@pytest.mark.parametrize(
    ("misread", "meant"),
    [
        ("вышинсвим", "Вышинским"),
        ("маниергейм", "Маннергейм"),
        ("шрыкоз", "Штыков"),
        ("лисынмаковской", "лисынмановской"),
        ("молотсву", "Молотову"),
    ],
)
def test_a_misread_form_is_found_first(shipped: NameSearcher, misread: str, meant: str) -> None:
    (found,) = near(shipped, misread)
    assert next(iter(found)) == meant


def test_a_form_says_whose_it_is(shipped: NameSearcher) -> None:
    hits = shipped.near(["вышинсвим"], limits=np.array([30], dtype=np.float32), most=600, keep=1)
    form = shipped.form(int(hits.numbers[0]))
    assert (form.name.text, form.case) == ("Андрей Вышинский", "ablt")


def test_costs_come_in_order_and_within_the_limit(shipped: NameSearcher) -> None:
    for found in near(shipped, "вышинсвим", "маниергейм", limit=15.0):
        costs = list(found.values())
        assert costs == sorted(costs)
        assert costs and all(0 <= cost <= 15 for cost in costs)
    assert near(shipped, "вышинсвим", limit=2.0) == [{}]
    assert len(near(shipped, "вышинсвим", keep=2)[0]) == 2


def test_what_is_like_no_name_finds_none(shipped: NameSearcher) -> None:
    assert near(shipped, "договоренности", limit=15.0) == [{}]
    assert near(shipped) == []


def test_names_of_a_table_are_found_too(shipped: NameSearcher, tmp_path: Path) -> None:
    path = tmp_path / "people.tsv"
    path.write_text(TABLE, encoding="utf-8")
    own = NameSearcher(Gazetteer.open(path), Knowledge.open().errors)
    assert next(iter(near(own, "тулубьсвым")[0])) == "Тулубьевым"
    assert "Тулубьевым" not in near(shipped, "тулубьсвым")[0]
    assert next(iter(near(own, "вышинсвим")[0])) == "Вышинским"  # beside those that ship


@pytest.mark.parametrize(("misread", "meant"), [("лисынмаковская", "лисынмановская")])
def test_the_nearest_of_many_like_forms_is_found(shipped: NameSearcher, misread: str, meant: str) -> None:
    (found,) = near(shipped, misread, limit=40.0)
    assert Knowledge.open().errors.cost(misread, meant) < min(found.values()) + 1e-3
    assert next(iter(found)) == meant
