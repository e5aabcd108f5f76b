"""JSON that every program reads alike.

Python's parser takes ``NaN`` for a number, and of two fields with one name it keeps the last where another program
keeps the first. Neither is believed here.
"""

from __future__ import annotations

import json
from typing import NoReturn

from sverka.ledger.canonical import Json

__all__ = ["Unsound", "loads"]


class Unsound(ValueError):
    """What programs read each in their own way: ``constant`` is no number of JSON; None: a field stands twice."""

    def __init__(self, constant: str | None = None) -> None:
        super().__init__(f"{constant} is no JSON number" if constant else "a field stands twice")
        self.constant = constant


def loads(text: str) -> Json:
    """The value in ``text``; :class:`Unsound`, another ValueError or RecursionError where it is not to be read."""
    value: Json = json.loads(text, parse_constant=_refuse, object_pairs_hook=_distinct)
    return value


def _refuse(constant: str) -> NoReturn:
    raise Unsound(constant)


def _distinct(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    fields = dict(pairs)
    if len(fields) != len(pairs):
        raise Unsound
    return fields
