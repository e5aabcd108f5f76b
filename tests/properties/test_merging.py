"""Copies of a ledger that several editors worked on, put together: the order never matters, and nothing is lost."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import permutations
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ledger_events import standing
from ledger_findings import every_word

from sverka.ledger import Event, Ledger, State, Writer
from sverka.ledger.merging import Union
from sverka.model import Transcript
from sverka.workflow.merging import Pair, merge
from sverka.workflow.review import Review

WORDS = ("первое", "второе", "третье")
TEXT = " ".join(WORDS)
TRANSCRIPT = Transcript("x.txt", TEXT)
CHECKED = every_word(TRANSCRIPT)
EDITORS = ("Anna", "Boris", "Clara")
GARBAGE = (b"<<<<<<< HEAD\n", b'{"v":1,"id":"torn', b"\xff\xfe\n", b"\n", b'{"v":1}\r\n')
NOON = datetime(2026, 1, 2, 12, tzinfo=UTC)


@pytest.fixture(scope="module", autouse=True)
def without_waiting_for_the_disk() -> Iterator[None]:
    """Power cuts are for other tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lambda file: None)
        yield


decisions = st.tuples(
    st.sampled_from(["accept", "amend", "reject", "defer"]), st.integers(0, len(WORDS) - 1), st.integers(0, 1)
)
actions = decisions | st.tuples(
    st.sampled_from(["undo", "redo", "tag", "settle", "learn of", "spoil"]), st.integers(0, 4), st.just(0)
)
sessions = st.lists(st.tuples(st.integers(0, 2), st.integers(0, 5), actions), min_size=1, max_size=14)


class Copies:
    """A ledger in as many copies as there are editors."""

    def __init__(self, folder: Path, editors: int, started: bool) -> None:
        self.paths = [folder / f"{name}.jsonl" for name in EDITORS[:editors]]
        if started:
            Review.open(CHECKED, self.paths[0], editor=EDITORS[0], clock=lambda: NOON).reject()
            for path in self.paths[1:]:
                shutil.copyfile(self.paths[0], path)

    def work(self, who: int, second: int, action: tuple[str, int, int]) -> None:
        what, number, choice = action
        who %= len(self.paths)
        path, name = self.paths[who], EDITORS[who]
        now = NOON + timedelta(seconds=second)
        review = Review.open(CHECKED, path, editor=name, clock=lambda: now)
        if what == "spoil":
            with path.open("ab") as file:
                file.write(GARBAGE[number])
        elif what == "learn of":
            merge(Pair(path, self.paths[number % len(self.paths)]), force=True)
        elif what == "tag":
            ledger = Ledger.open(path)
            writer = Writer(ledger.history.heads, at=now, by=name)
            writer.tag(f"pass-{number % 2}")
            ledger.append(writer.events)
        elif what in {"undo", "redo"}:
            review.undo() if what == "undo" else review.redo()
        else:
            disputed = [index for index, item in enumerate(review.items) if item.disputed]
            review.go(disputed[0] if what == "settle" and disputed else number % len(WORDS))
            match what:
                case "accept":
                    review.accept(choice)
                case "reject":
                    review.reject()
                case "defer":
                    review.defer()
                case _:
                    review.amend(f"слово {choice}")


def said(ledger: Ledger) -> tuple[State, frozenset[Event], frozenset[bytes]]:
    """What a ledger says, and its events to the byte."""
    events = frozenset(ledger.events())
    return standing(TRANSCRIPT, ledger).state, events, frozenset(event.line for event in events)


def united(folder: Path, paths: list[Path]) -> Ledger:
    """The first, with the others merged in one after the other."""
    target = folder / "united.jsonl"
    target.unlink(missing_ok=True)
    for path in paths:
        if path.exists():
            merge(Pair(target, path))
    return Ledger.open(target)


@settings(max_examples=25)
@given(st.integers(2, 3), st.booleans(), sessions, st.randoms(use_true_random=False))
def test_in_any_order_and_however_often(editors: int, started: bool, session: list, chance) -> None:  # type: ignore[no-untyped-def, type-arg]
    with TemporaryDirectory() as name:
        folder = Path(name)
        copies = Copies(folder, editors, started)
        for step in session:
            copies.work(*step)
        there = [path for path in copies.paths if path.exists()]
        before = {path: path.read_bytes() for path in there}
        ledgers = [Ledger.open(path) for path in there]
        expected = said(united(folder, there))

        # Every event of every copy, and nothing else.
        assert expected[1] == frozenset(event for ledger in ledgers for event in ledger.events())
        # Commutative; in all orders below, without files.
        assert said(united(folder, there[::-1])) == expected
        # Associative: the first two, then the third; the last two, then the first.
        if len(there) == 3:
            pair = united(folder, there[1:]).path.rename(folder / "pair.jsonl")
            assert said(united(folder, [there[0], pair])) == expected
        # Idempotent: what is there already is not written again.
        target = united(folder, there).path
        content = target.read_bytes() if target.exists() else b""
        for path in [*there, *there]:
            assert merge(Pair(target, path)).came == 0
        assert (target.read_bytes() if target.exists() else b"") == content
        # The others were only read, and what was no event did not come over.
        assert {path: path.read_bytes() for path in there} == before
        assert Ledger.open(target).problems == ()
        # In one's own file, the same.
        own = Path(shutil.copyfile(there[-1], folder / "own.jsonl")) if there else target
        for other in there:
            merge(Pair(own, other))
        assert said(Ledger.open(own)) == expected
        # And on paper only.
        for order in permutations(ledgers):
            assert standing(TRANSCRIPT, Union(order)).state == expected[0]
        # The lines of all, shuffled, some twice, are a ledger that says the same: so git may merge.
        lines = [line + b"\n" for content in before.values() for line in content.split(b"\n")]
        lines += lines[::2]
        chance.shuffle(lines)
        (folder / "union.jsonl").write_bytes(b"".join(lines))
        assert said(Ledger.open(folder / "union.jsonl")) == expected
        # Without their line feeds, too, where all of them are events.
        (folder / "glued.jsonl").write_bytes(b"".join(sorted(expected[2])))
        assert said(Ledger.open(folder / "glued.jsonl")) == expected
