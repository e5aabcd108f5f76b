"""Runs over many transcripts, some of which cannot be read, or are the end of who reads them."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from sverka.model import Checked, Problem, Transcript
from sverka.text.document import analyse
from sverka.workflow import batch
from sverka.workflow.batch import Settings, check
from sverka.workflow.sources import Source, sources

JOBS = [1, 3]


class NothingFound:
    """A checker that finds nothing, trips over one word, and dies of another."""

    def check(self, transcript: Transcript, *, translation: Transcript | None = None) -> Checked:
        if "сломай" in transcript.text:
            raise ZeroDivisionError("on request")
        if "убей" in transcript.text:
            os.kill(os.getpid(), signal.SIGKILL)
        if "прерви" in transcript.text:
            try:
                raise SystemError("returned a result with an exception set") from KeyboardInterrupt()
            except SystemError as error:
                raise SystemError("returned a result with an exception set") from error
        return Checked(analyse(transcript), ())


@dataclass
class Heard:
    """Keeps what progress told."""

    told: list[tuple[int, int, str, float, int]] = field(default_factory=list)

    def __call__(self, done: int, total: int, name: str, *, part: float, reused: int) -> None:
        self.told.append((done, total, Path(name).name, part, reused))


@pytest.fixture(autouse=True)
def engine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(batch, "_checker", lambda config, known: NothingFound())


@pytest.fixture
def pages(tmp_path: Path) -> list[Path]:
    folder = tmp_path / "pages"
    folder.mkdir()
    paths = [folder / f"{number:02}.txt" for number in range(30)]
    for number, path in enumerate(paths):
        path.write_text(f"Дело {number}. " + "слово " * number, encoding="utf-8")
    return paths


def run(paths: Sequence[Path], jobs: int, heard: Heard | None = None) -> Iterator[Checked | Problem]:
    return check([Source(path) for path in paths], Settings(jobs=jobs), progress=heard)


def failed(results: Sequence[Checked | Problem]) -> dict[int, str]:
    return {number: str(result) for number, result in enumerate(results) if isinstance(result, Problem)}


@pytest.mark.parametrize("jobs", JOBS)
def test_results_come_in_the_order_of_the_files(pages: list[Path], jobs: int) -> None:
    for _ in range(2):
        results = list(run(pages, jobs))
        assert [each.document.transcript.path for each in results if isinstance(each, Checked)] == list(map(str, pages))


@pytest.mark.parametrize("jobs", JOBS)
def test_what_cannot_be_read_is_named_and_the_rest_goes_on(pages: list[Path], jobs: int) -> None:
    pages[4].write_bytes(b"\x00\xff\xfe\x01\x80\x00\x00\xd8" * 40)
    pages[11].write_text("сломай", encoding="utf-8")
    pages[20].unlink()
    pages[25].unlink()
    pages[25].mkdir()
    results = list(run(pages, jobs))
    told = failed(results)
    assert sorted(told) == [4, 11, 20, 25]
    assert all(text.startswith(f"{pages[number]}: ") and "\n" not in text for number, text in told.items())
    assert "ZeroDivisionError" in told[11]
    assert "no such file" in told[20]


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is forbidden to root")
def test_what_may_not_be_read_is_named(pages: list[Path]) -> None:
    pages[4].chmod(0)
    assert list(failed(list(run(pages, 2)))) == [4]


def test_a_folder_that_cannot_be_listed_costs_what_is_in_it(
    pages: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = tmp_path / "pages" / "a"
    closed.mkdir()
    scandir = os.scandir

    def refused(path: str) -> object:
        if Path(path) == closed:
            raise PermissionError(13, "Permission denied", path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refused)
    found, problems = sources([str(tmp_path / "pages"), str(closed)])
    told = f"{closed}: cannot be listed: permission denied; check the folder's permissions"
    assert ([source.path for source in found], list(map(str, problems))) == (pages, [told, told])


def test_an_interrupt_is_none_of_a_files_faults(pages: list[Path]) -> None:
    pages[4].write_text("прерви", encoding="utf-8")
    with pytest.raises(KeyboardInterrupt):
        list(run(pages, 1))


def test_a_file_that_vanishes_in_the_midst_costs_itself(pages: list[Path]) -> None:
    results = run(pages, 1)
    first = next(results)
    pages[7].unlink()
    assert list(failed([first, *results])) == [7]


def test_a_translation_that_vanished_costs_its_transcript(pages: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    gone = pages[3].with_suffix(".en.txt")
    monkeypatch.setattr("sverka.workflow.sources.companion", lambda path: gone if path == pages[3] else None)
    assert "no such file" in failed(list(run(pages, 1)))[3]


@pytest.mark.parametrize("jobs", [2, 5])
def test_a_killed_process_costs_the_file_it_was_at(pages: list[Path], jobs: int) -> None:
    for number in (3, 4, 29):
        pages[number].write_text("убей", encoding="utf-8")
    told = failed(list(run(pages, jobs)))
    assert sorted(told) == [3, 4, 29]
    assert told[4] == (
        f"{pages[4]}: the process that was checking it was killed (SIGKILL);"
        " check it again, with fewer --jobs if memory is short"
    )


@pytest.mark.parametrize("jobs", JOBS)
def test_progress_is_told_of_every_file(pages: list[Path], jobs: int) -> None:
    pages[5].unlink()
    for before in (0, 29):
        heard = Heard()
        list(run(pages, jobs, heard))
        assert [done for done, *_ in heard.told] == list(range(31))
        assert heard.told[0] == (0, 30, "00.txt", 0.0, 0)
        assert heard.told[-1] == (30, 30, "", 1.0, before)
        parts = [part for *_, part, _ in heard.told]
        assert parts == sorted(parts)


def test_longer_texts_are_a_larger_part(pages: list[Path]) -> None:
    pages[0].write_text("слово " * 10_000, encoding="utf-8")
    heard = Heard()
    list(run(pages, 1, heard))
    assert heard.told[1][3] > 0.5


def test_a_link_belongs_where_it_stands(pages: list[Path], tmp_path: Path) -> None:
    project = tmp_path / "project"
    project.mkdir()
    (project / "sverka.toml").write_text("[check]\nmin_confidense = 1\n", encoding="utf-8")
    (project / "00.txt").symlink_to(pages[0])
    results = list(run([pages[0], project / "00.txt"], 1))
    assert "did you mean" in failed(results)[1]
