"""What the ledgers of a project teach, and what they do not."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from ledger_events import decision_event, retract_event

from sverka.cli.main import main
from sverka.config import find_project, ledger_path
from sverka.errors import InputError
from sverka.language.calibration import Answer, fit, kinds_of
from sverka.language.knowledge import open_errors
from sverka.language.learned import Learned, encode
from sverka.language.store import DATA
from sverka.ledger import Ledger
from sverka.ledger.anchor import anchor_at
from sverka.model import Checked, Decision, ErrorClass, Rule, Span, Transcript, Verdict
from sverka.workflow.learning import Lesson, learn, readings
from sverka.workflow.ledgers import ledgers
from sverka.workflow.pipeline import Checker

MODEL = open_errors(DATA)
START = datetime(2026, 1, 1, tzinfo=UTC)


class Desk:
    """A project in which somebody decides, one minute after the other."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.minutes = 0
        for name in ("transcripts", "corrections", "lexicon"):
            (root / name).mkdir()
        (root / "sverka.toml").touch()

    @property
    def learned(self) -> Path:
        return self.root / "lexicon" / "learned.json"

    def decide(
        self,
        original: str,
        replacement: str | None,
        *,
        confidence: float = 0.9,
        error_class: ErrorClass = ErrorClass.OCR,
        verdict: Verdict | None = None,
        rule: Rule = Rule.NONWORD,
        name: str = "a.txt",
        at: int = 0,
        unseen: bool = False,
    ) -> str:
        """The id of the event; ``at`` is where the word stands, ``unseen`` that nothing earlier was known."""
        transcript = Transcript(name, " " * at + original)
        decision = Decision(
            anchor=anchor_at(transcript.text, Span(at, at + len(original))),
            verdict=verdict or (Verdict.REJECT if replacement is None else Verdict.ACCEPT),
            error_class=error_class,
            replacement=replacement,
            rule=rule,
            confidence=confidence,
        )
        store = Ledger.open(self.ledger(name))
        heads = () if unseen else store.history.heads
        event = decision_event(transcript.sha256, decision, at=self._now(), by="An Editor", parents=heads)
        store.append([event])
        return event.id

    def retract(self, event: str, name: str = "a.txt") -> None:
        store = Ledger.open(self.ledger(name))
        heads = store.history.heads
        store.append([retract_event(event, at=self._now(), by="An Editor", parents=heads)])

    def ledger(self, name: str = "a.txt") -> Path:
        return ledger_path(find_project(self.root), self.root / "transcripts" / name)

    def lesson(self, path: Path | None = None) -> Lesson:
        project = find_project(self.root)
        paths = ledgers(project, path or self.root)
        return learn(project, paths, Learned.open(self.learned), MODEL)

    def learn(self, path: Path | None = None) -> Learned:
        return self.lesson(path).learned

    def keep(self) -> Learned:
        learned = self.learn()
        self.learned.write_bytes(encode(learned))
        return learned

    def check(self, text: str) -> Checked:
        checker = Checker.open(find_project(self.root).config)
        return checker.check(Transcript("b.txt", text))

    def _now(self) -> str:
        self.minutes += 1
        return (START + timedelta(minutes=self.minutes)).strftime("%Y-%m-%dT%H:%M:%SZ")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


MISREAD = (
    ("парод", "народ"),
    ("пачало", "начало"),
    ("решепие", "решение"),
    ("паша", "наша"),
    ("папомнил", "напомнил"),
    ("пазначил", "назначил"),
)


def test_accepted_corrections_make_their_misreading_cheaper(desk: Desk) -> None:
    for i, (observed, intended) in enumerate(MISREAD):
        desk.decide(observed, intended, at=i)
    lesson = desk.lesson()
    assert dict(lesson.misread) == {("п", "н"): len(MISREAD)}
    adapted = lesson.learned.adapted(MODEL)
    assert adapted.cost("паписал", "написал") < MODEL.cost("паписал", "написал") - 0.5
    assert adapted.cost("нависал", "написал") > MODEL.cost("нависал", "написал") - 0.1


