"""The review desk as a program: open it on a session, come back when the editor leaves."""

from __future__ import annotations

import os
from collections.abc import Mapping

from textual.app import App
from textual.theme import Theme

from sverka.tui import wording
from sverka.tui.keys import keymap
from sverka.tui.screens.desk import Desk
from sverka.workflow.review import Review

__all__ = ["DeskApp", "run"]

_THEME = Theme(
    name="sverka",
    dark=True,
    primary="#7fa6c9",
    secondary="#8f9bb3",
    accent="#e0b873",
    warning="#e0b873",
    error="#e07a7a",
    success="#8fbf8f",
    foreground="#d5d8dd",
    background="#16181c",
    surface="#16181c",
    panel="#22262c",
    variables={
        "quiet": "#9aa1ac",
        "faint": "#7d8590",
        "rule": "#3a4049",
        "key": "#e0b873",
        "input-cursor-background": "#e0b873",
        "input-cursor-foreground": "#16181c",
    },
)
"""Few colours, each with one meaning: gold asks for attention, green is settled, red failed."""


class DeskApp(App[bool]):
    """The desk on one transcript. Its result says whether to go on to a further transcript."""

    CSS_PATH = "app.tcss"
    ENABLE_COMMAND_PALETTE = False
    ESCAPE_TO_MINIMIZE = False
    TITLE = "Sverka"

    def __init__(self, review: Review, *, keys: Mapping[str, tuple[str, ...]] | None = None, title: str = "") -> None:
        """``keys`` maps actions to keys in place of the usual ones; UsageError where it cannot be obeyed."""
        self._review = review
        self._keys = keymap(keys)
        self._heading = title or wording.name(review.transcript)
        # Textual greys the screen under NO_COLOR; with the terminal's own colours it leaves every colour out, as
        # https://no-color.org asks. Signs, underlines and reverse video stay.
        super().__init__(ansi_color=True if os.environ.get("NO_COLOR") else None)
        self.register_theme(_THEME)
        self.theme = _THEME.name

    def get_default_screen(self) -> Desk:
        """The desk is all there is."""
        return Desk(self._review, self._keys, self._heading)


def run(review: Review, *, keys: Mapping[str, tuple[str, ...]] | None = None, title: str = "") -> bool:
    """Open the desk on ``review`` and wait until the editor leaves.

    ``keys`` maps actions (see :data:`sverka.tui.keys.COMMANDS`) to keys in place of the usual ones; ``title`` stands in
    the heading in place of the file's name. Returns whether the editor wants to go on to a further transcript. Raises
    UsageError, before anything is shown, where ``keys`` cannot be obeyed.
    """
    return bool(DeskApp(review, keys=keys, title=title).run())
