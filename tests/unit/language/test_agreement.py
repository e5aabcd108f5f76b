"""Words are sorted by what their forms can be, and what agrees is likelier."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from sverka.language import automaton
from sverka.language.agreement import AgreementModel
from sverka.language.build import agreement, dictionary
from sverka.language.build.corpus import Corpora, Corpus
from sverka.language.words import LETTERS

NOUN, ADJECTIVE = "NOUN,inan", "ADJF"
ENTRIES = [
    *((f"{stem}а", f"{NOUN},femn sing,nomn", stem) for stem in ("войн", "атак", "труб", "стран", "жертв")),
    *((f"{stem}у", f"{NOUN},femn sing,accs", stem) for stem in ("войн", "атак", "труб", "стран", "жертв")),
    *((f"{stem}ая", f"{ADJECTIVE} femn,sing,nomn", stem) for stem in ("нов", "стар", "бел", "смел", "крупн")),
    *((f"{stem}ую", f"{ADJECTIVE} femn,sing,accs", stem) for stem in ("нов", "стар", "бел", "смел", "крупн")),
    ("идет", "VERB,impf,intr sing,3per,pres,indc", "идти"),
    ("ведут", "VERB,impf,tran plur,3per,pres,indc", "вести"),
    ("и", "CONJ", "и"),
    ("и", "INTJ", "и"),
    ("в", "PREP", "в"),
]
STRANGERS = ["оферта", "оферту", "хламидную", "ввв"]
WORDS = sorted({e[0] for e in ENTRIES} | set(STRANGERS), key=lambda w: [LETTERS.index(c) for c in w])
PLACE = {word: i for i, word in enumerate(WORDS)} | {".": len(WORDS), "0": len(WORDS) + 1, "?": len(WORDS) + 2}
TEXT = " . ".join(
    sentence
    for a, b in product(("нов", "стар"), ("войн", "атак"))
    for sentence in (f"идет {a}ая {b}а", f"{b}а и {b}а", f"ведут {a}ую {b}у", f"в {b}у", "0 в ?")
)


@pytest.fixture(scope="module")
def classes() -> agreement.Classes:
    lexicon = automaton.build(WORDS)
    counts = np.array([float(TEXT.split().count(word)) for word in WORDS])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(agreement, "_ENOUGH", 3)  # this dictionary has few words with the same ending
        return agreement.classify(lexicon, dictionary.read(lexicon, ENTRIES), counts, own=2, sets=6)


@pytest.fixture(scope="module")
def model(classes: agreement.Classes) -> AgreementModel:
    ids = np.array([PLACE[word] for word in TEXT.split() * 20], dtype=np.int32)
    corpora = Corpora((), (Corpus("a", ids),))
    return agreement.train(corpora, np.arange(len(WORDS) + 3), classes, {"a": 1.0}, rows=50)


def same(classes: agreement.Classes, *words: str) -> bool:
    return len({int(classes.of[PLACE[word]]) for word in words}) == 1


def test_a_pattern_is_what_agrees() -> None:
    patterns = [
        ("NOUN,inan,femn,Sgtm,Geox sing,gent", "NOUN gent sing femn"),
        ("NOUN,anim,masc plur,gen2", "NOUN gent plur "),
        ("PRTF,impf,tran,past,pssv neut,sing,loct", "ADJF loct sing neut"),
        ("ADJF,Apro inan,masc,sing,accs", "Apro accs sing masc"),
        ("PRTS,perf,past,pssv plur", "ADJS plur "),
        ("VERB,perf,tran femn,sing,past,indc", "VERB sing femn tran"),
        ("VERB,impf,intr plur,3per,pres,indc", "VERB plur 3per intr"),
        ("VERB,perf,tran sing,impr,excl", "VERB impr"),
        ("NUMR ablt", "NUMR ablt"),
        ("INFN,perf,intr", "INFN intr"),
        ("PREP", "PREP"),
    ]
    assert [agreement.pattern(tag) for tag, _ in patterns] == [expected for _, expected in patterns]


def test_words_of_the_same_readings_share_a_class(classes: agreement.Classes) -> None:
    assert same(classes, "война", "труба")
    assert same(classes, "новую", "крупную")
    assert not same(classes, "война", "войну")
    assert not same(classes, "новая", "война")
    assert not same(classes, "и", "в")  # function words: each a class of its own


def test_a_word_that_the_dictionary_lacks_is_known_by_its_ending(classes: agreement.Classes) -> None:
    assert same(classes, "хламидную", "новую")
    assert same(classes, "оферту", "войну")
    assert not same(classes, "ввв", "война", "в")


def test_boundary_number_and_unknown_are_classes(classes: agreement.Classes) -> None:
    last = [int(classes.of[PLACE[sign]]) for sign in ".0?"]
    assert last == [classes.count - 3, classes.count - 2, classes.count - 1]
    assert classes.of.max() == classes.count - 1


def logs(model: AgreementModel, *words: str) -> float:
    return float(model.logs(*(np.array([PLACE[word]]) for word in words))[0])


def test_what_agrees_is_likelier_even_if_never_met(model: AgreementModel) -> None:
    assert logs(model, "идет", "крупная", "труба") > logs(model, "идет", "крупная", "трубу") + 1
    assert logs(model, "ведут", "белую", "жертву") > logs(model, "ведут", "белую", "жертва") + 1
    assert logs(model, ".", "в", "страну") > logs(model, ".", "в", "страна") + 1
    assert logs(model, ".", ".", "в") > logs(model, ".", ".", "войну") + 1


def test_contexts_not_kept_say_what_their_last_class_says(classes: agreement.Classes, model: AgreementModel) -> None:
    ids = np.array([PLACE[word] for word in TEXT.split()], dtype=np.int32)
    corpora = Corpora((), (Corpus("a", ids),))
    short = agreement.train(corpora, np.arange(len(WORDS) + 3), classes, {"a": 1.0}, rows=0)
    assert len(short.table) == classes.count
    assert logs(short, "идет", "в", "войну") == logs(short, "и", "в", "войну") > 0


def test_the_text_itself_is_told_better_than_chance(model: AgreementModel) -> None:
    ids = np.array([PLACE[word] for word in TEXT.split()])
    assert agreement.gain(model, ids) > 0.5 > agreement.gain(model, ids[::-1])


def test_the_words_of_an_automaton_come_in_their_order() -> None:
    assert list(agreement.spell(automaton.build(WORDS))) == WORDS
