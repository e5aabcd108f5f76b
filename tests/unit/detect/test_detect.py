"""Structural rules: what they find and, more important, what they let pass."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pymorphy3
import pytest

from sverka.align.bitext import align, translation_of
from sverka.detect import detect
from sverka.model import Finding, Rule, Transcript
from sverka.text.document import analyse

Run = Callable[..., tuple[Finding, ...]]


@pytest.fixture(scope="session")
def run() -> Run:
    """Findings in a Russian text, with its English where given (or in the same text)."""
    dictionary = pymorphy3.MorphAnalyzer()

    def findings(russian: str, english: str = "") -> tuple[Finding, ...]:
        document = analyse(Transcript("x.txt", russian))
        translation = translation_of(document, Transcript("y.txt", english)) if english else translation_of(document)
        bitext = align(document, translation) if translation else None
        return detect(document, bitext, lambda word: bool(dictionary.word_is_known(word.lower())))

    return findings


def said(findings: tuple[Finding, ...]) -> list[tuple[str, str, str | None]]:
    return [(f.rule.value, f.original, f.candidates[0].text if f.candidates else None) for f in findings]


def test_the_letter(run: Run, letter: Path) -> None:
    assert said(run(letter.read_text("utf-8"))) == [
        ("lacuna", "с\n\nского", None),
        ("repetition", "пяти-пятидесятых", "пяти-шести"),
        ("number", "20.15", "22.15"),
        ("repetition", ".ш.ш.ш.", ""),
    ]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (
            "shtykov-cable",
            [
                ("number", "21-й", "24-й"),
                ("lacuna", "имеют \n\n— 13 —\n\nстаток", None),
                ("repetition", "Пхеньяна Пхеньяна", "Пхеньяна"),
                ("number", "02.10", "02.40"),
            ],
        ),
        (
            "roshchin-memo",
            [("repetition", "прошлогоднего прошлогоднего", "прошлогоднего"), ("number", "15—26", "15—20")],
        ),
        ("sadchikov-qavam", [("number", "78", "75")]),
    ],
)
def test_constructed_documents(run: Run, bilingual: Path, name: str, expected: list[tuple[str, str, str]]) -> None:
    assert said(run((bilingual / f"{name}.txt").read_text("utf-8"))) == expected
    assert run((bilingual / f"{name}.truth.txt").read_text("utf-8")) == ()


def test_a_translation_in_its_own_file(run: Run, bilingual: Path) -> None:
    english = (bilingual / "finnish-talks.en.txt").read_text("utf-8")
    found = run((bilingual / "finnish-talks.ru.txt").read_text("utf-8"), english)
    assert said(found) == [
        ("number", "11.30", "17.30"),
        ("lacuna", "", None),
        ("repetition", "Он он", "Он"),
        ("number", "семьдесят первый", "семьдесят восьмой"),
    ]
    assert "two sides will consult" in found[1].message
    assert run((bilingual / "finnish-talks.truth.txt").read_text("utf-8"), english) == ()


def test_findings_are_well_formed(run: Run, letter: Path) -> None:
    text = letter.read_text("utf-8")
    for finding in run(text):
        assert finding.span.of(text) == finding.original
        assert finding.message and finding.id == "" and 0.5 <= finding.confidence <= 0.97
        for candidate in finding.candidates:
            assert candidate.probability <= finding.confidence
            assert candidate.evidence and all(reason.detail for reason in candidate.evidence)


# Repetition


@pytest.mark.parametrize(
    ("text", "original", "candidate"),
    [
        ("Принято в 10 часов. к.к.к.к.", "к.к.к.к.", ""),
        ("Войска вошли в город город вчера.", "город город", "город"),
        ("Войска вошли в этот\nэтот город.", "этот\nэтот", "этот"),
        (
            "Он сказал ему об этом сказал ему об этом вчера.",
            "сказал ему об этом сказал ему об этом",
            "сказал ему об этом",
        ),
        ("Посол ответил делегации.\nПосол ответил делегации.", "\nПосол ответил делегации.", ""),
        ("Прошу о семи-семидесятых дивизиях.", "семи-семидесятых", None),
    ],
)
def test_repetitions(run: Run, text: str, original: str, candidate: str | None) -> None:
    assert said(run(text)) == [("repetition", original, candidate)]


@pytest.mark.parametrize(
    "text",
    [
        "Да, да, это так. Ну, ну, что, что вы?",
        "Это было давно давно, едва-едва, чуть-чуть, очень очень далеко.",
        "Он знал то, что что-то будет; видел его его же глазами.",
        "Приехали т. т. Молотов и Зорин, г. г. Энкель и др.",
        "Прибыл Ван Ван с письмом.",
        "Пять-шесть, десять-пятнадцать, двадцати-двадцатипятиметровый, сто-двести, пяти-шести.",
        "А. А. А. Петров и В. В. В. Иванов.",
        "Ха-ха-ха, ля-ля-ля, но-но-но!",
        "Мы пришли, мы пришли. Война! Война!",
        "Заседание закрылось.\n\nЗаседание закрылось.",
    ],
)
def test_what_writers_repeat_themselves(run: Run, text: str) -> None:
    assert run(text) == ()


# Lacuna


def test_a_fragment_after_a_break_is_a_lacuna_without_a_translation_too(run: Run) -> None:
    text = "Правительство вынуждено отказаться также от договора с\n\n- 7 -\n\nского империализма и от новых уступок.\n"
    (found,) = run(text)
    assert (found.rule, found.original) == (Rule.LACUNA, "с\n\n- 7 -\n\nского")
    assert found.confidence < 0.7


@pytest.mark.parametrize(
    "text",
    [
        "Правительство вынуждено отказаться также от своего\n\nпредложения и от новых уступок.",
        "Правительство вынуждено отказаться.\n\nждение договора",
        "Правительство прекратило обсу-\n\n- 7 -\n\nждение договора.",
    ],
)
def test_broken_prose_is_no_lacuna(run: Run, text: str) -> None:
    assert run(text) == ()


# Numbers


@pytest.mark.parametrize(
    ("russian", "english", "original", "candidate"),
    [
        ("Заседание началось в 22.40 в Москве.", "The session began in Moscow at 10:40 p.m.", None, None),
        ("Заседание началось в 21.40 в Москве.", "The session began in Moscow at 10:40 p.m.", "21.40", "22.40"),
        ("Захвачено 87 орудий и 400 машин.", "They seized 37 guns and 400 cars.", "87", "37"),
        (
            "Ответ дан 4 октября 1950 г. в Пекине.",
            "The answer was given in Beijing on October 7, 1950.",
            "4 октября",
            "7 октября",
        ),
        ("Ответ дан 7 сентября в Пекине.", "The answer was given in Beijing on 7 October.", "7 сентября", "7 октября"),
        ("Получено 7.10.1950 г. в Москве.", "It was received in Moscow on 17 October 1950.", "7.10.1950", "17.10.1950"),
        ("В плен взято 1 180 солдат.", "They took prisoner 1,160 soldiers.", "1 180", "1 160"),
        ("Ему пошел тридцать пятый год.", "He is in his thirty-sixth year now.", "тридцать пятый", "тридцать шестой"),
    ],
)
def test_numbers_against_the_translation(
    run: Run, russian: str, english: str, original: str | None, candidate: str | None
) -> None:
    expected = [("number", original, candidate)] if original else []
    found = run(russian, english)
    assert said(found) == expected
    for finding in found:
        assert finding.candidates[0].origin == "translation"
        assert finding.candidates[0].evidence[0].kind == "translation"


@pytest.mark.parametrize(
    ("russian", "english"),
    [
        ("14 июля в 22 часа меня посетил посол.", "On July 14 at 10 p.m. the ambassador visited me."),
        ("Беседа длилась 1 час 20 минут, до 20 ч. 10 м.", "The talk lasted 1 hour 20 minutes, until 8:10 p.m."),
        ("Прошу пять-шесть дивизий за 38-ю параллель.", "I ask for five or six divisions across the 38th parallel."),
        ("Прошу 5-6 дивизий и 16 700 винтовок.", "I ask for five to six divisions and 16,700 rifles."),
        ("Было 6 тысяч патронов и 1,5 млн рублей.", "There were 6,000 cartridges and 1.5 million roubles."),
        ("Он прочел доклад XVI съезду в 1930 году.", "He read a report to the 16th congress in 1930."),
        ("Тысяча девятьсот сорок девятый год прошел.", "The year 1949 is over for all of us."),
        ('Записано "17" ноября 1949 г. послом.', "Recorded on 17 November 1949 by the ambassador."),
        ("Письмо от 7 сентября получено нами.", "The letter of 9 September [sic] has reached us."),
        ("Взято 87 орудий и много машин.", "They seized guns and a lot of cars."),
        ("Взято 87 орудий и 30 машин.", "They seized 37 guns and 20 cars."),
        ("До города 30 верст пути по лесу.", "It is 250 miles to the town through the woods."),
        ("Это было 22 октября 1917 года здесь.", "It happened here on November 4, 1917."),
        ("Поезд прибыл в двенадцатом часу ночи.", "The train arrived after eleven at night."),
        ("Он один знал об этом и молчал.", "He knew of it all the first two days and was silent."),
    ],
)
def test_the_same_numbers_said_otherwise(run: Run, russian: str, english: str) -> None:
    assert run(russian, english) == ()


@pytest.mark.parametrize("text", ["Прибыли 31 июня.", "Получено 12.13.1950 г.", "Начало в 25 час. 10 мин."])
def test_dates_that_cannot_be(run: Run, text: str) -> None:
    (found,) = run(text)
    assert found.rule is Rule.NUMBER and not found.candidates


# Punctuation


def test_brackets(run: Run) -> None:
    assert said(run("Посол (и его советник] ушли.")) == [("punctuation", "]", ")")]
    assert said(run("Посол (и его советник ушли.")) == [("punctuation", "(", None)]


@pytest.mark.parametrize(
    "text",
    [
        "Посол (и советник) ушли [вчера (в 5)].",
        'ФЫН-СИ".',
        "а) ускорить;\nб) прислать.",
        "«Мир, сказал он.",
        "1) США не готовы;",
    ],
)
def test_no_doubt_no_finding(run: Run, text: str) -> None:
    assert run(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        "Такого решения нет. не означает это и войны.",
        "Посол принял министра. вечером они беседовали.",
        "Посол принял министра.\nвечером они беседовали.",
        "Посол принял министра. \r\nвечером они беседовали.",
        "ПОСОЛ ПРИНЯЛ МИНИСТРА. вечером они беседовали.",
    ],
)
def test_a_point_where_the_sentence_goes_on_in_small_letters(run: Run, text: str) -> None:
    (found,) = run(text)
    assert (found.rule, found.original, found.span.start) == (Rule.PUNCTUATION, ".", text.index("."))
    assert [candidate.text for candidate in found.candidates] == [","]
    assert found.candidates[0].probability <= found.confidence


@pytest.mark.parametrize(
    "text",
    [
        "Посол принял министра. Вечером они беседовали.",
        "Получено сто тыс. рублей и 5 млн. долларов.",  # abbreviations
        "Там были Англия и др. страны.",
        "Это им. товарища Сталина, см. книгу.",
        "Это было в 1950 г. после войны, т. е. вчера.",
        "Посол принял министра.\n\nвечером они беседовали.",  # another paragraph
        "Пункт а. вечером они беседовали.",  # a letter by itself
        "Посол принял министра. и ушел.",  # too short to be sure
        "Посол принял минстрра. вечером они беседовали.",  # no words
        "Посол принял министра. вечрером они беседовали.",
        "Посол принял министра... вечером они беседовали.",
        "Посол принял министра.вечером они беседовали.",
        "Посол принял пол-министра. вечером они беседовали.",
    ],
)
def test_points_that_may_be_right(run: Run, text: str) -> None:
    assert not [found for found in run(text) if found.original == "."]


@pytest.mark.shared
@pytest.mark.parametrize("name", ["news", "stalin"])
def test_clean_text_is_left_alone(run: Run, name: str) -> None:
    text = (Path(__file__).parents[4] / "shared" / "clean" / f"{name}.txt").read_text("utf-8")
    assert len(run(text)) <= 1
