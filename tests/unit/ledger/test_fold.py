from __future__ import annotations

from itertools import permutations

from ledger_events import decision_event, fold, open_event, retract_event

from sverka.ledger import Event
from sverka.model import Anchor, Decision, ErrorClass, Rule, Span, Transcript, Verdict

DIGEST = "a" * 64


def decide(
    said: str | None,
    *saw: Event,
    start: int = 0,
    by: str = "Anna",
    second: int = 0,
    verdict: Verdict | None = None,
) -> Event:
    """A decision on the place at ``start``: the page says ``said``, None: the transcript is right."""
    decision = Decision(
        anchor=Anchor(Span(start, start + 6), "топорь", "", ""),
        verdict=verdict or (Verdict.REJECT if said is None else Verdict.ACCEPT),
        error_class=ErrorClass.OCR,
        replacement=said,
        rule=Rule.NONWORD,
        confidence=0.9,
    )
    return decision_event(DIGEST, decision, at=at(second), by=by, parents=[event.id for event in saw])


def retract(target: Event, *saw: Event, second: int = 0, by: str = "Anna") -> Event:
    return retract_event(target.id, at=at(second), by=by, parents=[event.id for event in saw])


def at(second: int) -> str:
    return f"2026-01-02T03:04:{second:02}.000Z"


def said(events: list[Event]) -> list[str | None]:
    return [decision.replacement for decision in fold(events).decisions]


def test_no_events_say_nothing() -> None:
    state = fold([])
    assert (state.decisions, state.conflicts, state.heads) == ((), (), ())
    assert (state.undoable, state.redoable) == ((), ())


def test_decisions_stand_in_the_order_of_the_text() -> None:
    first = decide("теперь", start=40)
    second = decide("вместе", first, start=10)
    state = fold([first, second])
    assert [decision.anchor.span.start for decision in state.decisions] == [10, 40]
    assert state.heads == (second.id,)
    assert state.undoable == (second,)


def test_a_later_decision_takes_the_place_of_the_one_its_writer_saw() -> None:
    first = decide("теперь")
    second = decide("тетерев", first)
    assert said([first, second]) == ["тетерев"]


def test_a_clock_that_goes_backwards_does_not_turn_the_order_round() -> None:
    first = decide("теперь", second=50)
    second = decide("тетерев", first, second=1)
    assert said([first, second]) == ["тетерев"]
    assert fold([first, second]).undoable == (second,)


def test_undo_brings_back_what_stood_before_and_redo_what_was_undone() -> None:
    first = decide("теперь")
    second = decide("тетерев", first)
    undo = retract(second, second)
    redo = retract(undo, undo)
    assert said([first, second, undo]) == ["теперь"]
    assert said([first, second, undo, redo]) == ["тетерев"]


def test_redo_is_possible_until_something_is_decided() -> None:
    one = decide("теперь", start=0)
    two = decide("вместе", one, start=10)
    undo_two = retract(two, two)
    undo_one = retract(one, undo_two)
    history = [one, two, undo_two, undo_one]
    assert fold(history).undoable == ()
    assert fold(history).redoable == (undo_one,)
    redo_one = retract(undo_one, undo_one)
    history.append(redo_one)
    assert (fold(history).undoable, fold(history).redoable) == ((one,), (undo_two,))
    three = decide("всё", redo_one, start=20)
    history.append(three)
    assert (fold(history).undoable, fold(history).redoable) == ((three,), ())
    undo_three = retract(three, three)
    history.append(undo_three)
    assert (fold(history).undoable, fold(history).redoable) == ((one,), (undo_three,))


def test_two_who_undid_the_same_at_once_are_both_undone_by_redo() -> None:
    decision = decide("теперь")
    ours, theirs = retract(decision, decision, by="Anna"), retract(decision, decision, by="Boris")
    assert set(fold([decision, ours, theirs]).redoable) == {ours, theirs}
    first = retract(ours, ours, theirs)
    assert said([decision, ours, theirs, first]) == []
    assert said([decision, ours, theirs, first, retract(theirs, first)]) == ["теперь"]


