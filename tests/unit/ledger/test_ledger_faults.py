"""The faults themselves, not imitations: processes killed while they write, a full disk, two writers at once."""

from __future__ import annotations

import fcntl
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from ledger_events import read, retract_event

from sverka.errors import LedgerError
from sverka.ledger import Event, Ledger, disk
from sverka.ledger.codec import parse

AT = "2026-01-02T03:04:05.678Z"

WRITER = """
import sys
from pathlib import Path
from datetime import UTC, datetime
from sverka.ledger import Ledger, Writer

store = Ledger(Path(sys.argv[1]))
for number in range(int(sys.argv[3])):
    event = Writer((), at=datetime.now(UTC), by=sys.argv[2]).retract(f"{number:032x}")
    store.append([event])
    print(event.id, flush=True)
"""

# One process that forks a writer, kills it at a random moment, and forks the next: the interpreter starts only once.
# Every fifty kills there is a new ledger, so that reading it never takes the time in which to be killed; every other
# writer is let live until it has written something, however slow the machine.
KILLED_WRITERS = """
import os, random, signal, sys, time
from pathlib import Path
from datetime import UTC, datetime
from sverka.ledger import Ledger, Writer

chance = random.Random(int(sys.argv[2]))
for kill in range(int(sys.argv[3])):
    wrote, tell = os.pipe()
    child = os.fork()
    if child == 0:
        store = Ledger(Path(sys.argv[1], f"{kill // 50}.jsonl"))
        for number in range(1_000_000):
            note = "y" * chance.randrange(20_000)
            event = Writer((), at=datetime.now(UTC), by=note).retract(f"{kill:016x}{number:016x}")
            store.append([event])
            os.write(1, f"{event.id}\\n".encode())
            os.write(tell, b".")
    if kill % 2:
        os.read(wrote, 1)
    time.sleep(chance.uniform(0.0, 0.02))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    os.close(wrote)
    os.close(tell)
"""

FULL_DISK = """
import resource, sys
from pathlib import Path
from sverka.errors import LedgerError
from datetime import UTC, datetime
from sverka.ledger import Ledger, Writer

path = Path(sys.argv[1])
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), resource.RLIM_INFINITY))
store = Ledger(path)
store.read()
event = Writer((), at=datetime.now(UTC), by="Anna").retract("1" * 32)
try:
    store.append([event])
except LedgerError as error:
    print(error)
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    store.append([event])
"""


def run(program: str, *arguments: object) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", program, *map(str, arguments)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def event(number: int) -> Event:
    return retract_event(f"{number:032x}", at=AT, by="Anna", parents=())


@pytest.mark.slow
def test_nothing_acknowledged_is_lost_when_writers_are_killed(tmp_path: Path) -> None:
    output, _ = run(KILLED_WRITERS, tmp_path, 20260102, 1000).communicate(timeout=250)
    # The last line that a killed process printed may itself be cut short.
    acknowledged = {line for line in output.splitlines() if len(line) == 32}
    assert len(acknowledged) >= 500
    found: set[str] = set()
    for path in sorted(tmp_path.glob("*.jsonl")):
        whole, _, torn = path.read_bytes().rpartition(b"\n")
        events = [parse(line, "") for line in whole.split(b"\n") if line]
        assert all(isinstance(event, Event) for event in events)
        found |= {event.id for event in events if isinstance(event, Event)}
        store = Ledger(path)
        store.append([event(1)])
        assert store.problems == () if not torn else len(store.problems) == 1
        assert read(Ledger(path))[-1] == event(1)
    assert acknowledged <= found


def test_a_write_cut_short_anywhere_leaves_the_rest_whole(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    Ledger(path).append([event(1), event(2)])
    data = path.read_bytes()
    first = data.index(b"\n") + 1
    for cut in range(first, len(data)):
        path.write_bytes(data[:cut])
        Ledger(path).append([event(3)])
        kept = (event(1), event(2)) if cut == len(data) - 1 else (event(1),)
        assert read(Ledger(path)) == (*kept, event(3))


def test_two_writers_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "new" / "x.jsonl"
    writers = [run(WRITER, path, name, 200) for name in ("Anna", "Boris")]
    printed = [writer.communicate(timeout=60)[0].split() for writer in writers]
    store = Ledger(path)
    events = read(store)
    assert store.problems == ()
    assert [event.id for event in events if event.by == "Anna"] == printed[0]
    assert [event.id for event in events if event.by == "Boris"] == printed[1]
    assert len(events) == 400


@pytest.mark.parametrize("room", [0, 1, 100])
def test_on_a_full_disk_nothing_is_half_written(tmp_path: Path, room: int) -> None:
    path = tmp_path / "x.jsonl"
    Ledger(path).append([event(1), event(2)])
    before = path.read_bytes()
    output, _ = run(FULL_DISK, path, len(before) + room).communicate(timeout=60)
    assert output.count("\n") == 1
    assert "x.jsonl: nothing was recorded, the ledger cannot be written: File too large" in output
    # The program went on to append the same event once there was room: nothing of the first try is left.
    assert path.read_bytes().startswith(before)
    assert len(read(Ledger(path))) == 3


def test_on_a_full_disk_no_empty_ledger_is_left(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    program = FULL_DISK[: FULL_DISK.index("    resource.setrlimit")]
    output, _ = run(program, path, 50).communicate(timeout=60)
    assert "File too large" in output
    assert list(tmp_path.iterdir()) == []


def test_a_torn_line_that_cannot_be_set_aside_stays_where_it_is(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    Ledger(path).append([event(1)])
    torn = b"{" + b"x" * 500
    with path.open("ab") as file:
        file.write(torn)
    before = path.read_bytes()
    program = FULL_DISK[: FULL_DISK.index("    resource.setrlimit")]
    output, _ = run(program, path, 400).communicate(timeout=60)
    assert "File too large" in output
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_a_lock_that_is_never_released_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(disk, "_PATIENCE", 0.05)
    path = tmp_path / "x.jsonl"
    store = Ledger(path)
    store.append([event(1)])
    with path.open("rb") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        with pytest.raises(LedgerError, match="another program holds the ledger"):
            store.append([event(2)])
    store.append([event(2)])
    assert len(read(Ledger(path))) == 2


def test_a_ledger_replaced_while_we_wait_for_the_lock_is_the_one_written(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    Ledger(path).append([event(1)])
    with path.open("rb") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        writer = run(WRITER, path, "Anna", 1)
        time.sleep(0.5)  # long enough for it to stand before the lock
        merged = tmp_path / "merged"
        merged.write_bytes(path.read_bytes())
        merged.replace(path)
    writer.communicate(timeout=60)
    assert len(read(Ledger(path))) == 2


def test_a_killed_holder_lets_go_of_the_lock(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    writer = run(WRITER, path, "Anna", 1_000_000)
    assert writer.stdout is not None
    writer.stdout.readline()
    os.kill(writer.pid, signal.SIGKILL)
    writer.wait()
    writer.stdout.close()
    Ledger(path).append([event(7)])
