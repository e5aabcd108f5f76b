"""What holds of every patch, whatever it is applied to."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from sverka.ledger import anchor_at, edition
from sverka.ledger.patch import Hunk, Patch, decode, encode, made
from sverka.ledger.patching import Outcome, apply_patch
from sverka.model import Decision, ErrorClass, Rule, Span, Transcript, Verdict, View

TEXT = "абвгдежзиклмнопрстуфхцчшщэюя123456789"

texts = st.text(max_size=12)
scraps = st.text("ав \n", max_size=6)
hunks = st.builds(
    Hunk,
    exact=texts,
    prefix=texts,
    suffix=texts,
    replacement=texts,
    error_class=st.sampled_from(ErrorClass),
    verdict=st.sampled_from([Verdict.ACCEPT, Verdict.AMEND]),
    rule=st.sampled_from(Rule),
    confidence=st.floats(0, 1),
    note=texts,
    by=texts,
    at=st.sampled_from(["", "2026-01-02T03:04:05Z", "2026-01-02T03:04:05.678Z"]),
    event=texts,
    rejected=st.sampled_from(["", *Outcome]).map(str),
)
patches = st.builds(Patch, texts, st.text("0123456789abcdef", min_size=64, max_size=64), st.lists(hunks).map(tuple))


@given(patches)
def test_a_patch_reads_back_as_it_was_written(patch: Patch) -> None:
    assert decode(encode(patch), "p") == patch
    assert encode(decode(encode(patch), "p")) == encode(patch)


@given(
    st.lists(
        st.tuples(st.integers(0, 30), st.integers(0, 6), texts, st.sampled_from(ErrorClass)),
        max_size=12,
        unique_by=lambda change: change[:2],
    ),
    st.sampled_from(View),
)
def test_on_its_own_text_a_patch_is_the_edition(changes: list[tuple[int, int, str, ErrorClass]], view: View) -> None:
    transcript = Transcript("x.txt", TEXT)
    decisions = [
        Decision(
            anchor=anchor_at(TEXT, Span(start, start + length)),
            verdict=Verdict.AMEND,
            error_class=error_class,
            replacement=said,
            rule=Rule.EDITOR,
            confidence=1.0,
            event=f"{number:032x}",
            at="2026-01-02T03:04:05.678Z",
        )
        for number, (start, length, said, error_class) in enumerate(changes)
    ]
    changing = [said for said in decisions if said.replacement != said.anchor.exact]
    patch = decode(encode(made(transcript, decisions)), "p")
    assert apply_patch(patch, transcript, view).edition == edition(transcript, changing, view)[0]


@given(
    st.lists(st.builds(Hunk, scraps, scraps, scraps, scraps, st.sampled_from(ErrorClass)), max_size=6),
    st.text("ав \n", max_size=60),
    st.sampled_from(View),
)
def test_nothing_is_dropped_and_only_what_stands_is_replaced(found: list[Hunk], text: str, view: View) -> None:
    patch = Patch("x.txt", "0" * 64, tuple(found))
    applied = apply_patch(patch, Transcript("y.txt", text), view)
    assert [result.hunk for result in applied.results] == found
    assert len(applied.rejects.hunks) == sum(result.outcome.rejected for result in applied.results)
    assert decode(encode(applied.rejects), "p") == applied.rejects
    for result in applied.results:
        if result.outcome in {Outcome.EXACT, Outcome.ALIKE}:
            assert result.decision is not None
            # One run of white space is as good as another: the other copy may have other line ends.
            replaced = result.decision.anchor.span.of(text)
            assert re.sub(r"\s+", " ", replaced) == re.sub(r"\s+", " ", result.hunk.exact)
    changed = {Outcome.EXACT, Outcome.ALIKE} & {result.outcome for result in applied.results}
    assert changed or applied.edition.text == text
