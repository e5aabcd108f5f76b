"""What was found is found again, exactly, and only where nothing has changed."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sverka import cache
from sverka.config import Config
from sverka.load import companion, read
from sverka.model import Checked, Transcript
from sverka.workflow import fingerprint, kept
from sverka.workflow.batch import Settings, check, check_one
from sverka.workflow.pipeline import Checker
from sverka.workflow.sources import Source
from sverka.workflow.workers import spread

ROOT = Path(__file__).resolve().parents[3]
SHARED = ROOT.parent / "shared"
LETTERS = [
    path
    for folder in (ROOT / "transcripts", ROOT / "tests" / "data" / "bilingual")
    for path in sorted(folder.glob("*.txt"))
    if not path.name.endswith((".en.txt", ".truth.txt"))
]
PLAIN = Settings()


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "sverka" / "findings"


@pytest.fixture(scope="module")
def checker() -> Checker:
    return Checker.open(Config())


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def reused(paths: list[Path], settings: Settings = PLAIN) -> int:
    """How many of the transcripts had been checked before."""
    seen = []

    def progress(done: int, total: int, name: str, *, part: float, reused: int) -> None:
        seen.append(reused)

    assert all(
        isinstance(each, Checked) for each in check([Source(path) for path in paths], settings, progress=progress)
    )
    return seen[-1]


def fresh(checker: Checker, path: Path) -> Checked:
    beside = companion(path)
    return checker.check(read(path), translation=read(beside) if beside else None)


# Exactly


@pytest.mark.parametrize("letter", LETTERS, ids=lambda path: path.stem)
def test_a_letter_is_found_again_as_it_was(checker: Checker, letter: Path) -> None:
    first, second = check_one(Source(letter), Settings()), check_one(Source(letter), Settings())
    assert reused([letter]) == 1
    assert first == second == fresh(checker, letter)
    assert first.bitext is not None
    assert repr(second) == repr(fresh(checker, letter))


@pytest.mark.shared
def test_pages_are_found_again_as_they_were(checker: Checker) -> None:
    pages = sorted((SHARED / "bench" / "dev").glob("*.ocr.txt"))[::8]
    expected = [fresh(checker, page) for page in pages]
    for _ in range(2):
        assert list(check([Source(page) for page in pages], Settings())) == expected
    assert reused(pages) == len(pages)


# Only where nothing has changed

TEXT = Transcript("a.txt", "пусть она будет топорь\n")
OTHER = Transcript("a.en.txt", "let it be now\n")
KEY = kept.key("program", "project", 0.5, (TEXT, OTHER))


def test_where_a_text_lies_does_not_matter() -> None:
    assert kept.key("program", "project", 0.5, (replace(TEXT, path="b.txt", encoding="koi8-r"), OTHER)) == KEY


@pytest.mark.parametrize(
    "other",
    [
        kept.key("another", "project", 0.5, (TEXT, OTHER)),
        kept.key("program", "another", 0.5, (TEXT, OTHER)),
        kept.key("program", "project", 0.5000001, (TEXT, OTHER)),
        kept.key("program", "project", 0.5, (TEXT, None)),
        kept.key("program", "project", 0.5, (TEXT,)),
        kept.key("program", "project", 0.5, (OTHER, TEXT)),
        kept.key("program", "project", 0.5, (TEXT, None, OTHER)),
        kept.key("program", "project", 0.5, (TEXT, OTHER, TEXT)),
        kept.key("program", "project", 0.5, (Transcript("a.txt", TEXT.text.rstrip()), OTHER)),
    ],
)
def test_everything_that_decides_the_findings_is_in_the_key(other: str) -> None:
    assert other != KEY


def test_another_translation_another_confidence_and_another_text_are_checked(tmp_path: Path) -> None:
    page, translation = tmp_path / "a.txt", tmp_path / "a.en.txt"
    page.write_text("Пусть она будет топорь.\n", encoding="utf-8")
    assert [reused([page]), reused([page])] == [0, 1]
    translation.write_text("Let it be now.\n", encoding="utf-8")
    assert [reused([page]), reused([page])] == [0, 1]
    assert reused([page], Settings(min_confidence=0.9)) == 0
    page.write_text("Пусть она была топорь.\n", encoding="utf-8")
    assert [reused([page]), reused([page])] == [0, 1]
    translation.unlink()
    assert reused([page]) == 0


def test_what_a_project_knows_matters(tmp_path: Path) -> None:
    (tmp_path / "lexicon").mkdir()
    (tmp_path / "sverka.toml").touch()
    page = tmp_path / "a.txt"
    page.write_text("Письмо было передано товарищем Тулубеевым в тот же день.\n", encoding="utf-8")
    page.with_name("a.en.txt").write_text("The letter was handed over by Comrade Tulubyev.\n", encoding="utf-8")
    before = check_one(Source(page), Settings(min_confidence=0.3))
    table = tmp_path / "lexicon" / "people.tsv"
    table.write_text(
        "name\tkind\tgender\tenglish\tvariants\tadjective\tdeclension\tnote\n"
        "Иван Тулубьев\tperson\tm\tIvan Tulubyev; Tulubyev\t\t\t\ta courier\n",
        encoding="utf-8",
    )
    after = check_one(Source(page), Settings(min_confidence=0.3))
    assert before != after
    table.unlink()
    assert check_one(Source(page), Settings(min_confidence=0.3)) == before
    known = fingerprint.of_project(Config(lexicon=tmp_path / "lexicon"))
    (tmp_path / "lexicon" / "learned.json").write_bytes(b"{}")
    assert fingerprint.of_project(Config(lexicon=tmp_path / "lexicon")) != known


def test_a_table_that_was_damaged_since_is_still_refused(tmp_path: Path) -> None:
    (tmp_path / "lexicon").mkdir()
    (tmp_path / "sverka.toml").touch()
    page = tmp_path / "a.txt"
    page.write_text("да\n", encoding="utf-8")
    reused([page])
    (tmp_path / "lexicon" / "people.tsv").write_text("name\n", encoding="utf-8")
    (problem,) = check([Source(page)], Settings())
    assert "people.tsv" in str(problem)


def test_another_program_has_another_fingerprint(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = tmp_path / "program"
    (root / "data").mkdir(parents=True)
    (root / "__pycache__").mkdir()
    (root / "__init__.py").touch()
    monkeypatch.setattr("sverka.__file__", str(root / "__init__.py"))

    def seen() -> str:
        fingerprint.of_program.cache_clear()
        return fingerprint.of_program()

    prints = [seen()]
    (root / "rules.py").write_text("a = 1")
    prints.append(seen())
    (root / "rules.py").write_text("a = 2")
    prints.append(seen())
    (root / "data" / "model.npy").write_bytes(b"12")
    prints.append(seen())
    os.utime(root / "data" / "model.npy", (0, 0))
    prints.append(seen())
    monkeypatch.setattr("sverka.__version__", "99")
    prints.append(seen())
    assert len(set(prints)) == len(prints)
    (root / "__pycache__" / "rules.pyc").write_bytes(b"")
    assert seen() == prints[-1]
    fingerprint.of_program.cache_clear()


def test_the_packages_that_compute_are_known() -> None:
    assert all(map(fingerprint._version, fingerprint.COMPUTING))


def test_without_the_cache_nothing_is_kept_and_nothing_used(tmp_path: Path, folder: Path) -> None:
    page = tmp_path / "a.txt"
    page.write_text("да\n", encoding="utf-8")
    assert reused([page], Settings(cache=False)) == 0
    assert not folder.exists()
    reused([page])
    assert reused([page], Settings(cache=False)) == 0


# Whatever becomes of the files


@given(st.binary(max_size=2000), st.text("0123456789abcdef", min_size=64, max_size=64))
def test_bytes_survive(data: bytes, key: str) -> None:
    kept.save(key, data)
    assert kept.load(key) == data


@pytest.mark.parametrize(
    "harm",
    [
        lambda data: data[:-1],
        lambda data: data[:3],
        lambda data: b"",
        lambda data: bytes(len(data)),
        lambda data: data[:-1] + bytes([data[-1] ^ 1]),
        lambda data: bytes([data[0] ^ 1]) + data[1:],
    ],
)
def test_what_is_damaged_is_made_anew(tmp_path: Path, folder: Path, harm: Callable[[bytes], bytes]) -> None:
    page = tmp_path / "a.txt"
    page.write_text("Пусть она будет топорь.\n", encoding="utf-8")
    expected = check_one(Source(page), Settings())
    (file,) = files(folder)
    file.write_bytes(harm(file.read_bytes()))
    assert reused([page]) == 0
    assert reused([page]) == 1
    assert check_one(Source(page), Settings()) == expected


def hammered(number: int) -> bool:
    kept.save(KEY, bytes(100 * number))
    data = kept.load(KEY)
    return data is not None and not any(data)


def test_several_processes_at_once_never_find_half_of_it() -> None:
    assert all(outcome is True for _, outcome in spread(hammered, range(200), 4))


def test_findings_of_another_text_in_their_place_are_not_believed() -> None:
    one, two = "a" * 64, "b" * 64
    kept.save(one, b"one")
    kept.save(two, b"two")
    kept._place(two).replace(kept._place(one))
    assert kept.load(one) is None


@pytest.mark.parametrize("where", ["/proc/none", "/dev/null"])
def test_a_cache_that_cannot_be_costs_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: str) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", where)
    page = tmp_path / "a.txt"
    page.write_text("да\n", encoding="utf-8")
    assert [reused([page]), reused([page])] == [0, 0]


def test_it_does_not_grow_without_end(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "LIMIT", 16 * 10 * 4096)
    for number in range(2000):
        kept.save(kept.key(str(number), "", 0.5, ()), b"x")
    # Ten to a folder, and what came since it was last looked after.
    assert len(files(folder)) < 16 * (10 + 4 * kept._LOOKED_AFTER)
    assert cache.folder("findings") == folder
