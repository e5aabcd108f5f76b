"""What a file format is to the loader."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sverka.model import Transcript


@dataclass(frozen=True, slots=True)
class Format:
    """One kind of file.

    ``recognises`` gets the first bytes of a file (:data:`sverka.load.HEAD_LENGTH` of them) and its suffix in lower case
    and says whether the file claims to be of this kind; ``read`` gets all bytes and the name to report, and raises
    :class:`sverka.errors.InputError` when the claim does not hold.
    """

    name: str
    recognises: Callable[[bytes, str], bool]
    read: Callable[[bytes, str], Transcript]
