"""The keys of the desk: one table, the Russian layout, and how to change it.

A key is written as the character it types (``y``, ``J``, ``?``) or by name (``enter``, ``space``, ``up``, ``ctrl+r``).
Every key also works where the keyboard is switched to the ЙЦУКЕН layout: the same physical key, whatever letter it
types there. The twin need not be named; a key that is bound by name to something else is never taken over by a twin.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from textual.keys import Keys

from sverka.errors import UsageError

__all__ = ["COMMANDS", "Command", "Keymap", "Press", "key_name", "keymap", "shown", "twin"]


@dataclass(frozen=True, slots=True)
class Command:
    """Something the editor can ask for.

    ``short`` is the word in the footer (empty: not shown there), ``description`` the line in the help, ``group`` the
    heading it stands under.
    """

    action: str
    keys: tuple[str, ...]
    short: str
    description: str
    group: str


_DECIDE, _MOVE, _VIEW = "Decide", "Move", "View"

COMMANDS: tuple[Command, ...] = (
    Command("accept", ("y", "enter"), "accept", "accept the first candidate", _DECIDE),
    Command("choose", tuple("123456789"), "choose", "accept the candidate with that number", _DECIDE),
    Command("edit", ("e",), "edit", "write your own text; nothing at all deletes", _DECIDE),
    Command("source", ("s",), "source", "the page itself is wrong: say what it means; its text is kept", _DECIDE),
    Command("normalise", ("r",), "", "the page spells in the way of its day: say how it is spelt now", _DECIDE),
    Command("reject", ("n",), "reject", "reject: the transcript is right", _DECIDE),
    Command("defer", ("space",), "later", "leave for later", _DECIDE),
    Command("undo", ("u",), "undo", "undo the latest decision", _DECIDE),
    Command("redo", ("ctrl+r",), "redo", "redo what was undone", _DECIDE),
    Command("next_undecided", ("j",), "next", "next undecided finding", _MOVE),
    Command("previous_undecided", ("k",), "previous", "previous undecided finding", _MOVE),
    Command("next", ("J", "down"), "", "next finding", _MOVE),
    Command("previous", ("K", "up"), "", "previous finding", _MOVE),
    Command("goto", ("g",), "line", "go to a line", _MOVE),
    Command("page_down", ("pagedown",), "", "read on in the text", _VIEW),
    Command("page_up", ("pageup",), "", "read back in the text", _VIEW),
    Command("translation", ("t",), "translation", "show or hide the translation", _VIEW),
    Command("help", ("?",), "help", "show the keys", _VIEW),
    Command("leave", ("q",), "leave", "leave; every decision is kept", _VIEW),
    Command("stop", ("Q", "ctrl+c"), "", "leave, and open no further transcript", _VIEW),
)
"""Every command, in the order of the footer and the help."""

_LATIN = "`qwertyuiop[]asdfghjkl;'zxcvbnm,./" + '~QWERTYUIOP{}ASDFGHJKL:"ZXCVBNM<>?'
_RUSSIAN = "ёйцукенгшщзхъфывапролджэячсмитьбю." + "ЁЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮ,"
_TWINS = dict(zip(_LATIN, _RUSSIAN, strict=True))
"""What the same physical key types in the Russian layout."""

_ALIASES = {" ": "space", "return": "enter", "esc": "escape", "pgup": "pageup", "pgdn": "pagedown"}
_NAMES = frozenset(key.value for key in Keys if len(key.value) > 1)
_MODIFIERS = frozenset({"ctrl", "alt", "shift", "super", "meta", "hyper"})

_SHOWN = {
    "enter": "Enter",
    "space": "Space",
    "escape": "Esc",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "tab": "Tab",
}


@dataclass(frozen=True, slots=True)
class Press:
    """What a key asks for: the command, and which of the command's keys it was (0-based)."""

    action: str
    position: int


