"""Sentences: where they end, where they do not, and that nothing is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from sverka.model import PassageKind, Span, Transcript
from sverka.text.document import analyse
from sverka.text.sentences import sentences


def split(text: str) -> list[str]:
    return [span.of(text) for span in sentences(text, Span(0, len(text)))]


@pytest.mark.parametrize(
    "legible",
    [
        "Я ответил отказом. | Он ушел.",
        "На беседе был тов. Чжу Дэ и т. Шибаев. | Переводил т. е. помогал В. И. Петров.",
        "8 октября 1950 г. Советский Союз ответил. | В 1951 г. он повторил.",
        "Это было в 1950 г. | Он уехал.",
        "Что делать? | «Чорт с ним!» | И он ушел.",
        "— Да! — сказал он. | — Нет.",
        "1. Посол сообщил, что дело плохо. | 2) Он ждет.",
        "Взято 20.15 тонн… и еще. | Все.",
        "On 14 July at 10 p.m. I was visited by Lt. Gen. Vasiliev. | He left at 11 p.m. | The U.S. envoy stayed.",
        'He said: "We must go." | "Why?" | Cde. Zhu De was silent.',
    ],
)
def test_within_a_paragraph(legible: str) -> None:
    text = legible.replace(" | ", " ")
    assert split(text) == legible.split(" | ")


def test_a_paragraph_ends_a_sentence() -> None:
    assert split("сепаратного мира с\n\nского империализма") == ["сепаратного мира с", "ского империализма"]


def test_typed_lines_run_on() -> None:
    text = "Третье требование он счита-\nет приемлемым, но опасается\nмести. Так он сказал нам сегодня\nутром.\n"
    assert split(text) == [text[: text.index(" Так")], text[text.index("Так") :].strip()]


def test_lines_of_a_letterhead_and_of_a_list_are_on_their_own() -> None:
    assert split("ИЗ ДНЕВНИКА  \nН. В. РОЩИНА\n") == ["ИЗ ДНЕВНИКА", "Н. В. РОЩИНА"]
    assert split("просьбы:\nа) ускорить отправку;\nб) прислать советников.") == [
        "просьбы:",
        "а) ускорить отправку;",
        "б) прислать советников.",
    ]


def test_every_sign_of_the_text_is_in_exactly_one_sentence(bilingual: Path, letter: Path) -> None:
    for path in (letter, *sorted(bilingual.glob("*.txt"))):
        document = analyse(Transcript(str(path), path.read_text("utf-8")))
        text = document.transcript.text
        covered = [i for span in document.sentences for i in range(span.start, span.end)]
        wanted = {
            i
            for part in document.passages
            if part.kind is PassageKind.TEXT
            for i in range(part.span.start, part.span.end)
            if not text[i].isspace()
        }
        assert len(covered) == len(set(covered))
        assert wanted == {i for i in covered if not text[i].isspace()}
        assert document.sentences == tuple(sorted(document.sentences))
