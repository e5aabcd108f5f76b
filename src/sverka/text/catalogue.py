"""Catalogue blocks: what a digital archive prints about a document above (or below) its text.

Such a block is told by its labels (``**Citation:**``, ``Original Language: Russian``, ``Язык оригинала:``), never by
its place alone: a document may well begin with a heading of its own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from sverka.text.lines import Line

# A label that a document's own text hardly ever holds; two labels, one of them of these, make a block.
_OWN = (
    "citation", "summary", "abstract", "original language", "original languages", "contents", "description",
    "repository", "rights", "collection", "record id", "persistent url",
    "аннотация", "язык оригинала", "цитирование", "источник", "ссылка", "краткое содержание", "место хранения",
    "архивный шифр", "название документа", "дата документа",
)  # fmt: skip
_SHARED = (
    "title", "source", "date", "creator", "author", "subject", "subjects", "language", "country", "archive",
    "reference", "translation", "translator", "translated by", "contributor", "document type", "credits", "note",
    "keywords", "persons",
    "название", "заголовок", "содержание", "дата", "автор", "язык", "архив", "шифр", "перевод", "примечание",
    "ключевые слова", "оригинал",
)  # fmt: skip
_LABEL = re.compile(rf"[\s*_#>]*(?P<label>{'|'.join((*_OWN, *_SHARED))})[\s*_]*:(?P<value>.*)", re.IGNORECASE)
_LETTER = re.compile(r"[^\W\d_]")
_CYRILLIC_WORD = re.compile(r"[\u0400-\u04ff]{2,}")
_BOLD = re.compile(r"(?:\*\*|__|#).+")

_REACH = 12
"""So many lines may lie between one label and the next."""
_HEAD = 60
"""So many words may stand above the first label: a title, a date, a line of the maker's."""
_RUSSIAN_HEAD = 25
"""So many of them may be Russian: more is the document itself."""


def catalogue_blocks(lines: Sequence[Line]) -> tuple[tuple[int, int], ...]:
    """The blocks as half-open ranges of line numbers (from 0), in order."""
    labels = [(i, match) for i, line in enumerate(lines) if (match := _LABEL.match(line.text))]
    groups: list[list[tuple[int, re.Match[str]]]] = []
    for i, match in labels:
        if groups and sum(not line.blank for line in lines[groups[-1][-1][0] + 1 : i]) <= _REACH:
            groups[-1].append((i, match))
        else:
            groups.append([(i, match)])
    return tuple(
        (_begin(lines, group[0][0]), _end(lines, *group[-1]))
        for group in groups
        if len({match["label"].lower() for _, match in group}) >= 2
        and any(match["label"].lower() in _OWN for _, match in group)
    )


def _begin(lines: Sequence[Line], first: int) -> int:
    """Where the title above the first label begins."""
    head = " ".join(line.text for line in lines[:first])
    if len(head.split()) <= _HEAD and len(_CYRILLIC_WORD.findall(head)) <= _RUSSIAN_HEAD:
        return 0
    begin = first
    while begin and (lines[begin - 1].blank or _BOLD.match(lines[begin - 1].text)):
        begin -= 1
    return begin


def _end(lines: Sequence[Line], last: int, match: re.Match[str]) -> int:
    """Where the value of the last label ends: at a blank line, or where another alphabet begins."""
    russian = _russian(match["label"])
    end = last + 1
    if not match["value"].strip(" *_"):
        while end < len(lines) and lines[end].blank:
            end += 1
        if end < len(lines) and not _fits(lines[end], russian):
            return last + 1
    while end < len(lines) and not lines[end].blank and _fits(lines[end], russian):
        end += 1
    return end


def _fits(line: Line, russian: bool) -> bool:
    return _LETTER.search(line.text) is not None and (russian or not _russian(line.text))


def _russian(text: str) -> bool:
    letters: list[str] = _LETTER.findall(text)
    return 2 * sum("\u0400" <= letter <= "\u04ff" for letter in letters) > len(letters)
