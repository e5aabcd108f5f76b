"""The translation of the sentence the finding stands in."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from sverka.text.visible import visible


class Beside(VerticalScroll, can_focus=False):
    """The translation beside the finding; gone from the screen where there is none or the editor wants none."""

    def __init__(self) -> None:
        super().__init__()
        self.border_title = "translation"
        self._text = Static(markup=False)
        self._wanted = True
        self._present = False

    def compose(self) -> ComposeResult:
        """One piece of text."""
        yield self._text

    def show(self, translation: str) -> None:
        """Show ``translation``; the empty text hides the pane."""
        self._present = bool(translation)
        self._text.update(Content(visible(" ".join(translation.split()))))
        self.scroll_home(animate=False)
        self._appear()

    def toggle(self) -> bool:
        """Show the pane if it is hidden, hide it if it is shown; say whether it is wanted now."""
        self._wanted = not self._wanted
        self._appear()
        return self._wanted

    def _appear(self) -> None:
        self.set_class(not (self._wanted and self._present), "-absent")
