"""Numbers, times and dates that are not those of the translation.

Each pair of sentences is compared on its own. What both sides have falls out; where then exactly one number is left on
either side, both of one kind and alike in their digits, one was misread for the other. In every other case the rule is
silent: translators round, count in other words, and leave out. An editor's ``[sic`` says the translator saw the
original's own slip.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise

from sverka.detect.detector import IsWord
from sverka.detect.numerals import said_like
from sverka.detect.quantities import MONTHS, Kind, Quantity, in_english, in_russian
from sverka.model import Bitext, Candidate, Document, Evidence, Finding, Pair, Rule, Span
from sverka.text.alphabet import fold

_SIC = re.compile(r"\[\s*sic\b|\(sic\b|\[[^\]]*\?\s*\]|\[so in ", re.IGNORECASE)
_LAST_WORD = re.compile(r"\w+\Z")
_ENDING = re.compile(r"-[а-яё]{1,3}(?![\w-])")
_RANGE_BEFORE = re.compile(r"(?<![\w.,:])\d+\s?[-\u2012-\u2014]\s?\Z")
_PLAUSIBLE_LENGTHS = (0.45, 2.6)
"""The translation's length as a part of the original's: outside these the sentences are no pair."""


def find(document: Document, bitext: Bitext | None, is_word: IsWord) -> Iterator[Finding]:
    """One finding for each pair of sentences that differ in one number."""
    for pair in bitext.pairs if bitext else ():
        if pair.source and pair.target and bitext:
            yield from _compare(document, bitext, pair, pair.source)


def _compare(document: Document, bitext: Bitext, pair: Pair, source: Span) -> Iterator[Finding]:
    here = source.of(document.transcript.text)
    there = pair.target.of(bitext.translation.transcript.text) if pair.target else ""
    if _SIC.search(there) or not _PLAUSIBLE_LENGTHS[0] < len(there) / len(here) < _PLAUSIBLE_LENGTHS[1]:
        return
    mine, theirs = unmatched(in_russian(here), in_english(there))
    if len(mine) != 1 or len(theirs) != 1:
        return
    ours, other = mine[0], theirs[0]
    confidence = _confidence(ours, other)
    if not confidence:
        return
    span, reading = _whole(here, ours.span, _rewritten(here, ours, other))
    if ours.in_words and not reading:
        return
    words = other.span.of(there)
    evidence = Evidence("translation", f"the translation has {words}", 2.5)
    candidates = (Candidate(reading, round(confidence - 0.05, 2), "translation", (evidence,)),) if reading else ()
    yield Finding(
        span.shifted(source.start),
        span.of(here),
        Rule.NUMBER,
        confidence,
        f"not the {ours.kind} in the translation, which has {words}",
        candidates,
    )


def unmatched(here: Sequence[Quantity], there: Sequence[Quantity]) -> tuple[tuple[Quantity, ...], tuple[Quantity, ...]]:
    """What is left of both sides when all that is equal is taken away; words for one and two do not count."""
    left, right = list(here), list(there)
    for same in (_equal, _compatible):
        for quantity in tuple(left):
            match = next((other for other in right if same(quantity, other)), None)
            if match:
                left.remove(quantity)
                right.remove(match)
    # One number said twice ("10 (ten)", "[7 October]") needs no second partner.
    left = [quantity for quantity in left if not any(_equal(quantity, other) for other in there)]
    right = [quantity for quantity in right if not any(_equal(quantity, other) for other in here)]
    return tuple(filter(_counts, left)), tuple(filter(_counts, right))


def _counts(quantity: Quantity) -> bool:
    """One and two are also articles, pronouns and conjunctions."""
    return not (quantity.in_words and quantity.value[0] <= 2)


def _equal(one: Quantity, other: Quantity) -> bool:
    return one.kind is other.kind and one.value == other.value


def _compatible(one: Quantity, other: Quantity) -> bool:
    """Two ways to say the same: half past eight in the evening, the 7th of a month named elsewhere, '49."""
    if one.kind is other.kind is Kind.TIME:
        return one.value[0] % 12 == other.value[0] % 12 and one.value[1] == other.value[1]
    if one.kind is other.kind is Kind.NUMBER:
        large, small = max(one.value[0], other.value[0]), min(one.value[0], other.value[0])
        return (1000 <= large < 2100 and small < 100 and large % 100 == small) or large == small * 1000
    if Kind.NUMBER in (one.kind, other.kind):
        number, rest = (one, other) if one.kind is Kind.NUMBER else (other, one)
        parts = rest.value if rest.kind is Kind.DATE else (rest.value[0], rest.value[0] % 12)
        return number.value[0] in parts
    return False


