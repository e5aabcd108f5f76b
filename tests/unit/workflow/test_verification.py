"""What `sverka verify` finds, and what it leaves alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from ledger_lines import line, other

from sverka.config import find_project, ledger_path, transcript_path
from sverka.ledger import Event, Ledger, Rebase, Writer, anchor_at
from sverka.ledger.codec import encode
from sverka.ledger.examination import Fault, Severity, outside
from sverka.model import Decision, ErrorClass, Problem, Rule, Span, Transcript, Verdict
from sverka.workflow.verification import Verified, collection, verify

TEXT = "пусть она будет топорь, а не потом\nмы вместо сильнее\n"
CHANGED = TEXT.replace("сильнее", "слабее")
NOON = datetime(2026, 1, 2, 12, tzinfo=UTC)
MISSING = "d" * 32


class Archive:
    """A project with one transcript, and the events of its ledger as they are made."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.text = root / "transcripts" / "a.txt"
        self.ledger = root / "corrections" / "a.txt.jsonl"
        self.text.parent.mkdir()
        self.ledger.parent.mkdir()
        (root / "sverka.toml").touch()
        self.text.write_text(TEXT, encoding="utf-8")
        self.transcript = Transcript("transcripts/a.txt", TEXT)
        self.events: list[Event] = []
        self.minute = 0

    def writer(self, *heads: str, by: str = "Anna") -> Writer:
        self.minute += 1
        return Writer(heads, at=NOON + timedelta(minutes=self.minute), by=by)

    def begin(self, name: str = "transcripts/a.txt", transcript: Transcript | None = None) -> str:
        return self.add(self.writer().open(name, transcript or self.transcript))

    def decide(self, *heads: str, word: str = "топорь", said: str | None = "теперь", by: str = "Anna") -> str:
        made = decision(self.transcript, word, said)
        return self.add(self.writer(*heads, by=by).decide(self.transcript.sha256, made))

    def add(self, event: Event) -> str:
        self.events.append(event)
        return event.id

    def write(self, data: bytes | None = None) -> None:
        self.ledger.write_bytes(b"".join(map(encode, self.events)) if data is None else data)

    def found(self) -> tuple[Fault, ...]:
        verified = verify(self.ledger)
        assert isinstance(verified, Verified)
        return verified.found.faults

    def told(self) -> list[str]:
        """What is said, each with its line; notes in brackets."""
        return [
            f"{f.line}: {f.message}" if f.severity is Severity.PROBLEM else f"[{f.line}: {f.message}]"
            for f in self.found()
        ]


def decision(transcript: Transcript, word: str, said: str | None) -> Decision:
    start = transcript.text.index(word)
    return Decision(
        anchor=anchor_at(transcript.text, Span(start, start + len(word))),
        verdict=Verdict.REJECT if said is None else Verdict.AMEND,
        error_class=ErrorClass.OCR,
        replacement=said,
        rule=Rule.NONWORD,
        confidence=0.9,
    )


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Archive:
    monkeypatch.chdir(tmp_path)
    return Archive(tmp_path)


def test_what_the_program_wrote_is_clean(archive: Archive) -> None:
    opened = archive.begin()
    first = archive.decide(opened)
    second = archive.decide(first, word="вместо", said="вместе")
    undone = archive.add(archive.writer(second).retract(second))
    archive.add(archive.writer(undone).tag("first-pass"))
    archive.write()
    verified = verify(archive.ledger)
    assert isinstance(verified, Verified)
    assert verified.name == "corrections/a.txt.jsonl"
    assert (verified.found.faults, verified.found.events, verified.found.in_force) == ((), 5, 1)


def altered(data: bytes) -> bytes:
    return data.replace("теперь".encode(), "тетерь".encode())


