"""One ledger file: read it, see what others add to it, add to it durably.

Nothing is created by looking. Appending takes the lock, reads what has come since the last look, writes whole lines in
one go, and returns only after ``fsync``; whatever fails on the way is taken back, so a ledger holds either all of what
was to be appended or none of it.

The lock is ``flock`` on the ledger itself, not on a file beside it: an archive's folder stays free of stray files, and
the kernel lets go of the lock when its holder dies, however it dies.
"""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from sverka.errors import LedgerError
from sverka.ledger import disk, snapshot
from sverka.ledger.codec import BLANK, encode, outline, parse, pieces
from sverka.ledger.event import Event, Outline
from sverka.ledger.history import Change, Entry, History
from sverka.ledger.lines import lines
from sverka.ledger.snapshot import Digest, Mark
from sverka.model import Problem

__all__ = ["Ledger", "News"]

_MEMORY = 512
"""How many bytes before the end of what was read are remembered, to notice that the file was rewritten."""
_AT_HAND = 1 << 16
"""How many events are kept as values once they were read; others are read from the file again."""
_BATCH = 1 << 12
"""So many lines are hashed at once."""

_NOTHING = Change()


@dataclass(frozen=True, slots=True)
class News:
    """What a look at the file brought.

    ``anew`` says that the file is not the one read before with lines added (somebody replaced or rewrote it): what was
    read earlier no longer counts, events have other numbers, and whatever was worked out has to be worked out again.
    """

    change: Change = _NOTHING
    anew: bool = False

    def __bool__(self) -> bool:
        return self.anew or bool(self.change.new)


@dataclass(frozen=True, slots=True)
class _Seen:
    """How far a file was read: which one, up to which byte, how many lines, and what stood last."""

    file: tuple[int, int] | None = None
    offset: int = 0
    lines: int = 0
    tail: bytes = b""
    problems: tuple[tuple[int, str], ...] = ()
    torn: bytes = b""
    """What stands after the last line feed and is no event: the beginning of a write that was cut off."""
    unended: bool = False
    """The last line counts but has no line feed."""
    kept: int = 0
    """How far the snapshot reaches."""


