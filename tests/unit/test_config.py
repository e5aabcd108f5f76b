from __future__ import annotations

import getpass
import os
from pathlib import Path

import pytest

from sverka import config
from sverka.config import Config, Project, editor_name, find_project, ledger_path, transcript_path
from sverka.errors import UsageError


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "archive").mkdir()
    (tmp_path / "archive" / "sverka.toml").touch()
    return tmp_path / "archive"


def settings(root: Path, text: str) -> Config:
    (root / "sverka.toml").write_text(text, "utf-8")
    return find_project(root).config


def complaint(root: Path, text: str) -> str:
    with pytest.raises(UsageError) as caught:
        settings(root, text)
    assert caught.value.place == str(root / "sverka.toml")
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_outside_any_project_there_are_the_defaults(tmp_path: Path) -> None:
    project = find_project(tmp_path / "x.txt")
    assert project == Project(None, Config())
    assert (project.config.min_confidence, project.config.jobs, project.config.transcripts) == (0.5, 1, None)


def test_an_empty_file_makes_a_project(root: Path) -> None:
    project = find_project(root / "transcripts" / "1950" / "not there yet.txt")
    assert project.root == root
    assert project.config == Config(
        transcripts=root / "transcripts", corrections=root / "corrections", lexicon=root / "lexicon"
    )


def test_the_nearest_project_counts(root: Path) -> None:
    inner = root / "volume"
    inner.mkdir()
    (inner / "sverka.toml").touch()
    assert find_project(inner / "x.txt").root == inner
    assert find_project(inner).root == inner
    assert find_project(root).root == root


def test_a_path_relative_to_the_working_folder(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (root / "transcripts").mkdir()
    monkeypatch.chdir(root / "transcripts")
    project = find_project(Path("x.txt"))
    assert project.root == root
    assert ledger_path(project, Path("../transcripts/x.txt")) == root / "corrections" / "x.txt.jsonl"
    assert project.name_of(Path("x.txt")) == "transcripts/x.txt"


def test_settings_are_read(root: Path) -> None:
    read = settings(
        root,
        """
        [check]
        min_confidence = 1
        jobs = 4
        [editor]
        name = "Анна "
        [paths]
        transcripts = "тексты/ocr"
        corrections = "правка"
        [keys]
        accept = ["y", "enter"]
        quit = "q"
        """,
    )
    assert (read.min_confidence, read.jobs, read.editor) == (1.0, 4, "Анна")
    assert (read.transcripts, read.corrections) == (root / "тексты" / "ocr", root / "правка")
    assert read.lexicon == root / "lexicon"
    assert read.keys == (("accept", ("y", "enter")), ("quit", ("q",)))
    assert hash(read)


def test_a_byte_order_mark_does_not_matter(root: Path) -> None:
    assert settings(root, "\ufeff[check]\njobs = 2\n").jobs == 2


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[check]\nmin_confidense = 0.9", "unknown setting check.min_confidense; did you mean min_confidence?"),
        ("[chek]\njobs = 2", "unknown table [chek]; did you mean check?"),
        ("[editor]\nzzz = 1", "unknown setting editor.zzz; known are name"),
        ("check = 1", "check is not a table"),
        ("[check]\nmin_confidence = 50", "check.min_confidence is not a number from 0 to 1"),
        ("[check]\nmin_confidence = true", "check.min_confidence is not a number from 0 to 1"),
        ("[check]\nmin_confidence = nan", "check.min_confidence is not a number from 0 to 1"),
        ("[check]\njobs = 0", "check.jobs is not a whole number from 1"),
        ("[editor]\nname = 7", "editor.name is not text"),
        ('[paths]\ncorrections = "../elsewhere"', "not a folder within the project"),
        ('[paths]\ncorrections = "/etc"', "not a folder within the project"),
        ('[paths]\nlexicon = ""', "not a folder within the project"),
        ("[keys]\naccept = 7", "keys.accept is neither a key nor a list of keys"),
        ('[keys]\naccept = ["y", ""]', "keys.accept is neither a key nor a list of keys"),
        ("[check", "is not TOML"),
    ],
)
def test_what_is_wrong_with_a_setting_is_said(root: Path, text: str, said: str) -> None:
    assert said in complaint(root, text)


