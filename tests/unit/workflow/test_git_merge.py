"""Two branches with decisions each, merged by git with the attributes that this project ships."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from ledger_events import standing
from ledger_sessions import TEXT, session

from sverka.ledger import Ledger, State
from sverka.ledger.merging import Union
from sverka.model import Transcript

ATTRIBUTES = Path(__file__).resolve().parents[3] / ".gitattributes"
NAME = "corrections/1950/x.txt.jsonl"

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="needs git")


class Repository:
    """A repository with one ledger in it, and a branch for each editor."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.ledger = folder / NAME
        self.git("init", "-q", "-b", "main")
        (folder / ".gitattributes").write_bytes(ATTRIBUTES.read_bytes())
        self.ledger.parent.mkdir(parents=True)
        self.commit("a project")

    def git(self, *arguments: str) -> str:
        own = ["-c", "user.name=Anna", "-c", "user.email=anna@example.org", "-c", "commit.gpgsign=false"]
        done = subprocess.run(
            ["git", *own, *arguments], cwd=self.folder, capture_output=True, check=False, text=True, env=ENVIRONMENT
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def commit(self, message: str) -> None:
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", message)

    def on_branches(self, **work: Callable[[], object]) -> dict[str, bytes]:
        """Let each work on a branch of their own that starts here; what their ledgers are in the end."""
        left = {}
        for branch, do in work.items():
            self.git("checkout", "-q", "-b", branch, "main")
            do()
            self.commit(branch)
            left[branch] = self.ledger.read_bytes()
        self.git("checkout", "-q", "main")
        return left

    def merge(self, *branches: str) -> None:
        for branch in branches:
            self.git("merge", "-q", "--no-edit", branch)
        assert b"<<<<<<<" not in self.ledger.read_bytes()
        assert b">>>>>>>" not in self.ledger.read_bytes()


ENVIRONMENT = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}


@pytest.fixture
def repository(tmp_path: Path) -> Iterator[Repository]:
    yield Repository(tmp_path)


def said(ledger: Ledger | Union) -> tuple[State, frozenset[object]]:
    history = ledger.history
    return standing(Transcript("x.txt", TEXT), ledger).state, frozenset(map(ledger.event, range(len(history))))


def union(folder: Path, left: dict[str, bytes]) -> Union:
    """What our own merge makes of them."""
    ledgers = []
    for branch, content in left.items():
        path = folder / f"{branch}.copy"
        path.write_bytes(content)
        ledgers.append(Ledger.open(path))
    return Union(ledgers)


def decide(repository: Repository, name: str, *answers: str) -> None:
    """Answers from the first place on; “-” rejects, “undo” takes back."""
    review = session(repository.ledger, name)
    for index, answer in enumerate(answers):
        review.go(index)
        if answer == "undo":
            review.undo()
        elif answer == "-":
            review.reject()
        elif answer:
            review.amend(answer)


def without_line_feed(path: Path) -> None:
    path.write_bytes(path.read_bytes().removesuffix(b"\n"))


def test_git_says_what_we_say(repository: Repository, tmp_path: Path) -> None:
    decide(repository, "Anna", "а")
    repository.commit("begun")
    left = repository.on_branches(
        anna=lambda: decide(repository, "Anna", "", "б", "-"),
        boris=lambda: decide(repository, "Boris", "-", "в", "undo", "г"),
        clara=lambda: decide(repository, "Clara", "", "-"),
    )
    repository.merge("anna", "boris", "clara")
    merged = Ledger.open(repository.ledger)
    assert merged.problems == ()
    assert said(merged) == said(union(tmp_path, left))
    assert len(standing(Transcript("x.txt", TEXT), merged).state.conflicts) == 1


def test_both_began_the_ledger(repository: Repository, tmp_path: Path) -> None:
    left = repository.on_branches(
        anna=lambda: decide(repository, "Anna", "а"), boris=lambda: decide(repository, "Boris", "-", "б")
    )
    repository.merge("anna", "boris")
    merged = Ledger.open(repository.ledger)
    assert merged.problems == ()
    assert said(merged) == said(union(tmp_path, left))


@pytest.mark.parametrize("unended", ["base", "anna", "boris", "base anna", "anna boris", "base anna boris"])
def test_a_last_line_feed_that_is_missing_costs_nothing(repository: Repository, tmp_path: Path, unended: str) -> None:
    def work(name: str, branch: str, *answers: str) -> Callable[[], None]:
        def do() -> None:
            decide(repository, name, *answers)
            if branch in unended:
                without_line_feed(repository.ledger)

        return do

    work("Anna", "base", "а")()
    repository.commit("begun")
    left = repository.on_branches(anna=work("Anna", "anna", "", "б"), boris=work("Boris", "boris", "", "-", "в"))
    repository.merge("anna", "boris")
    merged = Ledger.open(repository.ledger)
    assert merged.problems == ()
    assert said(merged) == said(union(tmp_path, left))


def test_merged_both_ways_and_again(repository: Repository, tmp_path: Path) -> None:
    """Criss-cross: each takes the other's in, goes on, and they meet again."""
    decide(repository, "Anna", "а")
    repository.commit("begun")
    repository.on_branches(
        anna=lambda: decide(repository, "Anna", "", "б"), boris=lambda: decide(repository, "Boris", "", "", "в")
    )
    repository.git("branch", "before", "anna")
    for branch, other, answers in (("anna", "boris", ("", "", "", "г")), ("boris", "before", ("-",))):
        repository.git("checkout", "-q", branch)
        repository.merge(other)
        decide(repository, branch.title(), *answers)
        repository.commit("on")
    left = {}
    for branch in ("anna", "boris"):
        repository.git("checkout", "-q", branch)
        left[branch] = repository.ledger.read_bytes()
    repository.merge("anna")
    merged = Ledger.open(repository.ledger)
    assert merged.problems == ()
    assert said(merged) == said(union(tmp_path, left))


def test_a_torn_line_that_was_committed_costs_no_other(repository: Repository, tmp_path: Path) -> None:
    def torn() -> None:
        decide(repository, "Anna", "", "б")
        with repository.ledger.open("ab") as file:
            file.write(b'{"at":"2026-')

    decide(repository, "Anna", "а")
    repository.commit("begun")
    left = repository.on_branches(anna=torn, boris=lambda: decide(repository, "Boris", "", "", "в"))
    repository.merge("anna", "boris")
    merged = Ledger.open(repository.ledger)
    assert ["not counted" in problem.message for problem in merged.problems] == [True]
    assert said(merged) == said(union(tmp_path, left))


def test_line_ends_of_another_system_are_taken_in(repository: Repository, tmp_path: Path) -> None:
    def converted() -> None:
        decide(repository, "Anna", "", "б")
        repository.ledger.write_bytes(repository.ledger.read_bytes().replace(b"\n", b"\r\n"))

    decide(repository, "Anna", "а")
    repository.commit("begun")
    left = repository.on_branches(anna=converted, boris=lambda: decide(repository, "Boris", "", "", "в"))
    repository.merge("anna", "boris")
    merged = Ledger.open(repository.ledger)
    assert merged.problems == ()
    assert said(merged) == said(union(tmp_path, left))