@dataclass(frozen=True, slots=True)
class Keymap:
    """The commands with the keys they have now, and what each key asks for."""

    commands: tuple[Command, ...]
    presses: Mapping[str, Press]

    def press(self, key: str, character: str | None = None) -> Press | None:
        """What the key named ``key``, which types ``character``, asks for; None where it is not bound.

        The character goes first: it is the same whatever a terminal calls the key.
        """
        typed = self.presses.get(key_name(character)) if character and character.isprintable() else None
        return typed or self.presses.get(key_name(key))

    def command(self, action: str) -> Command:
        """The command named ``action``."""
        return next(command for command in self.commands if command.action == action)

    def twins(self, action: str) -> tuple[str, ...]:
        """The letters and signs of the Russian layout that ask for ``action``, but for those with Ctrl or Alt."""
        named = self.command(action).keys
        asking = (key for key, press in self.presses.items() if press.action == action)
        return tuple(key for key in asking if len(key) == 1 and key not in named)

    def shown(self, action: str, position: int = 0) -> str:
        """The first key of ``action``, or that at ``position``, as shown to a reader; empty where it has none."""
        keys = self.command(action).keys
        return shown(keys[min(position, len(keys) - 1)]) if keys else ""


def twin(key: str) -> str | None:
    """The same physical key in the Russian layout; None where it types the same or nothing.

    >>> twin("y"), twin("J"), twin("ctrl+r"), twin("enter")
    ('н', 'О', 'ctrl+к', None)
    """
    modifiers, plus, last = key.rpartition("+") if len(key) > 1 else ("", "", key)
    letter = _TWINS.get(last)
    return f"{modifiers}{plus}{letter}" if letter else None


def key_name(key: str) -> str:
    """``key`` as the table writes it."""
    return _ALIASES.get(key) or (key if len(key) == 1 else _ALIASES.get(key.lower(), key))


def shown(key: str) -> str:
    """``key`` as a reader knows it: ``Enter``, ``Ctrl+R``, ``↓``."""
    modifiers, plus, last = key.rpartition("+") if len(key) > 1 else ("", "", key)
    if plus:
        return "+".join((*(part.capitalize() for part in modifiers.split("+")), last.upper()))
    return _SHOWN.get(key) or (key if len(key) == 1 else key.capitalize())


def keymap(changes: Mapping[str, tuple[str, ...]] | None = None) -> Keymap:
    """The table with the keys in ``changes`` in place of its own.

    ``changes`` maps an action to all the keys it shall have. Raises :class:`~sverka.errors.UsageError` for an action or
    a key there is no such thing as, and for a key that is bound twice.
    """
    wanted = {_action(action): tuple(map(_key, keys)) for action, keys in (changes or {}).items()}
    commands = tuple(
        Command(each.action, wanted.get(each.action, each.keys), each.short, each.description, each.group)
        for each in COMMANDS
    )
    presses: dict[str, Press] = {}
    for command in commands:
        for position, key in enumerate(command.keys):
            if key in presses:
                raise UsageError(
                    f"key {key!r} is bound twice: to {presses[key].action} and to {command.action}",
                    remedy="give one of them another key",
                )
            presses[key] = Press(command.action, position)
    for key, press in tuple(presses.items()):
        if other := twin(key):
            presses.setdefault(other, press)
    return Keymap(commands, presses)


def _action(name: str) -> str:
    known = [command.action for command in COMMANDS]
    if name in known:
        return name
    likely = get_close_matches(name, known, 1, cutoff=0.5)
    remedy = f"did you mean {likely[0]!r}?" if likely else f"the desk knows {', '.join(known)}"
    raise UsageError(f"no such action: {name!r}", remedy=remedy)


def _key(written: str) -> str:
    key = key_name(written)
    *modifiers, last = key.split("+") if len(key) > 1 else (key,)
    is_character = len(last) == 1 and last.isprintable()
    if (is_character or key in _NAMES or last in _NAMES) and _MODIFIERS.issuperset(modifiers):
        return key
    likely = get_close_matches(key, sorted(_NAMES), 1)
    remedy = f"did you mean {likely[0]!r}?" if likely else "write a character, or a name such as 'enter' or 'ctrl+r'"
    raise UsageError(f"no such key: {written!r}", remedy=remedy)
