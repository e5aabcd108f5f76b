"""The benchmark measures what it says, and what was reached is kept.

Figures on the larger sets are guarded where these lie beside the checkout.
"""

from __future__ import annotations

import json
import os
import random
import re
import subprocess
import sys
from pathlib import Path

import pytest

from bench import gold, learning, letters, pages, stranger, tables
from bench.calibration import calibration
from bench.editor import decisions
from bench.gold import Page, Prediction, Row, put
from bench.letters import LetterScore
from bench.peers import Aspell, Peer
from sverka.language.knowledge import Knowledge
from sverka.model import Candidate, Finding, Rule, Span, Verdict

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
ACCURACY = ROOT / "docs" / "accuracy.md"

LETTERS_REACHED = (
    # row of the table, figure, at least, at most
    ("Sverka, from 0.5", "found", 79, 124),
    ("Sverka, from 0.5", "first", 64, 123),
    ("Sverka, from 0.5", "false", 0, 5),
    ("Sverka, from 0.5", "sprung", 0, 2),
    ("Sverka, from 0.5", "real_found", 15, 26),
    ("Sverka, from 0.5", "real_false", 0, 1),
)
REACHED = (
    # section, row, figure, at least, at most
    ("pages", "Sverka", "precision", 0.94, 1),
    ("pages", "Sverka", "f1", 0.89, 1),
    ("pages", "Sverka", "first", 0.65, 1),
    ("pages", "Sverka", "five", 0.68, 1),
    ("pages", "Sverka", "split_hyphen_first", 0.62, 1),
    ("pages", "Sverka", "realword_first", 0.46, 1),
    ("pages", "Sverka", "wer", 0, 0.125),
    ("pages", "Sverka", "broken", 0, 5.5),
    ("pages", "Sverka", "broken_sure", 0, 1.6),
    ("clean", "Sverka", "alarms", 0, 1.5),
    ("clean", "Sverka", "sure", 0, 0.2),
    ("newspaper", "Sverka", "change", -1, -0.33),
    ("newspaper", "Sverka", "broke", 0, 0.3),
    ("calibration", "Sverka", "error", 0, 0.05),
    ("generation", "all", "ranker", 0.71, 1),
)


def bench(figures: Path, *arguments: str) -> dict[str, dict[str, dict[str, float]]]:
    command = [sys.executable, "-m", "bench", "--no-peers", "--json", str(figures), *arguments]
    # Other tests are at work beside it: a second thread would only take their time.
    alone = os.environ | {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True, env=alone)
    found: dict[str, dict[str, dict[str, float]]] = json.loads(figures.read_text(encoding="utf-8"))
    return found


