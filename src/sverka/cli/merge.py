"""``sverka merge``: the decisions of two editors in one ledger."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from sverka.cli.diagnostics import Diagnostics, Exit, count, painter
from sverka.errors import SverkaError

if TYPE_CHECKING:
    from sverka.workflow.merging import Merged

NAME = "merge"
HELP = "unite two editors' ledgers, and show where they disagree"
EPILOG = """\
examples:
  sverka merge transcripts/letter.txt /media/boris/letter.txt.jsonl
  sverka merge corrections/ /media/boris/project/corrections/
  sverka merge anna.jsonl boris.jsonl -o both.jsonl

OURS gets the events that it lacks; THEIRS is never written to.
"""


def add_arguments(parser: ArgumentParser) -> None:
    """The two, and where the union goes."""
    parser.add_argument("ours", metavar="OURS", help="a ledger, a transcript (its ledger is meant), or a folder")
    parser.add_argument("theirs", metavar="THEIRS", help="the same of another editor; only read")
    parser.add_argument("-o", "--output", metavar="OUT", help="write the union there, and leave OURS as it is")
    parser.add_argument("-n", "--dry-run", action="store_true", help="only say what would come over")
    parser.add_argument(
        "--force", action="store_true", help="merge ledgers of different transcripts, as they appear to be"
    )


def run(options: Namespace, tell: Diagnostics) -> Exit:
    """Merge each pair that can be, and list what is contradictory then."""
    from sverka.workflow.merging import merge, pairs
    from sverka.workflow.sources import problem

    found, passed = pairs(options.ours, options.theirs, options.output)
    for path in passed:
        tell.note(f"{path}: holds no event and was passed over")
    done: list[Merged] = []
    failed = 0
    for number, pair in enumerate(found):
        tell.progress(number, len(found), str(pair.theirs))
        try:
            merged = merge(pair, force=options.force, dry=options.dry_run)
        except SverkaError as error:
            tell.error(problem(error, str(pair.theirs)))
            failed += 1
            continue
        tell.clear()
        _show(merged, tell, dry=options.dry_run)
        done.append(merged)
    sys.stdout.flush()
    conflicts = sum(len(merged.disputes) for merged in done)
    doubles = sum(len(merged.namesakes) for merged in done)
    if conflicts or doubles:
        tell.note(_remedy(conflicts, doubles))
    return Exit.after(done=len(done), failed=failed, found=bool(conflicts or doubles))


def _show(merged: Merged, tell: Diagnostics, *, dry: bool) -> None:
    from sverka.export.merging import Signature, dispute_line, namesakes_line
    from sverka.ledger import Tag
    from sverka.text.visible import visible

    for trouble in merged.left:
        tell.error(trouble)
    for trouble in merged.problems:
        tell.note(str(trouble))
    ledger = str(merged.pair.target)
    verb = "would come" if dry else "came"
    known = f"{merged.known} {'was' if merged.known == 1 else 'were'} there already"
    print(f"{visible(ledger)}: {count(merged.came, 'event')} {verb} over, {known}")
    paint = painter(sys.stdout)
    for tags in merged.namesakes:
        content = tags[0].content
        assert isinstance(content, Tag)
        print(namesakes_line(ledger, content.name, [Signature(tag.id, tag.at, tag.by) for tag in tags], paint))
    for dispute in merged.disputes:
        print(dispute_line(dispute, paint))


def _remedy(conflicts: int, doubles: int) -> str:
    counts = [count(conflicts, "conflict")] * bool(conflicts) + [count(doubles, "tag") + " given twice"] * bool(doubles)
    ways = ["decide the places again"] * bool(conflicts) + ["take back all but one tag of a name"] * bool(doubles)
    return f"{' and '.join(counts)}; {', '.join(ways)}"
