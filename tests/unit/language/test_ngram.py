"""What the language model learns from a little text: probabilities that add up, and a liking for what it has read."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray

from sverka.errors import InputError
from sverka.language import automaton
from sverka.language.build import ngram
from sverka.language.build.corpus import Corpora, Corpus
from sverka.language.ngram import STEP, NgramModel, pair_keys, quantise, triple_keys
from sverka.language.words import BOUNDARY, LETTERS, NUMBER

SENTENCES = ("пусть она будет теперь", "пусть она ждет", "мир будет теперь", "теперь 20 дней мира", "она пусть спит")
LEXICON = sorted(
    {word for sentence in SENTENCES for word in sentence.split() if word.isalpha()} - {"дней"} | {"топор"},
    key=lambda word: [LETTERS.index(letter) for letter in word],
)


def corpora(*texts: tuple[str, ...]) -> Corpora:
    """Corpora ``a``, ``b``… of sentences."""
    numbering = {BOUNDARY: 0, NUMBER: 1}
    parts = []
    for name, text in zip("abc", texts, strict=False):
        ids = [0]
        for sentence in text:
            words = sentence.split()
            ids += (1 if word.isdigit() else numbering.setdefault(word, len(numbering)) for word in words)
            ids.append(0)
        parts.append(Corpus(name, np.array(ids, dtype=np.int32)))
    return Corpora(tuple(numbering), tuple(parts))


def none_expected(counts: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.zeros(len(counts))


def train(
    *texts: tuple[str, ...],
    weights: tuple[float, ...] = (1.0, 1.0),
    keep: int = 10**6,
    expected: Callable[[NDArray[np.float64]], NDArray[np.float64]] = none_expected,
) -> NgramModel:
    read = corpora(*texts)
    numbers = automaton.build(LEXICON).number(list(read.words))
    return ngram.train(
        read, numbers, len(LEXICON), dict(zip("abc", weights, strict=False)), expected, pairs=keep, triples=keep
    )


Probability = Callable[..., float]


def probability_of(model: NgramModel) -> Probability:
    """P(last word | two before), words as text; ``"."`` is the boundary, ``"0"`` a number, ``"?"`` unknown."""
    numbers = {word: i for i, word in enumerate(LEXICON)}
    numbers |= {".": model.boundary, "0": model.number, "?": model.unknown}

    def probability(*words: str) -> float:
        return float(np.exp(model.logs(*(np.array([numbers[word]]) for word in words))[0]))

    return probability


@pytest.fixture(scope="module")
def p() -> Probability:
    return probability_of(train(SENTENCES))


def test_what_was_read_is_likelier(p: Probability) -> None:
    assert p("она", "будет", "теперь") > 10 * p("она", "будет", "топор")
    assert p("пусть", "она", "будет") > p("теперь", "она", "будет")  # two words say more than one
    assert p(".", ".", "пусть") > p(".", ".", "спит")  # how a sentence begins
    assert p("она", "ждет", ".") > p("она", "будет", ".")  # and how it ends


def test_figures_and_unknown_words_have_their_place(p: Probability) -> None:
    assert p(".", "теперь", "0") > 10 * p(".", "пусть", "0")
    assert p("теперь", "0", "?") > 5 * p("теперь", "она", "?")


@pytest.mark.parametrize(
    "context", [(".", "."), ("пусть", "она"), ("топор", "топор"), ("теперь", "0"), ("топор", "она")]
)
def test_the_probabilities_of_a_context_add_up_to_one(p: Probability, context: tuple[str, str]) -> None:
    total = sum(p(*context, word) for word in (*LEXICON, ".", "0", "?"))
    assert total == pytest.approx(1, abs=3 * STEP)  # as near as the quanta allow


def test_a_heavier_corpus_counts_for_more() -> None:
    texts = (("она ждет",) * 4, ("она спит",) * 4)
    first, second = (probability_of(train(*texts, weights=weights)) for weights in ((4.0, 1.0), (1.0, 4.0)))
    assert first(".", "она", "ждет") > first(".", "она", "спит")
    assert second(".", "она", "ждет") < second(".", "она", "спит")


def test_a_word_of_many_contexts_is_likelier_in_a_new_one() -> None:
    # "мира" occurs more often, but only ever after "будет"; "теперь" after many words.
    text = (*("она будет мира",) * 6, "пусть теперь", "она теперь", "мир теперь", "ждет теперь", "пусть топор")
    p = probability_of(train(text))
    assert p(".", "пусть", "теперь") > p(".", "пусть", "мира")
    assert p("топор", "спит", "мира") > p("топор", "спит", "теперь")  # with no context at all, how often it occurs


def test_a_form_never_met_is_as_likely_as_its_lexeme_leads_one_to_expect() -> None:
    place = {word: i for i, word in enumerate(LEXICON)}

    def expected(counts: NDArray[np.float64]) -> NDArray[np.float64]:
        result = np.zeros(len(counts))
        result[place["топор"]] = counts[place["теперь"]]
        return result

    axe = np.array([place["топор"]])
    assert train(SENTENCES * 3, expected=expected).word(axe)[0] > train(SENTENCES * 3).word(axe)[0] + 1


def test_dropping_ngrams_keeps_the_telling_ones_and_the_sum() -> None:
    p = probability_of(train(SENTENCES * 3, keep=6))
    assert p("она", "будет", "теперь") > 5 * p("она", "будет", "топор")
    for context in ((".", "."), ("пусть", "она"), ("мир", "будет")):
        assert sum(p(*context, word) for word in (*LEXICON, ".", "0", "?")) == pytest.approx(1, abs=3 * STEP)


def test_perplexity_falls_with_what_is_known() -> None:
    read = corpora(SENTENCES)
    model = train(SENTENCES)
    numbers = automaton.build(LEXICON).number(list(read.words))
    ids = np.where(numbers < 0, model.unknown, numbers)
    ids[:2] = (model.boundary, model.number)
    familiar = ids[read.corpora[0].ids]
    strange = familiar[::-1].copy()
    assert 1 < ngram.perplexity(model, familiar) < ngram.perplexity(model, strange) < len(LEXICON) * 4


def test_one_stretch_in_fifty_is_held_out() -> None:
    ids = np.arange(1000, dtype=np.int32)
    (training,), (held,) = (
        part.corpora if isinstance(part, Corpora) else part
        for part in ngram.split(Corpora((), (Corpus("a", ids),)), every=50, length=10)
    )
    assert held.ids.tolist() == [*range(490, 500), *range(990, 1000)]
    assert sorted([*training.ids.tolist(), *held.ids.tolist()]) == ids.tolist()


def test_more_words_than_can_be_counted_are_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ngram, "MOST_WORDS", 8)
    with pytest.raises(InputError, match="at most 8"):
        train(SENTENCES)


def test_keys_tell_ngrams_apart() -> None:
    numbers = np.array([0, 1, 2, 3_090_000, 2**31])
    a, b, c = (axis.ravel() for axis in np.meshgrid(numbers, numbers, numbers))
    assert len(set(triple_keys(a, b, c).tolist())) == len(a)
    assert len(set(pair_keys(a, b).tolist())) == len(numbers) ** 2


def test_quanta_are_twelfths_of_a_nat_down_to_21() -> None:
    assert quantise(np.array([0.0, -1.0, -21.0, -100.0, 0.3])).tolist() == [0, 12, 252, 255, 0]
