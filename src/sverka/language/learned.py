"""What a project has learned from its editors' decisions, and the file that keeps it.

``sverka learn`` makes it from the ledgers; whoever opens the engine reads it. The file is JSON with one count a line,
in a fixed order, so that a version control system shows what was learned, and the same decisions give the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn, TypeAlias

from sverka.errors import InputError
from sverka.language.adaptation import at_rate_of, posterior
from sverka.language.alignment import Edit
from sverka.language.calibration import NONE, Calibration
from sverka.language.errormodel import ErrorModel
from sverka.language.words import LETTERS

FORMAT = 2
"""The version of the file's format that this program writes, and the latest that it reads.

Format 1 had no "of some" in a calibration, and every count stood for as much as was seen.
"""

_KINDS = frozenset({(1, 1), (0, 1), (1, 0), (2, 1), (1, 2)})
"""How many signs and letters an edit may have."""

_REMEDY = "delete it and run `sverka learn`"

_MOST = 1e9
"""No number in the file is larger."""

Json: TypeAlias = "dict[str, Json] | list[Json] | str | float | bool | None"


@dataclass(frozen=True, slots=True)
class Epoch:
    """A calibration, and the time (ISO 8601, UTC) of the latest event it was learned from.

    Findings that were decided later had their confidence from it.
    """

    until: str
    calibration: Calibration


@dataclass(frozen=True, slots=True)
class Learned:
    """What the decisions in force teach.

    ``ledgers`` are the paths of the ledgers within the project, each with its heads. ``accepted``, ``amended`` and
    ``rejected`` count decisions; ``edits`` how often each edit led from what is on the page to what was read, as far
    as that tells anything of the next page (:func:`sverka.language.adaptation.of_pages`).
    ``epochs`` are the calibrations one after the other, the last of them in force: without the earlier ones it could
    not be told what the engine itself had said of the findings that were decided under them.
    """

    ledgers: tuple[tuple[str, tuple[str, ...]], ...] = ()
    accepted: int = 0
    amended: int = 0
    rejected: int = 0
    edits: Mapping[Edit, float] = field(default_factory=dict, hash=False)
    epochs: tuple[Epoch, ...] = ()

    @property
    def decisions(self) -> int:
        """How many decisions it was learned from."""
        return self.accepted + self.amended + self.rejected

    @property
    def calibration(self) -> Calibration:
        """The correction of the engine's confidences."""
        return self.epochs[-1].calibration if self.epochs else NONE

    def calibration_at(self, time: str) -> Calibration:
        """The correction that was in force when something was decided."""
        return next((epoch.calibration for epoch in reversed(self.epochs) if epoch.until < time), NONE)

    def adapted(self, model: ErrorModel) -> ErrorModel:
        """The error model after the misreadings that editors put right."""
        return posterior(model, at_rate_of(model, self.edits)) if self.edits else model

    @classmethod
    def open(cls, path: Path) -> Learned:
        """What the file holds, nothing where there is none; InputError where it is damaged or of a later format."""
        try:
            data = path.read_bytes()
        except FileNotFoundError:
            return cls()
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            raise InputError(f"cannot be read: {reason}", place=str(path)) from None
        try:
            return _learned(_object(json.loads(data, parse_constant=_refuse), "the file"))
        except _LaterFormat as error:
            message = f"was written by a later version of the program (format {error})"
            raise InputError(message, place=str(path), remedy=f"update the program, or {_REMEDY}") from None
        except _Damaged as error:
            raise InputError(f"is damaged: {error}", place=str(path), remedy=_REMEDY) from None
        except (ValueError, RecursionError):
            raise InputError("is damaged: not JSON", place=str(path), remedy=_REMEDY) from None


def encode(learned: Learned) -> bytes:
    """The file's content; the same for the same value."""
    edits: dict[str, dict[str, Json]] = {}
    for (signs, letters), n in sorted(learned.edits.items(), key=lambda item: item[0][::-1]):
        edits.setdefault(letters, {})[signs] = int(n) if n == int(n) else n
    table: dict[str, object] = {
        "format": FORMAT,
        "ledgers": {path: list(heads) for path, heads in sorted(learned.ledgers)},
        "decisions": {"accepted": learned.accepted, "amended": learned.amended, "rejected": learned.rejected},
        "calibration": [
            {
                "until": epoch.until,
                "slope": epoch.calibration.slope,
                "offset": epoch.calibration.offset,
                "of some": dict(epoch.calibration.own),
            }
            for epoch in learned.epochs
        ],
        "letters read as": edits,
    }
    return (json.dumps(table, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "backslashreplace")


class _Damaged(Exception):
    """The message goes on after “is damaged:”."""


class _LaterFormat(Exception):
    """The message is the format's number."""


def _learned(table: dict[str, Json]) -> Learned:
    version = table.get("format")
    if isinstance(version, int) and version > FORMAT:
        raise _LaterFormat(version)
    if version not in (1, FORMAT):
        raise _Damaged("format is not a number that was ever used")
    ledgers = _object(table.get("ledgers"), "ledgers")
    decisions = _object(table.get("decisions"), "decisions")
    accepted, amended, rejected = (
        int(_number(decisions.get(name), name, 0)) for name in ("accepted", "amended", "rejected")
    )
    return Learned(
        tuple((path, tuple(_text(head, "a head") for head in _list(heads, path))) for path, heads in ledgers.items()),
        accepted,
        amended,
        rejected,
        edits=dict(_edits(_object(table.get("letters read as"), "letters read as"))),
        epochs=tuple(_epochs(_list(table.get("calibration"), "calibration"))),
    )


def _edits(table: dict[str, Json]) -> Iterator[tuple[Edit, float]]:
    for letters, row in table.items():
        for signs, n in _object(row, f"“{letters}”").items():
            if (len(signs), len(letters)) not in _KINDS or not set(letters) <= set(LETTERS):
                raise _Damaged(f"“{letters}” read as “{signs}” is no misreading of one or two letters")
            yield (signs, letters), _number(n, f"the count of “{letters}” read as “{signs}”", 0)


def _epochs(rows: list[Json]) -> Iterator[Epoch]:
    for row in rows:
        fields = _object(row, "a calibration")
        slope = _number(fields.get("slope"), "slope", 0)
        if slope <= 0:
            raise _Damaged("slope is not above 0")
        own = _object(fields.get("of some", {}), "“of some”")
        added = tuple((kind, _number(own[kind], f"“{kind}” of some")) for kind in sorted(own))
        calibration = Calibration(slope, _number(fields.get("offset"), "offset"), added)
        yield Epoch(_text(fields.get("until"), "until"), calibration)


def _object(value: Json, what: str) -> dict[str, Json]:
    if not isinstance(value, dict):
        raise _Damaged(f"{what} is not an object")
    return value


def _list(value: Json, what: str) -> list[Json]:
    if not isinstance(value, list):
        raise _Damaged(f"{what} is not a list")
    return value


def _text(value: Json, what: str) -> str:
    if not isinstance(value, str):
        raise _Damaged(f"{what} is not text")
    return value


def _number(value: Json, what: str, least: float = -_MOST) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value <= _MOST:
        raise _Damaged(f"{what} is not a number that it may be")
    return float(value)


def _refuse(name: str) -> NoReturn:
    raise _Damaged(f"{name} is no JSON number")
