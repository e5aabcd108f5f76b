"""Words that stand against each other are found by their letters; none is lost or said twice."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sverka.align.pairing import paired

some = st.lists(st.text("абвгд", min_size=1, max_size=6) | st.sampled_from((",", ".", "22", "15")), max_size=12)


def units(left: str, right: str) -> list[tuple[str, str]]:
    one, other = left.split(), right.split()
    return [
        (" ".join(one[step.left.start : step.left.end]), " ".join(other[step.right.start : step.right.end]))
        for step in paired(one, other)
    ]


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("топорь", "теперь", [("топорь", "теперь")]),
        ("по мощь", "помощь", [("по мощь", "помощь")]),
        ("лихвид ‹ рована", "ликвидирована", [("лихвид ‹ рована", "ликвидирована")]),
        ("Штякову сказал", "Штыкову казал", [("Штякову", "Штыкову"), ("сказал", "казал")]),
        ("слово ,", "слава", [("слово", "слава"), (",", "")]),
        ("вдруг 22 ,", "потом 20 .", [("вдруг", "потом"), ("22", "20"), (",", ".")]),
        ("большой дом", "", [("большой дом", "")]),
        ("CCCP", "СССР", [("CCCP", "СССР")]),
    ],
)
def test_pairs(left: str, right: str, expected: list[tuple[str, str]]) -> None:
    assert units(left, right) == expected
    assert units(right, left) == [(there, here) for here, there in expected]


@given(left=some, right=some)
@example(left=["абвг"], right=["абдд", "ддвг"])
def test_nothing_is_lost(left: list[str], right: list[str]) -> None:
    steps = paired(left, right)
    assert [word for step in steps for word in left[step.left.start : step.left.end]] == left
    assert [word for step in steps for word in right[step.right.start : step.right.end]] == right
    assert all(step.left or step.right for step in steps)
    for step in steps:
        assert step.same == (left[step.left.start : step.left.end] == right[step.right.start : step.right.end])
