"""Two texts side by side: nothing is lost, what differs is marked on both sides, and no text is obeyed."""

from __future__ import annotations

import json
import re
from collections.abc import Collection
from html import unescape

from hypothesis import given, settings
from hypothesis import strategies as st

from sverka.align.classes import Class
from sverka.align.words import compare
from sverka.export.diff_html import diff_html
from sverka.export.diff_json import diff_json
from sverka.export.side_by_side import Mark, Row, Words, rows
from sverka.export.unified import unified_diff
from sverka.model import Transcript

MOVED = "Второй абзац рассказывает, как поехали они на войну, и не вернулись."
LEFT = f"Первая строка топорь,\nа не потом.\n{MOVED}\nТретья строка совсем другая, чем прочие здесь."
RIGHT = f"Первая строка теперь, а не потом.\nТретья строка совсем другая, чем прочие здесь.\n{MOVED}"


def made(left: str, right: str) -> str:
    one, other = Transcript("a.txt", left), Transcript("b.txt", right)
    return diff_html(one, other, compare(left, right), program="sverka")


def laid_out(left: str, right: str, ignored: Collection[Class] = ()) -> list[Row]:
    comparison = compare(left, right).without(ignored)
    return list(rows(Transcript("a.txt", left), Transcript("b.txt", right), comparison))


def plain(parts: tuple[Words | Mark, ...]) -> str:
    return "".join(plain(it.parts) if isinstance(it, Mark) else " ".join(it.paragraphs) for it in parts)


def test_rows_are_lines_of_the_left_text() -> None:
    found = laid_out(LEFT, RIGHT)
    third = "Третья строка совсем другая, чем прочие здесь."
    assert [(plain(row.left), plain(row.right)) for row in found] == [
        ("Первая строка топорь,", "Первая строка теперь,"),
        ("а не потом.", "а не потом."),
        ("", third),
        (MOVED, MOVED),
        (third, ""),
    ]
    assert [row.left_line for row in found][:2] == [1, 2]


def test_what_differs_is_marked_by_word_and_by_letter_with_its_class() -> None:
    page = made(LEFT, RIGHT)
    assert re.search(
        r'<del id="a0" data-kind="letters"[^>]*title="letters: топорь → теперь">т<b>о</b>п<b>о</b>рь', page
    )
    assert re.search(r'<ins id="b0" data-kind="letters"[^>]*>т<b>е</b>п<b>е</b>рь', page)


def test_a_passage_that_moved_leads_to_its_other_place() -> None:
    page = made(LEFT, RIGHT)
    assert re.search(r'id="a1" data-kind="moved"[^>]*><a class="chip" href="#b1">moved', page)
    assert re.search(r'id="b1" data-kind="moved"[^>]*><a class="chip" href="#a1">moved', page)


def test_hostile_text_is_shown_and_not_obeyed() -> None:
    page = made("он <script>alert(1)</script> \x1b[2J сказал", 'он "><img src=x onerror=alert(2)> \u202e сказал')
    assert "<script>alert" not in page
    assert "<img" not in page
    assert "\x1b" not in page
    assert "\u202e" not in page
    assert "⟨U+202E⟩" in page


@settings(deadline=None, max_examples=60)
@given(
    left=st.lists(st.sampled_from((*LEFT.split(" "), "\n", "\n\n", "-\n", MOVED)), max_size=25).map(" ".join),
    right=st.lists(st.sampled_from((*RIGHT.split(" "), "\n", "\n\n", MOVED)), max_size=25).map(" ".join),
    ignored=st.sets(st.sampled_from(Class)),
)
def test_the_rows_hold_both_texts(left: str, right: str, ignored: set[Class]) -> None:
    found = laid_out(left, right, ignored)
    assert "".join("".join(plain(row.left).split()) for row in found) == "".join(left.split())
    assert "".join("".join(plain(row.right).split()) for row in found) == "".join(right.split())


def test_json_has_every_difference_with_its_places_in_both_texts() -> None:
    told = json.loads(diff_json(Transcript("a.txt", LEFT), Transcript("b.txt", RIGHT), compare(LEFT, RIGHT)))
    first, second = told["differences"]
    assert told["counts"] == {"letters": 1, "moved": 1}
    assert first["class"] == "letters"
    assert first["left"] == {"start": 14, "end": 20, "line": 1, "column": 15, "text": "топорь"}
    assert first["right"]["text"] == "теперь"
    assert first["letters"] == [[15, 16, 15, 16], [17, 18, 17, 18]]
    assert second["left"]["text"] == second["right"]["text"]
    assert (second["left"]["line"], second["right"]["line"]) in {(3, 3), (4, 2)}


def test_json_says_which_moved_passage_a_difference_lies_in() -> None:
    right = RIGHT.replace("войну", "воину").replace("Третья", "Третия")
    told = json.loads(diff_json(Transcript("a.txt", LEFT), Transcript("b.txt", right), compare(LEFT, right)))
    moved = next(n for n, found in enumerate(told["differences"]) if found["class"] == "moved")
    assert [found["within"] for found in told["differences"]].count(moved) == 1


def test_a_page_without_differences_says_so() -> None:
    page = made("одно и то же", "одно и\nто же")
    assert "No differences." in page
    assert "<ins id" not in page


def test_a_unified_diff_counts_lines_as_patch_does() -> None:
    old = "".join(f"{n}\n" for n in range(12))
    new = old.replace("5\n", "пять\nи шесть\n") + "конец"
    assert unified_diff(old, new, "a/x", "b/x y").decode().splitlines() == [
        "--- a/x",
        "+++ b/x y\t",
        "@@ -3,10 +3,12 @@",
        *(" 2", " 3", " 4", "-5", "+пять", "+и шесть", " 6", " 7", " 8", " 9", " 10", " 11", "+конец"),
        "\\ No newline at end of file",
    ]
    assert unified_diff(old, old, "a", "b") == b""


def test_titles_are_escaped_once() -> None:
    titles = re.findall(r'title="([^"]*)"', made('он "сказал" так', "он «сказал» так"))
    assert any(unescape(title) == 'punctuation: " → «' for title in titles)
    assert all(kind.value for kind in Class)
