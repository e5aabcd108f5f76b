"""How places are judged: the laws that probabilities and evidence keep, and what an editor sees of it."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
import pytest

from sverka.config import Config
from sverka.correct import fitting
from sverka.correct.corrector import merged
from sverka.correct.engine import Choosing, Engine
from sverka.correct.fitting import Size, Table
from sverka.correct.options import Origin, distinct, single
from sverka.correct.profile import profile
from sverka.correct.ranker import Choice, Ranker
from sverka.correct.slots import pair_slots, word_slots
from sverka.correct.witnesses import Witnesses
from sverka.language.knowledge import Knowledge
from sverka.language.names import Gazetteer
from sverka.model import Candidate, Finding, Rule, Span, Transcript
from sverka.text.document import analyse
from sverka.workflow.pipeline import Checker

TEXT = """Правительство СССР считает, что постройка нового завода является важнейшей
задачей хозяйс тва. Рабочие и крестьяне нашей страны строят новую жизнь, и экономи
ческих трудностей они не боятся. Мы должгы помнить, что борьба с голодом есть дело всего народа.
"""


@cache
def engine() -> Engine:
    return Engine(Knowledge.open(), Ranker.open(), Gazetteer.open())


@cache
def checker() -> Checker:
    return Checker.open(Config())


def judged(text: str) -> tuple[Choosing, Choosing]:
    document = analyse(Transcript("x.txt", text))
    return engine().choosings(document, engine().read(document), Witnesses(), ())


def found(text: str) -> dict[str, str]:
    """What is found in a text, with the first candidate of each."""
    findings = checker().check(Transcript("x.txt", text)).findings
    return {f.original: f.candidates[0].text if f.candidates else "" for f in findings}


# Laws


def test_the_probabilities_of_a_place_are_one_together() -> None:
    for choosing in judged(TEXT):
        sums = np.add.reduceat(choosing.probability, choosing.choice.starts)
        assert sums == pytest.approx(np.ones(len(choosing.slots)))


def test_evidence_adds_up_to_the_odds_over_the_text_as_it_stands() -> None:
    for choosing in judged(TEXT):
        choice = choosing.choice
        rows = np.flatnonzero(choice.options() == 0)
        first = choice.starts[np.searchsorted(choice.starts, rows, side="right") - 1]
        odds = np.log(choosing.probability[rows]) - np.log(choosing.probability[first])
        likely = choosing.probability[rows] > 1e-3
        told = Ranker.open().judges[choosing.kind].gains(choice, rows).sum(axis=1)
        assert likely.any()
        assert told[likely] == pytest.approx(odds[likely], abs=0.15)


def test_a_ranker_is_the_same_after_it_was_written(tmp_path: Path) -> None:
    ranker = Ranker.open()
    ranker.save(tmp_path / "ranker.json")
    again = Ranker.open(tmp_path / "ranker.json")
    for choosing in judged(TEXT):
        after = again.judges[choosing.kind].probability(choosing.choice)
        assert after == pytest.approx(choosing.probability, abs=1e-3)


def test_a_network_learns_what_features_mean_only_together() -> None:
    dice = np.random.default_rng(7)
    width = Ranker.blank().judges[judged(TEXT)[0].kind].weights.size
    slots = 1500
    features = np.zeros((3 * slots, width), dtype=np.float32)
    signs = dice.integers(0, 2, size=(slots, 2))
    features[0::3, :2] = signs  # of the text as it stands
    features[1::3, 2] = 1
    wrong = signs[:, 0] != signs[:, 1]
    right = np.zeros(3 * slots, dtype=bool)
    right[0::3], right[1::3] = ~wrong, wrong
    table = Table(Choice(features, np.arange(0, 3 * slots, 3)), right, np.ones(slots))
    seen = {}
    for name, size in (("weights", None), ("network", Size(8, 60, 10, 0.0))):
        probability = fitting.fit(table, size).probability(table.choice)
        seen[name] = float((probability[1::3] > 0.5)[wrong].mean() - (probability[1::3] > 0.5)[~wrong].mean())
    assert seen["weights"] < 0.6
    assert seen["network"] > 0.9


def test_of_options_alike_the_cheapest_is_kept() -> None:
    slot, number = np.array([0, 0, 1]), np.array([7, 7, 7])
    cost = np.array([5.0, 3.0, 4.0], dtype=np.float32)
    kept = distinct(single(slot, number, cost, Origin.LEXICON, slot, slot + 1))
    assert kept.slot.tolist() == [0, 1]
    assert kept.cost.tolist() == [3.0, 4.0]


def test_a_word_is_never_offered_in_place_of_itself() -> None:
    words, _ = judged(TEXT)
    readings = Knowledge.open().lexicon.number(list(words.slots.observed))
    options = words.options
    alike = (options.words[:, 0] == readings[options.slot]) & (options.words[:, 1] < 0) & (options.text < 0)
    assert not (alike & (options.start == words.slots.start[options.slot])).any()


# Places


def test_pairs_are_neighbours_within_a_sentence() -> None:
    text = "кажл.ю ночь он хо-\n\nдил. Потом ушел. экономи\n‘ческих; да"
    document = analyse(Transcript("x.txt", text))
    stream = engine().read(document)
    pairs = set(pair_slots(stream, text).observed)
    assert "кажл.ю" in pairs
    assert "экономи‘ческих" in pairs
    assert not any("дил" in pair and "потом" in pair for pair in pairs)


def test_lone_signs_and_short_numbers_may_be_words() -> None:
    text = "он © ними 3 то и 1950 года"
    stream = engine().read(analyse(Transcript("x.txt", text)))
    assert {"©", "3"} <= set(word_slots(stream, text).observed)
    assert "1950" not in word_slots(stream, text).observed


# What an editor sees


def test_torn_words_are_put_together() -> None:
    told = found(TEXT)
    assert told["хозяйс тва"] == "хозяйства"
    assert told["экономи\nческих"] == "экономических"
    assert told["должгы"] == "должны"


@pytest.mark.parametrize(
    ("torn", "whole"),
    [("англо американских", "англо-американских"), ("каких либо", "каких-либо")],
)
def test_neighbours_that_had_a_hyphen_are_offered_it(torn: str, whole: str) -> None:
    text = f"Газеты пишут, что для {torn} войск нет новых сведений о положении на фронте."
    _, pairs = judged(text)
    assert whole in pairs.options.texts


def test_a_rare_right_word_is_left_alone() -> None:
    assert found("Делегация осмотрела нефтепромыслы и посетила музеи старинного города.\n") == {}


def test_the_same_word_is_doubted_more_on_a_bad_page() -> None:
    good = "Совет министров принял решение о строительстве новой дороги в этом году. "
    bad = "Савет минисгров прннял решенне о строигельстве новой дорогн в эгом голу. "
    doubtful = "Приехал Кармелюк вчера."

    def doubt(page: str) -> float:
        words, _ = judged(page * 3 + doubtful)
        at = words.slots.observed.index("кармелюк")
        return 1 - float(words.probability[words.choice.starts[at]])

    assert doubt(bad) > doubt(good) + 0.05


def test_a_document_teaches_which_letters_it_misreads() -> None:
    errors, lexicon = Knowledge.open().errors, Knowledge.open().lexicon
    words, _ = judged("Он нришел на ноле, где росла нщеница, и ночему-то остановился носреди дороги.")
    offered = words.probability[words.choices.option >= 0]
    bent = profile(words.slots, words.options, offered, errors, lexicon)
    assert bent.cost("нуля", "пуля") < errors.cost("нуля", "пуля") - 0.1
    clean, _ = judged("Он пришел на поле, где росла пшеница, и почему-то остановился посреди дороги.")
    offered = clean.probability[clean.choices.option >= 0]
    same = profile(clean.slots, clean.options, offered, errors, lexicon)
    assert same.cost("нуля", "пуля") == pytest.approx(errors.cost("нуля", "пуля"), abs=0.05)


def test_findings_of_one_place_are_shown_as_one() -> None:
    def finding(confidence: float, *texts: str) -> Finding:
        candidates = tuple(Candidate(text, confidence / (k + 2), "lexicon", ()) for k, text in enumerate(texts))
        return Finding(Span(0, 2), "Ox", Rule.NONWORD, confidence, "", candidates)

    (one,) = merged([finding(0.6, "Ох"), finding(0.9, "Он", "Ох")])
    assert one.confidence == 0.9
    assert [candidate.text for candidate in one.candidates] == ["Он", "Ох"]
    (one,) = merged([finding(0.6, "Он", "От"), finding(0.9, "Ох")])
    assert {candidate.text for candidate in one.candidates} == {"Ох", "Он", "От"}
    assert sum(candidate.probability for candidate in one.candidates) <= one.confidence + 1e-6


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("Конечно, это не верно. но мы должны ответить на вопрос.", 1),
        ("Вывезено 12 тыс. тонн зерна и др. грузы.", 0),
        ("Он пришел домой.\n\nно никого не застал.", 0),
        ("Это т. е. наше дело.", 0),
        ("Он пришел домой. Никого не было.", 0),
    ],
)
def test_a_point_where_the_sentence_goes_on_was_a_comma(text: str, points: int) -> None:
    findings = checker().check(Transcript("x.txt", text + "\n")).findings
    commas = [f for f in findings if f.rule is Rule.PUNCTUATION and f.candidates and f.candidates[0].text == ","]
    assert len(commas) == points
