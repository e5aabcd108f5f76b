"""Whatever becomes of a snapshot, the ledger is opened right."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from ledger_events import retract_event

from sverka.ledger import Ledger, snapshot
from sverka.ledger.codec import encode

AT = "2026-01-02T03:04:05.678Z"
NUMBER = 40


def data(first: int = 0, by: str = "Anna") -> bytes:
    events = [retract_event(f"{first + number:032x}", at=AT, by=by, parents=()) for number in range(NUMBER)]
    return b"".join(map(encode, events))


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(snapshot, "_LEAST", 1)
    return tmp_path / "cache" / "sverka" / "ledgers"


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    path = tmp_path / "x.jsonl"
    path.write_bytes(data())
    return path


def kept(cache: Path) -> Path:
    (found,) = cache.iterdir()
    return found


def targets(path: Path) -> list[int]:
    """What the ledger says when it is opened."""
    ledger = Ledger.open(path)
    assert ledger.problems == ()
    return sorted(int(lost, 16) for lost, _, _ in ledger.history.missing)


def is_used(path: Path) -> bool:
    with path.open("rb") as file:
        return snapshot.load(path, file.fileno(), path.stat().st_size) is not None


def test_it_lies_in_the_users_cache_and_is_used(ledger: Path, cache: Path) -> None:
    assert targets(ledger) == list(range(NUMBER))
    assert kept(cache)
    assert list(ledger.parent.glob("x*")) == [ledger]
    assert is_used(ledger)
    assert targets(ledger) == list(range(NUMBER))


def test_what_was_added_since_is_read(ledger: Path) -> None:
    Ledger.open(ledger)
    with ledger.open("ab") as file:
        file.write(data(NUMBER, "Boris"))
    assert is_used(ledger)
    assert targets(ledger) == list(range(2 * NUMBER))


def flipped(content: bytes) -> bytes:
    middle = len(content) // 2
    return content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]


@pytest.mark.parametrize(
    "harm",
    [
        flipped,
        lambda content: content[:-1],
        lambda content: content[: len(content) // 2],
        lambda content: content[:10],
        lambda content: b"",
        lambda content: b"\x00" * len(content),
        lambda content: content.replace(f'"format":{snapshot._FORMAT}'.encode(), b'"format":1'),
        lambda content: content.replace(f'"format":{snapshot._FORMAT}'.encode(), b'"format":99'),
        lambda content: content.replace(b'"offset":', b'"offset":9'),
        lambda content: b"[]\n" + content,
    ],
)
def test_one_that_is_damaged_is_not_used(ledger: Path, cache: Path, harm: Callable[[bytes], bytes]) -> None:
    Ledger.open(ledger)
    place = kept(cache)
    before = place.read_bytes()
    place.write_bytes(harm(before))
    assert place.read_bytes() != before
    assert not is_used(ledger)
    assert targets(ledger) == list(range(NUMBER))
    assert is_used(ledger)


@pytest.mark.parametrize(
    "harm", [flipped, lambda content: content[:-20], lambda content: data(500), lambda content: b""]
)
def test_one_of_a_ledger_that_was_altered_is_not_used(ledger: Path, harm: Callable[[bytes], bytes]) -> None:
    Ledger.open(ledger)
    ledger.write_bytes(harm(ledger.read_bytes()))
    assert not is_used(ledger)
    opened = Ledger.open(ledger)
    fresh = ledger.with_name("fresh.jsonl")
    fresh.write_bytes(ledger.read_bytes())
    assert opened.history.missing == Ledger.open(fresh).history.missing
    assert len(opened.problems) == len(Ledger.open(fresh).problems)


def test_one_of_another_ledger_is_not_used(ledger: Path, cache: Path) -> None:
    other = ledger.with_name("other.jsonl")
    other.write_bytes(data(500))
    Ledger.open(ledger)
    mine = kept(cache)
    Ledger.open(other)
    (theirs,) = (place for place in cache.iterdir() if place != mine)
    theirs.replace(mine)
    assert not is_used(ledger)
    assert targets(ledger) == list(range(NUMBER))


def test_a_directory_in_its_place_costs_nothing(ledger: Path, cache: Path) -> None:
    Ledger.open(ledger)
    place = kept(cache)
    place.unlink()
    place.mkdir()
    assert targets(ledger) == list(range(NUMBER))


@pytest.mark.parametrize("where", ["/proc/none", "/dev/null", "\x00" * 3])
def test_a_cache_that_cannot_be_costs_nothing(ledger: Path, monkeypatch: pytest.MonkeyPatch, where: str) -> None:
    if "\x00" not in where:
        monkeypatch.setenv("XDG_CACHE_HOME", where)
    else:
        monkeypatch.setattr(Path, "home", no_home)
        monkeypatch.setenv("XDG_CACHE_HOME", "")
    assert targets(ledger) == list(range(NUMBER))
    assert not is_used(ledger)


def no_home() -> Path:
    raise RuntimeError("Could not determine home directory.")


@pytest.mark.parametrize("setting", ["", "relative/cache"])
def test_without_a_setting_it_lies_below_the_home(ledger: Path, monkeypatch: pytest.MonkeyPatch, setting: str) -> None:
    home = ledger.parent / "home"
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("XDG_CACHE_HOME", setting)
    Ledger.open(ledger)
    assert kept(home / ".cache" / "sverka" / "ledgers")


def test_what_killed_programs_left_is_cleared_away(ledger: Path, cache: Path) -> None:
    cache.mkdir(parents=True)
    old, new = cache / ".new-old", cache / ".new-new"
    for left in (old, new):
        left.write_bytes(b"half")
    os.utime(old, (0, 0))
    Ledger.open(ledger)
    assert not old.exists()
    assert new.exists()


# The parent forks one reader after another, each of which makes snapshots, and kills it at a random moment; every other
# one only after it has made one, however slow the machine, and every fourth while that one lies there.
KILLED = """
import os, random, signal, sys, time
from pathlib import Path
from sverka.ledger import Ledger, snapshot

snapshot._LEAST = 1
chance = random.Random(int(sys.argv[2]))
path = Path(sys.argv[1])
for kill in range(int(sys.argv[3])):
    made, tell = os.pipe()
    child = os.fork()
    if child == 0:
        while True:
            for place in path.parent.glob("cache/sverka/ledgers/[0-9a-f]*"):
                place.unlink(missing_ok=True)
            Ledger.open(path)
            os.write(tell, b".")
            if kill % 4 == 3:
                signal.pause()
    if kill % 2:
        os.read(made, 1)
    time.sleep(chance.uniform(0.0, 0.02))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    os.close(made)
    os.close(tell)
    for place in path.parent.glob("cache/sverka/ledgers/[0-9a-f]*"):
        place.replace(path.with_name(f"kept-{kill}"))
"""


@pytest.mark.slow
def test_killed_while_it_is_written_it_is_whole_or_not_there(ledger: Path, cache: Path) -> None:
    ledger.write_bytes(b"".join(data(number * NUMBER) for number in range(5)))
    subprocess.run([sys.executable, "-c", KILLED, str(ledger), "7", "100"], check=True, timeout=250)
    expected = targets(ledger)
    place = kept_whole(cache)
    left = sorted(ledger.parent.glob("kept-*"))
    assert left
    for one in left:
        one.replace(place)
        assert is_used(ledger)
        assert targets(ledger) == expected


def kept_whole(cache: Path) -> Path:
    """The snapshot, and not what killed programs began."""
    (found,) = (place for place in cache.iterdir() if not place.name.startswith("."))
    return found
