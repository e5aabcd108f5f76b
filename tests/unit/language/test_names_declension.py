"""Names decline as the era's press declined them."""

from __future__ import annotations

import pytest

from sverka.language.nameforms import Role, inflected
from sverka.language.nametable import Name, NameKind


def forms(name: Name, role: Role = Role.NAME, number: str = "sing") -> str:
    """The six cases of the first paradigm in a role, for comparison at a glance."""
    found = {form.case: form.text for form in reversed(inflected(name)) if form.role is role and form.number == number}
    return " ".join(found[case] for case in ("nomn", "gent", "datv", "accs", "ablt", "loct"))


def person(text: str, gender: str = "m", declension: str = "") -> Name:
    return Name(text, NameKind.PERSON, gender, declension=declension)


@pytest.mark.parametrize(
    ("text", "gender", "declension", "expected"),
    [
        ("Ким Ир Сен", "m", "", "Ким Ир Сен Ким Ир Сена Ким Ир Сену Ким Ир Сена Ким Ир Сеном Ким Ир Сене"),
        ("Мао Цзе-дун", "m", "", "Мао Цзе-дун Мао Цзе-дуна Мао Цзе-дуну Мао Цзе-дуна Мао Цзе-дуном Мао Цзе-дуне"),
        (
            "Чжоу Энь-лай",
            "m",
            "",
            "Чжоу Энь-лай Чжоу Энь-лая Чжоу Энь-лаю Чжоу Энь-лая Чжоу Энь-лаем Чжоу Энь-лае",
        ),
        ("Чан Кай-ши", "m", "", " ".join(["Чан Кай-ши"] * 6)),
        ("Чэнь Бо-да", "m", "", " ".join(["Чэнь Бо-да"] * 6)),
        ("Сун Цин-лин", "f", "", " ".join(["Сун Цин-лин"] * 6)),
        ("Гао Ган", "m", "whole", "Гао Ган Гао Гана Гао Гану Гао Гана Гао Ганом Гао Гане"),
        ("Далай-лама", "m", "", "Далай-лама Далай-ламы Далай-ламе Далай-ламу Далай-ламой Далай-ламе"),
        (
            "Дуглас Макартур",
            "m",
            "",
            "Дуглас Макартур Дугласа Макартура Дугласу Макартуру "
            "Дугласа Макартура Дугласом Макартуром Дугласе Макартуре",
        ),
        (
            "Павел Юдин",
            "m",
            "",
            "Павел Юдин Павла Юдина Павлу Юдину Павла Юдина Павлом Юдиным Павле Юдине",
        ),
        ("Голда Меир", "f", "", "Голда Меир Голды Меир Голде Меир Голду Меир Голдой Меир Голде Меир"),
        (
            "Николай II",
            "m",
            "",
            "Николай II Николая II Николаю II Николая II Николаем II Николае II",
        ),
    ],
)
def test_persons(text: str, gender: str, declension: str, expected: str) -> None:
    assert forms(person(text, gender, declension)) == expected


@pytest.mark.parametrize(
    ("text", "gender", "declension", "expected"),
    [
        ("Дин Ачесон", "m", "", "Ачесон Ачесона Ачесону Ачесона Ачесоном Ачесоне"),
        ("Николай Булганин", "m", "", "Булганин Булганина Булганину Булганина Булганиным Булганине"),
        ("Эрнест Бевин", "m", "noun", "Бевин Бевина Бевину Бевина Бевином Бевине"),
        ("Андрей Вышинский", "m", "", "Вышинский Вышинского Вышинскому Вышинского Вышинским Вышинском"),
        ("Андрей Громыко", "m", "", " ".join(["Громыко"] * 6)),
        ("Имре Надь", "m", "", "Надь Надя Надю Надя Надем Наде"),
        ("Лаврентий Берия", "m", "", "Берия Берии Берии Берию Берией Берии"),
        ("Эдуард Бенеш", "m", "", "Бенеш Бенеша Бенешу Бенеша Бенешем Бенеше"),
        ("Екатерина Фурцева", "f", "", "Фурцева Фурцевой Фурцевой Фурцеву Фурцевой Фурцевой"),
        ("Элеонора Рузвельт", "f", "", " ".join(["Рузвельт"] * 6)),
        (
            "Владимир Антонов-Овсеенко",
            "m",
            "",
            "Антонов-Овсеенко Антонова-Овсеенко Антонову-Овсеенко "
            "Антонова-Овсеенко Антоновым-Овсеенко Антонове-Овсеенко",
        ),
        ("Шарль де Голль", "m", "", "де Голль де Голля де Голлю де Голля де Голлем де Голле"),
    ],
)
def test_surnames_alone(text: str, gender: str, declension: str, expected: str) -> None:
    assert forms(person(text, gender, declension), Role.SURNAME) == expected


def test_a_german_surname_stands_with_its_particle_and_without() -> None:
    texts = {form.text for form in inflected(person("Франц фон Папен")) if form.role is Role.SURNAME}
    assert {"фон Папеном", "Папеном"} <= texts


