"""The search in the lexicon that ships: what the toy language is too small to show."""

from __future__ import annotations

import numpy as np
import pytest

from sverka.language.knowledge import Knowledge
from sverka.language.search import Searcher


def found(query: str) -> dict[str, float]:
    knowledge = Knowledge.open()
    searcher = Searcher(knowledge.lexicon, knowledge.ngrams.unigrams, knowledge.errors)
    limits = np.array([8 + 1.5 * len(query)], dtype=np.float32)
    hits = searcher.near([query], limits=limits, most=2000, keep=24)
    return dict(zip(knowledge.lexicon.words(hits.numbers), hits.costs.tolist(), strict=True))


@pytest.mark.parametrize(
    ("misread", "meant"),
    [("настуцление", "наступление"), ("прииято", "принято"), ("топорь", "теперь")],
)
def test_the_word_that_was_meant_is_found_at_its_cost(misread: str, meant: str) -> None:
    assert found(misread)[meant] == pytest.approx(Knowledge.open().errors.cost(misread, meant), abs=1e-2)


@pytest.mark.parametrize("query", ["перспективы", "солидаризируется"])
def test_every_word_is_found_at_its_least_cost(query: str) -> None:
    least = {word: Knowledge.open().errors.cost(query, word) for word in found(query)}
    assert found(query) == pytest.approx(least, abs=1e-2)
