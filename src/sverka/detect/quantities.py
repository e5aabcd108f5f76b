"""Numbers, times and dates of a sentence, Russian or English, in one notation that can be compared."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from sverka.detect.numerals import Form, Numeral, english, russian
from sverka.model import Span
from sverka.text.alphabet import fold


class Kind(StrEnum):
    """What is counted."""

    NUMBER = "number"
    TIME = "time"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Quantity:
    """``value`` is the number itself, or hour and minute of a time, or day and month of a date.

    ``span`` counts within the sentence; ``in_words`` says that it was written out.
    """

    kind: Kind
    value: tuple[Fraction, ...]
    span: Span
    in_words: bool = False


MONTHS = (
    "января", "февраля", "марта", "апреля", "мая", "июня",
    "июля", "августа", "сентября", "октября", "ноября", "декабря",
)  # fmt: skip
"""The months as Russian dates have them."""
_ENGLISH_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
_DIGIT = r"(?<![\w.,:/-])"
_END = r"(?![\d])"

# An hour in words is passed over: ``в двенадцатом часу`` is past eleven.
_RUSSIAN = re.compile(
    rf"""
    {_DIGIT}(?P<nd>\d{{1,2}})[./](?P<nm>\d{{1,2}}|[IVX]{{1,4}})[./]-?(?P<ny>\d{{4}}|\d{{2}}){_END}
  | ["«“„]?(?<![\w.,:/])(?P<wd>\d{{1,2}})["»”]?\s+(?P<wm>{"|".join(MONTHS)})\b
  | {_DIGIT}(?P<hh>\d{{1,2}})\s*(?:ч\.|ч\b|час\w*)(?:\s*(?P<hm>\d{{1,2}})\s*(?:м\.|м\b|мин\w*))?
  | {_DIGIT}(?P<ch>[01]?\d|2[0-4])[.:](?P<cm>[0-5]\d)(?!\d|[.,]\d|\s*(?:%|проц|тыс|млн|млрд|руб|кг|км|м\b))
  | (?<![\w])(?P<n>\d{{1,3}}(?:[ \u00a0]\d{{3}})+(?!\d)|\d+(?:,\d+)?)
    (?:\s*(?P<scale>тыс\w*|млн|млрд|миллион\w*|миллиард\w*))?
  | \b(?P<roman>[IVXLC]{{2,}})\b
  | \b[а-яё]+\s+час[уае]\b
  | (?P<word>[а-яё]+)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_MONTH = r"(?P<{}>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
_ENGLISH = re.compile(
    rf"""
    (?<![\w.,:/])(?P<nd>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH.format("nm")}(?![a-z])
  | \b{_MONTH.format("wm")}\s+(?P<wd>\d{{1,2}})(?:st|nd|rd|th)?(?![\d:])
  | {_DIGIT}(?P<ph>\d{{1,2}})(?:[:.](?P<pm>[0-5]\d))?\s*(?P<half>[ap])\.?\s?m\b
  | {_DIGIT}(?P<hh>\d{{1,2}})\s+(?:hours?|o['’]clock)\b(?:\s+(?:and\s+)?(?P<hm>\d{{1,2}})\s+minutes?)?
  | {_DIGIT}(?P<ch>[01]?\d|2[0-4])[.:](?P<cm>[0-5]\d)(?!\d|[.,]\d|\s*(?:%|per|million|billion))
  | (?<![\w])(?P<n>\d{{1,3}}(?:,\d{{3}})+(?!\d)|\d+(?:\.\d+)?)(?:st\b|nd\b|rd\b|th\b)?
    (?:\s*(?P<scale>thousand|million|billion))?
  | \b(?P<roman>[IVXLC]{{2,}})\b
  | \b(?P<noon>noon|midnight)\b
  | (?P<word>[a-z]+)
    """,
    re.VERBOSE | re.IGNORECASE,
)


def in_russian(sentence: str) -> tuple[Quantity, ...]:
    """The quantities of a Russian sentence, in order."""
    return tuple(_quantities(sentence, _RUSSIAN, lambda word: russian(fold(word))))


def in_english(sentence: str) -> tuple[Quantity, ...]:
    """The quantities of an English sentence, in order."""
    return tuple(_quantities(sentence, _ENGLISH, lambda word: english(word.lower())))


