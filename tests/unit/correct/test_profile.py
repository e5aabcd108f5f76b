"""What a document misreads often is expected in it again."""

from __future__ import annotations

import numpy as np
import pytest
from engine_pages import BAD, CLEAN, ONE_MISREADING, judge

from sverka.correct.options import Origin
from sverka.correct.profile import profile, recosted
from sverka.language.errormodel import SIGNS
from sverka.language.knowledge import Knowledge
from sverka.language.words import LETTERS

COSTS = ("read", "lost", "added", "doubled", "fused")


@pytest.mark.parametrize(
    ("text", "observed", "meant"),
    [
        ("Вчера паша победа стала полной.", "паша", "наша"),
        ("Этого там пет уже давно.", "пет", "нет"),
    ],
)
def test_a_misreading_seen_often_is_likelier_once_more(text: str, observed: str, meant: str) -> None:
    often, seldom, never = (
        next(offer for offer in judge(page + text).offers(observed) if offer.word == meant)
        for page in (ONE_MISREADING, BAD, CLEAN)
    )
    assert often.cost < min(seldom.cost, never.cost) - 1
    assert often.probability > seldom.probability > never.probability


def test_the_profile_knows_the_letters_that_were_misread() -> None:
    words, knowledge = judge(ONE_MISREADING).words, Knowledge.open()
    offered = words.probability[words.choices.option >= 0]
    model = profile(words.slots, words.options, offered, knowledge.errors, knowledge.lexicon)
    bent = knowledge.errors.read - model.read
    assert divmod(int(bent.argmax()), bent.shape[1]) == (SIGNS.index("п"), LETTERS.index("н"))


def test_without_likely_misreadings_nothing_changes() -> None:
    words, knowledge = judge(CLEAN).words, Knowledge.open()
    offered = words.probability[words.choices.option >= 0]
    assert offered.max() < 0.3
    model = profile(words.slots, words.options, offered, knowledge.errors, knowledge.lexicon)
    for name in COSTS:
        assert np.array_equal(getattr(model, name), getattr(knowledge.errors, name))


def test_costs_are_those_of_the_model_for_words_and_as_they_were_for_the_rest() -> None:
    judged, knowledge = (
        judge(f"{BAD}Он взял книгу унего дома.\nСостоялись военно-америкапские\nперего воры."),
        Knowledge.open(),
    )
    for choosing in (judged.words, judged.pairs):
        options = recosted(choosing.options, choosing.slots, knowledge.errors, knowledge.lexicon)
        kept = np.isin(options.origin, (Origin.SPLIT, Origin.JOIN, Origin.COMPOUND, Origin.PART, Origin.NAME))
        assert np.array_equal(options.cost[kept], choosing.options.cost[kept])
        assert kept.any()
        again = recosted(options, choosing.slots, knowledge.errors, knowledge.lexicon)
        assert np.array_equal(again.cost, options.cost)
    words = recosted(judged.words.options, judged.words.slots, knowledge.errors, knowledge.lexicon)
    (row,) = [
        r
        for r in np.flatnonzero(words.slot == judged.slot("Деиь")).tolist()
        if words.words[r].tolist() == [int(knowledge.lexicon.number(["день"])[0]), -1]
    ]
    assert words.cost[row] == pytest.approx(knowledge.errors.cost("деиь", "день"), abs=1e-3)
