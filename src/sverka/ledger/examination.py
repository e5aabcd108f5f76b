"""Everything that can be wrong with one ledger, found without believing anything but its bytes.

The file is read from its first byte, every line is parsed the strict way, and the history is made from that: no
snapshot is looked at. What needs the transcript (do the anchors hold?) is looked at where the transcript is at hand.
"""

from __future__ import annotations

import os
import re
from array import array
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from sverka.errors import LedgerError
from sverka.ledger import disk
from sverka.ledger.anchor import anchor_at, stands
from sverka.ledger.codec import BLANK, Piece, parse, parse_strictly, pieces
from sverka.ledger.event import Event, Opening, Rebase, Ruling
from sverka.ledger.fold import Place, agree, answers, latest, recorded_place
from sverka.ledger.history import Entry, History
from sverka.ledger.kinds import KINDS
from sverka.ledger.lines import Line, lines
from sverka.ledger.locator import Locator
from sverka.model import Transcript
from sverka.text.visible import visible

__all__ = ["Examination", "Fault", "Severity", "examine", "outside"]

_BOM = "\N{ZERO WIDTH NO-BREAK SPACE}".encode()
_CONFLICT_MARKERS = (b"<<<<<<< ", b"=======", b">>>>>>> ", b"||||||| ")
_DRIVE = re.compile(r"[A-Za-z]:")
_RESTORE = "restore it from a copy, or delete it"
_MISSING = "look for a lost line, in a copy or another editor's ledger"
_DECIDE_AGAIN = "take it back, and decide the place again"


class Severity(StrEnum):
    """How bad it is."""

    PROBLEM = "problem"
    """Something is lost, altered or contradictory."""
    NOTE = "note"
    """Nothing is lost, but somebody may want to know."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing to tell of a ledger.

    ``line`` counts from 1; 0 where the whole ledger is meant. ``check`` names what was looked at, in one word.
    """

    line: int
    check: str
    message: str
    remedy: str = ""
    severity: Severity = Severity.PROBLEM


@dataclass(frozen=True, slots=True)
class Examination:
    """What was found in one ledger.

    ``events`` are those that count as events, ``in_force`` the decisions in force, ``unchecked`` those of the decisions
    whose anchors could not be held against a text, since that text is not at hand.
    """

    faults: tuple[Fault, ...]
    events: int
    in_force: int
    unchecked: int


def examine(path: Path, transcript: Transcript | None = None, name: str = "") -> Examination:
    """Look at everything in the ledger at ``path``; LedgerError where it cannot be read.

    ``transcript`` is the text it belongs to, where that is at hand, and ``name`` what an ``open`` event should call it.
    """
    try:
        with disk.locked(path, writing=False) as locked:
            size, file = os.fstat(locked).st_size, os.dup(locked)
        try:
            return _Examiner(file, size, transcript, name).examination()
        finally:
            os.close(file)
    except OSError as error:
        raise LedgerError(f"cannot be read: {disk.reason(error)}", place=str(path)) from error


def outside(name: str) -> bool:
    """Whether a path in a ledger points out of the project, on any system: absolute, up, or to a drive."""
    parts = name.replace("\\", "/").split("/")
    return not parts[0] or ".." in parts or _DRIVE.match(name) is not None


