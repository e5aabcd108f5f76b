"""HTML pages as a reader sees them: headless Chromium, listening for all that a page must not do."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

WIDE, PHONE = 1200, 390
"""Widths of windows, in CSS pixels."""


@dataclass(slots=True)
class Opened:
    """A page that is open, and what it did unasked: told the console, raised, asked for over the network, popped up."""

    page: Page
    talk: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)

    def assert_quiet(self) -> None:
        """It did nothing of the sort, and fetched no file but those of its own folder that it was sent to."""
        assert self.talk == []
        assert self.dialogs == []
        assert [url for url in self.requests if not url.startswith("file://")] == []

    def overflow(self) -> int:
        """By how many pixels the page is wider than its window."""
        width: int = self.page.evaluate("document.documentElement.scrollWidth - innerWidth")
        return width


class Reader:
    """Opens pages from files."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser

    @contextmanager
    def open(self, path: Path, *, width: int = WIDE, dark: bool = False, scripts: bool = True) -> Iterator[Opened]:
        """The page in ``path`` in a window so wide, for one who likes it dark, or whose browser runs no scripts."""
        context = self._browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme="dark" if dark else "light",
            java_script_enabled=scripts,
        )
        page = context.new_page()
        opened = Opened(page)
        page.on("console", lambda message: opened.talk.append(message.text))
        page.on("pageerror", lambda error: opened.talk.append(str(error)))
        page.on("request", lambda request: opened.requests.append(request.url))

        def pop(dialog: object) -> None:
            opened.dialogs.append(str(getattr(dialog, "message", "")))
            getattr(dialog, "dismiss", lambda: None)()

        page.on("dialog", pop)
        page.goto(path.resolve().as_uri())
        yield opened
        context.close()


@contextmanager
def reader() -> Iterator[Reader]:
    """A browser; the test is skipped where there is none."""
    api = pytest.importorskip("playwright.sync_api", reason="needs playwright, of the extra test")
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if program is None:
        pytest.skip("needs chromium, as Debian's package has it")
    with api.sync_playwright() as playwright:
        # Without a sandbox, since the tests may run as root in a container; the pages are our own.
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield Reader(browser)
        browser.close()
