from __future__ import annotations

import re

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
    assert find(anchor, "а" * 201, "аа").fit is Fit.AMBIGUOUS


LETTER = (
    "Вопрос о поставках рассматривался 12 мая. Товарищ Штыков сообщил, что эшелоны с боеприпасами\n"
    "отправлены из Владивостока вместо согласованного порядка, и просил ускорить кам-\n"
    "панию по разгрузке. Ким Ир Сен благодарил и сказал, что топорь дело пойдёт быстрее.\n"
    "\n"
    "Затем обсуждались учебники для школ освобождённых районов и оклады учителей.\n"
)


@pytest.mark.parametrize("word", ["12", "Штыков", "с", "вместо", ",", "топорь", "учебники", "учителей"])
@pytest.mark.parametrize(
    "again",
    [
        LETTER.replace("\n", "\r\n"),
        LETTER.replace("\n", "\r"),
        LETTER.replace("-\n", "").replace("\n", " "),
        LETTER.replace("кам-\nпанию", "кампа-\r\n  нию").replace(" и ", "\nи "),
        "Дело № 5\n\n" + LETTER.replace(" ", "\n"),
    ],
    ids=["crlf", "cr", "one line", "other hyphen", "a word a line"],
)
def test_other_line_ends_are_no_change(word: str, again: str) -> None:
    found = find(anchored(word, LETTER), again)
    assert found.fit in {Fit.EXACT, Fit.MOVED}
    assert found.span is not None
    assert found.span.of(again) == word
    # Seen in one line, it is where it was.
    there = re.sub(r"-?\s", "", again[: found.span.start]).removeprefix("Дело№5")
    assert there == re.sub(r"-?\s", "", LETTER[: LETTER.index(word)])


def test_a_quotation_over_a_line_end_is_found_where_the_line_goes_on() -> None:
    anchor = anchored("боеприпасами\nотправлены", LETTER)
    again = LETTER.replace("\n", "\r\n")
    found = find(anchor, again, "боеприпасами отправлялись")
    assert found.span and found.span.of(again) == "боеприпасами\r\nотправлены"
    assert find(anchor, LETTER.replace("\n", " ")).fit is Fit.EXACT


def test_a_divided_word_is_not_the_same_as_an_undivided_one() -> None:
    divided = anchored("кам-\nпанию", LETTER)
    assert find(divided, LETTER.replace("-\n", "")).fit is Fit.LOST
    whole = LETTER.replace("-\n", "")
    assert find(anchored("кампанию", whole), LETTER).fit is Fit.LOST
    # But a correction is one, however the lines end.
    assert find(anchored("кампанею", whole.replace("кампанию", "кампанею")), LETTER, "кампанию").fit is Fit.CORRECTED


def test_where_white_space_is_what_was_decided_it_counts() -> None:
    line = LETTER.replace("-\n", "- ").replace("сказал, что", "сказал,  что")
    for wrong, right in (("- ", ""), ("  ", " "), ("кам- панию", "кампанию")):
        anchor = anchored(wrong, line)
        assert find(anchor, "!" + line, right).span == anchor.span.shifted(1)
        assert find(anchor, line.replace("\n", "\r\n"), right).fit in {Fit.EXACT, Fit.MOVED}
        assert find(anchor, line.replace(wrong, right), right).fit is Fit.CORRECTED
    hyphen = anchored("-\n", LETTER)
    assert find(hyphen, LETTER.replace("-\n", ""), "").fit is Fit.CORRECTED
    assert find(hyphen, "!" + LETTER.replace("\n", "\r\n"), "").fit is Fit.MOVED
    gap = anchor_at(LETTER, Span(LETTER.index(" 12"), LETTER.index(" 12")))
    assert find(gap, "!" + LETTER.replace("\n", "\r\n"), " ").fit is Fit.MOVED


