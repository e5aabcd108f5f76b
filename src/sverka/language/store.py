"""Frozen values of arrays, one ``.npy`` file an array, so that opening maps them into memory and reads nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

DATA = Path(__file__).resolve().parent / "data"
"""The knowledge that ships with the package."""


def save(folder: Path, **arrays: NDArray[Any]) -> None:
    """Write each array to ``folder/NAME.npy``."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, array in arrays.items():
        np.save(folder / f"{name}.npy", np.ascontiguousarray(array), allow_pickle=False)


def load(folder: Path, name: str) -> NDArray[Any]:
    """Map ``folder/NAME.npy`` into memory, read-only."""
    array: NDArray[Any] = np.load(folder / f"{name}.npy", mmap_mode="r", allow_pickle=False)
    # A plain view: numpy's memmap subclass makes every small slice an order of magnitude slower.
    return array.view(np.ndarray)
