"""A stored function gives back what was stored, and tells keys it does not know."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sverka.language import retrieval

KEYS = st.sets(st.integers(0, 2**64 - 1), max_size=300)


@pytest.mark.parametrize(("bits", "width"), [(8, 24), (9, 24), (16, 24), (4, 16)])
@settings(max_examples=50)
@given(keys=KEYS, seed=st.integers(0, 2**32 - 1))
def test_every_stored_key_returns_its_value(bits: int, width: int, keys: set[int], seed: int) -> None:
    stored = np.array(sorted(keys), dtype=np.uint64)
    values = np.random.default_rng(seed).integers(0, 2**bits, len(stored)).astype(np.uint32)
    known, found = retrieval.build(stored, values, bits, width).get(stored)
    assert known.all()
    assert found.tolist() == values.tolist()


def test_a_foreign_key_passes_once_in_65536() -> None:
    keys = np.arange(60_000, dtype=np.uint64)
    table = retrieval.build(keys, np.zeros(len(keys), dtype=np.uint32), 8)
    passed, _ = table.get(np.arange(1_000_000, 2_000_000, dtype=np.uint64))
    assert passed.sum() < 45  # 15 are to be expected


def test_a_narrow_cell_leaves_less_for_the_fingerprint() -> None:
    keys = np.arange(10_000, dtype=np.uint64)
    table = retrieval.build(keys, np.zeros(len(keys), dtype=np.uint32), 4, width=16)
    passed, _ = table.get(np.arange(1_000_000, 2_000_000, dtype=np.uint64))
    assert 150 < passed.sum() < 350  # of twelve bits one key in 4,096 passes
    assert not len(table.values)


@pytest.mark.parametrize(("count", "load"), [(20_000, 1.45), (200_000, 1.26)])
def test_the_more_keys_the_fewer_cells_a_key(count: int, load: float) -> None:
    table = retrieval.build(np.arange(count, dtype=np.uint64), np.zeros(count, dtype=np.uint32), 8)
    assert table.prints.nbytes + table.values.nbytes < 3 * load * count


def test_a_key_given_twice_is_an_error() -> None:
    with pytest.raises(RuntimeError, match="distinct"):
        retrieval.build(np.array([7, 7], dtype=np.uint64), np.array([1, 2], dtype=np.uint32), 8)
