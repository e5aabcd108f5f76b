"""P(observed | intended): how a reader of Russian pages misreads letters.

A noisy channel over edits of one or two letters (Brill and Moore, "An improved error model for noisy channel spelling
correction", ACL 2000): a letter read right or as another sign, a letter lost, a sign added, two signs read for one
letter (``ьі`` for ``ы``) and one for two (``м`` for ``ии``). All costs are -log probabilities in nats.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sverka.language.words import LETTERS
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
        obs = [int(x) for x in encode_observed([observed_view(observed)])[0][0] if x != PAD]
        want = [LETTERS.index(letter) for letter in intended]
        best = np.full((len(obs) + 1, len(want) + 1), np.inf)
        best[0, 0] = 0.0
        for i in range(len(obs) + 1):
            for j in range(len(want) + 1):
                options = [best[i, j]]
                if i:
                    options.append(best[i - 1, j] + self.added[obs[i - 1]])
                if j:
                    options.append(best[i, j - 1] + self.lost[want[j - 1]])
                if i and j:
                    options.append(best[i - 1, j - 1] + self.read[obs[i - 1], want[j - 1]])
                if i > 1 and j:
                    options.append(best[i - 2, j - 1] + self.doubled[obs[i - 2], obs[i - 1], want[j - 1]])
                if i and j > 1:
                    options.append(best[i - 1, j - 2] + self.fused[obs[i - 1], want[j - 2], want[j - 1]])
                best[i, j] = min(options)
        return float(best[-1, -1])
