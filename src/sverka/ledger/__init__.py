"""The record of who decided what, when, and on what evidence; ``docs/ledger.md`` is its specification.

``store`` reads and writes the file, ``codec`` turns lines into events, ``fold`` turns events into what stands now, and
``edition`` lays that on a transcript.
"""

from sverka.ledger.anchor import Fit, anchor_at
from sverka.ledger.codec import Event, Opening, Retraction, Ruling, decision_event, open_event, retract_event
from sverka.ledger.edition import Locator, Standing, edition, standing
from sverka.ledger.fold import Conflict, State, fold
from sverka.ledger.store import News, Store

__all__ = [
    "Conflict",
    "Event",
    "Fit",
    "Locator",
    "News",
    "Opening",
    "Retraction",
    "Ruling",
    "Standing",
    "State",
    "Store",
    "anchor_at",
    "decision_event",
    "edition",
    "fold",
    "open_event",
    "retract_event",
    "standing",
]
