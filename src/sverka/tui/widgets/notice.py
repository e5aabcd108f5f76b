"""The line that says what just happened."""

from __future__ import annotations

from enum import Enum

from textual.content import Content
from textual.widgets import Static

from sverka.text.visible import visible


class Tone(Enum):
    """How a message is meant: its sign and its colour."""

    QUIET = ("", "$quiet")
    DONE = ("", "$success")
    ASK = ("! ", "$warning")
    FAILED = ("✗ ", "$error")


class Notice(Static):
    """One message at a time; it stays until the next."""

    def __init__(self) -> None:
        super().__init__(markup=False)
        self.text = ""
        """What it says now, as shown."""

    def say(self, message: str, tone: Tone = Tone.QUIET) -> None:
        """Show ``message``."""
        sign, style = tone.value
        self.text = f"{sign}{visible(message)}" if message else ""
        self.update(Content.styled(self.text, style))
