"""One ledger file: read it, see what others add to it, add to it durably.

Nothing is created by looking. Appending takes the lock, reads what has come since the last look, writes whole lines in
one go, and returns only after ``fsync``; whatever fails on the way is taken back, so a ledger holds either all of what
was to be appended or none of it.

The lock is ``flock`` on the ledger itself, not on a file beside it: an archive's folder stays free of stray files, and
the kernel lets go of the lock when its holder dies, however it dies.
"""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from sverka.errors import LedgerError
from sverka.ledger import disk
from sverka.ledger.codec import Event, encode, parse
from sverka.model import Problem

__all__ = ["News", "Store"]

_MEMORY = 512
"""How many bytes before the end of what was read are remembered, to notice that the file was rewritten."""

_BLANK = b"\r\xef\xbb\xbf \t"
"""What may stand on a line that says nothing: spaces, a byte-order mark, a carriage return."""


@dataclass(frozen=True, slots=True)
class News:
    """Events a look at the file brought, in file order.

    ``anew`` says that the file is not the one read before with lines added (somebody replaced or rewrote it): what was
    read earlier no longer counts, and ``events`` are all there are.
    """

    events: tuple[Event, ...] = ()
    anew: bool = False


@dataclass(frozen=True, slots=True)
class _Seen:
    """How far a file was read: which one, up to which byte, how many lines, and what stood last."""

    file: tuple[int, int] | None = None
    offset: int = 0
    lines: int = 0
    tail: bytes = b""
    problems: tuple[Problem, ...] = ()
    torn: bytes = b""
    """What stands after the last line feed and is no event: the beginning of a write that was cut off."""
    unended: bool = False
    """The last line counts but has no line feed."""


@dataclass(slots=True)
class Store:
    """The ledger at ``path``, which need not exist yet."""

    path: Path
    _seen: _Seen = field(default_factory=_Seen)
    _set_aside: tuple[Problem, ...] = ()

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Lines that do not count, as of the last look, and what was set aside since this store was opened."""
        seen = self._seen
        if not seen.torn:
            return (*seen.problems, *self._set_aside)
        torn = Problem(
            f"{self.path}:{seen.lines + 1}",
            f"the last line is torn ({len(seen.torn)} bytes) and does not count",
            "the next decision sets it aside in a file of its own",
        )
        return (*seen.problems, torn, *self._set_aside)

    def read(self) -> News:
        """What has come since the last look; on the first look, everything. LedgerError where it cannot be read."""
        try:
            with disk.locked(self.path, writing=False) as file:
                news, self._seen = self._look(file)
        except FileNotFoundError:
            news, self._seen = News(anew=self._seen.offset > 0), _Seen()
        except OSError as error:
            raise LedgerError(f"cannot be read: {disk.reason(error)}", place=str(self.path)) from error
        return news

    def append(self, events: Sequence[Event]) -> News:
        """Write ``events`` at the end, durably; returns them after what others had appended since the last look.

        LedgerError when that is impossible: then the file is as it was, and so is this store.
        """
        try:
            disk.make_folder(self.path.parent)
            existed = self.path.exists()
            with disk.locked(self.path, writing=True) as file:
                try:
                    news, seen = self._look(file)
                    self._refuse_orphans(events, news)
                    seen = self._write(file, self._clear_torn(file, seen), events)
                except (OSError, LedgerError):
                    if not existed and not os.fstat(file).st_size:
                        self.path.unlink()
                    raise
        except OSError as error:
            raise LedgerError(
                f"nothing was recorded, the ledger cannot be written: {disk.reason(error)}", place=str(self.path)
            ) from error
        self._seen = seen
        return News((*news.events, *events), news.anew)

    def _look(self, file: int) -> tuple[News, _Seen]:
        """What stands after the last look, and how far that is. The lock is held: no line is still being written."""
        seen = self._seen
        status = os.fstat(file)
        known = seen.file == (status.st_dev, status.st_ino) and self._tail_stands(file)
        anew = seen.offset > 0 and not known
        if not known:
            seen = _Seen(file=(status.st_dev, status.st_ino))
        data = disk.bytes_from(file, seen.offset)
        lines, torn, unended = self._lines(data, after_unended=seen.unended)
        events: list[Event] = []
        problems = list(seen.problems)
        for number, line in enumerate(lines, start=seen.lines + 1):
            event = self._parsed(line, number)
            if isinstance(event, Event):
                events.append(event)
            elif event is not None:
                problems.append(event)
        used = len(data) - len(torn)
        return News(tuple(events), anew), replace(
            seen,
            offset=seen.offset + used,
            lines=seen.lines + len(lines),
            tail=(seen.tail + data[:used])[-_MEMORY:],
            problems=tuple(problems),
            torn=torn,
            unended=unended if used else seen.unended,
        )

    def _lines(self, data: bytes, *, after_unended: bool) -> tuple[list[bytes], bytes, bool]:
        """The lines in ``data``; the torn one at its end, if any; whether the last of the lines lacks its line feed.

        Lines end with a line feed and nothing else: the text of an event may hold every other line separator.
        """
        *lines, rest = data.split(b"\n")
        if after_unended and lines and not lines[0]:
            del lines[0]  # the line feed that ends the line read before
        if not rest:
            return lines, b"", False
        if isinstance(self._parsed(rest, 0), Problem):
            return lines, rest, False
        # Its id proves an event whole, so only the line feed is missing; a blank rest is nobody's loss.
        return [*lines, rest], b"", True

    def _parsed(self, line: bytes, number: int) -> Event | Problem | None:
        return parse(line.removesuffix(b"\r"), f"{self.path}:{number}") if line.strip(_BLANK) else None

    def _tail_stands(self, file: int) -> bool:
        tail = self._seen.tail
        return os.pread(file, len(tail), self._seen.offset - len(tail)) == tail

    def _refuse_orphans(self, events: Sequence[Event], news: News) -> None:
        """Ours do not belong into a file that took the place of the one we read, unless it has what they follow."""
        if not news.anew:
            return
        known = {event.id for event in (*news.events, *events)}
        if any(parent not in known for event in events for parent in event.parents):
            raise LedgerError(
                "nothing was recorded, the ledger was replaced by another one meanwhile",
                place=str(self.path),
                remedy="open it again",
            )

    def _clear_torn(self, file: int, seen: _Seen) -> _Seen:
        """Move a torn last line to a file of its own: it is safe there before it is cut off here."""
        if not seen.torn:
            return seen
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
        return replace(seen, torn=b"")

    def _write(self, file: int, seen: _Seen, events: Sequence[Event]) -> _Seen:
        data = (b"\n" if seen.unended else b"") + b"".join(map(encode, events))
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
        return replace(
            seen,
            offset=seen.offset + len(data),
            lines=seen.lines + len(events),
            tail=(seen.tail + data)[-_MEMORY:],
            unended=False,
        )
