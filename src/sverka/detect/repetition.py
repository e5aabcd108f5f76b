"""What stands twice and should stand once: syllables, words, phrases, lines; and numerals that repeat themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from importlib import resources
from itertools import pairwise

from sverka.detect.detector import IsWord, texts
from sverka.detect.numerals import Form, Numeral, russian, said_like
from sverka.model import Bitext, Candidate, Document, Evidence, Finding, Rule, Span, Token, TokenKind
from sverka.text.alphabet import fold
from sverka.text.lines import paragraphs

# Three times the same one to three letters with the same point after each: no word, list or abbreviation is that.
_UNITS = re.compile(
    r"[.,;:]?(?<![^\W_])(?P<unit>[^\W\d_]{1,3})(?P<sign>[.,;:•·*_]+)(?:(?P=unit)(?P=sign))+(?P=unit)\b(?P=sign)?",
    re.IGNORECASE,
)
_SPACED_UNITS = re.compile(
    r"(?<![^\W_])(?P<unit>[б-дж-зй-нп-тф-щ])(?P<sign>[.,;]?\s)(?:(?P=unit)(?P=sign))+(?P=unit)\b[.,;]?"
)
_LONG_LINE = 12
_PHRASE_WORDS = 5
_PHRASE_LETTERS = 9


def find(document: Document, bitext: Bitext | None, is_word: IsWord) -> Iterator[Finding]:
    """All repetitions; where one lies within another, the longer alone."""
    found = [*_doubled_lines(document), *_doubled_words(document), *_units(document), *_numerals(document)]
    for finding in found:
        if not any(other.span.contains(finding.span) and other.span != finding.span for other in found):
            yield finding


def _units(document: Document) -> Iterator[Finding]:
    text = document.transcript.text
    for passage in texts(document):
        for pattern in (_UNITS, _SPACED_UNITS):
            for match in pattern.finditer(text, passage.span.start, passage.span.end):
                evidence = Evidence("repetition", f"{match['unit']} again and again", 3.0)
                deleted = Candidate("", 0.85, "deletion", (evidence,))
                yield Finding(
                    Span(*match.span()),
                    match.group(),
                    Rule.REPETITION,
                    0.93,
                    "letters repeated without sense",
                    (deleted,),
                )


def _doubled_words(document: Document) -> Iterator[Finding]:
    """A word, or up to five, and the same again with nothing but a space or a line end between."""
    text = document.transcript.text
    tokens = document.tokens
    words = [fold(token.text) for token in tokens]
    after = 0
    for i, word in enumerate(words):
        for count in range(_PHRASE_WORDS, 0, -1):
            if i + count >= len(words) or words[i + count] != word:
                continue
            first, second = tokens[i : i + count], tokens[i + count : i + 2 * count]
            if i >= after and _same(text, first, second) and _not_meant(first, second):
                after = i + 2 * count
                yield _once(text, first, second)
                break


def _same(text: str, first: Sequence[Token], second: Sequence[Token]) -> bool:
    if len(first) != len(second) or any(token.kind is TokenKind.MARK for token in first):
        return False
    return all(fold(a.text) == fold(b.text) for a, b in zip(first, second, strict=True)) and all(
        _only_a_space(text[a.span.end : b.span.start]) for a, b in pairwise((*first, *second))
    )


def _only_a_space(between: str) -> bool:
    return bool(between) and between.isspace() and len(between.splitlines()) <= 2 and between.count("\n") <= 1


def _not_meant(first: Sequence[Token], second: Sequence[Token]) -> bool:
    """Whether no writer would have said it twice."""
    if len(first) > 1:
        return len({fold(word.text) for word in first}) > 1 and sum(len(word.text) for word in first) >= _PHRASE_LETTERS
    word, again = first[0].text, second[0].text
    if first[0].kind is not TokenKind.WORD or len(word) < 2 or fold(word) in DOUBLED:
        return False
    # A short name may well be doubled: Ван Ван, Бо Бо.
    return not (word.istitle() and again.istitle() and len(word) <= 4)


def _once(text: str, first: Sequence[Token], second: Sequence[Token]) -> Finding:
    span = Span(first[0].span.start, second[-1].span.end)
    one = text[first[0].span.start : first[-1].span.end]
    sure = 0.9 if len(one) >= 4 else 0.8
    evidence = Evidence("repetition", f"{one} twice running", 2.5)
    what = "a word" if len(first) == 1 else "words"
    candidate = Candidate(one, round(sure - 0.05, 2), "deletion", (evidence,))
    return Finding(span, span.of(text), Rule.REPETITION, sure, f"{what} repeated", (candidate,))


def _doubled_lines(document: Document) -> Iterator[Finding]:
    text = document.transcript.text
    for passage in texts(document):
        for paragraph in paragraphs(text, passage.span):
            for first, second in pairwise(paragraph):
                if len(first.text) >= _LONG_LINE and fold(first.text) == fold(second.text):
                    start = first.span.start + len(first.span.of(text).rstrip())
                    span = Span(start, second.span.start + len(second.span.of(text).rstrip()))
                    deleted = Candidate("", 0.85, "deletion", (Evidence("repetition", "the line above again", 3.0),))
                    yield Finding(span, span.of(text), Rule.REPETITION, 0.9, "a line repeated", (deleted,))


def _numerals(document: Document) -> Iterator[Finding]:
    """``пяти-пятидесятых``: the second half says the first again; a range goes to a neighbour (``пяти-шести``)."""
    for token in document.tokens:
        halves = fold(token.text).split("-")
        numerals = tuple(map(russian, halves))
        if len(halves) == 2 and numerals[0] and numerals[1] and _repeats(halves, numerals[0], numerals[1]):
            candidates = tuple(_ranges(document, token, halves[0], numerals[0]))
            yield Finding(
                token.span,
                token.span.of(document.transcript.text),
                Rule.REPETITION,
                0.85,
                "the second half repeats the first in another form",
                candidates,
            )


def _repeats(halves: Sequence[str], one: Numeral, other: Numeral) -> bool:
    if Form.SCALE in (one.form, other.form) or one.value <= 2 or halves[0][:2] != halves[1][:2]:
        return False
    if one.value == other.value:
        return one.form is not other.form or one.inflection != other.inflection
    return other.value in (one.value * 10, one.value * 100) and one.form is not other.form


def _ranges(document: Document, token: Token, first: str, numeral: Numeral) -> Iterator[Candidate]:
    """The range to the next number, where the document has it elsewhere."""
    following = said_like(first, numeral.value + 1)
    if following is None:
        return
    stem, other = first[:3], following[:3]
    for elsewhere in document.tokens:
        halves = fold(elsewhere.text).split("-")
        if elsewhere is not token and len(halves) == 2 and halves[0].startswith(stem) and halves[1].startswith(other):
            evidence = Evidence("document", f"elsewhere: {elsewhere.text}", 1.5)
            yield Candidate(f"{first}-{following}", 0.6, "document", (evidence,))
            return


def _doubled_by_writers() -> frozenset[str]:
    table = resources.files(__package__).joinpath("doubled.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in table.splitlines() if line and not line.startswith("#"))
    return frozenset(fold(word) for words, _ in rows for word in words.split())


DOUBLED = _doubled_by_writers()
"""Words that Russian says twice running without a comma or a hyphen (see ``doubled.tsv`` for the reasons)."""
