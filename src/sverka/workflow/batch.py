"""Many transcripts: check them one after the other or on several processors, and gather a report.

One transcript that cannot be read does not stop the others: it becomes a :class:`Problem` among the results.
"""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache, partial
from pathlib import Path

from sverka import __version__
from sverka.config import Config, find_project
from sverka.errors import SverkaError, UsageError
from sverka.load import companion, read
from sverka.model import Checked, Decision, Problem, Report, Reviewed, Span, Transcript
from sverka.workflow.pipeline import Checker
from sverka.workflow.records import record_of
from sverka.workflow.sources import Source, problem
from sverka.workflow.versions import changed_since

__all__ = ["Settings", "check", "check_one", "report"]

Progress = Callable[[int, int, str], None]
"""Told before each transcript and after the last: how many are done, of how many, and the name of the next."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What was asked for beyond the project's settings; None leaves it to those. ``jobs`` counts processes."""

    min_confidence: float | None = None
    translation: str | None = None
    jobs: int | None = None


def check(
    sources: Sequence[Source],
    settings: Settings,
    *,
    progress: Progress | None = None,
) -> Iterator[Checked | Problem]:
    """The findings of each transcript that count, in the order of ``sources``.

    Raises :class:`UsageError` when one translation is to serve several transcripts.
    """
    if settings.translation is not None and len(sources) > 1:
        raise UsageError("one translation cannot serve several transcripts", remedy="check one transcript at a time")
    work = partial(_attempt, settings)
    jobs = min(_jobs(sources, settings), len(sources))
    results = _in_processes(work, sources, jobs) if jobs > 1 else map(work, sources)
    return _told(results, sources, progress)


def check_one(source: Source, settings: Settings) -> Checked:
    """One transcript checked, with the translation asked for or the one beside it. Raises what went wrong."""
    config = find_project(source.path).config
    if settings.min_confidence is not None:
        config = replace(config, min_confidence=settings.min_confidence)
    return _checker(config).check(source.read(), translation=_translation(source, settings))


def report(
    sources: Sequence[Source],
    settings: Settings,
    *,
    problems: Sequence[Problem] = (),
    since: str = "",
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    progress: Progress | None = None,
) -> Report:
    """Everything there is to tell of the transcripts: findings, the decisions in force, and ``problems`` met before.

    ``since`` names a version of the ledgers (:func:`sverka.workflow.versions.changed_since`): then there is only to
    tell of the places on which a decision was made or taken back since.
    """
    documents: list[Reviewed] = []
    unchanged = 0
    met = list(problems)
    for source, checked in zip(sources, check(sources, settings, progress=progress), strict=True):
        if isinstance(checked, Problem):
            met.append(checked)
            continue
        try:
            record = record_of(checked.document.transcript, source.path)
            reviewed: Reviewed | None = Reviewed(checked, record.standing.decisions)
            if since:
                reviewed = _only(checked, record.standing.decisions, changed_since(record, since))
        except SverkaError as error:
            met.append(problem(error, source.name))
            continue
        met += record.problems
        if reviewed is None:
            unchanged += 1
        else:
            documents.append(reviewed)
    made_at = clock().astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return Report(tuple(documents), tuple(met), made_at, f"sverka {__version__}", since, unchanged)


def _only(checked: Checked, decisions: Sequence[Decision], spans: frozenset[Span]) -> Reviewed | None:
    """What there is at some places; None where there is nothing."""
    findings = tuple(finding for finding in checked.findings if finding.span in spans)
    said = tuple(decision for decision in decisions if decision.anchor.span in spans)
    return Reviewed(replace(checked, findings=findings), said) if findings or said else None


def _translation(source: Source, settings: Settings) -> Transcript | None:
    if settings.translation is not None:
        return read(Path(settings.translation))
    beside = companion(source.path) if source.data is None else None
    return read(beside) if beside else None


@cache
def _checker(config: Config) -> Checker:
    """One for each set of settings and process: the knowledge it opens is mapped once."""
    return Checker.open(config)


def _jobs(sources: Sequence[Source], settings: Settings) -> int:
    if settings.jobs is not None or not sources:
        return settings.jobs or 1
    return find_project(sources[0].path).config.jobs


def _attempt(settings: Settings, source: Source) -> Checked | Problem:
    try:
        return check_one(source, settings)
    except SverkaError as error:
        return problem(error, source.name)
    except Exception as error:  # one file that the program has a fault with must not cost the other ten thousand
        return Problem(source.name, f"this should not have happened: {type(error).__name__}: {error}")


def _in_processes(
    work: Callable[[Source], Checked | Problem], sources: Sequence[Source], jobs: int
) -> Iterator[Checked | Problem]:
    executor = ProcessPoolExecutor(jobs, initializer=_leave_interrupts_to_the_parent)
    try:
        yield from executor.map(work, sources)
    finally:
        executor.shutdown(cancel_futures=True)


def _leave_interrupts_to_the_parent() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _told(
    results: Iterable[Checked | Problem], sources: Sequence[Source], progress: Progress | None
) -> Iterator[Checked | Problem]:
    tell = progress or (lambda done, total, name: None)
    iterator = iter(results)
    for done, source in enumerate(sources):
        tell(done, len(sources), source.name)
        yield next(iterator)
    tell(len(sources), len(sources), "")
