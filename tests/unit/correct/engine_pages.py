"""What the engine makes of a page, with the knowledge that ships."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np

from sverka.correct.casing import survey
from sverka.correct.engine import Choosing, Engine
from sverka.correct.findings import Writer
from sverka.correct.options import Origin
from sverka.correct.ranker import Ranker
from sverka.correct.slots import SlotKind
from sverka.correct.witnesses import Witnesses
from sverka.language.knowledge import Knowledge
from sverka.language.names import Gazetteer
from sverka.model import Transcript
from sverka.text.document import analyse

CLEAN = (
    "Народ страны начал наступление. Решение было принято на заседании. Назначено новое собрание. "
    "День был холодным. Печать напомнила об этом. "
)
BAD = (
    "Нарэд страиы нжчал настуцление. Рещение было прииято на зэседании. Назиачено ноаое собранме. "
    "Деиь был хоподным. Пенать наломнила об этом. "
)
"""The same, misread in many ways."""
ONE_MISREADING = (
    "Парод страпы пачал паступлепие. Решепие было припято на заседапии. Пазпачепо повое собрапие. "
    "Депь был холодпым. Печать папомпила об этом. "
)
"""The same, with one letter misread throughout."""


@dataclass(frozen=True)
class Offer:
    """An option: the word it is, folded, what it would replace, and what was found of it."""

    word: str
    replaced: str
    origin: Origin
    cost: float
    probability: float


@cache
def engine() -> Engine:
    """The engine as it ships."""
    return Engine(Knowledge.open(), ranker(), gazetteer())


@cache
def ranker() -> Ranker:
    """The weights as they ship."""
    return Ranker.open()


@cache
def gazetteer() -> Gazetteer:
    """The names that ship."""
    return Gazetteer.open()


@dataclass(frozen=True)
class Judged:
    """A page, its words and its pairs."""

    text: str
    words: Choosing
    pairs: Choosing
    writer: Writer

    def choosing(self, kind: SlotKind) -> Choosing:
        """Those of a kind."""
        return self.words if kind is SlotKind.WORD else self.pairs

    def slot(self, observed: str, kind: SlotKind = SlotKind.WORD) -> int:
        """The last slot that covers ``observed``."""
        slots = self.choosing(kind).slots
        return [s for s in range(len(slots)) if slots.span(s).of(self.text) == observed][-1]

    def stands(self, observed: str, kind: SlotKind = SlotKind.WORD) -> float:
        """How likely it is right as it stands."""
        choosing = self.choosing(kind)
        return float(choosing.probability[choosing.choice.starts[self.slot(observed, kind)]])

    def offers(self, observed: str, kind: SlotKind = SlotKind.WORD) -> tuple[Offer, ...]:
        """What it may have been, the likeliest first."""
        choosing = self.choosing(kind)
        options, s = choosing.options, self.slot(observed, kind)
        rows = np.flatnonzero((choosing.choices.slot == s) & (choosing.choices.option >= 0))
        rows = rows[np.argsort(-choosing.probability[rows], kind="stable")]
        at = choosing.choices.option[rows]
        return tuple(
            Offer(word, options.span(option).of(self.text), Origin(options.origin[option]), cost, p)
            for word, option, cost, p in zip(
                self.writer.folded(choosing, at),
                at.tolist(),
                options.cost[at].tolist(),
                choosing.probability[rows].tolist(),
                strict=True,
            )
        )


@cache
def judge(text: str) -> Judged:
    """What the engine makes of ``text``."""
    knowledge = Knowledge.open()
    document = analyse(Transcript("page.txt", text))
    stream = engine().read(document)
    words, pairs = engine().choosings(document, stream, Witnesses(), ())
    return Judged(text, words, pairs, Writer(text, knowledge, survey(text, stream, knowledge.capitals)))
