"""What a report holds, worked out once for every format."""

from __future__ import annotations

from dataclasses import dataclass

from sverka.export.figures import Figures, figures
from sverka.export.pictures import Picture, pictures
from sverka.export.statistics import Estimate, estimate
from sverka.model import Report


@dataclass(frozen=True, slots=True)
class Contents:
    """A report with its figures and pictures.

    ``estimate`` is None where the report holds only what is new: of what remains that says nothing.
    """

    title: str
    report: Report
    figures: Figures
    estimate: Estimate | None
    pictures: tuple[Picture, ...]

    @classmethod
    def of(cls, report: Report, *, title: str) -> Contents:
        """The contents of a report with this heading."""
        told = figures(report)
        remaining = None if report.since else estimate(told)
        return cls(title, report, told, remaining, pictures(told, remaining))
