"""From probabilities to findings: what is shown, and what of it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from engine_pages import BAD, judge, ranker

from sverka.correct.engine import Choosing
from sverka.correct.findings import findings
from sverka.correct.slots import SlotKind
from sverka.model import Finding, Rule

TEXT = f"{BAD}Вчера паша победа стала полной для строитель тва."


def told(kind: SlotKind, observed: str, stands: float, *best: float) -> list[Finding]:
    """What is written of a slot if it and its options are as likely as that, and something else takes the rest."""
    page = judge(TEXT)
    choosing = page.choosing(kind)
    probability = choosing.probability.copy()
    probability[:] = 0
    probability[choosing.choice.starts] = 1
    start = int(choosing.choice.starts[page.slot(observed, kind)])
    length = int(choosing.choice.lengths[page.slot(observed, kind)])
    probability[start] = stands
    probability[start + 1 : start + 1 + len(best)] = best
    probability[start + length - 1] = 1 - stands - sum(best)
    return list(findings(replace(choosing, probability=probability), ranker(), page.writer, 0.3))


def test_a_known_word_is_not_doubted_without_a_likely_other_reading() -> None:
    assert told(SlotKind.WORD, "паша", 0.4, 0.05, 0.04) == []
    assert told(SlotKind.WORD, "паша", 0.0) == []
    (finding,) = told(SlotKind.WORD, "паша", 0.4, 0.3)
    assert (finding.original, finding.rule, finding.confidence) == ("паша", Rule.REALWORD, 0.6)


def test_of_an_unknown_word_it_is_said_that_it_is_wrong_without_guesses() -> None:
    (finding,) = told(SlotKind.WORD, "настуцление", 0.4, 0.05, 0.04)
    assert (finding.original, finding.rule, finding.confidence) == ("настуцление", Rule.NONWORD, 0.6)
    assert finding.candidates == ()
    (finding,) = told(SlotKind.WORD, "настуцление", 0.4, 0.3, 0.04, 0.0001)
    assert [candidate.probability for candidate in finding.candidates] == [0.3, 0.04]


def test_what_is_likely_enough_to_be_right_is_not_shown() -> None:
    assert told(SlotKind.WORD, "настуцление", 0.71, 0.29) == []
    assert len(told(SlotKind.WORD, "настуцление", 0.7, 0.3)) == 1


def test_no_more_candidates_than_can_be_looked_over() -> None:
    (finding,) = told(SlotKind.WORD, "настуцление", 0.2, *[0.1] * 8)
    assert len(finding.candidates) == 6


@pytest.mark.parametrize("kind", SlotKind)
def test_findings_say_what_the_probabilities_say(kind: SlotKind) -> None:
    page = judge(TEXT)
    choosing: Choosing = page.choosing(kind)
    found = list(findings(choosing, ranker(), page.writer, 0.2))
    assert found
    stands = {choosing.slots.span(s).start: choosing.probability[a] for s, a in enumerate(choosing.choice.starts)}
    for finding in found:
        assert finding.span.of(TEXT) == finding.original
        if finding.span.start in stands:
            assert finding.confidence == pytest.approx(1 - stands[finding.span.start], abs=1e-4)
        shares = [candidate.probability for candidate in finding.candidates]
        assert shares == sorted(shares, reverse=True)
        assert sum(shares) <= finding.confidence + 1e-3
        assert finding.original not in {candidate.text for candidate in finding.candidates}
        assert all(candidate.evidence for candidate in finding.candidates)


def test_a_torn_word_is_told_as_one() -> None:
    page = judge(TEXT)
    (finding,) = [f for f in findings(page.pairs, ranker(), page.writer, 0.5) if f.original == "строитель тва"]
    assert (finding.rule, finding.candidates[0].text) == (Rule.SPLIT, "строительства")


def test_a_floor_that_nothing_reaches() -> None:
    page = judge(TEXT)
    assert list(findings(page.words, ranker(), page.writer, 1.1)) == []
