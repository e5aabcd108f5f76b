"""What a command reads besides transcripts: a file, or stdin where its name is ``-``."""

from __future__ import annotations

import sys
from pathlib import Path


def read_file(name: str) -> tuple[str, bytes]:
    """What to call it in a message, and what it holds; :class:`sverka.errors.InputError` where it cannot be read."""
    from sverka.load.files import contents
    from sverka.workflow.sources import STDIN

    return ("stdin", sys.stdin.buffer.read()) if name == STDIN else (name, contents(Path(name)))
