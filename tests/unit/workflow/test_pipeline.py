"""What the checker says of short texts, with the knowledge that ships."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from sverka.config import Config
from sverka.load import read
from sverka.model import Finding, Rule, Transcript
from sverka.workflow.pipeline import Checker


@pytest.fixture(scope="module")
def checker() -> Checker:
    return Checker.open(Config())


def findings(checker: Checker, text: str) -> tuple[Finding, ...]:
    return checker.check(Transcript("text.txt", text)).findings


def first(finding: Finding) -> str:
    return finding.candidates[0].text if finding.candidates else "?"


CLEAN = (
    "Правительство приняло решение об оказании помощи пострадавшим районам.",
    "Он должен итти к чорту, сказал Мао Цзе-дун. Попрежнему нас ждет враг.",
    "Войска фронта продолжали наступление и овладели городом Ржев.",
    "Экз. N 2. Тов. Молотову, копия тов. Вышинскому.",
    "Об этом сообщила газета New York Times со ссылкой на агентство Associated Press.",
    "Доклад под заглавием «Nutrition» был напечатан в Лондоне.",
    "",
    "№ 5",
)


@pytest.mark.parametrize("text", CLEAN)
def test_right_text_is_left_alone(checker: Checker, text: str) -> None:
    assert findings(checker, text) == ()


@pytest.mark.parametrize(
    ("text", "original", "candidate"),
    [
        ("Войска фронта продолжали настунление и овладели городом.", "настунление", "наступление"),
        ("Это было сделано по решению правителсьтва Союза.", "правителсьтва", "правительства"),
        ("Совет министров расмотрел вопрос о торговле.", "расмотрел", "рассмотрел"),
    ],
)
def test_a_misread_word_is_put_right_by_what_is_likely_there(
    checker: Checker, text: str, original: str, candidate: str
) -> None:
    (finding,) = findings(checker, text)
    assert (finding.rule, finding.original, first(finding)) == (Rule.NONWORD, original, candidate)
    assert 0.5 <= finding.confidence <= 1
    assert finding.candidates[0].evidence


@pytest.mark.parametrize(
    ("text", "original", "candidate", "rule"),
    [
        ("Это имеет значение для строитель тва нашей страны.", "строитель тва", "строительства", Rule.SPLIT),
        ("Вопрос о развитии экономи\nческих отношений решен.", "экономи\nческих", "экономических", Rule.HYPHEN),
        ("Он говорил об англо американских войсках.", "англо американских", "англо-американских", Rule.SPLIT),
        ("Состоялись англо-америкапские переговоры.", "англо-америкапские", "англо-американские", Rule.NONWORD),
        ("Войска фронтапродолжали наступление.", "фронтапродолжали", "фронта продолжали", Rule.MERGE),
        ("Решение кажл.ю неделю принимается.", "кажл.ю", "каждую", Rule.SPLIT),
        ("Генерал Маниергейм принял посла.", "Маниергейм", "Маннергейм", Rule.NAME),
        ("Такого решения нет. не означает это и войны.", ".", ",", Rule.PUNCTUATION),
    ],
)
def test_what_shows_in_more_than_the_letters_of_a_word(
    checker: Checker, text: str, original: str, candidate: str, rule: Rule
) -> None:
    (finding,) = findings(checker, text)
    assert (finding.rule, finding.original, first(finding)) == (rule, original, candidate)
    assert sum(candidate.probability for candidate in finding.candidates) <= finding.confidence + 1e-3


@pytest.mark.parametrize(
    "text",
    [
        "Письмо от 7 сент. прошлого года получено нами.",
        "Приехали послы и проч. гости из города.",
        "Жители Московской губ. получили землю.",
    ],
)
def test_a_point_after_an_abbreviation_is_right(checker: Checker, text: str) -> None:
    assert findings(checker, text) == ()


def test_no_candidate_is_offered_twice(checker: Checker) -> None:
    (finding,) = findings(checker, "В городе Москвс состоялось заседание.")
    texts = [candidate.text for candidate in finding.candidates]
    assert len(set(texts)) == len(texts)


def test_latin_letters_in_a_russian_word(checker: Checker) -> None:
    (finding,) = findings(checker, "Прошу передать эти танки cоюзникам до осени.")
    assert (finding.rule, first(finding)) == (Rule.SCRIPT, "союзникам")


def test_capitals_within_a_word(checker: Checker) -> None:
    (finding,) = findings(checker, "В городе имеетСя большой завод.")
    assert (finding.rule, first(finding)) == (Rule.CASE, "имеется")


def test_a_name_that_the_translation_has_explains_one_that_it_has_not(checker: Checker) -> None:
    russian = "Вчера меня посетил посол. Беседа с Вышинсвим продолжалась около часа. Я обещал ответить."
    english = "Yesterday the ambassador visited me. The talk with Vyshinsky lasted about an hour. I promised to reply."
    checked = checker.check(Transcript("a.ru.txt", russian), translation=Transcript("a.en.txt", english))
    (finding,) = checked.findings
    assert (finding.rule, finding.original, first(finding)) == (Rule.NAME, "Вышинсвим", "Вышинским")


def test_the_letter(checker: Checker, letter: Path) -> None:
    checked = checker.check(read(letter))
    said = {finding.original: first(finding) for finding in checked.findings}
    assert said["топорь"] == "теперь"
    assert said["дисемкиновской"] == "лисынмановской"
    assert len(checked.findings) < 25
    assert len({finding.id for finding in checked.findings}) == len(checked.findings)
    spans = [finding.span for finding in checked.findings]
    assert all(a.end <= b.start for a, b in pairwise(spans))
    text = checked.document.transcript.text
    assert all(finding.original == finding.span.of(text) for finding in checked.findings)


def test_the_same_words_twice_have_ids_of_their_own(checker: Checker) -> None:
    line = "Войска фронта продолжали настунление и овладели городом.\n"
    one, two = findings(checker, line * 2)[:2]
    assert one.id != two.id
