"""How far judges agree beyond chance: Cohen's κ for two, Krippendorff's α for several, both for nominal categories.

* J. Cohen (1960), "A coefficient of agreement for nominal scales", Educational and Psychological Measurement 20, 37–46.
* J. L. Fleiss, J. Cohen, B. S. Everitt (1969), "Large sample standard errors of kappa and weighted kappa",
  Psychological Bulletin 72, 323–327.
* K. Krippendorff (2011), "Computing Krippendorff's alpha-reliability", University of Pennsylvania.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from math import sqrt

__all__ = ["Kappa", "cohen", "krippendorff"]

_NOTHING = 1e-12
"""What rounding may leave of a variance that is 0."""


@dataclass(frozen=True, slots=True)
class Kappa:
    """Agreement of two judges on ``units`` units, ``agreed`` of which they judged alike.

    ``value`` is κ = (p − e) / (1 − e), where p is the share that was judged alike, and e what it would be by chance
    with each judge's frequencies. It is None where everything was put into one category: chance alone gives full
    agreement then, and κ is 0/0. ``error`` is its standard error, which holds for many units; None where it comes out
    as 0, which says no more than that there were too few, or no difference of opinion.
    """

    units: int
    agreed: int
    value: float | None
    error: float | None


def cohen(judgments: Sequence[tuple[Hashable, Hashable]]) -> Kappa:
    """Cohen's κ of pairs, each what the two judges said of a unit, with the standard error of Fleiss, Cohen, Everitt.

    The error is that of the estimate, not the one that holds if κ is 0.
    """
    units = len(judgments)
    cells = Counter(judgments)
    first, second = Counter(one for one, _ in judgments), Counter(other for _, other in judgments)
    agreed = sum(number for (one, other), number in cells.items() if one == other)
    # In whole numbers: where e is 1, it is to be exactly 1.
    by_chance = sum(first[category] * second[category] for category in first)
    if by_chance == units * units:
        return Kappa(units, agreed, None, None)
    chance = by_chance / units**2
    kappa = (agreed / units - chance) / (1 - chance)
    spread = -((kappa - chance * (1 - kappa)) ** 2)
    for (one, other), number in cells.items():
        if one == other:
            spread += number / units * (1 - (first[one] + second[one]) / units * (1 - kappa)) ** 2
        else:
            spread += number / units * ((second[one] + first[other]) / units * (1 - kappa)) ** 2
    error = sqrt(spread / units) / (1 - chance) if spread > _NOTHING else None
    return Kappa(units, agreed, kappa, error)


def krippendorff(units: Iterable[Sequence[Hashable]]) -> float | None:
    """Krippendorff's α of what the judges said of each unit, for any number of judges, some of whom may be silent.

    A unit of which fewer than two spoke does not count. None where there is none that counts, or all of them were put
    into one category.
    """
    alike = 0.0
    values: Counter[Hashable] = Counter()
    for said in units:
        if len(said) > 1:
            values.update(said)
            alike += sum(number * (number - 1) for number in Counter(said).values()) / (len(said) - 1)
    total = values.total()
    expected = total * (total - 1) - sum(number * (number - 1) for number in values.values())
    return 1 - (total - alike) * (total - 1) / expected if expected else None
