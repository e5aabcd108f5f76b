"""Two reports compared: what was decided between them, what is new, what is no longer found."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sverka.export.excerpt import near
from sverka.export.figures import State
from sverka.export.report_data import DocumentData, FindingData, ReportData, Said
from sverka.text.cells import NOTHING

__all__ = ["Comparison", "Figure", "Group", "compare"]


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of both reports; None where a report does not have it."""

    name: str
    old: float | None
    new: float | None

    @property
    def change(self) -> float | None:
        """By how much it grew."""
        return None if self.old is None or self.new is None else self.new - self.old


@dataclass(frozen=True, slots=True)
class Change:
    """A place as either report has it; None where it does not."""

    old: FindingData | None
    new: FindingData | None

    @property
    def place(self) -> FindingData:
        """The newer of the two."""
        known = self.new or self.old
        assert known is not None
        return known

    @property
    def context(self) -> tuple[str, str]:
        """A few words on either side of it."""
        return near(self.place.before, self.place.after)

    @property
    def before(self) -> str:
        """What the older report says of it, in a few words."""
        return _says(self.old)

    @property
    def after(self) -> str:
        """What the newer one says."""
        return _says(self.new)


@dataclass(frozen=True, slots=True)
class Group:
    """Places that changed in the same way; ``about`` says in a sentence in which."""

    name: str
    title: str
    about: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Documents:
    """A document as either report has it; None where it does not."""

    path: str
    old: DocumentData | None
    new: DocumentData | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """What tells the newer report from the older one."""

    old: ReportData
    new: ReportData
    figures: tuple[Figure, ...]
    groups: tuple[Group, ...]
    documents: tuple[Documents, ...]


def compare(old: ReportData, new: ReportData) -> Comparison:
    """Compare an older report with a newer one; a place is known by its id, or by where and what it is."""
    paths = {document.path for document in new.documents}
    changes = [change for change in _paired(old.findings, new.findings) if change.before != change.after]
    groups = tuple(
        Group(name, title, about, tuple(change for change in changes if _kind(change, paths) == name))
        for name, title, about in _GROUPS
    )
    return Comparison(old, new, _figures(old, new), groups, _documents(old, new))


_GROUPS = (
    ("decided", "Decided", "Undecided in the older report, decided in the newer."),
    ("altered", "Decided anew", "Decided in both, and differently."),
    ("reopened", "Open again", "Decided in the older report, undecided in the newer, or left for later."),
    ("new", "New", "Only the newer report has them: found or decided since, or in documents that came in."),
    (
        "fixed",
        "No longer found",
        "Undecided in the older report and not found any more: the text is mended, or the program thinks better of it.",
    ),
    ("gone", "No longer in the report", "In documents that the newer report does not have, or decided and not in it."),
)


def _kind(change: Change, paths: set[str]) -> str:
    if change.old is None:
        return "new"
    if change.new is None:
        return "fixed" if change.old.path in paths and not change.old.state.settled else "gone"
    if not change.new.state.settled:
        return "reopened"
    return "altered" if change.old.state.settled else "decided"


def _paired(olds: Iterable[FindingData], news: Iterable[FindingData]) -> list[Change]:
    """Each place of either report once: those of the newer in its order, then those that only the older one has."""
    by_id: dict[tuple[str, str], FindingData] = {}
    by_place: dict[tuple[str, int, str], FindingData] = {}
    for one in olds:
        by_id[one.path, one.id] = one
        by_place[one.path, one.start, one.original] = one
    changes, met = [], set()
    for one in news:
        # A finding that is decided and no longer found goes by the id of the decision.
        before = by_id.get((one.path, one.id)) or by_place.get((one.path, one.start, one.original))
        if before is not None and (key := (before.path, before.id)) not in met:
            met.add(key)
            changes.append(Change(before, one))
        else:
            changes.append(Change(None, one))
    changes += [Change(one, None) for key, one in by_id.items() if key not in met]
    return changes


def _says(one: FindingData | None) -> str:
    if one is None:
        return "–"
    said = one.decision
    if said is None or not one.state.settled:
        # Deferred or open: either way nobody has said what the page says.
        return State.OPEN.value if said is None else one.state.value
    return f"{one.state.value}{_reading(said)}"


def _reading(said: Said) -> str:
    text = "" if said.replacement is None else f" → {said.replacement or NOTHING}"
    return text if said.error_class == "ocr" else f"{text} ({said.error_class})"


def _figures(old: ReportData, new: ReportData) -> tuple[Figure, ...]:
    one, other = old.head, new.head
    low, high = zip(*(head.errors_remaining or (None, None) for head in (one, other)), strict=True)
    return (
        Figure("documents", one.documents, other.documents),
        Figure("documents finished", one.finished, other.finished),
        Figure("words", one.words, other.words),
        Figure("findings", one.findings, other.findings),
        Figure("findings in 1,000 words", one.per_thousand_words, other.per_thousand_words),
        Figure("decided", one.decided, other.decided),
        Figure("errors put right", one.corrected, other.corrected),
        Figure("left to decide", one.remaining, other.remaining),
        Figure("errors that remain, at least (estimated)", *low),
        Figure("errors that remain, at most (estimated)", *high),
    )


def _documents(old: ReportData, new: ReportData) -> tuple[Documents, ...]:
    olds = {document.path: document for document in old.documents}
    news = {document.path: document for document in new.documents}
    return tuple(Documents(path, olds.get(path), news.get(path)) for path in dict.fromkeys((*news, *olds)))
