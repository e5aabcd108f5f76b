"""Options as columns."""

from __future__ import annotations

import numpy as np

from sverka.correct.options import Options, Origin, distinct, single, together


def options(*rows: tuple[int, int, float], origin: Origin = Origin.LEXICON) -> Options:
    """Options of one word: slot, number and cost of each."""
    slot = np.array([row[0] for row in rows], dtype=np.int64)
    numbers = np.array([row[1] for row in rows], dtype=np.int64)
    cost = np.array([row[2] for row in rows], dtype=np.float32)
    return single(slot, numbers, cost, origin, slot * 10, slot * 10 + 5)


def rows(of: Options) -> list[tuple[int, int, float]]:
    return list(zip(of.slot.tolist(), of.words[:, 0].tolist(), of.cost.tolist(), strict=True))


def labelled(of: Options, *texts: str) -> Options:
    return Options(
        of.slot, of.words, of.cost, of.origin, of.start, of.end, np.arange(len(of)), of.name, texts, of.names
    )


def test_of_the_same_words_the_cheapest_stays() -> None:
    near, far = options((0, 7, 5.0), (1, 7, 6.0), (0, 8, 1.0)), options((0, 7, 3.0), (1, 7, 9.0), origin=Origin.REJOIN)
    kept = distinct(together([near, far]))
    assert rows(kept) == [(0, 8, 1.0), (0, 7, 3.0), (1, 7, 6.0)]
    assert kept.origin.tolist() == [Origin.LEXICON, Origin.REJOIN, Origin.LEXICON]


def test_two_words_are_not_the_first_of_them() -> None:
    both = options((0, 7, 5.0), (0, 7, 6.0), (0, 7, 4.0))
    both.words[1, 1], both.words[2, 1] = 3, 3
    assert distinct(both).words.tolist() == [[7, 3], [7, -1]]


def test_they_come_in_the_order_of_slots_and_then_of_costs() -> None:
    dice = np.random.default_rng(3)
    many = distinct(options(*((int(s), int(n), float(c)) for s, n, c in dice.integers(0, 9, size=(200, 3)))))
    assert rows(many) == sorted(rows(many), key=lambda row: (row[0], row[2]))
    assert len({row[:2] for row in rows(many)}) == len(many)


def test_texts_stay_with_their_options() -> None:
    one, two = labelled(options((1, 9, 1.0), (0, 9, 2.0)), "a", "b"), labelled(options((0, 9, 1.0)), "c")
    kept = distinct(together([options((0, 4, 3.0)), one, two]))
    assert [kept.texts[at] if at >= 0 else None for at in kept.text.tolist()] == ["c", "b", None, "a"]
    assert [kept.span(r).start for r in range(len(kept))] == [0, 0, 0, 10]


def test_nothing_is_nothing() -> None:
    assert len(distinct(together([options(), options()]))) == 0
