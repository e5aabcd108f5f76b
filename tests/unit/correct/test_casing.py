"""The case of a word at its place."""

from __future__ import annotations

import numpy as np
import pytest
from casing_toys import NOISE, WORDS, capitals, read

from sverka.correct.casing import Read, first_letter


def cased(text: str, original: str, word: str) -> str:
    """``word`` as it would be written for ``original`` in ``text``, on a bad page."""
    stream, casing = read(f"{NOISE}\n{text}\n{NOISE}")
    (at,) = [i for i, token in enumerate(stream.tokens) if token.text == original]
    number = np.array([WORDS.index(word) if word in WORDS else -1])
    (shown,), (sure,) = casing.cased([at], capitals().log_odds(number), [original], [word])
    assert 0.5 <= sure <= 1
    return str(shown)


@pytest.mark.parametrize(
    ("text", "original", "word", "shown"),
    [
        ("и народ топорь пишет", "топорь", "теперь", "теперь"),
        ("и народ. Топорь пишет", "Топорь", "теперь", "Теперь"),
        ("и Не народ Чго было", "Чго", "что", "что"),  # another stray capital
        ("и народ. \N{LATIN CAPITAL LETTER H}e было", "\N{LATIN CAPITAL LETTER H}e", "не", "Не"),
        ("и народ \N{LATIN CAPITAL LETTER H}e было", "\N{LATIN CAPITAL LETTER H}e", "не", "не"),
        ("и народ. 4исло было", "4исло", "число", "Число"),  # a figure tells nothing: the place does
        ("и народ 4исло было", "4исло", "число", "число"),
        ("СРЕДИ ТОПОРЬ НАРОД", "ТОПОРЬ", "теперь", "ТЕПЕРЬ"),
        ("народ и Масква вместе", "Масква", "москва", "Москва"),
        ("народ и 0нгельса вместе", "0нгельса", "энгельса", "Энгельса"),
    ],
)
def test_a_word_is_written_as_its_place_wants(text: str, original: str, word: str, shown: str) -> None:
    assert cased(text, original, word) == shown


def test_many_words_at_once() -> None:
    _, casing = read("Теперь нарол был вместе")
    words = ("народ", "народа", "москва")
    shown, sure = casing.cased([0, 1, 1], np.array([-7, -7, 9], dtype=np.float32), ["Тапорь", "нарол", "Нарол"], words)
    assert shown == ("Народ", "народа", "Москва")
    assert len(sure) == 3


@pytest.mark.parametrize(
    ("original", "word", "read_as", "alike"),
    [
        ("Что", "что", Read.CAPITAL, True),
        ("что", "что", Read.SMALL, True),
        ("База", "база", Read.CAPITAL, False),
        ("\N{LATIN CAPITAL LETTER H}e", "не", Read.CAPITAL_LATIN, True),
        ("\N{LATIN SMALL LETTER C}", "с", Read.SMALL, True),
        ("Нто", "что", Read.CAPITAL_OTHER, True),
        ("нто", "что", Read.SMALL_OTHER, True),
        ("‘Что", "что", Read.CAPITAL, True),
        ("4то", "что", Read.NOTHING, True),
        ("", "что", Read.NOTHING, True),
    ],
)
def test_what_the_first_letter_tells(original: str, word: str, read_as: Read, alike: bool) -> None:
    assert first_letter(original, word) == (read_as, alike)


def test_an_empty_document_has_nothing_to_say() -> None:
    _, casing = read("")
    assert len(casing.place) == len(casing.setting) == 0
