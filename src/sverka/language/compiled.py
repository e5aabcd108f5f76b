"""Loops that numpy cannot say, compiled to machine code by numba the first time they run on a machine."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar, cast

import numba

Function = TypeVar("Function", bound=Callable[..., object])


def compiled(function: Function) -> Function:
    """``function`` compiled for the types it is called with; the machine code is kept beside the source.

    Where that folder cannot be written, numba keeps it in the user's cache folder.
    """
    return cast(Function, numba.njit(cache=True, nogil=True, error_model="numpy")(function))
