"""What the pictures of a report show: misreadings, reliability, work over time, errors that remain."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from math import isclose

import pytest
from export_samples import decision, document, finding

from sverka.export.charts import Bar, Point, bars, columns, diagonal, heat_map
from sverka.export.figures import Figures, figures
from sverka.export.report_contents import Contents
from sverka.export.statistics import RECALL, estimate, misreadings, reliability, work
from sverka.model import (
    Candidate,
    Checked,
    Decision,
    ErrorClass,
    Finding,
    Passage,
    PassageKind,
    Report,
    Reviewed,
    Rule,
    Span,
    Transcript,
    Verdict,
)

TEXT = "пусть топорь будет штурмовой и вместо нас домь"


def told(findings: Iterable[Finding], decisions: Iterable[Decision] = (), text: str = TEXT) -> Figures:
    return figures(report(findings, decisions, text))


def report(findings: Iterable[Finding], decisions: Iterable[Decision] = (), text: str = TEXT) -> Report:
    checked = Checked(document(Transcript("a.txt", text)), tuple(findings))
    return Report((Reviewed(checked, tuple(decisions)),), (), "2026-03-02T08:00:00Z", "sverka 0.0")


def test_signs_are_counted_from_decisions_and_sure_candidates() -> None:
    first, second = finding(TEXT, "топорь", "теперь"), finding(TEXT, "домь", "дом")
    unsure = replace(finding(TEXT, "вместо", "вместе"), candidates=(Candidate("вместе", 0.6, "lexicon"),))
    found = misreadings(told([first, second, unsure], [decision(first, Verdict.ACCEPT, "теперь")]).rows)
    assert [(one.read, one.meant, one.decided, one.likely) for one in found] == [
        ("о", "е", 2, 0),
        ("ь", "∅", 0, 1),
    ]


def test_latin_letters_are_told_from_russian_ones() -> None:
    text = "пусть тoпорь нас"
    latin = finding(text, "тoпорь", "топорь")
    contents = Contents.of(report([latin], [decision(latin, Verdict.ACCEPT, "топорь")], text), title="t")
    shown = next(picture for picture in contents.pictures if picture.name == "signs")
    assert shown.rows == (("о", "oᴸ", 1, 0),)


def test_another_word_is_no_misread_sign() -> None:
    other = finding(TEXT, "штурмовой", "внушительной")
    assert misreadings(told([other], [decision(other, Verdict.ACCEPT, "внушительной")]).rows) == ()


def test_the_error_of_the_page_is_none_of_the_transcript() -> None:
    first = finding(TEXT, "топорь", "теперь")
    of_page = replace(decision(first, Verdict.ACCEPT, "теперь"), error_class=ErrorClass.SOURCE)
    shown = told([first], [of_page])
    assert shown.corrected == 0
    assert misreadings(shown.rows) == ()
    assert reliability(shown.rows)[0].confirmed == 0


def test_reliability_is_that_of_what_was_said_when_it_was_decided() -> None:
    first, second = finding(TEXT, "топорь", "теперь"), finding(TEXT, "домь", "дом")
    said = [
        replace(decision(first, Verdict.ACCEPT, "теперь"), confidence=0.55),
        replace(decision(second, Verdict.REJECT), confidence=1.0),
    ]
    unprompted = decision(finding(TEXT, "нас", None, rule=Rule.EDITOR), Verdict.AMEND, "вас")
    bins = reliability(told([first, second], [*said, unprompted]).rows)
    assert [(one.low, one.decided, one.confirmed, one.said) for one in bins] == [(0.5, 1, 1, 0.55), (0.9, 1, 0, 1.0)]


def test_work_is_by_day_then_by_month_and_has_no_gaps() -> None:
    first, second = finding(TEXT, "топорь", "теперь"), finding(TEXT, "домь", "дом")

    def periods(at: str) -> list[tuple[str, int]]:
        said = [decision(first, Verdict.ACCEPT, "теперь"), replace(decision(second, Verdict.REJECT), at=at, by="")]
        return [(period.name, period.count) for period in work(told([first, second], said).rows)]

    assert periods("2026-03-03T00:00:00Z") == [("2026-03-01", 1), ("2026-03-02", 0), ("2026-03-03", 1)]
    assert periods("2026-08-01T00:00:00Z")[:2] == [("2026-03", 1), ("2026-04", 0)]
    assert periods("whenever") == [("2026-03-01", 1)]
    assert work(told([first]).rows) == ()


def test_the_estimate_adds_up() -> None:
    open_one = replace(finding(TEXT, "топорь", "теперь"), confidence=0.8)
    mended = finding(TEXT, "домь", "дом")
    found = estimate(told([open_one, mended], [decision(mended, Verdict.ACCEPT, "дом")]))
    assert found.open_expected == 0.8
    assert isclose(found.open_spread, 1.96 * (0.8 * 0.2) ** 0.5)
    assert all(
        isclose(unseen, 1.8 * (1 - recall) / recall)
        for unseen, recall in zip(found.unseen, sorted(RECALL, reverse=True), strict=True)
    )
    assert found.low <= found.open_expected + found.unseen[0] <= found.high


def test_what_editors_found_by_themselves_is_missing_no_more() -> None:
    mended = finding(TEXT, "домь", "дом")
    unprompted = decision(finding(TEXT, "нас", None, rule=Rule.EDITOR), Verdict.AMEND, "вас")
    found = estimate(told([mended], [decision(mended, Verdict.ACCEPT, "дом"), unprompted]))
    assert found.unseen == (0.0, 0.0)


def test_pages_are_parted_by_form_feeds_and_page_numbers() -> None:
    text = "- 1 -\nпусть топорь\n\fбудет домь домь\n- 3 -\nи нас\n"
    parts = document(Transcript("a.txt", text))
    marks = [Span(at, text.index("\n", at) + 1) for at in (0, text.index("- 3"))]
    passages = tuple(Passage(mark, PassageKind.MARK) for mark in marks)
    words = tuple(sorted((t for t in parts.tokens if t.text[0].isalpha()), key=lambda token: token.span))
    checked = Checked(replace(parts, passages=passages, tokens=words), (finding(text, "домь", "дом", nth=1),))
    shown = figures(Report((Reviewed(checked),), (), "2026-03-02T08:00:00Z", "p"))
    assert [(page.number, page.words, page.total) for page in shown.documents[0].pages] == [
        (1, 2, 0),
        (2, 3, 1),
        (3, 2, 0),
    ]
    assert [row.place.page for row in shown.rows] == [2]


def test_a_report_of_what_is_new_estimates_nothing() -> None:
    narrowed = replace(report([finding(TEXT, "домь", "дом")]), since="first-pass", unchanged=3)
    contents = Contents.of(narrowed, title="t")
    assert contents.estimate is None
    assert {picture.name for picture in contents.pictures}.isdisjoint({"remaining", "documents", "pages"})


EVIL = "</svg><script>\x1b\N{RIGHT-TO-LEFT OVERRIDE}&"


@pytest.mark.parametrize(
    "chart",
    [
        bars(EVIL, EVIL, [Bar(EVIL, (1,), EVIL)], ["bar"]),
        columns(EVIL, EVIL, [Bar(EVIL, (1,), EVIL)], ["bar"]),
        heat_map(EVIL, EVIL, [EVIL], [EVIL], [[1]]),
        diagonal(EVIL, EVIL, [Point(0.5, 0.5, 1)], EVIL, EVIL),
    ],
)
def test_no_text_gets_loose_in_a_chart(chart: str) -> None:
    assert chart.count("</svg>") == 1
    assert "<script>" not in chart
    assert "\x1b" not in chart
    assert "\N{RIGHT-TO-LEFT OVERRIDE}" not in chart


def test_charts_of_nothing_are_charts() -> None:
    empty = [
        bars("t", "a", [], []),
        columns("t", "a", [], []),
        heat_map("t", "a", [], [], []),
        diagonal("t", "a", [], "", ""),
    ]
    zero = bars("t", "a", [Bar("x", (0, 0), "0")], ["bar", "others"])
    assert all(chart.startswith("<svg") and chart.endswith("</svg>") for chart in (*empty, zero))