def test_two_decisions_of_which_neither_writer_saw_the_other_are_a_conflict() -> None:
    seen = decide("всё", start=30)
    ours = decide("теперь", seen, by="Anna", second=9)
    theirs = decide(None, seen, by="Boris", second=3)
    state = fold([seen, ours, theirs])
    assert [decision.replacement for decision in state.decisions] == ["всё"]
    (conflict,) = state.conflicts
    assert conflict.events == (theirs, ours)
    assert conflict.place == (DIGEST, 0, 6)
    assert set(state.heads) == {ours.id, theirs.id}


def test_a_conflict_ends_with_a_decision_of_somebody_who_saw_both() -> None:
    ours, theirs = decide("теперь", by="Anna"), decide(None, by="Boris")
    half = decide("тетерев", ours, by="Clara")
    assert len(fold([ours, theirs, half]).conflicts) == 1
    whole = decide("тетерев", ours, theirs, by="Clara")
    state = fold([ours, theirs, whole])
    assert state.conflicts == ()
    assert [decision.by for decision in state.decisions] == ["Clara"]


def test_a_conflict_ends_when_one_of_the_two_is_taken_back() -> None:
    ours, theirs = decide("теперь", by="Anna"), decide(None, by="Boris")
    assert said([ours, theirs, retract(theirs, theirs)]) == ["теперь"]


def test_who_says_the_same_does_not_disagree() -> None:
    ours = decide("теперь", by="Anna", second=9)
    theirs = decide("теперь", by="Boris", second=3, verdict=Verdict.AMEND)
    state = fold([ours, theirs])
    assert state.conflicts == ()
    assert [decision.by for decision in state.decisions] == ["Boris"]


def test_who_leaves_a_place_for_later_does_not_disagree() -> None:
    later = decide(None, verdict=Verdict.DEFER, by="Anna")
    answer = decide("теперь", by="Boris")
    assert said([later, answer]) == ["теперь"]
    assert [d.verdict for d in fold([later]).decisions] == [Verdict.DEFER]
    # Somebody who saw the answer and defers has taken the place up again.
    again = decide(None, answer, verdict=Verdict.DEFER)
    assert [d.verdict for d in fold([answer, again]).decisions] == [Verdict.DEFER]


def test_the_order_of_the_lines_and_repetitions_do_not_matter() -> None:
    opened = open_event("x.txt", Transcript("x.txt", "топорь"), at=at(0), by="Anna", parents=())
    one = decide("теперь", opened)
    two = decide(None, opened, by="Boris")
    both = decide("тетерев", one, two)
    undo = retract(both, both)
    events = [opened, one, two, both, undo]
    expected = fold(events)
    assert len(expected.conflicts) == 1
    for shuffled in permutations(events):
        assert fold([*shuffled, *shuffled[:2]]) == expected


def test_a_lost_parent_is_reported_and_the_rest_counts() -> None:
    lost = decide("всё", start=30)
    kept = decide("теперь", lost)
    state = fold([kept])
    assert [decision.replacement for decision in state.decisions] == ["теперь"]
    (problem,) = state.problems
    assert lost.id in problem.message


def test_a_retraction_of_nothing_is_reported() -> None:
    nothing = decide("всё")
    (problem,) = fold([retract(nothing)]).problems
    assert nothing.id in problem.message


def test_decisions_of_two_readings_meet_where_they_are_said_to_stand() -> None:
    first = decide("теперь", start=0)
    second = decide("тетерев", first, start=100)
    assert said([first, second]) == ["теперь", "тетерев"]
    together = fold([first, second], place=lambda event: (DIGEST, 5, 11))
    assert [decision.replacement for decision in together.decisions] == ["тетерев"]


def test_ten_thousand_events_fold_at_once() -> None:
    events: list[Event] = []
    for number in range(10_000):
        events.append(decide("теперь", *events[-1:], start=number % 100))
    state = fold(events)
    assert len(state.decisions) == 100
    assert fold(reversed(events)) == state
