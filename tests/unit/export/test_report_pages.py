"""The pages of a report in a browser: nothing of a transcript runs, filters work, phones and paper are served."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import pytest
from export_samples import decision, document, finding
from report_collection import collection

from sverka.export.comparison import compare
from sverka.export.comparison_pages import comparison_html
from sverka.export.report_contents import Contents
from sverka.export.report_data import encode, read_report
from sverka.export.report_html import report_pages
from sverka.model import Checked, Problem, Report, Reviewed, Transcript, Verdict
from tests.browser import PHONE, Reader

HOSTILE = (
    "<script>alert('x')</script><img src=http://evil.example/a.png onerror=alert(1)> "
    '=HYPERLINK("http://evil.example") \x1b[31mтопорь\x1b[0m \N{RIGHT-TO-LEFT OVERRIDE}]]> --> {{7*7}} топорь\n'
)
SCRIPT = "</script><script>alert(2)</script>"


def hostile() -> Report:
    """Everything that comes from elsewhere tries to get loose: text, name, candidate, note, editor, problem."""
    transcript = Transcript(f"t/{SCRIPT}\x1b[2J\N{RIGHT-TO-LEFT OVERRIDE}.txt", HOSTILE)
    first = replace(finding(HOSTILE, "топорь", SCRIPT), message=SCRIPT)
    second = replace(finding(HOSTILE, "топорь", SCRIPT, nth=1), message="<b>")
    said = replace(
        decision(first, Verdict.AMEND, SCRIPT, note=f"{SCRIPT}=1+1"), by=f"<img src=x onerror=alert(3)>{SCRIPT}"
    )
    return Report(
        (Reviewed(Checked(document(transcript), (first, second)), (said,)),),
        (Problem(SCRIPT, SCRIPT, SCRIPT),),
        "2026-03-02T08:00:00Z",
        "sverka 0.0",
    )


def written(report: Report, folder: Path, title: str = "A report") -> Path:
    for path, html in report_pages(Contents.of(report, title=title)):
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(html, encoding="utf-8")
    return folder / "index.html"


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report on one page."""
    return written(collection(14, findings=8), tmp_path_factory.mktemp("small"))


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report whose documents have pages of their own."""
    return written(collection(70, words=60, findings=16), tmp_path_factory.mktemp("large"))


def test_nothing_of_a_transcript_runs(browser: Reader, tmp_path: Path) -> None:
    with browser.open(written(hostile(), tmp_path, SCRIPT)) as opened:
        page = opened.page
        opened.assert_quiet()
        assert opened.requests == [page.url]
        assert "alert('x')" in page.inner_text("main")
        assert page.locator("main script, main img, main b:not(.evidence b)").count() == 0
        assert page.title() == SCRIPT


def test_nothing_runs_in_the_list_of_a_large_report(
    browser: Reader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sverka.export.report_html._ON_ONE_PAGE", 0)
    index = written(hostile(), tmp_path, SCRIPT)
    with browser.open(index) as opened:
        opened.page.locator("#findings").scroll_into_view_if_needed()
        opened.page.locator("table.list tbody tr").first.wait_for()
        assert SCRIPT in opened.page.inner_text("table.list")
        opened.assert_quiet()
    for path in (index.parent / "documents" / "0001.html", index.parent / "series.html"):
        with browser.open(path) as opened:
            opened.assert_quiet()


def test_a_comparison_runs_nothing(browser: Reader, tmp_path: Path) -> None:
    bare = replace(hostile(), documents=tuple(replace(one, decisions=()) for one in hostile().documents))
    old, new = (read_report(encode(Contents.of(one, title=SCRIPT)), "r") for one in (bare, hostile()))
    path = tmp_path / "index.html"
    path.write_text(comparison_html(compare(old, new), title=SCRIPT, program="p"), encoding="utf-8")
    for width in (1200, PHONE):
        with browser.open(path, width=width) as opened:
            opened.assert_quiet()
            assert SCRIPT in opened.page.inner_text("#decided + p + table")
            assert opened.overflow() <= 0


def test_findings_are_filtered_and_sorted(browser: Reader, small: Path) -> None:
    with browser.open(small) as opened:
        page = opened.page
        shown = page.locator(".finding:visible")
        every = shown.count()
        page.select_option("select[name=state]", "rejected")
        rejected = shown.count()
        assert 0 < rejected < every
        assert page.inner_text("form.filter:not(.plain) output") == f"{rejected} of {every} shown"
        assert set(shown.evaluate_all("all => all.map(one => one.dataset.state)")) == {"rejected"}
        page.select_option("select[name=state]", "")
        page.select_option("select[name=order]", "sure")
        first = page.locator(".document").first.locator(".finding")
        confidences = [float(value) for value in first.evaluate_all("all => all.map(one => one.dataset.confidence)")]
        assert confidences == sorted(confidences, reverse=True)
        page.fill("input[name=words]", "нет такого слова")
        assert shown.count() == 0
        opened.assert_quiet()


def test_tables_are_sorted_by_their_heads_and_filtered(browser: Reader, small: Path) -> None:
    with browser.open(small) as opened:
        page = opened.page
        page.click("table.documents th:nth-child(3) button")
        counts = [int(text) for text in page.locator("table.documents td:nth-child(3)").all_inner_texts()]
        assert counts == sorted(counts, reverse=True)
        assert page.get_attribute("table.documents th:nth-child(3)", "aria-sort") == "descending"
        page.click("table.documents th:nth-child(3) button")
        counts = [int(text) for text in page.locator("table.documents td:nth-child(3)").all_inner_texts()]
        assert counts == sorted(counts)
        page.fill("input[aria-label='Find a document']", "page-0003")
        assert (
            page.locator("table.documents tbody tr:visible")
            .all_inner_texts()[0]
            .startswith("transcripts/box-00/page-0003")
        )
        assert page.locator("table.documents tbody tr:visible").count() == 1


def test_the_list_of_a_large_report_is_drawn_as_far_as_it_is_looked_at(browser: Reader, large: Path) -> None:
    with browser.open(large) as opened:
        page = opened.page
        assert page.locator("table.list tbody tr").count() == 0
        page.locator("#findings").scroll_into_view_if_needed()
        page.locator("table.list tbody tr").first.wait_for()
        assert page.locator("table.list tbody tr").count() == 100
        page.click("button.more")
        assert page.locator("table.list tbody tr").count() == 200
        page.fill("input[name=words]", "page-0042")
        page.select_option("select[name=state]", "open")
        entries = page.locator("table.list tbody tr").all_inner_texts()
        assert entries
        assert all("page-0042" in entry and "open" in entry for entry in entries)
        page.locator("table.list tbody a").first.click()
        page.wait_for_url("**/documents/0043.html#f42-*")
        assert page.locator(".finding:target").count() == 1
        page.click("nav a:text('A report')")
        page.wait_for_url("**/index.html")
        opened.assert_quiet()


@pytest.mark.parametrize("which", ["small", "large"])
def test_a_phone_does_not_scroll_sideways(browser: Reader, request: pytest.FixtureRequest, which: str) -> None:
    index: Path = request.getfixturevalue(which)
    for path in (index, *index.parent.glob("series.html"), *index.parent.glob("documents/0001.html")):
        with browser.open(path, width=PHONE) as opened:
            opened.page.evaluate("document.querySelectorAll('details').forEach(one => (one.open = true))")
            assert opened.overflow() <= 0, path.name


def test_paper_has_no_filters_and_all_tables(browser: Reader, small: Path) -> None:
    with browser.open(small) as opened:
        page = opened.page
        page.emulate_media(media="print")
        assert page.locator("form.filter:visible").count() == 0
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        assert page.locator(".picture table:visible").count() == page.locator(".picture").count()
        page.evaluate("dispatchEvent(new Event('afterprint'))")
        assert page.locator(".picture table:visible").count() == 0


def test_all_is_said_without_a_script(browser: Reader, small: Path, large: Path) -> None:
    with browser.open(small, scripts=False) as opened:
        assert opened.page.locator(".finding:visible").count() == sum(
            1 for _ in Contents.of(collection(14, findings=8), title="").figures.rows
        )
        assert opened.page.locator("form.filter:visible").count() == 0
    with browser.open(large, scripts=False) as opened:
        assert "Each document’s page, linked above" in opened.page.inner_text("main")
        opened.page.click("table.documents tbody tr:first-child a")
        assert opened.page.locator(".finding:visible").count() > 0


def test_pictures_can_be_heard(browser: Reader, small: Path) -> None:
    with browser.open(small, dark=True) as opened:
        pictures = opened.page.locator("svg[role=img]")
        assert pictures.count() == opened.page.locator(".picture").count() >= 5
        named = pictures.evaluate_all(
            "all => all.map(one => one.getAttribute('aria-labelledby').split(' ')"
            ".map(id => document.getElementById(id).textContent))"
        )
        assert all(title and about for title, about in named)


@pytest.mark.slow
def test_a_thousand_pages(browser: Reader, tmp_path: Path) -> None:
    report = collection(1_000)
    start = time.perf_counter()
    index = written(report, tmp_path)
    assert time.perf_counter() - start < 60
    start = time.perf_counter()
    with browser.open(index) as opened:
        assert time.perf_counter() - start < 6  # a third of this on a machine with nothing else to do
        opened.assert_quiet()
