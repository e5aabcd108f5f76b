"""Line feeds get lost where people put files together; the decisions do not."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from ledger_events import read, retract_event

from sverka.ledger import Event, Ledger
from sverka.ledger.canonical import canonical
from sverka.ledger.codec import encode, pieces
from sverka.ledger.event import event_id
from sverka.model import Problem

AT = "2026-01-02T03:04:05.678Z"


def event(number: int, by: str = "Anna") -> Event:
    return retract_event(f"{number:032x}", at=AT, by=by, parents=())


def written(**fields: object) -> bytes:
    """The line of an event of a kind nobody knows."""
    whole = {"v": 1, "kind": "remark", "at": AT, "by": "Anna", "parents": [], **fields}
    return canonical({**whole, "id": event_id(whole)})  # type: ignore[arg-type, dict-item]


def contents(line: bytes) -> list[Event | str]:
    found = []
    for piece in pieces(line, "x:1"):
        assert line[piece.start :].startswith(piece.data)
        found.append(piece.content if isinstance(piece.content, Event) else piece.content.message)
    return found


ONE, TWO, THREE = event(1), event(2, "Boris"), event(3)


@pytest.mark.parametrize("between", [b"", b" ", b"\r", b"\xef\xbb\xbf", b"\r\xef\xbb\xbf\t"])
def test_events_without_a_line_feed_between_them_all_count(between: bytes) -> None:
    assert contents(between.join(e.line for e in (ONE, TWO, THREE))) == [ONE, TWO, THREE]


def test_a_seam_within_an_event_is_none() -> None:
    odd = event(4, "}{"), event(5, '}{"v":1'), event(6, '{"}{",')
    assert contents(b"".join(e.line for e in odd)) == list(odd)
    nested = [written(inner=[{}, {"}{": {}}, "}{"]), written(inner={"": ["}{", "}{"]})]
    found = contents(b"".join(nested))
    assert [e.line for e in found if isinstance(e, Event)] == nested


def test_an_event_behind_one_that_was_cut_off_counts() -> None:
    for length in (1, 2, 9, 40, len(ONE.line) - 1):
        torn, whole = contents(ONE.line[:length] + TWO.line)
        assert whole == TWO
        assert torn == "not counted: the beginning of a line, cut off"
    assert contents(TWO.line + ONE.line[:40] + THREE.line)[0::2] == [TWO, THREE]


def test_an_altered_event_does_not_count_and_costs_its_neighbours_nothing() -> None:
    altered = ONE.line.replace(b"Anna", b"Olga")
    before, told, after = contents(TWO.line + altered + THREE.line)
    assert (before, after) == (TWO, THREE)
    assert "it was altered" in str(told)
    (alone,) = contents(altered)
    assert alone == told


def test_an_event_within_another_object_is_none() -> None:
    for line in (b'{"quoted":%b}' % ONE.line, b"[%b]" % ONE.line, b"%b]" % ONE.line):
        assert all(isinstance(content, str) for content in contents(line))


def test_a_line_of_nothing_but_braces_takes_no_time() -> None:
    began = time.perf_counter()
    for line in (b'}{"a' * 10_000, b'{"a":' * 50_000, b"{}" * 100_000, b'{"id":"' * 50_000):
        (piece,) = pieces(line, "x:1")
        assert isinstance(piece.content, Problem)
    assert time.perf_counter() - began < 5


# In a file


def test_a_ledger_with_lost_line_feeds_is_read_and_appended_to(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    path.write_bytes(ONE.line + TWO.line + b"\n" + THREE.line)
    ledger = Ledger.open(path)
    assert ledger.problems == ()
    assert list(ledger.events(range(3))) == [ONE, TWO, THREE]
    # Read from the file again, each from its own place in the line.
    assert [Ledger.open(path).named(e.id) for e in (ONE, TWO, THREE)] == [ONE, TWO, THREE]
    ledger._at_hand.clear()
    assert list(ledger.events(range(3))) == [ONE, TWO, THREE]
    ledger.append([event(4)])
    assert path.read_bytes() == ONE.line + TWO.line + b"\n" + THREE.line + b"\n" + encode(event(4))


def test_what_comes_glued_is_read_alike_at_once_and_bit_by_bit(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    path.write_bytes(ONE.line)
    follower = Ledger.open(path)
    with path.open("ab") as file:
        file.write(TWO.line + b"\n" + THREE.line[:30])
    assert read(follower) == (TWO,)
    assert read(Ledger(path)) == (ONE, TWO)
    with path.open("ab") as file:
        file.write(encode(event(4)))
    assert read(follower) == (event(4),)
    whole = Ledger(path)
    assert read(whole) == (ONE, TWO, event(4))
    assert [(p.place, p.message) for p in whole.problems] == [
        (f"{path}:2", "not counted: the beginning of a line, cut off")
    ]


def test_a_torn_line_behind_an_event_is_set_aside_alone(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    path.write_bytes(ONE.line + b"\n" + TWO.line + THREE.line[:30])
    ledger = Ledger.open(path)
    assert [e.id for e in ledger.events()] == sorted([ONE.id, TWO.id])
    assert "torn (30 bytes)" in ledger.problems[0].message
    ledger.append([THREE])
    assert path.read_bytes() == b"".join(map(encode, (ONE, TWO, THREE)))
    (refuge,) = tmp_path.glob("*.torn-*")
    assert refuge.read_bytes() == THREE.line[:30]
