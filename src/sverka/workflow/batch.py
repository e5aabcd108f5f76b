"""Many transcripts: check them one after the other or on several processors, and gather a report.

One transcript that cannot be read does not stop the others: it becomes a :class:`Problem` among the results. What was
checked before, and has not changed, is taken from the user's cache folder (:mod:`sverka.workflow.kept`). The engine is
loaded when the first transcript has to be checked.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeAlias

from sverka import PROGRAM
from sverka.config import Config, find_project
from sverka.errors import SverkaError, UsageError
from sverka.model import Checked, Decision, Problem, Report, Reviewed, Span, Transcript
from sverka.workflow import fingerprint, kept
from sverka.workflow.sources import Source, problem, translation
from sverka.workflow.workers import Killed, spread

if TYPE_CHECKING:
    from sverka.workflow.pipeline import Checker

__all__ = ["Progress", "Settings", "check", "check_one", "report"]

_OVERHEAD = 1000
"""What it takes to check a transcript besides its text, in bytes of text that could be checked in that time."""


class Progress(Protocol):
    """Told before the first transcript and after each.

    ``done`` are done of ``total``, which is ``part`` of the work (0 to 1), by the lengths of the texts; ``reused`` of
    them had been checked before. ``name`` is one at work, empty at the end.
    """

    def __call__(self, done: int, total: int, name: str, *, part: float, reused: int) -> None:
        """Show it."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What was asked for beyond the project's settings; None leaves it to those. ``jobs`` counts processes.

    Without ``cache`` nothing is taken from the user's cache folder, and nothing left there.
    """

    min_confidence: float | None = None
    translation: str | None = None
    jobs: int | None = None
    cache: bool = True


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
    return _in_order(sources, _Examiner(settings), min(_jobs(sources, settings), len(sources)), progress)


def check_one(source: Source, settings: Settings) -> Checked:
    """One transcript checked, with the translation asked for or the one beside it. Raises what went wrong."""
    return _Examiner(settings).examine(source).checked()


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
    # Who only checks has no use for ledgers.
    from sverka.workflow.records import record_of  # noqa: PLC0415
    from sverka.workflow.versions import changed_since  # noqa: PLC0415

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
    return Report(tuple(documents), tuple(met), made_at, PROGRAM, since, unchanged)


def _only(checked: Checked, decisions: Sequence[Decision], spans: frozenset[Span]) -> Reviewed | None:
    """What there is at some places; None where there is nothing."""
    findings = tuple(finding for finding in checked.findings if finding.span in spans)
    said = tuple(decision for decision in decisions if decision.anchor.span in spans)
    return Reviewed(replace(checked, findings=findings), said) if findings or said else None


# One transcript


@dataclass(frozen=True, slots=True)
class _Examined:
    """A transcript with what was found in it, in the form in which it is kept, and sent from one process to another.

    A fresh result takes this form, too: so one that is ``reused`` cannot differ from it.
    """

    transcript: Transcript
    translation: Transcript | None
    packed: bytes
    reused: bool

    def checked(self) -> Checked:
        return kept.unpack(self.packed, self.transcript, self.translation)


_Outcome: TypeAlias = _Examined | Problem


@dataclass(frozen=True, slots=True)
class _Ground:
    """What holds for all transcripts of a folder: their settings, and the fingerprint of what their project knows.

    The fingerprint is empty where that cannot be read, which the engine will say when it is opened.
    """

    config: Config
    known: str


class _Examiner:
    """Checks one transcript after the other, or finds that it was checked before."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._grounds: dict[Path, _Ground] = {}

    def attempt(self, source: Source) -> _Outcome:
        """What was found, or what went wrong."""
        try:
            return self.examine(source)
        except SverkaError as error:
            return problem(error, source.name)
        except Exception as error:  # one file that the program has a fault with must not cost the other ten thousand
            if _was_interrupted(error):
                raise KeyboardInterrupt from None
            return Problem(source.name, f"this should not have happened: {type(error).__name__}: {error}")

    def examine(self, source: Source) -> _Examined:
        """What was found; raises what went wrong."""
        ground = self._ground(source.path)
        transcript, english = source.read(), translation(source, self._settings.translation)
        key = self._key(ground, transcript, english)
        if key and (packed := kept.load(key)) is not None:
            return _Examined(transcript, english, packed, reused=True)
        checked = _checker(ground.config, ground.known).check(transcript, translation=english)
        packed = kept.pack(checked)
        if key:
            kept.save(key, packed)
        return _Examined(transcript, english, packed, reused=False)

    def _ground(self, path: Path) -> _Ground:
        # A link may belong to another project than its neighbours.
        place = path if path.is_symlink() else path.parent
        if place not in self._grounds:
            config = find_project(path).config
            if self._settings.min_confidence is not None:
                config = replace(config, min_confidence=self._settings.min_confidence)
            try:
                known = fingerprint.of_project(config)
            except OSError:
                known = ""
            self._grounds[place] = _Ground(config, known)
        return self._grounds[place]

    def _key(self, ground: _Ground, *texts: Transcript | None) -> str:
        """Where the findings are kept, were they there or not; empty where they are not to be."""
        if not self._settings.cache or not ground.known:
            return ""
        try:
            return kept.key(fingerprint.of_program(), ground.known, ground.config.min_confidence, texts)
        except OSError:
            return ""


