"""What a pane makes of little room, and the picture for the manual."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from desk_testing import FINDINGS, checked

from sverka.model import Anchor, Candidate, Decision, ErrorClass, Verdict
from sverka.tui.picture import picture
from sverka.tui.widgets.footer import key_line
from sverka.tui.widgets.header import heading, proportion
from sverka.tui.widgets.offer import described
from sverka.tui.widgets.queue import reading
from sverka.workflow.review import Item, Progress, Review

ITEM = Item(FINDINGS[0], None, 1, 42, "")


def said(item: Item, width: int, height: int) -> list[str]:
    return [line.plain for line in described(item, width, height)]


def ruling(by: str, verdict: Verdict, replacement: str | None) -> Decision:
    finding = ITEM.finding
    return Decision(
        Anchor(finding.span, finding.original, "", ""),
        verdict,
        ErrorClass.OCR,
        replacement,
        finding.rule,
        finding.confidence,
        at="2026-03-01T14:05:00Z",
        by=by,
    )


def test_candidates_come_before_evidence_where_room_is_short() -> None:
    short = said(ITEM, 40, 6)
    assert [line[0] for line in short[2:] if line[0].isdigit()] == ["1", "2", "3"]
    assert sum("в словах" in line for line in short) == 1
    assert len(said(ITEM, 40, 20)) == 3 + 3 + 3
    assert len(said(ITEM, 10, 2)) == 2
    assert said(ITEM, 40, 0) == []


def test_a_long_candidate_is_shown_whole() -> None:
    word = "достопримечательность и многое другое"
    item = replace(ITEM, finding=replace(ITEM.finding, candidates=(Candidate(word, 0.5, "lexicon"),)))
    shown = "".join(said(item, 24, 12)).replace(" 50%", "")
    assert word.replace(" ", "") in shown.replace(" ", "")


def test_no_line_is_wider_than_the_pane() -> None:
    for width in range(12, 60):
        assert all(len(line) <= width for line in said(ITEM, width, 30)), width


def test_a_finding_without_candidates_says_what_to_do() -> None:
    item = replace(ITEM, finding=replace(ITEM.finding, candidates=()))
    assert "no candidate: write your own text, or reject" in said(item, 60, 10)


def test_editors_who_disagree_are_both_named() -> None:
    item = replace(ITEM, disputed=(ruling("anna", Verdict.ACCEPT, "теперь"), ruling("boris", Verdict.REJECT, None)))
    text = "\n".join(said(item, 80, 20))
    assert "≠ accepted топорь → теперь — anna, 2026-03-01 14:05 UTC" in text
    assert "≠ rejected топорь — boris" in text


def test_a_pair_is_cut_on_both_sides() -> None:
    assert reading(ITEM, 30) == "топорь → теперь"
    assert reading(ITEM, 12) == "топ… → тепе…"
    assert all(len(reading(ITEM, width)) <= width for width in range(30))


def test_the_heading_gives_up_the_bar_then_the_name() -> None:
    progress = Progress(total=17, accepted=1, amended=0, rejected=1, deferred=0)
    wide = heading("a-long-name.txt", 3, progress, 100).plain
    assert wide.startswith("a-long-name.txt") and "3 of 17 · decided 2 · left 15" in wide and "━━━─" in wide
    assert "━" not in heading("a-long-name.txt", 3, progress, 60).plain
    assert heading("a-long-name.txt", 3, progress, 38).plain.startswith("a-lon")
    assert len(heading("a-long-name.txt", 3, progress, 38).plain) == 38


def test_bars() -> None:
    assert [proportion(share, 4).plain for share in (-1, 0, 0.5, 1, 2)] == ["────", "────", "━━──", "━━━━", "━━━━"]


def test_the_footer_cuts_no_hint_in_two() -> None:
    hints, last = (("y", "accept"), ("e", "edit")), (("q", "leave"),)
    assert key_line(hints, last, 40).plain == "y accept  e edit  q leave"
    assert key_line(hints, last, 20).plain == "y accept  q leave"
    assert key_line(hints, last, 5).plain == "q leave"


async def test_the_picture_shows_the_desk_and_fetches_nothing(tmp_path: Path) -> None:
    review = Review.open(checked(), tmp_path / "x.jsonl", editor="anna")
    svg = await picture(review, size=(100, 30), keys=("n",))
    assert "вместо" in svg
    assert not re.search(r"url\(['\"]?https?:", svg)
