"""Which names the translation has, and where."""

from __future__ import annotations

from dataclasses import dataclass, field

from sverka.language.names import Gazetteer
from sverka.language.nametable import Name
from sverka.model import Bitext, Pair, Span

BESIDE = 2
"""The sentence beside has the name."""
ELSEWHERE = 1
"""The translation has it, but elsewhere."""


@dataclass(frozen=True, slots=True)
class Mentions:
    """Names by pair of sentences and all together; each with the words of the translation that name it."""

    pairs: tuple[tuple[Pair, dict[Name, str]], ...] = ()
    anywhere: dict[Name, str] = field(default_factory=dict)

    @classmethod
    def of(cls, bitext: Bitext | None, gazetteer: Gazetteer) -> Mentions:
        """The mentions of a translation; none where there is none."""
        if bitext is None:
            return cls()
        text = bitext.translation.transcript.text
        found = []
        for pair in bitext.pairs:
            english = pair.target.of(text) if pair.target else ""
            found.append((pair, {name: english[a:b] for name, a, b in gazetteer.mentioned(english)}))
        return cls(tuple(found), {name: words for _, names in found for name, words in names.items()})

    def beside(self, span: Span) -> dict[Name, str]:
        """The names in the translation of the sentences that ``span`` touches."""
        result: dict[Name, str] = {}
        for pair, names in self.pairs:
            if pair.source is not None and pair.source.start <= span.end and span.start <= pair.source.end:
                result |= names
        return result

    def level(self, name: Name, span: Span) -> int:
        """How near to ``span`` the translation has the name: BESIDE, ELSEWHERE or 0."""
        return BESIDE if name in self.beside(span) else ELSEWHERE if name in self.anywhere else 0
