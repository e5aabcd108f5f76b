"""The table of keys and what may be changed in it."""

from __future__ import annotations

import pytest

from sverka.errors import UsageError
from sverka.tui.keys import COMMANDS, Press, keymap, twin


def test_every_letter_works_in_the_russian_layout() -> None:
    keys = keymap()
    for pair in ["yн", "nт", "eу", "uг", "jо", "kл", "JО", "KЛ", "gп", "tе", "qй", "QЙ"]:
        assert keys.press(pair[0], pair[0]) == keys.press(pair[1], pair[1]) is not None
    assert keys.press("question_mark", "?") == keys.press("comma", ",") == Press("help", 0)
    assert keys.press("ctrl+r") == keys.press("ctrl+к") == Press("redo", 0)


def test_a_digit_says_which() -> None:
    assert keymap().press("4", "4") == Press("choose", 3)


def test_what_is_not_bound_asks_for_nothing() -> None:
    assert keymap().press("z", "z") is None
    assert keymap().press("f5") is None


def test_a_change_takes_the_place_of_the_usual_keys() -> None:
    keys = keymap({"accept": ("n", "f5"), "reject": ("y",), "defer": (" ", "ctrl+d")})
    assert keys.press("т", "т") == Press("accept", 0)
    assert keys.press("f5") == Press("accept", 1)
    assert keys.press("н", "н") == Press("reject", 0)
    assert keys.press("space", " ") == Press("defer", 0)
    assert keys.press("enter") is None


def test_a_named_key_is_not_taken_over_by_a_twin() -> None:
    keys = keymap({"help": ("?", "н")})
    assert keys.press("н", "н") == Press("help", 1)
    assert keys.press("y", "y") == Press("accept", 0)


def test_a_command_can_go_without_a_key() -> None:
    keys = keymap({"translation": ()})
    assert keys.press("t", "t") is None
    assert keys.shown("translation") == ""


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"acept": ("a",)}, ("no such action: 'acept'", "did you mean 'accept'?")),
        ({"xyz": ("a",)}, ("no such action: 'xyz'", "the desk knows accept,")),
        ({"accept": ("n",)}, ("'n' is bound twice", "to accept and to reject")),
        ({"accept": ("a", "a")}, ("'a' is bound twice",)),
        ({"accept": ("entr",)}, ("no such key: 'entr'", "did you mean 'enter'?")),
        ({"accept": ("",)}, ("no such key: ''",)),
    ],
)
def test_what_cannot_be_obeyed_is_refused_in_words(changes: dict[str, tuple[str, ...]], words: tuple[str, ...]) -> None:
    with pytest.raises(UsageError) as refused:
        keymap(changes)
    for word in words:
        assert word in str(refused.value)


def test_twins_keep_modifiers_and_case() -> None:
    assert [twin(key) for key in ("y", "J", "ctrl+r", "?")] == ["н", "О", "ctrl+к", ","]
    assert [twin(key) for key in ("enter", "1", "н")] == [None, None, None]


def test_every_command_is_described() -> None:
    assert all(command.description and command.group for command in COMMANDS)
    assert len({command.action for command in COMMANDS}) == len(COMMANDS)
