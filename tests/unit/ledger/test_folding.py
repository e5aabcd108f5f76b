from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sverka.ledger.folding import Folding
from sverka.model import Span

texts = st.text("аб1- \n\r\t\N{SOFT HYPHEN}\N{NO-BREAK SPACE}", max_size=40)


@pytest.mark.parametrize(
    ("text", "wording"),
    [
        ("вести  войну", "вести войну"),
        ("вести\r\nвойну", "вести войну"),
        ("кам-\nпания", "кампания"),
        ("кам¬ \r\n  пания", "кампания"),
        ("кам-\n\nпания", "кам- пания"),
        ("1914-\n1918", "1914- 1918"),
        ("мир -\nвойна", "мир - война"),
        ("из-за", "из-за"),
    ],
)
def test_what_another_layout_leaves(text: str, wording: str) -> None:
    assert Folding.WORDING.of(text) == wording


def test_line_ends_alone() -> None:
    assert Folding.LINES.of("а  б-\r\nв\rг\n") == "а  б-\nв\nг\n"
    assert Folding.VERBATIM.of("а\r\n") == "а\r\n"


def test_a_span_leaves_out_what_was_left_out_around_it() -> None:
    folded = Folding.WORDING.folded("кам-\nпания\r\n\r\nи мир")
    assert folded.text == "кампания и мир"
    assert folded.span(3, 8) == Span(5, 10)
    assert folded.span(0, 3) == Span(0, 3)
    assert folded.span(0, 8) == Span(0, 10)
    assert folded.span(8, 9) == Span(10, 14)
    # A gap is before the white space or behind it; where a hyphen was left out, it might be either.
    assert (folded.span(8, 8), folded.span(9, 9)) == (Span(10, 10), Span(14, 14))
    assert folded.span(3, 3) is None


@given(st.sampled_from(Folding), texts, st.data())
def test_every_position_leads_back(folding: Folding, text: str, data: st.DataObject) -> None:
    folded = folding.folded(text)
    assert folded.text == folding.of(text)
    start = data.draw(st.integers(0, len(folded.text)))
    end = data.draw(st.integers(start, len(folded.text)))
    span = folded.span(start, end)
    if span is None:
        assert start == end
    else:
        # What a hyphen at either end is part of is folded with it, and not without.
        assert folding.of(span.of(text)).strip("-\N{SOFT HYPHEN} \n") == folded.text[start:end].strip(
            "-\N{SOFT HYPHEN} \n"
        )
        assert folded.position(span.start) == start
