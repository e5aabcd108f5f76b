from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from ledger_events import read, retract_event, told

from sverka.errors import LedgerError
from sverka.ledger import Event, Ledger
from sverka.ledger.codec import encode

AT = "2026-01-02T03:04:05.678Z"


def event(number: int, *parents: str) -> Event:
    """Some event; only that it is one matters here."""
    return retract_event(f"{number:032x}", at=AT, by="Anna", parents=parents)


def lines(*numbers: int) -> bytes:
    return b"".join(encode(event(number)) for number in numbers)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "corrections" / "volume" / "x.txt.jsonl"


def ledger(path: Path, data: bytes) -> Path:
    path.parent.mkdir(parents=True)
    path.write_bytes(data)
    return path


def test_looking_creates_nothing(path: Path) -> None:
    store = Ledger(path)
    assert read(store) == ()
    assert store.problems == ()
    assert not path.parent.exists()


def test_what_was_appended_is_in_the_file_and_is_not_news_afterwards(path: Path) -> None:
    store = Ledger(path)
    assert told(store, store.append([event(1), event(2)])) == (event(1), event(2))
    assert path.read_bytes() == lines(1, 2)
    assert read(store) == ()
    assert read(Ledger(path)) == (event(1), event(2))


def test_each_sees_what_the_other_appended(path: Path) -> None:
    ours, theirs = Ledger(path), Ledger(path)
    ours.append([event(1)])
    assert read(theirs) == (event(1),)
    theirs.append([event(2)])
    assert told(ours, ours.append([event(3)])) == (event(2), event(3))
    assert read(theirs) == (event(3),)
    assert path.read_bytes() == lines(1, 2, 3)


def test_a_torn_last_line_is_reported_and_looking_leaves_it(path: Path) -> None:
    torn = encode(event(2))[:40]
    ledger(path, lines(1) + torn)
    store = Ledger(path)
    assert read(store) == (event(1),)
    (problem,) = store.problems
    assert problem.place == f"{path}:2"
    assert "torn (40 bytes)" in problem.message
    assert path.read_bytes() == lines(1) + torn


def test_a_torn_last_line_is_set_aside_by_the_next_append(path: Path) -> None:
    torn = encode(event(2))[:40]
    ledger(path, lines(1) + torn)
    store = Ledger(path)
    store.append([event(3)])
    assert path.read_bytes() == lines(1, 3)
    (refuge,) = path.parent.glob("*.torn-*")
    assert refuge.name.startswith("x.txt.jsonl.torn-2")
    assert refuge.read_bytes() == torn
    (problem,) = store.problems
    assert refuge.name in problem.message


def test_two_torn_lines_in_one_second_are_both_kept(path: Path) -> None:
    ledger(path, lines(1) + b"first")
    store = Ledger(path)
    store.append([event(2)])
    with path.open("ab") as file:
        file.write(b"second")
    store.append([event(3)])
    assert sorted(refuge.read_bytes() for refuge in path.parent.glob("*.torn-*")) == [b"first", b"second"]
    assert path.read_bytes() == lines(1, 2, 3)


def test_a_whole_last_line_without_its_line_feed_counts(path: Path) -> None:
    ledger(path, lines(1, 2).removesuffix(b"\n"))
    store = Ledger(path)
    assert read(store) == (event(1), event(2))
    assert store.problems == ()
    other = Ledger(path)
    other.append([event(3)])
    assert path.read_bytes() == lines(1, 2, 3)
    assert read(store) == (event(3),)


def test_garbage_in_the_middle_costs_nothing_else(path: Path) -> None:
    ledger(path, lines(1) + b"<<<<<<< HEAD\n\n\xff\xfe\n" + lines(2))
    store = Ledger(path)
    assert read(store) == (event(1), event(2))
    assert [problem.place for problem in store.problems] == [f"{path}:2", f"{path}:4"]
    with path.open("ab") as file:
        file.write(b"more\n")
    assert read(store) == ()
    assert [problem.place for problem in store.problems] == [f"{path}:2", f"{path}:4", f"{path}:6"]


def test_byte_order_marks_and_carriage_returns_are_tolerated(path: Path) -> None:
    ledger(path, b"\xef\xbb\xbf" + lines(1, 2).replace(b"\n", b"\r\n") + b"\xef\xbb\xbf" + lines(3))
    store = Ledger(path)
    assert read(store) == (event(1), event(2), event(3))
    assert store.problems == ()


def test_only_a_line_feed_ends_a_line(path: Path) -> None:
    odd = retract_event("1" * 32, at=AT, by="one\u2028two\x85three", parents=())
    Ledger(path).append([odd])
    assert read(Ledger(path)) == (odd,)


def test_a_file_put_in_the_place_of_the_one_read_is_read_anew(path: Path) -> None:
    store = Ledger(path)
    store.append([event(1)])
    merged = path.with_name("merged")
    merged.write_bytes(lines(4, 1))
    merged.replace(path)
    news = store.read()
    assert news.anew
    assert told(store, news) == (event(4), event(1))


def test_a_file_rewritten_in_place_is_read_anew(path: Path) -> None:
    store = Ledger(path)
    store.append([event(1), event(2)])
    path.write_bytes(lines(7, 8, 9))
    news = store.read()
    assert news.anew
    assert told(store, news) == (event(7), event(8), event(9))


def test_a_ledger_that_went_away_is_read_as_empty(path: Path) -> None:
    store = Ledger(path)
    store.append([event(1)])
    path.unlink()
    assert store.read().anew
    assert not store.read().anew


def test_an_event_is_not_put_where_its_parents_are_not(path: Path) -> None:
    store = Ledger(path)
    store.append([event(1)])
    path.write_bytes(lines(2))
    with pytest.raises(LedgerError, match="replaced by another one"):
        store.append([event(3, event(1).id)])
    assert path.read_bytes() == lines(2)
    path.unlink()
    with pytest.raises(LedgerError, match="replaced by another one"):
        store.append([event(3, event(1).id)])
    assert not path.exists()


def test_after_a_merge_that_kept_our_lines_we_go_on(path: Path) -> None:
    store = Ledger(path)
    store.append([event(1)])
    path.write_bytes(lines(2, 1))
    news = store.append([event(3, event(1).id)])
    assert news.anew
    assert len(news.change.new) == 3


def test_a_path_that_cannot_be_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    path = tmp_path / "file" / "x.jsonl"
    with pytest.raises(LedgerError, match=r"x\.jsonl: nothing was recorded, the ledger cannot be written: \S"):
        Ledger(path).append([event(1)])
    with pytest.raises(LedgerError, match="cannot be read"):
        Ledger(tmp_path).read()


@contextmanager
def as_nobody() -> Iterator[None]:
    """Nothing is read-only to root: as root, do it as a user who is not."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


def test_a_read_only_folder_is_one_line() -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.jsonl"
        path.write_bytes(lines(1))
        path.chmod(0o444)
        path.parent.chmod(0o555)
        with as_nobody():
            store, new = Ledger(path), Ledger(path.with_name("new.jsonl"))
            assert read(store) == (event(1),)
            assert read(new) == ()
            for refused in (store, new):
                with pytest.raises(LedgerError, match="cannot be written: Permission denied"):
                    refused.append([event(2)])
        path.parent.chmod(0o755)
        assert path.read_bytes() == lines(1)
        assert list(path.parent.iterdir()) == [path]
