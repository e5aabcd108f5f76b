"""A translation stands beside the sentences it translates."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from sverka.align.bitext import align, translation_of
from sverka.model import Bitext, Document, Span, Transcript
from sverka.text.document import analyse


def document(text: str, path: str = "x.txt") -> Document:
    return analyse(Transcript(path, text))


def bitext(path: Path, other: Path | None = None) -> tuple[Document, Bitext]:
    taken_apart = document(path.read_text("utf-8"), str(path))
    translation = translation_of(taken_apart, Transcript(str(other), other.read_text("utf-8")) if other else None)
    assert translation
    return taken_apart, align(taken_apart, translation)


def beside(found: tuple[Document, Bitext], words: str) -> str:
    text = found[0].transcript.text
    start = text.index(words)
    return " ".join(found[1].beside(Span(start, start + len(words))).split())


@pytest.mark.parametrize(
    ("words", "translation"),
    [
        ("топорь", "let it be waged now"),
        ("дисемкиновской", "run by Syngman Rhee"),
        ("ШТЯКОВУ", "PYONGYANG, To SHTYKOV"),
        ("штурмовой", "imposing display of force"),
        ("Конечно, но следует", "In my opinion, we should not"),
        ("ского империализма", "revitalizing Japanese imperialism"),
        ("пяти-пятидесятых", "minimum of five-six divisions"),
        ("20.15", "delivered to Comrade Bulganin on October 7, 1950 at 22:15"),
        ("Булатовым", "delivered to Comrade Bulganin"),
        ("не хочет втягивать", "did not want to draw the USSR into the war"),
    ],
)
def test_the_letter(letter: Path, words: str, translation: str) -> None:
    assert translation in beside(bitext(letter), words)


@pytest.mark.parametrize(
    ("name", "words", "translation"),
    [
        ("shtykov-cable", "21-й", "24th Infantry Division"),
        ("shtykov-cable", "статок", "no contact with the center"),
        ("shtykov-cable", "02.10", "02:40"),
        ("shtykov-cable", "Пхеньяна", "c) to agree to the transfer"),
        ("roshchin-memo", "15—26", "15-20 percent"),
        ("roshchin-memo", "РОЩИК", "N. ROSHCHIN"),
        ("sadchikov-qavam", "закрып", "closed his newspaper"),
        ("sadchikov-qavam", "78 процен-", "75 percent"),
    ],
)
def test_translations_within_the_file(bilingual: Path, name: str, words: str, translation: str) -> None:
    assert translation in beside(bitext(bilingual / f"{name}.txt"), words)


def test_a_translation_in_a_file_of_its_own(bilingual: Path) -> None:
    found = bitext(bilingual / "finnish-talks.ru.txt", bilingual / "finnish-talks.en.txt")
    assert beside(found, "семьдесят первый").endswith("in his 78th year.")
    text = found[1].translation.transcript.text
    alone = [pair.target.of(text) for pair in found[1].pairs if pair.target and not pair.source]
    assert any(sentence.startswith("MOLOTOV replies") for sentence in alone)


def test_every_sentence_is_in_one_pair_in_order(letter: Path) -> None:
    taken_apart, laid = bitext(letter)
    sources = [pair.source for pair in laid.pairs if pair.source]
    targets = [pair.target for pair in laid.pairs if pair.target]
    assert sources == sorted(sources) and targets == sorted(targets)
    for sentence in taken_apart.sentences:
        assert sum(span.contains(sentence) for span in sources) == 1
    for sentence in laid.translation.sentences:
        assert sum(span.contains(sentence) for span in targets) == 1


def test_two_pages_take_no_time(letter: Path) -> None:
    taken_apart = document(letter.read_text("utf-8"))
    translation = translation_of(taken_apart)
    assert translation
    align(taken_apart, translation)
    start = time.perf_counter()
    align(taken_apart, translation)
    assert time.perf_counter() - start < 0.3


def test_a_document_without_a_translation_has_none() -> None:
    assert translation_of(document("Посол принял делегацию и сообщил об ответе.")) is None


@pytest.mark.parametrize(("russian", "english"), [(1, 40), (40, 1), (3, 200), (200, 3)])
def test_very_unequal_texts_are_aligned_somehow(russian: int, english: int) -> None:
    taken_apart = document("Посол принял делегацию и ушел.\n\n" * russian)
    translation = translation_of(
        taken_apart, Transcript("y", "The envoy received the delegation and left.\n\n" * english)
    )
    assert translation
    pairs = align(taken_apart, translation).pairs
    assert pairs[-1].source is None or pairs[-1].source.end == taken_apart.sentences[-1].end
