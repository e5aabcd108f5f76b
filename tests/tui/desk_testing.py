"""A small letter with findings, and the desk on it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Iterator
from contextlib import AbstractAsyncContextManager, contextmanager
from pathlib import Path
from typing import Any

from textual.pilot import Pilot

from sverka.model import (
    Bitext,
    Candidate,
    Checked,
    Document,
    Evidence,
    Finding,
    Pair,
    Passage,
    PassageKind,
    Rule,
    Span,
    Transcript,
    Translation,
)
from sverka.tui.app import DeskApp
from sverka.workflow.review import Review

TEXT = (
    "Если война неизбежна, то пусть она будет топорь, а не через несколько лет.\n"
    "Мы вместо будем сильнее, чем США и Англия.\n"
    "\n"
    "Наши войска стояли на границе топорь и ждали приказа.\n"
    "Получено тов. Булатовым в 20.15.\n"
)
ENGLISH = "If a war is inevitable, then let it be waged now."


def finding(text: str, original: str, *candidates: str, nth: int = 0, rule: Rule = Rule.NONWORD) -> Finding:
    """The ``nth`` place of ``original`` in ``text``, with candidates from 0.9 down."""
    start = -1
    for _ in range(nth + 1):
        start = text.index(original, start + 1)
    offered = tuple(
        Candidate(word, 0.9 / (10**rank), "lexicon", (Evidence("context", f"в словах «{word}»", 2.0),))
        for rank, word in enumerate(candidates)
    )
    return Finding(Span(start, start + len(original)), original, rule, 0.9, "not a word", offered, f"{start:012x}")


FINDINGS = (
    finding(TEXT, "топорь", "теперь", "топор", "тополь"),
    finding(TEXT, "вместо", "вместе", rule=Rule.REALWORD),
    finding(TEXT, "топорь", "теперь", nth=1),
    finding(TEXT, "20.15", rule=Rule.NUMBER),
)


def checked(text: str = TEXT, findings: tuple[Finding, ...] = FINDINGS, english: str = ENGLISH) -> Checked:
    """``text`` as one Russian passage; ``english`` says what its first line says."""
    transcript = Transcript("transcripts/letter.txt", text)
    document = Document(transcript, (Passage(Span(0, len(text)), PassageKind.TEXT),), (), ())
    bitext = None
    if english:
        target = Transcript("letter.en.txt", english)
        whole = Span(0, len(english))
        bitext = Bitext(Translation(target, (whole,)), (Pair(transcript.line_span(1), whole),))
    return Checked(document, findings, bitext)


class OpenDesk:
    """The desk under the hands of a test: press keys, read the screen, read the ledger."""

    def __init__(self, app: DeskApp, pilot: Pilot[bool], review: Review, ledger: Path) -> None:
        self.app = app
        self.pilot = pilot
        self.review = review
        self._ledger = ledger

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.rest()

    async def rest(self) -> None:
        """Wait until what was asked for is drawn: the screen is, sixty times a second."""
        await self.pilot.pause()
        await asyncio.sleep(0.025)
        await self.pilot.pause()

    async def type(self, text: str) -> None:
        await self.press(*text)

    @property
    def screen(self) -> str:
        """All that can be read now."""
        return "\n".join(strip.text for strip in self.app.screen._compositor.render_strips())

    def pane(self, selector: str) -> str:
        """What can be read in one pane, its line breaks as spaces; empty where the pane is not shown."""
        widget = self.app.screen.query_one(selector)
        if not widget.display:
            return ""
        x, y, width, height = widget.content_region
        lines = [line[x : x + width] for line in self.screen.splitlines()[y : y + height]]
        return " ".join(" ".join(lines).split())

    @property
    def events(self) -> list[dict[str, Any]]:
        """The ledger's events but for the opening."""
        if not self._ledger.exists():
            return []
        events = [json.loads(line) for line in self._ledger.read_text(encoding="utf-8").splitlines()]
        return [event for event in events if event["kind"] != "open"]

    @property
    def verdicts(self) -> list[tuple[str, str, str | None]]:
        """Verdict, original and replacement of every decision in the ledger."""
        return [
            (event["verdict"], event["anchor"]["exact"], event["replacement"])
            for event in self.events
            if event["kind"] == "decision"
        ]

    @property
    def place(self) -> str:
        """Line and column of the current finding."""
        item = self.review.current
        return f"{item.line}:{item.column}" if item else ""

    @contextmanager
    def unwritable(self) -> Iterator[None]:
        """Something else stands where the ledger is to be written."""
        self._ledger.mkdir()
        yield
        self._ledger.rmdir()


Opener = Callable[..., AbstractAsyncContextManager[OpenDesk]]
"""Opens a desk; what the fixture ``desk`` gives."""
