"""The errors that stop work, as one small tree.

    SverkaError
    ├── UsageError       the call itself is wrong: an unknown finding id, a bad setting
    ├── InputError       a file cannot be read or is not what it says it is
    └── LedgerError      a ledger cannot be written or does not fit its transcript

Where work can go on (a batch with one broken file, a lost anchor) there is no exception but a
:class:`sverka.model.Problem` in the result.
"""

from __future__ import annotations


class SverkaError(Exception):
    """Something that stops the work, told in one line: where, what, and what to do about it."""

    def __init__(self, message: str, *, place: str = "", remedy: str = "") -> None:
        """``place`` is a path or ``path:line``; ``remedy`` a short imperative sentence, both may be empty."""
        super().__init__(message)
        self.message = message
        self.place = place
        self.remedy = remedy

    def __str__(self) -> str:
        where = f"{self.place}: " if self.place else ""
        what_to_do = f"; {self.remedy}" if self.remedy else ""
        return f"{where}{self.message}{what_to_do}"


class UsageError(SverkaError):
    """The call itself is wrong."""


class InputError(SverkaError):
    """A file cannot be read, or is not what it says it is."""


class LedgerError(SverkaError):
    """A ledger cannot be written, or does not fit its transcript."""
