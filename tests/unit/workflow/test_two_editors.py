"""Several editors on one ledger: at once, each sees what the others did, and what they disagree on can be settled."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import pytest
from ledger_sessions import TEXT, session

from sverka.ledger import Ledger, Ruling
from sverka.model import Verdict
from sverka.workflow.merging import Pair, merge
from sverka.workflow.review import Review

EDITOR = """
import os, sys
from pathlib import Path
from ledger_sessions import session

folder, name, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
if "hasty" in sys.argv:
    os.fsync = lambda file: None
review = session(Path(folder, "x.jsonl"), name)
print("ready", flush=True)
sys.stdin.readline()
for number in range(count):
    review.go(number % len(review.items))
    decision = review.amend(f"{name} {number}")
    print(decision.event, flush=True)
"""


class Editor:
    """A process that decides ``count`` places one after the other once it is told to begin."""

    def __init__(self, folder: Path, name: str, count: int, *options: str) -> None:
        program = f"import sys; sys.path.insert(0, {str(Path(__file__).parents[1] / 'ledger')!r})\n{EDITOR}"
        self._process = subprocess.Popen(
            [sys.executable, "-c", program, str(folder), name, str(count), *options],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._process.stdout is not None
        assert self._process.stdout.readline() == "ready\n"

    def begin(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write("\n")
        self._process.stdin.flush()

    def done(self) -> list[str]:
        """The ids of the decisions it was told are recorded."""
        out, _ = self._process.communicate(timeout=300)
        assert self._process.returncode == 0
        return out.split()


def both(folder: Path, count: int, *options: str) -> None:
    """Two work at the same time, ``count`` decisions each; then it is all there."""
    editors = [Editor(folder, name, count, *options) for name in ("Anna", "Boris")]
    for editor in editors:
        editor.begin()
    told = [editor.done() for editor in editors]
    path = folder / "x.jsonl"
    ledger = Ledger.open(path)
    assert ledger.problems == ()
    assert ledger.history.problems == ()
    events = [event for event in ledger.events(range(len(ledger.history))) if isinstance(event.content, Ruling)]
    # Not a line lost or written twice, and each editor's in the order in which they decided.
    for name, ids in zip(("Anna", "Boris"), told, strict=True):
        assert len(ids) == count
        assert [event.id for event in events if event.by == name] == ids
    lines = path.read_bytes().splitlines()
    assert len(lines) == len(set(lines)) == len(ledger.history)
    assert Counter(event.by for event in events) == {"Anna": count, "Boris": count}
    # They took turns, and what one wrote the other knew from their next decision on.
    turns = sum(one.by != other.by for one, other in pairwise(events))
    assert turns > count // 100
    history = ledger.history
    for late in events[-20:]:
        own = [event for event in events[: events.index(late)] if event.by == late.by]
        known = events[: events.index(own[-1]) + 1]
        assert all(history.saw(history.numbered(late.id), history.numbered(event.id)) for event in known[-200:])


# At once


def test_two_write_at_once_and_wait_for_the_disk(tmp_path: Path) -> None:
    both(tmp_path, 100)


@pytest.mark.slow
def test_ten_thousand_decisions_of_two_at_once(tmp_path: Path) -> None:
    both(tmp_path, 5000, "hasty")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "x.jsonl"


def last(path: Path) -> dict[str, object]:
    fields: dict[str, object] = json.loads(path.read_bytes().splitlines()[-1])
    return fields


def disagreement(path: Path) -> list[str]:
    """Anna and Boris, neither knowing of the other, and Clara who says what Anna says; the ids of what they said."""
    sessions = [session(path, name) for name in ("Anna", "Boris", "Clara")]
    said = [sessions[0].accept(), sessions[1].reject(), sessions[2].accept()]
    return sorted(decision.event for decision in said)


def test_what_another_process_decided_is_there_after_ones_own_next_action(tmp_path: Path, path: Path) -> None:
    review = session(path, "Clara")
    other = Editor(tmp_path, "Anna", 1)
    other.begin()
    other.done()
    assert review.items[0].decision is None
    review.go(1)
    review.reject()
    assert review.items[0].decision is not None
    assert review.items[0].decision.by == "Anna"
    assert review.edition().text == TEXT.replace("первое", "Anna 0")
    # Clara decided without having seen it; from now on she has.
    history = Ledger.open(path).history
    theirs, own = (history.numbered(decision.event) for decision in review.decisions)
    assert not history.saw(own, theirs)
    review.go(2)
    after = review.reject()
    history = Ledger.open(path).history
    assert history.saw(history.numbered(after.event), history.numbered(review.decisions[0].event))


@pytest.mark.parametrize("verdict", [Verdict.ACCEPT, Verdict.AMEND, Verdict.REJECT])
# Settling


def test_a_decision_on_a_disputed_place_names_what_it_settles(path: Path, verdict: Verdict) -> None:
    rivals = disagreement(path)
    review = session(path, "Anna")
    assert len(review.items[0].disputed) == 3
    answers = {
        Verdict.ACCEPT: review.accept,
        Verdict.AMEND: lambda: review.amend("третье"),
        Verdict.REJECT: review.reject,
    }
    decision = answers[verdict]()
    assert list(decision.resolves) == rivals == last(path)["resolves"]
    assert not session(path, "Clara").items[0].disputed
    assert review.items[0].settled
    assert session(path, "Boris").problems == ()


def test_put_off_a_disagreement_is_named_too_and_the_place_stays_open(path: Path) -> None:
    rivals = disagreement(path)
    review = session(path, "Anna")
    assert list(review.defer().resolves) == rivals
    assert not review.items[0].settled
    assert review.edition().text == TEXT


def test_where_nothing_is_disputed_nothing_is_named(path: Path) -> None:
    session(path, "Anna").accept()
    review = session(path, "Boris")
    review.go(0)
    assert review.reject().resolves == ()
    assert "resolves" not in last(path)


def test_undone_the_settlement_leaves_the_disagreement(path: Path) -> None:
    rivals = disagreement(path)
    review = session(path, "Anna")
    review.reject()
    review.undo()
    assert sorted(decision.event for decision in review.items[0].disputed) == rivals
    (redone,) = review.redo()
    assert list(redone.resolves) == rivals
    assert review.items[0].disputed == ()


def test_who_settles_without_having_seen_all_settles_nothing(path: Path) -> None:
    rivals = disagreement(path)
    early, late = session(path, "Anna"), session(path, "Boris")
    early.accept()
    decision = late.reject()
    assert list(decision.resolves) == rivals
    review = session(path, "Clara")
    assert {said.by for said in review.items[0].disputed} == {"Anna", "Boris"}
    assert not set(review.amend("третье").resolves) & set(rivals)


def test_a_settlement_reaches_those_who_merge_it(tmp_path: Path, path: Path) -> None:
    other = tmp_path / "boris.jsonl"
    Review.open(session(path, "").checked, path, editor="Anna", clock=lambda: datetime(2026, 1, 2, tzinfo=UTC)).accept()
    session(other, "Boris").reject()
    merged = merge(Pair(path, other))
    assert [[said.by for said in dispute.decisions] for dispute in merged.disputes] == [["Anna", "Boris"]]
    review = session(path, "Clara")
    review.accept()
    assert merge(Pair(other, path)).disputes == ()
    assert session(other, "Boris").edition().text == review.edition().text
