"""Patches applied to another copy of the text: nothing is guessed, nothing is dropped."""

from __future__ import annotations

from dataclasses import replace

import pytest
from ledger_events import decision_event

from sverka.ledger import Conflict, Standing, State, anchor_at, edition
from sverka.ledger.patch import Hunk, Patch, decode, encode, made
from sverka.ledger.patching import REASONS, Applied, Outcome, apply_patch, beside
from sverka.model import Decision, ErrorClass, Rule, Span, Transcript, Verdict, View

TEXT = (
    "Мы уверены, что война будет вестись до конца. Пусть она будет топорь вестись вместо с народом,\n"
    "и тогда победа придёт сама. Другая строка говорит о топорь и о лесе, где его забыли.\n"
)
TRANSCRIPT = Transcript("transcripts/x.txt", TEXT)


def decision(
    word: str, said: str, *, nth: int = 0, at: int = 0, error_class: ErrorClass = ErrorClass.OCR, text: str = TEXT
) -> Decision:
    start = -1
    for _ in range(nth + 1):
        start = text.index(word, start + 1)
    return Decision(
        anchor=anchor_at(text, Span(start, start + len(word))),
        verdict=Verdict.AMEND,
        error_class=error_class,
        replacement=said,
        rule=Rule.NONWORD,
        confidence=0.9,
        event=f"{at:032x}",
        at=f"2026-01-02T03:04:{at:02}.000Z",
        by="Anna",
    )


def applied(text: str, *decisions: Decision, view: View = View.DIPLOMATIC) -> Applied:
    patch = decode(encode(made(TRANSCRIPT, decisions)), "p")
    return apply_patch(patch, Transcript("copy.txt", text), view)


def outcomes(found: Applied) -> list[Outcome]:
    return [result.outcome for result in found.results]


def test_on_the_same_text_it_makes_the_same_edition() -> None:
    decisions = [decision("топорь", "теперь"), decision("топорь", "топоре", nth=1), decision("вместо", "вместе")]
    found = applied(TEXT, *decisions)
    assert found.edition.text == edition(TRANSCRIPT, decisions)[0].text
    assert set(outcomes(found)) == {Outcome.EXACT}
    assert found.rejects.hunks == ()


def test_on_a_copy_laid_out_otherwise_the_places_are_found() -> None:
    copy = "Заголовок\n\n" + TEXT.replace("Мы уверены", "Мы вполне уверены")
    found = applied(copy, decision("топорь", "теперь"), decision("вместо", "вместе"))
    assert found.edition.text == copy.replace("топорь вестись вместо", "теперь вестись вместе")
    assert [said.anchor for said in found.decisions] == [
        anchor_at(copy, said.anchor.span) for said in found.edition.decisions
    ]


def test_a_few_letters_read_otherwise_nearby_do_no_harm() -> None:
    copy = TEXT.replace("Пусть она", "Пустъ она").replace("с народом", "с наролом")
    found = applied(copy, decision("топорь", "теперь"))
    assert outcomes(found) == [Outcome.ALIKE]
    assert "теперь вестись" in found.edition.text


def test_another_copy_that_reads_otherwise_there_is_left_alone() -> None:
    copy = TEXT.replace("топорь вестись", "топоръ вестись")
    found = applied(copy, decision("топорь", "теперь"))
    assert (outcomes(found), found.edition.text) == ([Outcome.LOST], copy)


def test_of_several_places_none_is_chosen() -> None:
    copy = TEXT + TEXT
    found = applied(copy, decision("топорь", "теперь"))
    assert (outcomes(found), found.edition.text) == ([Outcome.AMBIGUOUS], copy)


def test_a_patch_applied_twice_changes_nothing_the_second_time() -> None:
    text = "В 1950 году она топорь вестись вмссто с вами, не отступая."
    changes = (("1950", "1950 г."), ("топорь", "теперь"), ("вмссто", "вместе"), ("не ", ""), ("", "и "))
    transcript = Transcript("x.txt", text)
    decisions = [decision(old, new, text=text) for old, new in changes[:4]]
    gap = text.index("с вами")
    decisions.append(replace(decisions[0], anchor=anchor_at(text, Span(gap, gap)), replacement="и "))
    patch = made(transcript, decisions)
    once = apply_patch(patch, transcript).edition.text
    assert once == "В 1950 г. году она теперь вестись вместе и с вами, отступая."
    twice = apply_patch(patch, Transcript("x.txt", once))
    assert twice.edition.text == once
    # Where much around it has changed too, a correction may seem lost; of a deletion nothing is left to be found.
    assert set(outcomes(twice)) == {Outcome.CORRECTED, Outcome.LOST}


