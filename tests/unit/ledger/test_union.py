from __future__ import annotations

from datetime import datetime
from pathlib import Path

from ledger_events import Gathered, open_event, retract_event

from sverka.ledger import Event, Ledger, Writer
from sverka.ledger.event import Rebase
from sverka.ledger.merging import Union, lacking, namesakes, strangers
from sverka.model import Transcript

AT = "2026-01-02T03:04:05.678Z"


def opened(name: str, text: str) -> Event:
    return open_event(name, Transcript(name, text), at=AT, by="Anna", parents=())


def tag(name: str, by: str, *parents: str) -> Event:
    return Writer(parents, at=datetime.fromisoformat(AT), by=by).tag(name)


def rebase(old: str, new: str) -> Event:
    rebased = Rebase(Transcript("", old).sha256, Transcript("", new).sha256, len(new))
    return Writer((), at=datetime.fromisoformat(AT), by="Anna").rebase(rebased)


def ledger(path: Path, *events: Event) -> Ledger:
    made = Ledger(path)
    made.append(events)
    return made


def test_one_lacks_what_the_other_has_in_the_order_in_which_it_was_seen(tmp_path: Path) -> None:
    first = opened("x.txt", "text")
    later = [retract_event(first.id, at=AT, by="Boris", parents=(first.id,))]
    for _ in range(5):
        later.append(retract_event(first.id, at=AT, by="Boris", parents=(later[-1].id,)))
    ours, theirs = ledger(tmp_path / "a", first), ledger(tmp_path / "b", *reversed(later), first)
    assert lacking(ours, theirs) == tuple(later)
    assert lacking(theirs, ours) == ()


def test_a_union_on_paper_has_the_events_of_both(tmp_path: Path) -> None:
    first = opened("x.txt", "text")
    second = retract_event(first.id, at=AT, by="Boris", parents=(first.id,))
    third = retract_event(second.id, at=AT, by="Clara", parents=(second.id,))
    union = Union((ledger(tmp_path / "a", third, first), ledger(tmp_path / "b", second)))
    assert union.history.problems == ()
    assert [union.event(n) for n in union.history.ranked()] == [first, second, third]


def test_transcripts_differ_where_neither_reading_nor_name_is_common() -> None:
    x, renamed, other = opened("x.txt", "one"), opened("y.txt", "one"), opened("z.txt", "two")
    reread = opened("x.txt", "two")
    assert strangers(Gathered([x]), Gathered([other]))
    assert not strangers(Gathered([x]), Gathered([renamed]))
    assert not strangers(Gathered([x]), Gathered([reread]))
    assert not strangers(Gathered([x, rebase("one", "two")]), Gathered([other]))


def test_a_ledger_that_does_not_say_of_what_it_is_fits_any() -> None:
    assert not strangers(Gathered([]), Gathered([opened("x.txt", "one")]))
    assert not strangers(Gathered([tag("first", "Anna")]), Gathered([opened("x.txt", "one")]))


def test_a_name_given_twice_is_told_until_one_is_taken_back() -> None:
    ours, theirs, other = tag("first-pass", "Anna"), tag("first-pass", "Boris"), tag("second", "Anna")
    (found,) = namesakes(Gathered([ours, theirs, other]))
    assert {event.by for event in found} == {"Anna", "Boris"}
    back = retract_event(theirs.id, at=AT, by="Boris", parents=(theirs.id,))
    assert namesakes(Gathered([ours, theirs, other, back])) == ()


def test_what_another_has_appended_meanwhile_is_not_written_twice(tmp_path: Path) -> None:
    first, second = opened("x.txt", "text"), tag("first-pass", "Anna")
    ours, theirs = Ledger.open(tmp_path / "x"), Ledger.open(tmp_path / "x")
    ours.append([first])
    news = theirs.append([first, second])
    assert [theirs.event(n) for n in news.change.new] == [first, second]
    assert (tmp_path / "x").read_bytes() == first.line + b"\n" + second.line + b"\n"
