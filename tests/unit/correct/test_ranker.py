"""Probabilities of choices, and what they are owed to."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from engine_pages import BAD, CLEAN, judge, ranker

from sverka.correct.features import FEATURES, OTHER, STANDS, STATED
from sverka.correct.ranker import Choice, Judge, Ranker, inputs
from sverka.correct.slots import SlotKind

TEXT = CLEAN + BAD + "Мы не имеем каких либо сведений об англо американских войсках."


@pytest.fixture(params=SlotKind)
def kind(request: pytest.FixtureRequest) -> SlotKind:
    return SlotKind(request.param)


def test_probabilities_of_a_slot_sum_to_one(kind: SlotKind) -> None:
    choosing = judge(TEXT).choosing(kind)
    assert len(choosing.slots) == len(choosing.choice.starts) > 0
    assert np.add.reduceat(choosing.probability, choosing.choice.starts) == pytest.approx(1)
    assert (choosing.probability >= 0).all()


def test_gains_sum_to_what_a_choice_is_likelier_than_the_text_as_it_stands(kind: SlotKind) -> None:
    choosing = judge(TEXT).choosing(kind)
    choice, log = choosing.choice, np.log(choosing.probability)
    gains = ranker().judges[kind].gains(choice, np.arange(len(log)))
    assert gains.shape == (len(log), len(FEATURES) + 1)
    apart = np.abs(gains.sum(axis=1) - (log - np.repeat(log[choice.starts], choice.lengths)))
    assert apart.max() < 0.05  # reasons are shown with one decimal
    assert apart.mean() < 0.01
    assert np.abs(gains[choice.starts]).max() == 0


def test_gains_of_weights_alone_are_the_features_that_differ() -> None:
    choice = judge(TEXT).words.choice
    weights = np.zeros(len(FEATURES))
    channel = FEATURES.index("channel")
    weights[channel] = 2.0
    rows = np.array([choice.starts[3] + 1, choice.starts[5] + 1])
    gains = Judge(weights).gains(choice, rows)
    differ = choice.features[rows, channel] - choice.features[choice.starts[[3, 5]], channel]
    assert gains[:, channel] == pytest.approx(2 * differ)
    assert np.count_nonzero(gains) == np.count_nonzero(differ)


def test_what_was_saved_says_the_same(kind: SlotKind, tmp_path: Path) -> None:
    choice = judge(TEXT).choosing(kind).choice
    shipped = ranker().judges[kind]
    assert shipped.network is not None
    dice = np.random.default_rng(7)
    shaken = Judge(
        np.where([name in STATED for name in FEATURES], shipped.weights, shipped.weights + 0.01 * dice.random()),
        replace(shipped.network, output=shipped.network.output * np.float32(1.0123456)),
    )
    for judges in (ranker().judges, {**ranker().judges, kind: shaken}):
        Ranker(judges).save(tmp_path / "ranker.json")
        opened = Ranker.open(tmp_path / "ranker.json").judges[kind]
        assert opened.probability(choice) == pytest.approx(judges[kind].probability(choice), abs=2e-3)


def test_weights_without_a_network_can_be_kept_too(tmp_path: Path) -> None:
    choice = judge(TEXT).words.choice
    Ranker.blank().save(tmp_path / "ranker.json")
    judge_of_words = Ranker.open(tmp_path / "ranker.json").judges[SlotKind.WORD]
    assert judge_of_words.network is None
    assert np.add.reduceat(judge_of_words.probability(choice), choice.starts) == pytest.approx(1)


def test_an_input_that_never_varied_has_no_say(kind: SlotKind) -> None:
    network = ranker().judges[kind].network
    assert network is not None
    rows = inputs(judge(TEXT).choosing(kind).choice)
    same = np.isinf(network.deviation)
    assert 0 < same.sum() < len(same)
    other = rows.copy()
    other[:, same] += 1000
    assert np.array_equal(network.scores(other), network.scores(rows))
    assert (network.gains(other, rows) == 0).all()


def test_rows_say_what_they_are() -> None:
    choice = Choice(np.zeros((5, len(FEATURES)), dtype=np.float32), np.array([0, 2]))
    assert choice.lengths.tolist() == [2, 3]
    assert choice.options().tolist() == [STANDS, OTHER, STANDS, 0, OTHER]


def test_no_slots_no_probabilities(kind: SlotKind) -> None:
    nothing = Choice(np.zeros((0, len(FEATURES)), dtype=np.float32), np.zeros(0, dtype=np.int64))
    assert len(ranker().judges[kind].probability(nothing)) == 0
    assert len(ranker().judges[kind].gains(nothing, np.zeros(0, dtype=np.int64))) == 0
