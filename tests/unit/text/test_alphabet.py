"""Views in which words are compared, and the way back to the page's capitals."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sverka.text.alphabet import CYRILLIC, LATIN, LOOKALIKES, as_cyrillic, fold, like_case


@given(text=st.text(max_size=30))
def test_views_keep_every_position(text: str) -> None:
    assert len(fold(text)) == len(as_cyrillic(text)) == len(text)
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("text", "folded"), [("ЁЛКА", "елка"), ("Цзе-дун", "цзе-дун"), ("ИТТИ", "итти"), ("\u0130Ё", "\u0130Е")]
)
def test_folding(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_lookalikes_are_latin_and_become_cyrillic_of_the_same_case() -> None:
    for latin, cyrillic in LOOKALIKES.items():
        assert LATIN.fullmatch(latin)
        assert CYRILLIC.fullmatch(cyrillic)
        assert latin.isupper() == cyrillic.isupper()


def test_only_lookalikes_change() -> None:
    assert as_cyrillic("CCCP") == "\u0421\u0421\u0421\u0420"
    assert as_cyrillic("Q5 Zд") == "Q5 Zд"


@pytest.mark.parametrize(
    ("word", "model", "shown"),
    [
        ("теперь", "топорь", "теперь"),
        ("теперь", "Топорь", "Теперь"),
        ("теперь", "ТОПОРЬ", "ТЕПЕРЬ"),
        ("теперь", "ТОпорь", "Теперь"),  # a stray capital does not make it all capitals
        ("теперь", "тОпорь", "теперь"),
        ("теперь", "38", "теперь"),
        ("и", "А", "И"),
        ("или", "А", "Или"),  # one capital letter may only begin a sentence
        ("Ли", "топорь", "Ли"),
        ("", "Топорь", ""),
    ],
)
def test_a_word_takes_the_capitals_of_another(word: str, model: str, shown: str) -> None:
    assert like_case(word, model) == shown
