"""A function on a fixed set of keys, stored without the keys.

Every key has three cells in a table; the exclusive-or of the three is its value, joined with a 16-bit fingerprint by
which a foreign key is told (one in 65,536 passes). About 1.24 cells a key: four to five bytes where a sorted array
would need twelve. Built by peeling, as in Chazelle, Kilian, Rubinfeld and Tal, "The Bloomier filter" (SODA 2004); used
for language models since Talbot and Brants, "Randomized language models via perfect hash functions" (ACL 2008).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Keys = NDArray[np.uint64]
Cells = NDArray[np.uint32]

_LOAD = 1.24
_MULTIPLIERS = tuple(np.uint64(m) for m in (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9))
_FINGERPRINT = np.uint64(0xD6E8FEB86659FD93)


def mix(keys: Keys) -> Keys:
    """Spread 64-bit keys evenly (the finalizer of SplitMix64)."""
    keys = (keys ^ (keys >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    keys = (keys ^ (keys >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return keys ^ (keys >> np.uint64(31))


def _slots(mixed: Keys, third: int, seed: int) -> tuple[NDArray[np.int64], ...]:
    spread = mix(mixed + np.uint64(seed))
    return tuple(
        ((((spread * m) >> np.uint64(32)) * np.uint64(third)) >> np.uint64(32)).astype(np.int64) + i * third
        for i, m in enumerate(_MULTIPLIERS)
    )


def _fingerprints(mixed: Keys) -> NDArray[np.uint32]:
    return ((mixed * _FINGERPRINT) >> np.uint64(48)).astype(np.uint32)


@dataclass(frozen=True, slots=True)
class Retrieval:
    """A stored function from 64-bit keys to ``bits`` bits (8 or 16).

    ``prints`` holds the cells' fingerprint halves and ``values`` their value halves, so that both stay memory-mapped.
    """

    prints: NDArray[np.uint16]
    values: NDArray[Any]
    seed: int

    def get(self, keys: Keys) -> tuple[NDArray[np.bool_], NDArray[np.uint32]]:
        """Which keys are stored, and the value of each (meaningless where not stored)."""
        mixed = mix(keys)
        a, b, c = _slots(mixed, len(self.prints) // 3, self.seed)
        known = (self.prints[a] ^ self.prints[b] ^ self.prints[c]) == _fingerprints(mixed)
        value = self.values[a] ^ self.values[b] ^ self.values[c]
        return known, value.astype(np.uint32)


def build(keys: Keys, values: NDArray[np.uint32], bits: int) -> Retrieval:
    """Store ``values`` (each below ``2**bits``) under distinct ``keys``; a few seconds a million."""
    mixed = mix(keys)
    third = max(2, int(len(keys) * _LOAD / 3) + 1)
    for seed in range(1, 50):
        slots = _slots(mixed, third, seed)
        order = _peel(slots, third * 3)
        if order is not None:
            break
    else:
        raise RuntimeError("no seed found: are the keys distinct?")
    wanted = (_fingerprints(mixed) << np.uint32(bits)) | values.astype(np.uint32)
    cells = np.zeros(third * 3, dtype=np.uint32)
    for members, own in reversed(order):
        total = cells[slots[0][members]] ^ cells[slots[1][members]] ^ cells[slots[2][members]]
        cells[own] = total ^ wanted[members]
    prints = (cells >> np.uint32(bits)).astype(np.uint16)
    kept = (cells & np.uint32((1 << bits) - 1)).astype(np.uint8 if bits == 8 else np.uint16)
    return Retrieval(prints, kept, seed)


def _peel(slots: tuple[NDArray[np.int64], ...], size: int) -> list[tuple[NDArray[np.int64], NDArray[np.int64]]] | None:
    """Rounds of (keys, the cell that each has to itself); None when the keys do not peel away under this seed."""
    count = len(slots[0])
    degree = np.zeros(size, dtype=np.int64)
    holder = np.zeros(size, dtype=np.int64)
    for slot in slots:
        degree += np.bincount(slot, minlength=size)
        np.bitwise_xor.at(holder, slot, np.arange(count))
    rounds = []
    left = count
    cells = np.flatnonzero(degree == 1)
    while len(cells):
        keys, first = np.unique(holder[cells], return_index=True)
        rounds.append((keys, cells[first]))
        left -= len(keys)
        for slot in slots:
            np.subtract.at(degree, slot[keys], 1)
            np.bitwise_xor.at(holder, slot[keys], keys)
        touched = np.unique(np.concatenate([slot[keys] for slot in slots]))
        cells = touched[degree[touched] == 1]
    return rounds if left == 0 else None
