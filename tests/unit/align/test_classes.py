"""Each difference is called what an editor would call it, whichever text is first."""

from __future__ import annotations

import pytest

from sverka.align.classes import classes
from sverka.align.words import compare


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("топорь", "теперь", "letters"),
        ("вместо", "вместе", "letters"),
        ("Конечно", "По-моему", "word"),
        ("", "не", "word"),
        ("CССР", "СССР", "letters"),
        ("все", "Все", "case"),
        ("все", "всё", "yo"),
        ("Все", "всё", "case yo"),
        ("по мощь", "помощь", "spacing"),
        ("", " ", "spacing"),
        ("По мощь", "помощь", "spacing case"),
        ("несколь-ко", "несколько", "hyphen"),
        ("несколь- ко", "несколько", "hyphen"),
        ("несколь\nко", "несколько", "hyphen"),
        ("из за", "из-за", "hyphen spacing"),
        ("22", "20", "number"),
        ("З8-ю", "38-ю", "number"),
        ("", "1950", "number"),
        ("5", "пять", "number"),
        ("в 1950 году", "", "word"),
        (",", ".", "punctuation"),
        ("", ",", "punctuation"),
        ("«", '"', "punctuation"),
        ("—", "-", "punctuation"),
    ],
)
def test_classes(left: str, right: str, expected: str) -> None:
    assert " ".join(classes(left, right)) == expected
    assert " ".join(classes(right, left)) == expected


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("приехал Штяков вчера", "приехал Штыков вчера", "name"),
        ("приехал тов. Штяков", "приехал тов. Штыков", "name"),
        ("приехал И. В. Сталин", "приехал И. В. Сталине", "name"),
        ("Он уехал. Конечно вчера", "Он уехал. Конешно вчера", "letters"),
        ("Штяков приехал", "Штыков приехал", "letters"),
        ("приехал ШТЯКОВ", "приехал ШТЫКОВ", "letters"),
        ("приехал штяков", "приехал Штыков", "letters"),
        ("в 22.15 часов", "в 22,15 часов", "number"),
        ("часов. а потом", "часов, а потом", "punctuation"),
    ],
)
def test_surroundings_tell(left: str, right: str, expected: str) -> None:
    assert [difference.kind.value for difference in compare(left, right).differences] == [expected]
