"""What an editor said, and the text that follows from it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from sverka.model.finding import Rule
from sverka.model.span import Span
from sverka.model.transcript import Transcript


class Verdict(StrEnum):
    """An editor's answer to a finding."""

    ACCEPT = "accept"
    """One of the offered candidates is what the page says."""
    AMEND = "amend"
    """The page says something else, in the editor's own words."""
    REJECT = "reject"
    """The transcript is right."""
    DEFER = "defer"
    """Not decided yet; asked again later."""


class ErrorClass(StrEnum):
    """Whose error it is."""

    OCR = "ocr"
    """The transcript misreads the page."""
    SOURCE = "source"
    """The page itself is wrong: kept in the text, and noted."""
    NORMALISATION = "normalisation"
    """The page is right in the spelling of its day."""


class View(StrEnum):
    """Which text an edition is to give."""

    DIPLOMATIC = "diplomatic"
    """What the page says: the reader's errors are mended, the page's own are kept."""
    READING = "reading"
    """What the page means: its own errors are mended too, and its spelling is regularised."""

    def mends(self, error_class: ErrorClass) -> bool:
        """Whether decisions of this class change the text."""
        return self is View.READING or error_class is ErrorClass.OCR


@dataclass(frozen=True, slots=True)
class Anchor:
    """A place in a text that can be found again: W3C TextPosition and TextQuote selectors in one.

    ``span`` counts code points; ``prefix`` and ``suffix`` are up to 32 code points on either side.
    """

    span: Span
    exact: str
    prefix: str
    suffix: str


@dataclass(frozen=True, slots=True)
class Offer:
    """A candidate as the editor saw it."""

    text: str
    probability: float


@dataclass(frozen=True, slots=True)
class Origin:
    """The decision on another copy of the text that one was carried over from.

    ``event`` is its id in the ledger it comes from, ``by`` its editor, ``at`` an ISO 8601 UTC time; empty where nobody
    knows.
    """

    event: str = ""
    by: str = ""
    at: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """What an editor said of one place.

    ``replacement`` is the text that goes there (None for reject and defer). ``event`` is the id of the ledger event
    that holds it, ``at`` an ISO 8601 UTC time, ``by`` the editor. ``scope`` says how far the answer reaches: ``place``,
    ``document`` or ``collection``; decisions made at one stroke share the name of their ``series``. ``resolves`` are
    the ids of the contradictory decisions that this one was made to settle. ``origin`` is there when it was carried
    over from another copy.
    """

    anchor: Anchor
    verdict: Verdict
    error_class: ErrorClass
    replacement: str | None
    rule: Rule
    confidence: float
    offered: tuple[Offer, ...] = ()
    scope: str = "place"
    note: str = ""
    series: str = ""
    resolves: tuple[str, ...] = ()
    origin: Origin | None = None
    event: str = ""
    at: str = ""
    by: str = ""

    def changes(self, view: View) -> bool:
        """Whether an edition in this view differs from the transcript here."""
        return self.replacement is not None and view.mends(self.error_class)


@dataclass(frozen=True, slots=True)
class Edition:
    """A transcript with decisions applied: those that change its text in this view, in order, none overlapping."""

    transcript: Transcript
    decisions: tuple[Decision, ...]
    view: View = View.DIPLOMATIC

    @property
    def text(self) -> str:
        """The edition's text."""
        pieces: list[str] = []
        position = 0
        for decision in self.decisions:
            span = decision.anchor.span
            pieces += (self.transcript.text[position : span.start], decision.replacement or "")
            position = span.end
        return "".join(pieces) + self.transcript.text[position:]
