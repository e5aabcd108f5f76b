"""Numbers as people write them."""

from __future__ import annotations


def thousands(number: float, form: str = "") -> str:
    """With a narrow space between thousands; ``form`` is the rest of a format, as ``+`` for a sign in any case."""
    return f"{number:{form},}".replace(",", "\N{NARROW NO-BREAK SPACE}")


def percent(share: float) -> str:
    """A share of 0 to 1 in whole hundredths: ``12 %``."""
    return f"{round(100 * share)} %"
