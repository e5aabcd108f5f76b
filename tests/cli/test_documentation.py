"""Every command has a page, and the page names every option."""

from __future__ import annotations

import re
from argparse import ArgumentParser
from pathlib import Path

import pytest

from sverka.cli.command import Command
from sverka.cli.main import COMMANDS

PAGES = Path(__file__).resolve().parents[2] / "docs" / "commands"


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.NAME)
def test_the_page_of_a_command_names_every_option(command: Command) -> None:
    parser = ArgumentParser()
    command.add_arguments(parser)
    page = (PAGES / f"{command.NAME}.md").read_text(encoding="utf-8")
    assert page.startswith(f"# sverka {command.NAME}\n")
    options = set(re.findall(r"--[a-z][a-z-]+", parser.format_help())) - {"--help"}
    assert [option for option in sorted(options) if option not in page] == []
    for heading in ("## Exit codes", "## Example"):
        assert heading in page


def test_there_is_no_page_without_a_command() -> None:
    assert {page.stem for page in PAGES.glob("*.md")} == {command.NAME for command in COMMANDS}
