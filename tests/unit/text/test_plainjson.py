from __future__ import annotations

import json

import pytest

from sverka.text.plainjson import dumps


def test_letters_stand_as_they_are() -> None:
    assert dumps({"чтение": "топорь 𝒜"}) == '{"чтение": "топорь 𝒜"}'
    assert dumps({"a": [1, 2]}, compact=True) == '{"a":[1,2]}'


@pytest.mark.parametrize(
    "unseen", ["\x1b[2J", "\x9b31m", "\N{RIGHT-TO-LEFT OVERRIDE}", "\u2028", "\x85", "\udcff", "\0"]
)
def test_what_cannot_be_seen_is_escaped_and_reads_back(unseen: str) -> None:
    line = dumps([f"а{unseen}б"])
    assert line.isprintable()
    assert line.encode()
    assert json.loads(line) == [f"а{unseen}б"]


def test_a_number_that_json_lacks_is_refused() -> None:
    with pytest.raises(ValueError, match="JSON"):
        dumps(float("nan"))