def test_a_doubtful_finding_becomes_a_surer_one(desk: Desk) -> None:
    text = "Мы начали паступать рано утром. Генерал пазначил встречу."
    before = {f.original: f for f in desk.check(text).findings}
    for i, (observed, intended) in enumerate(MISREAD):
        desk.decide(observed, intended, at=i)
    desk.keep()
    after = {f.original: f for f in desk.check(text).findings}
    assert after.keys() >= before.keys()
    assert after["паступать"].candidates[0].text == "наступать"
    # What was all but certain has nowhere to rise to.
    doubtful = {original: finding for original, finding in before.items() if finding.confidence < 0.99}
    assert all(after[original].confidence > finding.confidence for original, finding in doubtful.items())
    for finding in after.values():
        assert sum(c.probability for c in finding.candidates) <= finding.confidence + 0.001


def test_rejected_findings_lower_the_confidence_of_the_next(desk: Desk) -> None:
    text = "Мы начали паступать рано утром."
    before = {f.original: f.confidence for f in desk.check(text).findings}
    for i in range(40):
        desk.decide("мир", None, at=i, confidence=0.6)
    learned = desk.keep()
    assert (learned.rejected, set(learned.edits)) == (40, {("м", "м"), ("и", "и"), ("р", "р")})
    assert learned.calibration.of(0.6, kinds_of(Rule.NONWORD, candidates=True)) < 0.5
    after = {f.original: f.confidence for f in desk.check(text).findings}
    assert all(confidence < before[original] for original, confidence in after.items())


def test_the_floor_is_one_of_corrected_confidences(desk: Desk) -> None:
    for i in range(60):
        desk.decide("мир", None, at=i, confidence=0.9)
    desk.keep()
    found = desk.check("Мы начали паступать рано. Войска овладели городм. Он папомнил об этом вчера. ").findings
    assert all(finding.confidence >= 0.5 for finding in found)


@pytest.mark.parametrize("error_class", [ErrorClass.SOURCE, ErrorClass.NORMALISATION])
def test_the_pages_own_errors_teach_nothing(desk: Desk, error_class: ErrorClass) -> None:
    desk.decide("парод", "народ", error_class=error_class)
    learned = desk.learn()
    assert (learned.decisions, learned.edits, learned.epochs) == (0, {}, ())


def test_what_was_retracted_or_put_off_does_not_count(desk: Desk) -> None:
    event = desk.decide("парод", "народ")
    desk.decide("пачало", None, verdict=Verdict.DEFER, at=1)
    assert desk.learn().decisions == 1
    desk.retract(event)
    learned = desk.learn()
    assert (learned.decisions, learned.edits) == (0, {})


def test_what_editors_disagree_on_does_not_count(desk: Desk) -> None:
    desk.decide("парод", "народ")
    desk.decide("парод", "порода", unseen=True)
    learned = desk.learn()
    assert (learned.decisions, learned.edits) == (0, {})
    desk.decide("парод", "народ")  # somebody who saw both
    assert dict(desk.lesson().misread) == {("п", "н"): 1}


def test_what_an_editor_put_right_unprompted_has_no_confidence_to_learn_from(desk: Desk) -> None:
    desk.decide("парод", "народ", rule=Rule.EDITOR, verdict=Verdict.AMEND, confidence=0.0)
    lesson = desk.lesson()
    assert (lesson.learned.amended, lesson.learned.epochs) == (1, ())
    assert dict(lesson.misread) == {("п", "н"): 1}


def test_learning_again_changes_nothing(desk: Desk) -> None:
    for i, (observed, intended) in enumerate(MISREAD):
        desk.decide(observed, intended, at=i, confidence=0.55)
    first = encode(desk.keep())
    assert encode(desk.keep()) == first
    desk.decide("мир", None, at=30)
    second = encode(desk.keep())
    assert second != first
    assert encode(desk.keep()) == second


def test_confidences_that_were_corrected_already_are_not_corrected_twice(desk: Desk) -> None:
    """What the engine says is corrected before an editor sees it; learned from is what the engine itself had said."""
    engine = [0.6, 0.7, 0.9, 0.95] * 20
    for i, said in enumerate(engine):
        desk.decide("мир", None if i % 3 else "мор", at=i, confidence=said)
    first = desk.keep().calibration
    kinds = kinds_of(Rule.NONWORD, candidates=False)
    for i, said in enumerate(engine):
        desk.decide("мир", None if i % 3 else "мор", at=100 + i, confidence=round(first.of(said, kinds), 4))
    second = desk.keep().calibration
    all_at_once = fit([Answer(said, kinds, i % 3 == 0) for i, said in enumerate(engine)] * 2)
    assert all_at_once.of(0.9, kinds) < first.of(0.9, kinds) < 0.9
    assert (second.slope, second.offset) == pytest.approx((all_at_once.slope, all_at_once.offset), abs=0.002)
    assert dict(second.own) == pytest.approx(dict(all_at_once.own), abs=0.002)


