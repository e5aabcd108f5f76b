"""Points where no sentence ends, brackets that are not closed, and dates and hours that do not exist."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sverka.detect.detector import IsWord, texts
from sverka.detect.quantities import MONTHS
from sverka.model import Bitext, Candidate, Document, Evidence, Finding, Rule, Span
from sverka.text.abbreviations import CLOSING, RUNNING
from sverka.text.lines import paragraphs

_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_DATE_IN_WORDS = re.compile(rf"(?<![\w.,:/-])(?P<day>\d{{1,2}})\s+(?P<month>{'|'.join(MONTHS)})\b", re.IGNORECASE)
_DATE_IN_DIGITS = re.compile(r"(?<![\w.,:/-])(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>1[89]\d\d|20\d\d)(?!\d)")
_HOUR = re.compile(r"\b(?:в|к|до|около|после)\s+(?P<hour>\d{2})\s+(?:час(?:ов|а)?|ч)\b\.?\s+\d{1,2}\s+м", re.IGNORECASE)
_POINT = re.compile(
    r"(?<![\w.-])(?P<before>[^\W\d_]{3,})(?P<point>\.)(?:[ \t]{1,2}|[ \t]?\r?\n)(?P<after>[а-яё]{2,})(?!\w)"
)
"""The word before may be cut short, if it is no longer than that, so both have to be words."""
_SHAPES = {"(": ")", "[": "]"}
_BRACKETED = re.compile(r"(?P<open>[(\[])[^()\[\]]*(?P<close>[)\]])")
_SENTENCE_END = (".", "!", "?", "…", ":", ";", "»", '"')


def find(document: Document, bitext: Bitext | None, is_word: IsWord) -> Iterator[Finding]:
    """Findings with next to no doubt about what is wrong, though mostly without a candidate."""
    text = document.transcript.text
    for passage in texts(document):
        yield from _impossible_dates(text, passage.span)
        yield from _points(text, passage.span, is_word)
        for paragraph in paragraphs(text, passage.span):
            yield from _brackets(text, Span(paragraph[0].span.start, paragraph[-1].span.end))


def _points(text: str, span: Span, is_word: IsWord) -> Iterator[Finding]:
    """A point between two words of a sentence, the second in small letters: mostly a comma was misread."""
    for match in _POINT.finditer(text, span.start, span.end):
        before, after = match["before"].lower(), match["after"]
        if before in RUNNING | CLOSING or not is_word(before) or not is_word(after):
            continue
        evidence = Evidence("structure", f"the sentence goes on: {match['before']}, {after}", 3.0)
        candidate = Candidate(",", 0.86, "structure", (evidence,))
        place = Span(match.start("point"), match.end("point"))
        yield Finding(place, ".", Rule.PUNCTUATION, 0.92, "a point, but a small letter follows", (candidate,))


def _impossible_dates(text: str, span: Span) -> Iterator[Finding]:
    for match in _DATE_IN_WORDS.finditer(text, span.start, span.end):
        if not _exists(int(match["day"]), MONTHS.index(match["month"].lower()) + 1):
            yield _number(match, "there is no such day in the calendar")
    for match in _DATE_IN_DIGITS.finditer(text, span.start, span.end):
        if not _exists(int(match["day"]), int(match["month"])):
            yield _number(match, "there is no such day in the calendar")
    for match in _HOUR.finditer(text, span.start, span.end):
        if int(match["hour"]) > 24:
            yield _number(match, "a day has 24 hours")


def _exists(day: int, month: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= _DAYS[month - 1]


def _number(match: re.Match[str], message: str) -> Finding:
    return Finding(Span(*match.span()), match.group(), Rule.NUMBER, 0.85, message)


def _brackets(text: str, span: Span) -> Iterator[Finding]:
    """A bracket closed by one of another shape; one never closed in a paragraph that is otherwise complete."""
    body = span.of(text).rstrip()
    for match in _BRACKETED.finditer(body):
        wanted = _SHAPES[match["open"]]
        if match["close"] != wanted and wanted not in body[match.end() :] and body.count(match["close"]) == 1:
            place = Span(match.start("close"), match.end("close")).shifted(span.start)
            evidence = Evidence("structure", f"opened by {match['open']}", 2.0)
            candidate = Candidate(wanted, 0.7, "structure", (evidence,))
            yield Finding(
                place, match["close"], Rule.PUNCTUATION, 0.75, "closes a bracket of another shape", (candidate,)
            )
    if body.count("(") == 1 and not re.search(r"[)\]}|>]", body) and body.endswith(_SENTENCE_END):
        place = Span(body.index("("), body.index("(") + 1).shifted(span.start)
        yield Finding(place, "(", Rule.PUNCTUATION, 0.6, "a bracket that is never closed")
