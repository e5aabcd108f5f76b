"""Files become transcripts, or one line that says why not."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from sverka.errors import InputError
from sverka.load import companion, discover, read, read_stream

SHORT = "Товарищ посол принял делегацию и сообщил, что ответ будет дан завтра."
LONG = " ".join((SHORT, "Переговоры продолжались два часа; присутствовали все члены комиссии.")) * 20
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1251", "koi8-r", "cp866")


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("text", [SHORT, LONG, SHORT.upper(), LONG.upper()], ids=["short", "long", "SHORT", "LONG"])
def test_russian_is_read_in_every_encoding(text: str, encoding: str) -> None:
    assert read_stream(text.encode(encoding), "page.txt").text == text


def test_half_english_text_is_read_too(letter: Path) -> None:
    text = letter.read_text("utf-8").replace("—", "-")
    for encoding in ("cp1251", "koi8-r", "cp866"):
        assert read_stream(text.encode(encoding), "page.txt").text == text


def test_newlines_stay_as_they_stand() -> None:
    text = "первая строка\r\nвторая строка\rтретья строка\n\n"
    transcript = read_stream(text.encode(), "page.txt")
    assert (transcript.text, transcript.line_count) == (text, 5)


def test_a_byte_order_mark_is_no_part_of_the_text(tmp_path: Path) -> None:
    path = tmp_path / "page.txt"
    path.write_bytes(SHORT.encode("utf-8-sig"))
    assert read(path).text == SHORT


@pytest.mark.parametrize(
    ("data", "name", "told"),
    [
        (b"", "empty.txt", "holds no text"),
        (b" \n\t\r\n", "blank.txt", "holds no text"),
        (bytes(range(256)) * 20, "noise.txt", "cannot be read as text"),
        (SHORT.encode()[:-1] + b"\xff" + SHORT.encode(), "torn.txt", "damaged UTF-8"),
        ("Les élèves étaient à l'école, où l'été passé…".encode("cp1252"), "french.txt", "neither UTF-8"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "page.txt", "a PNG image is not read yet"),
        (b"%PDF-1.7 ...", "page", "PDF is not read yet"),
        (b"PK\x03\x04....", "page.txt", "a zip archive is not read yet"),
        (b'<?xml version="1.0"?>\n<alto xmlns="http://x"><Layout/></alto>', "page.txt", "ALTO XML is not read yet"),
        ('<?xml version="1.0"?><alto></alto>'.encode("utf-16"), "page.txt", "ALTO XML is not read yet"),
        (b'<?xml version="1.0"?><PcGts>', "page.xml", "PAGE XML is not read yet"),
        (b"<html><body><div class='ocr_page'>", "page.html", "hOCR is not read yet"),
        (b"<!DOCTYPE html><html><body>", "page.txt", "HTML is not read yet"),
        (SHORT.encode(), "page.docx", "Word or OpenDocument is not read yet"),
    ],
)
def test_what_is_no_plain_text_is_refused_in_one_line(data: bytes, name: str, told: str) -> None:
    with pytest.raises(InputError) as caught:
        read_stream(data, name)
    line = str(caught.value)
    assert line.startswith(f"{name}: ") and told in line and "\n" not in line
    assert caught.value.remedy


def test_a_less_than_sign_does_not_make_a_text_xml() -> None:
    assert read_stream("< > Товарищи! <неразборчиво> и далее".encode(), "page.txt").text.startswith("< >")


def test_a_file_that_cannot_be_opened_is_an_input_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "page.txt"
    path.write_text(SHORT, encoding="utf-8")

    def refuse(self: Path) -> bytes:
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(InputError, match="permission denied"):
        read(path)
    with pytest.raises(InputError, match="is a folder"):
        monkeypatch.undo()
        read(tmp_path)


def _tree(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(SHORT, encoding="utf-8")


def test_a_folder_yields_its_transcripts_without_their_companions(tmp_path: Path) -> None:
    _tree(
        tmp_path, "b.txt", "a.ru.txt", "a.en.txt", "a.truth.txt", "b.gt.txt", "notes.md", ".hidden/x.txt", "1950/c.txt"
    )
    found = [path.relative_to(tmp_path).as_posix() for path in discover([str(tmp_path)])]
    assert found == ["a.ru.txt", "b.txt", "1950/c.txt"]


def test_a_named_file_is_taken_as_it_is_and_only_once(tmp_path: Path) -> None:
    _tree(tmp_path, "a.txt", "a.truth.txt", "scan.ocr")
    (tmp_path / "link.txt").symlink_to(tmp_path / "a.txt")
    named = [str(tmp_path / name) for name in ("scan.ocr", "a.truth.txt", "a.txt", "link.txt", "a.txt")]
    assert [path.name for path in discover([*named, str(tmp_path)])] == ["scan.ocr", "a.truth.txt", "a.txt"]


def test_nothing_to_read_is_an_input_error(tmp_path: Path) -> None:
    _tree(tmp_path, "a.en.txt", "README.md")
    with pytest.raises(InputError, match="without transcripts"):
        discover([str(tmp_path)])
    with pytest.raises(InputError, match="no such file or folder"):
        discover([str(tmp_path / "missing.txt")])


def test_the_translation_lies_beside_its_transcript(tmp_path: Path) -> None:
    _tree(tmp_path, "a.ru.txt", "a.en.txt", "b.txt", "b.en.txt", "c.txt")
    assert companion(tmp_path / "a.ru.txt") == tmp_path / "a.en.txt"
    assert companion(tmp_path / "b.txt") == tmp_path / "b.en.txt"
    assert companion(tmp_path / "c.txt") is None
    assert companion(tmp_path / "a.en.txt") is None


def test_a_real_archive_is_named_as_one(tmp_path: Path) -> None:
    path = tmp_path / "pages.txt"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("page.txt", SHORT)
    with pytest.raises(InputError, match="zip archive"):
        read(path)
