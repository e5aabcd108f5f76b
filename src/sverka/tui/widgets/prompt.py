"""One line to write in."""

from __future__ import annotations

import re
from collections.abc import Callable

from rich.cells import cell_len
from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from sverka.text.visible import visible
from sverka.tui.wrapping import shorten

_LINE_END = re.compile(r"\r\n|\n|\r")
_SIGN = "↵"
"""What stands for a line end while the text is being written."""


class _Line(Input):
    """An input that answers on the spot: no key pressed after Enter can slip into what was being written."""

    def __init__(self, entered: Callable[[], None]) -> None:
        super().__init__(compact=True, select_on_focus=False)
        self._entered = entered
        self.open = False

    async def _on_key(self, event: events.Key) -> None:
        if not self.open or event.key == "enter":
            event.stop()
            event.prevent_default()
            if self.open:
                self._entered()
            return
        await super()._on_key(event)


class Prompt(Horizontal):
    """A question and a line for its answer, hidden unless asked."""

    class Changed(Message):
        """The editor changed the text."""

    def __init__(self) -> None:
        super().__init__()
        self._question = Static(markup=False)
        self._line = _Line(self._enter)
        self._given = ""
        self._answer: Callable[[str], None] | None = None
        self.display = False

    @property
    def is_open(self) -> bool:
        """Whether there is a question to answer."""
        return self._answer is not None

    def compose(self) -> ComposeResult:
        """The question, then the line."""
        yield self._question
        yield self._line

    def ask(self, question: str, text: str, answer: Callable[[str], None]) -> None:
        """Ask ``question`` with ``text`` to begin from; Enter calls ``answer`` with what stands in the line.

        The line stays until :meth:`close`, so that an answer that will not do can be mended.
        """
        self._answer = answer
        self._question.update(Content.styled(shorten(visible(question), max(8, self.app.size.width // 2)), "$key"))
        self._given = writable(text)
        self._line.value = self._given
        self._line.cursor_position = len(self._given)
        self._line.open = True
        self.display = True
        self.screen.set_focus(self._line)

    def receive(self, event: events.Key) -> None:
        """Take a key that was pressed before the line had the focus, or after a click elsewhere.

        What the line itself takes never comes here; what it does not take, such as F5, does nothing.
        """
        self.screen.set_focus(self._line)
        if event.key == "enter":
            self._enter()
        elif event.character and event.is_printable:
            self._line.insert_text_at_cursor(event.character)

    def close(self) -> None:
        """Hide the line and forget what stands in it."""
        self._answer = None
        self._line.open = False
        self.screen.set_focus(None)
        self.display = False

    def on_input_changed(self, event: Input.Changed) -> None:
        """Keep out what a terminal would obey; say that the text is another."""
        event.stop()
        clean = writable(event.value)
        if clean != event.value:
            self._line.value = clean
        elif self.is_open and clean != self._given:
            self._given = clean
            self.post_message(self.Changed())

    def _enter(self) -> None:
        if self._answer is not None:
            self._answer(self._line.value)


def writable(text: str) -> str:
    """``text`` as it can stand in one line: line ends as ``↵``, no other control or format character."""
    shown = _LINE_END.sub(_SIGN, text)
    return shown if shown.isprintable() else "".join(letter for letter in shown if letter == " " or _stands(letter))


def written(line: str, original: str) -> str:
    """What was meant by ``line``: ``↵`` is a line end of the kind ``original`` has, unless that has the sign itself."""
    if _SIGN in original:
        return line
    ending = _LINE_END.search(original)
    return line.replace(_SIGN, ending.group() if ending else "\n")


def _stands(letter: str) -> bool:
    return cell_len(visible(letter)) <= 2 and visible(letter) == letter
