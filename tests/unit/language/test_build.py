"""The build program makes knowledge that can be opened, from sources small enough to be read here."""

from __future__ import annotations

import lzma
from pathlib import Path

import numpy as np
import pytest
import toy_language as toy

from sverka.errors import InputError, UsageError
from sverka.language import search
from sverka.language.build import lexicon, steps
from sverka.language.build.__main__ import main
from sverka.language.build.corpus import read
from sverka.language.build.steps import STEPS, Sources
from sverka.language.knowledge import Knowledge

PROSE = ("Пусть она будет теперь.", "Пусть война ведется!", "В 1950 году вместе. Весь народ", "Новый полк, стол.")
NEWS = ("Теперь вместе: третий полк.", "Йода сила, сила – ёлка", "Кто-то был (was) теперь")
DICTIONARY = (*toy.words(), "году", "ведется", "весь", "кто-то", "т.е.", "во")
ENTRIES = [(word, "ADVB" if word == "теперь" else "NOUN,inan,masc sing,nomn", word) for word in DICTIONARY]
PAGE = "Пусть она булет топерь,\nвесь нароп вместе.\nПолк пулка.\n"
TRUTH = "Пусть она будет теперь,\nвесь народ вместе.\nПолк полка.\n"


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Sources:
    folder = tmp_path_factory.mktemp("sources")
    write_corpora(
        folder / "corpora", {"lit_prose": PROSE * 6, "mod_news": NEWS * 6, "sov_redstar_1941_45_ocr_medium": ()}
    )
    write_bench(folder / "bench")
    return Sources(folder / "corpora", folder / "bench", lambda: DICTIONARY, lambda: ENTRIES)


