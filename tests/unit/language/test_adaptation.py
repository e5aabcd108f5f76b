"""The error model after evidence: what was seen is expected again, and the rest a little less."""

from __future__ import annotations

import time

import numpy as np
import pytest
import toy_language as toy
from hypothesis import given
from hypothesis import strategies as st

from sverka.language.adaptation import PAGE, Reading, adapt, at_rate_of, count, of_pages, posterior
from sverka.language.errormodel import IMPOSSIBLE, SIGNS
from sverka.language.words import LETTERS

MODEL = toy.misreadings()


def test_a_misreading_seen_twice_is_expected_a_third_time() -> None:
    adapted = adapt(MODEL, [Reading("парод", "народ"), Reading("вотьпа", "вотьна")])
    assert adapted.cost("пет", "нет") < MODEL.cost("пет", "нет") - 0.5
    assert adapted.cost("шет", "нет") > MODEL.cost("шет", "нет")


def test_the_posterior_is_the_one_of_the_formula() -> None:
    strength = 50.0
    adapted = adapt(MODEL, [Reading("парод", "народ", 0.8), Reading("нет", "нет", 3)], strength)
    p, n = SIGNS.index("п"), LETTERS.index("н")
    was = np.exp(-float(MODEL.read[p, n]))
    assert np.exp(-adapted.read[p, n]) == pytest.approx((strength * was + 0.8) / (strength + 3.8), rel=1e-4)
    right = np.exp(-float(MODEL.read[n, n]))
    assert np.exp(-adapted.read[n, n]) == pytest.approx((strength * right + 3) / (strength + 3.8), rel=1e-4)


def test_words_read_right_make_misreadings_rarer() -> None:
    adapted = adapt(MODEL, [Reading("нарОДный", "народныЙ")] * 100)
    assert adapted.cost("парод", "народ") > MODEL.cost("парод", "народ")
    assert adapted.cost("народ", "народ") < MODEL.cost("народ", "народ")


def test_no_evidence_changes_nothing() -> None:
    adapted = adapt(MODEL, [])
    for name in ("read", "lost", "added", "doubled", "fused"):
        assert np.array_equal(getattr(adapted, name), getattr(MODEL, name))


def test_the_model_it_is_made_from_stays_as_it_was() -> None:
    before = MODEL.read.copy(), MODEL.doubled.copy()
    adapt(MODEL, [Reading("парод", "народ"), Reading("сильі", "силы")])
    assert np.array_equal(MODEL.read, before[0])
    assert np.array_equal(MODEL.doubled, before[1])


@pytest.mark.parametrize(("signs", "letters"), [("іо", "ю"), ("н", "лл")])
def test_a_two_letter_edit_enters_once_it_was_seen_often(signs: str, letters: str) -> None:
    def seen(times: int) -> float:
        words = ("га", "ло", "век", "нос", "бор")
        adapted = adapt(MODEL, [Reading(f"а{signs}{word}", f"а{letters}{word}") for word in words[:times]])
        return adapted.cost(f"вез{signs}", f"вез{letters}")

    assert seen(4) < seen(1) - 1
    assert seen(1) < seen(0) + 1  # seen once it counts as what it consists of


def test_edits_that_were_not_seen_stay_impossible() -> None:
    adapted = adapt(MODEL, [Reading("парод", "народ")] * 50)
    assert ((adapted.doubled < IMPOSSIBLE) == (MODEL.doubled < IMPOSSIBLE)).all()
    assert ((adapted.fused < IMPOSSIBLE) == (MODEL.fused < IMPOSSIBLE)).all()


@pytest.mark.parametrize(
    ("observed", "intended"),
    [
        ("штурмовой", "внушительной"),  # another word, not a misreading
        ("З8", "38"),
        ("слово", ""),
        ("", "слово"),
        ("слово", "два слова"),
        ("а" * 5000, "б" * 5000),
    ],
)
def test_what_is_no_misread_word_teaches_nothing(observed: str, intended: str) -> None:
    assert count([Reading(observed, intended), Reading("", "")], MODEL) == {}


def test_case_and_look_alikes_are_no_misreadings() -> None:
    assert count([Reading("Mосквa", "москва"), Reading("имеетСя", "имеется", 0.0)], MODEL) == {
        (letter, letter): n for letter, n in {"а": 1, "в": 1, "к": 1, "м": 1, "о": 1, "с": 1}.items()
    }