@pytest.mark.parametrize("text", ["Ким Ир Сен", "Николай II", "Чжоу Энь-лай", "Филиппов"])
def test_undivided_names_have_no_surname(text: str) -> None:
    assert not [form for form in inflected(person(text)) if form.role is Role.SURNAME]


@pytest.mark.parametrize(
    ("text", "kind", "gender", "expected"),
    [
        ("Пхеньян", "place", "", "Пхеньян Пхеньяна Пхеньяну Пхеньян Пхеньяном Пхеньяне"),
        ("Крым", "place", "", "Крым Крыма Крыму Крым Крымом Крыме"),
        ("Порт-Артур", "place", "", "Порт-Артур Порт-Артура Порт-Артуру Порт-Артур Порт-Артуром Порт-Артуре"),
        ("Орел", "place", "", "Орел Орла Орлу Орел Орлом Орле"),
        ("Дальний", "place", "", "Дальний Дальнего Дальнему Дальний Дальним Дальнем"),
        ("Токио", "place", "", " ".join(["Токио"] * 6)),
        ("Катынь", "place", "f", "Катынь Катыни Катыни Катынь Катынью Катыни"),
        (
            "Ростов-на-Дону",
            "place",
            "",
            "Ростов-на-Дону Ростова-на-Дону Ростову-на-Дону Ростов-на-Дону Ростовом-на-Дону Ростове-на-Дону",
        ),
        (
            "Красная Армия",
            "body",
            "",
            "Красная Армия Красной Армии Красной Армии Красную Армию Красной Армией Красной Армии",
        ),
        (
            "Войско Польское",
            "body",
            "",
            "Войско Польское Войска Польского Войску Польскому Войско Польское Войском Польским Войске Польском",
        ),
        ("НКВД", "body", "", " ".join(["НКВД"] * 6)),
        ("кореец", "people", "", "кореец корейца корейцу корейца корейцем корейце"),
        ("русский", "people", "", "русский русского русскому русского русским русском"),
    ],
)
def test_places_bodies_and_peoples(text: str, kind: str, gender: str, expected: str) -> None:
    assert forms(Name(text, NameKind(kind), gender)) == expected


def test_what_depends_on_the_noun_stays() -> None:
    body = Name("Совет министров иностранных дел", NameKind.BODY)
    assert "Советом министров иностранных дел" in {form.text for form in inflected(body) if form.case == "ablt"}


def test_the_second_prepositional_is_known() -> None:
    crimea = Name("Крым", NameKind.PLACE)
    assert {form.text for form in inflected(crimea) if form.case == "loct"} >= {"Крыме", "Крыму"}


def test_plural_places_are_plural() -> None:
    found = inflected(Name("Соединенные Штаты Америки", NameKind.PLACE, "p"))
    assert {(form.number, form.gender) for form in found} == {("plur", "")}
    assert "Соединенных Штатов Америки" in {form.text for form in found}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (person("Ли Сын Ман"), "лисынмановский"),
        (person("Карл Маннергейм"), "маннергеймовский"),
        (person("Вячеслав Молотов"), "молотовский"),
        (person("Эрнест Бевин", declension="noun"), "бевиновский"),
        (person("Лаврентий Берия"), "бериевский"),
        (person("Андрей Громыко"), "громыковский"),
        (Name("Пекин", NameKind.PLACE), "пекинский"),
        (Name("Корея", NameKind.PLACE, adjectives=("корейский",)), "корейский"),
    ],
)
def test_adjectives(name: Name, expected: str) -> None:
    found = [form for form in inflected(name) if form.role is Role.ADJECTIVE]
    assert found[0].text == expected
    assert {form.number for form in found} == {"sing", "plur"}
    assert {form.gender for form in found} == {"masc", "femn", "neut", ""}
    assert all(form.attested == bool(name.adjectives) for form in found)


@pytest.mark.parametrize(
    "name",
    [
        person("Андрей Вышинский"),
        person("Пальмиро Тольятти"),
        person("Элеонора Рузвельт", "f"),
        person("Чжоу Энь-лай"),
        Name("Инчхон", NameKind.PLACE),
    ],
)
def test_no_adjective_where_none_is_usual(name: Name) -> None:
    assert not [form for form in inflected(name) if form.role is Role.ADJECTIVE]


def test_followers() -> None:
    chiang = Name("Чан Кай-ши", NameKind.PERSON, "m", adjectives=("чанкайшистский",))
    assert {"чанкайшист", "чанкайшистам"} <= {form.text for form in inflected(chiang) if form.role is Role.FOLLOWER}
    kuomintang = Name("Гоминдан", NameKind.BODY, adjectives=("гоминдановский",))
    assert "гоминдановцев" in {form.text for form in inflected(kuomintang) if form.role is Role.FOLLOWER}


def test_yo_is_as_in_the_table() -> None:
    assert "Петром" in {form.text for form in inflected(person("Петр"))}
    assert "Петрё" not in {form.text for form in inflected(person("Петр"))}
    assert "Орёл" in {form.text for form in inflected(Name("Орёл", NameKind.PLACE))}
