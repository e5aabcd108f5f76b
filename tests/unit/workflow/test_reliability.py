"""Published figures, and those of other programs."""

from __future__ import annotations

import pytest

from sverka.workflow.reliability import cohen, krippendorff


def judged(table: list[list[int]]) -> list[tuple[int, int]]:
    """The judgments that a table counts: rows are what the first judge said, columns the second."""
    return [(i, j) for i, row in enumerate(table) for j, number in enumerate(row) for _ in range(number)]


def test_kappa_and_its_error_as_sas_gives_them() -> None:
    # The printout of SAS that the tests of statsmodels quote (simple κ 0.4842, ASE 0.1380).
    found = cohen(judged([[0, 4, 1], [0, 8, 0], [0, 1, 5]]))
    assert (found.units, found.agreed) == (19, 13)
    assert found.value == pytest.approx(0.4842, abs=5e-5)
    assert found.error == pytest.approx(0.1380, abs=5e-5)


def test_kappa_by_hand() -> None:
    # p = (20 + 15) / 50 = 0.7, e = 0.5 · 0.6 + 0.5 · 0.4 = 0.5, κ = (0.7 − 0.5) / (1 − 0.5).
    assert cohen(judged([[20, 5], [10, 15]])).value == pytest.approx(0.4)
    # p = 0.89, e = 0.8 · 0.8 + 0.1 · 0.05 + 0.1 · 0.15 = 0.66.
    assert cohen(judged([[75, 1, 4], [5, 4, 1], [0, 0, 10]])).value == pytest.approx(23 / 34)
    # Artstein and Poesio 2008, which scikit-learn tests its own by: p = 0.7, e = 0.54.
    assert cohen(judged([[20, 20], [10, 50]])).value == pytest.approx(0.348, abs=5e-4)


def test_kappa_does_not_depend_on_who_comes_first() -> None:
    table = judged([[7, 2, 1], [3, 9, 0], [1, 2, 5]])
    one, other = cohen(table), cohen([(second, first) for first, second in table])
    assert one.value == pytest.approx(other.value)
    assert one.error == pytest.approx(other.error)


def test_where_all_is_one_category_kappa_is_undefined() -> None:
    assert cohen([("a", "a")] * 49).value is None
    assert cohen([("a", "a")] * 49).error is None
    assert cohen([("a", "b")] * 3).value == 0


def test_full_agreement_has_no_error_to_speak_of() -> None:
    found = cohen([("a", "a"), ("b", "b"), ("b", "b")])
    assert (found.value, found.error) == (1, None)


def test_alpha_of_the_paper() -> None:
    # Krippendorff 2011, C and D: nominal data, four observers, some silent; and two observers with two values.
    observers = ("12332141 2   ", "12332241 25 3", " 3332342 251 ", "12332441 251 ")
    units = [[said for said in unit if said != " "] for unit in zip(*observers, strict=True)]
    assert krippendorff(units) == pytest.approx(0.743, abs=5e-4)
    assert krippendorff(zip("0100000010", "1110010000", strict=True)) == pytest.approx(0.095, abs=5e-4)


def test_alpha_is_undefined_where_there_is_nothing_to_disagree_on() -> None:
    assert krippendorff([]) is None
    assert krippendorff(["a", "b"]) is None
    assert krippendorff(["aa", "aaa"]) is None
    assert krippendorff(["aa", "bb"]) == 1
