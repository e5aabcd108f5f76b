"""The findings of one document that can be said as "read this for that"."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from sverka.correct import names, surface
from sverka.correct.engine import Engine
from sverka.correct.findings import findings
from sverka.correct.mentions import Mentions
from sverka.correct.ranker import Ranker
from sverka.language.knowledge import Knowledge
from sverka.language.names import Gazetteer
from sverka.model import Bitext, Document, Finding

_OVERRULE = 0.5
"""From this confidence on, a pair that is one word silences what is said of its parts."""


class Corrector:
    """The engine, opened once for many documents."""

    def __init__(self, knowledge: Knowledge, ranker: Ranker, gazetteer: Gazetteer) -> None:
        self._ranker = ranker
        self._gazetteer = gazetteer
        self._engine = Engine(knowledge, ranker, gazetteer)

    @classmethod
    def open(cls, *tables: Path) -> Corrector:
        """The engine over the knowledge that ships with the package, and the user's own ``tables`` of names."""
        return cls(Knowledge.open(), Ranker.open(), Gazetteer.open(*tables))

    def correct(
        self, document: Document, bitext: Bitext | None, structural: Sequence[Finding], floor: float
    ) -> tuple[Finding, ...]:
        """Findings with a confidence of ``floor`` or more, in the order of the text, none overlapping.

        ``structural`` are findings of the rules; they are among those given back, and go before others on their places.
        """
        text = document.transcript.text
        mentions = Mentions.of(bitext, self._gazetteer)
        stream = self._engine.read(document)
        signs = tuple(surface.find(stream))
        named = tuple(names.find(document, stream, mentions, self._gazetteer))
        evident = disjoint([*structural, *signs, *named])
        words, pairs = self._engine.choosings(document, stream, mentions, evident)
        return disjoint(
            [
                *(f for f in evident if f.confidence >= floor),
                *findings(pairs, self._ranker, text, max(floor, _OVERRULE)),
                *findings(words, self._ranker, text, floor),
            ]
        )


def disjoint(found: Sequence[Finding]) -> tuple[Finding, ...]:
    """Of findings that overlap those listed first, in the order of the text."""
    kept: list[Finding] = []
    for finding in found:
        if not any(finding.span.overlaps(k.span) for k in kept):
            kept.append(finding)
    return tuple(sorted(kept, key=lambda f: f.span))
