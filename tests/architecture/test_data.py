"""The knowledge that ships says where it comes from, and stays small."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

DATA = Path(__file__).resolve().parents[2] / "src" / "sverka" / "language" / "data"
FOLDERS = sorted(path.name for path in DATA.iterdir() if path.is_dir())
FILES = sorted(path.name for path in DATA.iterdir() if path.is_file() and path.suffix != ".md")


def provenance(name: str) -> str:
    return (DATA / f"{name}.provenance.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", FOLDERS)
def test_each_folder_says_where_it_comes_from(name: str) -> None:
    text = provenance(name)
    assert text.startswith(f"# {name}/\n")
    assert "**Where from.**" in text
    assert re.search(rf"\*\*Made\*\* \d{{4}}-\d\d-\d\d with\n\n    python -m sverka\.language\.build {name} ", text)


@pytest.mark.parametrize("name", FILES)
def test_each_file_is_named_by_a_provenance(name: str) -> None:
    headings = [path.read_text(encoding="utf-8").partition("\n")[0] for path in DATA.glob("*.provenance.md")]
    assert any(name in heading for heading in headings)


def test_every_file_that_a_provenance_refers_to_is_there() -> None:
    for path in DATA.glob("*.provenance.md"):
        for target in re.findall(r"\]\(([^)]+)\)", path.read_text(encoding="utf-8")):
            assert (DATA / target).is_file()


def test_all_of_it_stays_under_45_megabytes() -> None:
    assert sum(path.stat().st_size for path in DATA.rglob("*") if path.is_file()) < 45_000_000
