"""The words around a place, on one line, with whatever would move the cursor made visible."""

from __future__ import annotations

from sverka.text.visible import visible

_NEAR = 32
"""Code points on either side that are enough in a list."""


def before(text: str, at: int, width: int) -> str:
    """Up to ``width`` code points before ``at``, beginning with a whole word; ``…`` where more precedes."""
    start = max(0, at - width)
    piece = flat(text[start:at])
    if start and not text[start - 1].isspace():
        _, space, rest = piece.partition(" ")
        piece = rest if space else piece
    return f"…{piece}" if start else piece


def after(text: str, at: int, width: int) -> str:
    """Up to ``width`` code points from ``at``, ending with a whole word; ``…`` where more follows."""
    end = min(len(text), at + width)
    piece = flat(text[at:end])
    if end < len(text) and not text[end].isspace():
        rest, space, _ = piece.rpartition(" ")
        piece = rest if space else piece
    return f"{piece}…" if end < len(text) else piece


def near(left: str, right: str) -> tuple[str, str]:
    """The last words of ``left`` and the first of ``right``: as many as a list has room for."""
    return before(left, len(left), _NEAR), after(right, 0, _NEAR)


def flat(text: str) -> str:
    """White space as single spaces, the rest made visible."""
    inner = " ".join(text.split())
    lead = " " if text[:1].isspace() else ""
    trail = " " if inner and text[-1:].isspace() else ""
    return lead + visible(inner) + trail
