from __future__ import annotations

import random
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sverka.ledger.anchor import Fit, Found, anchor_at, find
from sverka.ledger.relocation import relocate
from sverka.model import Anchor, Span

LETTERS = Path(__file__).parents[2] / "data" / "bilingual"

HEAD = "РОССИЙСКАЯ ФЕДЕРАЦИЯ. ГОСУДАРСТВЕННЫЙ АРХИВ. Фонд 5446, опись 1, дело топорь, лист следующий.\n\n"
PAGES = (
    "Товарищ Штыков сообщил, что эшелоны с боеприпасами отправлены из Владивостока в срок.\n\n",
    "Обсуждались учебники для школ освобождённых районов и оклады учителей начальных классов.\n\n",
    "Ким Ир Сен благодарил за помощь и просил ускорить присылку военных советников.\n\n",
    "В заключение беседы Пак Хен Ен передал письмо с перечнем необходимого вооружения.\n\n",
)
ARCHIVE = "".join(HEAD + page for page in PAGES)


def anchored(text: str, word: str, number: int = 0) -> Anchor:
    match = list(re.finditer(re.escape(word), text))[number]
    return anchor_at(text, Span(*match.span()))


def found(text: str, again: str, *words: tuple[str, int]) -> tuple[Found, ...]:
    """What becomes of words of ``text``, each named with its number among those alike."""
    return relocate([(anchored(text, *word), None) for word in words], again)


def fits(text: str, again: str, *words: tuple[str, int]) -> list[Fit]:
    return [one.fit for one in found(text, again, *words)]


HEADS = [("топорь", number) for number in range(4)]
NAMES = [("Штыков", 0), ("учебники", 0), ("советников", 0), ("письмо", 0)]


def test_nothing_changed() -> None:
    assert set(fits(ARCHIVE, ARCHIVE, *HEADS, *NAMES)) == {Fit.EXACT}
    assert set(fits("а" * 200, "а" * 200, ("а", 3), ("а", 100))) == {Fit.EXACT}
    assert relocate([], "текст") == ()


def test_what_one_anchor_cannot_tell_its_neighbours_can() -> None:
    again = "Снято с копии.\n\n" + ARCHIVE.replace("\n", "\r\n").replace("Владивостока", "Влaдивостокa")
    alone = [find(anchored(ARCHIVE, *head), again).fit for head in HEADS]
    # The first page has nothing before its head, the last nothing behind: between two pages all look alike.
    assert alone.count(Fit.AMBIGUOUS) >= 2
    spans = [one.span for one in found(ARCHIVE, again, *HEADS, *NAMES)][:4]
    assert spans == [Span(*match.span()) for match in re.finditer("топорь", again)]


def test_without_neighbours_it_stays_ambiguous() -> None:
    assert fits(ARCHIVE, "Снято с копии.\n\n" + ARCHIVE, ("ГОСУДАРСТВЕННЫЙ", 1)) == [Fit.AMBIGUOUS]


def test_of_two_between_the_neighbours_none_is_chosen_unless_nothing_grew_between_them() -> None:
    row = "Ящики с патронами, мест: 12, сдал топорь, принял.\n"
    table = f"Начало списка переданных частям грузов.\n{row * 6}Конец списка.\n"
    words = [("переданных", 0), ("топорь", 2), ("Конец", 0)]
    moved = found(table, "Копия.\n" + table, *words)
    assert [one.span for one in moved] == [anchored(table, *word).span.shifted(7) for word in words]
    # One row less: which one, nobody can say.
    fewer = "Копия.\n" + table.replace(row, "", 1)
    assert fits(table, fewer, *words) == [Fit.MOVED, Fit.AMBIGUOUS, Fit.MOVED]


def test_the_rows_of_a_list_are_told_apart_where_most_are_what_they_were() -> None:
    names = ("Иванов", "Петров", "Ким", "Громыко", "Рощин", "Штыков", "Пак", "Ли", "Цой", "Соколов", "Тен", "Орлов")
    rows = [f"Товарищ {name} награждён орденом Красного Знамени за заслуги перед страной.\n" for name in names]
    text = "".join(rows)
    words = [("орденом", number) for number in range(len(rows))]
    again = "Список.\n" + text.replace("\n", "\r\n")
    assert fits(text, again, words[5]) == [Fit.AMBIGUOUS]
    spans = [one.span for one in found(text, again, *words)]
    assert spans == [Span(*match.span()) for match in re.finditer("орденом", again)]
    # One row is missing: its decision is not given to the next.
    fewer = again.replace(rows[5].strip() + "\r\n", "")
    outcomes = found(text, fewer, *words)
    assert outcomes[5].fit in {Fit.AMBIGUOUS, Fit.LOST}
    placed = [(name, one.span) for name, one in zip(names, outcomes, strict=True) if one.span]
    assert len(placed) >= 9
    assert all(fewer[: span.start].endswith(f"Товарищ {name} награждён ") for name, span in placed)


