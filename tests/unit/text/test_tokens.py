"""Words, numbers and marks. Each case shows its tokens parted by ``|``; a blank is white space of the text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sverka.model import Span, Token, TokenKind
from sverka.text.tokens import tokenise


def tokens(text: str) -> tuple[Token, ...]:
    return tokenise(text, Span(0, len(text)))


def shown(text: str) -> str:
    """``text`` with ``|`` between tokens that no white space parts."""
    found = tokens(text)
    result = ""
    for before, token in zip((None, *found), found, strict=False):
        between = text[before.span.end : token.span.start] if before else text[: token.span.start]
        result += (between or ("|" if before else "")) + token.span.of(text)
    return result + text[found[-1].span.end :]


# A case is the text with its cuts: "слово|," stands for the text "слово,", in which the comma is a token of its own.
CASES = """
пусть она будет теперь
слово|,|слово
г|.|Москва
В|.|И|.|Ленин
и т|.|д|.
Ким Ир Сен|!
«|Правда|»
«|Красная звезда|»,
(|в 1950г|.)
тов|. Сталин|…
нет|?!
ми|! Мы
Мао Цзе-дун
по-моему|, кто-то
он сказал — и
-|сказал
Д'Артаньян
МиГ-15 и Т-34
18летний
США|, РСФСР
ВКП|(|б|)
партизан|(|ка|), гражданин|[|ка|]
лихвид‹рована
имез!о
мож(т
сло"во
О9бособленность
@сли
тепер#
38-ю параллель
З8-ю
15-й и 2-го
1950г|.
1941|–|1945
1941-1945
в 20.15|,
3,5 млн|.
1/2
8.10.1950
5|%
№ 7
""".strip().splitlines()


@pytest.mark.parametrize("case", CASES)
def test_tokens(case: str) -> None:
    assert shown(case.replace("|", "")) == case


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("диви-\nзий", "дивизий"),
        ("диви- \r\n  зий", "дивизий"),
        ("имеет\u00ac\nся", "имеется"),
        ("диви\u00ad\nзий", "дивизий"),
        ("диви-\n\nзий", "дивизий"),  # lines set far apart
        ("Мао Цзе-\nдун", "Цзедун"),  # only a lexicon can tell that this hyphen is kept
    ],
)
def test_a_hyphen_at_the_end_of_a_line_joins(text: str, reading: str) -> None:
    token = tokens(text)[-1]
    assert token.text == reading
    assert token.joined
    assert token.span.of(text).startswith(reading[:3])


@pytest.mark.parametrize("text", ["кто-то", "слово -\nслово", "слово-\n\nСлово", "слово\nслово", "1941-\n1945"])
def test_nothing_else_joins(text: str) -> None:
    assert not any(token.joined for token in tokens(text))


@pytest.mark.parametrize("gap", ["\n\n", " \n \n ", "\r\n\r\n", "\r\r"])
def test_a_word_divided_before_a_blank_line_goes_on_in_small_letters(gap: str) -> None:
    (token,) = tokens(f"диви-{gap}зий")
    assert (token.text, token.joined, token.span) == ("дивизий", True, Span(0, 8 + len(gap)))
    assert [token.text for token in tokens(f"диви-{gap}Зий")] == ["диви", "-", "Зий"]
    assert [token.text for token in tokens(f"диви-{gap}{gap}зий")] == ["диви", "-", "зий"]


def test_before_the_next_line_a_capital_goes_on_too() -> None:
    assert [token.text for token in tokens("ДИВИ-\nЗИЙ")] == ["ДИВИЗИЙ"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("теперь", TokenKind.WORD),
        ("и\u0301ли", TokenKind.WORD),  # a stress mark is part of the word
        ("З8-ю", TokenKind.WORD),
        ("38-ю", TokenKind.NUMBER),
        ("20.15", TokenKind.NUMBER),
        ("…", TokenKind.MARK),
        ("№", TokenKind.MARK),
    ],
)
def test_kinds(text: str, kind: TokenKind) -> None:
    (token,) = tokens(text)
    assert token.kind is kind


SIGNS = st.one_of(st.characters(), st.sampled_from("абвГД-\u00ad\n\r .,!?()«»0123@‹"))


@given(text=st.text(SIGNS, max_size=60), cut=st.tuples(st.integers(0, 60), st.integers(0, 60)))
def test_tokens_and_the_gaps_between_them_rebuild_the_text(text: str, cut: tuple[int, int]) -> None:
    span = Span(min(*cut, len(text)), min(max(cut), len(text)))
    rebuilt = ""
    position = span.start
    for token in tokenise(text, span):
        gap = text[position : token.span.start]
        assert not gap.strip()
        assert token.span
        rebuilt += gap + token.span.of(text)
        if not token.joined:
            assert token.text == token.span.of(text)
        position = token.span.end
    rest = text[position : span.end]
    assert not rest.strip()
    assert rebuilt + rest == span.of(text)
