"""Which encoding Russian text is in: UTF-8, UTF-16, cp1251, koi8-r or cp866.

Unicode encodings announce themselves: by a byte-order mark, by UTF-8 that decodes (nothing else does so by chance), by
every second byte being the 0x00 or 0x04 of UTF-16's Latin and Cyrillic blocks. The three single-byte encodings put
different letters on the same bytes, so they are told apart by what the bytes spell: letters as frequent as Russian
letters are, small letters followed by small letters, next to no box-drawing signs. Sixty letters are enough, and
nearly always twenty; general detectors want more than a hundred.
"""

from __future__ import annotations

import codecs
import math
from collections import Counter
from itertools import pairwise

# Parts per ten thousand of the letters of Russian prose (Russian National Corpus); yo counts with its own share.
_LETTER_SHARES = {
    "о": 1097, "е": 845, "а": 801, "и": 735, "н": 670, "т": 626, "с": 547, "р": 473, "в": 454, "л": 440, "к": 349,
    "м": 321, "д": 298, "п": 281, "у": 262, "я": 201, "ы": 190, "ь": 174, "г": 170, "з": 165, "б": 159, "ч": 144,
    "й": 121, "х": 97, "ж": 94, "ш": 73, "ю": 64, "ц": 48, "щ": 36, "э": 32, "ф": 26, "ъ": 4, "ё": 4,
}  # fmt: skip
_SIGNS = "«»„“”‘’—–…№§°\N{NO-BREAK SPACE}\N{SOFT HYPHEN}•·"
_LOG = {letter: math.log(share / 10_000) for letter, share in _LETTER_SHARES.items()}
_LOG |= {letter.upper(): value - 0.1 for letter, value in _LOG.items()}
_LOG |= dict.fromkeys(_SIGNS, math.log(0.005))
_STRANGE = math.log(1e-5)
_CASE_BREAK = -4.0
"""For each capital letter after a small one: cp1251 read as koi8-r (and the other way round) swaps the cases."""

_SINGLE_BYTE = ("cp1251", "koi8-r", "cp866")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROLS = frozenset(map(chr, range(32))) - frozenset("\t\n\r\f\x1a\x1b")


class UnknownEncoding(ValueError):
    """The bytes are not text in an encoding read here; the message says in a few words what they are instead."""


def decode(data: bytes) -> tuple[str, str]:
    """The text of ``data`` without a byte-order mark, newlines as they stand, and the name of its encoding."""
    text, encoding = _decode(data)
    if sum(map(text.count, _CONTROLS)) > 0.02 * len(text):
        raise UnknownEncoding("a binary file, not text")
    return text, encoding


def _decode(data: bytes) -> tuple[str, str]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return data.decode(encoding), encoding
            except UnicodeDecodeError as error:
                raise UnknownEncoding(f"its byte-order mark says {encoding}, but byte {error.start} does not") from None
    if wide := _utf16(data):
        return wide
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        if _mostly_utf8(data):
            raise UnknownEncoding(f"damaged UTF-8 (byte {error.start})") from None
    return _single_byte(data)


def _utf16(data: bytes) -> tuple[str, str] | None:
    """UTF-16 without a byte-order mark, where nearly all letters are of the Latin or Cyrillic block."""
    if len(data) < 4 or len(data) % 2:
        return None
    for encoding, high in (("utf-16-le", data[1::2]), ("utf-16-be", data[0::2])):
        if high.count(0) + high.count(4) + high.count(0x20) > 0.95 * len(high) and high.count(0) + high.count(4) > 2:
            try:
                return data.decode(encoding), encoding
            except UnicodeDecodeError:
                return None
    return None


def _mostly_utf8(data: bytes) -> bool:
    """Whether nearly all bytes beyond ASCII make up UTF-8: then the rest is damage, not another encoding."""
    text = data.decode("utf-8", "replace")
    damaged = text.count("\N{REPLACEMENT CHARACTER}")
    return sum(character > "\x7f" for character in text) > 20 * damaged


def _single_byte(data: bytes) -> tuple[str, str]:
    best: tuple[bool, float, str, str] | None = None
    for encoding in _SINGLE_BYTE:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:  # cp1251 leaves one byte undefined
            continue
        rated = (_is_russian(text), _likelihood(text), text, encoding)
        best = max(best, rated) if best else rated
    if best is None or not best[0]:
        raise UnknownEncoding("neither UTF-8, UTF-16, cp1251, koi8-r nor cp866")
    return best[2], best[3]


def _likelihood(text: str) -> float:
    """Log-likelihood of the signs beyond ASCII under a model of Russian letters."""
    total = sum(count * _LOG.get(sign, _STRANGE) for sign, count in Counter(text).items() if sign > "\x7f")
    breaks = sum(a > "\x7f" and b > "\x7f" and a.islower() and b.isupper() for a, b in pairwise(text))
    return total + _CASE_BREAK * breaks


def _is_russian(text: str) -> bool:
    """Whether the signs beyond ASCII are Russian letters that stand with their like, as in Russian, not in French.

    English with typographic quotes and dashes only is fine too: these have one place in cp1251 and its Latin sister.
    """
    foreign = [i for i, sign in enumerate(text) if sign > "\x7f" and sign not in _SIGNS]
    letters = [i for i in foreign if text[i].lower() in _LETTER_SHARES]
    if not foreign:
        return True
    if len(letters) < 0.8 * len(foreign):
        return False
    beside_latin = sum(_is_latin(text[i - 1 : i]) or _is_latin(text[i + 1 : i + 2]) for i in letters)
    return beside_latin < 0.2 * len(letters)


def _is_latin(sign: str) -> bool:
    return sign.isascii() and sign.isalpha()
