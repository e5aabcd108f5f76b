from __future__ import annotations

import json

import pytest

from sverka.ledger.canonical import Json, canonical


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (1.0, "1"),
        (-0.0, "0"),
        (0.98, "0.98"),
        (-12.5, "-12.5"),
        (100, "100"),
        # From the table in RFC 8785, appendix B.
        (4.5, "4.5"),
        (2e-3, "0.002"),
        (0.000001, "0.000001"),
        (1e-7, "1e-7"),
        (1e30, "1e+30"),
        (295147905179352830000.0, "295147905179352830000"),
        (999999999999999900000.0, "999999999999999900000"),
        (1e21, "1e+21"),
        (9.999999999999997e22, "9.999999999999997e+22"),
        (5e-324, "5e-324"),
        (1.7976931348623157e308, "1.7976931348623157e+308"),
        (333333333.33333329, "333333333.3333333"),
    ],
)
def test_numbers_are_printed_as_ecmascript_prints_them(value: float, written: str) -> None:
    assert canonical(value) == written.encode()


def test_the_example_of_rfc_8785() -> None:
    value: Json = json.loads(
        r"""{
          "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
          "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
          "literals": [null, true, false]
        }"""
    )
    assert (
        canonical(value)
        == (
            r'{"literals":[null,true,false],'
            r'"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],'
            '"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}'
        ).encode()
    )


def test_keys_are_sorted_by_utf_16_code_units() -> None:
    assert (
        canonical({"\ufb33": 1, "\U0001f600": 2, "ё": 3, "a": 4}) == '{"a":4,"ё":3,"\U0001f600":2,"\ufb33":1}'.encode()
    )


def test_half_a_surrogate_pair_becomes_an_escape() -> None:
    assert canonical("а\udc80") == '"а\\udc80"'.encode()


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_what_is_no_number_is_refused(value: float) -> None:
    with pytest.raises(ValueError, match="no JSON number"):
        canonical(value)