def test_a_file_that_is_not_utf_8(root: Path) -> None:
    (root / "sverka.toml").write_bytes('[editor]\nname = "Анна"'.encode("cp1251"))
    with pytest.raises(UsageError, match="is not UTF-8; save it as UTF-8"):
        find_project(root)


def test_ledgers_lie_among_the_corrections_as_transcripts_among_the_transcripts(root: Path) -> None:
    project = find_project(root)
    path = ledger_path(project, root / "transcripts" / "1950" / "x.txt")
    assert path == root / "corrections" / "1950" / "x.txt.jsonl"


@pytest.mark.parametrize("place", ["x.txt", "transcripts-old/x.txt", "corrections/x.txt"])
def test_for_any_other_file_the_ledger_lies_beside_it(root: Path, place: str) -> None:
    assert ledger_path(find_project(root), root / place) == root / f"{place}.corrections.jsonl"


def test_outside_any_project_the_ledger_lies_beside_the_file(tmp_path: Path) -> None:
    assert ledger_path(Project(), tmp_path / "x.txt") == tmp_path / "x.txt.corrections.jsonl"


def test_one_transcript_has_one_ledger_whatever_link_leads_to_it(root: Path, tmp_path: Path) -> None:
    (root / "transcripts").mkdir()
    (root / "transcripts" / "x.txt").touch()
    (tmp_path / "link").symlink_to(root / "transcripts")
    through = tmp_path / "link" / "x.txt"
    assert ledger_path(find_project(through), through) == root / "corrections" / "x.txt.jsonl"


def test_a_transcript_linked_into_the_project_has_its_ledger_in_the_project(root: Path, tmp_path: Path) -> None:
    (root / "transcripts").mkdir()
    (tmp_path / "storage.txt").touch()
    linked = root / "transcripts" / "x.txt"
    linked.symlink_to(tmp_path / "storage.txt")
    assert ledger_path(find_project(linked), linked) == root / "corrections" / "x.txt.jsonl"


def test_the_editors_name(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SVERKA_EDITOR", "Boris")
    assert editor_name(Config(editor="Anna")) == "Anna"
    assert editor_name(Config()) == "Boris"
    monkeypatch.delenv("SVERKA_EDITOR")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))
    git = tmp_path / "git"
    git.write_text("#!/bin/sh\necho 'Анна К.'\n", "utf-8")
    git.chmod(0o755)
    assert editor_name(Config()) == "Анна К."
    git.write_text("#!/bin/sh\nexit 1\n", "utf-8")
    monkeypatch.setattr(getpass, "getuser", lambda: "archivist")
    assert editor_name(Config()) == "archivist"

    def nobody() -> str:
        raise OSError

    git.unlink()
    monkeypatch.setattr(getpass, "getuser", nobody)
    assert editor_name(Config()) == "unknown"


def test_the_projects_own_settings_are_right() -> None:
    own = Path(config.__file__).parents[2]
    if not (own / "sverka.toml").is_file() or os.path.commonpath([own, Path(__file__)]) != str(own):
        pytest.skip("not run from a checkout")
    assert find_project(own).config.editor == ""


@pytest.mark.parametrize("name", ["transcripts/x.txt", "transcripts/1950/x.y.txt", "notes/x.txt", "x.txt"])
def test_a_ledger_leads_back_to_its_transcript(root: Path, name: str) -> None:
    ledger = ledger_path(find_project(root), root / name)
    assert transcript_path(find_project(root), ledger) == root / name


def test_what_is_no_ledger_by_its_name_leads_nowhere(root: Path) -> None:
    project = find_project(root)
    for name in ("corrections/readme.md", "findings.jsonl", ".corrections.jsonl", "corrections/.jsonl"):
        assert transcript_path(project, root / name) is None
    assert transcript_path(Project(), Path("x.txt.corrections.jsonl")) == Path("x.txt")
