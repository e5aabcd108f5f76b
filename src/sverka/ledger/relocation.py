"""All anchors of a text moved to another reading of it at once."""

from __future__ import annotations

from collections.abc import Sequence

from sverka.ledger.anchor import Found, find
from sverka.model import Anchor

__all__ = ["relocate"]


def relocate(anchors: Sequence[tuple[Anchor, str | None]], text: str) -> tuple[Found, ...]:
    """The place of each anchor in ``text``; each comes with the replacement that was decided for it, if any."""
    return tuple(find(anchor, text, replacement) for anchor, replacement in anchors)
