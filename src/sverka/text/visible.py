"""Control characters and bidi marks shown, never obeyed.

A transcript comes from anywhere. Printed as it stands, ``ESC [ 2 J`` clears the reader's screen and a right-to-left
override turns a line around; a zero-width space hides within a word. What a reader cannot see is therefore written
out before it reaches a terminal or a page::

    >>> visible("топорь\\x1b[31m\\n")
    'топорь␛[31m↵'
    >>> visible("a\\N{RIGHT-TO-LEFT OVERRIDE}b")
    'a⟨U+202E⟩b'
"""

from __future__ import annotations

import unicodedata

__all__ = ["visible"]

_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
"""General categories that do something to the text instead of standing in it; Cs are halves of undecodable letters."""

_PICTURES = ord("\N{SYMBOL FOR NULL}")
"""The block Control Pictures follows the order of the C0 controls."""


class _Shown(dict[int, str]):
    """What stands for each code point, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        if unicodedata.category(letter) not in _HIDDEN:
            shown = letter
        elif code < 0x20:
            shown = chr(_PICTURES + code)
        else:
            shown = f"⟨U+{code:04X}⟩"
        self[code] = shown
        return shown


_SHOWN = _Shown({ord("\n"): "↵", 0x7F: "\N{SYMBOL FOR DELETE}"})


def visible(text: str, *, keep: str = "") -> str:
    """``text`` with every control, format and separator character written out; those in ``keep`` stand as they are.

    A line end, ``\\r\\n`` too, is shown as ``↵``. Nothing else changes: letters, spaces and combining marks stay.
    """
    if text.isprintable():
        return text
    if "\n" not in keep:
        text = text.replace("\r\n", "\n")
    if not keep:
        return text.translate(_SHOWN)
    return "".join(letter if letter in keep else _SHOWN[ord(letter)] for letter in text)
