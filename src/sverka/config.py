"""A project and its settings.

A project is the nearest folder with a ``sverka.toml``; everything in that file may be left out::

    [check]
    min_confidence = 0.5            # findings less likely than this are left out
    jobs = 1                        # processes that check at once

    [editor]
    name = "…"                      # who decides; otherwise SVERKA_EDITOR, git's user.name, the login name

    [paths]                         # within the project
    transcripts = "transcripts"
    corrections = "corrections"
    lexicon = "lexicon"

    [keys]                          # action = key, or a list of keys
    accept = ["y", "enter"]

A file outside any project has the same settings as an empty ``sverka.toml`` gives, and no folders of its own.
"""

from __future__ import annotations

import getpass
import os
import shutil
import subprocess
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from rapidfuzz.process import extractOne

from sverka.errors import UsageError

__all__ = [
    "CONFIG_NAME",
    "LEARNED_NAME",
    "LEDGER_BESIDE",
    "LEDGER_SUFFIX",
    "Config",
    "Project",
    "editor_name",
    "find_project",
    "ledger_path",
    "read_config",
    "transcript_path",
]

CONFIG_NAME = "sverka.toml"
"""The file that makes a folder a project."""

LEARNED_NAME = "learned.json"
"""The file in the lexicon folder that ``sverka learn`` writes."""

LEDGER_SUFFIX = ".jsonl"
"""What stands behind a transcript's name in that of its ledger, among a project's corrections."""

LEDGER_BESIDE = ".corrections.jsonl"
"""The same for a ledger that lies beside its transcript."""


@dataclass(frozen=True, slots=True)
class Config:
    """Settings. The folders are absolute, and None outside a project.

    ``editor`` is empty where none is named. ``keys`` are pairs of an action of the desk and the keys for it; whether
    there are such actions and keys is for the desk to say.
    """

    min_confidence: float = 0.5
    jobs: int = 1
    editor: str = ""
    transcripts: Path | None = None
    corrections: Path | None = None
    lexicon: Path | None = None
    keys: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @property
    def tables(self) -> tuple[Path, ...]:
        """The project's own tables of names, in the order in which they count; none outside a project."""
        return tuple(sorted(self.lexicon.glob("*.tsv"))) if self.lexicon else ()

    @property
    def learned(self) -> Path | None:
        """The file that ``sverka learn`` keeps what it learned in, which need not exist; None outside a project."""
        return self.lexicon / LEARNED_NAME if self.lexicon else None


@dataclass(frozen=True, slots=True)
class Project:
    """Where a file belongs; ``root`` is None for a file outside any project."""

    root: Path | None = None
    config: Config = Config()

    def name_of(self, path: Path) -> str:
        """What to call a file in a record that others will read: its path within the project, else its bare name."""
        for place in (_absolute(path), path.resolve()):
            if self.root is not None and place.is_relative_to(self.root):
                return place.relative_to(self.root).as_posix()
        return path.name


def find_project(path: Path) -> Project:
    """The project of a file or folder, which need not exist. UsageError where its ``sverka.toml`` is wrong.

    A link counts where it stands, and where that is in no project, where it leads.
    """
    for place in dict.fromkeys((_absolute(path), path.resolve())):
        for folder in (place, *place.parents):
            if (folder / CONFIG_NAME).is_file():
                return Project(folder, read_config(folder / CONFIG_NAME))
    return Project()


def ledger_path(project: Project, transcript: Path) -> Path:
    """Where the decisions on a transcript are kept.

    ``corrections/<path under transcripts>.jsonl`` for what lies in a project's folder of transcripts; for every other
    file ``<file>.corrections.jsonl`` beside it.
    """
    transcripts, corrections = project.config.transcripts, project.config.corrections
    if transcripts is not None and corrections is not None:
        for place, folder in ((_absolute(transcript), transcripts), (transcript.resolve(), transcripts.resolve())):
            if place.is_relative_to(folder) and place != folder:
                relative = place.relative_to(folder)
                return corrections / relative.with_name(f"{relative.name}{LEDGER_SUFFIX}")
    return transcript.with_name(f"{transcript.name}{LEDGER_BESIDE}")


def transcript_path(project: Project, ledger: Path) -> Path | None:
    """The transcript whose decisions a ledger holds, be it there or not; None where its path does not say.

    The reverse of :func:`ledger_path`.
    """
    transcripts, corrections = project.config.transcripts, project.config.corrections
    if transcripts is not None and corrections is not None:
        for place, folder in ((_absolute(ledger), corrections), (ledger.resolve(), corrections.resolve())):
            if place.is_relative_to(folder) and place.suffix == LEDGER_SUFFIX:
                return transcripts / place.relative_to(folder).with_suffix("")
    if ledger.name.endswith(LEDGER_BESIDE) and ledger.name != LEDGER_BESIDE:
        return ledger.with_name(ledger.name.removesuffix(LEDGER_BESIDE))
    return None


