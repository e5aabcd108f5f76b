"""Who may know whom, and what is not loaded where it is not needed."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

ROOT = Path(__file__).resolve().parents[2]

_RUN = """
import json, sys
from sverka.cli.main import main
try:
    main(sys.argv[1:])
except SystemExit:
    pass
print("\\n" + json.dumps(sorted({name.partition(".")[0] for name in sys.modules})))
"""


def loaded_by(*arguments: str) -> set[str]:
    """The top-level packages in memory when a command has run."""
    told = subprocess.run(
        [sys.executable, "-c", _RUN, *arguments], capture_output=True, check=True, encoding="utf-8", timeout=120
    )
    return set(json.loads(told.stdout.splitlines()[-1]))


def test_imports_go_down_only() -> None:
    assert lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True) == EXIT_STATUS_SUCCESS


def test_checking_never_loads_the_screen(tmp_path: Path) -> None:
    transcript = tmp_path / "a.txt"
    transcript.write_text("Товарищ Ким Ир Сен! Пусть она будет топорь.\n", encoding="utf-8")
    loaded = loaded_by("check", "--no-cache", str(transcript))
    assert "sverka" in loaded
    assert not loaded & {"textual", "rich", "jinja2"}


def test_what_was_checked_before_needs_no_engine(tmp_path: Path) -> None:
    transcript = tmp_path / "a.txt"
    transcript.write_text("Товарищ Ким Ир Сен! Пусть она будет топорь.\n", encoding="utf-8")
    transcript.with_name("a.en.txt").write_text("Comrade Kim Il-sung! Let it be now.\n", encoding="utf-8")
    assert loaded_by("check", str(transcript)) >= {"numpy", "numba"}
    assert not loaded_by("check", str(transcript)) & {"numpy", "numba", "pymorphy3", "sqlite3"}


def test_help_loads_next_to_nothing() -> None:
    assert not loaded_by("--help") & {"numpy", "textual", "rich", "jinja2", "pymorphy3", "rapidfuzz", "regex"}
