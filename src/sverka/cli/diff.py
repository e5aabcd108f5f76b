"""``sverka diff``: two transcriptions, word by word."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from sverka.cli.diagnostics import Diagnostics, Exit, painter

NAME = "diff"
HELP = "compare two transcriptions of a document word by word"
EPILOG = """\
example:
  sverka diff page.txt page.truth.txt

Line breaks and words divided at a line end are no difference.
Exit code 0: the same text. 1: differences. 2: a file that cannot be read.
"""


def add_arguments(parser: ArgumentParser) -> None:
    """The two texts."""
    parser.add_argument("left", metavar="A", help="a transcript")
    parser.add_argument("right", metavar="B", help="another one of the same document")


def run(options: Namespace, tell: Diagnostics) -> Exit:
    """Print every difference in its context."""
    from sverka.align.words import compare
    from sverka.export.word_diff import summary, word_diff
    from sverka.load import read

    left, right = read(Path(options.left)), read(Path(options.right))
    comparison = compare(left.text, right.text)
    for line in word_diff(left, right, comparison, painter(sys.stdout)):
        print(line)
    sys.stdout.flush()
    tell.note(summary(comparison))
    return Exit.FOUND if comparison.hunks else Exit.DONE
