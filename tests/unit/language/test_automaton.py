"""The automaton holds exactly the words it was built from, and numbers them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sverka.language import automaton
from sverka.language.words import LETTERS


def in_order(words: set[str]) -> list[str]:
    return sorted(words, key=lambda word: [LETTERS.index(letter) for letter in word])


WORD = st.text("абя-", min_size=1, max_size=6)  # few letters, so that beginnings and endings are shared


@given(words=st.sets(WORD, min_size=1, max_size=40), others=st.lists(WORD, max_size=20))
def test_a_number_is_the_position_in_order_and_other_words_have_none(words: set[str], others: list[str]) -> None:
    ordered = in_order(words)
    built = automaton.build(ordered)
    asked = ordered + others
    expected = [ordered.index(word) if word in words else -1 for word in asked]
    assert built.number(asked).tolist() == expected
    assert len(built) == len(words)


@given(words=st.sets(WORD, min_size=1, max_size=40))
def test_walking_every_edge_spells_every_word(words: set[str]) -> None:
    built = automaton.build(in_order(words))
    spelled = []
    places = [(0, "")]
    while places:
        node, word = places.pop()
        nodes = np.array([node])
        if built.final(nodes)[0]:
            spelled.append(word)
        _, edges = built.edges(nodes)
        places += [(int(built.targets[edge]), word + LETTERS[built.labels[edge]]) for edge in edges]
    assert sorted(spelled) == sorted(words)


@given(words=st.sets(WORD, min_size=1, max_size=40))
def test_a_number_gives_back_its_word(words: set[str]) -> None:
    built = automaton.build(in_order(words))
    assert built.words(np.arange(len(words))) == in_order(words)


@given(words=st.sets(WORD, min_size=1, max_size=40), others=st.lists(WORD, max_size=20))
def test_a_trie_holds_the_same_words_under_the_same_numbers(words: set[str], others: list[str]) -> None:
    made, built = automaton.trie(words), automaton.build(in_order(words))
    assert made.number([*words, *others]).tolist() == built.number([*words, *others]).tolist()
    assert made.words(np.arange(len(words))) == in_order(words)
    assert made.counts[0] == len(words)


def test_it_tells_how_far_a_word_goes_along_with_others() -> None:
    built = automaton.build(["армией", "партией"])
    assert built.reach(["армиями", "партя", "щука", "армией", ""]).tolist() == [4, 4, 0, 6, 0]


def test_endings_are_shared() -> None:
    built = automaton.build(["армией", "линией", "партией"])
    assert (
        len(built.masks) == 1 + len("арм") + len("лин") + len("парт") - 1 + len("ией") - 1
    )  # the а of two words is one


@pytest.mark.parametrize("asked", ["", "ъ", "арм", "армиейа", "army", "арми!", "\U0001f600"])
def test_what_is_no_word_has_no_number(asked: str) -> None:
    assert automaton.build(["армией", "армия"]).number([asked, "армия"]).tolist() == [-1, 1]


@pytest.mark.parametrize("words", [["б", "а"], ["а", "а"], ["а-б", "аб"], ["", "а"], ["ёж"], ["Армия"]], ids=" ".join)
def test_words_out_of_order_or_not_folded_are_refused(words: list[str]) -> None:
    with pytest.raises(ValueError, match="sorted"):
        automaton.build(words)


def test_no_words_asked_no_numbers() -> None:
    assert automaton.build(["а"]).number([]).tolist() == []
