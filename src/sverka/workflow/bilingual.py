"""A transcript laid beside its translation: what has no partner on the other side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sverka.align.bitext import align, translation_of
from sverka.config import Config
from sverka.detect.number import unmatched
from sverka.detect.quantities import Quantity, in_english, in_russian
from sverka.errors import UsageError
from sverka.export.translation_diff import Beside, Mismatch, Row, Unmatched
from sverka.language.nameforms import Role
from sverka.language.names import Gazetteer, Name, NameKind
from sverka.model import Pair, Span, Transcript
from sverka.text.document import analyse

__all__ = ["beside", "gazetteer"]


def gazetteer(config: Config) -> Gazetteer:
    """The names of the program and of a project's tables; InputError for a table that is not in order."""
    return Gazetteer.open(*config.tables)


def beside(transcript: Transcript, other: Transcript | None, names: Gazetteer) -> Beside:
    """The transcript and its translation: ``other``, or what the transcript has of it itself.

    UsageError where there is none.
    """
    document = analyse(transcript)
    translation = translation_of(document, other)
    if translation is None:
        raise UsageError(
            "there is nothing to compare with: no translation in the file or beside it",
            place=transcript.path,
            remedy="name a second text, --translation FILE or --from VERSION",
        )
    pairs = align(document, translation).pairs
    text, english = transcript.text, translation.transcript.text
    rows = (Row(pair, tuple(sorted(_unmatched(pair, text, english, names), key=_place))) for pair in pairs)
    return Beside(transcript, translation.transcript, tuple(rows))


@dataclass(frozen=True, slots=True)
class _Mention:
    """Where a sentence has a name, and all that may be named by it.

    It is a name of its ``own`` if it is not an adjective or a people's: ``Soviet`` and ``Japanese`` go by many words.
    """

    span: Span
    names: frozenset[Name]
    own: bool

    @classmethod
    def of(cls, span: Span, names: frozenset[Name], *, own: bool) -> _Mention:
        return cls(span, names, own and all(name.kind is not NameKind.PEOPLE for name in names))


def _place(found: Unmatched) -> tuple[bool, Span]:
    """The transcript's own first, in the order of the text."""
    span = found.here or found.there
    assert span is not None
    return found.here is None, span


def _unmatched(pair: Pair, text: str, english: str, names: Gazetteer) -> Iterator[Unmatched]:
    if pair.source is None or pair.target is None:
        yield Unmatched(Mismatch.SENTENCE, pair.source, pair.target)
        return
    here, there = pair.source.of(text), pair.target.of(english)
    at, its = pair.source.start, pair.target.start
    mine, theirs = _russian(names, here), _english(names, there)
    for one, other in _numbers(here, there, [mention.span for mention in theirs]):
        yield Unmatched(Mismatch.NUMBER, _shifted(one, at), _shifted(other, its))
    for span in _alone(mine, theirs):
        yield Unmatched(Mismatch.NAME, span.shifted(at), None)
    for span in _alone(theirs, mine):
        yield Unmatched(Mismatch.NAME, None, span.shifted(its))


def _shifted(quantity: Quantity | None, by: int) -> Span | None:
    return quantity.span.shifted(by) if quantity else None


def _numbers(here: str, there: str, named: Sequence[Span]) -> Iterator[tuple[Quantity | None, Quantity | None]]:
    """What is counted on one side only; two that are the only ones left, and of one kind, stand for each other.

    What is part of a name (``Feng Xi``) is no number.
    """
    english = (quantity for quantity in in_english(there) if not any(name.contains(quantity.span) for name in named))
    mine, theirs = unmatched(in_russian(here), tuple(english))
    if len(mine) == len(theirs) == 1 and mine[0].kind is theirs[0].kind:
        yield mine[0], theirs[0]
        return
    yield from ((quantity, None) for quantity in mine)
    yield from ((None, quantity) for quantity in theirs)


def _russian(names: Gazetteer, sentence: str) -> tuple[_Mention, ...]:
    """The names in a Russian sentence, and their adjectives, which have partners but are not looked for."""
    found = []
    for _, start, end in names.find(sentence):
        forms = names.forms_of(sentence[start:end])
        own = any(form.role in (Role.NAME, Role.SURNAME) for form in forms)
        found.append(_Mention.of(Span(start, end), frozenset(form.name for form in forms), own=own))
    return tuple(found)


def _english(names: Gazetteer, sentence: str) -> tuple[_Mention, ...]:
    """The names in an English sentence."""
    found: dict[Span, frozenset[Name]] = {}
    for name, start, end in names.mentioned(sentence):
        span = Span(start, end)
        found[span] = found.get(span, frozenset()) | {name}
    return tuple(_Mention.of(span, called, own=True) for span, called in found.items())


def _alone(mine: Sequence[_Mention], theirs: Sequence[_Mention]) -> Iterator[Span]:
    """Where names are first said that the other side has not."""
    said = frozenset().union(*(mention.names for mention in theirs))
    for mention in mine:
        if mention.own and not mention.names & said:
            yield mention.span
            said |= mention.names
