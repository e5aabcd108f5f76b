"""Findings of several sources put together."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sverka.correct.corrector import calibrated, disjoint, merged
from sverka.language.calibration import NONE
from sverka.model import Candidate, Finding, Rule, Span


def finding(start: int, end: int, confidence: float, *candidates: tuple[str, float]) -> Finding:
    offers = tuple(Candidate(text, probability, "test") for text, probability in candidates)
    return Finding(Span(start, end), "о" * (end - start), Rule.NONWORD, confidence, "", offers)


def said(found: Finding) -> dict[str, float]:
    return {candidate.text: candidate.probability for candidate in found.candidates}


def test_the_surest_of_a_place_offers_the_candidates_of_all() -> None:
    sure, unsure = finding(0, 3, 0.9, ("а", 0.5), ("б", 0.1)), finding(0, 3, 0.6, ("в", 0.2), ("г", 0.4), ("а", 0.1))
    (one,) = merged([unsure, sure])
    assert one.confidence == 0.9
    assert said(one) == pytest.approx({"а": 0.5, "г": 0.2, "в": 0.1, "б": 0.1})
    assert next(iter(said(one))) == "а"


def test_candidates_are_not_made_likelier_than_they_were() -> None:
    (one,) = merged([finding(0, 3, 0.9, ("а", 0.1)), finding(0, 3, 0.5, ("б", 0.2))])
    assert said(one) == {"б": 0.2, "а": 0.1}


def test_what_stands_there_is_no_candidate() -> None:
    (one,) = merged([finding(0, 2, 0.9, ("а", 0.1)), finding(0, 2, 0.5, ("оо", 0.4))])
    assert said(one) == {"а": 0.1}


def test_other_places_are_left_as_they_are_the_surest_first() -> None:
    one, two, three = finding(0, 3, 0.5, ("а", 0.4)), finding(0, 4, 0.7), finding(9, 12, 0.6, ("б", 0.1))
    assert merged([one, two, three]) == (two, three, one)
    assert merged([]) == ()


shares = st.lists(st.floats(0.01, 1.0), max_size=4).map(lambda values: sorted(values, reverse=True))


@settings(max_examples=50)
@given(offers=st.lists(st.tuples(st.floats(0.05, 1.0), shares), min_size=1, max_size=2))
def test_candidates_are_never_likelier_together_than_the_finding(offers: list[tuple[float, list[float]]]) -> None:
    found = []
    for (confidence, values), texts in zip(offers, ("абвг", "вгде"), strict=False):
        candidates = zip(texts, values, strict=False)
        found.append(finding(0, 3, confidence, *((text, p / sum(values) * confidence) for text, p in candidates)))
    (one,) = merged(found)
    assert one.confidence == max(confidence for confidence, _ in offers)
    assert sum(said(one).values()) <= one.confidence + 1e-3
    assert set(said(one)) == {candidate.text for each in found for candidate in each.candidates}
    assert len(said(one)) == len(one.candidates)
    assert list(said(one).values()) == sorted(said(one).values(), reverse=True)


def test_of_findings_that_overlap_those_listed_first_stay() -> None:
    first, second, third = finding(5, 9, 0.5), finding(0, 6, 0.9), finding(9, 12, 0.2)
    assert disjoint([first, second, third]) == (first, third)
    assert disjoint([second, first, third]) == (second, third)


def test_without_decisions_nothing_is_put_right() -> None:
    one = finding(0, 3, 0.9, ("а", 0.5))
    assert calibrated(one, NONE) is one
