"""Why a candidate: the features that decided, in words an editor can check."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import takewhile

from rapidfuzz.distance import Levenshtein

from sverka.correct.features import FEATURES
from sverka.correct.options import Origin
from sverka.correct.stream import Stream
from sverka.model import Evidence, Token, TokenKind

_GROUPS = tuple(
    (kind, tuple(FEATURES.index(name) for name in names))
    for kind, names in (
        ("channel", ("channel", "channel_known", "channel_noise")),
        ("context", ("context", "context_known", "context_clear", "context_noise")),
        ("agreement", ("agreement", "agreement_known", "agreement_clear", "agreement_noise")),
        ("frequency", ("rarity", "rarity_known")),
        ("document", ("document", "document_known")),
    )
)
_RARITY = FEATURES.index("rarity")
_TOLD = frozenset(i for _, indices in _GROUPS for i in indices)
_REST = tuple(i for i in range(len(FEATURES) + 1) if i not in _TOLD)
_NEIGHBOURS = 3
_NEGLIGIBLE = 0.05


@dataclass(frozen=True, slots=True)
class Place:
    """What all candidates of one place share: its words are tokens ``first`` to ``last`` of ``stream``.

    ``before`` and ``after`` are the words around it, within the sentence.
    """

    stream: Stream
    first: int
    last: int
    before: tuple[str, ...]
    after: tuple[str, ...]

    @classmethod
    def of(cls, stream: Stream, first: int, last: int) -> Place:
        """The place of some tokens."""
        reach = 2 * _NEIGHBOURS
        before = _within_sentence(reversed(stream.tokens[max(0, first - reach) : first]))
        after = _within_sentence(stream.tokens[last + 1 : last + 1 + reach])
        return cls(stream, first, last, before[:_NEIGHBOURS][::-1], after[: _NEIGHBOURS - 1])

    def known(self) -> bool:
        """Whether the first word that stands there is one of the lexicon."""
        return bool(self.stream.known[self.first])


def _within_sentence(tokens: Iterable[Token]) -> tuple[str, ...]:
    """The words and numbers up to the first mark that ends a sentence."""
    inside = takewhile(lambda t: t.kind is not TokenKind.MARK or t.text not in {".", "!", "?", "…"}, tokens)
    return tuple(token.text for token in inside if token.kind is not TokenKind.MARK)


def edits(observed: str, intended: str) -> str:
    """What was misread, intended letters first: ``е→о`` for an ``е`` read as ``о``; ``·`` stands for nothing."""
    shown = []
    for op in Levenshtein.opcodes(intended, observed):
        if op.tag != "equal":
            wanted = intended[op.src_start : op.src_end]
            shown.append(f"{wanted or '·'}→{_sign(observed[op.dest_start : op.dest_end]) or '·'}")
    return ", ".join(shown)


def _sign(text: str) -> str:
    return text.replace(" ", "␣").replace("\n", "⏎")


def evidence(
    place: Place, observed: str, intended: str, shown: str, origin: Origin, gain: Sequence[float]
) -> tuple[Evidence, ...]:
    """The reasons for an option, weightiest first; last what speaks for any option in this place.

    ``observed`` and ``intended`` are in the channel's view, ``shown`` is the option's text. ``gain`` holds by feature
    what the option's log-odds over the text as it stands owe to it, in nats, and last what they owe to none.
    """
    reasons = []
    for kind, indices in _GROUPS:
        score = round(sum(gain[i] for i in indices), 1)
        # An unknown word has no frequency to compare with.
        if abs(score) < _NEGLIGIBLE or (kind == "frequency" and not place.known()):
            continue
        if kind == "channel":
            detail = edits(observed, intended)
        elif kind == "agreement":
            detail = "its form fits the words around it" + (" better" if score > 0 else " worse")
        elif kind == "context":
            detail = " ".join((*place.before, shown, *place.after))
        elif kind == "document":
            detail = "the document has this word elsewhere"
        else:
            detail = "a commoner word" if gain[_RARITY] > 0 else "a rarer word"
        reasons.append(Evidence(kind, detail, score))
    reasons.sort(key=lambda reason: -reason.score)
    rest = round(sum(gain[i] for i in _REST), 1)
    if abs(rest) >= _NEGLIGIBLE:
        reasons.append(Evidence("reading", _of_reading(place, origin), rest))
    return tuple(reasons)


def _of_reading(place: Place, origin: Origin) -> str:
    if origin is Origin.NAME:
        return "a name of the gazetteer"
    if place.first != place.last:
        return "the parts are words themselves" if place.known() else "the parts are no words"
    return "the dictionary has this word" if place.known() else "the dictionary lacks what stands here"
