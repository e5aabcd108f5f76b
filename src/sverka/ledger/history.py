"""Who saw what: the events of a ledger as a directed acyclic graph, each pointing at the latest its writer saw.

Nothing here depends on the order of the lines in the file: two ledgers with the same events mean the same. Events are
numbered in an order in which everything an event saw comes before it, and only what the rules ask for is kept of each,
in a database in memory: a ledger of a million events then takes a few hundred bytes for each, can be kept between
sessions as it is (:mod:`sverka.ledger.snapshot`), and takes in one more event without being gone through again.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, field
from itertools import starmap
from typing import Any, NamedTuple, TypeAlias

from sverka.ledger.event import Outline, storable
from sverka.model import Problem

__all__ = ["Change", "Entry", "History", "Rank"]

Rank: TypeAlias = tuple[int, str, bytes]
"""Generation, time, id. Sorting by it puts every event after all that its writer saw, however the clocks stood."""

_SCHEMA = """
CREATE TABLE event (
    n INTEGER PRIMARY KEY,       -- everything an event saw has a smaller one
    id BLOB NOT NULL,
    start INTEGER NOT NULL,      -- bytes of the file
    size INTEGER NOT NULL,
    kind TEXT NOT NULL,
    at TEXT NOT NULL,
    moment TEXT NOT NULL,        -- the latest time among this event and all it saw
    generation INTEGER NOT NULL, -- one more than the highest among its parents
    trunk INTEGER NOT NULL,      -- all events up to this one are its ancestors, or the event itself; -1: none need be
    run INTEGER NOT NULL,        -- from the event with this number up to it each is the only parent of the next
    target BLOB,                 -- what it retracts
    series TEXT,
    name TEXT,                   -- of a tag; the digest of an opened transcript
    retracted INTEGER NOT NULL DEFAULT 0 -- how many retractions that count name it
);
CREATE TABLE parent (child INTEGER, parent INTEGER, PRIMARY KEY (child, parent)) WITHOUT ROWID;
CREATE TABLE missing (id BLOB, child BLOB, retracts INTEGER, PRIMARY KEY (id, retracts)) WITHOUT ROWID;
CREATE TABLE head (n INTEGER PRIMARY KEY); -- filled for keeping only
"""
# Made after the first events are in: sorting many at once is several times as fast as putting each in its place.
_INDEXES = (
    "CREATE UNIQUE INDEX identity ON event (id)",
    "CREATE INDEX latest ON event (kind, retracted, generation)",
    "CREATE INDEX retraction ON event (target) WHERE target IS NOT NULL",
    "CREATE INDEX stroke ON event (series) WHERE series IS NOT NULL",
)
_INSERT = """
INSERT INTO event (n, id, start, size, kind, at, moment, generation, trunk, run, target, series, name)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
_BATCH = 4096
"""So many events are written at once."""

_MOST_HEADS, _CROWNS = 16, 1024
"""What is remembered of those who write to one ledger at once: so many writers, so many events back."""

_RETRACT, _DECISION, _REBASE = "retract", "decision", "rebase"
_OLDEST_FIRST = "ORDER BY generation, at, id"
_NEWEST_FIRST = "ORDER BY generation DESC, at DESC, id DESC"


class Entry(NamedTuple):
    """An event and where its line stands in the file, in bytes."""

    event: Outline
    start: int = 0
    size: int = 0


_Row: TypeAlias = tuple[int, bytes, int, int, str, str, str, int, int, int, bytes | None, str | None, str | None]
"""An event as the table has it, but for ``retracted``."""


@dataclass(frozen=True, slots=True)
class Change:
    """What taking in events did.

    ``new`` are the numbers of the new events, ``decisions`` those of the decisions that count now or no longer do;
    ``rebased``: the transcript was read again, so that decisions may stand elsewhere.
    """

    new: range = range(0)
    decisions: Set[int] = frozenset()
    rebased: bool = False


@dataclass(slots=True)
class _Waiting:
    """Events whose parents or target may stand further down in the file."""

    entries: dict[bytes, Entry] = field(default_factory=dict)
    on: defaultdict[bytes, list[bytes]] = field(default_factory=lambda: defaultdict(list))


