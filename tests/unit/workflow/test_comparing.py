"""Which texts are compared, and the right text with what is ignored as the left one has it."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from sverka.align.classes import Class
from sverka.align.words import compare
from sverka.workflow.comparing import like_left

some_words = st.lists(st.sampled_from(("пусть", "Она", "она", "все", "всё", ",", ".", "22", "20", "топорь", "теперь")))
texts = some_words.map(" ".join)


def test_what_is_ignored_is_as_the_left_text_has_it() -> None:
    left, right = "Пусть она, будет топорь", "пусть она будет теперь всегда"
    compared = compare(left, right)
    assert like_left(left, right, compared, [Class.CASE]) == "Пусть она будет теперь всегда"
    assert like_left(left, right, compared, [Class.PUNCTUATION, Class.CASE]) == "Пусть она, будет теперь всегда"
    assert like_left(left, right, compared, list(Class)) == left


@settings(deadline=None)
@given(left=texts, right=texts)
def test_all_or_nothing(left: str, right: str) -> None:
    compared = compare(left, right)
    assert like_left(left, right, compared, ()) == right
    everything = like_left(left, right, compared, set(Class))
    if not compared.moves:
        assert compare(left, everything).without([Class.SPACING]).differences == ()
