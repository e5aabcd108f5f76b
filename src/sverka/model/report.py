"""Results of checking, and troubles that did not stop it."""

from __future__ import annotations

from dataclasses import dataclass

from sverka.model.decision import Decision
from sverka.model.finding import Finding
from sverka.model.transcript import Bitext, Document


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that went wrong at one place while the rest went on."""

    place: str
    message: str
    remedy: str = ""

    def __str__(self) -> str:
        what_to_do = f"; {self.remedy}" if self.remedy else ""
        return f"{self.place}: {self.message}{what_to_do}"


@dataclass(frozen=True, slots=True)
class Checked:
    """One document with what was found in it; ``bitext`` where a translation lies beside it."""

    document: Document
    findings: tuple[Finding, ...]
    bitext: Bitext | None = None


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A checked document together with the decisions in force on it."""

    checked: Checked
    decisions: tuple[Decision, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """What a batch run has to tell: every document that could be read, every problem met on the way.

    ``made_at`` is an ISO 8601 UTC time; ``program`` the program's name and version. Where ``since`` names a version of
    the ledgers, the documents hold only the places of which something else is said now than at it, and ``unchanged``
    is the number of documents without any.
    """

    documents: tuple[Reviewed, ...]
    problems: tuple[Problem, ...]
    made_at: str
    program: str
    since: str = ""
    unchanged: int = 0
