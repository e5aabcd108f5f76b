"""The user's cache folder: whole files, several at once, and not without end."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from sverka import cache

OLD = time.time() - 10 * 86400


def aged(place: Path, content: bytes, days: float) -> None:
    cache.write(place, content)
    os.utime(place, (time.time() - days * 86400,) * 2)


def test_what_is_written_is_there_in_one_piece_and_for_the_user_alone(tmp_path: Path) -> None:
    place = tmp_path / "a" / "b"
    cache.write(place, b"one", b"two")
    assert cache.use(place) == b"onetwo"
    assert list(place.parent.iterdir()) == [place]
    assert place.stat().st_mode & 0o077 == 0


def test_what_cannot_be_written_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "place").mkdir()
    with pytest.raises(cache.IMPOSSIBLE):
        cache.write(tmp_path / "place", b"x")
    assert [path.name for path in tmp_path.iterdir()] == ["place"]


@pytest.mark.parametrize("setting", ["", "relative/cache"])
def test_without_a_setting_it_lies_below_the_home(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, setting: str
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CACHE_HOME", setting)
    assert cache.folder("things") == tmp_path / ".cache" / "sverka" / "things"


def test_those_longest_unused_go_first(tmp_path: Path) -> None:
    for number in range(10):
        aged(tmp_path / str(number), b"x" * 4096, days=10 - number)
    cache.use(tmp_path / "0")
    cache.trim(tmp_path, 8 * 4096)
    left = sorted(path.name for path in tmp_path.iterdir())
    assert left == ["0", "4", "5", "6", "7", "8", "9"]


def test_as_long_as_there_is_room_nothing_goes(tmp_path: Path) -> None:
    for number in range(10):
        aged(tmp_path / str(number), b"x", days=100)
    cache.trim(tmp_path, 10 * 4096)
    assert len(list(tmp_path.iterdir())) == 10


def test_what_killed_programs_left_is_cleared_away(tmp_path: Path) -> None:
    old, new = tmp_path / ".new-old", tmp_path / ".new-new"
    for left in (old, new):
        left.write_bytes(b"half")
    os.utime(old, (OLD, OLD))
    cache.clear(tmp_path)
    assert (old.exists(), new.exists()) == (False, True)
