"""Each part of a transcript is taken for what it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from sverka.model import PassageKind
from sverka.text.passages import passages

RUSSIAN = "Посол принял делегацию и сообщил, что ответ правительства будет дан в ближайшие дни."
ENGLISH = "The ambassador received the delegation and said that the answer of the government would be given soon."


def cut(text: str) -> list[tuple[str, str]]:
    """Kind and first words of each passage."""
    return [(part.kind.value, part.span.of(text).strip()) for part in passages(text)]


def kinds(text: str) -> list[str]:
    return [kind for kind, _ in cut(text)]


def assert_covered(text: str) -> None:
    parts = passages(text)
    assert "".join(part.span.of(text) for part in parts) == text


def test_the_letter(letter: Path) -> None:
    text = letter.read_text("utf-8")
    assert_covered(text)
    found = cut(text)
    assert [kind for kind, _ in found] == ["metadata", "mark", "text", "mark", "text", "translation"]
    assert found[0][1].endswith("Translation - English")
    assert found[1][1].split() == ["N", "120,", "II", "369", "63"]
    assert found[2][1].startswith("ЦЕННЫМ") and found[3][1] == "- 2 -"
    assert found[4][1].endswith("20.15.ш.ш.ш.") and found[5][1].startswith("PYONGYANG")


@pytest.mark.parametrize(
    ("name", "expected", "first"),
    [
        ("shtykov-cable.txt", ["metadata", "mark", "text", "mark", "text", "translation"], "СОВ. СЕКРЕТНО"),
        ("roshchin-memo.txt", ["metadata", "text", "mark", "text", "translation"], "ИЗ ДНЕВНИКА"),
        ("sadchikov-qavam.txt", ["metadata", "text", "translation"], "ТЕГЕРАН."),
        ("finnish-talks.ru.txt", ["metadata", "text", "mark", "text", "mark", "text"], "СЕКРЕТНО"),
        ("finnish-talks.en.txt", ["translation"], ""),
    ],
)
def test_documents_with_a_catalogue_block(bilingual: Path, name: str, expected: list[str], first: str) -> None:
    text = (bilingual / name).read_text("utf-8")
    assert_covered(text)
    assert kinds(text) == expected
    assert next((body for kind, body in cut(text) if kind == "text"), "").startswith(first)


def test_plain_russian_is_text_throughout_heading_and_all() -> None:
    text = f"ПРОТОКОЛ\n\nтретьего заседания\n\n12\n\n{RUSSIAN}\n{RUSSIAN}\n\n— 13 —\n{RUSSIAN}\n"
    assert kinds(text) == ["text", "mark", "text", "mark", "text"]
    assert cut(text)[0][1].startswith("ПРОТОКОЛ")


@pytest.mark.parametrize(
    "line",
    [
        "Это сообщило агентство United Press of America.",
        "H@yX An",
        "B OTBeT Ha 3TO",
        "MOCKBA, TOB. MOJIOTOBY",
        "Secret",
    ],
)
def test_latin_among_russian_is_still_russian(line: str) -> None:
    assert kinds(f"{RUSSIAN}\n\n{line}\n\n{RUSSIAN}\n{line}\n{RUSSIAN}\n") == ["text"]


def test_a_number_within_a_paragraph_is_no_page_number() -> None:
    assert kinds(f"{RUSSIAN}\n1950\n{RUSSIAN}\n") == ["text"]


@pytest.mark.parametrize(
    "mark",
    [
        "63",
        "- 2 -",
        "— 13 —",
        "[65]",
        "стр. 7",
        "л. 12 об.",
        "N 120, II",
        "№ 418/ш",
        "IV",
        "ф. 45, оп. 1, д. 347, л. 65",
    ],
)
def test_marks(mark: str) -> None:
    assert cut(f"{RUSSIAN}\n\n{mark}\n\n{RUSSIAN}\n")[1] == ("mark", mark)


def test_english_first() -> None:
    assert kinds(f"{ENGLISH}\n\n{ENGLISH}\n\n{RUSSIAN}\n\n{RUSSIAN}\n") == ["translation", "text"]


def test_english_and_russian_by_turns() -> None:
    turns = "".join(f"{RUSSIAN}\n\n{ENGLISH}\n\n" for _ in range(4))
    assert kinds(turns) == ["text", "translation"] * 4


def test_a_short_english_title_is_catalogue_text() -> None:
    text = f"Letter of the Ambassador to the Minister\n\n{(RUSSIAN + ' ') * 4}\n\n{(ENGLISH + ' ') * 4}\n"
    assert kinds(text) == ["metadata", "text", "translation"]


def test_a_russian_catalogue_block() -> None:
    text = (
        "**8 октября 1950 г.**\n**Письмо посла министру**\n\n**Источник:**\n\nАВП РФ, ф. 1.\n\n**Аннотация:**\n\n"
        f"Посол сообщает об ответе.\n\n**Язык оригинала:** русский\n\nСЕКРЕТНО\n\n{RUSSIAN}\n"
    )
    assert kinds(text) == ["metadata", "text"]
    assert cut(text)[1][1].startswith("СЕКРЕТНО")


def test_one_label_makes_no_catalogue_block() -> None:
    assert kinds(f"Содержание: о поставках.\n\n{RUSSIAN}\n") == ["text"]


def test_a_text_of_blank_lines_only_has_one_passage() -> None:
    assert [part.kind for part in passages("\n \n")] == [PassageKind.TEXT]
