"""Two texts compared, as lines for the terminal."""

from __future__ import annotations

from sverka.align.words import compare
from sverka.export.word_diff import summary, word_diff
from sverka.model import Transcript


def lines(left: str, right: str) -> list[str]:
    return list(word_diff(Transcript("a.txt", left), Transcript("b.txt", right), compare(left, right)))


def test_a_difference_stands_in_its_context() -> None:
    assert lines("пусть она\nбудет топорь,\nа не", "пусть она будет теперь, а не") == [
        "a.txt:2:7: letters: пусть она будет [-топорь-]{+теперь+}, а не"
    ]


def test_added_and_removed_words() -> None:
    assert lines("вы сказали", "вы не сказали") == ["a.txt:1:3: word: вы {+не+} сказали"]
    assert lines("вы не сказали", "вы сказали") == ["a.txt:1:4: word: вы [-не-] сказали"]


def test_differences_far_apart_are_lines_of_their_own() -> None:
    middle = " слово" * 60
    found = lines(f"один{middle} два", f"раз{middle} три")
    assert len(found) == 2
    assert found[0].endswith("слово…")
    assert found[1].startswith("a.txt:1:366: word: …слово")


def test_texts_that_share_little_come_in_lines_of_some_length() -> None:
    left, right = (" и ".join(f"{word}{n}" for n in range(300)) for word in ("слово", "текст"))
    found = lines(left, right)
    assert len(found) > 5
    assert max(map(len, found)) < 2000
    assert sum(line.count("[-слово") for line in found) == 300


def test_the_summary_counts() -> None:
    assert summary(compare("один два", "один два")) == "no differences in 2 words and signs"
    assert summary(compare("один два", "один три")) == "1 difference (word: 1): 1 of 2 words and signs against 1 of 2"
