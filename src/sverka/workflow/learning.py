"""What the decisions of a project's editors teach the engine.

Every accepted or amended reading is a misread word with its truth; every rejected finding is a word that was read
right. Together they show how often the engine's confidences came true.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from sverka.config import Project
from sverka.errors import SverkaError
from sverka.language.adaptation import Reading, count
from sverka.language.calibration import fit
from sverka.language.errormodel import ErrorModel
from sverka.language.learned import Epoch, Learned
from sverka.ledger import Ledger
from sverka.ledger.fold import Places
from sverka.model import Decision, ErrorClass, Problem, Rule, Verdict
from sverka.workflow.sources import problem

__all__ = ["Lesson", "learn", "readings"]

_CONFIRMED = frozenset({Verdict.ACCEPT, Verdict.AMEND})
_LINE_END = re.compile(r"[-\u00ad\u00ac\u2010\u2011][ \t]*(?:\r\n|\r|\n)[ \t]*")


@dataclass(frozen=True, slots=True)
class Lesson:
    """What was learned; ``problems`` are the ledgers that could not be read, ``notes`` lines that do not count."""

    learned: Learned
    problems: tuple[Problem, ...]
    notes: tuple[Problem, ...]


def learn(project: Project, paths: Iterable[Path], before: Learned, model: ErrorModel) -> Lesson:
    """What the ledgers ``paths`` teach; ``before`` is what was learned last, ``model`` the error model as it ships.

    Only decisions in force count: none that was retracted or that another editor contradicts. The same ledgers give the
    same again, and so does ``before`` being what they gave.
    """
    decisions: list[Decision] = []
    heads: list[tuple[str, tuple[str, ...]]] = []
    problems: list[Problem] = []
    notes: list[Problem] = []
    latest = before.epochs[-1].until if before.epochs else ""
    for path in paths:
        try:
            ledger = Ledger.open(path)
        except SverkaError as error:
            problems.append(problem(error, str(path)))
            continue
        notes += ledger.problems
        state = Places(ledger.history, ledger.event).state()
        decisions += (d for d in state.decisions if d.error_class is ErrorClass.OCR and d.verdict is not Verdict.DEFER)
        latest = max(latest, ledger.history.moment)
        if state.heads:
            heads.append((project.name_of(path), tuple(sorted(state.heads))))
    verdicts = [decision.verdict for decision in decisions]
    learned = Learned(
        tuple(sorted(heads)),
        verdicts.count(Verdict.ACCEPT),
        verdicts.count(Verdict.AMEND),
        verdicts.count(Verdict.REJECT),
        count([reading for decision in decisions for reading in readings(decision)], model),
        _epochs(decisions, before, latest),
    )
    return Lesson(learned, tuple(problems), tuple(notes))


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
    said = [before.calibration_at(decision.at).undone(decision.confidence) for decision in found]
    calibration = fit(said, [decision.verdict in _CONFIRMED for decision in found])
    if calibration == before.calibration:
        return before.epochs
    return (*(epoch for epoch in before.epochs if epoch.until < latest), Epoch(latest, calibration))
