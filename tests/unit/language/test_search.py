"""The search finds what an obvious search finds: the cost of every word, one after the other."""

from __future__ import annotations

import numpy as np
import pytest
import toy_language as toy
from hypothesis import given, settings
from hypothesis import strategies as st

from sverka.language.errormodel import ErrorModel, observed_view
from sverka.language.search import Searcher

MODEL = toy.misreadings()
WORDS = toy.words()
LIMIT = 15.0


def searcher(model: ErrorModel = MODEL) -> Searcher:
    return Searcher(toy.lexicon(), np.full(len(WORDS), 100, dtype=np.uint8), model)


def found(queries: list[str], limit: float = LIMIT, *, most: int = 50_000, keep: int = 100) -> list[dict[str, float]]:
    """For each query, the cost of every word found."""
    limits = np.full(len(queries), limit, dtype=np.float32)
    hits = searcher().near(queries, limits=limits, most=most, keep=keep, margin=60.0)
    result: list[dict[str, float]] = [{} for _ in queries]
    for query, word, cost in zip(hits.query, toy.lexicon().words(hits.numbers), hits.costs, strict=True):
        assert word not in result[query]
        result[query][word] = float(cost)
    return result


def obvious(query: str, limit: float = LIMIT) -> dict[str, float]:
    return {word: cost for word in WORDS if (cost := MODEL.cost(query, word)) <= limit}


QUERY = st.one_of(st.text("оетпрьімнлы‹x1 ", min_size=1, max_size=8), st.sampled_from(WORDS))


@settings(max_examples=60, deadline=None)
@given(queries=st.lists(QUERY, min_size=1, max_size=5))
def test_it_finds_what_the_obvious_search_finds(queries: list[str]) -> None:
    queries = [observed_view(query) for query in queries]
    for query, hits in zip(queries, found(queries), strict=True):
        assert hits == pytest.approx(obvious(query), abs=1e-3)


@settings(max_examples=60, deadline=None)
@given(query=QUERY, limit=st.floats(1, LIMIT))
def test_nothing_found_is_costlier_than_the_limit(query: str, limit: float) -> None:
    assert all(cost <= limit + 1e-3 for cost in found([observed_view(query)], limit)[0].values())


@pytest.mark.parametrize(
    ("misread", "meant"),
    [
        ("топерь", "теперь"),  # a letter for another
        ("войньі", "войны"),  # two signs for a letter
        ("армя", "армия"),  # a letter lost
        ("на‹род", "народ"),  # a sign added
        ("снльі", "силы"),  # two errors
        ("был", "был"),  # none
    ],
)
def test_the_likeliest_word_comes_first(misread: str, meant: str) -> None:
    assert next(iter(found([misread])[0])) == meant


def test_of_words_equally_near_the_commoner_comes_first() -> None:
    rarity = np.full(len(WORDS), 100, dtype=np.uint8)
    number = int(toy.lexicon().number(["она"])[0])
    for value, first in ((10, True), (250, False)):
        rarity[number] = value
        hits = Searcher(toy.lexicon(), rarity, MODEL).near(["онк"], limits=np.array([LIMIT], dtype=np.float32))
        words = toy.lexicon().words(hits.numbers)
        assert {"она", "они", "оно"} <= set(words)
        assert (words[0] == "она") == first


def test_no_more_are_kept_than_asked_for() -> None:
    assert len(found(["по"])[0]) > 2
    assert len(found(["по"], keep=2)[0]) == 2


def test_a_short_search_still_finds_the_word_itself() -> None:
    assert all(word in hits for word, hits in zip(WORDS, found(WORDS, most=200), strict=True))


def test_the_margin_leaves_out_what_is_far_worse_than_the_best() -> None:
    hits = searcher().near(["по"], limits=np.array([LIMIT], dtype=np.float32), most=50_000, keep=100, margin=4.0)
    assert 0 < len(hits.query) < len(found(["по"])[0])


def test_nothing_asked_nothing_found() -> None:
    assert found([]) == []
    assert found(["щщщщщщ"]) == [{}]
