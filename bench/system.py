"""Sverka itself as a system to measure: by its own functions for accuracy, as a process for time and memory."""

from __future__ import annotations

import os
import re
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.gold import Page, Prediction
from sverka.correct.corrector import Corrector
from sverka.correct.ranker import Ranker
from sverka.language.knowledge import Knowledge
from sverka.language.names import Gazetteer
from sverka.model import Transcript
from sverka.workflow.pipeline import Checker

FLOOR = 0.05
"""Least confidence of the predictions: what is below would not be shown to anybody."""
_ENOUGH = 20.0
"""Seconds after which a run is long enough to be timed once."""
_RUNS = 3


class Sverka:
    """The engine, with the weights that ship or with others."""

    name = "Sverka"

    def __init__(self, weights: Path | None = None) -> None:
        knowledge = Knowledge.open()
        ranker = Ranker.open(weights) if weights else Ranker.open()
        self._checker = Checker(knowledge, Corrector(knowledge, ranker, Gazetteer.open()), FLOOR)

    def check(self, pages: Sequence[Page]) -> dict[str, tuple[Prediction, ...]]:
        """The findings on each page, by its name."""
        return {page.name: self._findings(page) for page in pages}

    def _findings(self, page: Page) -> tuple[Prediction, ...]:
        beside = Transcript(f"{page.name}.en", page.translation) if page.translation else None
        checked = self._checker.check(Transcript(page.name, page.text), translation=beside)
        return tuple(Prediction(f.span, tuple(c.text for c in f.candidates), f.confidence) for f in checked.findings)


@dataclass(frozen=True, slots=True)
class Cost:
    """What ``sverka check`` takes as a process of its own: seconds, and mebibytes at the most."""

    words: int
    seconds: float
    one: float
    """Seconds for the first page alone: starting up, next to nothing else."""
    memory: float

    @property
    def speed(self) -> float:
        """Words a second past start-up."""
        return self.words / max(1e-9, self.seconds - self.one)


def cost(pages: Sequence[Page]) -> Cost:
    """Time and memory of one process over all pages: the least of a few runs, and the most memory."""
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for page in pages:
            path = Path(folder, f"{page.name}.txt")
            path.write_bytes(page.text.encode("utf-8"))
            paths.append(str(path))
        one = min(_process(paths[:1])[0] for _ in range(_RUNS))
        runs = [_process(paths)]
        while len(runs) < _RUNS and runs[0][0] < _ENOUGH:
            runs.append(_process(paths))
    words = sum(len(re.findall(r"\w+", page.text)) for page in pages)
    return Cost(words, min(seconds for seconds, _ in runs), one, max(memory for _, memory in runs))


def _process(paths: Sequence[str]) -> tuple[float, float]:
    """Wall seconds and peak memory (ru_maxrss of the child, in mebibytes) of ``sverka check``."""
    command = [sys.executable, "-m", "sverka", "check", "-q", "--exit-zero", "--no-cache", "--format", "jsonl", *paths]
    start = time.perf_counter()
    silent = (os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)
    child = os.posix_spawn(sys.executable, command, os.environ, file_actions=[silent])
    _, status, used = os.wait4(child, 0)
    if status:
        raise RuntimeError(f"sverka check failed (status {status})")
    unit = 2**20 if sys.platform == "darwin" else 2**10
    return time.perf_counter() - start, used.ru_maxrss / unit