def _quantities(sentence: str, pattern: re.Pattern[str], worth: Callable[[str], Numeral | None]) -> Iterator[Quantity]:
    words: list[tuple[Numeral, Span]] = []
    for match in pattern.finditer(sentence):
        if match["word"] == "and" and words and words[-1][0].form is Form.SCALE:
            continue  # two hundred and ten
        numeral = worth(match["word"]) if match["word"] else None
        if numeral is None or (words and not _continues(words, numeral, sentence[words[-1][1].end : match.start()])):
            yield from _said(words)
            words = []
        if numeral is not None:
            words.append((numeral, Span(*match.span())))
        elif not match["word"]:
            yield from _written(match, worth)
    yield from _said(words)


def _continues(words: list[tuple[Numeral, Span]], following: Numeral, between: str) -> bool:
    """Whether ``following`` belongs to the number that ``words`` began: twenty five, but not five six."""
    last = words[-1][0]
    if last.form is Form.ORDINAL or between.replace("and", "").strip(" \t\r\n-"):
        return False
    if following.form is Form.SCALE:
        return following.value > last.value or last.form is Form.SCALE
    if last.form is Form.SCALE:
        return following.value < last.value
    return last.value >= 20 and following.value < 10 ** (len(str(last.value)) - 1)


def _said(words: list[tuple[Numeral, Span]]) -> Iterator[Quantity]:
    if not words:
        return
    total, part = 0, 0
    for numeral, _ in words:
        if numeral.form is not Form.SCALE:
            part += numeral.value
        elif numeral.value == 100:
            part = max(1, part) * 100
        else:
            total, part = total + max(1, part) * numeral.value, 0
    span = Span(words[0][1].start, words[-1][1].end)
    yield Quantity(Kind.NUMBER, (Fraction(total + part),), span, in_words=True)


def _written(match: re.Match[str], worth: Callable[[str], Numeral | None]) -> Iterator[Quantity]:
    found = {name: value for name, value in match.groupdict().items() if value}
    span = Span(*match.span())
    if "nd" in found or "wd" in found:
        day, month = int(found.get("nd") or found["wd"]), _month(found.get("nm") or found["wm"])
        yield Quantity(Kind.DATE, (Fraction(day), Fraction(month)), span)
        if len(found.get("ny", "")) == 4:
            yield Quantity(Kind.NUMBER, (Fraction(found["ny"]),), Span(match.start("ny"), match.end("ny")))
    elif "ph" in found:
        hour = int(found["ph"])
        hour = hour % 12 + (12 if found["half"].lower() == "p" else 0) if hour <= 12 else hour
        yield Quantity(Kind.TIME, (Fraction(hour), Fraction(found.get("pm", 0))), span)
    elif "hh" in found or "ch" in found:
        at = (found.get("hh") or found["ch"], found.get("hm") or found.get("cm") or "0")
        yield Quantity(Kind.TIME, (Fraction(at[0]), Fraction(at[1])), span)
    elif "noon" in found:
        yield Quantity(Kind.TIME, (Fraction(12 if found["noon"].lower() == "noon" else 0), Fraction(0)), span)
    elif "roman" in found:
        if value := _roman(found["roman"]):
            yield Quantity(Kind.NUMBER, (Fraction(value),), span)
    elif "n" in found:
        yield Quantity(Kind.NUMBER, (_number(found["n"]) * _scale(found.get("scale", ""), worth),), span)


def _number(digits: str) -> Fraction:
    plain = re.sub(r"[ \u00a0]|,(?=\d{3}(?:\D|\Z))", "", digits)
    return Fraction(plain.replace(",", "."))


def _scale(word: str, worth: Callable[[str], Numeral | None]) -> int:
    numeral = worth(word.lower())
    return numeral.value if numeral else 1


def _month(name: str) -> int:
    if name.isdigit():
        return int(name)
    if name.lower() in MONTHS:
        return MONTHS.index(name.lower()) + 1
    english = name.lower()[:3]
    return _ENGLISH_MONTHS.index(english) + 1 if english in _ENGLISH_MONTHS else _roman(name)


def _roman(letters: str) -> int:
    """The worth of a Roman numeral; 0 where the letters are none (``CIVIL``, ``IIX``)."""
    values = [_ROMAN[letter] for letter in letters.upper()]
    total = sum(-a if a < b else a for a, b in zip(values, [*values[1:], 0], strict=True))
    return total if letters.isupper() and _as_roman(total) == letters else 0


def _as_roman(number: int) -> str:
    signs = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
    letters = ""
    for value, sign in signs:
        letters += sign * (number // value)
        number %= value
    return letters
