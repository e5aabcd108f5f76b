"""Where data goes: stdout, or files that are either written whole or not at all."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from tempfile import NamedTemporaryFile

from sverka.errors import InputError


def write(data: bytes, target: Path | None) -> None:
    """Write to ``target``, its folder made if need be, or to stdout where there is none. InputError when it cannot."""
    if target is None:
        sys.stdout.flush()
        rest = memoryview(data)
        while rest:  # an unbuffered stdout (PYTHONUNBUFFERED) takes what it can at a time
            rest = rest[sys.stdout.buffer.write(rest) :]
        sys.stdout.buffer.flush()
        return
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _replace(target, data)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise InputError(f"cannot be written: {reason}", place=str(target), remedy="choose another -o") from None


def _replace(target: Path, data: bytes) -> None:
    """Write beside the target, then move into its place: a reader never sees half a file."""
    with NamedTemporaryFile(dir=target.parent, prefix=".sverka-", delete=False) as file:
        temporary = Path(file.name)
        try:
            file.write(data)
            file.close()
            temporary.chmod(0o666 & ~_umask())
            temporary.replace(target)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise


def _umask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
