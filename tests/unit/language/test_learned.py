"""The file of what was learned: what is written is read, and what is damaged is said."""

from __future__ import annotations

from pathlib import Path

import pytest
import toy_language as toy

from sverka.errors import InputError
from sverka.language.calibration import NONE, Calibration
from sverka.language.learned import Epoch, Learned, encode

LEARNED = Learned(
    (("corrections/a.txt.jsonl", ("0a", "1b")), ("corrections/б.txt.jsonl", ("2c",))),
    5,
    2,
    3,
    {("", "ъ"): 2, ("п", "н"): 4, ("н", "н"): 7.5, ("‹", ""): 1, ("ьі", "ы"): 3, ("м", "ии"): 1},
    (
        Epoch("2026-01-01T00:00:00Z", Calibration(1.1, -0.2)),
        Epoch("2026-02-01T00:00:00Z", Calibration(0.9, 0.3, (("case", -0.5), ("name", 0.25)))),
    ),
)


def stored(path: Path, text: str) -> Path:
    path = path / "learned.json"
    path.write_text(text, encoding="utf-8")
    return path


def test_what_is_written_is_read(tmp_path: Path) -> None:
    path = tmp_path / "learned.json"
    path.write_bytes(encode(LEARNED))
    assert Learned.open(path) == LEARNED
    assert encode(Learned.open(path)) == encode(LEARNED)


def test_a_count_stands_on_a_line_of_its_own() -> None:
    text = encode(LEARNED).decode()
    assert '\n  "н": {\n   "н": 7.5,\n   "п": 4\n  },\n' in text
    assert text.endswith("}\n")


def test_without_a_file_nothing_was_learned(tmp_path: Path) -> None:
    assert Learned.open(tmp_path / "learned.json") == Learned()
    model = toy.misreadings()
    assert Learned().adapted(model) is model
    assert Learned().calibration == NONE


OLD = """{
 "format": 1,
 "ledgers": {"corrections/a.txt.jsonl": ["0a"]},
 "decisions": {"accepted": 5, "amended": 0, "rejected": 1},
 "calibration": [{"until": "2026-01-01T00:00:00Z", "slope": 1.1, "offset": -0.2}],
 "letters read as": {"н": {"п": 4, "н": 7}}
}
"""


def test_a_file_of_the_first_format_is_read(tmp_path: Path) -> None:
    old = Learned.open(stored(tmp_path, OLD))
    assert (old.decisions, old.edits) == (6, {("п", "н"): 4, ("н", "н"): 7})
    assert old.calibration == Calibration(1.1, -0.2)
    model = toy.misreadings()
    assert old.adapted(model).cost("пет", "нет") < model.cost("пет", "нет")
    assert Learned.open(stored(tmp_path, encode(old).decode())) == old


def test_each_decision_was_made_under_the_calibration_of_its_time() -> None:
    assert LEARNED.calibration == Calibration(0.9, 0.3, (("case", -0.5), ("name", 0.25)))
    assert LEARNED.calibration_at("2026-03-01T00:00:00Z") == LEARNED.calibration
    assert LEARNED.calibration_at("2026-01-15T00:00:00Z") == Calibration(1.1, -0.2)
    assert LEARNED.calibration_at("2025-12-31T00:00:00Z") == NONE


WHOLE = encode(LEARNED).decode()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "is damaged: not JSON"),
        ("<<<<<<< HEAD\n" + WHOLE, "is damaged: not JSON"),
        (WHOLE[:-20], "is damaged: not JSON"),
        ("[]", "is damaged: the file is not an object"),
        ("{}", "is damaged: format"),
        (WHOLE.replace('"format": 2', '"format": 3'), "was written by a later version of the program (format 3)"),
        (WHOLE.replace('"format": 2', '"format": []'), "is damaged: format"),
        (WHOLE.replace('"case": -0.5', '"case": "-0.5"'), "is damaged: “case” of some"),
        (WHOLE.replace('"п": 4', '"п": -4'), "is damaged: the count of “н” read as “п”"),
        (WHOLE.replace('"п": 4', '"п": NaN'), "is damaged: NaN"),
        (WHOLE.replace('"п": 4', '"пппп": 4'), "is damaged: “н” read as “пппп”"),
        (WHOLE.replace('"ии": {', '"i": {'), "is damaged: “i” read as “м”"),
        (WHOLE.replace('"slope": 0.9', '"slope": 0'), "is damaged: slope is not above 0"),
        (WHOLE.replace('"letters read as"', '"letters"'), "is damaged: letters read as is not an object"),
        (WHOLE.replace('"accepted": 5', '"accepted": "5"'), "is damaged: accepted"),
        ("[" * 100_000, "is damaged: not JSON"),
    ],
)
def test_what_is_wrong_with_the_file_is_said_on_one_line(tmp_path: Path, text: str, said: str) -> None:
    path = stored(tmp_path, text)
    with pytest.raises(InputError) as caught:
        Learned.open(path)
    told = str(caught.value)
    assert told.startswith(f"{path}: {said}")
    assert "delete it and run `sverka learn`" in told
    assert "\n" not in told


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "learned.json").mkdir()
    with pytest.raises(InputError, match="cannot be read"):
        Learned.open(tmp_path / "learned.json")
