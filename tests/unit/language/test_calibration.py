"""Probabilities corrected by what came true of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sverka.language.calibration import NONE, Calibration, fit

calibrations = st.builds(Calibration, st.floats(0.3, 3), st.floats(-3, 3))


def test_nothing_decided_changes_nothing() -> None:
    assert fit([], []) == NONE
    assert NONE.of(0.123456) == 0.123456


def test_a_few_answers_change_little_and_many_much() -> None:
    few = fit([0.8] * 6, [False] * 6)
    many = fit([0.8] * 600, [False] * 600)
    assert 0.7 < few.of(0.8) < 0.8
    assert many.of(0.8) < 0.3


def test_what_holds_true_stays() -> None:
    calibration = fit([0.5, 0.9] * 500, ([True, True, False, True] * 250))
    assert calibration.of(0.5) == pytest.approx(0.5, abs=0.03)
    answers = [i % 10 != 0 for i in range(1000)]
    assert fit([0.9] * 1000, answers).of(0.9) == pytest.approx(0.9, abs=0.01)


def test_with_many_answers_what_is_said_is_what_comes_true() -> None:
    said = [0.6] * 400 + [0.95] * 400
    came_true = [i % 10 < 4 for i in range(400)] + [i % 10 < 7 for i in range(400)]
    calibration = fit(said, came_true)
    assert calibration.of(0.6) == pytest.approx(0.4, abs=0.06)
    assert calibration.of(0.95) == pytest.approx(0.7, abs=0.06)


def test_a_likelier_finding_stays_the_likelier_one() -> None:
    calibration = fit([0.55] * 5000 + [0.99] * 5000, [True] * 5000 + [False] * 5000)
    assert calibration.slope > 0
    assert calibration.of(0.6) < calibration.of(0.9)


def test_certainties_do_not_upset_it() -> None:
    calibration = fit([0.0, 1.0, 1.0], [True, False, True])
    assert calibration.of(0.0) == 0.0
    assert calibration.of(1.0) == 1.0
    assert 0 < calibration.of(0.5) < 1


@given(calibration=calibrations, probability=st.floats(0.001, 0.999))
def test_what_was_corrected_can_be_undone(calibration: Calibration, probability: float) -> None:
    assert calibration.undone(calibration.of(probability)) == pytest.approx(probability, abs=1e-6)
