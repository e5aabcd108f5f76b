"""Names that are misread as other words: found by the gazetteer and by what the translation names.

The weights here are stated, not learned: the pages that the ranker learns from have no translation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sverka.correct.mentions import BESIDE, ELSEWHERE, Mentions
from sverka.correct.stream import Stream
from sverka.language.nameforms import NameForm
from sverka.language.names import Gazetteer, folded, recase
from sverka.language.nametable import Name
from sverka.model import Candidate, Document, Evidence, Finding, Rule, Span, Token, TokenKind
from sverka.text.alphabet import fold

_LONGEST = 3
"""Words in a name, at most, that is looked for."""
_ALIKE = 0.78
"""Similarity from which two or three words are taken for a name of the gazetteer that nothing else speaks of."""
_ALIKE_BESIDE = 0.5
"""The same where the translation beside has the name and the text has not."""
_OFFERED = 4
Spelled = tuple[tuple[Span, NameForm], ...]
_LINK = re.compile(r"[ \u00a0-]?(?:\r?\n)?[ \u00a0]?")


@dataclass(frozen=True, slots=True)
class Run:
    """Neighbouring capitalised words: tokens ``first`` to ``last``, inclusive."""

    first: int
    last: int
    span: Span
    text: str


def find(document: Document, stream: Stream, mentions: Mentions, gazetteer: Gazetteer) -> Iterator[Finding]:
    """Findings of misread names, in no particular order; where two overlap the likelier comes first."""
    text = document.transcript.text
    spelled = stream.names
    yield from _yo(text, spelled)
    exact = [span for span, _ in spelled]
    opening = frozenset(sentence.start for sentence in document.sentences)
    found: list[tuple[float, Finding]] = []
    for run in _runs(document, stream):
        if any(span.overlaps(run.span) for span in exact):
            continue
        finding = _judge(run, stream, opening, spelled, mentions, gazetteer)
        if finding is not None:
            found.append((finding.confidence + 0.001 * len(finding.span), finding))
    yield from (finding for _, finding in sorted(found, key=lambda pair: -pair[0]))


def _yo(text: str, spelled: Spelled) -> Iterator[Finding]:
    """A name written once with ё where the document otherwise writes it with е."""
    plain = {form.name for span, form in spelled if "ё" not in span.of(text).lower()}
    for span, form in spelled:
        original = span.of(text)
        if "ё" in original.lower() and "ё" not in form.text and form.name in plain:
            for word in re.finditer(r"[^\W\d_]+", original):
                if "ё" in word.group().lower():
                    place = Span(span.start + word.start(), span.start + word.end())
                    mended = word.group().translate({ord("ё"): "е", ord("Ё"): "Е"})
                    reason = Evidence("document", f"elsewhere {form.name.text}", 1.5)
                    candidate = Candidate(mended, 0.65, "document", (reason,))
                    message = f"the document writes {form.name.text} with е elsewhere"
                    yield Finding(place, word.group(), Rule.NAME, 0.68, message, (candidate,))


def _runs(document: Document, stream: Stream) -> Iterator[Run]:
    """Every stretch of one to three capitalised words with nothing but a space or hyphen between."""
    text = document.transcript.text
    tokens = stream.tokens
    for first, token in enumerate(tokens):
        if not _capitalised(token):
            continue
        for last in range(first, min(first + _LONGEST, len(tokens))):
            if last > first:
                between = text[tokens[last - 1].span.end : tokens[last].span.start]
                if not _capitalised(tokens[last]) or not _LINK.fullmatch(between):
                    break
            span = Span(token.span.start, tokens[last].span.end)
            yield Run(first, last, span, span.of(text))


def _capitalised(token: Token) -> bool:
    return token.kind is TokenKind.WORD and token.text[:1].isupper() and len(token.text) > 1


def _judge(
    run: Run,
    stream: Stream,
    opening: frozenset[int],
    spelled: Spelled,
    mentions: Mentions,
    gazetteer: Gazetteer,
) -> Finding | None:
    beside = _missing(run, spelled, mentions)
    unknown = [not stream.known[i] for i in range(run.first, run.last + 1)]
    many = run.last > run.first
    if not beside and not (many and any(unknown)):
        return None
    if not any(unknown) and not many and run.span.start in opening and not run.text.isupper():
        return None  # a good word whose capital says nothing
    cutoff = _ALIKE_BESIDE if beside else _ALIKE
    words = run.text.count(" ") + 1
    elsewhere = mentions.anywhere
    offered: list[tuple[float, float, NameForm, Evidence]] = []
    for form, similarity in gazetteer.near(run.text, cutoff=cutoff, limit=60):
        if folded(form.text).count(" ") != folded(run.text).count(" ") and form.text.count(" ") + 1 != words:
            continue
        level = BESIDE if form.name in beside else ELSEWHERE if form.name in elsewhere else 0
        confidence = _confidence(similarity, level, any(unknown), many)
        if confidence > 0:
            offered.append((confidence, similarity, form, _reason(form, level, beside, elsewhere)))
    if not offered:
        return None
    offered.sort(key=lambda o: (-o[0], -o[1]))
    confidence = offered[0][0]
    candidates: dict[str, Candidate] = {}
    share = sum(_weight(o[0], o[1]) for o in offered[:_OFFERED])
    for own, similarity, form, reason in offered:
        text = recase(form.text, run.text)
        likeness = Evidence("likeness", f"{similarity:.0%} alike", round(4 * (similarity - 0.5), 1))
        probability = round(confidence * _weight(own, similarity) / share, 3)
        if fold(text) != fold(run.text):
            candidates.setdefault(text, Candidate(text, probability, "name", (reason, likeness)))
    first = offered[0][2]
    message = (
        f"the translation has {beside[first.name]}" if first.name in beside else f"like the name {first.name.text}"
    )
    return Finding(run.span, run.text, Rule.NAME, round(confidence, 3), message, tuple(candidates.values())[:_OFFERED])


def _weight(confidence: float, similarity: float) -> float:
    """How an option fares against others: a tenth more alike is three times as likely."""
    return float(confidence * 3.0 ** (10 * similarity))


def _missing(run: Run, spelled: Spelled, mentions: Mentions) -> dict[Name, str]:
    """Names that the translation beside has and the text there has not."""
    result: dict[Name, str] = {}
    for pair, names in mentions.pairs:
        if pair.source is None or not pair.source.overlaps(run.span):
            continue
        present = {form.name for span, form in spelled if span.overlaps(pair.source)}
        result |= {name: words for name, words in names.items() if name not in present}
    return result


def _confidence(similarity: float, level: int, unknown: bool, many: bool) -> float:
    """P(the run is a misreading of the name): how alike, whether the translation has it, whether it is a word else."""
    if level == BESIDE:
        least = 0.5 if unknown or many else 0.56
        return 0.0 if similarity < least else min(0.97, 0.55 + 0.9 * (similarity - 0.45) + 0.1 * unknown)
    if level == ELSEWHERE:
        return 0.0 if similarity < 0.7 or not unknown else min(0.95, 0.5 + 1.2 * (similarity - 0.65))
    return 0.0 if similarity < _ALIKE or not unknown else min(0.9, 0.5 + 1.5 * (similarity - _ALIKE))


def _reason(form: NameForm, level: int, beside: dict[Name, str], elsewhere: dict[Name, str]) -> Evidence:
    if level == BESIDE:
        return Evidence("translation", beside[form.name], 4.0)
    if level == ELSEWHERE:
        return Evidence("translation", f"elsewhere: {elsewhere[form.name]}", 2.0)
    return Evidence("name", form.name.text, 1.0)
