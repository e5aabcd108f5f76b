"""Why a candidate: the features that decided, in words an editor can check."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import takewhile

from rapidfuzz.distance import Levenshtein

from sverka.correct.features import FEATURES
from sverka.correct.ranker import Vector
from sverka.correct.slots import Option, Slot
from sverka.correct.stream import Stream
from sverka.language.errormodel import observed_view
from sverka.model import Evidence, Token, TokenKind

_RARITY = FEATURES.index("rarity")
_GROUPS = {
    kind: tuple(FEATURES.index(name) for name in names)
    for kind, names in (
        ("channel", ("channel", "channel_known")),
        ("context", ("context", "context_clear")),
        ("frequency", ("rarity", "rarity_known")),
    )
}
_NEIGHBOURS = 3
_NEGLIGIBLE = 0.05


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


def around(slot: Slot, stream: Stream, text: str) -> str:
    """``text`` among the words on either side of a slot, within the sentence."""
    reach = 2 * _NEIGHBOURS
    before = _within_sentence(reversed(stream.tokens[max(0, slot.first - reach) : slot.first]))
    after = _within_sentence(stream.tokens[slot.last + 1 : slot.last + 1 + reach])
    return " ".join([*before[:_NEIGHBOURS][::-1], text, *after[: _NEIGHBOURS - 1]])


def _within_sentence(tokens: Iterable[Token]) -> list[str]:
    """The words and numbers up to the first mark that ends a sentence."""
    inside = takewhile(lambda t: t.kind is not TokenKind.MARK or t.text not in {".", "!", "?", "…"}, tokens)
    return [token.text for token in inside if token.kind is not TokenKind.MARK]


def evidence(option: Option, slot: Slot, stream: Stream, gain: Vector, document_text: str) -> tuple[Evidence, ...]:
    """The reasons for an option, weightiest first; last what speaks for any option in this place.

    ``gain`` holds by feature what the option's log-odds over the text as it stands owe to it, in nats.
    """
    intended = " ".join(option.words)
    details = {
        "channel": edits(observed_view(option.span.of(document_text)), intended),
        "context": around(slot, stream, option.text),
        "frequency": "a commoner word" if gain[_RARITY] > 0 else "a rarer word",
    }
    # An unknown word has no frequency to compare with.
    groups = {k: v for k, v in _GROUPS.items() if k != "frequency" or stream.known[slot.first]}
    reasons = [
        Evidence(kind, details[kind], round(float(sum(gain[i] for i in indices)), 1))
        for kind, indices in groups.items()
    ]
    told = {i for indices in groups.values() for i in indices}
    rest = float(sum(g for i, g in enumerate(gain) if i not in told))
    reasons.append(Evidence("reading", _of_reading(slot, stream, option), round(rest, 1)))
    return tuple(
        sorted((r for r in reasons if abs(r.score) >= _NEGLIGIBLE), key=lambda r: (r.kind == "reading", -r.score))
    )


def _of_reading(slot: Slot, stream: Stream, option: Option) -> str:
    if option.origin == "name":
        return "a name of the gazetteer"
    if slot.first != slot.last:
        return "the parts are no words" if not stream.known[slot.first] else "the parts are words themselves"
    return "the dictionary has this word" if stream.known[slot.first] else "the dictionary lacks what stands here"
