"""Everything measured, a section at a time."""

from __future__ import annotations

import multiprocessing
import platform
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from bench import ablation, fitting, generation, gold, harmless, learning, letters, pages, tables
from bench.calibration import calibration
from bench.gold import Page, Prediction, Segment
from bench.peers import PEERS, Peer
from bench.system import Cost, Sverka, cost
from bench.tables import Section
from sverka import __version__

PARTS = ("cost", "letters", "learning", "pages", "clean", "newspaper", "generation", "held-out", "ablation")
"""What can be measured; all but the first three need the larger sets, and the third says more where they are."""

_LEVELS = (0.05, 0.5, 0.9)
HELD_OUT = "Sverka, pages held out"

Predictions = Mapping[str, tuple[Prediction, ...]]
Talk = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Sets:
    """The texts to measure on; a set that is not there is empty. ``folder`` is where the pages lie."""

    letters: tuple[Page, ...]
    pages: tuple[Page, ...]
    clean: tuple[Page, ...]
    segments: tuple[Segment, ...]
    folder: Path

    @classmethod
    def of(cls, shared: Path, parts: frozenset[str], talk: Talk) -> Sets:
        """The letters of this project, and the larger sets as far as they lie under ``shared`` and are asked for."""

        def there(wanted: set[str], *names: str) -> bool:
            path = shared.joinpath(*names)
            if wanted & parts and not path.exists():
                talk(f"not measured: {'/'.join(names)}, which is not in {shared}")
            return bool(wanted & parts) and path.exists()

        folder = shared / "bench" / "dev"
        of_pages = there({"pages", "generation", "held-out", "ablation", "cost"}, "bench", "dev")
        return cls(
            gold.letters(),
            gold.pages(folder) if of_pages else (),
            gold.clean(shared / "clean") if there({"clean"}, "clean") else (),
            gold.segments(shared / "real-ocr" / "dev.jsonl") if there({"newspaper"}, "real-ocr", "dev.jsonl") else (),
            folder,
        )

    def named(self, parts: frozenset[str]) -> dict[str, tuple[Page, ...]]:
        """The texts of the sets that systems are compared on, by the name of the part."""
        newspaper = tuple(Page(segment.name, segment.text, ()) for segment in self.segments)
        texts = {"letters": self.letters, "pages": self.pages, "clean": self.clean, "newspaper": newspaper}
        return {name: of_set for name, of_set in texts.items() if of_set and name in parts}


@dataclass(frozen=True, slots=True)
class Answers:
    """What a system said, by the name of the set; ``speed`` is in words per second, where it was measured."""

    predictions: Mapping[str, Predictions]
    speed: float | None = None


def measure(
    shared: Path, parts: frozenset[str], *, peers: bool, jobs: int, talk: Talk, today: date
) -> Iterator[Section]:
    """The sections that ``parts`` ask for, as they get ready; ``jobs`` counts processes at work."""
    sets = Sets.of(shared, parts, talk)
    stamp = f"Measured on {today.isoformat()} with Sverka {__version__}."
    timed = None
    if "cost" in parts:
        # By itself, before anything else is at work.
        talk("time and memory")
        timed = cost(sets.pages or sets.letters)
        yield _stamped(tables.cost(timed, _processor()), stamp)
    if "learning" in parts:
        for name, sets_of_it in (("learning", learning.LARGER), ("learning_letters", learning.OWN)):
            learned = learning.measured(sets_of_it, shared, jobs, talk)
            if learned:
                yield _stamped(tables.learning(name, learned), stamp)
    texts = sets.named(parts)
    with ProcessPoolExecutor(max(1, jobs - 1), multiprocessing.get_context("fork")) as executor:
        asked, missing = _asked(executor, texts, talk) if peers and texts else ({}, [])
        if missing:
            stamp += " " + " ".join(f"Not measured: {line}." for line in missing)
        talk("Sverka")
        answers = {Sverka.name: _own(texts, timed)}
        yield from _of_choices(sets, parts, jobs, talk, stamp, answers)
        for name, future in asked.items():
            talk(f"waiting for {name}")
            answers[name] = future.result()
    for section in _compared(sets, texts, answers):
        yield _stamped(section, stamp)


def _stamped(section: Section, stamp: str) -> Section:
    return replace(section, text=f"{stamp}\n\n{section.text}")