def _confidence(ours: Quantity, other: Quantity) -> float:
    """How surely one was misread for the other; 0 where they are not alike."""
    if ours.kind is not other.kind or any(part.denominator != 1 for part in (*ours.value, *other.value)):
        return 0.0
    if ours.kind is Kind.DATE and _by_the_other_calendar(ours, other):
        return 0.0
    if ours.kind is Kind.DATE and ours.value[0] == other.value[0]:
        return 0.6  # the months differ: a whole word was misread
    return _likeness(_digits(ours), _digits(other), in_words=ours.in_words or other.in_words)


def _likeness(digits: str, others: str, *, in_words: bool) -> float:
    """The same for digits: alike are as many, most of them the same."""
    differing = sum(a != b for a, b in zip(digits, others, strict=False))
    if len(digits) != len(others) or differing > 2 or differing == len(digits) > 1:
        return 0.0
    if in_words:
        return 0.7 if differing == 1 < len(digits) else 0.0
    if len(digits) == 1:
        return 0.6
    return 0.88 if differing == 1 else 0.65


def _by_the_other_calendar(ours: Quantity, other: Quantity) -> bool:
    """Whether the translation gives the same day by the Gregorian calendar, 12 or 13 days ahead of the Julian."""
    (day, month), (other_day, other_month) = ours.value, other.value
    days = other_day - day + (0 if other_month == month else 30)
    return (other_month - month) % 12 in (0, 1) and 11 <= days <= 14


def _digits(quantity: Quantity) -> str:
    if quantity.kind is Kind.NUMBER:
        return str(quantity.value[0])
    return "".join(f"{int(part):02}" for part in quantity.value)


def _rewritten(sentence: str, ours: Quantity, other: Quantity) -> str:
    """Our quantity with the value of the other, in the notation of the original; empty where that cannot be done."""
    text = ours.span.of(sentence)
    if ours.in_words:
        return _reworded(text, int(other.value[0] - ours.value[0]))
    if ours.kind is Kind.DATE and (month := next((name for name in MONTHS if text.lower().endswith(name)), "")):
        day = re.sub(r"\d+", str(other.value[0]), text[: -len(month)])
        same_month = ours.value[1] == other.value[1]
        return day + (text[-len(month) :] if same_month else MONTHS[int(other.value[1]) - 1])
    pieces = re.findall(r"\d+", text)
    values = _pieces(ours.kind, pieces, other.value)
    if values is None:
        return ""
    replacements = iter(values)
    return re.sub(r"\d+", lambda match: next(replacements), text)


def _pieces(kind: Kind, pieces: Sequence[str], value: Sequence[Fraction]) -> list[str] | None:
    """The runs of digits to write, one for each that stands there."""
    if kind is Kind.NUMBER:
        digits = str(value[0])
        if len(digits) != sum(map(len, pieces)):
            return None
        cuts = [sum(map(len, pieces[:i])) for i in range(len(pieces) + 1)]
        return [digits[a:b] for a, b in pairwise(cuts)]
    if len(pieces) < len(value) and value[1] != 0:
        return None
    widths = map(len, pieces)
    return [str(part).zfill(width) for part, width in zip(value, widths, strict=False)] + list(pieces[len(value) :])


def _reworded(text: str, difference: int) -> str:
    """The last word of a number put right: ``семьдесят первый`` and 7 make ``семьдесят восьмой``."""
    last = _LAST_WORD.search(text)
    old = in_russian(last.group()) if last else ()
    if last is None or not old:
        return ""
    word = said_like(fold(last.group()), int(old[0].value[0]) + difference)
    return text[: last.start()] + word if word else ""


def _whole(sentence: str, span: Span, reading: str) -> tuple[Span, str]:
    """The number with its ending (``21-й``), and the whole range where its second number is meant (``15—26``)."""
    ending = _ENDING.match(sentence, span.end)
    before = _RANGE_BEFORE.search(sentence, 0, span.start)
    head, tail = before.group() if before else "", ending.group() if ending else ""
    return Span(span.start - len(head), span.end + len(tail)), head + reading + tail if reading else ""