def _was_interrupted(error: BaseException) -> bool:
    """Whether an interrupt is behind it: in the midst of compiled code that becomes a SystemError, or several."""
    cause = error.__cause__
    return cause is not None and (isinstance(cause, KeyboardInterrupt) or _was_interrupted(cause))


@lru_cache(maxsize=8)
def _checker(config: Config, known: str) -> Checker:
    """One for each set of settings, each state of a project's knowledge, and process: what it opens is mapped once."""
    from sverka.workflow.pipeline import Checker  # noqa: PLC0415 - a second's wait where everything was checked before

    return Checker.open(config)


# Many


def _jobs(sources: Sequence[Source], settings: Settings) -> int:
    if settings.jobs is not None or not sources:
        return settings.jobs or 1
    return find_project(sources[0].path).config.jobs


def _in_order(
    sources: Sequence[Source], examiner: _Examiner, jobs: int, progress: Progress | None
) -> Iterator[Checked | Problem]:
    """The results in the order of the sources, whichever are done first."""
    weights = [_weight(source) for source in sources] if progress else []
    whole = sum(weights)
    finished: dict[int, _Outcome] = {}
    done, part, reused, following = 0, 0, 0, 0

    def tell() -> None:
        if progress:
            name = sources[following].name if following < len(sources) else ""
            progress(done, len(sources), name, part=part / whole if whole else 1.0, reused=reused)

    tell()
    with closing(_outcomes(sources, examiner, jobs)) as outcomes:
        for number, outcome in outcomes:
            done += 1
            part += weights[number] if progress else 0
            reused += isinstance(outcome, _Examined) and outcome.reused
            finished[number] = outcome
            while following in finished:
                ready = finished.pop(following)
                following += 1
                yield ready.checked() if isinstance(ready, _Examined) else ready
            tell()


def _outcomes(sources: Sequence[Source], examiner: _Examiner, jobs: int) -> Generator[tuple[int, _Outcome], None, None]:
    """What became of each source, with its number, as they get done."""
    if jobs <= 1:
        yield from enumerate(map(examiner.attempt, sources))
        return
    for number, outcome in spread(examiner.attempt, sources, jobs):
        yield number, _lost(sources[number], outcome) if isinstance(outcome, Killed) else outcome


def _lost(source: Source, killed: Killed) -> Problem:
    remedy = "check it again, with fewer --jobs if memory is short"
    return Problem(source.name, f"the process that was checking it {killed.how}", remedy)


def _weight(source: Source) -> int:
    """How much work a transcript is, in bytes of text."""
    if source.data is not None:
        return len(source.data) + _OVERHEAD
    try:
        return source.path.stat().st_size + _OVERHEAD
    except OSError:
        return _OVERHEAD
