"""The record of who decided what, when, and on what evidence; ``docs/ledger.md`` is its specification.

``ledger`` reads and writes the file, ``codec`` turns lines into events, ``history`` knows who saw what, ``fold`` tells
what stands now, ``version`` what stood earlier, and ``edition`` lays that on a transcript.
"""

from sverka.ledger.anchor import Fit, anchor_at
from sverka.ledger.edition import Standing, Tracker, edition
from sverka.ledger.event import Event, Opening, Rebase, Retraction, Ruling, Tag, Writer
from sverka.ledger.fold import Conflict, State
from sverka.ledger.ledger import Ledger, News
from sverka.ledger.locator import Locator
from sverka.ledger.version import Version, known, version

__all__ = [
    "Conflict",
    "Event",
    "Fit",
    "Ledger",
    "Locator",
    "News",
    "Opening",
    "Rebase",
    "Retraction",
    "Ruling",
    "Standing",
    "State",
    "Tag",
    "Tracker",
    "Version",
    "Writer",
    "anchor_at",
    "edition",
    "known",
    "version",
]
