"""What else is known of a document beside its own text."""

from __future__ import annotations

from dataclasses import dataclass, field

from sverka.correct.mentions import Mentions


@dataclass(frozen=True, slots=True)
class Witnesses:
    """What other copies and renderings of a document say; a document may have none.

    ``mentions`` are the names that its translation has.
    """

    mentions: Mentions = field(default_factory=Mentions)
