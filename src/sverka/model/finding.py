"""What the program says of a place: probably wrong, why, and what may have stood there."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from sverka.model.span import Span


class Rule(StrEnum):
    """What kind of error a finding is."""

    NONWORD = "nonword"
    REALWORD = "realword"
    NAME = "name"
    NUMBER = "number"
    SCRIPT = "script"
    """Letters of another alphabet within a Russian word."""
    SPLIT = "split"
    """One word read as two."""
    MERGE = "merge"
    """Two words read as one."""
    HYPHEN = "hyphen"
    """A hyphen lost, added, or misread at a line end."""
    CASE = "case"
    PUNCTUATION = "punctuation"
    REPETITION = "repetition"
    LACUNA = "lacuna"
    """Text lost at a page or line break."""
    TRANSLATION = "translation"
    WITNESS = "witness"
    EDITOR = "editor"
    """Not found by the program: an editor put it right unprompted."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One reason for a candidate, in words an editor can check.

    ``kind`` names the feature (``channel``, ``context``, ``name``, ``translation`` …); ``score`` is what it adds to the
    candidate's log-odds against the reading as it stands, in nats.
    """

    kind: str
    detail: str
    score: float


@dataclass(frozen=True, slots=True)
class Candidate:
    """What may have stood on the page. Empty ``text`` means: nothing, delete.

    ``probability`` = P(this is what the page says); ``origin`` says where the candidate came from
    (``lexicon``, ``name``, ``split``, ``merge``, ``translation``, ``document`` …).
    """

    text: str
    probability: float
    origin: str
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """A span that is probably wrong.

    ``id`` is stable while the words around the span are, whatever the rule or the confidence become later.
    ``confidence`` = P(``original`` is not what the page says). ``candidates`` are best first and may be empty.
    """

    span: Span
    original: str
    rule: Rule
    confidence: float
    message: str
    candidates: tuple[Candidate, ...] = ()
    id: str = ""
