from __future__ import annotations

import pytest

from sverka.ledger.anchor import CONTEXT, Fit, anchor_at, find, stands
from sverka.model import Anchor, Span

TEXT = (
    "Мы уверены, что война будет вестись до конца. Пусть она будет топорь вестись вместо с народом,\n"
    "и тогда победа придёт сама. Другая строка говорит о топорь и о лесе, где его забыли."
)


def anchored(word: str, text: str = TEXT, number: int = 0) -> Anchor:
    start = -1
    for _ in range(number + 1):
        start = text.index(word, start + 1)
    return anchor_at(text, Span(start, start + len(word)))


def test_an_anchor_keeps_thirty_two_code_points_on_either_side() -> None:
    anchor = anchored("топорь")
    assert len(anchor.prefix) == len(anchor.suffix) == CONTEXT == 32
    assert anchor.prefix + anchor.exact + anchor.suffix in TEXT
    assert stands(anchor, TEXT)


def test_at_the_ends_of_the_text_there_is_less_to_keep() -> None:
    anchor = anchor_at("топорь", Span(0, 6))
    assert (anchor.prefix, anchor.suffix) == ("", "")


def test_an_anchor_beyond_the_end_does_not_stand() -> None:
    assert not stands(anchored("забыли"), "короткий")
    assert not stands(anchor_at("длинный текст", Span(13, 13)), "короткий")


@pytest.mark.parametrize("number", [0, 1])
def test_each_of_two_alike_is_found_by_its_surroundings(number: int) -> None:
    anchor = anchored("топорь", number=number)
    assert find(anchor, TEXT).fit is Fit.EXACT
    moved = find(anchor, "Новая первая строка.\n" + TEXT)
    assert moved.fit is Fit.MOVED
    assert moved.span == anchor.span.shifted(21)


def test_changes_further_away_do_not_matter_and_changes_nearby_little() -> None:
    anchor = anchored("топорь")
    assert find(anchor, TEXT.replace("Мы уверены", "Все уверены")).fit is Fit.MOVED
    assert find(anchor, TEXT.replace("вместо", "вместе")).fit is Fit.EXACT
    assert find(anchor, TEXT.replace("\n", "\r\n")).fit is Fit.EXACT


def test_the_same_word_in_other_surroundings_is_not_it() -> None:
    assert find(anchored("топорь"), "А здесь лежит топорь, и больше ничего.").fit is Fit.LOST
    # Even at the very same position.
    anchor = anchored("топорь")
    assert find(anchor, "x" * anchor.span.start + "топорь" + "x" * 60).fit is Fit.LOST


def test_a_passage_that_stands_twice_is_ambiguous() -> None:
    page = "Одна и та же страница попала в дело дважды, и слово топорь стоит на обеих без всякой разницы. "
    anchor = anchored("топорь", page)
    assert find(anchor, "!" + page + page).fit is Fit.AMBIGUOUS
    # Where it was, with all its surroundings, is where it is.
    assert find(anchor, page + page).fit is Fit.EXACT


def test_nearly_the_same_surroundings_twice_are_ambiguous_too() -> None:
    line = "В этом году урожай топорь собран полностью и в срок. "
    one, two = line.replace("году", "годе"), line.replace("срок", "сроки")
    assert find(anchored("топорь", line), one + two).fit is Fit.AMBIGUOUS


def test_what_is_already_corrected_is_not_found_within_its_correction() -> None:
    anchor = anchored("топорь")
    assert find(anchor, TEXT.replace("топорь", "теперь", 1), "теперь").fit is Fit.CORRECTED
    assert find(anchor, TEXT.replace("топорь", "теперь", 1)).fit is Fit.LOST
    line = "Штаб сообщил, что ударный батальон занял высоту 12 у реки."
    for word, correction in (("ударный", "ударный 2-й"), ("12", "112"), ("занял", "занял занял")):
        corrected = line.replace(word, correction)
        assert find(anchored(word, line), corrected, correction).fit is Fit.CORRECTED


def test_a_digit_doubled_nearby_is_not_guessed_at() -> None:
    line = "Это было 1 октября, когда войска вышли к морю."
    assert find(anchored("1", line), line.replace("1", "11")).fit in {Fit.LOST, Fit.AMBIGUOUS}


def test_a_gap_is_found_by_its_surroundings() -> None:
    gap = anchor_at(TEXT, Span(45, 45))
    assert find(gap, TEXT).fit is Fit.EXACT
    place = find(gap, "Ещё: " + TEXT)
    assert (place.fit, place.span) == (Fit.MOVED, Span(50, 50))
    assert find(gap, "ничего похожего").fit is Fit.LOST
    assert find(gap, TEXT[:45] + " Конец." + TEXT[45:], " Конец.").fit is Fit.CORRECTED


def test_a_text_made_of_one_letter_is_ambiguous() -> None:
    anchor = anchor_at("а" * 200, Span(100, 101))
    assert find(anchor, "б" + "а" * 200).fit is Fit.EXACT
    assert find(anchor, "а" * 90).fit is Fit.AMBIGUOUS