def _own(texts: Mapping[str, tuple[Page, ...]], timed: Cost | None) -> Answers:
    sverka = Sverka()
    return Answers({name: sverka.check(of_set) for name, of_set in texts.items()}, timed.speed if timed else None)


def _asked(
    executor: ProcessPoolExecutor, texts: Mapping[str, tuple[Page, ...]], talk: Talk
) -> tuple[dict[str, Future[Answers]], list[str]]:
    """The peers at work, and those that cannot be had."""
    asked, missing = {}, []
    for peer in PEERS:
        lacking = peer.missing()
        if lacking:
            missing.append(f"{peer.name}, which needs {lacking}")
            talk(f"not measured: {missing[-1]}")
        else:
            asked[peer.name] = executor.submit(_answers, peer, texts)
    return asked, missing


def _answers(peer: type[Peer], texts: Mapping[str, tuple[Page, ...]]) -> Answers:
    asked = peer()
    asked.ask(["слово"])  # what is loaded once is not part of the time
    predictions: dict[str, Predictions] = {}
    speed = None
    for name, of_set in texts.items():
        start = time.perf_counter()
        predictions[name] = asked.check(of_set)
        if name == "pages":
            speed = asked.speed(of_set, time.perf_counter() - start)
    return Answers(predictions, speed)


def _of_choices(
    sets: Sets, parts: frozenset[str], jobs: int, talk: Talk, stamp: str, answers: dict[str, Answers]
) -> Iterator[Section]:
    """What is measured within the engine; adds the findings on pages held out to ``answers``."""
    if not sets.pages:
        return
    if "generation" in parts:
        talk("candidates offered")
        found = answers[Sverka.name].predictions.get("pages") or Sverka().check(sets.pages)
        yield _stamped(tables.generation(generation.offered(sets.pages, found)), stamp)
    if not parts & {"held-out", "ablation"}:
        return
    talk("samples to fit on")
    samples = fitting.samples(sets.folder)
    if "held-out" in parts:
        talk("fitting without each fifth of the pages")
        answers[HELD_OUT] = Answers({"pages": fitting.held_out(sets.pages, samples, jobs)})
    if "ablation" in parts:
        talk("fitting without each group of features")
        yield _stamped(tables.ablation(ablation.ablation(samples, jobs), ablation.groups()), stamp)


def _compared(sets: Sets, texts: Mapping[str, tuple[Page, ...]], answers: Mapping[str, Answers]) -> Iterator[Section]:
    """The systems side by side on each set."""

    def of_set(name: str) -> dict[str, Predictions]:
        return {system: given.predictions[name] for system, given in answers.items() if name in given.predictions}

    if "letters" in texts:
        real = [letter for letter in sets.letters if letter.name == gold.REAL]
        yield tables.letters(
            {
                system: {level: letters.score(sets.letters, said, level) for level in _levels(system)}
                for system, said in of_set("letters").items()
            },
            {
                system: {level: letters.score(real, said, level) for level in _levels(system)}
                for system, said in of_set("letters").items()
            },
        )
    if "pages" in texts:
        scores = {system: pages.score(sets.pages, said) for system, said in of_set("pages").items()}
        yield tables.pages(scores, {name: given.speed for name, given in answers.items() if given.speed is not None})
        own = [name for name in (HELD_OUT, Sverka.name) if name in scores]
        peers = [name for name in scores if name not in own]
        yield tables.kinds({name: scores[name] for name in (own[0], *peers)})
        said = of_set("pages")
        yield tables.calibration({name: calibration(sets.pages, said[name]) for name in own})
    if "clean" in texts:
        yield tables.clean({system: harmless.clean(sets.clean, said) for system, said in of_set("clean").items()})
    if "newspaper" in texts:
        scored = {system: harmless.edition(sets.segments, said) for system, said in of_set("newspaper").items()}
        yield tables.newspaper(scored)


def _levels(system: str) -> tuple[float, ...]:
    """A peer's confidences are all 1."""
    return _LEVELS if system == Sverka.name else (0.5,)


def _processor() -> str:
    """What the machine calls its processor."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").split("\n")
    except OSError:
        lines = []
    named = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    return named[0] if named else platform.processor() or platform.machine()
