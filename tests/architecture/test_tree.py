"""What the files of the project may not hold."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

_MACHINE_PATH = re.compile(r"(?<![\w.~-])/(?:work|root|home|Users)/\w+")
"""A path that exists on one machine only."""


def test_no_file_names_a_place_on_somebodys_machine() -> None:
    if shutil.which("git") is None or not (ROOT / ".git").exists():
        pytest.skip("not a git checkout")
    listed = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(listed, cwd=ROOT, capture_output=True, check=True).stdout.decode().split("\0")
    assert [name for name in names if name and _MACHINE_PATH.search(_text(ROOT / name))] == []


def _text(path: Path) -> str:
    """What a file says; nothing where it is data or gone."""
    data = path.read_bytes() if path.is_file() else b""
    return "" if b"\0" in data[:8192] else data.decode("utf-8", "replace")
