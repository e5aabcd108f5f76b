"""The line that says how far a run has come."""

from __future__ import annotations

import io
import sys
from collections.abc import Sequence

import pytest

from sverka.cli.diagnostics import Diagnostics, count
from sverka.cli.progress import Forecast, ProgressLine, bar, duration, shortened
from sverka.model import Problem


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def forecast(pieces: Sequence[tuple[float, float, bool]], whole: float) -> float | None:
    """What is foretold after pieces of work: the size of each, the seconds it took, whether it had been done before."""
    clock = Clock()
    told = Forecast(clock)
    told.told(0.0, 0)
    done, reused = 0.0, 0
    for size, seconds, before in pieces:
        clock.now += seconds
        done += size
        reused += before
        told.told(done / whole, reused)
    return told.remaining()


# Time


def test_nothing_is_foretold_before_it_can_be_known() -> None:
    assert forecast([], 10) is None
    assert forecast([(1, 30.0, False)], 10) is None  # the engine was loaded meanwhile
    assert forecast([(1, 2.0, False)] * 3, 10) is None
    assert forecast([(1, 2.0, False)] * 4, 10) is not None
    assert forecast([(1, 0.01, False)] * 50, 100) is None  # less than a second: any other program could explain it


def test_equal_pieces() -> None:
    assert forecast([(1, 2.0, False)] * 20, 100) == pytest.approx(160.0)


def test_the_time_to_load_the_engine_is_not_taken_for_work() -> None:
    assert forecast([(1, 40.0, False)] + [(1, 2.0, False)] * 9, 100) == pytest.approx(180.0)


def test_a_long_text_counts_for_what_it_is() -> None:
    pieces = [(1, 1.0, False), (9, 9.0, False)] * 5
    assert forecast(pieces, 200) == pytest.approx(150.0)


def test_what_was_done_before_takes_no_time() -> None:
    half = [(1, 2.0, False), (1, 0.001, True)] * 100
    assert forecast(half, 400) == pytest.approx(200.0, rel=0.1)


def test_after_what_was_done_before_comes_what_was_not() -> None:
    pieces = [(1, 0.001, True)] * 900 + [(1, 2.0, False)] * 50
    assert forecast(pieces, 1000) == pytest.approx(100.0, rel=0.15)


def test_a_machine_that_became_slower_is_noticed() -> None:
    pieces = [(1, 1.0, False)] * 200 + [(1, 4.0, False)] * 50
    assert forecast(pieces, 350) == pytest.approx(400.0, rel=0.1)


@pytest.mark.parametrize(
    ("seconds", "told"),
    [
        (0.0, "5 s"),
        (21.0, "25 s"),
        (54.0, "55 s"),
        (58.0, "1 min"),
        (61.0, "2 min"),
        (3500.0, "59 min"),
        (3600.0, "1 h"),
        (3700.0, "1 h 10 min"),
        (90000.0, "25 h"),
    ],
)
def test_durations_are_no_more_exact_than_they_can_be(seconds: float, told: str) -> None:
    assert duration(seconds) == told


# Width


def test_the_bar_is_full_only_at_the_end() -> None:
    assert [bar(part, 4) for part in (0.0, 0.5, 0.999, 1.0)] == ["────", "━━──", "━━━─", "━━━━"]


@pytest.mark.parametrize(
    ("name", "columns", "line"),
    [
        ("a.txt", 20, "1 of 9: a.txt"),
        ("transcripts/letter.txt", 20, "1 of 9: …/letter.txt"),
        ("書/書書.txt", 17, "1 of 9: …書書.txt"),
        ("letter.txt", 9, "1 of 9: …"),
        ("letter.txt", 8, "1 of 9: "),
        ("letter.txt", 4, "1 of"),
    ],
)
def test_a_long_name_shows_its_end(name: str, columns: int, line: str) -> None:
    assert shortened("1 of 9: ", name, columns) == line


# The line


def a_terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    stderr = Terminal()
    monkeypatch.setattr(sys, "stderr", stderr)
    monkeypatch.setattr("sverka.cli.diagnostics._columns", lambda: 60)
    return stderr


def run_of(tell: Diagnostics, clock: Clock, total: int = 10) -> None:
    for done in range(total):
        tell.progress(done, total, f"a/\x1b[2J{done}.txt", part=done / total)
        clock.now += 2.0
    tell.progress(total, total, "", part=1.0)


def test_it_says_how_far_and_how_long_and_is_taken_away(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = a_terminal(monkeypatch)
    clock = Clock()
    run_of(Diagnostics(_line=ProgressLine(clock)), clock)
    first, *_, last, end = terminal.getvalue().split("\r\x1b[K")[1:]
    assert first == "─────────────── 0 of 10: a/␛[2J0.txt"
    assert last == "━━━━━━━━━━━━━── 9 of 10, 5 s left: a/␛[2J9.txt"
    assert end == ""
    assert all(len(line) <= 60 for line in terminal.getvalue().split("\r\x1b[K"))


def test_it_is_not_redrawn_faster_than_an_eye_can_follow(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = a_terminal(monkeypatch)
    tell = Diagnostics(_line=ProgressLine(Clock()))
    for done in range(1000):
        tell.progress(done, 1000, "a.txt")
    assert terminal.getvalue().count("\r\x1b[K") == 1


@pytest.mark.parametrize(("verbosity", "stderr"), [(-1, Terminal()), (0, io.StringIO()), (1, io.StringIO())])
def test_it_is_silent_where_nobody_would_see_it_or_wants_to(
    monkeypatch: pytest.MonkeyPatch, verbosity: int, stderr: io.StringIO
) -> None:
    monkeypatch.setattr(sys, "stderr", stderr)
    clock = Clock()
    run_of(Diagnostics(verbosity, ProgressLine(clock)), clock)
    assert stderr.getvalue() == ""


def test_one_file_needs_no_line(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = a_terminal(monkeypatch)
    clock = Clock()
    run_of(Diagnostics(_line=ProgressLine(clock)), clock, 1)
    assert terminal.getvalue() == ""


# Totals


def test_what_was_as_before_is_told() -> None:
    tell = Diagnostics()
    assert tell.as_before(3) == ""
    tell.progress(10_000, 10_000, "", part=1.0, reused=9_998)
    assert tell.as_before(10_000) == " (9,998 as before, 2 checked)"
    assert tell.as_before(9_998) == " (as before)"
    assert count(10_000, "transcript") == "10,000 transcripts"


def test_after_a_long_run_what_failed_is_told_again(capsys: pytest.CaptureFixture[str]) -> None:
    problems = [Problem("a.txt", "no such file", "check the path"), Problem("b.txt", "holds no text")]
    Diagnostics(-1).failures(2, 10_000, problems)
    assert capsys.readouterr().err == (
        "sverka: 2 of 10,000 files could not be checked:\n"
        "sverka: a.txt: no such file; check the path\n"
        "sverka: b.txt: holds no text\n"
    )
    Diagnostics().failures(2, 3, problems)
    Diagnostics().failures(0, 10_000)
    assert capsys.readouterr().err == ""