def test_errors_of_the_page_are_mended_in_the_view_that_mends_them() -> None:
    said = (decision("топорь", "теперь", error_class=ErrorClass.SOURCE), decision("вместо", "вместе"))
    diplomatic = applied(TEXT, *said)
    assert outcomes(diplomatic) == [Outcome.KEPT, Outcome.EXACT]
    assert "топорь вестись вместе" in diplomatic.edition.text
    assert diplomatic.rejects.hunks == ()
    assert [one.replacement for one in diplomatic.decisions] == ["теперь", "вместе"]
    assert "теперь вестись вместе" in applied(TEXT, *said, view=View.READING).edition.text


def test_of_two_that_overlap_the_earlier_is_applied() -> None:
    found = applied(
        TEXT, decision("топорь вестись", "теперь вестись", at=2), decision("вестись вместо", "вместе", at=1)
    )
    assert outcomes(found) == [Outcome.OVERLAPPING, Outcome.EXACT]
    assert "топорь вместе" in found.edition.text
    assert [hunk.rejected for hunk in found.rejects.hunks] == ["overlapping"]


def test_of_two_that_say_different_things_of_one_place_none_is_applied() -> None:
    said = (decision("топорь", "теперь", at=1), decision("топорь", "топор", at=2), decision("вместо", "вместе"))
    found = applied(TEXT, *said)
    assert outcomes(found) == [Outcome.CONTRADICTED, Outcome.CONTRADICTED, Outcome.EXACT]
    assert found.edition.text == TEXT.replace("вместо", "вместе")
    assert [one.replacement for one in found.decisions] == ["вместе"]


def test_two_that_say_the_same_are_one() -> None:
    found = applied(TEXT, decision("топорь", "теперь", at=2), decision("топорь", "теперь", at=1))
    assert outcomes(found) == [Outcome.EXACT, Outcome.EXACT]
    assert [one.at for one in found.decisions] == ["2026-01-02T03:04:01.000Z"]


def test_what_is_left_is_a_patch_with_reasons_that_can_be_tried_again() -> None:
    other = TEXT.replace("топорь", "топоръ", 1)
    found = applied(other, decision("топорь", "теперь"), decision("вместо", "вместе"))
    again = decode(encode(found.rejects), "p")
    assert again == found.rejects
    assert [(hunk.exact, hunk.rejected) for hunk in again.hunks] == [("топорь", "lost")]
    assert again.sha256 == TRANSCRIPT.sha256
    tried = apply_patch(again, TRANSCRIPT)
    assert "теперь вестись" in tried.edition.text
    assert tried.rejects.hunks == ()


def test_every_reason_is_told() -> None:
    assert {outcome for outcome in Outcome if outcome.rejected} == set(REASONS)


def test_who_decided_and_why_comes_along() -> None:
    said = replace(decision("топорь", "теперь", at=7), note="по снимку", confidence=0.5)
    (carried,) = applied("Заголовок\n" + TEXT, said).decisions
    assert (carried.by, carried.at, carried.event, carried.note) == ("Anna", said.at, said.event, "по снимку")
    assert (carried.rule, carried.confidence, carried.verdict) == (said.rule, 0.5, said.verdict)


@pytest.mark.parametrize(
    ("text", "hunk"),
    [
        ("", Hunk("", "", "", "текст", ErrorClass.OCR)),
        ("топорь", Hunk("топорь", "", "", "теперь", ErrorClass.OCR)),
        ("𝒜 топорь\r\n", Hunk("топорь\r\n", "𝒜 ", "", "теперь\r\n", ErrorClass.OCR)),
    ],
)
def test_a_hunk_at_the_ends_of_a_text(text: str, hunk: Hunk) -> None:
    found = apply_patch(Patch("x", "0" * 64, (hunk,)), Transcript("x.txt", text))
    assert outcomes(found) == [Outcome.EXACT]
    assert found.edition.text == text.replace(hunk.exact, hunk.replacement)


