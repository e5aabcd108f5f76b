"""The whole program in a real terminal, from the command line to the ledger."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.skipif(shutil.which("tmux") is None, reason="needs tmux, the terminal this test types into")

Tmux = Callable[..., str]


@pytest.fixture
def tmux(tmp_path: Path) -> Iterator[Tmux]:
    """A server of its own, so that nobody else's sessions are touched."""
    environment = {key: value for key, value in os.environ.items() if key not in {"TMUX", "NO_COLOR"}}
    environment |= {"TERM": "xterm-256color", "LC_ALL": "C.UTF-8"}

    def call(*arguments: str) -> str:
        command = ["tmux", "-f", os.devnull, "-S", str(tmp_path / "socket"), *arguments]
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=True, timeout=10).stdout

    yield call
    kill = ["tmux", "-S", str(tmp_path / "socket"), "kill-server"]
    subprocess.run(kill, capture_output=True, check=False, timeout=10)


def until(tmux: Tmux, words: str, seconds: float = 60) -> str:
    """What the terminal shows once ``words`` are on it."""
    deadline = time.monotonic() + seconds
    while words not in (screen := tmux("capture-pane", "-p", "-t", "desk")):
        assert time.monotonic() < deadline, f"{words!r} did not appear:\n{screen}"
        time.sleep(0.05)
    return screen


def test_accept_undo_and_leave(tmux: Tmux, tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text(
        "Если война неизбежна, то пусть она будет топорь, а не через несколько лет.\n"
        "Получено тов. Булатовым 7 октября 1950 года в 20.15.ш.ш.ш.\n",
        encoding="utf-8",
    )
    command = shlex.join([sys.executable, "-m", "sverka", "review", "--editor", "anna", str(letter)])
    tmux("new-session", "-d", "-s", "desk", "-x", "120", "-y", "36", f"{command}; echo left with $?; sleep 60")

    until(tmux, "y accept")
    tmux("send-keys", "-t", "desk", "y")
    until(tmux, " accepted ")
    tmux("send-keys", "-t", "desk", "г")
    until(tmux, "undone: accepted ")
    tmux("send-keys", "-t", "desk", "q")
    until(tmux, "left with 0")

    ledger = tmp_path / "letter.txt.corrections.jsonl"
    events: list[dict[str, Any]] = [json.loads(line) for line in ledger.read_text("utf-8").splitlines()]
    assert [event["kind"] for event in events] == ["open", "decision", "retract"]
    opening, decision, retraction = events
    assert decision["verdict"] == "accept"
    assert decision["replacement"] == decision["offered"][0]["text"]
    assert decision["transcript"] == opening["transcript"]["sha256"]
    assert retraction["target"] == decision["id"]
    assert {event["by"] for event in events} == {"anna"}


def test_a_key_that_cannot_be_obeyed_is_told_with_its_file(tmux: Tmux, tmp_path: Path) -> None:
    (tmp_path / "sverka.toml").write_text('[keys]\naccpet = "y"\n', encoding="utf-8")
    text = "Если война неизбежна, то пусть она будет топорь, а не через несколь ко лет.\n"
    (tmp_path / "letter.txt").write_text(text, encoding="utf-8")
    command = shlex.join([sys.executable, "-m", "sverka", "review", "letter.txt"])
    tmux("new-session", "-d", "-s", "desk", "-x", "200", "-c", str(tmp_path), f"{command}; echo left with $?; sleep 60")
    screen = until(tmux, "left with 2")
    assert f"sverka: {tmp_path / 'sverka.toml'}: no such action: 'accpet'; did you mean 'accept'?" in screen
