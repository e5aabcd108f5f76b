"""Who has seen what, against the plain definition; and by turns, without a walk through the whole ledger."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ledger_events import Gathered

from sverka.ledger import Event, Writer
from sverka.ledger.history import History

AT = datetime(2026, 1, 2, tzinfo=UTC)


def event(number: int, by: str, parents: list[str]) -> Event:
    return Writer(parents, at=AT, by=by).tag(f"number {number}")


def by_turns(turns: list[int], size: int = 1) -> list[Event]:
    """What several write to one ledger, each having seen what it held when they had last written."""
    events: list[Event] = []
    seen: dict[int, int] = {}
    for who in turns:
        view = events[: seen.get(who, 0)]
        named = {parent for event in view for parent in event.parents}
        parents = sorted(event.id for event in view if event.id not in named)
        for _ in range(size):
            events.append(event(len(events), f"editor {who}", parents))
            parents = [events[-1].id]
        seen[who] = len(events)
    return events


def check(events: list[Event]) -> None:
    gathered = Gathered(events)
    history = gathered.history
    ancestors: dict[str, set[str]] = {}
    for n in history.ranked():
        one = gathered.event(n)
        known = [parent for parent in one.parents if history.number(parent) is not None]
        ancestors[one.id] = {one.id}.union(*(ancestors[parent] for parent in known))
    for n in range(len(history)):
        seen = {history.numbered(identifier) for identifier in ancestors[gathered.event(n).id]}
        assert history.seen_by(n) == seen
        assert {m for m in range(len(history)) if history.saw(n, m)} == seen
        assert set(range(history.trunk(n) + 1)) <= seen


@settings(max_examples=60)
@given(st.lists(st.integers(0, 3), max_size=14), st.integers(1, 3), st.data())
def test_what_was_seen_is_what_the_parents_lead_to(turns: list[int], size: int, data: st.DataObject) -> None:
    events = by_turns(turns, size)
    check(events)
    check(data.draw(st.permutations(events)))
    check([event for event in events if data.draw(st.booleans())])


@settings(max_examples=40)
@given(st.data())
def test_whatever_the_parents_are(data: st.DataObject) -> None:
    events: list[Event] = []
    for number in range(data.draw(st.integers(0, 12))):
        parents = data.draw(st.sets(st.sampled_from(events))) if events else set()
        events.append(event(number, "Anna", sorted(parent.id for parent in parents)))
    check(data.draw(st.permutations(events)))


@pytest.mark.parametrize("editors", [2, 3, 5])
def test_those_who_write_by_turns_are_known_to_have_seen_all_up_to_their_last(editors: int) -> None:
    history = Gathered(by_turns(list(range(editors)) * 20)).history
    assert all(history.trunk(n) >= n - editors for n in range(editors, len(history)))


def asked(history: History, pairs: Iterable[tuple[int, int]]) -> tuple[set[bool], float]:
    """The answers to whether one had seen the other, and how many rows were looked up for each."""
    queries: list[str] = []
    history._base.set_trace_callback(queries.append)
    answers = [history.saw(later, earlier) for later, earlier in pairs]
    return set(answers), len(queries) / len(answers)


def test_ancestry_by_turns_takes_no_longer_in_a_long_ledger() -> None:
    history = Gathered(by_turns([0, 1] * 300)).history
    answers, lookups = asked(history, ((599, n) for n in range(590)))
    assert answers == {True}
    assert lookups < 5


def test_ancestry_of_two_who_worked_apart_is_no_walk_either() -> None:
    """As after a merge: each did all of it without a word of the other."""
    begun = event(0, "Anna", [])
    branches = []
    for who in (1, 2):
        branch = [begun]
        for number in range(300):
            branch.append(event(who * 1000 + number, f"editor {who}", [branch[-1].id]))
        branches.append(branch[1:])
    history = Gathered([begun, *branches[0], *branches[1]]).history
    one, other = ([history.numbered(event.id) for event in branch] for branch in branches)
    for first, second in ((one, other), (other, one)):
        answers, lookups = asked(history, zip(first, second, strict=True))
        assert answers == {False}
        assert lookups < 5
    answers, lookups = asked(history, ((other[-1], n) for n in other))
    assert answers == {True}
    assert lookups < 5