def without_line(number: int) -> Callable[[bytes], bytes]:
    def cut(data: bytes) -> bytes:
        return b"".join(line for at, line in enumerate(data.splitlines(keepends=True), 1) if at != number)

    return cut


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        (altered, ["2: not counted: its id is", "3: follows event"]),
        (without_line(1), ["1: is on a text (", "1: follows event"]),
        (without_line(2), ["2: follows event"]),
        (without_line(3), []),
        (lambda data: data.replace(b"\n", b"\n<<<<<<< ours\n", 1), ["2: not counted: not a JSON object"]),
        (lambda data: data.replace(b"\n", b"\n\xff\n", 1), ["2: not counted: not UTF-8"]),
        (lambda data: data + b'{"v":1,"id":"torn', ["4: the last line is torn (17 bytes) and does not count"]),
        (lambda data: data[:-1], ["[3: the last line has no line feed; it counts, and the next decision adds one]"]),
        (lambda data: b"\xef\xbb\xbf" + data, ["[1: begins with a byte-order mark; nothing is lost]"]),
        (
            lambda data: data.replace(b"\n", b"\r\n"),
            ["[1: ends with a carriage return, and so do 2 further lines; nothing is lost]"],
        ),
        (lambda data: data + data, ["[4: repeats an event that stands further up, and so do 2 further lines; "]),
        (lambda data: data + b"\n \n\r\n", []),
        (
            lambda data: data.replace(b"\n", b"", 1),
            ["[1: is several lines without a line feed between them, whose events count; nothing is lost]"],
        ),
        (
            lambda data: data[:100] + data,
            [
                "[1: is several lines without a line feed between them, whose events count; nothing is lost]",
                "1: not counted: the beginning of a line, cut off",
            ],
        ),
    ],
)
def test_harm_done_to_the_file_is_named_by_its_line(
    archive: Archive, harm: Callable[[bytes], bytes], said: Sequence[str]
) -> None:
    archive.decide(archive.decide(archive.begin()), word="вместо", said="вместе")
    archive.write()
    archive.write(harm(archive.ledger.read_bytes()))
    told = archive.told()
    assert len(told) == len(said)
    assert all(line.startswith(start) for line, start in zip(told, said, strict=True)), told


def test_a_field_that_stands_twice_is_told_though_it_counts(archive: Archive) -> None:
    opened = archive.begin()
    fields = (
        b'"at":"2026-01-02T13:00:00.000Z","by":"Anna",%s"kind":"tag","kind":"tag","name":"x","note":"","parents":["'
    )
    fields = b"{" + fields + opened.encode() + b'"],"v":1}'
    identifier = sha256(fields % b"").hexdigest()[:32]
    archive.write(encode(archive.events[0]) + fields % f'"id":"{identifier}",'.encode() + b"\n")
    assert archive.told() == ["2: counts, but other programs may read it otherwise: a field stands twice"]


def test_what_a_later_version_wrote_is_noted_once(archive: Archive) -> None:
    archive.begin()
    seals = [other("tag", name=str(number), seal="wax") for number in range(3)]
    archive.write(b"\n".join([encode(archive.events[0])[:-1], *seals, line(kind="seal"), b""]))
    assert archive.told() == [
        "[2: has a field that this version does not know (seal), and so do 2 further lines; nothing is lost]",
        "[5: is of a kind that this version does not know (seal); nothing is lost]",
    ]


def test_events_that_are_named_have_to_be_there(archive: Archive) -> None:
    opened = archive.begin()
    archive.add(archive.writer(opened).retract(MISSING))
    settled = decision(archive.transcript, "топорь", "теперь")
    archive.add(archive.writer(opened).decide(archive.transcript.sha256, replace(settled, resolves=(MISSING, opened))))
    archive.add(archive.writer(opened).retract(opened))
    archive.write()
    assert archive.told() == [
        f"2: takes back event {MISSING}, which is in no line of this ledger",
        f"3: names decision {MISSING}, which is in no line of this ledger",
        f"3: names event {opened} as a decision, which it is not",
        "4: takes back an `open`, which cannot be",
    ]


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"start": 0, "end": 6}, "its anchor quotes “топорь”, where the transcript has “пусть ”"),
        ({"start": 900, "end": 906}, "its anchor quotes “топорь”, where the transcript has “”"),
        ({"prefix": "она была "}, "the words around its anchor “топорь” are not those of the transcript"),
        ({"suffix": ""}, "the words around its anchor “топорь” are not those of the transcript"),
    ],
)
def test_an_anchor_is_held_against_its_text(archive: Archive, said: dict[str, object], told: str) -> None:
    opened = archive.begin()
    archive.decide(opened)
    anchor = {**dict(archive.events[1].fields)["anchor"], **said}  # type: ignore[dict-item]
    wrong = line(transcript=archive.transcript.sha256, parents=[opened], anchor=anchor, at="2026-01-02T13:00:00.000Z")
    archive.write(encode(archive.events[0]) + wrong + b"\n")
    assert archive.told() == [f"2: {told}"]