def test_two_anchors_are_not_put_on_one_place() -> None:
    line = "Эта строка записана в протоколе дважды, и слово топорь в ней одно и то же, без всякой разницы.\n"
    text = f"Первое дело.\n{line}Второе дело, о другом совсем предмете.\n{line}Конец."
    again = text.replace(line, "", 1)
    assert fits(text, again, ("топорь", 0), ("топорь", 1)) == [Fit.AMBIGUOUS, Fit.AMBIGUOUS]
    # Two decisions on one place are no contradiction.
    anchor = anchored(text, "Второе")
    both = relocate([(anchor, None), (anchor, "Третье")], "!" + text)
    assert both == (Found(Fit.MOVED, anchor.span.shifted(1)),) * 2


def test_a_moved_paragraph_is_followed() -> None:
    moved = "".join((*PAGES[1:], PAGES[0]))
    text = "".join(PAGES)
    assert fits(text, moved, ("эшелоны", 0), ("районов", 0), *NAMES[2:]) == [Fit.MOVED] * 4
    # But not to a look-alike that was there before.
    line = "Список утверждён. Подписал начальник отдела топорь Громыко, заверил секретарь отдела.\n"
    text = f"{PAGES[0]}{line}{PAGES[1]}{PAGES[2]}{line}{PAGES[3]}"
    again = text.replace(line, "", 1)
    words = [("Штыков", 0), ("топорь", 0), *NAMES[1:]]
    assert fits(text, again, *words) == [Fit.EXACT, Fit.AMBIGUOUS, Fit.MOVED, Fit.MOVED, Fit.MOVED]


def test_a_paragraph_dropped_beside_it_is_made_up_for_by_the_neighbours() -> None:
    text = "".join(PAGES)
    again = text.replace(PAGES[1], "")
    words = [("Штыков", 0), ("срок", 0), ("учебники", 0), ("Ким", 0), ("передал", 0)]
    assert find(anchored(text, "Ким"), again).fit is Fit.LOST
    assert fits(text, again, *words) == [Fit.EXACT, Fit.EXACT, Fit.LOST, Fit.MOVED, Fit.MOVED]


def test_what_was_corrected_is_told_and_vouches_too() -> None:
    again = "Снято с копии.\n\n" + ARCHIVE.replace("Штыков", "Штыков Т. Ф.").replace("учебники", "букварь")
    pairs: list[tuple[Anchor, str | None]] = [
        (anchored(ARCHIVE, "Штыков"), "Штыков Т. Ф."),
        (anchored(ARCHIVE, "топорь", 1), None),
        (anchored(ARCHIVE, "учебники"), "букварь"),
    ]
    one, two, three = relocate(pairs, again)
    assert (one.fit, three.fit) == (Fit.CORRECTED, Fit.CORRECTED)
    assert two.span == anchored(again, "топорь", 1).span


def test_a_gap_vouches_as_a_word_does() -> None:
    again = "Снято с копии.\n\n" + ARCHIVE
    gaps = [ARCHIVE.index(word) for word in ("Владивостока", "освобождённых")]
    pairs: list[tuple[Anchor, str | None]] = [(anchor_at(ARCHIVE, Span(at, at)), "из ") for at in gaps]
    one, head, other = relocate([pairs[0], (anchored(ARCHIVE, "топорь", 1), None), pairs[1]], again)
    assert (one.span, other.span) == (Span(gaps[0] + 16, gaps[0] + 16), Span(gaps[1] + 16, gaps[1] + 16))
    assert head.span == anchored(again, "топорь", 1).span


Edit = Callable[[list[tuple[str, int]], random.Random], list[tuple[str, int]]]
"""A change of a text of which each code point carries where it was (-1: nowhere)."""


def misread(text: list[tuple[str, int]], chance: random.Random) -> list[tuple[str, int]]:
    """Three letters in a hundred read differently, lost or doubled by another."""
    out: list[tuple[str, int]] = []
    for letter, origin in text:
        if letter.isspace() or chance.random() >= 0.03:
            out.append((letter, origin))
            continue
        kind = chance.random()
        out += [] if kind < 0.2 else [("ъ", -1)] if kind < 0.8 else [(letter, origin), ("ж", -1)]
    return out


