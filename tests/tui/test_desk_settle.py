"""Two editors disagree, and one of them, or a third, settles it at the desk."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from desk_testing import Opener, checked

from sverka.model import Decision
from sverka.workflow.review import Review

NOON = datetime(2026, 2, 1, 12, tzinfo=UTC)


def quarrel(ledger: Path) -> list[Decision]:
    """Boris and Clara on the first place, neither knowing of the other."""
    boris, clara = (
        Review.open(checked(), ledger, editor=name, clock=lambda later=later: NOON + timedelta(hours=later))  # type: ignore[misc]
        for later, name in enumerate(("Boris", "Clara"))
    )
    return [boris.accept(), clara.reject()]


async def test_one_key_settles_what_others_disagree_on(desk: Opener, tmp_path: Path) -> None:
    rivals = quarrel(tmp_path / "letter.txt.jsonl")
    async with desk() as open_desk:
        shown = open_desk.pane("Offer")
        for name, said in (("Boris", "accepted топорь → теперь"), ("Clara", "rejected топорь")):
            assert f"{said} — {name}" in shown
        await open_desk.press("y")
        settled = open_desk.events[-1]
        assert (settled["by"], settled["verdict"]) == ("anna", "accept")
        assert settled["resolves"] == sorted(rival.event for rival in rivals)
        assert open_desk.review.items[0].disputed == ()
        await open_desk.press("u")
        assert len(open_desk.review.items[0].disputed) == 2
