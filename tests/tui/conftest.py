"""The desk on a small letter, with the waits of a person taken out."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from desk_testing import OpenDesk, Opener, checked

from sverka.model import Checked
from sverka.tui.app import DeskApp
from sverka.workflow.review import Review


@pytest.fixture(autouse=True)
def short_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pilot waits 40 ms and more after every key; here the screen is waited for once, after the last."""
    monkeypatch.setattr("textual._wait.SLEEP_GRANULARITY", 0.004)
    monkeypatch.setattr("textual._wait.SLEEP_IDLE", 0.0004)


@pytest.fixture
def desk(tmp_path: Path) -> Opener:
    """Opens the desk; twice in one test it is the same ledger."""
    ledger = tmp_path / "letter.txt.jsonl"

    @asynccontextmanager
    async def opened(
        what: Checked | None = None,
        *,
        size: tuple[int, int] = (120, 36),
        keys: Mapping[str, tuple[str, ...]] | None = None,
    ) -> AsyncIterator[OpenDesk]:
        review = Review.open(
            what or checked(), ledger, editor="anna", clock=lambda: datetime(2026, 3, 1, 14, 5, tzinfo=UTC)
        )
        app = DeskApp(review, keys=keys)
        async with app.run_test(size=size) as pilot:
            open_desk = OpenDesk(app, pilot, review, ledger)
            await open_desk.rest()
            yield open_desk

    return opened
