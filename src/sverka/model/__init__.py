"""The vocabulary of the program: frozen values, standard library only."""

from sverka.model.decision import Anchor, Decision, Edition, ErrorClass, Offer, Origin, Verdict, View
from sverka.model.finding import Candidate, Evidence, Finding, Rule
from sverka.model.report import Checked, Problem, Report, Reviewed
from sverka.model.span import Span
from sverka.model.transcript import (
    Bitext,
    Document,
    Pair,
    Passage,
    PassageKind,
    Token,
    TokenKind,
    Transcript,
    Translation,
)

__all__ = [
    "Anchor",
    "Bitext",
    "Candidate",
    "Checked",
    "Decision",
    "Document",
    "Edition",
    "ErrorClass",
    "Evidence",
    "Finding",
    "Offer",
    "Origin",
    "Pair",
    "Passage",
    "PassageKind",
    "Problem",
    "Report",
    "Reviewed",
    "Rule",
    "Span",
    "Token",
    "TokenKind",
    "Transcript",
    "Translation",
    "Verdict",
    "View",
]
