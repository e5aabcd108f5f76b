"""How far a long run has come, as one line for a terminal: numbers, a bar, the time it will still take, a name."""

from __future__ import annotations

import math
import time
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field

from sverka.text.visible import visible

__all__ = ["Forecast", "ProgressLine", "shortened"]

_PAUSE = 0.1
"""Seconds between two pictures of the line."""
_BAR = 24
"""Cells of the bar on a wide terminal; on a narrow one a quarter of it."""
_MEMORY = 60.0
"""Seconds after which what was measured counts for a third."""
_LATELY = 20.0
"""So many pieces of work back the same is true of how many of them were done before."""
_ENOUGH = 3
"""Pieces of work whose time is known, and seconds they took, before anything is foretold."""


@dataclass(slots=True)
class Forecast:
    """The time that a run will still take, from the time its parts took.

    A part is told by its share of the whole work, so a long text counts for more than a short one. Two things are
    measured: how much is done in a second, and what share of the work had been done by an earlier run and takes no
    time. Both forget, since texts differ and other programs come and go. The first piece of work is not measured: it
    loads the engine.
    """

    clock: Callable[[], float] = time.monotonic
    _since: float | None = None
    _part: float = 0.0
    _reused: int = 0
    _begun: bool = False
    _pieces: int = 0
    _seconds: float = 0.0
    _worked: float = 0.0
    _saved: float = 0.0
    _seen: float = 0.0

    def told(self, part: float, reused: int) -> None:
        """``part`` of the work is done by now (0 to 1); ``reused`` pieces of it took no time."""
        now = self.clock()
        if self._since is None:
            self._since, self._part, self._reused = now, part, reused
            return
        took, share, free = now - self._since, max(part - self._part, 0.0), reused > self._reused
        self._since, self._part, self._reused = now, part, reused
        fade = math.exp(-1 / _LATELY)
        self._saved = self._saved * fade + share * free
        self._seen = self._seen * fade + share
        if not free and not self._begun:
            self._begun = True
            return
        fade = math.exp(-took / _MEMORY)
        self._seconds = self._seconds * fade + took
        self._worked = self._worked * fade + share * (not free)
        self._pieces += not free

    def remaining(self) -> float | None:
        """Seconds; None while it cannot be known."""
        if self._pieces < _ENOUGH or self._seconds < _ENOUGH or not self._worked or not self._seen:
            return None
        return (1.0 - self._part) * (1.0 - self._saved / self._seen) * self._seconds / self._worked


@dataclass(slots=True)
class ProgressLine:
    """The line, made anew as often as an eye can follow."""

    clock: Callable[[], float] = time.monotonic
    reused: int = 0
    """How many pieces of work had been done by an earlier run, as told last."""
    _forecast: Forecast = field(init=False)
    _made: float = -math.inf

    def __post_init__(self) -> None:
        self._forecast = Forecast(self.clock)

    def told(self, done: int, total: int, name: str, *, part: float | None, reused: int, columns: int) -> str | None:
        """The line when ``done`` pieces of ``total`` are done; None where the one that stands there will do.

        ``part`` is the share of the work they were, ``name`` what is being worked on, ``columns`` the cells there are.
        """
        if done == 0:
            self._forecast, self._made = Forecast(self.clock), -math.inf
        part = done / max(total, 1) if part is None else part
        self._forecast.told(part, reused)
        self.reused = reused
        if done == total:
            return ""
        if self.clock() - self._made < _PAUSE:
            return None
        self._made = self.clock()
        remaining = self._forecast.remaining()
        left = "" if remaining is None else f", {duration(remaining)} left"
        line = f"{bar(part, min(_BAR, columns // 4))} {done:,} of {total:,}{left}"
        return shortened(f"{line}: ", visible(name), columns)


def bar(part: float, cells: int) -> str:
    """``part`` of the cells heavy, the rest light."""
    heavy = int(part * cells)
    return "━" * heavy + "─" * (cells - heavy)


def duration(seconds: float) -> str:
    """A time to wait, no more exact than it can be known: ``25 s``, ``4 min``, ``2 h 10 min``."""
    if seconds < 55:
        return f"{max(5 * math.ceil(seconds / 5), 5)} s"
    minutes = math.ceil(seconds / 60)
    if minutes < 60:
        return f"{minutes} min"
    hours, minutes = divmod(10 * math.ceil(minutes / 10), 60)
    return f"{hours} h {minutes} min" if minutes else f"{hours} h"


def shortened(lead: str, name: str, columns: int) -> str:
    """``lead`` and as much of ``name`` as fits into ``columns`` cells: its end, which tells files of a folder apart."""
    lead = lead[: _fitting(lead, columns)]
    room = columns - sum(map(_cells, lead))
    if _fitting(name, room) < len(name):
        kept = _fitting(name[::-1], room - 1)
        name = f"…{name[len(name) - kept :]}" if room > 0 else ""
    return f"{lead}{name}"


def _fitting(text: str, cells: int) -> int:
    """How many letters of the beginning of ``text`` there is room for in so many columns of a terminal."""
    for number, letter in enumerate(text):
        cells -= _cells(letter)
        if cells < 0:
            return number
    return len(text)


def _cells(letter: str) -> int:
    if unicodedata.combining(letter):
        return 0
    return 2 if unicodedata.east_asian_width(letter) in {"W", "F"} else 1
