"""A transcript beside its translation: what one side has and the other has not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sverka.config import Config
from sverka.errors import UsageError
from sverka.export.diff_html import translation_html
from sverka.export.translation_diff import Beside, Mismatch, translation_json, translation_lines, translation_summary
from sverka.language.names import Gazetteer
from sverka.load import read
from sverka.model import Transcript
from sverka.workflow.bilingual import beside, gazetteer

BILINGUAL = Path(__file__).resolve().parents[2] / "data" / "bilingual"


@pytest.fixture(scope="module")
def names() -> Gazetteer:
    return gazetteer(Config())


@pytest.fixture(scope="module")
def cable(names: Gazetteer) -> Beside:
    return beside(read(BILINGUAL / "shtykov-cable.txt"), None, names)


def told(found: Beside) -> list[tuple[str, str, str]]:
    return [
        (
            unmatched.kind.value,
            unmatched.here.of(found.transcript.text) if unmatched.here else "",
            unmatched.there.of(found.translation.text) if unmatched.there else "",
        )
        for unmatched in found.unmatched
    ]


def test_numbers_and_names_without_partner(names: Gazetteer) -> None:
    russian = (
        "Товарищ Сталин принял Кавама в 22 часа.\n\nОн сказал, что взято 41 орудие и один самолет.\n\n"
        "На этом беседа в Кремле закончилась, и Сталин проводил гостей.\n"
    )
    english = (
        "Comrade Stalin received Pishevari at 10 p.m.\n\nHe said that 47 guns and one aircraft had been taken.\n\n"
        "With this the conversation in the Kremlin ended, and Stalin saw the guests off.\n"
    )
    found = beside(Transcript("x.ru.txt", russian), Transcript("x.en.txt", english), names)
    assert told(found) == [
        ("name", "Кавама", ""),
        ("name", "", "Pishevari"),
        ("number", "41", "47"),
    ]
    lines = list(translation_lines(found))
    assert lines[0].startswith("x.ru.txt:1:23: name: Товарищ Сталин принял [-Кавама-] в 22 часа. ‖ Comrade Stalin")
    assert lines[1].startswith("x.en.txt:1:25: name: ")
    assert lines[2].startswith("x.ru.txt:3:22: number: Он сказал, что взято [-41-] орудие")
    assert lines[2].endswith("‖ He said that {+47+} guns and one aircraft had been taken.")
    assert translation_summary(found) == "3 differences (number: 1, name: 2) in 3 pairs of sentences"


def test_a_sentence_that_only_the_translation_has(names: Gazetteer) -> None:
    files = [BILINGUAL / f"finnish-talks.{language}.txt" for language in ("ru", "en")]
    found = beside(read(files[0]), read(files[1]), names)
    assert ("sentence", "", "MOLOTOV replies that the two sides will consult each other.") in told(found)
    assert ("number", "семьдесят первый", "78th") in told(found)


def test_the_translation_in_the_same_file(cable: Beside) -> None:
    found = told(cable)
    assert ("number", "21", "24th") in found
    assert ("name", "", "VYSHINSKY") in found
    assert len(found) < 12


def test_kinds_can_be_left_out(cable: Beside) -> None:
    kept = cable.without({Mismatch.NAME})
    assert set(kept.counts()) == {Mismatch.NUMBER}
    assert kept.ignored + len(kept.unmatched) == len(cable.unmatched)
    assert "ignored: " in translation_summary(kept)


def test_json_and_page_have_all_of_it(cable: Beside) -> None:
    document = json.loads(translation_json(cable))
    assert document["counts"] == {kind.value: count for kind, count in cable.counts().items()}
    numbers = [found for found in document["differences"] if found["class"] == "number"]
    assert {"21", "24th"} <= {side["text"] for found in numbers for side in (found["here"], found["there"]) if side}
    page = translation_html(cable, program="sverka")
    assert page.count("<del id=") + page.count("<ins id=") >= len(cable.unmatched)
    assert ">24th</ins>" in page


def test_without_a_translation_there_is_nothing_to_compare_with(names: Gazetteer) -> None:
    with pytest.raises(UsageError, match="nothing to compare with"):
        beside(Transcript("x.txt", "Только русский текст, и больше ничего."), None, names)
