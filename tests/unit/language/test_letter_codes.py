"""Letter codes."""

from __future__ import annotations

from sverka.language.words import FOREIGN, LETTERS, encode


def test_words_become_rows_of_codes_padded_to_the_longest() -> None:
    matrix, lengths = encode(["мир", "я-а"])
    assert matrix.tolist() == [[12, 8, 16], [31, 32, 0]]
    assert lengths.tolist() == [3, 3]
    matrix, lengths = encode(["а", "", "аб"])
    assert matrix.tolist() == [[0, 255], [255, 255], [0, 1]]
    assert lengths.tolist() == [1, 0, 2]


def test_every_letter_has_its_code() -> None:
    assert encode([LETTERS])[0].tolist() == [list(range(len(LETTERS)))]


def test_other_signs_are_foreign() -> None:
    assert set(encode(["aё!5ѣ‹\U0001f600\ud800А"])[0][0].tolist()) == {FOREIGN}
