"""How long a long ledger takes, and how much memory.

    SVERKA_LONG_LEDGER=1000000 pytest -s tests/unit/ledger/test_long_ledger.py

takes a million events and prints what was measured. Bounds are for processor time, which does not depend so much on
what else the machine does, and in proportion to those for a million: opened again in 3 seconds, in a gigabyte, and an
event more in 5 ms, not counting the wait for the disk.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from hashlib import sha256
from itertools import islice
from pathlib import Path

import pytest

EVENTS = int(os.environ.get("SVERKA_LONG_LEDGER", "200000"))
MILLION = 1_000_000
DIGEST = "5" * 64
AROUND = "пусть она будет теперь вестись н"
PLACES = 300_000

OPEN = (
    '{"at":"@","by":"Anna",',
    '"kind":"open","parents":[],"transcript":{"length":9000000,"path":"x","sha256":"#"},"v":1}',
)
DECISION = (
    '{"anchor":{"end":%d,"exact":"топорь","prefix":"%s","start":%d,"suffix":"%s"},"at":"@","by":"Anna","class":"ocr",'
    '"confidence":0.98,',
    '"kind":"decision","note":"","offered":[{"probability":0.95,"text":"теперь"},{"probability":0.02,"text":"топор"}],'
    '"parents":["%s"],"replacement":"теперь","rule":"nonword","scope":"place","transcript":"#","v":1,"verdict":"accept"}',
)
RETRACT = '{"at":"@","by":"Anna",', '"kind":"retract","parents":["%s"],"target":"%s","v":1}'

# What is measured is measured in a process of its own: its memory is nobody else's.
MEASURE = """
import json, os, statistics, sys, time
from datetime import UTC, datetime
from pathlib import Path
from sverka.ledger import Ledger, Writer

path, appends = Path(sys.argv[1]), int(sys.argv[2])
wall, work = time.perf_counter(), time.process_time()
ledger = Ledger.open(path)
told = {"wall": time.perf_counter() - wall, "work": time.process_time() - work, "events": len(ledger.history)}
assert ledger.problems == ()
ledger.history.undoable, ledger.history.redoable

walls, works, syncs = [], [], []
for number in range(appends):
    event = Writer(ledger.history.heads, at=datetime.now(UTC), by="Anna").tag(f"number {number}")
    wall, work = time.perf_counter(), time.process_time()
    ledger.append([event])
    walls.append(time.perf_counter() - wall)
    works.append(time.process_time() - work)
    with path.with_name("other").open("ab") as file:
        file.write(event.line)
        file.flush()
        wall = time.perf_counter()
        os.fsync(file)
        syncs.append(time.perf_counter() - wall)
if appends:
    for name, values in (("append wall", walls), ("append work", works), ("fsync", syncs)):
        told[name] = statistics.median(values)
# Only Linux tells; ru_maxrss a process inherits from the one that started it.
status = Path("/proc/self/status")
peaks = [line for line in status.read_text().splitlines() if line.startswith("VmHWM")] if status.exists() else ["0 0"]
told["memory"] = int(peaks[0].split()[1]) * 1024
print(json.dumps(told))
"""


def lines() -> Iterator[str]:
    """Canonical lines: decisions on many places, one in twenty of the events taking back the decision before it."""

    last = ""

    def made(beginning: str, rest: str, number: int) -> str:
        second, day = number // 10 % 86400, number // 864000
        at = f"2026-01-{1 + day:02}T{second // 3600:02}:{second // 60 % 60:02}:{second % 60:02}.{number % 10}00Z"
        beginning, rest = beginning.replace("@", at), rest.replace("#", DIGEST)
        nonlocal last
        last = sha256(f"{beginning}{rest}".encode()).hexdigest()[:32]
        return f'{beginning}"id":"{last}",{rest}\n'

    yield made(*OPEN, 0)
    number = 0
    while True:
        number += 1
        if number % 20 == 0:
            yield made(RETRACT[0], RETRACT[1] % (last, last), number)
        else:
            start = number % PLACES * 30
            yield made(DECISION[0] % (start + 6, AROUND, start, AROUND), DECISION[1] % last, number)


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("long") / "x.jsonl"
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(islice(lines(), EVENTS))
    return path


def measured(path: Path, appends: int) -> dict[str, float]:
    environment = {**os.environ, "XDG_CACHE_HOME": str(path.parent / "cache")}
    command = [sys.executable, "-c", MEASURE, str(path), str(appends)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    told: dict[str, float] = json.loads(done.stdout)
    sys.stdout.write(" ".join(f"{name} {value:.4g}" for name, value in told.items()) + "\n")
    return told


@pytest.mark.slow
def test_a_long_ledger_is_opened_and_added_to_at_once(ledger: Path) -> None:
    share = EVENTS / MILLION
    first = measured(ledger, 0)
    assert first["events"] == EVENTS
    assert first["work"] < 60 * share
    assert first["memory"] < 0.15e9 + 0.85e9 * share
    again = measured(ledger, 200)
    assert again["events"] == EVENTS
    assert again["work"] < 3 * share
    assert again["memory"] < 0.15e9 + 0.85e9 * share
    assert again["append work"] < 0.005
