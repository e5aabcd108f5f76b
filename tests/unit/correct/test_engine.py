"""How the engine judges a word on its page."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from engine_pages import BAD, CLEAN, engine, judge, ranker

from sverka.correct.features import FEATURES, contexts, noise_of
from sverka.correct.slots import SlotKind
from sverka.correct.witnesses import Witnesses
from sverka.language.knowledge import Knowledge
from sverka.model import Finding, Rule, Span, Transcript
from sverka.text.document import analyse

DOUBTFUL = "Вчера паша победа стала полной. Этого там пет уже давно."


@pytest.mark.parametrize("observed", ["паша", "пет"])
def test_a_doubtful_word_is_doubted_more_on_a_bad_page(observed: str) -> None:
    clean, bad = judge(CLEAN * 3 + DOUBTFUL), judge(BAD * 3 + DOUBTFUL)
    assert bad.stands(observed) < clean.stands(observed) - 0.2


def test_most_words_of_a_bad_page_are_right_all_the_same() -> None:
    page = judge(BAD * 3 + CLEAN)
    assert min(page.stands(word) for word in ("страны", "заседании", "собрание", "холодным")) > 0.5


def test_noise_grows_with_the_errors_and_counts_less_on_a_short_page() -> None:
    assert all(a < b for a, b in pairwise([noise_of(errors, 500) for errors in (0, 1, 10, 100, 1000)]))
    assert noise_of(10, 500) > noise_of(10, 5000)
    assert noise_of(9.5, 440) == pytest.approx(0.0, abs=0.02)  # one word in fifty
    assert noise_of(0, 0) == pytest.approx(noise_of(0.5, 60), abs=0.8)


def test_what_was_found_by_other_means_makes_a_page_worse() -> None:
    text = CLEAN + DOUBTFUL
    document = analyse(Transcript("page.txt", text))
    stream = engine().read(document)
    spans = [Span(text.index(word), text.index(word) + len(word)) for word in ("Народ", "начал", "принято", "новое")]
    evident = [Finding(span, span.of(text), Rule.SCRIPT, 0.98, "") for span in spans]
    without, with_them = (engine().choosings(document, stream, Witnesses(), found)[0] for found in ((), evident))
    assert with_them.errors() > without.errors()


def test_a_page_has_as_many_errors_as_are_likely() -> None:
    clean, bad = judge(CLEAN).words.errors(), judge(BAD).words.errors()
    assert clean < 1
    assert 8 < bad < 16  # thirteen words are misread


def test_a_neighbour_that_was_misread_is_read_as_what_it_should_be() -> None:
    """``продолжали`` fits ``наступление``, not ``настуцление``."""
    page = judge(f"{BAD}Войска фронта продолжали настуцление и ввяли город.")
    assert page.offers("настуцление")[0].word == "наступление"
    words = page.words
    at = words.choice.starts[page.slot("продолжали")]
    as_read, _ = contexts(words.choices, words.slots, words.stream.ids, Knowledge.open())
    assert words.choice.features[at, FEATURES.index("context")] > as_read[at] + 1


def test_pairs_are_only_asked_about_where_there_is_an_option() -> None:
    pairs = judge(CLEAN + BAD).pairs
    assert set(pairs.options.slot.tolist()) == set(range(len(pairs.slots)))


@pytest.mark.parametrize("text", ["", "\n", "1950", "?!", "Нет", "—", "A", "| |"])
def test_a_page_of_next_to_nothing(text: str) -> None:
    page = judge(text)
    for kind in SlotKind:
        choosing = page.choosing(kind)
        assert len(choosing.probability) == len(choosing.choice.features)
        rows = np.arange(len(choosing.probability))
        assert len(ranker().judges[kind].gains(choosing.choice, rows)) == len(rows)
    assert 0 <= page.words.errors() < 1


def test_the_same_page_is_judged_alike_again() -> None:
    text = CLEAN + BAD
    document = analyse(Transcript("page.txt", text))
    again = engine().choosings(document, engine().read(document), Witnesses(), ())
    for one, two in zip((judge(text).words, judge(text).pairs), again, strict=True):
        assert np.array_equal(one.probability, two.probability)
