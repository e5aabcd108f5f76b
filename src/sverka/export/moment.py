"""Times as people write them."""

from __future__ import annotations


def moment(at: str) -> str:
    """An ISO 8601 UTC time to the minute: ``2026-03-01 14:05 UTC``."""
    date, _, time = at.partition("T")
    return f"{date} {time[:5]} UTC" if time else date
