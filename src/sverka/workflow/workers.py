"""Work spread over several processes, any of which may be killed without harm to what the others do.

The pools of the standard library give up when one of their processes is killed, and do not say what it was doing. Here
each process has a pipe of its own. The first thing that was given to it and is not answered when the pipe breaks is
what it was doing: that is lost, and another process takes its place.
"""

from __future__ import annotations

import multiprocessing
import signal
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import TypeVar

__all__ = ["Killed", "spread"]

Item = TypeVar("Item")
Result = TypeVar("Result")

_AT_HAND = 2
"""Items given to a process at a time: it begins the second while the first is being taken from it."""
_AHEAD = 256
"""No item is begun that stands farther than this behind one that is not done: their results wait in memory."""


@dataclass(frozen=True, slots=True)
class Killed:
    """What becomes of an item whose process ended in the midst of it; ``how`` as a predicate."""

    how: str


def spread(
    work: Callable[[Item], Result], items: Sequence[Item], processes: int
) -> Iterator[tuple[int, Result | Killed]]:
    """What ``work`` makes of every item, with the item's number, as they get done.

    ``work`` must not raise; an exception ends its process, and counts as if that was killed.
    """
    waiting = deque(range(len(items)))
    crew = [_Worker.start(work, items) for _ in range(min(processes, len(items)))]
    try:
        while True:
            _hand_out(waiting, crew)
            busy = {worker.pipe: worker for worker in crew if worker.given}
            if not busy:
                return
            for pipe in wait(list(busy)):
                worker = next(worker for each, worker in busy.items() if each is pipe)
                try:
                    result = worker.pipe.recv()
                except (EOFError, OSError):
                    number = worker.given.popleft()
                    waiting.extendleft(reversed(worker.given))
                    crew[crew.index(worker)] = _Worker.start(work, items)
                    yield number, Killed(worker.end())
                else:
                    yield worker.given.popleft(), result
    finally:
        for worker in crew:
            worker.process.terminate()
        for worker in crew:
            worker.end()


def _hand_out(waiting: deque[int], crew: Sequence[_Worker]) -> None:
    """Give everybody something to do, in the order of the items."""
    for _ in range(_AT_HAND):
        for worker in crew:
            begun = (number for each in crew for number in each.given)
            if waiting and len(worker.given) < _AT_HAND and waiting[0] - min(begun, default=waiting[0]) < _AHEAD:
                worker.give(waiting.popleft())


@dataclass(slots=True, eq=False)
class _Worker:
    """A process at work; ``given`` are the numbers of the items it has not answered, in their order."""

    process: BaseProcess
    pipe: Connection
    given: deque[int] = field(default_factory=deque)

    @classmethod
    def start(cls, work: Callable[[Item], Result], items: Sequence[Item]) -> _Worker:
        pipe, far = multiprocessing.Pipe()
        process = multiprocessing.Process(target=_serve, args=(work, items, pipe, far), daemon=True)
        process.start()
        far.close()
        return cls(process, pipe)

    def give(self, number: int) -> None:
        # One that was killed just now is noticed when its answer is waited for.
        with suppress(OSError):
            self.pipe.send(number)
        self.given.append(number)

    def end(self) -> str:
        """Wait until the process has ended, and say how."""
        self.process.join()
        self.pipe.close()
        code = self.process.exitcode or 0
        return f"was killed ({signal.Signals(-code).name})" if code < 0 else f"ended with status {code}"


def _serve(work: Callable[[Item], Result], items: Sequence[Item], near: Connection, far: Connection) -> None:
    """Answer what is asked through the pipe, as long as anybody asks; ``near`` is the end of who does."""
    # An interrupt is for the parent to answer.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    near.close()  # or this process would never notice that the parent is gone
    with suppress(EOFError, ConnectionError):
        while True:
            far.send(work(items[far.recv()]))
