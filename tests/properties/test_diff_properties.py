"""Whatever two texts are compared: nothing is lost, nothing said twice, and the order makes no difference."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import example, given, settings
from hypothesis import strategies as st

from sverka.align.classes import Class
from sverka.align.comparison import Comparison, Difference
from sverka.align.words import compare, tokens
from sverka.model import Span

WORDS = ("пусть", "она", "Будет", "топорь", "теперь", "все", "всё", "22", "из-за", "тов", "за", "из", "б", "а", "не")
SIGNS = (",", ".", "«", "-", "—", "-\n", "\n", "\n\n", " ", "  ", "")

pieces = st.one_of(st.sampled_from(WORDS), st.sampled_from(SIGNS), st.just(" "))
any_text = st.one_of(st.lists(pieces, max_size=40).map("".join), st.text(max_size=30))


def sentence(number: int) -> str:
    """A sentence no word of which is in another, apart from the first."""
    return f"Тогда {' '.join(f'слово{number}{letter}' for letter in 'абвгдежз')}."


@st.composite
def edited(draw: st.DrawFn) -> tuple[str, str]:
    """A text of sentences, and the same with some moved, lost, added or changed in a word."""
    left = draw(st.lists(st.integers(0, 12), unique=True, max_size=9))
    right = draw(st.permutations(left)) if draw(st.booleans()) else left
    right = right[: draw(st.integers(0, len(right)))] + draw(st.lists(st.integers(20, 22), max_size=2))
    changed = draw(st.sampled_from(("", "слово3б", "слово5", "Тогда")))
    other = " ".join(map(sentence, right))
    return "\n".join(map(sentence, left)), other.replace(changed, "Иное", 3) if changed else other


texts = st.one_of(st.tuples(any_text, any_text), edited())


def seen(text: str, spans: list[Span]) -> str:
    """What is in these stretches, without white space and what else makes no difference."""
    return "".join("".join(span.of(text).split()) for span in spans)


def outside(text: str, spans: list[Span]) -> str:
    ends = [Span(a.end, b.start) for a, b in pairwise([Span(0, 0), *spans, Span(len(text), len(text))])]
    return seen(text, ends)


def flat(comparison: Comparison) -> list[Difference]:
    """Without the passages that moved: what they hold is common, or a difference of its own."""
    return [difference for difference in comparison.differences if difference.kind is not Class.MOVED]


@settings(deadline=None)
@given(pair=texts)
@example(pair=("-\n", ""))
def test_differences_and_what_is_common_are_both_texts(pair: tuple[str, str]) -> None:
    comparison = compare(*pair)
    for text, side in zip(pair, ("left", "right"), strict=True):
        spans = sorted(getattr(stretch, side) for stretch in (*flat(comparison), *comparison.common))
        assert all(one.end <= other.start for one, other in pairwise(spans))
        assert outside(text, spans) == ""


@settings(deadline=None)
@given(pair=texts)
def test_either_text_follows_from_the_other(pair: tuple[str, str]) -> None:
    left, right = pair
    comparison = compare(left, right)
    # Piece by piece in the order of the right text: what is common from the left one, what differs from the right.
    made = [(stretch.right, stretch.left.of(left)) for stretch in comparison.common]
    made += [(difference.right, difference.right.of(right)) for difference in flat(comparison)]
    rebuilt = "".join(text for _, text in sorted(made))
    assert compare(rebuilt, right).without([Class.SPACING, Class.HYPHEN]).differences == ()


@settings(deadline=None)
@given(pair=texts)
def test_the_other_way_round_the_differences_are_the_same(pair: tuple[str, str]) -> None:
    left, right = pair
    one, other = compare(left, right), compare(right, left)
    assert one == other.mirrored()
    assert {(d.left, d.right, d.classes) for d in one.differences} == {
        (d.right, d.left, d.classes) for d in other.differences
    }


@settings(deadline=None)
@given(pair=texts)
def test_texts_are_the_same_if_and_only_if_nothing_differs(pair: tuple[str, str]) -> None:
    left, right = pair
    assert compare(left, left).differences == ()
    comparison = compare(left, right)
    assert bool(comparison.differences) == bool(compare(right, left).differences)
    if not comparison.differences:
        assert [len(tokens(left)), len(tokens(right))] == [comparison.common_count] * 2
    if left.split() == right.split():
        assert comparison.differences == ()


@settings(deadline=None)
@given(pair=texts, kinds=st.sets(st.sampled_from(Class)))
def test_each_difference_is_of_one_class_and_ignored_with_it(pair: tuple[str, str], kinds: set[Class]) -> None:
    comparison = compare(*pair)
    counts = [sum(difference.kind is kind for difference in comparison.differences) for kind in Class]
    assert sum(counts) == len(comparison.differences)
    kept = comparison.without(kinds)
    assert len(kept.differences) + kept.ignored == len(comparison.differences)
    assert all(set(difference.classes) - kinds for difference in kept.differences)
    assert comparison.without(set(Class)).differences == ()


@settings(deadline=None)
@given(pair=texts)
def test_no_difference_is_empty_and_moved_passages_lie_apart(pair: tuple[str, str]) -> None:
    comparison = compare(*pair)
    assert all(difference.left or difference.right for difference in comparison.differences)
    for side in ("left", "right"):
        spans = sorted(getattr(difference, side) for difference in comparison.moves)
        assert all(one.end <= other.start for one, other in pairwise(spans))


def test_two_passages_moved_to_one_place_leave_nothing_between_them() -> None:
    left = "\n".join(map(sentence, range(8)))
    changed = sentence(3).replace(sentence(3).split()[2], "Иное")
    right = " ".join([sentence(0), sentence(1), changed, *map(sentence, (4, 6, 7, 2, 5, 20))])
    differences = compare(left, right).differences
    assert [d.kind for d in differences if d.kind is Class.MOVED] == [Class.MOVED] * 2
    assert all(difference.left or difference.right for difference in differences)


@given(order=st.permutations(range(5)))
def test_sentences_in_another_order_are_moved_and_nothing_else(order: list[int]) -> None:
    left, right = " ".join(map(sentence, range(5))), " ".join(map(sentence, order))
    assert {difference.kind for difference in compare(left, right).differences} <= {Class.MOVED}
