"""Who colours a text for the terminal: nobody, unless the command line says how."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum


class Role(StrEnum):
    """What a piece of a line is, whatever it may look like."""

    PLACE = "place"
    RULE = "rule"
    OLD = "old"
    NEW = "new"
    FAINT = "faint"


Paint = Callable[[Role, str], str]
"""Gives a piece of text the look of its role."""


def unpainted(role: Role, text: str) -> str:
    """No colours: the text as it is."""
    return text
