"""A picture of the desk, for the manual: ``python -m sverka.tui.picture TRANSCRIPT OUT.svg``.

The desk is opened on the transcript with an empty ledger in a temporary folder, keys are pressed, and the screen is
written down as it stands then. Nothing beside ``OUT.svg`` is touched.
"""

from __future__ import annotations

import asyncio
import re
import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from sverka.model import Problem
from sverka.tui.app import DeskApp
from sverka.workflow.review import Review

__all__ = ["main", "picture"]

_REMOTE_FONTS = re.compile(r"@font-face\s*\{.*?\}\s*", re.DOTALL)
_FONTS = '"Fira Code", "DejaVu Sans Mono", "Cascadia Mono", Menlo, Consolas, monospace'


async def picture(review: Review, *, size: tuple[int, int] = (120, 36), keys: Sequence[str] = ()) -> str:
    """The desk on ``review`` at ``size`` cells after ``keys`` were pressed, as SVG that fetches nothing."""
    app = DeskApp(review)
    async with app.run_test(size=size) as pilot:
        await pilot.press(*keys)
        await pilot.pause()
        svg = app.export_screenshot(title="sverka review")
    return _REMOTE_FONTS.sub("", svg).replace("font-family: Fira Code, monospace", f"font-family: {_FONTS}")


def main(arguments: Sequence[str]) -> None:
    """Write the picture that ``arguments`` ask for."""
    from sverka.workflow.batch import Settings, check
    from sverka.workflow.sources import Source

    parser = ArgumentParser(prog="python -m sverka.tui.picture", description=__doc__)
    parser.add_argument("transcript", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--columns", type=int, default=120)
    parser.add_argument("--rows", type=int, default=36)
    parser.add_argument("--keys", nargs="*", default=[], help="keys to press before, such as y n space")
    options = parser.parse_args(arguments)
    (checked,) = check([Source(options.transcript)], Settings())
    if isinstance(checked, Problem):
        sys.exit(str(checked))
    with TemporaryDirectory() as folder:
        ledger = Path(folder) / "picture.corrections.jsonl"
        review = Review.open(checked, ledger, editor="editor", clock=lambda: datetime(2026, 1, 1, tzinfo=UTC))
        svg = asyncio.run(picture(review, size=(options.columns, options.rows), keys=options.keys))
    options.out.write_text(svg, encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
