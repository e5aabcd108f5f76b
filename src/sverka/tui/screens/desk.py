"""The desk: the findings, the text, what may have stood there, and one key to say which."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Container
from textual.screen import Screen

from sverka.errors import SverkaError
from sverka.model import Decision, ErrorClass
from sverka.text.visible import visible
from sverka.tui import wording
from sverka.tui.keys import Keymap
from sverka.tui.screens.help import Help
from sverka.tui.widgets.beside import Beside
from sverka.tui.widgets.footer import Footer
from sverka.tui.widgets.header import Header
from sverka.tui.widgets.notice import Notice, Tone
from sverka.tui.widgets.offer import Offer
from sverka.tui.widgets.prompt import Prompt, written
from sverka.tui.widgets.queue import Queue
from sverka.tui.widgets.transcript import TranscriptView
from sverka.workflow.review import Review

_CHOICES = 9


class Desk(Screen[None]):
    """The review of one transcript.

    Every key becomes one call of the session; what the session says afterwards is shown. The desk keeps no state of the
    review itself.
    """

    AUTO_FOCUS = ""
    # Textual declares these two so that a checker takes them for instance variables: no ClassVar then.
    HORIZONTAL_BREAKPOINTS = [(0, "-slim"), (64, "-narrow"), (100, "-medium"), (160, "-wide")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-tiny"), (16, "-low"), (30, "-high")]  # noqa: RUF012

    def __init__(self, review: Review, keys: Keymap, name: str) -> None:
        super().__init__()
        self._review = review
        self._keys = keys
        self._undone = False
        self._deleting = False
        self._header = Header(name)
        self._queue = Queue()
        self._text = TranscriptView(review.checked.document)
        self._offer = Offer()
        self._beside = Beside()
        self._notice = Notice()
        self._prompt = Prompt()
        self._footer = Footer()
        self._actions: dict[str, Callable[[], None]] = {
            "accept": lambda: self._accept(0),
            "edit": self._edit,
            "source": lambda: self._edit(ErrorClass.SOURCE),
            "normalise": lambda: self._edit(ErrorClass.NORMALISATION),
            "reject": lambda: self._settle(review.reject),
            "defer": lambda: self._settle(review.defer),
            "undo": lambda: self._take_back(review.undo, "undone", "nothing to undo"),
            "redo": lambda: self._take_back(review.redo, "redone", "nothing to redo"),
            "next_undecided": lambda: self._move(review.next, undecided=True),
            "previous_undecided": lambda: self._move(review.previous, undecided=True),
            "next": lambda: self._move(review.next, undecided=False),
            "previous": lambda: self._move(review.previous, undecided=False),
            "goto": self._ask_line,
            "page_down": lambda: self._text.turn(1),
            "page_up": lambda: self._text.turn(-1),
            "translation": self._toggle_translation,
            "help": self._open_help,
            "leave": lambda: self.app.exit(True),
            "stop": lambda: self.app.exit(False),
        }

    def compose(self) -> ComposeResult:
        """The panes; app.tcss says where each stands at which size."""
        yield self._header
        with Container(id="panes"):
            yield self._queue
            with Container(id="work"):
                yield self._text
                with Container(id="side"):
                    yield self._offer
                    yield self._beside
        yield self._notice
        yield self._prompt
        yield self._footer

    def on_mount(self) -> None:
        """Show the session as it stands, and what was wrong with its ledger."""
        self._show()
        if problems := self._review.problems:
            more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
            self._notice.say(f"{problems[0]}{more}", Tone.ASK)
        elif not self._review.items:
            self._notice.say("no findings in this transcript")
        else:
            self._greet()

    def on_key(self, event: events.Key) -> None:
        """Do what the key asks for."""
        if self._prompt.is_open:
            if event.key == "escape":
                self._close_prompt()
                self._notice.say("")
            else:
                self._prompt.receive(event)
            return
        press = self._keys.press(event.key, event.character)
        if press is None:
            return
        event.stop()
        event.prevent_default()
        if press.action == "choose":
            self._accept(press.position)
        else:
            self._actions[press.action]()

    # Deciding

    def _accept(self, choice: int) -> None:
        self._settle(lambda: self._review.accept(choice))

    def _settle(self, call: Callable[[], Decision]) -> None:
        self._decide(call)

    def _decide(self, call: Callable[[], Decision]) -> bool:
        """Make a decision; whether it is on disk. The desk says so only after the session has."""
        if self._review.current is None:
            self._notice.say("there is nothing to decide")
            return False
        similar = self._review.similar()
        try:
            decision = call()
        except SverkaError as error:
            self._notice.say(str(error), Tone.FAILED)
            return False
        self._undone = False
        self._show()
        said = wording.confirmation(decision, similar)
        progress = self._review.progress
        if not progress.remaining:
            said = f"{said} · {wording.totals(progress)}"
        self._notice.say(said, Tone.DONE)
        return True

    def _take_back(self, call: Callable[[], tuple[Decision, ...]], done: str, nothing: str) -> None:
        try:
            decisions = call()
        except SverkaError as error:
            self._notice.say(str(error), Tone.FAILED)
            return
        if not decisions:
            self._notice.say(nothing)
            return
        self._undone = done == "undone"
        self._show()
        others = f" (and {len(decisions) - 1} more of its series)" if len(decisions) > 1 else ""
        self._notice.say(f"{done}: {wording.outcome(decisions[0])}{others}", Tone.DONE)

    def _edit(self, error_class: ErrorClass = ErrorClass.OCR) -> None:
        item = self._review.current
        if item is None:
            self._notice.say("there is nothing to edit")
            return
        candidates = item.finding.candidates
        begin = candidates[0].text if candidates and candidates[0].text else item.finding.original
        self._deleting = False
        question = wording.QUESTIONS[error_class]
        self._ask(question.format(visible(item.finding.original) or "(gap)"), begin, partial(self._amend, error_class))

    def _amend(self, error_class: ErrorClass, line: str) -> None:
        item = self._review.current
        if item is None:
            return
        original = item.finding.original
        if not line and not self._deleting:
            self._deleting = True
            self._notice.say(f"delete {visible(original) or 'nothing'}? Enter deletes, Esc leaves it", Tone.ASK)
            return
        if self._decide(lambda: self._review.amend(written(line, original), error_class)):
            self._close_prompt()

    # Moving

    def _catch_up(self) -> str:
        """Take in what others have added to the ledger since; what there is to say of it.

        Only where the editor moves, never where they decide: whoever decides has seen no more than the screen showed.
        """
        try:
            return "another program has added to the ledger" if self._review.refresh() else ""
        except SverkaError as error:
            return str(error)

    def _move(self, call: Callable[..., bool], *, undecided: bool) -> None:
        news = self._catch_up()
        if call(undecided=undecided):
            self._notice.say(news)
        elif not undecided:
            self._notice.say("there is no further finding")
        elif self._review.progress.remaining:
            self._notice.say("there is no other undecided finding")
        else:
            self._greet()
        self._show()

    def _go(self, index: int) -> None:
        self._review.go(index)
        self._notice.say(self._catch_up())
        self._show()

    @on(Queue.Picked)
    @on(TranscriptView.Picked)
    def _on_picked(self, message: Queue.Picked | TranscriptView.Picked) -> None:
        if not self._prompt.is_open:
            self._go(message.index)

    def _ask_line(self) -> None:
        self._ask(f"line (1–{self._review.transcript.line_count}):", "", self._go_to_line)

    def _go_to_line(self, answer: str) -> None:
        count = self._review.transcript.line_count
        digits = answer.strip()
        if not (digits.isascii() and digits.isdigit() and 1 <= int(digits) <= count):
            self._notice.say(f"a line is a number from 1 to {count}", Tone.ASK)
            return
        self._close_prompt()
        line = int(digits)
        index = next((index for index, item in enumerate(self._review.items) if item.line >= line), None)
        if index is None:
            self._text.line_to_top(line)
            self._notice.say(f"line {line}; no finding after it")
            return
        self._go(index)
        found = self._review.items[index].line
        self._notice.say("" if found == line else f"no finding on line {line}; the next is on line {found}")

    # Showing

    def _show(self) -> None:
        review = self._review
        items, index, item = review.items, review.index, review.current
        self._header.show(index + 1 if items else 0, review.progress)
        self._queue.show(items, index)
        self._beside.show(item.beside if item else "")
        self._text.show(items, index)
        self._offer.show(item)
        self._footer.show(self._possible(), self._always())

    def _greet(self) -> None:
        progress = self._review.progress
        if progress.remaining:
            self._notice.say("")
        else:
            self._notice.say(
                f"{wording.totals(progress)} · {self._keys.shown('undo')} undoes, {self._keys.shown('leave')} leaves",
                Tone.DONE,
            )

    def _possible(self) -> Iterator[tuple[str, str]]:
        """Keys that do something now, the most used first."""
        review = self._review
        item, progress = review.current, review.progress
        offered = min(_CHOICES, len(item.finding.candidates)) if item else 0
        decided = progress.total - progress.remaining + progress.deferred
        here = {
            "accept": offered > 0,
            "choose": offered > 1,
            "edit": item is not None,
            "source": item is not None,
            "normalise": item is not None,
            "reject": item is not None,
            "defer": item is not None,
            "undo": decided > 0,
            "redo": self._undone,
            "next_undecided": progress.remaining > 0,
            "previous_undecided": progress.remaining > 0,
            "goto": progress.total > 0,
            "translation": bool(item and item.beside),
        }
        for command in self._keys.commands:
            if not (here.get(command.action) and command.keys and command.short):
                continue
            key = self._keys.shown(command.action)
            if command.action == "choose":
                key = f"{key}–{self._keys.shown('choose', offered - 1)}"
            yield key, command.short

    def _always(self) -> Iterator[tuple[str, str]]:
        for action in ("help", "leave"):
            if key := self._keys.shown(action):
                yield key, self._keys.command(action).short

    def _toggle_translation(self) -> None:
        wanted = self._beside.toggle()
        item = self._review.current
        if item is not None and not item.beside:
            self._notice.say("there is no translation here")
        else:
            self._notice.say("" if wanted else "translation hidden")

    def _open_help(self) -> None:
        self.app.push_screen(Help(self._keys))

    # Asking

    def _ask(self, question: str, text: str, answer: Callable[[str], None]) -> None:
        self._notice.say("")
        self._prompt.ask(question, text, answer)
        self._footer.show((("Enter", "records" if text else "goes"), ("Esc", "leaves")))

    def _close_prompt(self) -> None:
        self._deleting = False
        self._prompt.close()
        self._footer.show(self._possible(), self._always())

    @on(Prompt.Changed)
    def _on_changed(self) -> None:
        if self._deleting:
            self._deleting = False
            self._notice.say("")
