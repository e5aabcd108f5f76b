"""The program as a process: exit codes, streams, and what a shell does to them."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest


def sverka(*arguments: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "sverka", *arguments],
        cwd=cwd,
        env={**os.environ, "NO_COLOR": "1", **environment},
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )


def test_help_is_quick_and_names_every_command(tmp_path: Path) -> None:
    times = []
    for _ in range(3):
        started = time.perf_counter()
        told = sverka("--help", cwd=tmp_path)
        times.append(time.perf_counter() - started)
    assert told.returncode == 0
    for name in ("check", "review", "decide", "apply", "diff", "log", "tag", "export", "report", "learn", "init"):
        assert f"\n    {name} " in told.stdout
    assert min(times) < 0.3 * _SLOW_MACHINE


_SLOW_MACHINE = 2
"""How much slower than a quiet machine the one that runs the tests may be."""


@pytest.mark.parametrize(
    "name", ["check", "review", "decide", "apply", "diff", "log", "tag", "export", "report", "learn", "init"]
)
def test_every_command_has_help_with_an_example(tmp_path: Path, name: str) -> None:
    told = sverka(name, "--help", cwd=tmp_path)
    assert told.returncode == 0
    assert "example" in told.stdout
    assert f"\n  sverka {name}" in told.stdout


@pytest.mark.parametrize(
    ("content", "about"),
    [
        (None, "a missing path"),
        (b"", "an empty file"),
        (b"\x00\xff\xfe\x01\x80\x00\x00\xd8" * 40, "a file in no known encoding"),
    ],
)
def test_what_cannot_be_read_is_one_line_and_2(tmp_path: Path, content: bytes | None, about: str) -> None:
    if content is not None:
        (tmp_path / "a.txt").write_bytes(content)
    told = sverka("check", "a.txt", cwd=tmp_path)
    assert (told.returncode, told.stdout) == (2, ""), about
    assert told.stderr.startswith("sverka: a.txt: ")
    assert told.stderr.count("\n") == 1


def test_a_folder_without_transcripts_is_2(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    told = sverka("check", "empty", cwd=tmp_path)
    assert (told.returncode, told.stdout, told.stderr.count("\n")) == (2, "", 1)


def test_a_wrong_setting_is_2_and_names_the_likely_one(tmp_path: Path) -> None:
    (tmp_path / "sverka.toml").write_text("[check]\nmin_confidense = 0.5\n")
    (tmp_path / "a.txt").write_text("да\n", encoding="utf-8")
    told = sverka("check", "a.txt", cwd=tmp_path)
    assert told.returncode == 2
    assert "did you mean min_confidence?" in told.stderr


@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_reader_that_leaves_early_is_no_error(tmp_path: Path, unbuffered: str) -> None:
    (tmp_path / "a.txt").write_text("слово " * 1_000_000, encoding="utf-8")
    pipeline = f'"{sys.executable}" -m sverka apply a.txt | head -c 10 | wc -c; exit "${{PIPESTATUS[0]}}"'
    environment = {**os.environ, "PYTHONUNBUFFERED": unbuffered}
    command = ["bash", "-c", pipeline]
    told = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, check=False, timeout=60)
    assert (told.returncode, told.stdout.strip(), told.stderr) == (0, b"10", b"")


def test_an_interrupt_is_130(tmp_path: Path) -> None:
    told = subprocess.run(
        [sys.executable, "-c", _INTERRUPTED], cwd=tmp_path, capture_output=True, check=False, timeout=60
    )
    assert (told.returncode, told.stdout, told.stderr) == (130, b"", b"interrupted\n")


_INTERRUPTED = """
import sys
from sverka.cli import diff, main
def run(options, tell): raise KeyboardInterrupt
diff.run = run
sys.argv = ["sverka", "diff", "a", "b"]
main.run()
"""


def test_output_is_utf8_whatever_the_locale(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("было да стало\n", encoding="utf-8")
    (tmp_path / "b.txt").write_text("было нет стало\n", encoding="utf-8")
    told = sverka("diff", "a.txt", "b.txt", cwd=tmp_path, PYTHONIOENCODING="ascii", LC_ALL="C")
    assert told.returncode == 1
    assert "[-да-]{+нет+}" in told.stdout


def test_the_letter_has_its_two_famous_misreadings(letter: Path, tmp_path: Path) -> None:
    told = sverka("check", str(letter), cwd=tmp_path)
    assert told.returncode == 1
    assert "nonword топорь → теперь (" in told.stdout
    assert "дисемкиновской → лисынмановской (" in told.stdout
