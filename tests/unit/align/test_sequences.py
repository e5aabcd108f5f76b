"""Sequences of any length are aligned whole, as short as it goes, and in a time that grows with their length."""

from __future__ import annotations

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import Levenshtein

from sverka.align import sequences
from sverka.align.sequences import LETTERS, WORDS, Step, alignment, cost, distance

few_letters = st.text(alphabet="абв", max_size=60)


def check(left: str, right: str, steps: tuple[Step, ...]) -> None:
    """Nothing is lost, nothing is said to be the same that is not."""
    assert "".join(step.left.of(left) for step in steps) == left
    assert "".join(step.right.of(right) for step in steps) == right
    assert all((step.left.of(left) == step.right.of(right)) == step.same for step in steps)
    assert all(step.left or step.right for step in steps)


@given(left=few_letters, right=few_letters)
def test_short_ones_in_as_few_steps_as_it_goes(left: str, right: str) -> None:
    steps = alignment(left, right)
    check(left, right, steps)
    assert cost(steps) == distance(left, right) == Levenshtein.distance(left, right)


@given(left=few_letters, right=few_letters, seeds=st.sampled_from([(8, 4), (4, 2, 1), (1,)]))
def test_long_ones_whole(left: str, right: str, seeds: tuple[int, ...]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sequences, "_AFFORDABLE", 9)
        patch.setattr(sequences, "_HOPELESS", 100)
        steps = alignment(left, right, seeds)
        check(left, right, steps)
        assert cost(steps) >= Levenshtein.distance(left, right) == distance(left, right, steps)


def misread(text: str, often: float, chance: random.Random) -> str:
    read = []
    for letter in text:
        if chance.random() >= often:
            read.append(letter)
        else:
            read.append(chance.choice(["", chance.choice(text), letter + chance.choice(text)]))
    return "".join(read)


@pytest.mark.slow
def test_a_volume_of_a_million_letters_takes_seconds() -> None:
    chance = random.Random(20261128)
    text = "".join(chance.choices("оеаинтсрвлкмдпуяыьгзбчйхжшюцщэф     \n", k=1_000_000))
    read = misread(text, 0.05, chance)
    began = time.process_time()
    steps = alignment(text, read)
    least = distance(text, read, steps)
    assert time.process_time() - began < 20
    check(text, read, steps)
    assert least <= cost(steps) <= 1.001 * least


def test_a_passage_that_was_moved_is_left_out_here_and_added_there() -> None:
    chance = random.Random(1)
    text = "".join(chance.choices("абвгдежз", k=20_000))
    steps = alignment(text, text[:2000] + text[3000:15_000] + text[2000:3000] + text[15_000:])
    apart = [step for step in steps if not step.same]
    assert apart == [step for step in apart if not step.left or not step.right]
    assert sum(len(step.left) for step in apart) == sum(len(step.right) for step in apart) == 1000


def test_items_are_whatever_can_be_told_apart() -> None:
    left, right = ("пусть", "она", "будет", 22, None), ("пусть", "она", "будут", 22)
    steps = alignment(left, right, WORDS)
    assert [step.left.of("01234") for step in steps if not step.same] == ["2", "4"]
    assert [step.same for step in steps] == [True, False, True, False]


def test_unrelated_texts_are_one_step_apart_rather_than_hours() -> None:
    left, right = "а" * 200_000, "б" * 200_000
    (step,) = alignment(left, right, LETTERS)
    assert (len(step.left), len(step.right), step.same) == (200_000, 200_000, False)
