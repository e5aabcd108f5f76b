"""What holds of every anchor, whatever becomes of the text around it."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from sverka.ledger.anchor import CONTEXT, Fit, anchor_at, find, undisturbed
from sverka.ledger.relocation import relocate
from sverka.model import Anchor, Span

letters = st.text("ав \n", max_size=60)
"""So few letters that everything is repeated somewhere."""
words = st.lists(st.sampled_from(["он", "она", "топорь", "теперь", "война", "и", "-", "вести,", "1"]), max_size=40)
texts = letters | words.map(" ".join) | words.map("\n".join)


@st.composite
def spans(draw: st.DrawFn, text: str) -> Span:
    start = draw(st.integers(0, len(text)))
    return Span(start, draw(st.integers(start, min(len(text), start + 12))))


def kept(text: str, span: Span) -> tuple[str, str]:
    """What an anchor keeps on either side."""
    return text[max(0, span.start - CONTEXT) : span.start], text[span.end : span.end + CONTEXT]


@given(st.data(), texts, texts, texts)
@settings(max_examples=300)
def test_changes_outside_the_surroundings_never_lead_elsewhere(
    data: st.DataObject, text: str, before: str, after: str
) -> None:
    span = data.draw(spans(text))
    prefix, suffix = kept(text, span)
    anchor = anchor_at(text, span)
    again = before + prefix + anchor.exact + suffix + after
    found = find(anchor, again)
    there = Span(len(before) + len(prefix), len(before) + len(prefix) + len(anchor.exact))
    # Where the surroundings are repeated at the anchor's own offsets, both selectors agree on that place.
    if not undisturbed(anchor, again):
        # A hyphen at the edge of the surroundings may divide a word that was none before.
        divided = found.fit is Fit.LOST and "-" in again
        assert found.fit is Fit.AMBIGUOUS or found.span == there or divided
    (together,) = relocate([(anchor, None)], again)
    assert together.span in {None, found.span}


@given(st.data(), texts, texts)
@settings(max_examples=300)
def test_what_is_found_is_the_quotation_but_for_white_space(data: st.DataObject, text: str, again: str) -> None:
    anchor = anchor_at(text, data.draw(spans(text)))
    replacement = data.draw(st.none() | texts)
    found = find(anchor, again, replacement)
    if found.span is None:
        assert found.fit in {Fit.CORRECTED, Fit.AMBIGUOUS, Fit.LOST}
    else:
        assert found.fit is (Fit.EXACT if found.span == anchor.span else Fit.MOVED)
        assert found.span.of(again).split() == anchor.exact.split()


@given(st.data(), texts, texts, texts)
@settings(max_examples=300)
def test_an_anchor_is_never_found_within_its_own_correction(
    data: st.DataObject, text: str, replacement: str, after: str
) -> None:
    span = data.draw(spans(text))
    anchor = anchor_at(text, span)
    if replacement == anchor.exact:
        return
    _, suffix = kept(text, span)
    again = text[: span.start] + replacement + suffix + after
    for found in (find(anchor, again, replacement), *relocate([(anchor, replacement)], again)):
        assert found.fit in {Fit.CORRECTED, Fit.AMBIGUOUS} or (found.fit is Fit.LOST and "-" in again)


@st.composite
def anchors(draw: st.DrawFn, text: str) -> list[tuple[Anchor, str | None]]:
    drawn = draw(st.lists(st.tuples(spans(text), st.none() | st.text("xyz", min_size=1, max_size=4)), max_size=12))
    return [(anchor_at(text, span), replacement) for span, replacement in drawn]


@given(st.data(), texts)
def test_in_the_same_text_all_are_where_they_were(data: st.DataObject, text: str) -> None:
    pairs = data.draw(anchors(text))
    found = relocate(pairs, text)
    assert [(one.fit, one.span) for one in found] == [(Fit.EXACT, anchor.span) for anchor, _ in pairs]


@given(st.data(), texts, texts)
@settings(max_examples=300)
def test_together_they_come_to_the_same_in_any_order(data: st.DataObject, text: str, middle: str) -> None:
    cut = data.draw(st.integers(0, len(text)))
    again = data.draw(st.sampled_from([text[:cut] + middle + text[cut:], text[cut:] + text[:cut], text[cut:] + middle]))
    pairs = data.draw(anchors(text))
    found = dict(zip(pairs, relocate(pairs, again), strict=True))
    shuffled = data.draw(st.permutations(pairs))
    assert dict(zip(shuffled, relocate(shuffled, again), strict=True)) == found
    placed = [(anchor, one.span) for (anchor, _), one in found.items() if one.span is not None]
    for anchor, new in placed:
        assert new.of(again).split() == anchor.exact.split()
        for other, place in placed:
            # Two that lay apart never come to lie on each other.
            if not (anchor.span == other.span or anchor.span.overlaps(other.span)):
                assert not (new == place or new.overlaps(place))
