"""The findings of one document that can be said as "read this for that"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from sverka.correct import names, surface
from sverka.correct.casing import survey
from sverka.correct.engine import Engine
from sverka.correct.findings import Writer, findings
from sverka.correct.mentions import Mentions
from sverka.correct.ranker import Ranker
from sverka.correct.witnesses import Witnesses
from sverka.language.calibration import NONE, Calibration, kinds_of
from sverka.language.knowledge import Knowledge
from sverka.language.learned import Learned
from sverka.language.names import Gazetteer
from sverka.model import Bitext, Document, Finding, Span

_OVERRULE = 0.5
"""From this confidence on, a pair that is one word silences what is said of its parts."""


class Corrector:
    """The engine, opened once for many documents."""

    def __init__(
        self, knowledge: Knowledge, ranker: Ranker, gazetteer: Gazetteer, calibration: Calibration = NONE
    ) -> None:
        """``calibration`` corrects the probabilities of all findings, as decisions on earlier ones showed."""
        self._calibration = calibration
        self._ranker = ranker
        self._gazetteer = gazetteer
        self._knowledge = knowledge
        self._engine = Engine(knowledge, ranker, gazetteer)

    @classmethod
    def open(cls, *tables: Path, learned: Learned | None = None) -> Corrector:
        """The engine over the knowledge that ships with the package, and the user's own ``tables`` of names.

        With what was ``learned`` from decisions, the misreadings that editors put right are expected more.
        """
        learned = learned or Learned()
        knowledge = Knowledge.open()
        knowledge = replace(knowledge, errors=learned.adapted(knowledge.errors))
        return cls(knowledge, Ranker.open(), Gazetteer.open(*tables), learned.calibration)

    def correct(
        self, document: Document, bitext: Bitext | None, structural: Sequence[Finding], floor: float
    ) -> tuple[Finding, ...]:
        """Findings with a confidence of ``floor`` or more, in the order of the text, none overlapping.

        ``structural`` are findings of the rules; they are among those given back, and go before others on their places.
        """
        wanted, floor = floor, self._calibration.least(floor)
        text = document.transcript.text
        witnesses = Witnesses(Mentions.of(bitext, self._gazetteer))
        stream = self._engine.read(document)
        casing = survey(text, stream, self._knowledge.capitals)
        signs = tuple(surface.find(stream, text, casing))
        named = tuple(names.find(document, stream, witnesses.mentions, self._gazetteer))
        words, pairs = self._engine.choosings(document, stream, witnesses, disjoint([*structural, *signs, *named]))
        writer = Writer(text, self._knowledge, casing)
        read = [*signs, *findings(words, self._ranker, writer, floor)]
        found = disjoint(
            [
                *structural,
                *named,
                *findings(pairs, self._ranker, writer, max(floor, _OVERRULE)),
                *merged(read),
            ]
        )
        put_right = [calibrated(finding, self._calibration) for finding in found]
        return tuple(finding for finding in put_right if finding.confidence >= wanted)


def merged(found: Sequence[Finding]) -> tuple[Finding, ...]:
    """The findings, the surest first; one of several on the same place offers the candidates of all.

    Those of the others share what probability its own leave.
    """
    places: dict[Span, list[Finding]] = {}
    for finding in sorted(found, key=lambda finding: -finding.confidence):
        places.setdefault(finding.span, []).append(finding)
    return tuple(_with_candidates(finding, others) for finding, *others in places.values())


def _with_candidates(finding: Finding, others: Sequence[Finding]) -> Finding:
    if not others:
        return finding
    said = {candidate.text for candidate in finding.candidates}
    left = max(finding.confidence - sum(candidate.probability for candidate in finding.candidates), 0.0)
    more = [c for other in others for c in other.candidates if c.text not in said and c.text != finding.original]
    total = sum(candidate.probability for candidate in more)
    if not total:
        return finding
    share = min(left / total, 1.0)
    added = (replace(candidate, probability=round(candidate.probability * share, 4)) for candidate in more)
    candidates = sorted((*finding.candidates, *added), key=lambda candidate: -candidate.probability)
    return replace(finding, candidates=tuple(candidates))


def calibrated(finding: Finding, calibration: Calibration) -> Finding:
    """The finding with its confidence put right, and its candidates' probabilities in the proportion they had to it."""
    if calibration == NONE or not finding.confidence:
        return finding
    confidence = calibration.of(finding.confidence, kinds_of(finding.rule, candidates=bool(finding.candidates)))
    share = confidence / finding.confidence
    return replace(
        finding,
        confidence=round(confidence, 4),
        candidates=tuple(replace(c, probability=round(c.probability * share, 4)) for c in finding.candidates),
    )


def disjoint(found: Sequence[Finding]) -> tuple[Finding, ...]:
    """Of findings that overlap those listed first, in the order of the text."""
    kept: list[Finding] = []
    for finding in found:
        if not any(finding.span.overlaps(k.span) for k in kept):
            kept.append(finding)
    return tuple(sorted(kept, key=lambda f: f.span))
