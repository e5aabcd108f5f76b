"""Control characters are shown, never obeyed."""

from __future__ import annotations

import pytest

from sverka.text.visible import visible


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Ким Ир Сен, 1950 г.", "Ким Ир Сен, 1950 г."),
        ("\x1b[2J", "␛[2J"),
        ("один\nдва\r\nтри\rчетыре", "один↵два↵три␍четыре"),
        ("\x9b31m\x7f", "⟨U+009B⟩31m␡"),
        ("a\N{RIGHT-TO-LEFT OVERRIDE}b\N{ZERO WIDTH SPACE}", "a⟨U+202E⟩b⟨U+200B⟩"),
        ("\udcff", "⟨U+DCFF⟩"),
        (
            "1950\N{NO-BREAK SPACE}г. е\N{COMBINING ACUTE ACCENT}",
            "1950\N{NO-BREAK SPACE}г. е\N{COMBINING ACUTE ACCENT}",
        ),
    ],
)
def test_shown(text: str, shown: str) -> None:
    assert visible(text) == shown


def test_kept_characters_stand() -> None:
    assert visible("a\tb\x07\nc", keep="\n\t") == "a\tb␇\nc"
