"""What the pictures of a report show, as numbers: misreadings, reliability, work over time, errors that remain.

All of it is worked out from the rows of :mod:`sverka.export.figures`; docs/reports.md says how, for those who read it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from math import sqrt

from rapidfuzz.distance import Levenshtein

from sverka.export.figures import Figures, Row
from sverka.model import Rule
from sverka.text.cells import NOTHING

SURE = 0.9
"""An undecided finding counts among the misreadings where its first candidate is so probable."""

RECALL = (0.66, 0.87)
"""The share of errors that the program finds from 0.5: on letters with a translation, and on pages it has not seen.

As docs/accuracy.md has them; what archives hold lies somewhere about these.
"""

_BINS = 10
_LONGEST_BY_DAY = 92
"""Days: where the work took longer, it is counted by month."""
_NORMAL_95 = 1.96
"""So many standard deviations on either side hold 95 % of a normal distribution."""


@dataclass(frozen=True, slots=True)
class Misreading:
    """One sign read for another, :data:`sverka.text.cells.NOTHING` standing for none.

    ``decided`` counts decisions of editors, ``likely`` undecided findings whose first candidate is sure.
    """

    read: str
    meant: str
    decided: int
    likely: int

    @property
    def count(self) -> int:
        """Both together."""
        return self.decided + self.likely


@dataclass(frozen=True, slots=True)
class Bin:
    """Decided findings whose confidence lay from ``low`` to ``high``.

    ``said`` is the mean of what was said of them, and so the share of which it should have come true.
    """

    low: float
    high: float
    decided: int
    confirmed: int
    said: float

    @property
    def share(self) -> float:
        """The part of which it came true."""
        return self.confirmed / self.decided


@dataclass(frozen=True, slots=True)
class Period:
    """How many decisions each editor made on a day (``2026-03-01``) or in a month (``2026-03``), UTC."""

    name: str
    by_editor: tuple[tuple[str, int], ...]

    @property
    def count(self) -> int:
        """Those of all editors."""
        return sum(count for _, count in self.by_editor)


@dataclass(frozen=True, slots=True)
class Estimate:
    """How many errors the transcripts still hold.

    ``open_expected`` is how many of the undecided findings are real, as far as their probabilities are right, give or
    take ``open_spread`` (95 %, if they are independent). ``unseen`` is the range of errors that were not found at all.
    """

    open_expected: float
    open_spread: float
    unseen: tuple[float, float]

    @property
    def low(self) -> int:
        """The lower end of the range of both together."""
        return round(max(0.0, self.open_expected - self.open_spread) + self.unseen[0])

    @property
    def high(self) -> int:
        """The upper end."""
        return round(self.open_expected + self.open_spread + self.unseen[1])


def misreadings(rows: Iterable[Row]) -> tuple[Misreading, ...]:
    """Which sign was read for which, the most frequent first.

    From what editors said belongs there, and from the first candidates of undecided findings that are sure. Where more
    than half of the signs differ it is another word, not a misread one, and which sign stands for which means nothing.
    """
    decided: Counter[tuple[str, str]] = Counter()
    likely: Counter[tuple[str, str]] = Counter()
    for row in rows:
        if row.confirmed and row.decision is not None and row.decision.replacement is not None:
            decided.update(_signs(row.original, row.decision.replacement))
        elif not row.state.settled and row.candidates and row.candidates[0].probability >= SURE:
            likely.update(_signs(row.original, row.candidates[0].text))
    pairs = decided.keys() | likely.keys()
    found = (Misreading(read, meant, decided[read, meant], likely[read, meant]) for read, meant in pairs)
    return tuple(sorted(found, key=lambda one: (-one.count, one.meant, one.read)))


def _signs(read: str, meant: str) -> Iterator[tuple[str, str]]:
    steps = Levenshtein.editops(read, meant)
    if 2 * len(steps) > max(len(read), len(meant)):
        return
    for step in steps:
        yield (
            NOTHING if step.tag == "insert" else read[step.src_pos],
            NOTHING if step.tag == "delete" else meant[step.dest_pos],
        )


def reliability(rows: Iterable[Row]) -> tuple[Bin, ...]:
    """What was said of findings when they were decided, beside what editors then said, by tenths of confidence.

    Places that an editor came upon are none of the program's. Tenths without a decision are left out.
    """
    of_bin: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        if row.state.settled and row.decision is not None and row.rule is not Rule.EDITOR:
            of_bin[min(int(_BINS * row.decision.confidence), _BINS - 1)].append(row)
    return tuple(_bin(number, of_bin[number]) for number in sorted(of_bin))


def _bin(number: int, rows: list[Row]) -> Bin:
    said = [row.decision.confidence for row in rows if row.decision]
    confirmed = sum(row.confirmed for row in rows)
    return Bin(number / _BINS, (number + 1) / _BINS, len(rows), confirmed, sum(said) / len(said))


def work(rows: Iterable[Row]) -> tuple[Period, ...]:
    """The decisions in force by the time they were made, days and months without any among them too."""
    made = [(day, row.decision.by) for row in rows if row.decision and (day := _day(row.decision.at))]
    if not made:
        return ()
    first, last = min(made)[0], max(made)[0]
    length = len("YYYY-MM-DD") if last - first <= timedelta(_LONGEST_BY_DAY) else len("YYYY-MM")
    days = (first + timedelta(n) for n in range((last - first).days + 1))
    of_period: dict[str, Counter[str]] = {day.isoformat()[:length]: Counter() for day in days}
    for day, editor in made:
        of_period[day.isoformat()[:length]][editor] += 1
    return tuple(Period(name, tuple(sorted(counts.items()))) for name, counts in of_period.items())


def _day(at: str) -> date | None:
    try:
        return date.fromisoformat(at[:10])
    except ValueError:  # a ledger may come from anywhere
        return None


def estimate(told: Figures) -> Estimate:
    """How many errors remain: what is undecided, weighed by its probability, and what the program cannot have seen.

    Of what it found so many are real: those that editors confirmed, and of the undecided ones the sum of their
    probabilities. If that is the part R of all errors, it missed (1 − R)/R times as many, of which those that editors
    came upon by themselves are gone.
    """
    rows = tuple(told.rows)
    still = [row.confidence for row in rows if not row.state.settled]
    expected = sum(still)
    spread = _NORMAL_95 * sqrt(sum(p * (1 - p) for p in still))
    unprompted = sum(row.confirmed for row in rows if row.rule is Rule.EDITOR)
    real = told.corrected - unprompted + expected
    missed = [max(0.0, real * (1 - recall) / recall - unprompted) for recall in RECALL]
    return Estimate(expected, spread, (min(missed), max(missed)))