def test_many_pages_that_agree_teach_more_than_one(desk: Desk) -> None:
    for i, (observed, intended) in enumerate(MISREAD * 5):
        desk.decide(observed, intended, at=i, name="one.txt")
        desk.decide(observed, intended, at=3000 * i, name="many.txt")
    transcripts = desk.root / "transcripts"
    for name in ("one.txt", "many.txt"):
        (transcripts / name).touch()
    one, many = (desk.lesson(transcripts / name) for name in ("one.txt", "many.txt"))
    assert one.misread == many.misread
    assert many.learned.edits["п", "н"] > 2 * one.learned.edits["п", "н"]
    assert many.learned.adapted(MODEL).cost("пет", "нет") < one.learned.adapted(MODEL).cost("пет", "нет") - 0.5


def test_findings_of_a_rule_that_is_often_rejected_are_doubted_more_than_others(desk: Desk) -> None:
    for i in range(40):
        desk.decide("мир", None, at=i, confidence=0.8, rule=Rule.CASE)
        desk.decide("парод", "народ", at=100 + i, confidence=0.8)
    said = dict(desk.learn().calibration.own)
    assert said["case"] < -0.5 < 0 < said["nonword"]


def test_without_decisions_nothing_changes(desk: Desk) -> None:
    text = "Мы начали паступать рано утром. Генерал пазначил встречу."
    before = desk.check(text).findings
    assert encode(desk.keep()) == encode(Learned())
    assert desk.check(text).findings == before


def test_what_any_letter_was_consistently_misread_as_becomes_likelier(desk: Desk) -> None:
    """Of each confusion, a text that nobody decided has its misread word, and more surely after than before."""
    confusions = {
        "щ": (("плошадь", "площадь"), ("вешь", "вещь"), ("ишет", "ищет"), ("помошь", "помощь"), ("ешё", "ещё")),
        "д": (("горол", "город"), ("лома", "дома"), ("рял", "ряд"), ("булет", "будет"), ("слелать", "сделать")),
    }
    texts = {"щ": "Он вышел на плошадку перед домом.", "д": "Войска заняли горолок на берегу."}
    wanted = {"щ": "площадку", "д": "городок"}

    def probability(letter: str) -> float:
        offered = [c for f in desk.check(texts[letter]).findings for c in f.candidates]
        return max((c.probability for c in offered if c.text == wanted[letter]), default=0.0)

    before = {letter: probability(letter) for letter in texts}
    for i, (observed, intended) in enumerate([*confusions["щ"], *confusions["д"]]):
        desk.decide(observed, intended, at=i)
    desk.keep()
    for letter, was in before.items():
        assert probability(letter) > was or was > 0.999


def test_folders_transcripts_and_ledgers_name_what_to_learn_from(desk: Desk) -> None:
    project = find_project(desk.root)
    for name in ("a.txt", "1950/b.txt"):
        (desk.root / "transcripts" / name).parent.mkdir(exist_ok=True)
        (desk.root / "transcripts" / name).touch()
        desk.decide("парод", "народ", name=name)
    beside = desk.root / "c.txt.corrections.jsonl"
    hidden, inner = desk.root / ".cache", desk.root / "inner"
    for folder in (desk.root, hidden, inner):
        folder.mkdir(exist_ok=True)
        (folder / "c.txt.corrections.jsonl").touch()
    (inner / "sverka.toml").touch()
    (desk.root / "corrections" / "notes.txt").touch()
    first, second = desk.ledger("a.txt"), desk.ledger("1950/b.txt")
    assert ledgers(project, desk.root) == (beside, second, first)
    assert ledgers(project, desk.root / "transcripts") == (second, first)
    assert ledgers(project, desk.root / "transcripts" / "1950") == (second,)
    assert ledgers(project, desk.root / "corrections" / "1950") == (second,)
    assert ledgers(project, desk.root / "transcripts" / "a.txt") == ledgers(project, first) == (first,)
    (desk.root / "transcripts" / "undecided.txt").touch()
    assert ledgers(project, desk.root / "transcripts" / "undecided.txt") == ()
    with pytest.raises(InputError, match="no such file"):
        ledgers(project, desk.root / "transcripts" / "missing.txt")
    assert desk.learn(desk.root / "transcripts" / "1950").decisions == 1