class _Examiner:
    """Reads one ledger, which is open as ``file``, once from end to end, then asks what the history made of it says."""

    def __init__(self, file: int, size: int, transcript: Transcript | None, name: str) -> None:
        self._file = file
        self._size = size
        self._transcript = transcript
        self._name = name
        self.history = History()
        self._faults: list[Fault] = []
        self._starts = array("Q")
        self._unchecked = 0
        self._decided_on: dict[str, int] = {}
        self._opened: set[str] = set()
        self._resolving: list[tuple[int, tuple[str, ...]]] = []
        self._strange: defaultdict[str, list[int]] = defaultdict(list)

    def event(self, n: int) -> Event:
        """The event with a number of the history."""
        identifier, start, size = self.history.place(n)
        event = parse(os.pread(self._file, size, start), "")
        if not isinstance(event, Event) or event.id != identifier.hex():
            raise OSError("it was altered while it was read")
        return event

    def examination(self) -> Examination:
        """All that was found."""
        self.history.add(self._entries())
        self._tell_strange()
        self._tell_missing()
        self._check_rebases()
        self._check_openings()
        self._check_tags()
        for n in self.history.backwards:
            message = "is earlier than what its writer had seen: a clock was set back, or is wrong"
            self._note(self._line_of(n), "time", message)
        in_force, conflicts = self._standing()
        if conflicts:
            where = "1 place" if conflicts == 1 else f"{conflicts} places"
            self._note(0, "conflict", f"editors disagree at {where}, and nothing is applied there", "decide again")
        faults = tuple(sorted(self._faults, key=lambda fault: (fault.line, fault.check, fault.message)))
        return Examination(faults, len(self.history), in_force, self._unchecked)

    # Line by line

    def _entries(self) -> Iterator[Entry]:
        seen: set[bytes] = set()
        for number, line in enumerate(lines(disk.blocks(self._file, 0, self._size), 0), start=1):
            self._starts.append(line.start)
            for start, data, event in self._events_in(line, number):
                outline = event.outline
                if outline.id in seen:
                    self._strange["repeats an event that stands further up"].append(number)
                    continue
                seen.add(outline.id)
                self._look_at(event, number)
                yield Entry(outline, line.start + start, len(data))

    def _events_in(self, line: Line, number: int) -> Iterator[tuple[int, bytes, Event]]:
        """The events in a line as far as the program counts them, with all that is wrong told."""
        if not line.data.strip(BLANK):
            return
        if line.data.startswith(_BOM):
            self._strange["begins with a byte-order mark"].append(number)
        if line.data.endswith(b"\r"):
            self._strange["ends with a carriage return"].append(number)
        strict = parse_strictly(line.data, "")
        found = (Piece(0, line.data, strict),) if isinstance(strict, Event) else pieces(line.data, "")
        if len(found) > 1:
            self._strange["is several lines without a line feed between them, whose events count"].append(number)
        for piece in found:
            event = piece.content
            if isinstance(event, Event):
                if event is not strict:
                    self._check_strictly(piece.data, number)
                yield piece.start, piece.data, event
            elif line.ended or piece is not found[-1]:
                remedy = "keep the lines of both sides, and delete this one" if _is_marker(piece.data) else _RESTORE
                self._problem(number, "line", event.message, remedy)
            else:
                message = f"the last line is torn ({len(piece.data)} bytes) and does not count"
                self._problem(number, "torn", message, "the next decision sets it aside in a file of its own")
        if not line.ended and isinstance(found[-1].content, Event):
            self._note(number, "line-feed", "the last line has no line feed; it counts, and the next decision adds one")

    def _check_strictly(self, data: bytes, number: int) -> None:
        """What counts by its bytes may still be none by what it says."""
        event = parse_strictly(data, "")
        if not isinstance(event, Event):
            message = f"counts, but other programs may read it otherwise: {event.message.removeprefix('not counted: ')}"
            self._problem(number, "line", message, "take back what it says, and say it anew")

    def _look_at(self, event: Event, number: int) -> None:
        """What one event shows without the others."""
        content = event.content
        if content is None:
            self._strange[f"is of a kind that this version does not know ({visible(event.kind[:40])})"].append(number)
        else:
            for name in event.fields.keys() - KINDS[event.kind].names:
                what = f"has a field that this version does not know ({visible(name[:40])})"
                self._strange[what].append(number)
        match content:
            case Ruling():
                self._decided_on.setdefault(content.transcript, number)
                self._check_anchor(content, number)
                if content.decision.resolves:
                    self._resolving.append((number, content.decision.resolves))
            case Opening():
                self._opened.add(content.sha256)
            case Rebase():
                self._opened.add(content.new)
            case _:
                pass

    def _check_anchor(self, ruling: Ruling, number: int) -> None:
        transcript, anchor = self._transcript, ruling.decision.anchor
        if transcript is None or ruling.transcript != transcript.sha256:
            self._unchecked += 1
        elif not stands(anchor, transcript.text):
            found = visible(anchor.span.of(transcript.text)[:40])
            message = f"its anchor quotes “{visible(anchor.exact[:40])}”, where the transcript has “{found}”"
            self._problem(number, "anchor", message, _DECIDE_AGAIN)
        elif anchor_at(transcript.text, anchor.span) != anchor:
            message = f"the words around its anchor “{visible(anchor.exact[:40])}” are not those of the transcript"
            self._problem(number, "anchor", message, _DECIDE_AGAIN)

    # All lines together

    def _tell_strange(self) -> None:
        """Each kind of harmless strangeness once, however many lines have it."""
        for what, numbers in self._strange.items():
            others = f", and so do {len(numbers) - 1} further lines" if len(numbers) > 1 else ""
            self._note(numbers[0], "line", f"{what}{others}; nothing is lost")

    def _tell_missing(self) -> None:
        for lost, child, retracts in self.history.missing:
            line = self._line_of(self.history.numbered(child))
            if retracts:
                self._problem(line, "target", f"takes back event {lost}, which is in no line of this ledger", _MISSING)
            else:
                self._problem(line, "parent", f"follows event {lost}, which is in no line of this ledger", _MISSING)
        for line, resolved in self._resolving:
            self._check_decisions(line, "resolves", resolved)

    def _check_decisions(self, line: int, check: str, ids: tuple[str, ...]) -> None:
        """That all of ``ids`` are decisions of this ledger."""
        for identifier in ids:
            n = self.history.number(identifier)
            if n is None:
                message = f"names decision {identifier}, which is in no line of this ledger"
                self._problem(line, check, message, _MISSING)
            elif self.history.kind(n) != "decision":
                message = f"names event {identifier} as a decision, which it is not"
                self._problem(line, check, message, "take it back")

    def _check_rebases(self) -> None:
        for n in self.history.of_kind("rebase"):
            rebase, line = self.event(n).content, self._line_of(n)
            assert isinstance(rebase, Rebase)
            named = (*rebase.moved, *rebase.corrected, *rebase.ambiguous, *rebase.lost)
            self._check_decisions(line, "rebase", named)
            for identifier, times in Counter(named).items():
                if times > 1:
                    message = f"says more than one thing of decision {identifier}"
                    self._problem(line, "rebase", message, "run `sverka rebase` again")
            if self._transcript is not None and rebase.new == self._transcript.sha256:
                self._check_moves(rebase, line, self._transcript)

    def _check_moves(self, rebase: Rebase, line: int, transcript: Transcript) -> None:
        if rebase.length != len(transcript.text):
            message = f"gives the transcript {rebase.length} letters, where it has {len(transcript.text)}"
            self._problem(line, "rebase", message, "run `sverka rebase` again")
        for identifier, span in rebase.moved.items():
            n = self.history.number(identifier)
            ruling = self.event(n).content if n is not None else None
            if not isinstance(ruling, Ruling):
                continue
            exact, found = ruling.decision.anchor.exact, span.of(transcript.text)
            if found.split() != exact.split():
                message = (
                    f"moves decision {identifier} on “{visible(exact[:40])}” to where the transcript has "
                    f"“{visible(found[:40])}”; it is looked for instead"
                )
                self._problem(line, "rebase", message, "run `sverka rebase` again")

    def _check_openings(self) -> None:
        for digest, line in self._decided_on.items():
            if digest not in self._opened:
                message = f"is on a text ({digest[:12]}…) that no event opens"
                self._problem(line, "open", message, "look for a lost line before it")
        for n in self.history.of_kind("open"):
            opening = self.event(n).content
            assert isinstance(opening, Opening)
            self._check_opening(opening, n)
        self._check_current()

    def _check_opening(self, opening: Opening, n: int) -> None:
        line, transcript = self._line_of(n), self._transcript
        if outside(opening.path):
            message = f"names a transcript outside the project: {visible(opening.path[:70])}; it is never opened"
            self._problem(line, "path", message, "ask whoever wrote it where it is from")
        if transcript is not None and opening.sha256 == transcript.sha256 and opening.length != len(transcript.text):
            message = f"gives the transcript {opening.length} letters, where it has {len(transcript.text)}"
            self._problem(line, "open", message, "ask whoever wrote it which program that was")
        for retraction in self.history.retracting(n):
            self._problem(self._line_of(retraction), "target", "takes back an `open`, which cannot be", "take it back")

    def _check_current(self) -> None:
        """Whether the ledger is that of this transcript, as it is now."""
        transcript = self._transcript
        openings, rebases = self.history.counting("open"), self.history.counting("rebase")
        if transcript is None or not openings:
            return
        opening = self.event(openings[-1]).content
        current = max((*openings[-1:], *rebases[-1:]), key=self.history.rank)
        worked_on = self.event(current).content
        assert isinstance(opening, Opening)
        assert isinstance(worked_on, Opening | Rebase)
        digest = worked_on.sha256 if isinstance(worked_on, Opening) else worked_on.new
        renamed = opening.path != self._name and not outside(opening.path)
        if digest == transcript.sha256:
            if renamed:
                message = f"was begun when the transcript was called {visible(opening.path[:70])}"
                self._note(self._line_of(openings[-1]), "path", message)
        elif renamed:
            message = f"is the ledger of another transcript: {visible(opening.path[:70])}"
            remedy = "move it to where that transcript's ledger belongs"
            self._problem(self._line_of(openings[-1]), "path", message, remedy)
        else:
            message = "the transcript has changed since it was last worked on"
            self._problem(0, "transcript", message, f"run `sverka rebase {visible(transcript.path)}`")

    def _check_tags(self) -> None:
        named: defaultdict[str, list[int]] = defaultdict(list)
        for n in self.history.counting("tag"):
            named[self.history.name(n)].append(n)
        for name, tags in named.items():
            for n in tags[1:]:
                first = self._line_of(tags[0])
                message = f"a second tag is called {visible(name[:70])}, as in line {first}: it names nothing now"
                self._note(self._line_of(n), "tag", message, "take one of them back")

    def _standing(self) -> tuple[int, int]:
        """How many decisions are in force, and at how many places editors disagree."""
        place, transcript = recorded_place, self._transcript
        if transcript is not None and self._decided_on.keys() - {transcript.sha256}:
            place = Locator(transcript, self).place
        decided: defaultdict[Place, list[int]] = defaultdict(list)
        for n in sorted(self.history.counting("decision")):
            decided[place(self.event(n))].append(n)
        conflicts = 0
        for numbers in decided.values():
            left = latest(self.history, numbers)
            conflicts += len(left) > 1 and not agree(answers(map(self.event, left)))
        return len(decided) - conflicts, conflicts

    # Telling

    def _line_of(self, n: int) -> int:
        """The number of the line in which an event stands."""
        return bisect_right(self._starts, self.history.place(n)[1])

    def _problem(self, line: int, check: str, message: str, remedy: str) -> None:
        self._faults.append(Fault(line, check, message, remedy))

    def _note(self, line: int, check: str, message: str, remedy: str = "") -> None:
        self._faults.append(Fault(line, check, message, remedy, Severity.NOTE))


def _is_marker(line: bytes) -> bool:
    """Whether git left the line behind where it could not merge."""
    return line.startswith(_CONFLICT_MARKERS)
