"""What is made of transcripts goes where it is told, and never onto a transcript or a ledger."""

from __future__ import annotations

from pathlib import Path

import pytest

from sverka.cli.output import refuse_kept, targets
from sverka.errors import UsageError
from sverka.workflow.sources import Source


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("sverka.toml", "transcripts/a.txt", "transcripts/sub/b.txt", "corrections/a.txt.jsonl"):
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).touch()
    return tmp_path


def refused(target: str, *transcripts: str) -> str:
    with pytest.raises(UsageError) as raised:
        refuse_kept([Path(target)], map(Path, transcripts), option="--rejects")
    assert raised.value.remedy == "name another --rejects"
    return raised.value.message


def test_no_transcript_is_written_over_be_it_read_or_not(project: Path) -> None:
    assert "is a transcript" in refused("transcripts/sub/../a.txt", "transcripts/a.txt")
    assert "is a transcript" in refused(str(project / "transcripts/sub/b.txt"), "transcripts/a.txt")
    Path("link.txt").symlink_to("transcripts/a.txt")
    Path("same.txt").hardlink_to("transcripts/a.txt")
    assert "is a transcript" in refused("link.txt", "transcripts/a.txt")
    assert "is a transcript" in refused("same.txt", "transcripts/a.txt")
    Path("elsewhere.txt").touch()
    refuse_kept([Path("elsewhere.txt")], [])
    Path("elsewhere.txt.corrections.jsonl").touch()
    assert "is a transcript" in refused("elsewhere.txt")


def test_no_ledger_is_written_over_be_there_one_or_not(project: Path) -> None:
    for name in ("corrections/a.txt.jsonl", "corrections/new.jsonl", "x.txt.corrections.jsonl"):
        assert "among the ledgers" in refused(name, "transcripts/a.txt")
    Path("link.jsonl").symlink_to("corrections/a.txt.jsonl")
    assert "among the ledgers" in refused("link.jsonl")
    Path("no.jsonl").touch()
    refuse_kept(map(Path, ("no.jsonl", "corrections/notes.md", "transcripts/new.txt", "transcripts/a.en.txt")), [])


def test_each_goes_below_the_folder_it_has_where_it_comes_from(project: Path) -> None:
    sources = [Source(Path("transcripts/a.txt")), Source(Path("transcripts/sub/b.txt"))]
    found = targets("out", ["transcripts"], sources, ".patch.jsonl")
    assert [str(found[source]) for source in sources] == ["out/a.txt.patch.jsonl", "out/sub/b.txt.patch.jsonl"]
    assert targets(None, ["transcripts"], sources) == {}
    assert targets("one", ["transcripts/a.txt"], sources[:1], ".x") == {sources[0]: Path("one")}
    assert targets("one/", ["transcripts/a.txt"], sources[:1], ".x") == {sources[0]: Path("one/a.txt.x")}


def test_two_do_not_go_to_one_place(project: Path) -> None:
    Path("sub").mkdir()
    Path("sub/a.txt").touch()
    sources = [Source(Path("transcripts/a.txt")), Source(Path("sub/a.txt"))]
    with pytest.raises(UsageError, match=r"both transcripts/a\.txt and sub/a\.txt"):
        targets("out", ["transcripts/a.txt", "sub/a.txt"], sources)
