"""How far editors agree, as lines: for people to read, and as JSON for programs."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from sverka.text.plainjson import dumps
from sverka.text.visible import visible


class Question(StrEnum):
    """What two decisions on one place are compared for."""

    VERDICT = "verdict"
    """Whether something is wrong here: accept and amend say so, reject denies it."""
    STATEMENT = "statement"
    """What belongs there, and whose error it is: the same text and class, or none."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """Two editors on the places that both judged without knowing what the other had said.

    ``agreed`` of the ``places`` they judged alike. ``kappa`` is Cohen's, ``error`` its standard error; None where
    there is none.
    """

    editors: tuple[str, str]
    question: Question
    places: int
    agreed: int
    kappa: float | None
    error: float | None


@dataclass(frozen=True, slots=True)
class Consensus:
    """Krippendorff's ``alpha`` of all editors, on the places that two or more judged before they saw anybody's word.

    None where it is undefined.
    """

    editors: tuple[str, ...]
    question: Question
    places: int
    alpha: float | None


def text_line(found: Agreement | Consensus) -> str:
    """The figures of one question as one line."""
    places = f"{found.places} place{'' if found.places == 1 else 's'}"
    pieces = [visible(", ".join(found.editors)), f"{found.question:9}", places]
    if isinstance(found, Agreement):
        pieces.append(f"agreed on {found.agreed} ({found.agreed / found.places:.3f})")
        pieces.append(_told("κ", found.kappa) + ("" if found.error is None else f" (standard error {found.error:.3f})"))
    else:
        pieces.append(_told("α", found.alpha))
    return "  ".join(pieces)


def json_line(found: Agreement | Consensus) -> str:
    """The same as one line of JSON; a figure that is undefined is null."""
    told: dict[str, object] = {
        "editors": list(found.editors),
        "question": found.question.value,
        "places": found.places,
    }
    if isinstance(found, Agreement):
        told |= {
            "agreed": found.agreed,
            "agreement": _rounded(found.agreed / found.places),
            "kappa": _rounded(found.kappa),
            "standard_error": _rounded(found.error),
        }
    else:
        told["alpha"] = _rounded(found.alpha)
    return dumps(told)


def _told(sign: str, value: float | None) -> str:
    return f"{sign} undefined: the same was said of every place" if value is None else f"{sign} {value:.3f}"


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)
