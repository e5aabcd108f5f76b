"""Reports: the figures, and that nothing in a transcript gets loose on the page."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from export_samples import report

from sverka.export.figures import State, figures
from sverka.export.report_contents import Contents
from sverka.export.report_html import report_pages
from sverka.export.report_markdown import report_markdown
from sverka.text.visible import visible


def contents(title: str = "Report <1>") -> Contents:
    return Contents.of(report(), title=title)


def one_page(title: str = "Report <1>") -> str:
    ((path, html),) = report_pages(contents(title))
    assert path == "index.html"
    return html


def test_figures() -> None:
    told = figures(report())
    assert (told.progress.total, told.progress.decided, told.progress.remaining) == (4, 1, 3)
    assert [(rule.rule, rule.count, rule.confirmed) for rule in told.rules] == [("nonword", 3, 1), ("lacuna", 1, 0)]
    assert [(series.original, series.candidate, series.count) for series in told.series] == [("топорь", "теперь", 2)]
    row = told.documents[0].rows[0]
    assert row.state is State.ACCEPTED
    assert row.place.translation == "let it be waged now"
    assert (row.place.before, row.place.after) == ("пусть она будет ", ", а не потом. Пусть топорь.")


class _Page(HTMLParser):
    """What a browser would make of the page: tags opened and closed, text seen, things fetched."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.fetched: list[str] = []
        self.scripts = 0
        self.seen = ""
        self.ids: set[str] = set()
        self.links: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ("meta", "input"):
            self.open.append(tag)
        self.scripts += tag == "script"
        for name, value in attrs:
            if name in ("src", "href") and not str(value).startswith("#"):
                self.fetched.append(str(value))
            if name == "href":
                self.links.add(str(value)[1:])
            if name == "id":
                self.ids.add(str(value))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] not in ("script", "style"):
            self.seen += data


def test_the_page_is_whole_and_fetches_nothing() -> None:
    page = _Page()
    html = one_page()
    page.feed(html)
    assert page.open == []
    assert page.fetched == []
    assert page.scripts == 1
    assert page.links <= page.ids
    assert "url(" not in html
    assert "@import" not in html


def test_the_page_says_it_all() -> None:
    page = _Page()
    page.feed(one_page())
    for told in (
        "Report <1>",
        "<script>alert('x')</script>",
        "let it be waged now",
        "о→е, о→е",
        "an editor, 2026-03-01 10:12 UTC",
        "<see> the scan",
        "transcripts/broken.txt",
        "the text breaks off",
        "<i>теперь</i>",
    ):
        assert told in page.seen, told


def test_nothing_invisible_reaches_a_report() -> None:
    for made in (one_page("t\x1b"), report_markdown(contents("t\x1b"))):
        assert visible(made, keep="\n") == made


def test_markdown_is_escaped_and_its_tables_hold() -> None:
    made = report_markdown(contents())
    assert made.startswith("# Report &lt;1&gt;\n")
    assert "<script>" not in made
    assert r"\| \*не\* \_то\_" in made
    assert "accepted → теперь, an editor, 2026-03-01 10:12 UTC: &lt;see&gt; the scan" in made
    table = [line for line in made.splitlines() if re.match(r"\| \d+:\d+ ", line)]
    assert len(table) == 4
    assert {len(re.findall(r"(?<!\\)\|", line)) for line in table} == {7}
