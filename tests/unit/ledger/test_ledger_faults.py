"""The faults themselves, not imitations: processes killed while they write, a full disk, two writers at once."""

from __future__ import annotations

import fcntl
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from ledger_events import read, retract_event
from ledger_lines import line

from sverka.errors import LedgerError
from sverka.ledger import Event, Ledger, disk
from sverka.ledger.codec import encode, parse

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


# One process that forks a writer, interrupts it at a random moment after its first decision, and forks the next.
INTERRUPTED_WRITERS = """
import os, random, signal, sys, time
from pathlib import Path
from datetime import UTC, datetime
from sverka.ledger import Ledger, Writer

# A shell that starts the tests in the background has them ignore interrupts.
signal.signal(signal.SIGINT, signal.default_int_handler)
chance = random.Random(int(sys.argv[2]))
for stop in range(int(sys.argv[3])):
    wrote, tell = os.pipe()
    child = os.fork()
    if child == 0:
        store = Ledger(Path(sys.argv[1]))
        try:
            for number in range(1_000_000):
                note = "y" * chance.randrange(20_000)
                event = Writer((), at=datetime.now(UTC), by=note).retract(f"{stop:016x}{number:016x}")
                store.append([event])
                os.write(1, f"{event.id}\\n".encode())
                os.write(tell, b".")
        except KeyboardInterrupt:
            # Who is interrupted may go on: nothing that was begun is in the way.
            event = Writer((), at=datetime.now(UTC), by="later").retract(f"{stop:032x}")
            store.append([event])
            os.write(1, f"{event.id}\\n".encode())
            os._exit(0)
    os.read(wrote, 1)
    time.sleep(chance.uniform(0.0, 0.02))
    os.kill(child, signal.SIGINT if stop % 2 else signal.SIGTERM)
    _, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) in (0, -signal.SIGTERM), status
    os.close(wrote)
    os.close(tell)
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
    last = event(1 << 127)  # no writer's: each retracts what is named by the number of its kill
    for path in sorted(tmp_path.glob("*.jsonl")):
        whole, _, torn = path.read_bytes().rpartition(b"\n")
        events = [parse(line, "") for line in whole.split(b"\n") if line]
        assert all(isinstance(event, Event) for event in events)
        found |= {event.id for event in events if isinstance(event, Event)}
        store = Ledger(path)
        store.append([last])
        assert store.problems == () if not torn else len(store.problems) == 1
        assert read(Ledger(path))[-1] == last
    assert acknowledged <= found


@pytest.mark.slow
def test_nothing_acknowledged_is_lost_when_writers_are_interrupted(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    writers = run(INTERRUPTED_WRITERS, path, 20260103, 100)
    output, _ = writers.communicate(timeout=250)
    assert writers.returncode == 0
    acknowledged = {line for line in output.splitlines() if len(line) == 32}
    assert len(acknowledged) >= 100
    store = Ledger(path)
    assert acknowledged <= {event.id for event in read(store)}
    # A torn line that a later writer met is set aside, and nothing else is wrong.
    assert store.problems == ()


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


@pytest.fixture
def tiny_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 64 kilobytes."""
    place = tmp_path / "disk"
    place.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", place], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("mounting a file system is for root, and for root only where nobody forbids it")
    yield place
    subprocess.run(["umount", place], check=True)


