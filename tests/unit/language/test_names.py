"""The gazetteer finds names: misread, inflected, in capitals, in English."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest
from rapidfuzz.distance import Levenshtein

from sverka.errors import InputError
from sverka.language.names import Gazetteer, Role, folded, recase
from sverka.language.nametable import COLUMNS

HEADER = "\t".join(COLUMNS) + "\n"


@pytest.fixture(scope="module")
def names() -> Gazetteer:
    return Gazetteer.open()


def texts(gazetteer: Gazetteer, query: str) -> list[str]:
    return [form.text for form, _ in gazetteer.near(query)]


@pytest.mark.parametrize(
    ("misread", "meant"),
    [
        ("дисемкиновской", "лисынмановской"),
        ("штякову", "Штыкову"),
        ("ван яй-ши", "Чан Кай-ши"),
        ("фин-си", "Фын-Си"),
        ("Мао Цзе-луну", "Мао Цзе-дуну"),
        ("Маннертейма", "Маннергейма"),
        ("КИМ ИР СЕПА", "Ким Ир Сена"),
        ("Пхеньяие", "Пхеньяне"),
        ("Савоненкев", "Савоненков"),
        ("чанкайшнстов", "чанкайшистов"),
        ("Корейекой Народиой Армии", "Корейской Народной Армии"),
        ("Чжоу Энь-лаю", "Чжоу Энь-лаю"),
    ],
)
def test_the_nearest_form_is_the_one_that_was_meant(names: Gazetteer, misread: str, meant: str) -> None:
    assert texts(names, misread)[0] == meant


def test_a_name_misread_as_another_is_among_the_first(names: Gazetteer) -> None:
    assert "Булганиным" in texts(names, "булатовым")


def test_near_obeys_its_bounds(names: Gazetteer) -> None:
    found = names.near("Молотова", cutoff=0.7, limit=5)
    assert len(found) == 5
    scores = [score for _, score in found]
    assert scores == sorted(scores, reverse=True)
    assert all(0.7 <= score <= 1 for score in scores)
    assert names.near("Молотова", limit=0) == names.near("  ") == names.near("qwerty") == ()
    assert names.near("договоренности") == ()


def test_no_form_within_the_cutoff_is_lost(names: Gazetteer) -> None:
    """The quick pass over letter counts against the slow obvious way."""
    for query in ("булатовым", "ван яй ши", "ачесоем", "x1950г"):
        slow = {form for form in names._folded if Levenshtein.normalized_similarity(folded(query), form) >= 0.6 - 1e-9}
        quick = {names._folded[at] for _, at in names._scored(folded(query), 0.6)}
        assert quick == slow


def test_the_same_grammatical_form_comes_first_on_equal_terms(names: Gazetteer) -> None:
    assert texts(names, "Ачесоиом")[0] == "Ачесоном"
    assert texts(names, "Ачесоиу")[0] == "Ачесону"


def test_forms_say_what_they_are(names: Gazetteer) -> None:
    (form,) = names.forms_of("штыкову")
    assert (form.text, form.name.text, form.role) == ("Штыкову", "Терентий Штыков", Role.SURNAME)
    assert (form.case, form.number, form.gender) == ("datv", "sing", "masc")
    cases = {form.case for form in names.forms_of("ЛИСЫНМАНОВСКОЙ")}
    assert cases == {"gent", "datv", "ablt", "loct"}
    assert names.forms_of("стол") == ()


@pytest.mark.parametrize(
    "text", ["Ким Ир Сёну", "Мао Цзе дуном", "чжоу-энь-лая", "Красную Армию", "ВКП(б)", "Хрущёвым", "корейцам"]
)
def test_is_name_in_any_spelling_that_folds_alike(names: Gazetteer, text: str) -> None:
    assert names.is_name(text)


def test_inflect(names: Gazetteer) -> None:
    envoy = names.forms_of("Штыков")[0].name
    assert [form.text for form in names.inflect(envoy, "datv") if form.role is Role.SURNAME] == ["Штыкову"]
    korean = names.forms_of("кореец")[0].name
    plural = [form.text for form in names.inflect(korean, "ablt", "plur") if form.role is Role.NAME]
    assert plural == ["корейцами"]


def test_find_in_running_text(names: Gazetteer) -> None:
    text = (
        "Прошу передать тов. ШТЫКОВУ, что Ким Ир\nСен и Пак Хен Ен встретились с чанкайшистами\n"
        "близ Порт-Артура; жуков не было, а маршал Жуков с частями Корейской Народной армии был."
    )
    found = [(form.text, text[start:end]) for form, start, end in names.find(text)]
    assert found == [
        ("Штыкову", "ШТЫКОВУ"),
        ("Ким Ир Сен", "Ким Ир\nСен"),
        ("Пак Хен Ен", "Пак Хен Ен"),
        ("чанкайшистами", "чанкайшистами"),
        ("Порт-Артура", "Порт-Артура"),
        ("Жуков", "Жуков"),
        ("Корейской Народной Армии", "Корейской Народной армии"),
    ]


def test_find_does_not_cross_punctuation(names: Gazetteer) -> None:
    assert "Ким Ир Сен" not in {form.text for form, _, _ in names.find("Ким, Ир Сен")}
    assert names.find("") == ()


def test_mentioned_in_english(names: Gazetteer) -> None:
    text = "PYONGYANG, To SHTYKOV\nfor KIM IL SUNG. Chiang Kai-shek's army; Jiang Jieshi; Syngman Rhee’s men."
    found = [(name.text, text[start:end]) for name, start, end in names.mentioned(text)]
    assert found == [
        ("Пхеньян", "PYONGYANG"),
        ("Терентий Штыков", "SHTYKOV"),
        ("Ким Ир Сен", "KIM IL SUNG"),
        ("Чан Кай-ши", "Chiang Kai-shek"),
        ("Чан Кай-ши", "Jiang Jieshi"),
        ("Ли Сын Ман", "Syngman Rhee"),
    ]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("VYSHINSKY said", "Андрей Вышинский"),
        ("Vyshinskii said", "Андрей Вышинский"),
        ("in P’yŏngyang", "Пхеньян"),
        ("General de Gaulle", "Шарль де Голль"),
        ("the U.S.S.R.", "СССР"),
        ("Kim Il-Sung", "Ким Ир Сен"),
        ("Edvard Beneš", "Эдуард Бенеш"),
        ("marshal Mannerheim", "Карл Густав Маннергейм"),
        ("the People's Commissariat for Foreign Affairs", "Наркоминдел"),
    ],
)
def test_spellings_that_fold_alike_are_mentions(names: Gazetteer, text: str, name: str) -> None:
    assert name in {found.text for found, _, _ in names.mentioned(text)}


@pytest.mark.parametrize("text", ["let us go", "the hull of the ship", "un deux", "Mao, tse", ""])
def test_common_words_are_not_mentions(names: Gazetteer, text: str) -> None:
    assert {name.text for name, _, _ in names.mentioned(text)} <= {"Мао Цзе-дун"}


@pytest.mark.parametrize(
    ("form", "like", "expected"),
    [
        ("Штыкову", "ШТЯКОВУ", "ШТЫКОВУ"),
        ("лисынмановской", "Дисемкиновской", "Лисынмановской"),
        ("Штыкову", "штякову", "Штыкову"),
        ("корейской", "корейскои", "корейской"),
        ("США", "С", "США"),
        ("Чан Кай-ши", "Ван Яй-ши", "Чан Кай-ши"),
    ],
)
def test_recase(form: str, like: str, expected: str) -> None:
    assert recase(form, like) == expected


def test_a_user_table_adds_and_replaces(tmp_path: Path) -> None:
    table = tmp_path / "own.tsv"
    table.write_text(
        f"{HEADER}Степан Кольцевой\tperson\tm\tStepan Koltsevoy\nТерентий Штыков\tperson\tm\tT. Stykow\n",
        encoding="utf-8",
    )
    gazetteer = Gazetteer.open(table)
    assert gazetteer.near("Кольцевоге")[0][0].text == "Кольцевого"
    assert [name.text for name, _, _ in gazetteer.mentioned("from T. Stykow and Stepan Koltsevoy")] == [
        "Терентий Штыков",
        "Степан Кольцевой",
    ]
    assert gazetteer.mentioned("Shtykov") == ()
    assert {form.name.english for form in gazetteer.forms_of("Штыкову")} == {("T. Stykow",)}
    assert gazetteer.is_name("Вышинскому")
    assert gazetteer.forms_of("Вышинскому")[0].name.text == "Андрей Вышинский"


def test_a_bad_user_table_stops_the_opening(tmp_path: Path) -> None:
    table = tmp_path / "own.tsv"
    table.write_text("nothing of the kind\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"own\.tsv:1"):
        Gazetteer.open(table)


def test_folding_all_forms_at_once_is_folding_each(names: Gazetteer) -> None:
    assert names._folded == [folded(surface) for surface in names._forms.surfaces]
    assert names.max_words >= 4


def test_opening_takes_no_morphology() -> None:
    code = (
        "import sys; from sverka.language.names import Gazetteer; g = Gazetteer.open(); g.near('штякову');"
        "assert 'pymorphy3' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_opening_and_asking_are_quick(names: Gazetteer) -> None:
    """Generous bounds: some 40 ms and 1 ms on the machine this was written on."""

    def best(times: int, what: object) -> float:
        assert callable(what)
        durations = []
        for _ in range(times):
            start = time.perf_counter()
            what()
            durations.append(time.perf_counter() - start)
        return min(durations)

    assert best(3, Gazetteer.open) < 0.4
    assert best(5, lambda: names.near("дисемкиновской")) < 0.02