def test_corrections_alone_say_nothing_of_how_many_words_were_read_right() -> None:
    counts = count([Reading("парод", "народ"), Reading("пет", "нет"), Reading("повый", "новый")], MODEL)
    scaled = at_rate_of(MODEL, counts)
    assert scaled["п", "н"] == counts["п", "н"] == 3
    right = sum(n for (observed, intended), n in scaled.items() if observed == intended)
    of_model = 1 - float(np.exp(-MODEL.read[0, 0]))
    assert 3 / (3 + right) == pytest.approx(of_model, rel=0.01)
    assert at_rate_of(MODEL, {**scaled, ("а", "а"): 1e6})["а", "а"] == 1e6


def test_a_page_counts_for_no_more_than_a_page_is_worth() -> None:
    page = [Reading("парод", "народ"), Reading("пет", "нет"), Reading("повый", "новый")]
    once, twice, large = (of_pages(pages, MODEL)["п", "н"] for pages in ([page], [page, page], [page * 100]))
    assert 0 < once < 3
    assert twice == pytest.approx(2 * once)
    assert large < PAGE
    assert of_pages([], MODEL) == of_pages([[]], MODEL) == {}


def test_two_letter_edits_are_gathered_from_all_pages() -> None:
    words = ("га", "ло", "век", "нос", "бор")
    pages = [[Reading(f"аіо{word}", f"аю{word}")] for word in words]
    told = of_pages(pages, MODEL)
    assert told["іо", "ю"] > 0
    assert posterior(MODEL, told).cost("везіо", "везю") < MODEL.cost("везіо", "везю") - 1
    assert ("іо", "ю") not in of_pages(pages[:1], MODEL)


readings = st.builds(Reading, st.text(max_size=9), st.text(LETTERS, max_size=9), st.floats(0, 5, allow_subnormal=False))


@given(pair=st.lists(st.sampled_from("абвгдезиклмнопрстуфхцчшщъыьэюя"), min_size=2, max_size=2, unique=True))
def test_whatever_letter_is_misread_the_same_way_is_expected_to_be(pair: list[str]) -> None:
    observed, intended = pair
    seen = [Reading(f"{observed}{word}", f"{intended}{word}") for word in ("народ", "поле", "тепло")]
    adapted = posterior(MODEL, of_pages([seen], MODEL))
    assert adapted.cost(f"{observed}мир", f"{intended}мир") < MODEL.cost(f"{observed}мир", f"{intended}мир")
    # What was read right is hardly less expected for it.
    assert adapted.cost(f"{intended}мир", f"{intended}мир") < MODEL.cost(f"{intended}мир", f"{intended}мир") + 0.1


@given(pages=st.lists(st.lists(readings, max_size=4), max_size=4))
def test_what_pages_tell_stays_within_what_was_seen(pages: list[list[Reading]]) -> None:
    told = of_pages(pages, MODEL)
    assert all(0 <= n < PAGE * len(pages) * 2 for n in told.values())
    assert told == of_pages(pages, MODEL)
    for letter in LETTERS:
        assert sum(n for (_, intended), n in told.items() if intended == letter) <= PAGE * len(pages)
    adapted = posterior(MODEL, told)
    assert (adapted.read >= 0).all()


@given(seen=st.lists(readings, max_size=8))
def test_whatever_was_seen_costs_stay_costs(seen: list[Reading]) -> None:
    adapted = posterior(MODEL, count(seen, MODEL))
    for name in ("read", "lost", "added", "doubled", "fused"):
        costs = getattr(adapted, name)
        assert costs.dtype == np.float32
        assert (costs >= 0).all()
        assert np.isfinite(costs).all()


def test_a_document_of_five_thousand_words_takes_no_time() -> None:
    words = toy.words()
    right = [Reading(words[i % len(words)], words[i % len(words)], 0.9) for i in range(4500)]
    wrong = [Reading(f"п{words[i % len(words)]}{'абвгд'[i % 5]}", f"н{words[i % len(words)]}а") for i in range(500)]
    started = time.process_time()
    adapt(MODEL, [*right, *wrong])
    assert time.process_time() - started < 1  # a twentieth of it on a quiet machine
