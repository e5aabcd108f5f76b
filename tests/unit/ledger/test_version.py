from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from sverka.errors import UsageError
from sverka.ledger import Event, Ledger, Writer, known, version
from sverka.ledger.canonical import Json, canonical
from sverka.ledger.event import event_id
from sverka.ledger.version import event_digits, known_before, unfit

TIMES = (
    "2026-03-01T23:59:59.999Z",
    "2026-03-02T00:00:00.000Z",
    "2026-03-02T14:05:00.500Z",
    "2026-03-02T14:05:59.999Z",
    "2026-03-02T14:06:00.000Z",
    "2026-03-03T00:00:00.000Z",
)


def tags(path: Path, times: tuple[str, ...] = TIMES) -> Ledger:
    """A ledger of tags ``t0``, ``t1`` …, each seen by the next."""
    ledger = Ledger.open(path)
    for number, at in enumerate(times):
        ledger.append([tag(ledger, f"t{number}", at)])
    return ledger


def tag(ledger: Ledger, name: str, at: str, heads: tuple[str, ...] | None = None) -> Event:
    writer = Writer(ledger.history.heads if heads is None else heads, at=datetime.fromisoformat(at), by="Anna")
    return writer.tag(name)


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return tags(tmp_path / "x.jsonl")


@pytest.mark.parametrize(
    ("name", "since", "until"),
    [
        ("2026-03-02T00:00:00Z", 1, 2),
        ("2026-03-02T14:05Z", 2, 4),
        ("2026-03-02 14:05 UTC", 2, 4),
        ("2026-03-02T17:05+03:00", 2, 4),
        ("2026-03-02T14:05:00Z", 2, 3),
        ("2026-03-02T14:05:00.499Z", 2, 2),
        ("2026-03-02T14:05:00.500Z", 2, 3),
        ("start", 0, 0),
        ("now", 6, 6),
        ("t2", 3, 3),
    ],
)
def test_a_time_is_all_that_it_names(ledger: Ledger, name: str, since: int, until: int) -> None:
    assert known_before(ledger, name) == frozenset(range(since))
    assert known(ledger, name) == frozenset(range(until))
    assert len(version(ledger, name).history) == until


def test_a_day_is_one_of_where_one_is(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    import time

    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    try:
        assert (len(known_before(ledger, "2026-03-02")), len(known(ledger, "2026-03-02"))) == (1, 5)
    finally:
        monkeypatch.undo()
        time.tzset()


def test_times_written_by_others_without_a_fraction_count_in_their_second(tmp_path: Path) -> None:
    fields: dict[str, Json] = {"v": 1, "kind": "tag", "at": "2026-03-02T14:05:00Z", "by": "Boris", "parents": []}
    fields |= {"name": "theirs", "note": ""}
    fields["id"] = event_id(fields)
    path = tmp_path / "x.jsonl"
    path.write_bytes(canonical(fields) + b"\n")
    ledger = Ledger.open(path)
    assert known(ledger, "2026-03-02T14:05:00Z") == known(ledger, "2026-03-02T14:05Z") == frozenset([0])
    assert known_before(ledger, "2026-03-02T14:05:00Z") == frozenset()


def test_what_was_written_by_a_clock_gone_back_is_not_there_before_what_it_follows(tmp_path: Path) -> None:
    ledger = tags(tmp_path / "x.jsonl", ("2026-03-02T10:00:00Z", "2026-03-01T10:00:00Z"))
    assert known(ledger, "2026-03-01T12:00Z") == frozenset()
    assert known(ledger, "2026-03-02T10:00Z") == frozenset([0, 1])


def test_a_name_given_twice_and_a_beginning_of_two_ids_name_nothing(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    ledger = Ledger.open(path)
    ledger.append([tag(ledger, "same", TIMES[0], ()), tag(ledger, "same", TIMES[1], ())])
    with pytest.raises(UsageError, match="2 tags are called same") as error:
        version(ledger, "same")
    assert all(ledger.event(n).id in error.value.remedy for n in range(2))
    assert len(known(ledger, ledger.event(0).id[:8])) == 1


def test_a_tag_taken_back_names_nothing(ledger: Ledger) -> None:
    writer = Writer(ledger.history.heads, at=datetime.fromisoformat(TIMES[-1]), by="Anna")
    writer.retract(ledger.event(2).id)
    ledger.append(writer.events)
    with pytest.raises(UsageError, match="there is no version t2"):
        version(ledger, "t2")


@pytest.mark.parametrize("name", ["", "nobody", "abcdef", "2026-02-30", "9999-12-31T23:59:59-12:00", "-", "\x1b[2J"])
def test_what_names_nothing_is_one_line_that_a_terminal_can_show(ledger: Ledger, name: str) -> None:
    with pytest.raises(UsageError, match="there is no version") as error:
        version(ledger, name)
    assert "\x1b" not in str(error.value)


@pytest.mark.parametrize("name", ["first-pass", "второе чтение", "abcde", "decades", "2nd", "0" * 33, "Start"])
def test_what_a_tag_may_be_called(name: str) -> None:
    assert unfit(name) == ""


@pytest.mark.parametrize(
    "name",
    [
        *("", " ", " a", "a\n", "a\x1b[2J", "a\u202eb", "-a", "start", "now"),
        *("abcdef", "ABCDEF", "20260302", "f" * 32),
        *("2026-03-02", "2026-03-02T14:05", "2026-03-02 14:05 UTC"),
    ],
)
def test_what_a_tag_may_not_be_called(name: str) -> None:
    assert unfit(name)


def test_an_id_may_be_typed_in_capitals_and_in_part() -> None:
    assert event_digits("ABCDEF") == "abcdef"
    for typed in ("abcde", "abcdeg", "a" * 33, ""):
        with pytest.raises(UsageError, match="is no event's id"):
            event_digits(typed)