class Ledger:
    """The ledger at ``path``, which need not exist yet."""

    def __init__(self, path: Path) -> None:
        """Nothing is read before the first :meth:`read` or :meth:`append`."""
        self.path = path
        self.history = History()
        self._seen = _Seen()
        self._digest: Digest = hashlib.sha256()
        self._file: int | None = None
        self._at_hand: dict[str, Event] = {}
        self._untold = News()
        self._recalled = False
        self._set_aside: tuple[Problem, ...] = ()

    @classmethod
    def open(cls, path: Path) -> Ledger:
        """The ledger with what stands in it now; LedgerError where it cannot be read."""
        ledger = cls(path)
        ledger.read()
        return ledger

    def __del__(self) -> None:
        if self._file is not None:
            os.close(self._file)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Lines that do not count, as of the last look, and what was set aside since this ledger was opened."""
        seen = self._seen
        found = [Problem(f"{self.path}:{number}", message) for number, message in seen.problems]
        if seen.torn:
            torn = f"the last line is torn ({len(seen.torn)} bytes) and does not count"
            found.append(
                Problem(f"{self.path}:{seen.lines + 1}", torn, "the next decision sets it aside in a file of its own")
            )
        return (*found, *self._set_aside)

    # Events

    def event(self, n: int) -> Event:
        """The event with a number of :attr:`history`; LedgerError where its line cannot be read any more."""
        return self.event_at(*self.history.place(n))

    def named(self, identifier: str) -> Event:
        """The event with this id; KeyError where there is none."""
        return self.event(self.history.numbered(identifier))

    def event_at(self, identifier: bytes, start: int, size: int) -> Event:
        """The event with an id, whose line has ``size`` bytes from ``start``; LedgerError as for :meth:`event`."""
        name = identifier.hex()
        event = self._at_hand.get(name)
        if event is None:
            read = parse(self._line(start, size), name)
            if not isinstance(read, Event) or read.id != name:
                raise self._altered()
            event = read
            self._keep_at_hand(event)
        return event

    def entry(self, n: int) -> Entry:
        """What a history wants to know of the event with a number; LedgerError as for :meth:`event`."""
        identifier, start, size = self.history.place(n)
        read = outline(self._line(start, size), "")
        if not isinstance(read, Outline) or read.id != identifier:
            raise self._altered()
        return Entry(read, start, size)

    def _line(self, start: int, size: int) -> bytes:
        assert self._file is not None
        return os.pread(self._file, size, start)

    def _altered(self) -> LedgerError:
        return LedgerError("was altered while it was open", place=str(self.path), remedy="open it again")

    def events(self, numbers: Iterator[int] | Sequence[int] | None = None) -> Iterator[Event]:
        """The events with these numbers; all, in the one order of the ledger, where none are given."""
        return map(self.event, self.history.ranked() if numbers is None else numbers)

    def _keep_at_hand(self, event: Event) -> None:
        if len(self._at_hand) < _AT_HAND:
            self._at_hand[event.id] = event

    # Reading

    def read(self) -> News:
        """What has come since the last look; on the first look, everything. LedgerError where it cannot be read."""
        try:
            with disk.locked(self.path, writing=False) as file:
                size, anew = self._look(file)
            # What is below the size it had under the lock is only ever appended to: it needs no lock to be read.
            news = self._take_in(size, anew=anew)
        except FileNotFoundError:
            news = News(anew=self._seen.offset > 0)
            if news:
                self._forget()
        except OSError as error:
            raise LedgerError(f"cannot be read: {disk.reason(error)}", place=str(self.path)) from error
        return self._told(news)

    def append(self, events: Sequence[Event]) -> News:
        """Write ``events`` at the end, durably; returns them after what others had appended since the last look.

        Those that stand there already, because others appended them, are passed over. LedgerError when that is
        impossible: then the file is as it was.
        """
        try:
            disk.make_folder(self.path.parent)
            existed = self.path.exists()
            with disk.locked(self.path, writing=True) as file:
                try:
                    size, anew = self._look(file)
                    self._untold = self._told(self._take_in(size, anew=anew))
                    events = [event for event in events if self.history.number(event.id) is None]
                    self._refuse_orphans(events)
                    self._clear_torn(file)
                    size = self._write(file, events)
                except (OSError, LedgerError):
                    if not existed and not os.fstat(file).st_size:
                        self.path.unlink()
                    raise
        except OSError as error:
            raise LedgerError(
                f"nothing was recorded, the ledger cannot be written: {disk.reason(error)}", place=str(self.path)
            ) from error
        try:
            news = self._take_in(size, anew=False)
        except OSError as error:
            reason = f"recorded, but cannot be read back: {disk.reason(error)}"
            raise LedgerError(reason, place=str(self.path), remedy="open it again") from error
        return self._told(news)

    def _told(self, news: News) -> News:
        """With what came in before an append that failed, which nobody has been told of."""
        before, self._untold = self._untold, News()
        if news.anew or not before:
            return news
        old, new = before.change, news.change
        numbers = range(old.new.start, new.new.stop or old.new.stop)
        return News(Change(numbers, old.decisions | new.decisions, old.rebased | new.rebased), before.anew)

    def _forget(self) -> None:
        """Begin from the beginning."""
        self.history, self._seen, self._digest, self._at_hand = History(), _Seen(), hashlib.sha256(), {}

    def _look(self, file: int) -> tuple[int, bool]:
        """The file's size, and whether it is another than was read. The lock is held: no line is being written."""
        status = os.fstat(file)
        identity = status.st_dev, status.st_ino
        known = self._seen.file == identity and self._tail_stands(file)
        anew = not known and self._seen.offset > 0
        if anew:
            self._forget()
        if not known:
            if self._file is not None:
                os.close(self._file)
            self._file = os.dup(file)
            self._recall(file, status.st_size)
            self._seen = replace(self._seen, file=identity)
        return status.st_size, anew

    def _recall(self, file: int, size: int) -> None:
        """Begin from the snapshot, if there is one of this file."""
        kept = snapshot.load(self.path, file, size)
        if kept is None:
            return
        mark = kept.mark
        tail = os.pread(file, _MEMORY, max(0, mark.offset - _MEMORY))[: min(_MEMORY, mark.offset)]
        self.history, self._digest, self._recalled = kept.history, kept.digest, True
        self._seen = _Seen(None, mark.offset, mark.lines, tail, mark.problems, b"", mark.unended, mark.offset)

    def _take_in(self, size: int, *, anew: bool) -> News:
        """The events in what stands after the last look."""
        file = self._seen.file
        try:
            change = self.history.add(self._entries(size))
            if change is None:
                # An event came that others had named long before: who saw what has to be worked out anew.
                self._forget()
                self._seen = _Seen(file=file)
                change = self.history.add(self._entries(size))
                anew = True
        except BaseException:
            self._forget()
            self._untold = News(anew=True)
            raise
        assert change is not None
        if self._recalled:
            change, anew, self._recalled = Change(range(len(self.history))), True, False
        if snapshot.due(self._seen.offset, self._seen.kept):
            self._keep_snapshot()
        return News(change, anew)

    def _keep_snapshot(self) -> None:
        seen = self._seen
        mark = Mark(seen.offset, seen.lines, self._digest.hexdigest(), seen.unended, seen.problems)
        snapshot.save(self.path, self.history, mark)
        self._seen = replace(seen, kept=seen.offset)

    def _entries(self, size: int) -> Iterator[Entry]:
        """The events between what was read and ``size``; when all are taken, what was read is what was looked at."""
        file = self._file
        assert file is not None
        if self._seen.unended and os.pread(file, 1, self._seen.offset) == b"\n":
            self._take_note([b"\n"], lines=0)
            self._seen = replace(self._seen, unended=False)
        torn, unended = b"", self._seen.unended
        number = self._seen.lines
        problems: list[tuple[int, str]] = []
        read: list[bytes] = []
        for start, data, ended in lines(disk.blocks(file, self._seen.offset, size), self._seen.offset):
            event, taken = outline(data, ""), data
            if isinstance(event, Outline):
                yield Entry(event, start, len(data))
            elif data.strip(BLANK):
                # No event, or several that lack a line feed between them.
                found = pieces(data, "")
                if not ended and isinstance(found[-1].content, Problem):
                    torn = found[-1].data
                    found, taken = found[:-1], data.removesuffix(torn)
                    if not found:
                        break
                for piece in found:
                    if isinstance(piece.content, Event):
                        yield Entry(piece.content.outline, start + piece.start, len(piece.data))
                    else:
                        problems.append((number + 1, piece.content.message))
            # An event's id proves it whole, so only the line feed is missing; a blank rest is nobody's loss.
            unended = not ended
            number += 1
            read.append(taken if unended else taken + b"\n")
            if len(read) == _BATCH:
                self._take_note(read, lines=len(read))
                read.clear()
        self._take_note(read, lines=len(read))
        self._seen = replace(self._seen, torn=torn, unended=unended, problems=(*self._seen.problems, *problems))

    def _take_note(self, read: Sequence[bytes], *, lines: int) -> None:
        """Remember that so much more was read."""
        data = b"".join(read)
        self._digest.update(data)
        seen = self._seen
        tail = (seen.tail + data[-_MEMORY:])[-_MEMORY:]
        self._seen = replace(seen, offset=seen.offset + len(data), lines=seen.lines + lines, tail=tail)

    def _tail_stands(self, file: int) -> bool:
        tail = self._seen.tail
        return os.pread(file, len(tail), self._seen.offset - len(tail)) == tail

    # Writing

    def _refuse_orphans(self, events: Sequence[Event]) -> None:
        """Ours do not belong into a file that took the place of the one we read, unless it has what they follow."""
        if not self._untold.anew:
            return
        ours = {event.id for event in events}
        if any(p not in ours and self.history.number(p) is None for event in events for p in event.parents):
            raise LedgerError(
                "nothing was recorded, the ledger was replaced by another one meanwhile",
                place=str(self.path),
                remedy="open it again",
            )

    def _clear_torn(self, file: int) -> None:
        """Move a torn last line to a file of its own: it is safe there before it is cut off here."""
        seen = self._seen
        if not seen.torn:
            return
        stamp = time.strftime("%Y%m%dT%H%M%SZ", time.gmtime())
        name = f"{self.path.name}.torn-{stamp}"
        refuge, number = self.path.with_name(name), 1
        while refuge.exists():
            number += 1
            refuge = self.path.with_name(f"{name}-{number}")
        disk.new_file(refuge, seen.torn)
        os.ftruncate(file, seen.offset)
        message = f"the last line was torn ({len(seen.torn)} bytes) and does not count; it is kept in {refuge.name}"
        self._set_aside += (Problem(f"{self.path}:{seen.lines + 1}", message),)
        self._seen = replace(seen, torn=b"")

    def _write(self, file: int, events: Sequence[Event]) -> int:
        """Write them, or leave the file as it was; its size afterwards."""
        data = (b"\n" if self._seen.unended else b"") + b"".join(map(encode, events))
        size = os.fstat(file).st_size
        try:
            disk.write_all(file, data)
            if not size:
                disk.sync_folder(self.path.parent)
        except OSError:
            with suppress(OSError):  # the first error is the one to tell
                os.ftruncate(file, size)
                os.fsync(file)
            raise
        return size + len(data)