@pytest.mark.parametrize(
    ("exact", "replacement", "taught"),
    [
        ("топорь", "теперь", [("топорь", "теперь")]),
        ("«топорь,", "«теперь,", [("топорь", "теперь")]),
        ("диви-\nзвй", "дивизий", [("дивизвй", "дивизий")]),
        ("не льзя", "нельзя", [("не льзя", "нельзя")]),
        ("Ван Яй-ши", "Чан Кай-ши", [("Ван", "Чан"), ("Яй-ши", "Кай-ши")]),
        ("вместес", "вместе с", []),
        ("лишнее", "", []),
        ("", "пропущенные слова", []),
        ("верно сказано", None, [("верно", "верно"), ("сказано", "сказано")]),
    ],
)
def test_the_words_of_a_decision(exact: str, replacement: str | None, taught: list[tuple[str, str]]) -> None:
    verdict = Verdict.REJECT if replacement is None else Verdict.ACCEPT
    anchor = anchor_at(exact, Span(0, len(exact)))
    decision = Decision(anchor, verdict, ErrorClass.OCR, replacement, Rule.NONWORD, 0.9)
    assert [(r.observed, r.intended) for r in readings(decision)] == taught


# The command


def run(desk: Desk, monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    monkeypatch.chdir(desk.root)
    return main(["learn", *arguments])


def test_the_command_says_what_it_learned(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for i, (observed, intended) in enumerate(MISREAD):
        desk.decide(observed, intended, at=i)
    desk.decide("мир", None, name="b.txt")
    assert run(desk, monkeypatch, "--dry-run") == 0
    told = capsys.readouterr()
    assert told.out.startswith("7 decisions from 2 ledgers: 6 accepted, 0 amended, 1 rejected\n")
    assert "\n  п → н  6\n" in told.out
    assert not desk.learned.exists()
    assert run(desk, monkeypatch) == 0
    assert capsys.readouterr().out == told.out
    first = desk.learned.read_bytes()
    assert run(desk, monkeypatch) == 0
    assert capsys.readouterr() == (told.out, "nothing new: lexicon/learned.json stays as it is\n")
    assert desk.learned.read_bytes() == first
    assert sorted(path.name for path in desk.learned.parent.iterdir()) == ["learned.json"]


def test_a_damaged_file_is_one_line_for_every_command(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.learned.write_text("{", encoding="utf-8")
    (desk.root / "transcripts" / "a.txt").write_text("Мир народам.\n", encoding="utf-8")
    for arguments in (["learn"], ["check", "transcripts/a.txt"]):
        monkeypatch.chdir(desk.root)
        assert main(arguments) == 2
        told = capsys.readouterr()
        assert told.out == ""
        assert told.err == f"sverka: {desk.learned}: is damaged: not JSON; delete it and run `sverka learn`\n"


def test_a_ledger_that_cannot_be_read_is_named_and_the_rest_is_learned(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.decide("парод", "народ")
    with desk.ledger().open("a", encoding="utf-8") as file:
        file.write('{"v":1}\n')
    broken = desk.ledger("b.txt")
    broken.symlink_to(broken)
    assert run(desk, monkeypatch) == 3
    told = capsys.readouterr()
    assert told.out.startswith("1 decision from 1 ledger: 1 accepted")
    assert f"sverka: {broken}: cannot be read" in told.err
    assert "a.txt.jsonl:2: not counted" in told.err
    desk.learned.unlink()
    desk.ledger().unlink()
    assert run(desk, monkeypatch) == 2
    assert not desk.learned.exists()


def test_the_shape_of_the_adapted_model_is_the_models(desk: Desk) -> None:
    desk.decide("парод", "народ")
    adapted = desk.learn().adapted(MODEL)
    for name in ("read", "lost", "added", "doubled", "fused"):
        assert getattr(adapted, name).shape == getattr(MODEL, name).shape
        assert getattr(adapted, name).dtype == np.float32