# In a clone


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the figures and the page of a run on the letters alone."""
    folder = tmp_path_factory.mktemp("bench")
    page = folder / "accuracy.md"
    page.write_text(ACCURACY.read_text(encoding="utf-8"), encoding="utf-8")
    nowhere = str(folder / "nowhere")
    bench(folder / "figures.json", "--shared", nowhere, "--parts", "letters,clean,pages", "--page", str(page))
    return folder


@pytest.mark.parametrize(("row", "figure", "least", "most"), LETTERS_REACHED)
def test_the_letters_of_the_project(small: Path, row: str, figure: str, least: float, most: float) -> None:
    figures = json.loads((small / "figures.json").read_text(encoding="utf-8"))
    assert least <= figures["letters"][row][figure] <= most


def test_only_what_was_measured_is_written_anew(small: Path) -> None:
    def sections(page: Path) -> dict[str, str]:
        text = page.read_text(encoding="utf-8")
        return dict(re.findall(r"<!-- measured: (\w+) -->\n(.*?)<!-- end -->", text, re.DOTALL))

    before, after = sections(ACCURACY), sections(small / "accuracy.md")
    assert "Sverka, from 0.5" in after["letters"]
    assert {name for name in before if name != "letters" and before[name] != after[name]} == set()
    assert json.loads((small / "figures.json").read_text(encoding="utf-8")).keys() == {"letters"}


def test_every_section_has_its_place_in_the_manual() -> None:
    with pytest.raises(ValueError, match="no place"):
        tables.fill("", [tables.Section("pages", "", {})])
    places = set(re.findall(r"<!-- measured: (\w+) -->", ACCURACY.read_text(encoding="utf-8")))
    names = {"pages", "types", "calibration", "generation", "ablation", "letters", "learning", "clean", "newspaper"}
    names |= {"cost", "learning_letters"}
    assert places == names


def test_the_gold_of_a_constructed_letter_gives_its_truth(bilingual: Path) -> None:
    constructed = [letter for letter in gold.letters() if letter.name != gold.REAL]
    assert len(constructed) == 4
    for letter in constructed:
        truth = bilingual / f"{letter.name.removesuffix('.txt').removesuffix('.ru')}.truth.txt"
        assert put(letter.text, ((row.span, row.truth) for row in letter.rows)) == truth.read_bytes().decode("utf-8")


PAGE = Page(
    "1",
    "Маняфест 1а мира, -\nи боль шой труд.",
    (
        Row(Span(0, 8), "Манифест", "nonword"),
        Row(Span(18, 19), "", "punct"),
        Row(Span(22, 30), "большой", "split"),
    ),
    "Манифест 1а мира, \nи большой труд.",
)


def test_a_page_put_right_has_no_errors_left() -> None:
    said = (Prediction(Span(0, 8), ("Манифест",), 0.7), Prediction(Span(22, 30), ("большой",), 0.95))
    score = pages.score([PAGE], {"1": said})
    assert (score.precision, score.recall, score.first, score.five) == (1, 1, 1, 1)
    assert score.before.wer > 0.5
    assert score.after[0.5].wer == 1 / 6  # the stray dash is left
    assert score.after[0.9].wer > score.after[0.5].wer
    assert score.broken(0.5) == 0


def test_what_is_found_broken_and_among_the_five_is_told_apart() -> None:
    said = (
        Prediction(Span(0, 8), ("Маняфеста", "Манифест")),
        Prediction(Span(12, 16), ("мир",)),
        Prediction(Span(18, 19)),
        Prediction(Span(27, 30), ("шёл",), 0.4),
    )
    score = pages.score([PAGE], {"1": said})
    assert score.errors == pages.OfKind(rows=2, found=1, first=0, five=1)
    assert (score.hits, score.false) == (1, 1)
    assert (score.after[0.5].applied, score.after[0.5].broken) == (2, 1)
    assert pages.score([PAGE], {"1": said}, floor=0.3).recall == 1


def test_candidates_of_two_findings_put_one_error_right_together() -> None:
    said = (Prediction(Span(22, 26), ("больш",)), Prediction(Span(26, 30), ("ой",)))
    assert pages.score([PAGE], {"1": said}).kinds["split"].first == 1


def test_calibration_error_is_how_far_confidence_is_from_the_truth() -> None:
    found = calibration([PAGE], {"1": (Prediction(Span(0, 8), (), 0.9), Prediction(Span(12, 16), (), 0.3))})
    assert [(b.count, b.real) for b in found.bins] == [(1, 0), (1, 1)]
    assert found.error == pytest.approx((0.1 + 0.3) / 2)


def test_a_lost_sentence_is_found_at_the_gap_and_a_trap_is_counted() -> None:
    letter = Page(
        "1",
        "Первое слово.\n\nТретье слово Сёну.",
        (Row(Span(14, 14), "Второе.", "lacuna"), Row(Span(28, 32), "Сену", "name")),
        traps=(Span(0, 6),),
    )
    said = (Prediction(Span(15, 21), ("Второе.\nТретье",)), Prediction(Span(28, 32), ("Сёну",)))
    score = letters.score([letter], {"1": (*said, Prediction(Span(0, 6), ("Перо",)))})
    assert score.rows.found == 2
    assert score.kinds["name"].first == 0  # the row is about nothing but ё
    assert (score.false, score.sprung, score.words) == (1, 1, 5)


class Doubter(Aspell):
    """Answers as ispell does, without a program: it knows no word with ы, and no part of a compound with one."""

    @classmethod
    def _answer(cls, words: tuple[str, ...]) -> list[str]:  # type: ignore[override]
        lines = ["banner"]
        for word in words:
            parts = re.finditer(r"\w+", word)
            lines += [f"& {p[0]} 1 {p.start() + 1}: нет" if "ы" in p[0] else "*" for p in parts]
            lines.append("")
        return lines


def test_a_peer_sees_divided_words_whole_and_compounds_in_parts() -> None:
    text = "Рыба, реку-\nрыба и юго-выход\nAn English lyne ы here\n"
    peer: Peer = Doubter()
    said = peer.check([Page("1", text, ())])["1"]
    assert [p.span.of(text) for p in said] == ["Рыба", "реку-\nрыба", "выход"]
    assert said[0].candidates == ("нет",)


def found(span: Span, *texts: str) -> Finding:
    original = span.of(PAGE.text)
    candidates = tuple(Candidate(text, 0.4, "lexicon") for text in texts)
    return Finding(span, original, Rule.NONWORD, 0.9, "", candidates)


def test_the_editor_accepts_amends_rejects_and_puts_right_what_was_not_found() -> None:
    said = decisions(PAGE, [found(Span(0, 8), "Манифест"), found(Span(12, 16), "мира"), found(Span(22, 26), "боль")])
    assert [(d.verdict, d.rule, d.anchor.exact, d.replacement) for d in said] == [
        (Verdict.ACCEPT, Rule.NONWORD, "Маняфест", "Манифест"),
        (Verdict.REJECT, Rule.NONWORD, "мира", None),
        (Verdict.AMEND, Rule.EDITOR, "-", ""),
        (Verdict.AMEND, Rule.EDITOR, "боль шой", "большой"),
    ]
    (amended, *_) = decisions(PAGE, [found(Span(0, 8), "Маняфеста")])
    assert (amended.verdict, amended.replacement) == (Verdict.AMEND, "Манифест")


def test_a_new_reader_misreads_in_its_own_way_and_the_rows_say_where() -> None:
    model = Knowledge.open().errors
    text = "Товарищи подробно обсудили вопросы международного положения и приняли решение. " * 20
    right = Page("1", text, (), text)
    one, other = (stranger.stranger(seed, model) for seed in (1, 2))
    assert one == stranger.stranger(1, model)
    assert one.own != other.own
    page = stranger.misread(right, one, 1)
    assert page == stranger.misread(right, one, 1)
    assert 20 < len(page.rows) < 120
    assert put(page.text, ((row.span, row.truth) for row in page.rows)) == text
    for letter, (read, often) in one.own.items():
        assert model.cost(read, letter) > 6
        assert 0.05 <= often <= 0.2


@pytest.mark.slow
@pytest.mark.skipif("SVERKA_LONG_TESTS" not in os.environ, reason="takes minutes: set SVERKA_LONG_TESTS")
def test_learning_from_decisions_on_letters_helps_with_the_next() -> None:
    outcomes = learning.outcomes(learning.projects("a new reader, the project's letters", SHARED, 0))
    before, after = outcomes[0], outcomes[max(outcomes)]
    assert after.first > before.first + 0.01
    assert after.wer < before.wer - 0.002
    assert all(outcome.first >= before.first and outcome.f1 > before.f1 - 0.01 for outcome in outcomes.values())


# Beside the larger sets


@pytest.mark.shared
@pytest.mark.slow
@pytest.mark.skipif("SVERKA_LONG_TESTS" not in os.environ, reason="takes minutes: set SVERKA_LONG_TESTS")
def test_learning_helps_with_a_new_reader_and_harms_nowhere() -> None:
    new = learning.outcomes(learning.projects("a new reader, news and a political work", SHARED, 0))
    assert new[20].first > new[0].first + 0.01
    assert new[500].first > new[0].first + 0.02
    assert new[500].wer < new[0].wer - 0.005
    assert new[500].broken < new[0].broken + 1
    for name in ("pages, a typeface never seen", "pages, typeface by typeface"):
        known = learning.outcomes(learning.projects(name, SHARED, 0))
        for after in known.values():
            assert after.first > known[0].first - 0.01
            assert after.f1 > known[0].f1 - 0.005
            assert after.broken < known[0].broken + 1


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, dict[str, float]]]:
    figures = tmp_path_factory.mktemp("bench") / "figures.json"
    return bench(figures, "--shared", str(SHARED), "--parts", "pages,clean,newspaper,generation")


@pytest.mark.shared
@pytest.mark.slow
@pytest.mark.parametrize(("section", "row", "figure", "least", "most"), REACHED)
def test_what_was_reached_is_kept(
    large: dict[str, dict[str, dict[str, float]]], section: str, row: str, figure: str, least: float, most: float
) -> None:
    assert least <= large[section][row][figure] <= most


def _invented(page: Page, seed: int) -> tuple[Prediction, ...]:
    """Predictions of every kind of worth: on rows and on right words, exact and askew."""
    dice = random.Random(seed)
    spans = [(row.span, row.truth) for row in page.rows if dice.random() < 0.7]
    spans += [(Span(*word.span()), word[0]) for word in re.finditer(r"\w+", page.text) if dice.random() < 0.1]
    said: list[Prediction] = []
    for span, truth in spans:
        start, end = (
            max(0, span.start - dice.choice((0, 0, 0, 1, 3))),
            min(len(page.text), span.end + dice.choice((0, 0, 2))),
        )
        whole = page.text[start : span.start] + truth + page.text[span.end : end]
        offered = dice.sample([whole, "слово", span.of(page.text), "", whole.title()], dice.randint(0, 4))
        if end > start and not any(Span(start, end).overlaps(p.span) for p in said):
            # Their table has a line for each prediction and a bar between candidates.
            candidates = tuple(text.replace("\n", " ").replace("|", "") for text in offered)
            said.append(Prediction(Span(start, end), candidates, round(dice.uniform(0.05, 1), 2)))
    return tuple(sorted(said, key=lambda p: p.span))


@pytest.mark.shared
def test_pages_are_scored_as_the_benchmark_does(tmp_path: Path) -> None:
    folder = SHARED / "bench" / "dev"
    of_set = gold.pages(folder)[::5]
    said = {page.name: _invented(page, seed) for seed, page in enumerate(of_set)}
    lines = []
    for page in of_set:
        for p in said[page.name]:
            candidates = "|".join(c or "∅" for c in p.candidates)
            if p.confidence >= 0.5:
                fields = (page.name, p.span.start, p.span.end, "-", candidates, p.confidence)
                lines.append("\t".join(map(str, fields)) + "\n")
    (tmp_path / "said.tsv").write_text("".join(lines), encoding="utf-8")
    program = [sys.executable, str(SHARED / "bench" / "score.py"), str(folder / "gold.tsv"), str(tmp_path / "said.tsv")]
    names = ",".join(page.name for page in of_set)
    subprocess.run([*program, "--quiet", "--pages", names, "--json", str(tmp_path / "score.json")], check=True)
    theirs = json.loads((tmp_path / "score.json").read_text(encoding="utf-8"))

    ours = pages.score(of_set, said)
    assert (ours.hits, ours.false, ours.right_words) == (theirs["tp"], theirs["fp"], theirs["correct_words"])
    assert (ours.f1, ours.first, ours.five) == pytest.approx((theirs["f1"], theirs["acc1_all"], theirs["acc5_all"]))
    for level in (0.5, 0.9):
        after = theirs["after"][str(level)]
        applied = ours.after[level]
        assert (applied.applied, applied.broken) == (after["applied"], after["harm"])
        assert (applied.wer, applied.cer) == pytest.approx((after["wer"], after["cer"]))


@pytest.mark.shared
def test_letters_are_scored_as_the_benchmark_does(tmp_path: Path) -> None:
    of_set = [letter for letter in gold.letters() if letter.name != gold.REAL]
    said = {letter.name: _invented(letter, seed) for seed, letter in enumerate(of_set)}
    lines = [
        json.dumps(
            {
                "path": letter.name,
                "start": p.span.start,
                "end": p.span.end,
                "candidates": [{"text": text} for text in p.candidates],
                "confidence": p.confidence,
            }
        )
        for letter in of_set
        for p in said[letter.name]
    ]
    (tmp_path / "said.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    folder = SHARED / "bilingual"
    program = [sys.executable, str(folder / "score.py"), str(folder / "dev"), str(tmp_path / "said.jsonl")]
    subprocess.run([*program, "--json", str(tmp_path / "score.json")], check=True, capture_output=True)
    theirs = json.loads((tmp_path / "score.json").read_text(encoding="utf-8"))["total"]["thresholds"]
    for level in (0.5, 0.9):
        ours: LetterScore = letters.score(of_set, said, level)
        found = theirs[str(level)]
        assert (ours.rows.found, ours.rows.first) == (found["found"], found["correct1"])
        assert (ours.false, ours.sprung) == (found["false"], found["on_traps"])
