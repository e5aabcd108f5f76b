"""An edition as text and as a diff."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from export_samples import AWKWARD, edition

from sverka.export.plain import plain
from sverka.export.unified import unified


def test_no_decisions_no_change() -> None:
    assert plain(edition(AWKWARD)) == AWKWARD.encode()
    assert plain(edition("текст", encoding="utf-8-sig")) == b"\xef\xbb\xbf" + "текст".encode()
    assert unified(edition(AWKWARD)) == b""


def test_a_diff_shows_the_changed_lines() -> None:
    diff = unified(edition("один\nтопорь\nтри", ("топорь", "теперь"), path="/t/a.txt")).decode()
    assert diff == (
        "--- a/t/a.txt\n+++ b/t/a.txt\n@@ -1,3 +1,3 @@\n один\n-топорь\n+теперь\n три\n\\ No newline at end of file\n"
    )


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        ("один\nдва\nтри\n", (("два", "2"),)),
        ("один\nдва\nтри", (("три", "3\n"),)),
        ("один\r\nдва\rтри\u2028\x0c\r\n", (("\r\nдва", ""),)),
        ("\n".join(f"строка {n}" for n in range(100)), (("строка 7\n", ""), ("строка 90", "строка\n90"))),
        (AWKWARD, (("топорь", "теперь"),)),
    ],
)
@pytest.mark.parametrize("name", ["a.txt", "с пробелом.txt", 'кавычка".txt'])
def test_applying_the_diff_gives_the_edition(
    tmp_path: Path, text: str, changes: tuple[tuple[str, str], ...], name: str
) -> None:
    if shutil.which("git") is None:
        pytest.skip("no git to apply a diff with")
    made = edition(text, *changes, path=name)
    (tmp_path / name).write_bytes(text.encode())
    (tmp_path / ".git").mkdir()  # a folder of its own, whatever it lies in
    apply = ["git", "apply", "--whitespace=nowarn", "-"]
    subprocess.run(apply, input=unified(made), cwd=tmp_path, check=True, env={"GIT_CEILING_DIRECTORIES": str(tmp_path)})
    assert (tmp_path / name).read_bytes() == plain(made)
