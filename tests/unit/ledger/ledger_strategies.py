"""What hypothesis makes ledgers of."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import strategies as st

from sverka.ledger import Event, Rebase, Writer
from sverka.ledger.canonical import Json
from sverka.model import Anchor, Decision, ErrorClass, Offer, Rule, Span, Transcript, Verdict

chances = st.floats(0, 1)
texts = st.text(max_size=12)
ids = st.text("0123456789abcdef", min_size=32, max_size=32)
json_values: st.SearchStrategy[Json] = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**60), 2**60) | st.floats(allow_nan=False, allow_infinity=False) | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=6,
)


@st.composite
def decisions(draw: st.DrawFn) -> Decision:
    exact = draw(texts)
    start = draw(st.integers(0, 10_000))
    verdict = draw(st.sampled_from(Verdict))
    return Decision(
        anchor=Anchor(Span(start, start + len(exact)), exact, draw(texts), draw(texts)),
        verdict=verdict,
        error_class=draw(st.sampled_from(ErrorClass)),
        replacement=draw(texts) if verdict in {Verdict.ACCEPT, Verdict.AMEND} else None,
        rule=draw(st.sampled_from(Rule)),
        confidence=draw(chances),
        offered=tuple(draw(st.lists(st.builds(Offer, texts, chances), max_size=3))),
        note=draw(texts),
        series=draw(st.sampled_from(["", "0123456789abcdef"])),
        resolves=tuple(draw(st.lists(ids, max_size=2))),
    )


@st.composite
def rebases(draw: st.DrawFn) -> Rebase:
    length = draw(st.integers(0, 10_000))
    places = st.tuples(st.integers(0, length), st.integers(0, length)).map(lambda ends: Span(min(ends), max(ends)))
    digests = st.text("0123456789abcdef", min_size=64, max_size=64)
    lists = (tuple(draw(st.lists(ids, max_size=2))) for _ in range(3))
    return Rebase(draw(digests), draw(digests), length, draw(st.dictionaries(ids, places, max_size=3)), *lists)


@st.composite
def events(draw: st.DrawFn) -> Event:
    """An event of any kind, as the program makes it."""
    moment = datetime(2026, 1, 2, tzinfo=UTC) if draw(st.booleans()) else draw(st.datetimes(timezones=st.just(UTC)))
    writer = Writer(draw(st.lists(ids, max_size=3)), at=moment, by=draw(texts))
    kind = draw(st.integers(0, 4))
    if kind == 0:
        return writer.open(draw(texts), Transcript("x.txt", draw(texts)))
    if kind == 1:
        return writer.decide("0" * 64, draw(decisions()))
    if kind == 2:
        return writer.retract(draw(ids), series=draw(texts))
    if kind == 3:
        return writer.tag(draw(st.text(min_size=1, max_size=12)), draw(texts))
    return writer.rebase(draw(rebases()))
