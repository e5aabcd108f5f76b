"""Canonical JSON: one value, one sequence of bytes, whatever program writes it (RFC 8785, JCS).

An event's id is a hash of these bytes, so they may not depend on the order in which fields were written, on spaces, or
on how a language prints ``1.0``. JCS settles all three: keys sorted by their UTF-16 code units, no white space, numbers
as ECMAScript prints them, strings with the shortest escapes and everything else as plain UTF-8. Two things it leaves
open are fixed here: an integer beyond 2^53 keeps all its digits, and half of a surrogate pair, which UTF-8 cannot
hold, is written as its ``\\uXXXX`` escape in lower-case hex.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import lru_cache
from json.encoder import encode_basestring
from math import isfinite
from typing import TypeAlias

__all__ = ["Json", "canonical", "to_bytes"]

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"
"""A value as the standard library's parser gives it."""

_LARGEST_POINT = 21
"""ECMAScript prints numbers below 10^21 without an exponent, and fractions down to 10^-6."""
_SMALLEST_POINT = -6


def canonical(value: Json | Mapping[str, Json]) -> bytes:
    """The canonical JSON of ``value`` in UTF-8; ValueError for a number that is not finite."""
    return to_bytes(_written(value))


def to_bytes(text: str) -> bytes:
    """JSON text in UTF-8; lone surrogates, which stand in strings only, become JSON escapes."""
    return text.encode("utf-8", "backslashreplace")


def _written(value: Json | Mapping[str, Json]) -> str:
    if isinstance(value, str):
        return encode_basestring(value)
    if isinstance(value, float):
        return _number(value)
    if isinstance(value, Mapping):
        return "{" + ",".join([f"{encode_basestring(key)}:{_written(value[key])}" for key in _in_order(value)]) + "}"
    if isinstance(value, list):
        return "[" + ",".join([_written(item) for item in value]) + "]"
    return repr(value) if type(value) is int else json.dumps(value)


def _in_order(keys: Iterable[str]) -> list[str]:
    """By UTF-16 code units: for ASCII the order that strings have anyway."""
    ordered = sorted(keys)
    if not "".join(ordered).isascii():
        ordered.sort(key=lambda key: key.encode("utf-16-be", "surrogatepass"))
    return ordered


@lru_cache(maxsize=1024)
def _number(value: float) -> str:
    """ECMA-262, Number::toString: the shortest digits that read back as the same double."""
    if not isfinite(value):
        raise ValueError(f"no JSON number: {value}")
    if value == 0:
        return "0"
    # repr() finds the same shortest digits; only where the point goes differs.
    sign, all_digits, exponent = Decimal(repr(value)).as_tuple()
    assert isinstance(exponent, int)
    padded = "".join(map(str, all_digits))
    digits = padded.rstrip("0")
    point = len(padded) + exponent
    minus = "-" if sign else ""
    if len(digits) <= point <= _LARGEST_POINT:
        return minus + digits + "0" * (point - len(digits))
    if 0 < point <= _LARGEST_POINT:
        return f"{minus}{digits[:point]}.{digits[point:]}"
    if _SMALLEST_POINT < point <= 0:
        return f"{minus}0.{'0' * -point}{digits}"
    mantissa = digits[0] + ("." + digits[1:] if len(digits) > 1 else "")
    return f"{minus}{mantissa}e{point - 1:+d}"
