"""How what is recorded of a transcript begins."""

from __future__ import annotations

from collections.abc import Container, Sequence
from datetime import datetime
from pathlib import Path

from sverka.config import find_project
from sverka.ledger import Writer
from sverka.model import Transcript

__all__ = ["begun"]


def begun(transcript: Transcript, heads: Sequence[str], opened: Container[str], *, at: datetime, by: str) -> Writer:
    """A writer of events on ``transcript`` that follow ``heads``; the first opens it, if it is not among ``opened``."""
    writer = Writer(heads, at=at, by=by)
    if transcript.sha256 not in opened:
        path = Path(transcript.path)
        writer.open(find_project(path).name_of(path), transcript)
    return writer
