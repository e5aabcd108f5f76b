"""A function on a fixed set of keys, stored without the keys.

Every key has three cells in a table; the exclusive-or of the three is its value, joined with a fingerprint by which a
foreign key is told (of a 16-bit fingerprint one key in 65,536 passes). Bloomier filters (Chazelle, Kilian, Rubinfeld
and Tal, SODA 2004) were first used for language models by Talbot and Brants, "Randomized language models via perfect
hash functions" (ACL 2008). The three cells lie in neighbouring segments of the table, as in Graf and Lemire, "Binary
fuse filters: fast and smaller than xor filters" (ACM Journal of Experimental Algorithmics 27, 2022), so that large sets
need 1.13 cells a key: two to four bytes where a sorted array would need twelve.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import log

import numpy as np
from numpy.typing import NDArray

Keys = NDArray[np.uint64]
Ids = NDArray[np.int64]

_SEEDS = 100
_HALF = np.uint64(32)


def mix(keys: Keys) -> Keys:
    """Spread 64-bit keys evenly (the finalizer of SplitMix64)."""
    keys = (keys ^ (keys >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    keys = (keys ^ (keys >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return keys ^ (keys >> np.uint64(31))


def segment_length(count: int) -> int:
    """How many cells a segment has in a table for ``count`` keys: a power of two (Graf and Lemire's rule)."""
    exponent = int(log(max(count, 1)) / log(3.33) + 2.25)
    return int(1 << min(max(exponent, 2), 18))


def _cells(count: int, segment: int) -> int:
    """How many cells hold ``count`` keys: whole segments, of which three at least."""
    load = max(1.125, 0.875 + 0.25 * log(1e6) / log(max(count, 2)))
    return segment * (max(1, -(-int(load * count) // segment - 2)) + 2)


def _slots(mixed: Keys, size: int, segment: int, seed: int) -> tuple[Ids, Ids, Ids]:
    """The three cells of each key: one anywhere in a segment, and one in each of the two segments after it."""
    spread = mix(mixed + np.uint64(seed))
    first = ((spread >> _HALF) * np.uint64(size - 2 * segment)) >> _HALF
    mask = np.uint64(segment - 1)
    second = (first + np.uint64(segment)) ^ ((spread >> np.uint64(18)) & mask)
    third = (first + np.uint64(2 * segment)) ^ (spread & mask)
    return first.astype(np.int64), second.astype(np.int64), third.astype(np.int64)


def _fingerprints(mixed: Keys, bits: int) -> NDArray[np.uint32]:
    return ((mixed * np.uint64(0xD6E8FEB86659FD93)) >> np.uint64(64 - bits)).astype(np.uint32)


@dataclass(frozen=True, slots=True)
class Retrieval:
    """A stored function from 64-bit keys to ``bits`` bits.

    A cell has 24 bits, the upper 16 in ``prints`` and the lower 8 in ``values``, or, where ``values`` is empty, the 16
    of ``prints`` alone. Of these, the lower ``bits`` are the value's and the rest the fingerprint's. ``segment`` is
    what :func:`segment_length` gave. Two arrays of numbers, so that both stay memory-mapped.
    """

    prints: NDArray[np.uint16]
    values: NDArray[np.uint8]
    seed: int
    segment: int
    bits: int = 8

    def get(self, keys: Keys) -> tuple[NDArray[np.bool_], NDArray[np.uint32]]:
        """Which keys are stored, and the value of each (meaningless where not stored)."""
        mixed = mix(keys)
        a, b, c = _slots(mixed, len(self.prints), self.segment, self.seed)
        cell = (self.prints[a] ^ self.prints[b] ^ self.prints[c]).astype(np.uint32)
        width = 16
        if len(self.values):
            cell = (cell << np.uint32(8)) | (self.values[a] ^ self.values[b] ^ self.values[c])
            width = 24
        known = (cell >> np.uint32(self.bits)) == _fingerprints(mixed, width - self.bits)
        return known, cell & np.uint32((1 << self.bits) - 1)


def build(keys: Keys, values: NDArray[np.uint32], bits: int, width: int = 24) -> Retrieval:
    """Store ``values``, each below ``2**bits``, under distinct ``keys``; a few seconds a million.

    A cell takes ``width`` bits, 16 or 24; what the values leave is the fingerprint's.
    """
    mixed = mix(keys)
    segment = segment_length(len(keys))
    size = _cells(len(keys), segment)
    for seed in range(1, _SEEDS):
        slots = _slots(mixed, size, segment, seed)
        order = _peel(slots, size)
        if order is not None:
            break
    else:
        raise RuntimeError("no seed found: are the keys distinct?")
    wanted = (_fingerprints(mixed, width - bits) << np.uint32(bits)) | values.astype(np.uint32)
    cells = np.zeros(size, dtype=np.uint32)
    for members, own in reversed(order):
        total = cells[slots[0][members]] ^ cells[slots[1][members]] ^ cells[slots[2][members]]
        cells[own] = total ^ wanted[members]
    if width == 16:
        return Retrieval(cells.astype(np.uint16), np.zeros(0, dtype=np.uint8), seed, segment, bits)
    return Retrieval((cells >> np.uint32(8)).astype(np.uint16), cells.astype(np.uint8), seed, segment, bits)


def _peel(slots: tuple[Ids, ...], size: int) -> list[tuple[Ids, Ids]] | None:
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
