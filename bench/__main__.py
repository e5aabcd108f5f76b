"""``python -m bench``: measure, print, and write the figures into the manual."""

from __future__ import annotations

import argparse
import json
import os
import sys
from datetime import UTC, datetime
from pathlib import Path

from bench.gold import ROOT
from bench.measure import PARTS, measure
from bench.tables import fill

_UNASKED = ("ablation", "learning")
"""The parts that take many minutes, and are measured only where they are named."""


def main(arguments: list[str]) -> None:
    """Measure what is asked for."""
    parser = argparse.ArgumentParser(prog="python -m bench", description="Measure Sverka, and its peers beside it.")
    parser.add_argument(
        "--shared", type=Path, default=ROOT.parent / "shared", help="where the larger sets lie (default ../shared)"
    )
    parser.add_argument(
        "--parts", default=",".join(p for p in PARTS if p not in _UNASKED), help=f"of {', '.join(PARTS)}"
    )
    parser.add_argument("--ablation", action="store_true", help="also fit without each group of features (minutes)")
    parser.add_argument("--learning", action="store_true", help="also later pages after decisions (minutes)")
    parser.add_argument("--no-peers", action="store_true", help="measure Sverka alone")
    parser.add_argument("--jobs", type=int, default=min(2, os.cpu_count() or 1), help="processes at work (default 2)")
    parser.add_argument("--page", type=Path, help="the page to write the figures into, between their marks")
    parser.add_argument("--json", type=Path, help="a file to write the figures to, for programs")
    options = parser.parse_args(arguments)
    asked = {name for name in _UNASKED if getattr(options, name)}
    parts = frozenset(options.parts.split(",")) | asked
    if unknown := sorted(parts - set(PARTS)):
        parser.error(f"no such part: {', '.join(unknown)}; choose of {', '.join(PARTS)}")

    def talk(line: str) -> None:
        print(line, file=sys.stderr, flush=True)

    done = []
    today = datetime.now(UTC).date()
    for section in measure(
        options.shared, parts, peers=not options.no_peers, jobs=options.jobs, talk=talk, today=today
    ):
        print(f"## {section.name}\n\n{section.text}\n", flush=True)
        done.append(section)
    if options.json:
        figures = {section.name: section.figures for section in done}
        options.json.write_text(json.dumps(figures, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    if options.page:
        options.page.write_text(fill(options.page.read_text(encoding="utf-8"), done), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
