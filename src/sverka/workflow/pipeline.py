"""The whole way of a transcript: taken apart, laid beside its translation, checked."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from sverka.align.bitext import align, translation_of
from sverka.config import Config
from sverka.correct.corrector import Corrector
from sverka.detect import detect
from sverka.language.knowledge import Knowledge
from sverka.language.learned import Learned
from sverka.model import Bitext, Checked, Document, Finding, Transcript
from sverka.text.alphabet import fold
from sverka.text.context import finding_id
from sverka.text.document import analyse


class Checker:
    """Checks transcripts; opening it maps the knowledge into memory, so one is used for many."""

    def __init__(self, knowledge: Knowledge, corrector: Corrector, floor: float) -> None:
        self._knowledge = knowledge
        self._corrector = corrector
        self._floor = floor

    @classmethod
    def open(cls, config: Config) -> Checker:
        """A checker over the knowledge that ships with the package, with the findings that ``config`` asks for.

        Tables of names in the project's lexicon folder (``*.tsv``, as in :mod:`sverka.language.nametable`) are known
        too, and what was learned from its decisions (:mod:`sverka.language.learned`); InputError for a file of these
        that is not in order.
        """
        learned = Learned.open(config.learned) if config.learned else None
        return cls(Knowledge.open(), Corrector.open(*config.tables, learned=learned), config.min_confidence)

    def check(self, transcript: Transcript, *, translation: Transcript | None = None) -> Checked:
        """What is probably wrong in ``transcript``; ``translation`` where it is not part of the same file."""
        document = analyse(transcript)
        bitext = self._beside(document, translation)
        structural = detect(document, bitext, self._is_word)
        found = self._corrector.correct(document, bitext, structural, self._floor)
        return Checked(document, _identified(found, transcript.text), bitext)

    @staticmethod
    def _beside(document: Document, other: Transcript | None) -> Bitext | None:
        translation = translation_of(document, other)
        return align(document, translation) if translation else None

    def _is_word(self, word: str) -> bool:
        return bool(self._knowledge.lexicon.number([fold(word)])[0] >= 0)


def _identified(found: tuple[Finding, ...], text: str) -> tuple[Finding, ...]:
    """Each finding with its id; places that share their words share the id's stem and are counted off."""
    seen: Counter[str] = Counter()
    result = []
    for finding in found:
        stem = finding_id(text, finding.span)
        seen[stem] += 1
        result.append(replace(finding, id=stem if seen[stem] == 1 else f"{stem}-{seen[stem]}"))
    return tuple(result)