def rewrapped(text: list[tuple[str, int]], chance: random.Random) -> list[tuple[str, int]]:
    """Other line ends, and some words divided at them."""
    out: list[tuple[str, int]] = []
    width = 0
    for index, (letter, origin) in enumerate(text):
        alone = letter == "\n" and text[index - 1][0] != "\n" and (*text, ("", -1))[index + 1][0] != "\n"
        if letter == " " and width > 50:
            out += [("\r", -1), ("\n", origin)]
        else:
            out.append((" " if alone else letter, origin))
        width = 0 if out[-1][0] == "\n" else width + 1
        if width > 45 and letter.isalpha() and (*text, ("", -1))[index + 1][0].isalpha() and chance.random() < 0.1:
            out += [("-", -1), ("\r", -1), ("\n", -1)]
            width = 0
    return out


def paragraphs(text: list[tuple[str, int]]) -> list[list[tuple[str, int]]]:
    read = "".join(letter for letter, _ in text)
    ends = [match.end() for match in re.finditer(r"\n\s*\n", read)]
    return [text[start:end] for start, end in zip([0, *ends], [*ends, len(text)], strict=True)]


def shuffled(text: list[tuple[str, int]], chance: random.Random) -> list[tuple[str, int]]:
    """A paragraph dropped, and one moved."""
    parts = paragraphs(text)
    parts.pop(chance.randrange(len(parts)))
    parts.insert(chance.randrange(len(parts)), parts.pop(chance.randrange(len(parts))))
    return [each for part in parts for each in part]


def reworded(text: list[tuple[str, int]], chance: random.Random) -> list[tuple[str, int]]:
    """One word in twenty replaced by hand."""
    read = "".join(letter for letter, _ in text)
    out: list[tuple[str, int]] = []
    end = 0
    for match in re.finditer(r"\w+", read):
        out += text[end : match.start()]
        new = [(letter, -1) for letter in "совет"]
        out += new if chance.random() < 0.05 else text[match.start() : match.end()]
        end = match.end()
    return out + text[end:]


def judged(text: str, edits: tuple[Edit, ...], chance: random.Random) -> Iterator[str]:
    """What became of every word: right, missed (though it is there), wrong, or gone and so said."""
    marked = list(zip(text, range(len(text)), strict=True))
    for edit in edits:
        marked = edit(marked, chance)
    again = "".join(letter for letter, _ in marked)
    now = {origin: index for index, (_, origin) in enumerate(marked) if origin >= 0}
    words = list(re.finditer(r"\w{2,}", text))
    outcomes = relocate([(anchor_at(text, Span(*word.span())), None) for word in words], again)
    for word, one in zip(words, outcomes, strict=True):
        there = [now.get(origin, -1) for origin in range(*word.span())]
        whole = there == list(range(there[0], there[0] + len(there))) and there[0] >= 0
        if one.span:
            yield "right" if whole and one.span == Span(there[0], there[-1] + 1) else "wrong"
        else:
            yield "missed" if whole else "gone"


@pytest.mark.parametrize(
    ("edits", "share"),
    [
        ((rewrapped,), 0.97),
        ((misread,), 0.95),
        ((shuffled,), 0.93),
        ((reworded,), 0.85),
        ((misread, shuffled, rewrapped), 0.85),
    ],
    ids=["wrapped", "misread", "moved", "reworded", "all"],
)
def test_a_letter_read_again_keeps_its_decisions(edits: tuple[Edit, ...], share: float) -> None:
    counts: Counter[str] = Counter()
    for path in sorted(LETTERS.glob("*.txt")):
        if not path.name.endswith(".truth.txt"):
            counts.update(judged(path.read_text(encoding="utf-8"), edits, random.Random(path.name)))
    assert counts["wrong"] <= counts["right"] / 1000, counts
    assert counts["right"] >= share * (counts["right"] + counts["missed"]), counts


def test_five_thousand_anchors_in_a_long_text_take_no_longer_than_a_page_turned() -> None:
    chance = random.Random(1)
    vocabulary = ["".join(chance.choices("аеиоутнсрвлкм", k=chance.randrange(1, 9))) for _ in range(5000)]
    text = "".join(chance.choice(vocabulary) + " \n"[chance.random() < 0.1] for _ in range(180_000))
    pairs = [
        (anchor_at(text, Span(at, at + chance.choice((0, 5)))), None)
        for at in range(50, len(text) - 50, len(text) // 5000)
    ]
    begun = time.process_time()
    outcomes = relocate(pairs, "Заголовок.\n" + text.replace("\n", "\r\n"))
    # Some two seconds where this was written; the bound is for machines that do other things, too.
    assert time.process_time() - begun < 20
    assert Counter(one.fit for one in outcomes)[Fit.MOVED] >= 0.99 * len(pairs)
