from __future__ import annotations

import pytest

from sverka.text.lines import line_end, with_line_ends


@pytest.mark.parametrize(
    ("text", "ending"),
    [("", None), ("одна", None), ("а\nб\n", "\n"), ("а\r\nб", "\r\n"), ("а\rб\r", "\r"), ("а\r\nб\n", None)],
)
def test_what_ends_every_line(text: str, ending: str | None) -> None:
    assert line_end(text) == ending


def test_every_line_end_is_written_in_one_way() -> None:
    assert with_line_ends("а\r\nб\nв\r\r\n", "\r\n") == "а\r\nб\r\nв\r\n\r\n"
    assert with_line_ends("а\r\nб\rв", "\n") == "а\nб\nв"
