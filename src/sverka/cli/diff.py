"""``sverka diff``: two texts of a document, word by word; a text and its translation, sentence by sentence."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from sverka.cli.command import add_translation
from sverka.cli.diagnostics import Diagnostics, Exit, painter
from sverka.cli.output import refuse_kept, write
from sverka.errors import UsageError
from sverka.export.paint import Paint, unpainted
from sverka.text.visible import visible

if TYPE_CHECKING:
    from sverka.align.comparison import Comparison
    from sverka.export.translation_diff import Beside
    from sverka.model import Transcript
    from sverka.workflow.comparing import Texts

_Kind = TypeVar("_Kind", bound=StrEnum)

NAME = "diff"
HELP = "compare two transcriptions word by word, two versions, or a text and its translation"
EPILOG = """\
examples:
  sverka diff page.txt page.truth.txt
  sverka diff --ignore case,punctuation,yo one.txt other.txt
  sverka diff --format html -o compared.html one.txt other.txt
  sverka diff --from first-pass --to now letter.txt
  sverka diff --edition letter.txt published.txt
  sverka diff letter.txt                       with its translation, in the file or beside it
  sverka diff --translation letter.en.txt letter.txt

Line breaks and words divided at a line end are no difference.
CLASS: word, letters, name, number, punctuation, spacing, hyphen, case, yo, moved; with a translation: sentence,
number, name. VERSION is a tag, an event's id (six digits or more), a time, start or now.
Exit code 0: the same text. 1: differences. 2: a file that cannot be read.
"""


def add_arguments(parser: ArgumentParser) -> None:
    """The two texts, what counts as a difference, and the form."""
    parser.add_argument("left", metavar="A", help="a transcript")
    parser.add_argument(
        "right",
        metavar="B",
        nargs="?",
        help="another one of the same document; without it A is compared with its translation",
    )
    parser.add_argument(
        "--format",
        choices=("text", "unified", "html", "json"),
        default="text",
        help="lines for the terminal, a unified diff of the lines, a page side by side, JSON (default text)",
    )
    parser.add_argument("-o", "--output", metavar="OUT", help="write to this file (default: stdout)")
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--ignore", metavar="CLASS,…", help="leave out differences of these classes and no other")
    which.add_argument("--only", metavar="CLASS,…", help="leave out differences of all classes but these")
    ledger = parser.add_argument_group("decisions")
    ledger.add_argument("--edition", action="store_true", help="take A with its decisions applied")
    ledger.add_argument(
        "--from", metavar="VERSION", dest="since", help="compare the text of this version (default start)"
    )
    ledger.add_argument("--to", metavar="VERSION", dest="until", help="with the text of this one (default now)")
    ledger.add_argument(
        "--view",
        choices=("diplomatic", "reading"),
        default="diplomatic",
        help="which decisions of an edition or version are applied, as for `sverka apply` (default diplomatic)",
    )
    add_translation(parser)


def run(options: Namespace, tell: Diagnostics) -> Exit:
    """Print every difference, or write the page."""
    _refuse(options)
    _refuse_read(options)
    if options.right is None and options.since is None and options.until is None:
        return _with_translation(options, tell)
    return _with_text(options, tell)


def _refuse(options: Namespace) -> None:
    """UsageError where what is asked for does not go together."""
    given = [name for name, value in (("--from", options.since), ("--to", options.until)) if value is not None]
    if options.translation is not None:
        given.insert(0, "--translation")
    if options.right is not None and given:
        raise UsageError(f"{given[0]} is about A alone, and there is a second text", remedy="leave out one of them")
    versions = [name for name in given if name != "--translation"]
    other = "--edition" if options.edition else "--translation" if options.translation is not None else ""
    if versions and other:
        raise UsageError(f"{other} does not go with {versions[0]}", remedy="leave out one of them")
    if options.right is None and not versions and options.format == "unified":
        raise UsageError("a text and its translation have no unified diff", remedy="use --format text, html or json")


def _refuse_read(options: Namespace) -> None:
    """UsageError where one of the texts would be written over, the translation beside A too."""
    from sverka.load import companion

    if options.output is not None:
        named = (Path(name) for name in (options.left, options.right, options.translation) if name is not None)
        beside = companion(Path(options.left))
        refuse_kept([Path(options.output)], [*named, *([beside] if beside else [])])


def _ignored(options: Namespace, known: type[_Kind]) -> frozenset[_Kind]:
    """The kinds that are not to count; UsageError for one that there is not."""
    asked = options.ignore if options.only is None else options.only
    if asked is None:
        return frozenset()
    names = [name.strip() for name in asked.split(",")]
    kinds = [kind.value for kind in known]
    if unknown := [name for name in names if name not in kinds]:
        raise UsageError(f"there is no class “{visible(unknown[0])}” here", remedy=f"name some of {', '.join(kinds)}")
    return frozenset(kind for kind in known if (kind.value in names) == (options.only is None))


def _with_text(options: Namespace, tell: Diagnostics) -> Exit:
    """Compare two texts."""
    from sverka.align.classes import Class
    from sverka.align.words import compare
    from sverka.export.unified import unified_diff
    from sverka.export.word_diff import summary
    from sverka.workflow.comparing import like_left

    ignored = _ignored(options, Class)
    texts = _texts(options)
    for problem in texts.problems:
        tell.error(problem)
    left, right = texts.left, texts.right
    whole = compare(left.text, right.text)
    comparison = whole.without(ignored)
    found = bool(comparison.differences)
    if options.format == "unified":
        wanted = like_left(left.text, right.text, whole, ignored)
        data = unified_diff(left.text, wanted, _side("a", left.path), _side("b", right.path))
        found = bool(data)
    else:
        data = _written(_two_texts(left, right, comparison, options))
    write(data, _target(options))
    tell.note(summary(comparison))
    return Exit.FOUND if found else Exit.DONE


def _texts(options: Namespace) -> Texts:
    """The texts that were asked for."""
    from sverka.load import read
    from sverka.model import View
    from sverka.workflow.comparing import Texts, edition_of, two_versions

    path, view = Path(options.left), View(options.view)
    if options.right is None:
        return two_versions(path, _or(options.since, "start"), _or(options.until, "now"), view)
    if options.edition:
        left, problems = edition_of(path, view)
        return Texts(left, read(Path(options.right)), problems)
    return Texts(read(path), read(Path(options.right)))


def _two_texts(left: Transcript, right: Transcript, comparison: Comparison, options: Namespace) -> Iterator[str]:
    """The comparison in the form that was asked for, line by line."""
    from sverka import PROGRAM
    from sverka.export.diff_html import diff_html
    from sverka.export.diff_json import diff_json
    from sverka.export.word_diff import word_diff

    if options.format == "json":
        yield diff_json(left, right, comparison)
    elif options.format == "html":
        yield diff_html(left, right, comparison, program=PROGRAM)
    else:
        yield from word_diff(left, right, comparison, _paint(options))


def _with_translation(options: Namespace, tell: Diagnostics) -> Exit:
    """Compare a text with its translation."""
    from sverka.config import find_project
    from sverka.export.translation_diff import Mismatch, translation_summary
    from sverka.load import read
    from sverka.model import View
    from sverka.workflow.bilingual import beside, gazetteer
    from sverka.workflow.comparing import edition_of
    from sverka.workflow.sources import Source, translation

    ignored = _ignored(options, Mismatch)
    path = Path(options.left)
    text, problems = edition_of(path, View(options.view)) if options.edition else (read(path), ())
    for problem in problems:
        tell.error(problem)
    names = gazetteer(find_project(path).config)
    found = beside(text, translation(Source(path), options.translation), names).without(ignored)
    write(_written(_two_languages(found, options)), _target(options))
    tell.note(translation_summary(found))
    return Exit.FOUND if found.unmatched else Exit.DONE


def _two_languages(found: Beside, options: Namespace) -> Iterator[str]:
    """The same in the form that was asked for."""
    from sverka import PROGRAM
    from sverka.export.diff_html import translation_html
    from sverka.export.translation_diff import translation_json, translation_lines

    if options.format == "json":
        yield translation_json(found)
    elif options.format == "html":
        yield translation_html(found, program=PROGRAM)
    else:
        yield from translation_lines(found, _paint(options))


def _or(version: str | None, default: str) -> str:
    return default if version is None else version


def _paint(options: Namespace) -> Paint:
    """Colours for a terminal, none for a file."""
    return painter(sys.stdout) if options.output is None else unpainted


def _written(lines: Iterable[str]) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode("utf-8", "backslashreplace")


def _target(options: Namespace) -> Path | None:
    return None if options.output is None else Path(options.output)


def _side(prefix: str, path: str) -> str:
    return f"{prefix}/{path.lstrip('/')}"