def test_an_insertion_that_could_go_anywhere_goes_nowhere() -> None:
    hunk = Hunk("", "", "", "вставка", ErrorClass.OCR)
    found = apply_patch(Patch("x", "0" * 64, (hunk,)), TRANSCRIPT)
    assert (outcomes(found), found.edition.text) == ([Outcome.AMBIGUOUS], TEXT)


@pytest.mark.parametrize("ending", ["\r\n", "\r"])
def test_other_line_ends_are_no_difference(ending: str) -> None:
    copy = TEXT.replace("\n", ending)
    said = (
        decision("народом", "народами"),
        decision("народом,\nи тогда", "народом.\nИ тогда", at=1),
        decision("забыли", "забудут"),
    )
    found = applied(copy, said[0], said[2])
    assert outcomes(found) == [Outcome.EXACT, Outcome.EXACT]
    assert found.edition.text == copy.replace("народом", "народами").replace("забыли", "забудут")
    across = applied(copy, said[1])
    assert across.edition.text == copy.replace(f"народом,{ending}и", f"народом.{ending}И")
    back = apply_patch(made(Transcript("copy.txt", copy), across.edition.decisions), TRANSCRIPT)
    assert (outcomes(back), back.edition.text) == ([Outcome.EXACT], TEXT.replace("народом,\nи", "народом.\nИ"))


def test_a_hunk_about_a_line_end_itself_finds_it() -> None:
    transcript = Transcript("x.txt", "одна строка\r\nдругая строка\r\n")
    within = Hunk("", "одна строка\r", "\nдругая", " ", ErrorClass.OCR)
    found = apply_patch(Patch("x", "0" * 64, (within,)), transcript)
    assert (outcomes(found), found.results[0].hunk) == ([Outcome.EXACT], within)


def stands(*decisions: Decision, disputed: tuple[Decision, ...] = ()) -> Standing:
    """What a ledger of the text says."""
    place = (TRANSCRIPT.sha256, disputed[0].anchor.span.start, disputed[0].anchor.span.end) if disputed else ("", 0, 0)
    events = tuple(
        decision_event(TRANSCRIPT.sha256, said, at="2026-01-02T03:04:05Z", by="Clara", parents=()) for said in disputed
    )
    conflicts = (Conflict(place, events),) if disputed else ()
    return Standing(State(conflicts=conflicts), decisions, (), ())


def test_what_the_copy_has_decided_itself_is_not_decided_again() -> None:
    said = (decision("топорь", "теперь"), decision("вместо", "вместе"), decision("победа", "Победа"))
    own = (
        replace(said[0], verdict=Verdict.ACCEPT, by="Clara"),
        replace(decision("вестись вместо", ""), verdict=Verdict.REJECT, replacement=None),
    )
    found = beside(applied(TEXT, *said), stands(*own))
    assert outcomes(found) == [Outcome.RECORDED, Outcome.DECIDED, Outcome.EXACT]
    assert [one.replacement for one in found.decisions] == ["Победа"]
    assert [(hunk.exact, hunk.rejected) for hunk in found.rejects.hunks] == [("вместо", "decided")]
    assert found.edition.text == TEXT.replace("победа", "Победа")


def test_what_was_put_off_gives_way_and_a_dispute_does_not() -> None:
    said = (decision("топорь", "теперь"), decision("вместо", "вместе"))
    deferred = replace(said[0], verdict=Verdict.DEFER, replacement=None)
    disputed = (decision("вместо", "взамен"), decision("вместо", "заместо"))
    found = beside(applied(TEXT, *said), stands(deferred, disputed=disputed))
    assert outcomes(found) == [Outcome.EXACT, Outcome.DECIDED]


def test_what_was_left_before_is_still_left() -> None:
    said = (decision("топорь", "теперь"), decision("вместо", "вместе"))
    copy = TEXT.replace("топорь вестись", "топоръ вестись")
    found = beside(applied(copy, *said), stands())
    assert [hunk.rejected for hunk in found.rejects.hunks] == ["lost"]
    assert [one.replacement for one in found.decisions] == ["вместе"]
