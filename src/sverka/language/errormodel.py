"""P(observed | intended): how a reader of Russian pages misreads letters.

A noisy channel over edits of one or two letters (Brill and Moore, "An improved error model for noisy channel spelling
correction", ACL 2000): a letter read right or as another sign, a letter lost, a sign added, two signs read for one
letter (``ьі`` for ``ы``) and one for two (``м`` for ``ии``). All costs are -log probabilities in nats.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sverka.language.compiled import compiled
from sverka.language.words import LETTERS, encode
from sverka.text.alphabet import as_cyrillic, fold

SIGNS = (
    LETTERS
    + "abcdefghijklmnopqrstuvwxyz0123456789 .,:;'\"!?*/\\|()[]<>@#&=+_~^$%\u00b0\u00ab\u00bb\u2018\u2019\u2039\u203a"
    + "`{}\u00a2\u00a3\u00a9\u00ae\u0456\u0463\u201a\u201c\u201d\u201e\u2116"
)
"""The signs a reader may put down, by code; any other has the code ``OTHER``."""
OTHER = len(SIGNS)
PAD = 255
"""Code beyond the end of a word in a matrix of observed words."""

IMPOSSIBLE = 60.0
"""The cost of an edit that is never made: in effect infinite, but finite in float16."""

_CODES: NDArray[np.uint8] = np.full(0x2200, OTHER, dtype=np.uint8)
for _code, _sign in enumerate(SIGNS):
    _CODES[ord(_sign)] = _code

Costs = NDArray[np.float32]


def observed_view(text: str) -> str:
    """``text`` as the channel sees it: Latin look-alikes as Cyrillic, lower case, ё as е, dashes as hyphens.

    Line ends, tabs and fixed spaces become spaces. Of the same length, so positions map back.
    """
    return fold(as_cyrillic(text)).translate(_DASHES)


_DASHES = {ord(c): "-" for c in "\u00ad\u00ac\u2010\u2011\u2013\u2014\u2015\u2212"} | {
    ord(c): " " for c in "\n\r\t\u00a0"
}


def encode_observed(words: list[str]) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """Sign codes of observed words (already in the channel's view), one row a word, padded with PAD; and lengths."""
    lengths = np.fromiter(map(len, words), dtype=np.int64, count=len(words))
    width = int(lengths.max(initial=1))
    points = np.frombuffer("".join(words).encode("utf-32-le", "replace"), dtype=np.uint32)
    matrix = np.full((len(words), width), PAD, dtype=np.uint8)
    matrix[np.arange(width) < lengths[:, None]] = _CODES[np.minimum(points, len(_CODES) - 1)]
    return matrix, lengths


@dataclass(frozen=True, slots=True)
class ErrorModel:
    """The costs, indexed by codes of SIGNS (``o``, observed) and of LETTERS (``c``, intended).

    ``read[o, c]`` c read as o (``read[c, c]``: read right) · ``lost[c]`` · ``added[o]`` ·
    ``doubled[o1, o2, c]`` c read as the two signs o1 o2 · ``fused[o, c1, c2]`` the two letters read as o.
    """

    read: Costs
    lost: Costs
    added: Costs
    doubled: Costs
    fused: Costs

    def cost(self, observed: str, intended: str) -> float:
        """-log P(observed | intended), by the cheapest alignment; both folded, ``intended`` in LETTERS."""
        return float(self.costs([observed_view(observed)], *encode([intended]))[0])

    def costs(self, observed: list[str], letters: NDArray[np.uint8], lengths: NDArray[np.int64]) -> Costs:
        """The same of many words at once, in the channel's view, and of the rows of ``letters``, so many codes each."""
        signs, sizes = encode_observed(observed)
        return _costs(signs, sizes, letters, lengths, self.read, self.lost, self.added, self.doubled, self.fused)


@compiled
def _costs(
    signs: NDArray[np.uint8],
    sizes: NDArray[np.int64],
    letters: NDArray[np.uint8],
    lengths: NDArray[np.int64],
    read: Costs,
    lost: Costs,
    added: Costs,
    doubled: Costs,
    fused: Costs,
) -> Costs:
    result = np.zeros(len(sizes), np.float32)
    best = np.empty((signs.shape[1] + 1, letters.shape[1] + 1), np.float32)
    for w in range(len(sizes)):
        for i in range(sizes[w] + 1):
            for j in range(lengths[w] + 1):
                if i == 0 and j == 0:
                    best[0, 0] = 0
                    continue
                least = np.float32(np.inf)
                if i > 0:
                    least = min(least, best[i - 1, j] + added[signs[w, i - 1]])
                if j > 0:
                    least = min(least, best[i, j - 1] + lost[letters[w, j - 1]])
                if i > 0 and j > 0:
                    least = min(least, best[i - 1, j - 1] + read[signs[w, i - 1], letters[w, j - 1]])
                if i > 1 and j > 0:
                    both = doubled[signs[w, i - 2], signs[w, i - 1], letters[w, j - 1]]
                    least = min(least, best[i - 2, j - 1] + both)
                if i > 0 and j > 1:
                    one = fused[signs[w, i - 1], letters[w, j - 2], letters[w, j - 1]]
                    least = min(least, best[i - 1, j - 2] + one)
                best[i, j] = least
        result[w] = best[sizes[w], lengths[w]]
    return result
