"""Frozen values of arrays, one file an array.

Most are ``.npy`` files: opening maps them into memory and reads nothing. An array of one value for every word, most of
them alike, is a compressed ``.npz`` file, which is read and unpacked at some 200 MB/s.
"""

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


def save_packed(folder: Path, **arrays: NDArray[Any]) -> None:
    """Write each array, compressed, to ``folder/NAME.npz``."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, array in arrays.items():
        np.savez_compressed(folder / f"{name}.npz", array, allow_pickle=False)


def load_packed(folder: Path, name: str) -> NDArray[Any]:
    """Read ``folder/NAME.npz``."""
    with np.load(folder / f"{name}.npz", allow_pickle=False) as file:
        array: NDArray[Any] = file["arr_0"]
    array.setflags(write=False)
    return array