def test_on_a_disk_that_is_really_full_nothing_is_half_written(tiny_disk: Path) -> None:
    path = tiny_disk / "corrections" / "x.jsonl"
    store = Ledger(path)
    written = []
    with pytest.raises(
        LedgerError, match="nothing was recorded, the ledger cannot be written: No space left on device"
    ):
        for number in range(10_000):
            store.append([event(number)])
            written.append(event(number))
    assert len(written) > 100
    assert read(Ledger(path)) == tuple(written)
    before = path.read_bytes()
    # What is torn has to be set aside before anything is written; there is no room for it.
    with path.open("ab") as file, suppress(OSError):
        file.write(b"{" * 8000)
    torn = path.read_bytes()
    with pytest.raises(LedgerError, match="No space left on device"):
        Ledger(path).append([event(1)])
    assert path.read_bytes() == torn
    os.truncate(path, len(before) // 2)
    store = Ledger(path)
    store.append([event(20_000)])
    assert read(Ledger(path))[-1] == event(20_000)


@pytest.mark.parametrize("rest", [b"\x00" * 4096, b"\xff\xfe", b"}{", '{"при'.encode()[:-1], b"\x1b[2J"])
def test_garbage_after_the_last_line_is_set_aside(tmp_path: Path, rest: bytes) -> None:
    path = tmp_path / "x.jsonl"
    Ledger(path).append([event(1)])
    with path.open("ab") as file:
        file.write(rest)
    store = Ledger(path)
    assert read(store) == (event(1),)
    assert [problem.place for problem in store.problems] == [f"{path}:2"]
    store.append([event(2)])
    assert path.read_bytes() == encode(event(1)) + encode(event(2))
    (refuge,) = tmp_path.glob("x.jsonl.torn-*")
    assert refuge.read_bytes() == rest


@pytest.mark.parametrize("rest", [b"\x00" * 4096, b"\xff\xfe", b"}{", b"\x1b[2J", b"[" * 100_000, b"=======", b"{}"])
def test_garbage_between_the_lines_costs_nothing_else(tmp_path: Path, rest: bytes) -> None:
    path = tmp_path / "x.jsonl"
    path.write_bytes(encode(event(1)) + rest + b"\n" + encode(event(2)))
    store = Ledger(path)
    assert read(store) == (event(1), event(2))
    assert [problem.place for problem in store.problems] == [f"{path}:2"]
    assert "\x1b" not in str(store.problems[0])
    store.append([event(3)])
    assert path.read_bytes() == encode(event(1)) + rest + b"\n" + encode(event(2)) + encode(event(3))


@pytest.mark.parametrize("open_before", [False, True], ids=["opened afterwards", "open meanwhile"])
def test_a_ledger_that_another_program_saved_its_own_way(tmp_path: Path, open_before: bool) -> None:
    path = tmp_path / "x.jsonl"
    store = Ledger(path)
    store.append([event(1), event(2)])
    saved = b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n").removesuffix(b"\r\n")
    path.write_bytes(saved)
    if not open_before:
        store = Ledger(path)
    follower = retract_event(event(2).id, at=AT, by="Anna", parents=[event(1).id, event(2).id])
    store.append([follower])
    assert store.problems == ()
    assert path.read_bytes() == saved + b"\n" + encode(follower)
    assert read(Ledger(path)) == (event(1), event(2), follower)


def test_what_a_later_version_wrote_stays_as_it_is_byte_for_byte(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    later = [
        line(v=2, verdict="perhaps", anchor=...),
        line(kind="seal", wax={"colour": "red", "parts": [1.5, None]}),
        line(seconds=4.25, rule="layout"),
        b" " + line(note="spaced") + b"\t\r",
    ]
    before = b"\n".join([*later, b""])
    path.write_bytes(before)
    store = Ledger(path)
    assert len(read(store)) == len(later)
    store.append([retract_event(event(1).id, at=AT, by="Anna", parents=store.history.heads)])
    assert store.problems == ()
    assert path.read_bytes().startswith(before)
    assert [found.line for found in map(Ledger.open(path).event, range(len(later)))] == [one.strip() for one in later]


@pytest.mark.parametrize(
    "left", [None, 0, 0.3, 0.5], ids=["deleted", "emptied", "cut within a line", "cut after a line"]
)
def test_a_ledger_that_is_taken_away_meanwhile_gets_no_event_without_its_past(
    tmp_path: Path, left: float | None
) -> None:
    path = tmp_path / "x.jsonl"
    store = Ledger(path)
    first, second = event(1), retract_event("2" * 32, at=AT, by="Anna", parents=[event(1).id])
    store.append([first, second])
    if left is None:
        path.unlink()
    else:
        os.truncate(path, len(encode(first)) if left == 0.5 else int(left * path.stat().st_size))
    before = path.read_bytes() if path.exists() else None
    third = retract_event("3" * 32, at=AT, by="Anna", parents=store.history.heads)
    with pytest.raises(LedgerError, match="nothing was recorded, the ledger was replaced by another one meanwhile"):
        store.append([third])
    assert (path.read_bytes() if path.exists() else None) == before
    # Opened again, it takes what is decided from then on.
    again = Ledger.open(path)
    fourth = retract_event("4" * 32, at=AT, by="Anna", parents=again.history.heads)
    again.append([fourth])
    assert fourth in read(Ledger(path))
