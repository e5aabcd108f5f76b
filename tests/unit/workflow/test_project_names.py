"""Names that a project adds are known when its transcripts are checked."""

from __future__ import annotations

from pathlib import Path

import pytest

from sverka.errors import InputError
from sverka.workflow.batch import Settings, check_one
from sverka.workflow.sources import Source

TABLE = (
    "name\tkind\tgender\tenglish\tvariants\tadjective\tdeclension\tnote\n"
    "Иван Тулубьев\tperson\tm\tIvan Tulubyev; Tulubyev\t\t\t\ta courier\n"
)


def candidates(path: Path) -> list[tuple[str, str]]:
    checked = check_one(Source(path), Settings(min_confidence=0.3))
    return [(f.original, c.text) for f in checked.findings for c in f.candidates[:1]]


@pytest.fixture
def transcript(tmp_path: Path) -> Path:
    (tmp_path / "sverka.toml").touch()
    for name in ("transcripts", "lexicon"):
        (tmp_path / name).mkdir()
    path = tmp_path / "transcripts" / "a.txt"
    path.write_text("Письмо было передано товарищем Тулубеевым в тот же день.\n", encoding="utf-8")
    translation = "The letter was handed over by Comrade Tulubyev on the same day.\n"
    path.with_name("a.en.txt").write_text(translation, encoding="utf-8")
    return path


def test_a_table_in_the_lexicon_folder_adds_names(transcript: Path) -> None:
    (transcript.parents[1] / "lexicon" / "people.tsv").write_text(TABLE, encoding="utf-8")
    assert ("Тулубеевым", "Тулубьевым") in candidates(transcript)


def test_a_table_that_is_none_is_named_with_its_line(transcript: Path) -> None:
    (transcript.parents[1] / "lexicon" / "people.tsv").write_text("name\n", encoding="utf-8")
    with pytest.raises(InputError) as raised:
        candidates(transcript)
    assert raised.value.place.endswith("people.tsv:1")
