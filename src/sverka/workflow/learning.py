"""What the decisions of a project's editors teach the engine.

Every accepted or amended reading is a misread word with its truth; every rejected finding is a word that was read
right. Together they show how often the engine's confidences came true.

What one page says of misread letters counts less the more it says (:func:`sverka.language.adaptation.of_pages`), since
the next is another page. A ledger does not know where pages end; a stretch of the length of one stands for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from sverka.config import Project
from sverka.errors import SverkaError
from sverka.language.adaptation import Reading, count, of_pages
from sverka.language.alignment import Edit
from sverka.language.calibration import Answer, fit, kinds_of
from sverka.language.errormodel import ErrorModel
from sverka.language.learned import Epoch, Learned
from sverka.ledger import Ledger
from sverka.ledger.fold import Places
from sverka.model import Decision, ErrorClass, Problem, Rule, Verdict
from sverka.workflow.sources import problem

__all__ = ["Lesson", "learn", "readings"]

_CONFIRMED = frozenset({Verdict.ACCEPT, Verdict.AMEND})
_PAGE = 2000
"""Code points of a typewritten page."""
_DIGITS = 3
_LINE_END = re.compile(r"[-\u00ad\u00ac\u2010\u2011][ \t]*(?:\r\n|\r|\n)[ \t]*")


@dataclass(frozen=True, slots=True)
class Lesson:
    """What was learned.

    ``misread`` are the edits that misread letters, the commonest first, with how often each was seen. ``problems`` are
    the ledgers that could not be read, ``notes`` lines that do not count.
    """

    learned: Learned
    misread: tuple[tuple[Edit, float], ...]
    problems: tuple[Problem, ...]
    notes: tuple[Problem, ...]


def learn(project: Project, paths: Iterable[Path], before: Learned, model: ErrorModel) -> Lesson:
    """What the ledgers ``paths`` teach; ``before`` is what was learned last, ``model`` the error model as it ships.

    Only decisions in force count: none that was retracted or that another editor contradicts. The same ledgers give the
    same again, and so does ``before`` being what they gave.
    """
    decisions: list[Decision] = []
    pages: list[list[Reading]] = []
    heads: list[tuple[str, tuple[str, ...]]] = []
    problems: list[Problem] = []
    notes: list[Problem] = []
    latest = before.epochs[-1].until if before.epochs else ""
    for path in paths:
        try:
            ledger = _read(path)
        except SverkaError as error:
            problems.append(problem(error, str(path)))
            continue
        notes += ledger.notes
        said = [d for d in ledger.decisions if d.error_class is ErrorClass.OCR and d.verdict is not Verdict.DEFER]
        decisions += said
        pages += _pages(said)
        latest = max(latest, ledger.latest)
        if ledger.heads:
            heads.append((project.name_of(path), ledger.heads))
    verdicts = [decision.verdict for decision in decisions]
    told = of_pages(pages, model)
    learned = Learned(
        tuple(sorted(heads)),
        verdicts.count(Verdict.ACCEPT),
        verdicts.count(Verdict.AMEND),
        verdicts.count(Verdict.REJECT),
        {edit: round(n, _DIGITS) for edit, n in told.items()},
        _epochs(decisions, before, latest),
    )
    seen = count([reading for page in pages for reading in page], model)
    misread = ((edit, n) for edit, n in seen.items() if edit[0] != edit[1])
    commonest = sorted(misread, key=lambda item: (-item[1], item[0]))
    return Lesson(learned, tuple(commonest), tuple(problems), tuple(notes))


@dataclass(frozen=True, slots=True)
class _Ledger:
    """What one ledger says: the decisions in force, its heads, and the time of its latest event (none: empty)."""

    decisions: tuple[Decision, ...]
    heads: tuple[str, ...]
    latest: str
    notes: tuple[Problem, ...]


def _read(path: Path) -> _Ledger:
    """The ledger in a file; LedgerError where it cannot be read."""
    ledger = Ledger.open(path)
    state = Places(ledger.history, ledger.event).state()
    return _Ledger(state.decisions, state.heads, ledger.history.moment, ledger.problems)


def _pages(decisions: Iterable[Decision]) -> Iterator[list[Reading]]:
    """What the decisions on one transcript teach of letters, page by page."""

    def page(decision: Decision) -> int:
        return decision.anchor.span.start // _PAGE

    for _, said in groupby(sorted(decisions, key=page), page):
        yield [reading for decision in said for reading in readings(decision)]


def readings(decision: Decision) -> tuple[Reading, ...]:
    """The words that a decision says were misread, or read right."""
    observed = _LINE_END.sub("", decision.anchor.exact).split()
    if decision.verdict is Verdict.REJECT:
        return tuple(Reading(word, word) for word in observed)
    intended = _LINE_END.sub("", decision.replacement or "").split()
    if len(intended) == 1:
        # Words torn apart are one word with spaces added.
        observed = [" ".join(observed)]
    if len(observed) != len(intended):
        return ()
    return tuple(_bare(*pair) for pair in zip(observed, intended, strict=True))


def _bare(observed: str, intended: str) -> Reading:
    """Without the signs that both have at the same end."""
    while observed and intended and observed[-1] == intended[-1] and not observed[-1].isalnum():
        observed, intended = observed[:-1], intended[:-1]
    while observed and intended and observed[0] == intended[0] and not observed[0].isalnum():
        observed, intended = observed[1:], intended[1:]
    return Reading(observed, intended)


def _epochs(decisions: Sequence[Decision], before: Learned, latest: str) -> tuple[Epoch, ...]:
    """The calibrations so far and, where the decisions ask for another one, that."""
    # What an editor put right unprompted was never given a confidence, and what was carried over got its elsewhere.
    found = [decision for decision in decisions if decision.rule is not Rule.EDITOR and decision.origin is None]
    calibration = fit([_answer(decision, before) for decision in found])
    if calibration == before.calibration:
        return before.epochs
    return (*(epoch for epoch in before.epochs if epoch.until < latest), Epoch(latest, calibration))


def _answer(decision: Decision, before: Learned) -> Answer:
    """What the engine itself had said of the finding, and whether the editor agreed."""
    kinds = kinds_of(decision.rule, candidates=bool(decision.offered))
    said = before.calibration_at(decision.at).undone(decision.confidence, kinds)
    return Answer(said, kinds, decision.verdict in _CONFIRMED)
