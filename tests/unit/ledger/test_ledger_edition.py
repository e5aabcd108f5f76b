from __future__ import annotations

from dataclasses import replace

from ledger_events import Gathered, decision_event, standing

from sverka.ledger import Event, Fit, anchor_at, edition
from sverka.ledger.locator import Locator
from sverka.model import Decision, ErrorClass, Rule, Span, Transcript, Verdict, View

TEXT = "Пусть она будет топорь вестись вместо с народом.\nВторая строка без ошибок, и слов в ней довольно много.\n"
TRANSCRIPT = Transcript("transcripts/x.txt", TEXT)
AGAIN = Transcript("transcripts/x.txt", "Заголовок\n" + TEXT)


def decision(
    word: str, said: str | None, *, at: int = 0, error_class: ErrorClass = ErrorClass.OCR, text: str = TEXT
) -> Decision:
    start = text.index(word)
    return Decision(
        anchor=anchor_at(text, Span(start, start + len(word))),
        verdict=Verdict.REJECT if said is None else Verdict.AMEND,
        error_class=error_class,
        replacement=said,
        rule=Rule.NONWORD,
        confidence=0.9,
        event=f"{at:032x}",
        at=f"2026-01-02T03:04:{at:02}.000Z",
        by="Anna",
    )


def event(made: Decision, *saw: Event, transcript: Transcript = TRANSCRIPT) -> Event:
    parents = [event.id for event in saw]
    return decision_event(transcript.sha256, made, at=made.at, by=made.by, parents=parents)


def test_no_decisions_give_the_transcript() -> None:
    made, problems = edition(TRANSCRIPT, [])
    assert (made.text, problems) == (TEXT, ())


def test_decisions_are_applied_in_the_order_of_the_text() -> None:
    made, problems = edition(
        TRANSCRIPT, [decision("вместо", "вместе", at=1), decision("топорь", "теперь", at=2), decision("слов", None)]
    )
    assert made.text == TEXT.replace("топорь", "теперь").replace("вместо", "вместе")
    assert problems == ()


def test_a_view_says_which_errors_are_mended() -> None:
    said = [
        decision("топорь", "теперь", at=1),
        decision("вместо", "вместе", at=2, error_class=ErrorClass.SOURCE),
        decision("слов", "словъ", at=3, error_class=ErrorClass.NORMALISATION),
    ]
    diplomatic, reading = (edition(TRANSCRIPT, said, view) for view in (View.DIPLOMATIC, View.READING))
    assert diplomatic[0].text == TEXT.replace("топорь", "теперь")
    assert reading[0].text == diplomatic[0].text.replace("вместо", "вместе").replace("слов ", "словъ ")
    assert diplomatic[1] == reading[1] == ()


def test_insertion_and_deletion() -> None:
    end = len(TEXT.splitlines()[0])
    insertion = replace(decision("топорь", " Так!", at=1), anchor=anchor_at(TEXT, Span(end, end)))
    made, problems = edition(TRANSCRIPT, [insertion, decision("топорь ", "", at=2)])
    assert made.text == TEXT.replace("топорь ", "").replace("народом.", "народом. Так!")
    assert problems == ()


def test_of_two_that_overlap_the_earlier_is_applied() -> None:
    early = decision("будет топорь", "будет теперь", at=1)
    late = decision("топорь вестись", "теперь вестись", at=2)
    for order in ([early, late], [late, early]):
        made, (problem,) = edition(TRANSCRIPT, order)
        assert made.text == TEXT.replace("топорь", "теперь")
        assert made.decisions == (early,)
        assert problem.place == "transcripts/x.txt:1:17"
        assert "топорь вестись → теперь вестись" in problem.message


def test_two_insertions_at_one_gap_overlap() -> None:
    gap = anchor_at(TEXT, Span(5, 5))
    early = replace(decision("топорь", ","), anchor=gap)
    late = replace(decision("топорь", ";", at=1), anchor=gap)
    made, problems = edition(TRANSCRIPT, [late, early])
    assert made.text.startswith("Пусть, она")
    assert len(problems) == 1


def test_a_decision_that_does_not_fit_the_text_is_left_out() -> None:
    wrong = replace(decision("топорь", "теперь"), anchor=anchor_at("x" * 300, Span(200, 206)))
    made, (problem,) = edition(TRANSCRIPT, [wrong])
    assert made.text == TEXT
    assert problem.place == "transcripts/x.txt"
    assert "not applied" in problem.message


def test_decisions_find_their_place_in_a_new_reading() -> None:
    found = standing(AGAIN, Gathered([event(decision("топорь", "теперь"))]))
    assert found.problems == ()
    made, problems = edition(AGAIN, found.decisions)
    assert made.text == AGAIN.text.replace("топорь", "теперь")
    assert problems == ()
    assert found.decisions[0].anchor.prefix == "Заголовок\nПусть она будет "


def test_a_decision_without_a_place_is_kept_and_told() -> None:
    other = Transcript("transcripts/x.txt", "Совсем другой текст.")
    lost = event(decision("топорь", "теперь"))
    found = standing(other, Gathered([lost]))
    assert found.decisions == ()
    assert [decision.event for decision in found.lost] == [lost.id]
    (problem,) = found.problems
    assert "“топорь → теперь” by Anna on 2026-01-02 has lost its place" in problem.message


def test_what_the_new_reading_has_right_is_told_as_such() -> None:
    better = Transcript("transcripts/x.txt", AGAIN.text.replace("топорь", "теперь"))
    (problem,) = standing(better, Gathered([event(decision("топорь", "теперь"))])).problems
    assert "already reads so" in problem.message


def test_decisions_before_and_after_a_new_reading_meet() -> None:
    before = event(decision("топорь", "тетерев"))
    after = event(decision("топорь", "теперь", text=AGAIN.text), before, transcript=AGAIN)
    assert [d.replacement for d in standing(AGAIN, Gathered([before, after])).decisions] == ["теперь"]
    unseen = event(decision("топорь", "теперь", text=AGAIN.text), transcript=AGAIN)
    found = standing(AGAIN, Gathered([before, unseen]))
    assert found.decisions == ()
    (problem,) = found.problems
    assert problem.place == "transcripts/x.txt:2:17"
    assert "editors disagree" in problem.message


def test_in_its_own_text_an_anchor_is_not_searched_for() -> None:
    made = decision("топорь", "теперь")
    elsewhere = replace(made, anchor=replace(made.anchor, span=made.anchor.span.shifted(1)))
    locator = Locator(TRANSCRIPT, Gathered([]))
    assert locator.find(event(elsewhere)).fit is Fit.LOST


def test_control_characters_in_a_ledger_are_shown_not_obeyed() -> None:
    hostile = replace(decision("топорь", "\x1b[2J"), by="\x1b[31m")
    (problem,) = standing(Transcript("x.txt", "иначе"), Gathered([event(hostile)])).problems
    assert "\x1b" not in problem.message
