"""Numbers in words, Russian and English: what one word is worth, and how another number is said in the same form.

Words are compared folded (small letters, ё as е: :func:`sverka.text.alphabet.fold`).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

# Nominative, genitive, dative, instrumental, prepositional.
_CARDINALS = """
2    два         двух          двум          двумя           двух
3    три         трех          трем          тремя           трех
4    четыре      четырех       четырем       четырьмя        четырех
5    пять        пяти          пяти          пятью           пяти
6    шесть       шести         шести         шестью          шести
7    семь        семи          семи          семью           семи
8    восемь      восьми        восьми        восемью         восьми
9    девять      девяти        девяти        девятью         девяти
10   десять      десяти        десяти        десятью         десяти
11   одиннадцать одиннадцати   одиннадцати   одиннадцатью    одиннадцати
12   двенадцать  двенадцати    двенадцати    двенадцатью     двенадцати
13   тринадцать  тринадцати    тринадцати    тринадцатью     тринадцати
14   четырнадцать четырнадцати четырнадцати  четырнадцатью   четырнадцати
15   пятнадцать  пятнадцати    пятнадцати    пятнадцатью     пятнадцати
16   шестнадцать шестнадцати   шестнадцати   шестнадцатью    шестнадцати
17   семнадцать  семнадцати    семнадцати    семнадцатью     семнадцати
18   восемнадцать восемнадцати восемнадцати  восемнадцатью   восемнадцати
19   девятнадцать девятнадцати девятнадцати  девятнадцатью   девятнадцати
20   двадцать    двадцати      двадцати      двадцатью       двадцати
30   тридцать    тридцати      тридцати      тридцатью       тридцати
40   сорок       сорока        сорока        сорока          сорока
50   пятьдесят   пятидесяти    пятидесяти    пятьюдесятью    пятидесяти
60   шестьдесят  шестидесяти   шестидесяти   шестьюдесятью   шестидесяти
70   семьдесят   семидесяти    семидесяти    семьюдесятью    семидесяти
80   восемьдесят восьмидесяти  восьмидесяти  восемьюдесятью  восьмидесяти
90   девяносто   девяноста     девяноста     девяноста       девяноста
100  сто         ста           ста           ста             ста
200  двести      двухсот       двумстам      двумястами      двухстах
300  триста      трехсот       тремстам      тремястами      трехстах
400  четыреста   четырехсот    четыремстам   четырьмястами   четырехстах
500  пятьсот     пятисот       пятистам      пятьюстами      пятистах
600  шестьсот    шестисот      шестистам     шестьюстами     шестистах
700  семьсот     семисот       семистам      семьюстами      семистах
800  восемьсот   восьмисот     восьмистам    восемьюстами    восьмистах
900  девятьсот   девятисот     девятистам    девятьюстами    девятистах
"""
# Stems; "-ой" marks those whose nominative is stressed on the ending.
_ORDINALS = """
1 перв       2 втор-ой     4 четверт     5 пят         6 шест-ой     7 седьм-ой    8 восьм-ой    9 девят
10 десят     11 одиннадцат 12 двенадцат  13 тринадцат  14 четырнадцат 15 пятнадцат 16 шестнадцат 17 семнадцат
18 восемнадцат 19 девятнадцат 20 двадцат 30 тридцат    40 сороков-ой 50 пятидесят  60 шестидесят 70 семидесят
80 восьмидесят 90 девяност 100 сот       200 двухсот   300 трехсот   400 четырехсот 500 пятисот  600 шестисот
700 семисот  800 восьмисот 900 девятисот
"""
_ENDINGS = ("ый", "ого", "ому", "ым", "ом", "ая", "ой", "ую", "ое", "ые", "ых", "ыми")
_THIRD_FORMS = """
третий третьего третьему третьим третьем третья третьей третью третье третьи третьих третьими
"""
_ONE_FORMS = "один одна одно одни одного одной одному одним одном одну одних одними"
_OTHERS = {"две": 2, "обе": 2, "оба": 2, "двое": 2, "двоих": 2, "трое": 3, "троих": 3, "четверо": 4, "четверых": 4}
_THOUSANDS = """
1000 тысяча 1000 тысячи 1000 тысяч 1000 тысяче 1000 тысячу 1000 тысячей 1000 тысячью 1000 тысячам 1000 тысячами
1000 тысячах 1000 тыс
1000000 миллион 1000000 миллиона 1000000 миллионов 1000000 миллиону 1000000 миллионом 1000000 миллионе
1000000 миллионы 1000000 миллионам 1000000 миллионами 1000000 миллионах 1000000 млн
1000000000 миллиард 1000000000 миллиарда 1000000000 миллиардов 1000000000 миллиардом 1000000000 миллиарде
1000000000 миллиарды 1000000000 млрд
"""
# The accusative of семья, far more often than seven.
_NOT_NUMBERS = frozenset({"семью"})

_ENGLISH = """
1 one      2 two     3 three  4 four   5 five    6 six   7 seven    8 eight     9 nine    10 ten    11 eleven  12 twelve
13 thirteen 14 fourteen 15 fifteen 16 sixteen 17 seventeen 18 eighteen 19 nineteen 20 twenty 30 thirty 40 forty 50 fifty
60 sixty   70 seventy 80 eighty 90 ninety
1 first    2 second  3 third  4 fourth 5 fifth   6 sixth 7 seventh  8 eighth    9 ninth   10 tenth  11 eleventh
12 twelfth 13 thirteenth 14 fourteenth 15 fifteenth 16 sixteenth 17 seventeenth 18 eighteenth 19 nineteenth
20 twentieth 30 thirtieth 40 fortieth 50 fiftieth 60 sixtieth 70 seventieth 80 eightieth 90 ninetieth
"""
_ENGLISH_SCALES = {"hundred": 100, "hundredth": 100, "thousand": 1000, "million": 10**6, "billion": 10**9}


class Form(Enum):
    """How a numeral is said."""

    CARDINAL = "cardinal"
    ORDINAL = "ordinal"
    SCALE = "scale"
    """It multiplies what stands before it: thousand, million."""


@dataclass(frozen=True, slots=True)
class Numeral:
    """One word of a number; ``inflection`` counts within the forms of its kind."""

    value: int
    form: Form
    inflection: int = 0


def _pairs(table: str) -> list[tuple[int, str]]:
    words = table.split()
    return [(int(value), word) for value, word in zip(words[::2], words[1::2], strict=True)]


def _ordinal_forms(stem: str) -> tuple[str, ...]:
    bare = stem.removesuffix("-ой")
    return tuple(bare + ("ой" if bare != stem and ending == "ый" else ending) for ending in _ENDINGS)


_CARDINAL_FORMS = {
    int(value): tuple(forms) for value, *forms in (line.split() for line in _CARDINALS.splitlines() if line.strip())
}
_ORDINAL_FORMS = {value: _ordinal_forms(stem) for value, stem in _pairs(_ORDINALS)} | {3: tuple(_THIRD_FORMS.split())}

_RUSSIAN_WORDS: dict[str, Numeral] = {word: Numeral(value, Form.SCALE) for value, word in _pairs(_THOUSANDS)}
_RUSSIAN_WORDS |= {
    word: Numeral(value, Form.CARDINAL) for word, value in (dict.fromkeys(_ONE_FORMS.split(), 1) | _OTHERS).items()
}
for _form, _table in ((Form.ORDINAL, _ORDINAL_FORMS), (Form.CARDINAL, _CARDINAL_FORMS)):
    for _value, _forms in _table.items():
        for _case, _word in reversed(tuple(enumerate(_forms))):
            if _word not in _NOT_NUMBERS:
                _RUSSIAN_WORDS[_word] = Numeral(_value, _form, _case)

_ENGLISH_WORDS: dict[str, Numeral] = {
    word: Numeral(value, Form.ORDINAL if word in ("first", "second", "third") or word.endswith("th") else Form.CARDINAL)
    for value, word in _pairs(_ENGLISH)
} | {word: Numeral(value, Form.SCALE) for word, value in _ENGLISH_SCALES.items()}


def russian(word: str) -> Numeral | None:
    """What a folded Russian word is worth."""
    return _RUSSIAN_WORDS.get(word)


def english(word: str) -> Numeral | None:
    """What an English word in small letters is worth."""
    return _ENGLISH_WORDS.get(word)


def said_like(word: str, value: int) -> str | None:
    """Another number in the case and form of a folded Russian numeral: ``первый``, 8 → ``восьмой``."""
    model = _RUSSIAN_WORDS.get(word)
    if model is None or model.form is Form.SCALE:
        return None
    forms = (_ORDINAL_FORMS if model.form is Form.ORDINAL else _CARDINAL_FORMS).get(value)
    return forms[model.inflection] if forms else None
