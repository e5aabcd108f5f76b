"""All keys on one page."""

from __future__ import annotations

from itertools import groupby

from rich.cells import cell_len
from textual import events
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from sverka.tui import wording
from sverka.tui.keys import Keymap, shown

_CLOSING = frozenset({"escape", "enter", "space"})
_CLOSING_ACTIONS = frozenset({"help", "leave", "stop"})

_SIGNS = (
    (wording.OPEN, "open"),
    *((sign, verdict) for verdict, sign in (("accepted", "✓"), ("amended", "✎"), ("rejected", "✗"), ("later", "◌"))),
    (wording.DISPUTED, "editors disagree"),
)


class Help(ModalScreen[None]):
    """Every key by what it does, the signs of the queue, and how to leave."""

    AUTO_FOCUS = "VerticalScroll"

    def __init__(self, keys: Keymap) -> None:
        super().__init__()
        self._keys = keys

    def compose(self) -> ComposeResult:
        """One page, which scrolls where the terminal is small."""
        page = VerticalScroll(Static(explained(self._keys), markup=False))
        page.border_title = "keys"
        page.border_subtitle = "Esc closes"
        yield page

    def on_key(self, event: events.Key) -> None:
        """Close on Escape, and on the keys that opened the help or would leave the desk."""
        press = self._keys.press(event.key, event.character)
        if event.key in _CLOSING or (press and press.action in _CLOSING_ACTIONS):
            event.stop()
            self.dismiss()


def explained(keys: Keymap) -> Content:
    """The page: what each key does, with its twin in the Russian layout, by group."""
    rows = [
        (command.group, _keys(keys, command.action), ", ".join(keys.twins(command.action)), command.description)
        for command in keys.commands
        if command.keys
    ]
    first = max(cell_len(row[1]) for row in rows) + 2
    second = max(cell_len(row[2]) for row in rows) + 2
    lines: list[Content] = []
    for group, members in groupby(rows, key=lambda row: row[0]):
        lines.append(Content.styled(group, "bold"))
        for _, named, twins, description in members:
            lines.append(
                Content.assemble(
                    "  ",
                    (named, "$key"),
                    " " * (first - cell_len(named)),
                    (twins, "$faint"),
                    " " * (second - cell_len(twins)),
                    description,
                )
            )
        lines.append(Content(""))
    lines.append(Content.styled("Signs", "bold"))
    lines.append(Content.assemble("  ", "   ".join(f"{sign} {meaning}" for sign, meaning in _SIGNS)))
    lines.append(Content(""))
    lines.append(Content.styled("Every decision is on the disk before the desk confirms it.", "$quiet"))
    return Content("\n").join(lines)


def _keys(keys: Keymap, action: str) -> str:
    named = keys.command(action).keys
    if len(named) > 3:
        return f"{shown(named[0])}–{shown(named[-1])}"
    return ", ".join(map(shown, named))