@pytest.fixture(scope="module")
def data(sources: Sources, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the steps made of the sources, one by one."""
    folder = tmp_path_factory.mktemp("data")
    for name, step in STEPS.items():
        if name != "names":
            step(sources, folder)
    return folder


@pytest.fixture
def knowledge(data: Path) -> Knowledge:
    return Knowledge.open(data)


def write_corpora(folder: Path, texts: dict[str, tuple[str, ...]]) -> None:
    folder.mkdir()
    for name, sentences in texts.items():
        with lzma.open(folder / f"{name}.txt.xz", "wt", encoding="utf-8") as file:
            file.writelines(sentence + "\n" for sentence in sentences)


def write_bench(folder: Path) -> None:
    """One page; its gold table is every word that differs."""
    folder.mkdir()
    (folder / "001.ocr.txt").write_text(PAGE, encoding="utf-8")
    (folder / "001.truth.txt").write_text(TRUTH, encoding="utf-8")
    rows = ["page\tstart\tend\tocr\ttruth\ttype"]
    start = 0
    for observed, intended in zip(PAGE.split(), TRUTH.split(), strict=True):
        start = PAGE.index(observed, start)
        if observed != intended:
            rows.append(f"001\t{start}\t{start + len(observed)}\t{observed}\t{intended}\tnonword")
    (folder / "gold.tsv").write_text("\n".join(rows) + "\n", encoding="utf-8")


def test_the_lexicon_has_the_dictionary_and_what_the_corpora_use(knowledge: Knowledge) -> None:
    words = ["теперь", "кто-то", "йода", "елка", "т.е.", "was", "топор", "</s>"]
    known = knowledge.lexicon.number(words) >= 0
    assert dict(zip(words, known.tolist(), strict=True)) == {
        "теперь": True,
        "кто-то": True,
        "йода": True,  # not in the dictionary, but often enough in a corpus
        "елка": True,
        "т.е.": False,  # not made of letters
        "was": False,
        "топор": True,  # not in the corpora, but in the dictionary
        "</s>": False,
    }


def test_the_language_model_prefers_what_it_has_read(knowledge: Knowledge) -> None:
    model = knowledge.ngrams
    she, be, now, axe = knowledge.lexicon.number(["она", "будет", "теперь", "топор"])
    read_before, never_read = model.logs(np.array([she, she]), np.array([be, be]), np.array([now, axe]))
    assert read_before > never_read + 2
    (number, year) = np.array([model.number]), knowledge.lexicon.number(["году"])
    assert model.logs(knowledge.lexicon.number(["в"]), number, year)[0] > model.word(year)[0] + 2


def test_the_model_of_agreement_knows_what_follows_what(knowledge: Knowledge) -> None:
    model = knowledge.agreement
    assert len(model.classes) == len(knowledge.lexicon) + 3
    be, now, axe = knowledge.lexicon.number(["будет", "теперь", "топор"])
    assert model.of(np.array([axe]))[0] == model.of(np.array([be]))[0] != model.of(np.array([now]))[0]


def test_the_letter_model_knows_a_word(knowledge: Knowledge) -> None:
    likely, unlikely = knowledge.chars.logs(["народ", "рдоан"])
    assert likely > unlikely + 2


def test_the_error_model_knows_what_was_misread(knowledge: Knowledge) -> None:
    errors = knowledge.errors
    assert errors.cost("топерь", "теперь") < errors.cost("тыперь", "теперь") - 0.5
    assert errors.cost("теперь", "теперь") < 1


def test_what_a_step_lacks_is_said(sources: Sources, tmp_path: Path, data: Path) -> None:
    with pytest.raises(UsageError, match="--corpora"):
        steps.make_chars(Sources(), data)
    with pytest.raises(UsageError, match="--bench"):
        steps.make_errors(Sources(), tmp_path)
    with pytest.raises(InputError, match="step lexicon"):
        steps.make_ngrams(sources, tmp_path)
    with pytest.raises(InputError, match="no corpora"):
        steps.make_lexicon(Sources(tmp_path), tmp_path)
    with pytest.raises(InputError, match=r"gold\.tsv"):
        steps.make_errors(Sources(None, tmp_path), tmp_path)


def test_a_corpus_without_a_weight_is_named(tmp_path: Path, data: Path) -> None:
    write_corpora(tmp_path / "corpora", {"unheard_of": PROSE})
    with pytest.raises(InputError, match="unheard_of"):
        steps.make_ngrams(Sources(tmp_path / "corpora"), data)


def test_a_lexicon_too_large_to_be_searched_is_refused(
    sources: Sources, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(steps, "MOST_WORDS", 10)
    with pytest.raises(InputError, match="10 at most"):
        steps.make_lexicon(sources, tmp_path)
    assert not (tmp_path / "lexicon").exists()
    assert search.MOST_NODES < 2**32


def test_words_come_in_the_order_of_letters_with_the_hyphen_last(sources: Sources) -> None:
    assert lexicon.words(["а-я", "ая", "а", "яя", "я"], read(Path(), ())) == ("а", "ая", "а-я", "я", "яя")


@pytest.mark.parametrize("size", [1, 20_001])
def test_a_corpus_is_words_numbers_and_boundaries(tmp_path: Path, size: int) -> None:
    write_corpora(tmp_path / "corpora", {"a": ("В 1950 г. – Ёлка, кто-то!..", "Was это?") * size})
    corpora = read(tmp_path / "corpora", ("a",))
    text = " ".join(corpora.words[i] for i in corpora.corpora[0].ids[: 10 if size == 1 else 20])
    sentences = "в <num> г </s> елка кто-то </s> это </s>"
    assert text.startswith(sentences)
    assert len(corpora.corpora[0].ids) == size * len(sentences.split())
    assert corpora.counts(corpora.corpora[0])[corpora.words.index("елка")] == size


def test_the_program_makes_one_step_and_says_so(
    sources: Sources, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["errors", "--bench", str(sources.bench_folder), "-o", str(tmp_path)]) == 0
    assert (tmp_path / "errors" / "read.npy").is_file()
    assert "9 words, 4 of them misread" in capsys.readouterr().out


def test_the_program_tells_what_is_missing_in_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["chars", "-o", str(tmp_path)]) == 2
    assert capsys.readouterr().err.count("\n") == 1
