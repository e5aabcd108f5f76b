"""The letter model knows words from heaps of letters."""

from __future__ import annotations

import numpy as np
import pytest
import toy_language as toy

from sverka.language.build import chars

WORDS = toy.words()
MODEL = chars.learn(WORDS, np.full(len(WORDS), 50.0))


@pytest.mark.parametrize(
    ("word", "heap"),
    [
        ("полком", "пмлокм"),
        ("топора", "тпораъ"),
        ("войной", "вйооын"),
        ("нового", "ыового"),  # how words begin
        ("полки", "полкпь"),  # how they end
        ("мир", "ми!р"),  # a sign that is no letter
    ],
)
def test_a_word_is_likelier_than_a_heap_of_letters(word: str, heap: str) -> None:
    likely, unlikely = MODEL.logs([word, heap]).tolist()
    assert likely > unlikely + 1


def test_a_word_costs_the_same_alone_and_in_company() -> None:
    company = ["а", "теперь", "", "и‹-", "топорище"]
    alone = [MODEL.logs([word])[0] for word in company]
    assert MODEL.logs(company).tolist() == pytest.approx(alone)
    assert MODEL.logs([]).tolist() == []


def test_frequent_words_teach_more() -> None:
    counts = np.array([1000.0 if word.startswith("пол") else 0.0 for word in WORDS])
    assert chars.learn(WORDS, counts).logs(["полка"])[0] > MODEL.logs(["полка"])[0]
