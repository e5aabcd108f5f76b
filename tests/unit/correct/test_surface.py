"""Errors that show in the signs: which are found, and what is let pass."""

from __future__ import annotations

import pytest
from casing_toys import NOISE, read

from sverka.correct import surface
from sverka.model import Finding, Rule

PROSE = "Теперь слова в своей земле не имеется, что и было, но это не то. " * 4


def found(text: str) -> tuple[Finding, ...]:
    stream, casing = read(text)
    return tuple(surface.find(stream, text, casing))


@pytest.mark.parametrize(
    ("text", "meant", "rule"),
    [
        ("М\N{LATIN SMALL LETTER O}сква", "Москва", Rule.SCRIPT),
        ("CCCP", "\u0421\u0421\u0421\u0420", Rule.SCRIPT),  # all of it Latin, but a Russian word
        ("ч\N{LATIN SMALL LETTER C}о", "чсо", Rule.SCRIPT),  # two alphabets in a word are never right
        ("\N{LATIN CAPITAL LETTER T}-34", "Т-34", Rule.SCRIPT),
        ("\N{LATIN CAPITAL LETTER H}\N{LATIN SMALL LETTER E}", "не", Rule.SCRIPT),  # no capital is due here
        ("\N{LATIN CAPITAL LETTER H}\N{LATIN CAPITAL LETTER A}", "на", Rule.SCRIPT),
        ("З8-ю", "38-ю", Rule.NUMBER),
        ("195О", "1950", Rule.NUMBER),
        ("имеетСя", "имеется", Rule.CASE),
        ("ЧТо", "что", Rule.CASE),
        ("ТОВАРИщ", "ТОВАРИЩ", Rule.CASE),
        ("по-мОему", "по-моему", Rule.CASE),
        ("имеет-\nСя", "имеет-\nся", Rule.CASE),  # the line end stays
        ("энгельса", "Энгельса", Rule.CASE),
    ],
)
def test_what_is_found(text: str, meant: str, rule: Rule) -> None:
    page = f"{NOISE}и {text} и"
    (finding,) = found(page)
    assert finding.span.of(page) == finding.original == text
    assert finding.rule is rule
    assert finding.candidates[0].text == meant
    assert finding.confidence > 0.5
    assert sum(candidate.probability for candidate in finding.candidates) <= finding.confidence < 1
    assert finding.candidates[0].evidence


@pytest.mark.parametrize(
    "text",
    [
        "Москва",
        "СССР",
        "Союз",  # as often with a capital as without
        "XIX",  # Roman figures
        "World",  # English
        "HAC",  # Latin, and reads as no Russian word that is known
        "\N{LATIN CAPITAL LETTER B}",  # a letter by itself, before no word
        "38-ю",
        "1950",
        "15-й",
        "Т-34",
        "МиГ-15",  # capitals within a word the lexicon does not have
        "какой-нибудь",
        "Топорь",  # not known: no matter of case
        "С.",  # an initial
        "i\u0301",
    ],
)
def test_what_is_let_pass(text: str) -> None:
    assert found(f"и {text}, и") == ()


def test_a_capital_in_mid_sentence_is_told_with_how_rare_it_is() -> None:
    text = PROSE.replace("в своей", "в Своей", 1) + NOISE * 3 + "но Не то"
    finding = found(text)[0]
    assert (finding.original, finding.candidates[0].text) == ("Своей", "своей")
    assert finding.confidence > 0.5
    assert "99.9 % of its uses have a small letter" in finding.candidates[0].evidence[0].detail


def test_a_clean_page_is_left_alone() -> None:
    assert (
        found(PROSE + "Это Советский Союз.\n\n" + "СРЕДИ СЛОВА\n\nЗаконы:\n\n1. Теперь было.\n2. Народ пишет.\n") == ()
    )


def test_verse_begins_its_lines_with_capitals() -> None:
    lines = ["Теперь народ вместе пишет", "Среди крестьянству слова", "Но это было на земле", "И в своей земле законы"]
    assert found("\n".join(lines * 3) + "\n") == ()


def test_a_paragraph_begins_with_a_capital() -> None:
    text = PROSE + "\n\nсреди слова не то.\n\n" + NOISE
    (finding,) = [f for f in found(text) if f.rule is Rule.CASE]
    assert (finding.original, finding.candidates[0].text) == ("среди", "Среди")
    assert finding.candidates[0].evidence[0].detail == "a sentence begins here"


def test_a_word_in_capitals_among_small_ones_needs_a_bad_page() -> None:
    assert [f.candidates[0].text for f in found(f"{NOISE}и ОНИ не {NOISE}")] == ["они"]
    assert found(PROSE + "И ОНИ не то.") == ()
    assert found(f"{NOISE}\n\nЗАКОНЫ СРЕДИ НАРОД\n\n{NOISE}") == ()


def test_latin_letters_in_company_are_surer() -> None:
    alone = "было \N{LATIN CAPITAL LETTER B} земле"
    assert [f.confidence for f in found(alone)] == [0.4]
    company = alone + " и \N{LATIN SMALL LETTER C} слова и н\N{LATIN SMALL LETTER A}род"
    assert found(company)[0].confidence == 0.9
    assert found("было World \N{LATIN CAPITAL LETTER B} земле") == ()  # among foreign words


def test_findings_come_in_the_order_of_the_text() -> None:
    text = "и имеетСя З8-ю ЧТо"
    assert [finding.original for finding in found(text)] == text.split()[1:]
