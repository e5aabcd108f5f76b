"""Probabilities corrected by what came true of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sverka.language.calibration import NONE, UNEXPLAINED, Answer, Calibration, fit, kinds_of
from sverka.model import Rule

NONWORD, NAME = kinds_of(Rule.NONWORD, candidates=True), kinds_of(Rule.NAME, candidates=True)
BARE = kinds_of(Rule.NONWORD, candidates=False)

owns = st.dictionaries(st.sampled_from(("case", "name", "nonword", UNEXPLAINED)), st.floats(-2, 2))
calibrations = st.builds(
    Calibration, st.floats(0.3, 3), st.floats(-3, 3), owns.map(lambda own: tuple(sorted(own.items())))
)


def answers(said: list[float], right: list[bool], kinds: tuple[str, ...] = NONWORD) -> list[Answer]:
    return [Answer(p, kinds, came_true) for p, came_true in zip(said, right, strict=True)]


def test_nothing_decided_changes_nothing() -> None:
    assert fit([]) == NONE
    assert NONE.of(0.123456) == 0.123456


def test_a_few_answers_change_little_and_many_much() -> None:
    few = fit(answers([0.8] * 6, [False] * 6))
    many = fit(answers([0.8] * 600, [False] * 600))
    assert 0.6 < few.of(0.8, NONWORD) < 0.8
    assert many.of(0.8, NONWORD) < 0.1


def test_what_holds_true_stays() -> None:
    calibration = fit(answers([0.5, 0.9] * 500, [True, True, False, True] * 250))
    assert calibration.of(0.5, NONWORD) == pytest.approx(0.5, abs=0.06)
    came_true = [i % 10 != 0 for i in range(1000)]
    assert fit(answers([0.9] * 1000, came_true)).of(0.9, NONWORD) == pytest.approx(0.9, abs=0.01)


def test_with_many_answers_what_is_said_is_what_comes_true() -> None:
    said = [0.6] * 400 + [0.95] * 400
    came_true = [i % 10 < 4 for i in range(400)] + [i % 10 < 7 for i in range(400)]
    calibration = fit(answers(said, came_true))
    assert calibration.of(0.6, NONWORD) == pytest.approx(0.4, abs=0.06)
    assert calibration.of(0.95, NONWORD) == pytest.approx(0.7, abs=0.06)


def test_what_is_often_wrong_of_one_rule_is_doubted_of_that_rule() -> None:
    right = [i % 10 != 0 for i in range(200)]
    calibration = fit([*answers([0.9] * 200, right), *answers([0.9] * 40, [False] * 40, NAME)])
    assert calibration.of(0.9, NAME) < 0.4
    assert calibration.of(0.9, NONWORD) > 0.8
    # A rule that was never asked goes with what all have in common.
    never = kinds_of(Rule.CASE, candidates=True)
    assert calibration.of(0.9, never) == calibration.of(0.9)


def test_what_has_no_candidate_is_told_apart_from_what_has() -> None:
    mixed = [*answers([0.8] * 100, [i % 5 != 0 for i in range(100)]), *answers([0.8] * 100, [False, True] * 50, BARE)]
    calibration = fit(mixed)
    assert calibration.of(0.8, BARE) < 0.65
    assert calibration.of(0.8, NONWORD) > 0.75


def test_the_order_of_answers_does_not_matter() -> None:
    mixed = [*answers([0.7] * 9, [False, True, True] * 3), *answers([0.9] * 4, [False] * 4, NAME)]
    assert fit(mixed) == fit(mixed[::-1])


def test_a_likelier_finding_stays_the_likelier_one() -> None:
    calibration = fit(answers([0.55] * 5000 + [0.99] * 5000, [True] * 5000 + [False] * 5000))
    assert calibration.slope > 0
    assert calibration.of(0.6, NONWORD) < calibration.of(0.9, NONWORD)


def test_certainties_do_not_upset_it() -> None:
    calibration = fit(answers([0.0, 1.0, 1.0], [True, False, True]))
    assert calibration.of(0.0) == 0.0
    assert calibration.of(1.0) == 1.0
    assert 0 < calibration.of(0.5) < 1


@given(calibration=calibrations, probability=st.floats(0.001, 0.999), kinds=st.sampled_from((NONWORD, NAME, BARE)))
def test_what_was_corrected_can_be_undone(calibration: Calibration, probability: float, kinds: tuple[str, ...]) -> None:
    assert calibration.undone(calibration.of(probability, kinds), kinds) == pytest.approx(probability, abs=1e-6)


@given(calibration=calibrations, probability=st.floats(0.001, 0.999), kinds=st.sampled_from((NONWORD, NAME, BARE)))
def test_nothing_below_the_least_is_raised_to_what_is_wanted(
    calibration: Calibration, probability: float, kinds: tuple[str, ...]
) -> None:
    assert calibration.least(calibration.of(probability, kinds)) <= probability + 1e-6
