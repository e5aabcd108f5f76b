"""What the engine thinks of: the options of words and pairs."""

from __future__ import annotations

import pytest
from engine_pages import BAD, CLEAN, Judged, Offer, judge

from sverka.correct.options import Origin
from sverka.correct.slots import SlotKind

PAIR, WORD = SlotKind.PAIR, SlotKind.WORD


def offered(text: str, observed: str, kind: SlotKind) -> dict[str, Offer]:
    return {offer.word: offer for offer in judge(text).offers(observed, kind)}


@pytest.mark.parametrize(
    ("text", "observed", "meant", "origin"),
    [
        ("Это имеет значение для строитель тва нашей страны.", "строитель тва", "строительства", Origin.REJOIN),
        ("Вопрос об экономи\nческих отношениях решен.", "экономи\nческих", "экономических", Origin.JOIN),
        ("Вопрос об экономи\nчсских отношениях решен.", "экономи\nчсских", "экономических", Origin.REJOIN),
        ("Решение кажл.ю неделю принимается.", "кажл.ю", "каждую", Origin.REJOIN),
        ("Мы не имеем каких либо сведений.", "каких либо", "каких-либо", Origin.COMPOUND),
        ("Он что то сказал.", "что то", "что-то", Origin.COMPOUND),
        (
            "Это был воздушно железнодорожный мост.",
            "воздушно железнодорожный",
            "воздушно-железнодорожный",
            Origin.COMPOUND,
        ),
    ],
)
def test_neighbours_that_were_one_word(text: str, observed: str, meant: str, origin: Origin) -> None:
    offer = offered(text, observed, PAIR)[meant]
    assert (offer.origin, offer.replaced) == (origin, observed)


def test_a_compound_torn_in_two_gets_its_hyphen() -> None:
    (best, *_) = judge("Мы видели англо американских солдат.").offers("англо американских", PAIR)
    assert best.word == "англо-американских"


@pytest.mark.parametrize("text", ["По вопросу мира.", "Об этом но и о том.", "Мы и они."])
def test_no_hyphen_where_none_is_used(text: str) -> None:
    pairs = judge(text).pairs
    assert Origin.COMPOUND not in pairs.options.origin


def test_words_that_were_run_together() -> None:
    offer = offered("Войска фронтапродолжали наступление.", "фронтапродолжали", WORD)["фронта продолжали"]
    assert (offer.origin, offer.replaced) == (Origin.SPLIT, "фронтапродолжали")


def test_no_single_letter_is_split_off_that_is_no_word() -> None:
    words = offered("Это решепие было принято.", "решепие", WORD)
    halves = [word.split() for word in words if " " in word]
    assert all(len(half) > 1 or half in "аивксоуяжб" for two in halves for half in two)


@pytest.mark.parametrize(
    ("observed", "part", "meant"),
    [
        ("военно-америкапские", "америкапские", "американские"),
        ("воепном-морские", "воепном", "военном"),
    ],
)
def test_a_part_of_a_compound_is_read_otherwise_and_the_rest_kept(observed: str, part: str, meant: str) -> None:
    offer = offered(f"Начались {observed} учения в море.", observed, WORD)[meant]
    assert (offer.origin, offer.replaced) == (Origin.PART, part)


def test_a_sign_that_touches_a_word_may_be_its_last_letter() -> None:
    replaced = {offer.replaced for offer in judge("Вчера правительств: решило это.").offers("правительств")}
    assert replaced == {"правительств", "правительств:"}
    assert offered("Вчера рещени: было принято.", "рещени", WORD)["решение"].replaced in {"рещени", "рещени:"}


@pytest.mark.parametrize("sign", [". Он", ", он"])
def test_a_comma_or_point_after_a_good_word_is_no_letter(sign: str) -> None:
    offers = judge(f"Вчера было правительство{sign} ушел.").offers("правительство")
    assert {offer.replaced for offer in offers} == {"правительство"}


@pytest.mark.parametrize(("name", "misread"), [("Маннергейм", "Мангсйч")])
def test_a_name_that_the_document_has_elsewhere_is_reached_from_farther(name: str, misread: str) -> None:
    text = f"Затем министр {misread} беседовал с послом."
    assert name.lower() not in offered(text, misread, WORD)
    assert offered(f"Министр {name} прибыл. {text}", misread, WORD)[name.lower()].origin is Origin.NAME


def test_a_name_is_offered_for_a_capital_and_its_adjective_for_a_small_letter() -> None:
    text = "Посол Маниергейм и войска лисынмаковской армии."
    assert offered(text, "Маниергейм", WORD)["маннергейм"].origin is Origin.NAME
    assert offered(text, "лисынмаковской", WORD)["лисынмановской"].origin is Origin.NAME
    small = judge("Посол маниергейм ушел.").offers("маниергейм")
    assert not any(offer.origin is Origin.NAME and offer.word == "маннергейм" for offer in small)


PAGE = f"{CLEAN}{BAD}Посол Маниергейм прибыл в Москвс, но пет там англо-америкапских 6 танков | дома."


def unlike(judged: Judged) -> list[tuple[str, list[str]]]:
    """Every word of a page and what is offered for it."""
    slots = judged.words.slots
    return [
        (observed, [offer.word for offer in judged.offers(observed) if offer.replaced == observed])
        for observed in {slots.span(s).of(judged.text) for s in range(len(slots))}
    ]


def test_what_stands_there_is_never_offered() -> None:
    offers = unlike(judge(PAGE))
    assert sum(len(words) for _, words in offers) > 100
    assert not [observed for observed, words in offers if observed.lower() in words]


def test_options_come_slot_by_slot_and_none_twice() -> None:
    for choosing in (judge(PAGE).words, judge(PAGE).pairs):
        options = choosing.options
        assert (options.cost >= 0).all()
        first = options.slot[1:] > options.slot[:-1]
        assert (first | (options.slot[1:] == options.slot[:-1])).all()
        keys = list(zip(options.slot.tolist(), map(tuple, options.words.tolist()), options.text.tolist(), strict=True))
        assert len(set(keys)) == len(keys)