def editor_name(config: Config) -> str:
    """Who decides: as the project says, else the environment's SVERKA_EDITOR, git's ``user.name``, the login name."""
    return config.editor or os.environ.get("SVERKA_EDITOR", "").strip() or _git_name() or _login_name()


def _git_name() -> str:
    git = shutil.which("git")
    if git is None:
        return ""
    try:
        answer = subprocess.run([git, "config", "user.name"], capture_output=True, timeout=2, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return answer.stdout.decode("utf-8", "replace").strip()


def _login_name() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "unknown"


def _absolute(path: Path) -> Path:
    """The path from the root, ``..`` taken away, links as they are."""
    return Path(os.path.normpath(path.absolute()))


def read_config(path: Path) -> Config:
    """The settings in a ``sverka.toml``; UsageError for what does not belong there."""
    try:
        tables = tomllib.loads(path.read_text("utf-8-sig"))
    except OSError as error:
        raise UsageError(f"cannot be read: {error.strerror}", place=str(path)) from error
    except UnicodeDecodeError as error:
        raise UsageError("is not UTF-8", place=str(path), remedy="save it as UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"is not TOML: {error}", place=str(path)) from error
    return _Reader(path, tables).config()


class _Reader:
    """Takes the settings out of the tables, one by one, and says what is wrong with them."""

    def __init__(self, path: Path, tables: Mapping[str, object]) -> None:
        self.path = path
        self.tables = tables

    def config(self) -> Config:
        self._only("", self.tables, ("check", "editor", "paths", "keys"))
        check = self._table("check", ("min_confidence", "jobs"))
        editor = self._table("editor", ("name",))
        paths = self._table("paths", ("transcripts", "corrections", "lexicon"))
        keys = self._table("keys", None)
        return Config(
            min_confidence=float(self._number(check, "min_confidence", 0.5)),
            jobs=self._processes(check),
            editor=self._text("editor", editor, "name", "").strip(),
            transcripts=self._folder(paths, "transcripts"),
            corrections=self._folder(paths, "corrections"),
            lexicon=self._folder(paths, "lexicon"),
            keys=tuple((action, self._keys(action, value)) for action, value in keys.items()),
        )

    def _table(self, name: str, known: tuple[str, ...] | None) -> Mapping[str, object]:
        table = self.tables.get(name, {})
        if not isinstance(table, dict):
            raise self._wrong(f"{name} is not a table", f"write [{name}] on a line of its own")
        if known is not None:
            self._only(name, table, known)
        return table

    def _only(self, table: str, values: Mapping[str, object], known: tuple[str, ...]) -> None:
        for name in values:
            if name not in known:
                likely = extractOne(name, known, score_cutoff=60)
                what = f"unknown setting {table}.{name}" if table else f"unknown table [{name}]"
                remedy = f"did you mean {likely[0]}?" if likely else f"known are {', '.join(known)}"
                raise self._wrong(what, remedy)

    def _number(self, check: Mapping[str, object], name: str, default: float) -> float:
        value = check.get(name, default)
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
            raise self._wrong(f"check.{name} is not a number from 0 to 1")
        return value

    def _processes(self, check: Mapping[str, object]) -> int:
        value = check.get("jobs", 1)
        if isinstance(value, bool) or not isinstance(value, int) or value < 1:
            raise self._wrong("check.jobs is not a whole number from 1")
        return value

    def _text(self, table: str, values: Mapping[str, object], name: str, default: str) -> str:
        value = values.get(name, default)
        if not isinstance(value, str):
            raise self._wrong(f"{table}.{name} is not text")
        return value

    def _folder(self, paths: Mapping[str, object], name: str) -> Path:
        value = self._text("paths", paths, name, name)
        relative = PurePosixPath(value)
        if not value.strip() or relative.is_absolute() or ".." in relative.parts:
            raise self._wrong(f"paths.{name} is not a folder within the project: {value!r}")
        return self.path.parent / relative

    def _keys(self, action: str, value: object) -> tuple[str, ...]:
        keys = [value] if isinstance(value, str) else value
        if not isinstance(keys, list) or not all(isinstance(key, str) and key for key in keys):
            raise self._wrong(f"keys.{action} is neither a key nor a list of keys")
        return tuple(keys)

    def _wrong(self, message: str, remedy: str = "") -> UsageError:
        return UsageError(message, place=str(self.path), remedy=remedy)
