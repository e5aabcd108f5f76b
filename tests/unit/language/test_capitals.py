"""How often words have capitals: counted, stored, and asked for."""

from __future__ import annotations

import lzma
from collections import Counter
from pathlib import Path

import numpy as np
import toy_language as toy

from sverka.language.build.capitals import count, learn
from sverka.language.build.lexicon import MACHINE_READ
from sverka.language.capitals import store


def test_what_is_stored_is_what_is_asked_for() -> None:
    numbers = np.arange(0, 3000, 3)
    odds = np.linspace(-12, 12, 1000)
    table = store(numbers, odds, np.arange(1000) % 10 == 0, rest=-2.0)
    found, counted, abbreviation = table.of(numbers)
    assert counted.all()
    assert np.abs(found - np.clip(odds, -8, 7.9)).max() <= 0.13
    assert abbreviation.sum() == 100
    others, counted, abbreviation = table.of(np.array([-1, 1, 2, 4]))
    assert others.tolist() == [-2.0] * 4
    assert not counted.any()
    assert not abbreviation.any()
    assert table.log_odds(np.zeros(0, dtype=np.int64)).shape == (0,)


def test_only_the_middle_of_a_sentence_is_counted(tmp_path: Path) -> None:
    with lzma.open(tmp_path / "a.txt.xz", "wt", encoding="utf-8") as file:
        file.write("Народ был, Мира нет. Война – Вот она: Полк и СССР\nНАРОД НЕ БЫЛ\nТут был А. И. Полк\n")
    assert count(tmp_path, ("a",))["a"] == Counter(["был", "Мира", "нет", "она", "и", "СССР", "был"])


def test_common_words_are_learned_and_rare_ones_taken_together() -> None:
    lexicon = toy.lexicon()
    counts = {
        "sov_a": Counter(
            {"народ": 500, "Народ": 1, "Отец": 300, "мир": 50, "Мир": 50, "ПОСТ": 30, "полка": 1, "Пень": 9}
        ),
        "lit_b": Counter({"Народ": 500}),
    }
    table = learn(counts, lexicon, {"sov_a": 1.0, "lit_b": 0.0}.__getitem__)
    odds, counted, abbreviation = table.of(lexicon.number(["народ", "отец", "мир", "пост", "полка"]))
    assert counted.tolist() == [True, True, True, True, False]
    assert odds[0] < -5
    assert odds[1] > 5
    assert abs(odds[2]) < 0.2
    assert abbreviation.tolist() == [False, False, False, True, False]


def test_the_machine_readers_false_capitals_are_not_believed() -> None:
    lexicon = toy.lexicon()
    counted = Counter({"народ": 1000, "Народ": 4})
    said = [
        learn({name: counted}, lexicon, lambda _: 1.0).log_odds(lexicon.number(["народ"]))[0]
        for name in (MACHINE_READ, "other")
    ]
    assert said[0] < said[1] - 2
