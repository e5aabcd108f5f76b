"""What stands before a word, and how capitals lie in it."""

from __future__ import annotations

import pytest

from sverka.correct.places import Place, Shape, place_after, places, shape
from sverka.model import Span
from sverka.text.tokens import tokenise


@pytest.mark.parametrize(
    ("between", "place"),
    [
        (" ", Place.MIDDLE),
        (", ", Place.COMMA),
        ("\n", Place.LINE),
        (",\n", Place.COMMA),
        (" «", Place.OPENING),
        (" (", Place.OPENING),
        (" - ", Place.SIGN),
        (": ", Place.COLON),
        (": «", Place.COLON),
        (". ", Place.POINT),
        ("?» - ", Place.POINT),
        ("\n\n", Place.PARAGRAPH),
        (".\n \n", Place.START),
        (".\n2. ", Place.START),
        (" 2. ", Place.POINT),
    ],
)
def test_what_comes_before(between: str, place: Place) -> None:
    assert place_after(between) is place


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("слово", Shape.SMALL),
        ("Слово", Shape.CAPITAL),
        ("Я", Shape.CAPITAL),
        ("СССР", Shape.CAPITALS),
        ("ЧТо", Shape.MIXED),
        ("Цзе-дун", Shape.CAPITAL),
        ("По-Моему", Shape.MIXED),
        ("‹Слово", Shape.CAPITAL),
        ("Сло1о", Shape.CAPITAL),
        ("38", Shape.SMALL),
    ],
)
def test_how_capitals_lie(text: str, kind: Shape) -> None:
    assert shape(text) is kind


def found(text: str) -> dict[str, Place]:
    tokens = tokenise(text, Span(0, len(text)))
    words = [i for i, token in enumerate(tokens) if token.text[0].isalpha()]
    return dict(zip([tokens[i].text for i in words], places(text, tokens, words), strict=True))


def test_a_point_after_an_initial_ends_no_sentence() -> None:
    text = "Там был И. Сталин. Он"
    assert [found(text)[word] for word in ("Там", "Сталин", "Он")] == [Place.START, Place.SHORT, Place.POINT]


def test_a_line_that_had_room_for_the_next_word_was_ended_on_purpose() -> None:
    text = "строка во всю ширину столбца\nстрока короткая\nследующая во всю ширину столбца\nпоследняя"
    assert found(text)["следующая"] is Place.BREAK
    assert found(text)["последняя"] is Place.LINE
