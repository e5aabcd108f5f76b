"""Work on several processes: everything is done, and what a killed process was at is known."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence

import pytest

from sverka.workflow import workers
from sverka.workflow.workers import Killed, spread


def doubled(number: int) -> int:
    return 2 * number


def slow_at_first(number: int) -> int:
    time.sleep(0.3 if number == 0 else 0.0)
    return number


def dangerous(number: int) -> int:
    """Kills its own process now and then, as a system does that has no memory left."""
    if number % 7 == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    if number % 7 == 5:
        os._exit(4)
    return number


def deadly(number: int) -> int:
    os.kill(os.getpid(), signal.SIGKILL)
    return number


def large(number: int) -> bytes:
    return bytes(1_000_000)


@pytest.mark.parametrize("processes", [1, 2, 5])
@pytest.mark.parametrize("items", [(), (1,), tuple(range(300))])
def test_everything_is_done_once(items: Sequence[int], processes: int) -> None:
    assert sorted(spread(doubled, items, processes)) == [(i, 2 * item) for i, item in enumerate(items)]


def test_others_do_not_wait_for_a_slow_one() -> None:
    order = [number for number, _ in spread(slow_at_first, range(50), 2)]
    # One was given to the slow process already, to be done after.
    assert set(order[-3:]) >= {0}


def test_results_do_not_pile_up_behind_a_slow_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "_AHEAD", 10)
    order = [number for number, _ in spread(slow_at_first, range(50), 2)]
    assert sorted(order) == list(range(50))
    assert order.index(0) < 11


@pytest.mark.parametrize("processes", [1, 2, 4])
def test_a_killed_process_costs_what_it_was_at_and_nothing_else(processes: int) -> None:
    outcomes = dict(spread(dangerous, range(60), processes))
    assert sorted(outcomes) == list(range(60))
    for number, outcome in outcomes.items():
        if number % 7 == 3:
            assert outcome == Killed("was killed (SIGKILL)")
        elif number % 7 == 5:
            assert outcome == Killed("ended with status 4")
        else:
            assert outcome == number


def test_when_all_are_killed_it_ends() -> None:
    outcomes = list(spread(deadly, range(5), 2))
    assert sorted(number for number, _ in outcomes) == list(range(5))
    assert all(isinstance(outcome, Killed) for _, outcome in outcomes)


def test_large_results_pass() -> None:
    assert all(isinstance(each, bytes) and len(each) == 1_000_000 for _, each in spread(large, range(6), 2))


# A process with workers is killed; then nobody may be left to hold the pipe open that they inherited from it.
ABANDONED = """
import os, signal, time
from sverka.workflow.workers import spread

def work(number):
    if number > 5:
        os.kill(parent, signal.SIGKILL)
    return number

parent = os.getpid()
list(spread(work, range(100), 3))
"""


def test_workers_end_when_nobody_asks_any_more() -> None:
    with subprocess.Popen([sys.executable, "-c", ABANDONED], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as parent:
        assert parent.communicate(timeout=30) == (b"", b"")


def test_who_stops_early_leaves_no_process_behind() -> None:
    results = spread(doubled, range(100), 2)
    next(results)
    results.close()  # type: ignore[attr-defined]
    assert multiprocessing.active_children() == []