def test_letters_misread_nearby_leave_the_place_what_it_is() -> None:
    again = LETTER.replace("благодарил", "благодapил").replace("пойдёт", "пойдет").replace("и сказал", "н сказал")
    anchor = anchored("топорь", LETTER)
    assert find(anchor, again).fit is Fit.EXACT
    assert find(anchor, again.replace("топорь", "теперь"), "теперь").fit is Fit.CORRECTED
    # Something else stands there now: the place is known, and the decision says nothing of it.
    assert find(anchor, again.replace("топорь", "топоръ"), "теперь").fit is Fit.LOST
    assert find(anchor, again.replace("топорь ", ""), "теперь").fit is Fit.LOST


def test_a_look_alike_does_not_stand_in_for_a_place_that_changed() -> None:
    one = "По приказу № 14 начальник станции Фомин отправил топорь вагонов с грузом на север, о чём доложил.\n"
    other = one.replace("станции Фомин", "депо Крылов").replace("грузом на север", "лесом на юг")
    page = f"{one}\nМежду тем дождь не прекращался, и дороги размыло.\n\n{other}"
    anchor = anchored("топорь", page)
    assert find(anchor, "!" + page).span == anchor.span.shifted(1)
    assert find(anchor, page.replace("топорь", "топоръ", 1), "теперь").fit in {Fit.LOST, Fit.AMBIGUOUS}
    assert find(anchor, page.replace("топорь", "теперь", 1), "теперь").fit in {Fit.CORRECTED, Fit.AMBIGUOUS}
    # And one of the two corrected already does not say which.
    again = "!" + one.replace("топорь", "теперь") + "\nДождь.\n" + one
    assert find(anchored("топорь", one), again, "теперь").fit is Fit.AMBIGUOUS


@pytest.mark.parametrize(
    ("word", "right"),
    [("топор", "топорь"), ("топорь", "топор"), ("12", "112"), ("112", "12"), ("занял", "занял занял"), ("и и", "и")],
)
def test_a_word_within_its_correction_and_the_other_way_round(word: str, right: str) -> None:
    line = f"Штаб сообщил, что ударный батальон {word} высоту 7 у реки, и затем отошёл на юг."
    anchor = anchored(word, line)
    for noise in (("сообщил", "сообщил"), ("ударный", "ударнын"), ("высоту", "вьсоту")):
        again = "Дело.\n" + line.replace(*noise)
        assert find(anchor, again, right).span == anchor.span.shifted(6)
        assert find(anchor, again.replace(f" {word} ", f" {right} "), right).fit is Fit.CORRECTED


def test_a_word_taken_out_is_corrected_however_the_spaces_were_left() -> None:
    anchor = anchored("вместо", LETTER)
    for left in ("Владивостока согласованного", "Владивостока  согласованного"):
        again = "!" + LETTER.replace("Владивостока вместо согласованного", left)
        assert find(anchor, again, "").fit is Fit.CORRECTED
    assert find(anchor, "!" + LETTER, "").fit is Fit.MOVED


def test_a_gap_among_many_alike_is_found_by_what_is_rare_about_it() -> None:
    page = LETTER * 200
    gap = anchor_at("Протокол заседания № 7 " + LETTER, Span(22, 22))
    assert find(gap, "Копия. Протокол заседания № 7 " + page).span == Span(29, 29)
    assert find(gap, page).fit is Fit.LOST
    assert find(anchored("топорь", LETTER), "!" + page).fit is Fit.AMBIGUOUS


def test_short_surroundings_allow_no_change() -> None:
    anchor = anchored("топорь", "Он топорь тут.")
    assert find(anchor, "Вчера: Он топорь тут. Да.").span == Span(10, 16)
    assert find(anchor, "Вчера: Он топорь там. Да.").fit is Fit.LOST
    assert find(anchor, "Он топорь тут. Он топорь тут.").fit is Fit.EXACT
    assert find(anchor, "А Он топорь тут. Он топорь тут.").fit is Fit.AMBIGUOUS
