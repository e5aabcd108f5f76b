"""A language small enough to be looked over: some words, and pages that misread some letters."""

from __future__ import annotations

from sverka.language import automaton
from sverka.language.automaton import Automaton
from sverka.language.build.errormodel import Pair, learn
from sverka.language.errormodel import ErrorModel
from sverka.language.words import LETTERS

WORDS = (
    "а армии армия будет был была было быть в ведет вести вместе вместо война войне войны вторник выбор мир мира мне "
    "народ народа нет но новый они оно она от отец по поле полк полка полки порт пост постой пусть рот ротой сила силы "
    "стол стоп теперь тем тепло тополь топор топоры третий три ты"
)


def lexicon() -> Automaton:
    return automaton.build(sorted(words(), key=lambda word: [LETTERS.index(letter) for letter in word]))


def words() -> list[str]:
    return WORDS.split()


def misreadings() -> ErrorModel:
    """Learned from right words and a few misreadings: е as о, и as н, ы as ьі, ии as м, a sign lost or added."""
    wrong = [("топерь", "теперь"), ("мнр", "мир"), ("воньо", "войне"), ("бьіла", "была"), ("войньі", "войны")]
    wrong += [("арм", "арии"), ("сильі", "силы"), ("арм", "арии"), ("лм", "лии"), ("пол", "полк"), ("на‹род", "народ")]
    return learn([Pair(o, i) for o, i in wrong * 2] + [Pair(word, word) for word in words() * 20])
