"""What may have stood on the page, and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rich.cells import cell_len
from textual.content import Content
from textual.widgets import Static

from sverka.model import Candidate, Evidence, Verdict
from sverka.text.visible import visible
from sverka.tui import wording
from sverka.tui.widgets.header import proportion
from sverka.tui.wrapping import shorten, wrap
from sverka.workflow.review import Item

_CHOICES = 9
"""As many candidates as there are digits."""

_KINDS = {"channel": "letters"}
"""Evidence whose kind is called otherwise at the desk."""

_INDENT = "  "
_PERCENT = 5
"""Cells for `` 95 %``."""


class Offer(Static):
    """The finding's rule and message, its candidates with their evidence, and its decision if there is one."""

    def __init__(self) -> None:
        super().__init__(markup=False)
        self.border_title = "candidates"
        self._item: Item | None = None

    def show(self, item: Item | None) -> None:
        """Show ``item``, or that nothing was found."""
        self._item = item
        self._draw()

    def on_resize(self) -> None:
        """Choose anew what fits."""
        self._draw()

    def _draw(self) -> None:
        size = self.content_size
        if not size.width:
            return
        if self._item is None:
            self.update(Content.styled("Nothing was found in this transcript.", "$quiet"), layout=False)
            return
        self.update(Content("\n").join(described(self._item, size.width, size.height)), layout=False)


def described(item: Item, width: int, height: int) -> tuple[Content, ...]:
    """The lines of the pane at ``width`` × ``height`` cells.

    All candidates come before any evidence but the first reason; evidence of the chosen one before that of others.
    """
    chosen = _chosen(item)
    shown = item.finding.candidates[:_CHOICES]
    top = list(_heading(item, width, roomy=height > 7))
    columns = _Columns.of(shown, width)
    blocks = [columns.block(number, candidate, number == chosen) for number, candidate in enumerate(shown)]
    room = height - len(top) - sum(map(len, blocks))
    reasons: dict[int, list[Content]] = {}
    for number in sorted(range(len(shown)), key=lambda each: each != chosen):
        lines = _reasons(shown[number].evidence, width)
        least = 1 if number == chosen else len(lines)
        # Half an explanation of a candidate nobody asked about is clutter; of the chosen one it is better than none.
        if lines and (room >= least or number == chosen):
            reasons[number] = lines[: max(1, room)]
            room -= len(reasons[number])
    if not shown:
        top.append(Content.styled("no candidate: write your own text, or reject", "$quiet"))
    body = [line for number, block in enumerate(blocks) for line in (*block, *reasons.get(number, ()))]
    return tuple((top + body)[:height]) if height > 0 else ()


def _chosen(item: Item) -> int:
    """The candidate that was accepted, else the first."""
    texts = [candidate.text for candidate in item.finding.candidates]
    decision = item.decision
    if decision and decision.verdict is Verdict.ACCEPT and decision.replacement in texts:
        return texts.index(decision.replacement)
    return 0


def _heading(item: Item, width: int, *, roomy: bool) -> Iterator[Content]:
    """What is wrong, by which rule, how surely, and what was decided."""
    finding = item.finding
    original = visible(finding.original) or "(gap)"
    doubt = f"{finding.rule.value} · {finding.confidence:.0%} likely wrong"
    gap = width - cell_len(original) - cell_len(doubt)
    if gap >= 2:
        yield Content.assemble((original, "bold"), " " * gap, (doubt, "$quiet"))
    else:
        yield from _wrapped(original, width, "bold", most=2 if roomy else 1)
        yield Content.styled(shorten(doubt, width), "$quiet")
    if finding.message:
        yield from _wrapped(visible(finding.message), width, "$quiet", most=2 if roomy else 1)
    for decision in (item.decision,) if item.decision else item.disputed:
        signed = wording.when(decision)
        text = f"{wording.mark(item)} {wording.outcome(decision)}" + (f" — {signed}" if signed else "")
        yield from _wrapped(text, width, "$success" if item.settled else "$warning", most=2)
    if roomy:
        yield Content("")


@dataclass(frozen=True, slots=True)
class _Columns:
    """How wide the columns of the candidates are: their text, and the bar (0: no room for one)."""

    text: int
    bar: int

    @classmethod
    def of(cls, candidates: tuple[Candidate, ...], width: int) -> _Columns:
        longest = max((cell_len(_text(candidate)) for candidate in candidates), default=0)
        room = max(4, width - 2 - _PERCENT - 1)
        bar = min(16, room - longest - 2)
        return cls(min(longest, room), bar) if bar >= 4 else cls(room, 0)

    def block(self, number: int, candidate: Candidate, chosen: bool) -> list[Content]:
        text = _text(candidate)
        rows = [text[start:end] for start, end in wrap(text, 0, len(text), self.text)]
        style = "bold" if chosen else ""
        padding = " " * (self.text - cell_len(rows[0]) + 1)
        bar = proportion(candidate.probability, self.bar) + Content(" ") if self.bar else Content("")
        first = Content.assemble(
            (f"{number + 1} ", "$key"),
            (rows[0], style),
            padding,
            bar,
            (f"{candidate.probability:>4.0%}", style or "$quiet"),
        )
        return [first, *(Content.assemble("  ", (row, style)) for row in rows[1:])]


def _text(candidate: Candidate) -> str:
    return visible(candidate.text) or f"{wording.DELETED} delete"


def _reasons(evidence: tuple[Evidence, ...], width: int) -> list[Content]:
    """The evidence, its kinds in one column and what it says in another."""
    kinds = [visible(_KINDS.get(reason.kind, reason.kind)) for reason in evidence]
    column = min(14, max(map(cell_len, kinds), default=0)) + 2
    room = width - len(_INDENT) - column
    lines: list[Content] = []
    for kind, reason in zip(kinds, evidence, strict=True):
        detail = visible(reason.detail)
        if room < 12:
            lines.append(Content.styled(shorten(_INDENT + detail, width), "$quiet"))
            continue
        label = shorten(kind, column - 2)
        for start, end in wrap(detail, 0, len(detail), room):
            padding = " " * (column - cell_len(label))
            lines.append(Content.assemble((_INDENT + label + padding, "$faint"), (detail[start:end], "$quiet")))
            label = ""
    return lines


def _wrapped(text: str, width: int, style: str, *, most: int) -> Iterator[Content]:
    rows = [text[start:end] for start, end in wrap(text, 0, len(text), width)]
    if len(rows) > most:
        rows = [*rows[: most - 1], shorten(" ".join(rows[most - 1 :]), width)]
    for row in rows:
        yield Content.styled(row, style)
