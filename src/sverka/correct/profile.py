"""The profile of a document: which letters are misread in it, learned from what seems to have been misread.

A misreading that was seen twice is likelier to come a third time (Reffle and Ringlstetter 2013, as in
:mod:`sverka.language.adaptation`). How many misreadings there are is the page's noise, and no part of the profile.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from sverka.correct.options import Options, Origin
from sverka.correct.slots import Slots
from sverka.language.adaptation import Reading, at_rate_of, count, posterior
from sverka.language.automaton import Automaton
from sverka.language.errormodel import SIGNS, ErrorModel

_BELIEVED = 0.3
"""From this probability on, a reading is evidence."""
_SPACE = SIGNS.index(" ")


def profile(
    slots: Slots, options: Options, probability: NDArray[np.float64], model: ErrorModel, lexicon: Automaton
) -> ErrorModel:
    """``model`` bent to the likely misreadings of a text; ``probability`` is by option."""
    rows = np.flatnonzero((probability >= _BELIEVED) & _plain(options, slots))
    words = lexicon.words(options.words[rows, 0])
    readings = [
        Reading(slots.observed[slot], word, p)
        for slot, word, p in zip(options.slot[rows].tolist(), words, probability[rows].tolist(), strict=True)
    ]
    return posterior(model, at_rate_of(model, count(readings, model)))


def recosted(options: Options, slots: Slots, model: ErrorModel, lexicon: Automaton) -> Options:
    """The options at what they cost under ``model``, as far as they are words read letter for letter."""
    rows = np.flatnonzero(_plain(options, slots))
    observed = [slots.observed[slot] for slot in options.slot[rows].tolist()]
    cost = options.cost.copy()
    cost[rows] = model.costs(observed, *lexicon.letters(options.words[rows, 0]))
    cost[rows] += slots.line_end[options.slot[rows]] * model.added[_SPACE]
    return replace(options, cost=cost)


def _plain(options: Options, slots: Slots) -> NDArray[np.bool_]:
    """Which options are a word of the lexicon for the whole of what stands in their slots."""
    origin = np.isin(options.origin, (Origin.LEXICON, Origin.REJOIN))
    whole = (options.start == slots.start[options.slot]) & (options.end == slots.end[options.slot])
    return np.asarray(origin & whole & (options.words[:, 1] < 0))
