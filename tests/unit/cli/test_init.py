"""The settings that a new project begins with."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from sverka.cli.init import SETTINGS
from sverka.config import Config, read_config


def test_what_is_shown_is_what_holds_without_it(tmp_path: Path) -> None:
    as_made, spelt_out = tmp_path / "sverka.toml", tmp_path / "all.toml"
    as_made.write_text(SETTINGS, encoding="utf-8")
    spelt_out.write_text(re.sub(r"^# (?=\w+ = )", "", SETTINGS, flags=re.MULTILINE), encoding="utf-8")
    assert spelt_out.read_text(encoding="utf-8").count("\n# ") == 0
    assert replace(read_config(spelt_out), keys=()) == read_config(as_made)
    transcripts, corrections, lexicon = (tmp_path / name for name in ("transcripts", "corrections", "lexicon"))
    assert read_config(as_made) == Config(transcripts=transcripts, corrections=corrections, lexicon=lexicon)