def test_an_anchor_in_a_text_that_is_not_at_hand_is_counted(archive: Archive) -> None:
    archive.decide(archive.begin())
    archive.write()
    archive.text.write_text(CHANGED, encoding="utf-8")
    verified = verify(archive.ledger)
    assert isinstance(verified, Verified)
    assert verified.found.unchecked == 1
    assert archive.told() == ["0: the transcript has changed since it was last worked on"]
    assert archive.found()[0].remedy == "run `sverka rebase transcripts/a.txt`"


def rebased(archive: Archive, moved: dict[str, Span], *, length: int = len(CHANGED), lost: Sequence[str] = ()) -> None:
    changed = Transcript("transcripts/a.txt", CHANGED)
    heads = [event.id for event in archive.events][-1:]
    rebase = Rebase(archive.transcript.sha256, changed.sha256, length, moved, (), (), tuple(lost))
    archive.add(archive.writer(*heads).rebase(rebase))
    archive.write()
    archive.text.write_text(CHANGED, encoding="utf-8")


def test_after_a_rebase_all_is_well(archive: Archive) -> None:
    decided = archive.decide(archive.begin())
    rebased(archive, {decided: Span(16, 22)})
    assert archive.told() == []


def test_a_rebase_is_held_against_the_new_text(archive: Archive) -> None:
    opened = archive.begin()
    decided = archive.decide(opened)
    rebased(archive, {decided: Span(17, 23), opened: Span(0, 1), MISSING: Span(0, 1)}, length=99, lost=[decided])
    assert archive.told() == [
        "3: gives the transcript 99 letters, where it has 52",
        f"3: moves decision {decided} on “топорь” to where the transcript has “опорь,”; it is looked for instead",
        f"3: names decision {MISSING}, which is in no line of this ledger",
        f"3: names event {opened} as a decision, which it is not",
        f"3: says more than one thing of decision {decided}",
    ]


def test_a_ledger_whose_transcript_is_gone(archive: Archive) -> None:
    archive.decide(archive.begin())
    archive.write()
    archive.text.unlink()
    assert archive.told() == ["0: its transcript is gone: transcripts/a.txt"]


def test_a_transcript_that_cannot_be_read(archive: Archive) -> None:
    archive.decide(archive.begin())
    archive.write()
    archive.text.write_bytes(b"\x00" * 100)
    (told,) = archive.told()
    assert told.startswith("0: its transcript cannot be read: ")


@pytest.mark.parametrize(
    "name", ["/etc/passwd", "../b.txt", "a/../../b.txt", "C:\\x.txt", "c:x", "\\\\host\\x", "..\\x", "//host/x", ""]
)
def test_a_path_that_leads_out_of_the_project(archive: Archive, name: str) -> None:
    assert outside(name)
    archive.begin(name)
    archive.write()
    (told,) = archive.told()
    assert told.startswith("1: names a transcript outside the project: ")


@pytest.mark.parametrize("name", ["x.txt", "transcripts/1950/x.txt", "..x/y.txt", "transcripts/письмо: 5.txt"])
def test_a_path_that_stays_in_the_project(name: str) -> None:
    assert not outside(name)


def test_a_ledger_in_another_ones_place(archive: Archive) -> None:
    archive.begin("transcripts/b.txt", Transcript("transcripts/b.txt", "Иное\n"))
    archive.write()
    assert archive.told() == ["1: is the ledger of another transcript: transcripts/b.txt"]


def test_a_transcript_that_was_renamed_with_its_ledger_is_noted(archive: Archive) -> None:
    archive.begin("transcripts/b.txt")
    archive.write()
    assert archive.told() == ["[1: was begun when the transcript was called transcripts/b.txt]"]