class History:
    """The events of a ledger and their ancestry, and which of them count.

    A parent that is in no line of the ledger is listed as missing and otherwise passed over.
    """

    def __init__(self, content: bytes = b"") -> None:
        """An empty history, or the one whose :meth:`content` this is; sqlite3.DatabaseError where it is not."""
        # The desk looks at the ledger from a thread of its own, never from two at once.
        self._base = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
        if content:
            self._base.deserialize(content)
            self._size = int(self._one("SELECT count(*) FROM event")[0])
            self._heads = set(self._numbers("SELECT n FROM head"))
        else:
            self._base.executescript(_SCHEMA)
            self._size, self._heads = 0, set()
        self._base.execute("PRAGMA journal_mode = OFF")
        self._crowns: dict[int, frozenset[int]] = {}
        """The heads after an event, where there were a few: of the latest such events."""
        self._waiting = _Waiting()
        self._begin()

    def _begin(self) -> None:
        """What is gathered while events are taken in: not in the tables yet, or not in their indexes."""
        self._first = self._written = self._size
        self._fresh: dict[bytes, int] = {}
        self._batch: list[_Row] = []
        self._parents: list[tuple[int, int]] = []
        self._targets: list[bytes] = []
        self._touched: set[int] = set()
        self._rebased = False

    def content(self) -> bytes:
        """All of it as bytes, to be kept between sessions."""
        self._base.execute("DELETE FROM head")
        self._base.executemany("INSERT INTO head VALUES (?)", [(n,) for n in self._heads])
        return self._base.serialize()

    def __len__(self) -> int:
        return self._size

    # Taking in

    def add(self, entries: Iterable[Entry]) -> Change | None:
        """Take in events, those known already passed over; None if one of them is an ancestor nobody expected any more.

        Then ranks given before are wrong, and the history has to be made anew, from all events.
        """
        self._base.execute("BEGIN")
        for entry in entries:
            self._receive(entry)
        self._admit_orphans()
        self._write()
        for target in self._targets:
            self._retract(target, 1)
        if not self._first and self._size:
            for index in _INDEXES:
                self._base.execute(index)
        self._base.execute("COMMIT")
        change = Change(range(self._first, self._size), self._touched, self._rebased)
        self._begin()
        return None if self._expected_no_more() else change

    def _receive(self, entry: Entry) -> None:
        identifier = entry.event.id
        if identifier in self._waiting.entries or self._number(identifier) is not None:
            return
        if (unseen := self._unseen(entry.event)) is None:
            self._admit_with_followers(entry)
        else:
            self._waiting.entries[identifier] = entry
            self._waiting.on[unseen].append(identifier)

    def _unseen(self, event: Outline) -> bytes | None:
        """An event it follows or retracts that has not come yet."""
        fresh = self._fresh
        for identifier in event.parents:
            if identifier not in fresh and self._number(identifier) is None:
                return identifier
        target = event.traits.target
        return target if target is not None and self._number(target) is None else None

    def _admit_with_followers(self, entry: Entry) -> None:
        """Admit it, then what waited for it; with a stack, for ledgers are deeper than Python's recursion."""
        stack = [entry]
        while stack:
            entry = stack.pop()
            self._admit(entry)
            for follower in self._waiting.on.pop(entry.event.id, ()):
                waiting = self._waiting.entries[follower]
                if (unseen := self._unseen(waiting.event)) is None:
                    stack.append(self._waiting.entries.pop(follower))
                else:
                    self._waiting.on[unseen].append(follower)

    def _admit_orphans(self) -> None:
        """Admit the events that wait for what is in no line of the ledger, each after all it follows that is."""
        waiting = self._waiting
        while waiting.entries:
            lost = [i for i in waiting.on if i not in waiting.entries]
            for follower in [f for i in lost for f in waiting.on.pop(i)]:
                entry = waiting.entries.pop(follower)
                still = next((i for i in _named(entry.event) if i in waiting.entries), None)
                if still is None:
                    self._admit_with_followers(entry)
                else:
                    waiting.entries[follower] = entry
                    waiting.on[still].append(follower)

    def _admit(self, entry: Entry) -> None:
        """Number it, after everything it saw."""
        (identifier, kind, at, parents, (target, series, name)), start, size = entry
        n = self._size
        generation, trunk, moment, its_run = 1, -1, at, n
        numbers: list[int] = []
        for parent in parents:
            number = self._number(parent)
            if number is None:
                self._miss(parent, identifier, retracts=False)
                continue
            numbers.append(number)
            self._parents.append((n, number))
            self._heads.discard(number)
            its_moment, its_generation, its_trunk, its_run = self._rank_of(number)
            generation = max(generation, its_generation + 1)
            trunk = max(trunk, its_trunk)
            moment = max(moment, its_moment)
        self._heads.add(n)
        # The only head has everything before it among its ancestors: from there on, ancestry is one comparison.
        trunk = n if len(self._heads) == 1 else max(trunk, self._trunk_under(numbers))
        # So is it within the work of one who knew of nobody else's.
        run = its_run if numbers == [n - 1] else n
        if 1 < len(self._heads) <= _MOST_HEADS:
            self._crowns[n] = frozenset(self._heads)
            if len(self._crowns) > _CROWNS:
                del self._crowns[next(iter(self._crowns))]
        if kind == _DECISION:
            self._touched.add(n)
        elif kind == _REBASE:
            self._rebased = True
        elif target is not None and self._number(target) is None:
            self._miss(target, identifier, retracts=True)
        elif target is not None:
            self._targets.append(target)
        self._batch.append((n, identifier, start, size, kind, at, moment, generation, trunk, run, target, series, name))
        self._fresh[identifier] = n
        self._size += 1
        if len(self._batch) == _BATCH:
            self._write()

    def _trunk_under(self, parents: Sequence[int]) -> int:
        """A number up to which all events are among the parents and their ancestors; -1 where none is remembered.

        Where several write to one ledger by turns there is never a single head, each being an event behind. But what
        each has seen is the ledger as it was at some moment: the parents are the heads of that moment, and so all there
        was then is theirs. Without this, ancestry would be a walk through all that they wrote.
        """
        last = max(parents, default=-1)
        crown = self._crowns.get(last)
        return last if crown is not None and crown.issubset(parents) else -1

    def _write(self) -> None:
        """Put what was admitted into the tables."""
        self._base.executemany(_INSERT, self._batch)
        self._base.executemany("INSERT OR IGNORE INTO parent VALUES (?, ?)", self._parents)
        self._batch.clear()
        self._parents.clear()
        self._written = self._size

    def _miss(self, lost: bytes, child: bytes, *, retracts: bool) -> None:
        self._base.execute("INSERT OR IGNORE INTO missing VALUES (?, ?, ?)", (lost, child, retracts))

    def _retract(self, target: bytes | None, step: int) -> None:
        """A retraction of ``target`` more counts, or one less; and so on down the chain of retractions.

        No chain can close, for an event's id depends on its target's.
        """
        while target is not None and (n := self._number(target)) is not None:
            kind, before, its_target = self._one("SELECT kind, retracted, target FROM event WHERE n = ?", (n,))
            after = before + step
            self._base.execute("UPDATE event SET retracted = ? WHERE n = ?", (after, n))
            if (before > 0) == (after > 0):
                return
            if kind == _DECISION:
                self._touched.add(n)
            self._rebased |= kind == _REBASE
            target = its_target if kind == _RETRACT else None
            step = -1 if after else 1

    def _expected_no_more(self) -> bool:
        return self._one("SELECT 1 FROM missing JOIN event USING (id)") is not None

    # Looking up

    @property
    def heads(self) -> tuple[str, ...]:
        """The ids of the events that no other has seen, sorted."""
        return tuple(sorted(self.place(n)[0].hex() for n in self._heads))

    @property
    def moment(self) -> str:
        """The latest time of all; empty where there are no events."""
        return str(self._one("SELECT ifnull(max(moment), '') FROM event")[0])

    def number(self, identifier: str) -> int | None:
        """The number of the event with this id."""
        return self._number(bytes.fromhex(identifier))

    def numbered(self, identifier: str) -> int:
        """The same; KeyError where there is none."""
        number = self.number(identifier)
        if number is None:
            raise KeyError(identifier)
        return number

    def beginning_with(self, digits: str) -> tuple[str, ...]:
        """The ids that begin so; ``digits`` are hex digits, 32 at most."""
        low, high = bytes.fromhex(digits.ljust(32, "0")), bytes.fromhex(digits.ljust(32, "f"))
        return tuple(row[0].hex() for row in self._rows("SELECT id FROM event WHERE id BETWEEN ? AND ?", (low, high)))

    def unknown_to(self, other: History) -> tuple[int, ...]:
        """The events that ``other`` has not, each after all it saw."""
        known = {row[0] for row in other._rows("SELECT id FROM event")}
        return tuple(n for n, identifier in self._rows("SELECT n, id FROM event ORDER BY n") if identifier not in known)

    def place(self, n: int) -> tuple[bytes, int, int]:
        """The id of event ``n``, and where its line stands in the file: its first byte and how many there are."""
        identifier, start, size = self._one("SELECT id, start, size FROM event WHERE n = ?", (n,))
        return identifier, start, size

    def rank(self, n: int) -> Rank:
        """The event's place in the one order of the ledger."""
        generation, at, identifier = self._one("SELECT generation, at, id FROM event WHERE n = ?", (n,))
        return generation, at, identifier

    def ranked(self) -> Iterator[int]:
        """All events in the one order of the ledger."""
        return self._numbers(f"SELECT n FROM event {_OLDEST_FIRST}")

    def of_kind(self, kind: str) -> Iterator[int]:
        """The events of a kind in the one order of the ledger, those that were retracted too."""
        return self._numbers(f"SELECT n FROM event WHERE kind = ? {_OLDEST_FIRST}", (kind,))

    def counting(self, kind: str) -> tuple[int, ...]:
        """The events of a kind that no retraction that counts names, in the one order of the ledger."""
        query = f"SELECT n FROM event WHERE kind = ? AND retracted = 0 {_OLDEST_FIRST}"
        return tuple(self._numbers(query, (kind,)))

    def kind(self, n: int) -> str:
        """The event's kind; with a question mark before it where this version does not understand it."""
        return str(self._one("SELECT kind FROM event WHERE n = ?", (n,))[0])

    def name(self, n: int) -> str:
        """The name of a tag."""
        return str(self._one("SELECT name FROM event WHERE n = ?", (n,))[0])

    def counts(self, n: int) -> bool:
        """Whether no retraction that counts names the event."""
        return int(self._one("SELECT retracted FROM event WHERE n = ?", (n,))[0]) == 0

    def retracting(self, n: int) -> tuple[int, ...]:
        """The retractions of an event, whether they count or not, in the one order of the ledger."""
        query = f"SELECT n FROM event WHERE target = (SELECT id FROM event WHERE n = ?) {_OLDEST_FIRST}"
        return tuple(self._numbers(query, (n,)))

    def target(self, n: int) -> tuple[bool, int | None]:
        """Whether the event is a retraction, and the number of what it retracts; None where that is in no line."""
        query = "SELECT e.target IS NOT NULL, t.n FROM event AS e LEFT JOIN event AS t ON t.id = e.target WHERE e.n = ?"
        retracts, target = self._one(query, (n,))
        return bool(retracts), target

    def series(self, name: str) -> tuple[int, ...]:
        """What was done at one stroke of this name, in the one order of the ledger."""
        return tuple(self._numbers(f"SELECT n FROM event WHERE series = ? {_OLDEST_FIRST}", (storable(name),)))

    def tagged(self, name: str) -> tuple[int, ...]:
        """The tags of this name that count."""
        query = f"SELECT n FROM event WHERE kind = 'tag' AND retracted = 0 AND name = ? {_OLDEST_FIRST}"
        return tuple(self._numbers(query, (storable(name),)))

    @property
    def opened(self) -> frozenset[str]:
        """The digests of the transcripts with an ``open`` event."""
        return frozenset(row[0] for row in self._rows("SELECT DISTINCT name FROM event WHERE kind = 'open'"))

    def trunk(self, n: int) -> int:
        """A number up to which every event is an ancestor of event ``n``, or the event itself; -1: none need be."""
        return int(self._one("SELECT trunk FROM event WHERE n = ?", (n,))[0])

    def saw(self, later: int, earlier: int) -> bool:
        """Whether the writer of ``later`` had ``earlier`` before them; every event has seen itself."""
        visited: set[int] = set()
        queue = [later] if later >= earlier else []
        while queue:
            n = queue.pop()
            trunk, run = self._one("SELECT trunk, run FROM event WHERE n = ?", (n,))
            if earlier <= trunk or earlier >= run:
                return True
            if run not in visited:
                visited.add(run)
                parents = self._rows("SELECT parent FROM parent WHERE child = ?", (run,))
                queue += [parent for (parent,) in parents if parent >= earlier]
        return False

    def seen_by(self, n: int) -> frozenset[int]:
        """The event and everything its writer had before them."""
        query = """
            WITH RECURSIVE seen (n) AS (
                VALUES (?) UNION SELECT parent FROM seen JOIN parent ON parent.child = seen.n
            ) SELECT n FROM seen
        """
        return frozenset(self._numbers(query, (n,)))

    def until(self, moment: str) -> frozenset[int]:
        """What had been written by then; an event never earlier than what it saw, however the clocks stood."""
        return frozenset(self._numbers("SELECT n FROM event WHERE moment <= ?", (moment,)))

    def before(self, moment: str) -> frozenset[int]:
        """What had been written before then."""
        return frozenset(self._numbers("SELECT n FROM event WHERE moment < ?", (moment,)))

    # Undo and redo

    @property
    def undoable(self) -> tuple[int, ...]:
        """The latest decision that counts; of those made at one stroke, all that count."""
        query = f"SELECT n, series FROM event WHERE kind = 'decision' AND retracted = 0 {_NEWEST_FIRST} LIMIT 1"
        last = self._one(query)
        if last is None:
            return ()
        n, series = last
        if series is None:
            return (n,)
        query = f"SELECT n FROM event WHERE series = ? AND kind = 'decision' AND retracted = 0 {_OLDEST_FIRST}"
        return tuple(self._numbers(query, (series,)))

    @property
    def redoable(self) -> tuple[int, ...]:
        """The retractions that took back what was undone last, several where several did so at once or at one stroke.

        None once something was decided since.
        """
        last = self._last_decision()
        if last is None:
            return ()
        undone = self._one(
            f"""
            SELECT target, series FROM event
            WHERE kind = 'retract' AND retracted = 0 AND (generation, at, id) > (?, ?, ?)
              AND EXISTS (SELECT 1 FROM event AS e WHERE e.id = event.target AND e.kind = 'decision')
            {_NEWEST_FIRST} LIMIT 1
            """,
            last,
        )
        if undone is None:
            return ()
        target, series = undone
        query = f"""
            SELECT n FROM event WHERE kind = 'retract' AND retracted = 0 AND target IN (
                SELECT ? UNION SELECT target FROM event WHERE series = ? AND kind = 'retract' AND retracted = 0
            ) {_OLDEST_FIRST}
        """
        return tuple(self._numbers(query, (target, series)))

    def _last_decision(self) -> Rank | None:
        """The rank of the latest decision, whether it counts or not.

        The index has them by how many retractions name them, so each such number is asked for its latest.
        """
        more = "SELECT min(retracted) FROM event WHERE kind = 'decision' AND retracted > ?"
        query = (
            f"SELECT generation, at, id FROM event WHERE kind = 'decision' AND retracted = ? {_NEWEST_FIRST} LIMIT 1"
        )
        latest: list[Rank] = []
        retracted = self._one(more, (-1,))[0]
        while retracted is not None:
            latest.append(self._one(query, (retracted,)))
            retracted = self._one(more, (retracted,))[0]
        return max(latest, default=None)

    # Troubles

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Events named that are in no line of the ledger."""
        return tuple(starmap(_missing, self.missing))

    @property
    def missing(self) -> tuple[tuple[str, str, bool], ...]:
        """The ids of events that are in no line, each with that of one that follows it, or takes it back (True)."""
        rows = self._rows("SELECT id, child, retracts FROM missing ORDER BY child, id")
        return tuple((lost.hex(), child.hex(), bool(retracts)) for lost, child, retracts in rows)

    @property
    def backwards(self) -> tuple[int, ...]:
        """The events with a time before that of one they follow."""
        query = """
            SELECT DISTINCT child.n FROM parent JOIN event AS child ON child.n = parent.child
            JOIN event AS before ON before.n = parent.parent WHERE child.at < before.at ORDER BY child.n
        """
        return tuple(self._numbers(query))

    # The database

    def _number(self, identifier: bytes) -> int | None:
        n = self._fresh.get(identifier)
        if n is None and self._first:
            row = self._one("SELECT n FROM event WHERE id = ?", (identifier,))
            return None if row is None else int(row[0])
        return n

    def _rank_of(self, n: int) -> tuple[str, int, int, int]:
        """Moment, generation, trunk and run of an event, be it in the tables yet or not."""
        if n >= self._written:
            return self._batch[n - self._written][6:10]
        row: tuple[str, int, int, int] = self._one("SELECT moment, generation, trunk, run FROM event WHERE n = ?", (n,))
        return row

    def _one(self, query: str, values: Sequence[Any] = ()) -> Any:
        """The first row; None where there is none."""
        return self._base.execute(query, values).fetchone()

    def _rows(self, query: str, values: Sequence[Any] = ()) -> sqlite3.Cursor:
        return self._base.execute(query, values)

    def _numbers(self, query: str, values: Sequence[Any] = ()) -> Iterator[int]:
        """The first column, where that holds numbers of events."""
        return (row[0] for row in self._rows(query, values))


def _named(event: Outline) -> Iterator[bytes]:
    """The events that this one follows or retracts."""
    yield from event.parents
    if event.traits.target is not None:
        yield event.traits.target


def _missing(lost: str, child: str, retracts: bool) -> Problem:
    if retracts:
        return Problem(f"event {child}", f"takes back event {lost}, which is not in this ledger")
    return Problem(f"event {child}", f"follows event {lost}, which is not in this ledger", "look for a lost line")
