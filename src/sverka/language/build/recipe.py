"""What the shipped knowledge is made with: which corpora, how far each is trusted, and how much is kept."""

from __future__ import annotations

from sverka.errors import InputError

LEFT_OUT = frozenset({"sov_redstar_1941_45_ocr_medium"})
"""Corpora that are not learned from: machine-read, with the reader's errors still in them."""

WEIGHTS = (
    ("sov_redstar_", 2.0),
    ("sov_", 6.0),
    ("mod_", 4.0),
    ("lit_", 0.25),
    ("off_", 0.6),
)
"""What an occurrence counts in the language model, by how a corpus's name begins; the first that fits holds.

The literature is seven tenths of the text and speaks least like the documents, so it counts least; Soviet political
prose, and modern news and conference speech, are few and nearest. The newspaper would deserve as much, but is a sixth
of the text and keeps misreadings that are words. Of the settings tried this one has low perplexity on held-out
political prose, newspaper and news together.
"""

BIGRAMS = 2_200_000
TRIGRAMS = 6_600_000
"""How many n-grams are kept of all that occur: what fits beside the lexicon in 45 MB.

Every pair that a kept triple rests on is kept too, whatever the number.
"""

OWN_CLASSES = 30
SET_CLASSES = 190
"""How many classes of agreement are single function words, and how many are sets of readings.

Between 160 and 255 classes, and from 25 to 90 function words among them, all tell right endings from wrong ones alike.
"""
CONTEXTS = 6_000
"""How many contexts of two classes are kept; more of them change nothing."""


def weight(corpus: str) -> float:
    """The weight of a corpus; raises InputError for a name that begins like none of WEIGHTS."""
    for beginning, value in WEIGHTS:
        if corpus.startswith(beginning):
            return value
    beginnings = ", ".join(beginning for beginning, _ in WEIGHTS)
    raise InputError("no weight for this corpus", place=corpus, remedy=f"begin its name with one of {beginnings}")