def test_wrong_length_of_an_opened_text(archive: Archive) -> None:
    about = {"path": "transcripts/a.txt", "sha256": archive.transcript.sha256, "length": 5}
    archive.write(other("open", transcript=about) + b"\n")
    assert archive.told() == ["1: gives the transcript 5 letters, where it has 53"]


def test_a_clock_that_was_set_back_is_noted(archive: Archive) -> None:
    opened = archive.begin()
    archive.minute -= 30
    archive.decide(opened)
    archive.write()
    assert archive.told() == ["[2: is earlier than what its writer had seen: a clock was set back, or is wrong]"]


def test_disagreements_and_tags_of_one_name_are_noted(archive: Archive) -> None:
    opened = archive.begin()
    archive.decide(opened)
    archive.decide(opened, said="топор", by="Boris")
    archive.add(archive.writer(opened).tag("first-pass"))
    archive.add(archive.writer(opened, by="Boris").tag("first-pass"))
    archive.write()
    assert archive.told() == [
        "[0: editors disagree at 1 place, and nothing is applied there]",
        "[5: a second tag is called first-pass, as in line 4: it names nothing now]",
    ]


def test_no_snapshot_is_believed(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(archive.root / "cache"))
    monkeypatch.setattr("sverka.ledger.snapshot._LEAST", 1)
    archive.decide(archive.decide(archive.begin()), word="вместо", said="вместе")
    archive.write()
    Ledger.open(archive.ledger)
    assert list((archive.root / "cache").rglob("*"))
    archive.write(without_line(2)(archive.ledger.read_bytes()))
    (told,) = archive.told()
    assert told.startswith("2: follows event ")


def test_hostile_text_is_shown_not_obeyed(archive: Archive) -> None:
    archive.begin("transcripts/\x1b[2J.txt", Transcript("x", "Иное"))
    archive.write()
    assert "\x1b" not in "".join(archive.told())


def test_a_collection_is_every_ledger_below(archive: Archive, tmp_path: Path) -> None:
    archive.begin()
    archive.write()
    beside = tmp_path / "loose" / "b.txt.corrections.jsonl"
    inner = tmp_path / "inner" / "corrections" / "c.txt.jsonl"
    for place in (beside, inner, tmp_path / "loose" / "table.jsonl", tmp_path / ".hidden" / "d.txt.corrections.jsonl"):
        place.parent.mkdir(parents=True, exist_ok=True)
        place.touch()
    (tmp_path / "inner" / "sverka.toml").touch()
    assert collection([tmp_path]) == ((archive.ledger, inner, beside), ())
    assert collection([archive.text, archive.ledger, tmp_path / "transcripts"]) == ((archive.ledger,), ())
    archive.text.unlink()
    assert collection([archive.text]) == ((archive.ledger,), ())
    found, problems = collection([tmp_path / "nothing"])
    assert (found, [problem.message for problem in problems]) == ((), ["no such file or folder"])


def test_a_file_that_is_nobodys_ledger(archive: Archive, tmp_path: Path) -> None:
    archive.begin()
    archive.ledger = tmp_path / "copy.jsonl"
    archive.write()
    assert archive.told() == ["[0: lies where no transcript's ledger belongs, so nothing was held against a text]"]


def test_a_ledger_that_cannot_be_read(archive: Archive) -> None:
    archive.ledger.mkdir()
    problem = verify(archive.ledger)
    assert isinstance(problem, Problem)
    assert str(problem) == "corrections/a.txt.jsonl: cannot be read: Is a directory"


def test_every_ledger_has_its_transcript(tmp_path: Path) -> None:
    (tmp_path / "sverka.toml").touch()
    for name in ("transcripts/a.txt", "transcripts/1950/б.txt", "loose.txt", "transcripts/x.corrections.jsonl.txt"):
        path = tmp_path / name
        project = find_project(path)
        assert transcript_path(project, ledger_path(project, path)) == path
    assert transcript_path(find_project(tmp_path), tmp_path / "table.jsonl") is None
