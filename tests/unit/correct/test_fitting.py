"""Fitting a judge to choices whose truth is known."""

from __future__ import annotations

import numpy as np
import pytest

from sverka.correct.features import FEATURES
from sverka.correct.fitting import Size, Table, fit
from sverka.correct.ranker import Choice, Judge

EDGE, CAPITAL, SHORT = (FEATURES.index(f"stands_{name}") for name in ("line_edge", "capital", "short"))
SIZE = Size(neurons=8, rounds=150, parts=4, decay=0.0)


def table(*, exclusive: bool) -> Table:
    """Slots of three rows. Where one of two things is so of the text as it stands, the option is right, else the text;
    where both are, it depends on whether that is ``exclusive``."""
    slots = 200
    features = np.zeros((3 * slots, len(FEATURES)), dtype=np.float32)
    for column, name in enumerate(("stands", "channel", "other")):
        features[column::3, FEATURES.index(name)] = 1
    at = np.arange(slots)
    edge, capital = at % 2 == 1, at // 2 % 2 == 1
    features[::3, EDGE], features[::3, CAPITAL] = edge, capital
    wrong = edge ^ capital if exclusive else edge | capital
    right = np.zeros(3 * slots, dtype=bool)
    right[3 * at + wrong] = True
    return Table(Choice(features, 3 * at), right, np.ones(slots))


def held(judge: Judge, of: Table) -> float:
    """The least probability of what is right."""
    return float(judge.probability(of.choice)[of.right].min())


def test_weights_learn_what_each_feature_says_by_itself() -> None:
    sample = table(exclusive=False)
    assert held(fit(sample, None), sample) > 0.9


def test_only_the_network_learns_what_features_say_together() -> None:
    sample = table(exclusive=True)
    assert held(fit(sample, None), sample) < 0.6
    assert held(fit(sample, SIZE), sample) > 0.9


def test_a_fit_can_be_repeated() -> None:
    sample = table(exclusive=True)
    one, two = (fit(sample, Size(4, 5, 4, 0.1)) for _ in range(2))
    assert np.array_equal(one.weights, two.weights)
    assert one.network is not None and two.network is not None
    for name in ("mean", "deviation", "hidden", "bias", "output"):
        assert np.array_equal(getattr(one.network, name), getattr(two.network, name))


@pytest.mark.parametrize("size", [None, Size(4, 5, 4, 0.0)])
def test_a_feature_that_never_varied_has_no_say(size: Size | None) -> None:
    sample = table(exclusive=True)
    judge = fit(sample, size)
    other = sample.choice.features.copy()
    other[::3, SHORT] = 1
    changed = judge.probability(Choice(other, sample.choice.starts))
    assert changed == pytest.approx(judge.probability(sample.choice), abs=1e-6)


def test_a_slot_that_counts_more_is_believed_more() -> None:
    sample = table(exclusive=False)
    features = np.tile(sample.choice.features[:3], (2, 1))
    right = np.array([True, False, False, False, True, False])
    for weight, stands in (((9.0, 1.0), 0.9), ((1.0, 9.0), 0.1)):
        judge = fit(Table(Choice(features, np.array([0, 3])), right, np.array(weight)), None)
        assert judge.probability(Choice(features, np.array([0, 3])))[0] == pytest.approx(stands, abs=0.03)


def test_of_several_right_rows_the_sum_counts() -> None:
    features = np.zeros((4, len(FEATURES)), dtype=np.float32)
    features[0, FEATURES.index("stands")] = 1
    features[3, FEATURES.index("other")] = 1
    judge = fit(Table(Choice(features, np.array([0])), np.array([False, True, True, False]), np.ones(1)), None)
    p = judge.probability(Choice(features, np.array([0])))
    assert p[1] == pytest.approx(p[2]) == pytest.approx(0.5, abs=0.02)
