"""Fitting the ranker to pages whose truth is known."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest
from engine_pages import Judged, judge

from sverka.correct import train
from sverka.correct.features import STANDS
from sverka.correct.fitting import Size
from sverka.correct.ranker import Ranker
from sverka.correct.slots import SlotKind
from sverka.correct.train import Sample, partly_mended, sample
from sverka.language.build.bench import Page, Row, read
from sverka.model import Span

PAGES = (
    (
        "Войска фронта продолжали настунление и овладели городом.\n"
        "Это имеет значение для строитель тва нашей страны. Он пришел домой вчера.\n",
        (
            ("настунление", "наступление", "nonword"),
            ("строитель тва", "строительства", "split"),
        ),
    ),
    (
        "Решепие было принято правителсьтвом. Вопрос об экономи\nческих отношениях решен.\n"
        "Войска фронтапродолжали наступление. Вчера паша победа стала полной.\n",
        (
            ("Решепие", "Решение", "nonword"),
            ("правителсьтвом", "правительством", "nonword"),
            ("экономи\nческих", "экономических", "hyphen"),
            ("фронтапродолжали", "фронта продолжали", "merge"),
            ("паша", "наша", "realword"),
        ),
    ),
)


def rows(number: int) -> tuple[Row, ...]:
    text, wrong = PAGES[number]
    return tuple(Row(Span(text.index(o), text.index(o) + len(o)), truth, kind) for o, truth, kind in wrong)


def truth(number: int) -> str:
    text, wrong = PAGES[number]
    for observed, intended, _ in wrong:
        text = text.replace(observed, intended, 1)
    return text


def page(number: int) -> Page:
    return Page(f"00{number}", PAGES[number][0], truth(number), rows(number))


@pytest.fixture
def bench(tmp_path: Path) -> Path:
    folder = tmp_path / "bench"
    folder.mkdir()
    lines = ["page\tstart\tend\tocr_token\ttruth_token\ttype"]
    for number, (text, _) in enumerate(PAGES):
        (folder / f"00{number}.ocr.txt").write_bytes(text.encode())
        (folder / f"00{number}.truth.txt").write_text(truth(number), encoding="utf-8")
        for row in rows(number):
            observed = row.span.of(text).replace("\n", "\N{RETURN SYMBOL}")
            lines.append(f"00{number}\t{row.span.start}\t{row.span.end}\t{observed}\t{row.truth}\t{row.kind}")
    (folder / "gold.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def test_the_program_writes_weights_that_open(
    bench: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(train, "SIZES", dict.fromkeys(SlotKind, Size(4, 5, 4, 0.1)))
    written = tmp_path / "ranker.json"
    train.main([str(bench), "-o", str(written)])
    said = capsys.readouterr().out
    assert said.splitlines()[0].startswith("word: ") and said.splitlines()[1].startswith("pair: ")
    judges = Ranker.open(written).judges
    judged = judge(PAGES[0][0])
    for kind in SlotKind:
        choosing = judged.choosing(kind)
        p = judges[kind].probability(choosing.choice)
        assert np.add.reduceat(p, choosing.choice.starts) == pytest.approx(1)
    words = judged.choosing(SlotKind.WORD)
    stands = judges[SlotKind.WORD].probability(words.choice)[words.choice.starts]
    assert stands[judged.slot("настунление")] < 0.5 < stands[judged.slot("фронта")]


def test_the_bench_is_read_as_it_was_written(bench: Path) -> None:
    assert read(bench) == tuple(page(number) for number in range(len(PAGES)))


def labelled(number: int, kind: SlotKind) -> tuple[Judged, Sample]:
    judged = judge(PAGES[number][0])
    return judged, sample(judged.choosing(kind), rows(number), number, judged.writer)


def right(judged: Judged, of: Sample, kind: SlotKind, observed: str) -> list[str]:
    """What is right of a slot: the words of options, or ``STANDS`` or ``OTHER``."""
    choosing, s = judged.choosing(kind), judged.slot(observed, kind)
    start = int(of.choice.starts[s])
    found = []
    for row in range(start, start + int(of.choice.lengths[s])):
        if of.right[row]:
            option = int(choosing.choices.option[row])
            plain = {STANDS: "STANDS"}.get(option, "OTHER")
            found.append(judged.writer.folded(choosing, np.array([option]))[0] if option >= 0 else plain)
    return found


@pytest.mark.parametrize(
    ("number", "kind", "observed", "expected"),
    [
        (0, SlotKind.WORD, "настунление", ["наступление"]),
        (0, SlotKind.WORD, "городом", ["STANDS"]),
        (0, SlotKind.PAIR, "строитель тва", ["строительства"]),
        (0, SlotKind.WORD, "строитель", ["OTHER"]),  # half a word is none of the words it is like
        (0, SlotKind.WORD, "тва", ["OTHER"]),
        (1, SlotKind.WORD, "Решепие", ["решение"]),
        (1, SlotKind.WORD, "паша", ["наша"]),
        (1, SlotKind.WORD, "фронтапродолжали", ["фронта продолжали"]),
        (1, SlotKind.PAIR, "экономи\nческих", ["экономических"]),
        (1, SlotKind.WORD, "экономи", ["OTHER"]),
    ],
)
def test_a_page_says_what_is_right(number: int, kind: SlotKind, observed: str, expected: list[str]) -> None:
    assert right(*labelled(number, kind), kind, observed) == expected


@pytest.mark.parametrize("kind", SlotKind)
@pytest.mark.parametrize("number", range(len(PAGES)))
def test_something_is_right_of_every_slot(number: int, kind: SlotKind) -> None:
    _, of = labelled(number, kind)
    assert (np.add.reduceat(of.right, of.choice.starts) >= 1).all()


def test_pairs_of_which_one_word_is_wrong_are_two_words_all_the_same() -> None:
    judged, of = labelled(1, SlotKind.PAIR)
    stands = of.right[of.choice.starts]
    slots = judged.pairs.slots
    torn = [slots.span(s).of(judged.text) for s in np.flatnonzero(~stands).tolist()]
    assert torn == ["экономи\nческих"]


def test_a_page_as_it_should_read_has_nothing_wrong() -> None:
    judged = judge(truth(1))
    for kind in SlotKind:
        of = sample(judged.choosing(kind), (), 1, judged.writer)
        assert np.flatnonzero(of.right).tolist() == of.choice.starts.tolist()


@pytest.mark.parametrize("number", range(len(PAGES)))
@pytest.mark.parametrize("share", [0.0, 0.3, 0.6, 1.0])
def test_a_partly_mended_page_keeps_the_rows_of_what_is_left(number: int, share: float) -> None:
    whole = page(number)
    text, left = partly_mended(whole, share, random.Random(4))
    was = {row.truth: row.span.of(whole.text) for row in whole.rows}
    assert {row.truth: row.span.of(text) for row in left}.items() <= was.items()
    rest = text
    for row in sorted(left, key=lambda row: -row.span.start):
        rest = rest[: row.span.start] + row.truth + rest[row.span.end :]
    assert rest == whole.truth
    if share in {0.0, 1.0}:
        assert (text, len(left)) == ((whole.truth, 0) if share else (whole.text, len(whole.rows)))
