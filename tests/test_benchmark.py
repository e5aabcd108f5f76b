"""What was reached is kept: figures on the letter and on pages of real OCR, where these lie beside the checkout."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
LETTER = ROOT / "transcripts" / "1950-10-08-feng-xi-to-kim-il-sung.txt"
pytestmark = [pytest.mark.shared, pytest.mark.slow]


def check(*arguments: str) -> list[dict[str, Any]]:
    command = [sys.executable, "-m", "sverka", "check", "-q", "--format", "jsonl", *arguments]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode in {0, 1}, run.stderr
    return [json.loads(line) for line in run.stdout.splitlines()]


def test_the_letter(tmp_path: Path) -> None:
    findings = tmp_path / "findings.jsonl"
    rows = [dict(row, path="letter.txt") for row in check(str(LETTER))]
    findings.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    score = [sys.executable, str(SHARED / "bilingual" / "score.py"), str(SHARED / "letter"), str(findings)]
    subprocess.run([*score, "--json", str(tmp_path / "score.json")], check=True, capture_output=True)
    total = json.loads((tmp_path / "score.json").read_text(encoding="utf-8"))["total"]["thresholds"]["0.5"]
    assert total["found"] >= 12
    assert total["false"] <= 10


def test_pages_of_real_ocr(tmp_path: Path) -> None:
    bench = SHARED / "bench" / "dev"
    pages = sorted(bench.glob("*.ocr.txt"))[::4]
    table = []
    for row in check(*map(str, pages)):
        said = "|".join(c["text"].replace("\n", "\\n") or "∅" for c in row["candidates"])
        original = row["original"].replace("\n", "\\n")
        fields = (Path(row["path"]).name[:3], row["start"], row["end"], original, said, row["confidence"])
        table.append("\t".join(map(str, fields)))
    predictions = tmp_path / "predictions.tsv"
    predictions.write_text("\n".join(table) + "\n", encoding="utf-8")
    names = ",".join(page.name[:3] for page in pages)
    score = [sys.executable, str(SHARED / "bench" / "score.py"), str(bench / "gold.tsv"), str(predictions)]
    subprocess.run([*score, "--quiet", "--pages", names, "--json", str(tmp_path / "score.json")], check=True)
    figures = json.loads((tmp_path / "score.json").read_text(encoding="utf-8"))
    assert figures["acc1_all"] > 0.45
    assert figures["f1"] > 0.82
    assert figures["precision"] > 0.92
    assert figures["after"]["0.5"]["wer"] < figures["before"]["wer"] * 0.75
