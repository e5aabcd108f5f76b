"""What the slots of a page may have been, as columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from sverka.language.nametable import Name
from sverka.model import Span

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]


class Origin(IntEnum):
    """Where an option comes from."""

    LEXICON = 0
    """A word of the lexicon that may be read as what stands there."""
    REJOIN = 1
    """The same for two neighbours."""
    SPLIT = 2
    """Two words that were run together."""
    JOIN = 3
    """Two neighbours that make a word as they stand."""
    COMPOUND = 4
    """Two neighbours that make one with a hyphen between."""
    PART = 5
    """A compound with one of its parts read otherwise."""
    NAME = 6
    """A name of the gazetteer."""


@dataclass(frozen=True, slots=True)
class Options:
    """Option ``r`` is what slot ``slot[r]`` may have been; in the order of the slots.

    ``words`` are the numbers of one word or two (-1 beyond them), ``cost`` is -log P(observed | option) in nats.
    From ``start`` to ``end`` is what it would replace: that may reach one sign beyond the slot, or be a part of it.
    ``text`` and ``name`` point into ``texts`` and ``names``; -1 where the text is that of ``words``, where it is no
    name.
    """

    slot: Ints
    words: Ints
    cost: Floats
    origin: NDArray[np.uint8]
    start: Ints
    end: Ints
    text: Ints
    name: Ints
    texts: tuple[str, ...] = ()
    names: tuple[Name, ...] = field(default=(), repr=False)

    def __len__(self) -> int:
        """How many options there are, of all slots."""
        return len(self.slot)

    def span(self, r: int) -> Span:
        """What option ``r`` would replace."""
        return Span(int(self.start[r]), int(self.end[r]))

    def take(self, index: Ints | NDArray[np.bool_]) -> Options:
        """The options at these positions, or where true."""
        return Options(
            self.slot[index],
            self.words[index],
            self.cost[index],
            self.origin[index],
            self.start[index],
            self.end[index],
            self.text[index],
            self.name[index],
            self.texts,
            self.names,
        )


def single(slot: Ints, numbers: Ints, cost: Floats, origin: Origin, start: Ints, end: Ints) -> Options:
    """Options of one word each."""
    none = np.full(len(slot), -1, dtype=np.int64)
    words = np.stack([numbers, none], axis=1)
    kind = np.full(len(slot), origin, dtype=np.uint8)
    return Options(slot, words, cost.astype(np.float32), kind, start, end, none, none)


def together(parts: Sequence[Options]) -> Options:
    """All options of the parts."""
    texts: list[str] = []
    names: list[Name] = []
    text, name = [], []
    for part in parts:
        text.append(np.where(part.text >= 0, part.text + len(texts), -1))
        name.append(np.where(part.name >= 0, part.name + len(names), -1))
        texts += part.texts
        names += part.names
    return Options(
        np.concatenate([part.slot for part in parts]),
        np.concatenate([part.words for part in parts]),
        np.concatenate([part.cost for part in parts]),
        np.concatenate([part.origin for part in parts]),
        np.concatenate([part.start for part in parts]),
        np.concatenate([part.end for part in parts]),
        np.concatenate(text),
        np.concatenate(name),
        tuple(texts),
        tuple(names),
    )


def distinct(options: Options) -> Options:
    """Of options of one slot with the same words the cheapest; in the order of slots, then of costs."""
    order = np.lexsort((options.cost, options.text, options.words[:, 1], options.words[:, 0], options.slot))
    keys = [column[order] for column in (options.slot, options.words[:, 0], options.words[:, 1], options.text)]
    new = np.ones(len(order), dtype=bool)
    if len(order):
        new[1:] = np.any([key[1:] != key[:-1] for key in keys], axis=0)
    kept = order[new]
    return options.take(kept[np.lexsort((options.cost[kept], options.slot[kept]))])
