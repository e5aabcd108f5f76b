"""Fits the parameters of casing on pages whose truth is known: ``python -m sverka.correct.train_casing BENCH_FOLDER``.

Each page is used as it was read, partly put right, and as it should read. Prints how far the probabilities hold on
pages held out, then the parameters fitted on all, to be written into :class:`sverka.correct.casing.Parameters`.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from collections.abc import Iterable
from dataclasses import astuple, fields
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sverka.correct.casing import FITTED, Parameters, Read, first_letter, log_odds, probability, survey
from sverka.correct.places import Floats, Place, Shape, shape
from sverka.correct.stream import Stream, read
from sverka.correct.train import partly_mended
from sverka.language.build.bench import Page, Row
from sverka.language.build.bench import read as read_pages
from sverka.language.capitals import Capitals
from sverka.language.knowledge import Knowledge, open_capitals
from sverka.language.store import DATA
from sverka.model import TokenKind, Transcript
from sverka.text.alphabet import fold
from sverka.text.document import analyse

_QUALITIES = ((0.0, 1.0), (0.6, 0.5), (0.85, 0.5), (1.0, 0.7))
"""Shares of a page's errors that are put right, and what a word of such a page counts."""
_FOLDS = 4
_STEPS, _RATE = 250, 0.15
_PLAIN = -6.0
_TENTH = 10
_PULL = {"capital_alike": 5.0}
"""What holds a parameter near its start; the pages have too few misread capitals to tell letters apart."""
_LITTLE_PULL = 0.05

_HYPHEN = re.compile(r"[-\u00ac]\s*\n\s*")
_EDGES = re.compile(r"^[\W_]+|[\W_]+$")
_WORD = re.compile(r"[А-Яа-яЁё-]+")


class Words(NamedTuple):
    """Words whose case on the page is known: the arguments of :func:`log_odds`, then what is known of them."""

    place: NDArray[np.int8]
    setting: Floats
    stray: Floats
    noise: Floats
    odds: Floats
    read: NDArray[np.int64]
    alike: NDArray[np.bool_]
    capital: NDArray[np.bool_]
    weight: Floats
    page: NDArray[np.int64]

    def where(self, keep: NDArray[np.bool_]) -> Words:
        """Some of the words."""
        columns: Iterable[Any] = (column[keep] for column in self)
        return Words(*columns)


def words_of(stream: Stream, rows: tuple[Row, ...], text: str) -> list[tuple[int, str, str]]:
    """The words of a page that should have one known case: token, as read, as on the page."""
    found = []
    for i, token in enumerate(stream.tokens):
        if token.kind is not TokenKind.WORD or i in stream.foreign or _initial(token.text, text[token.span.end :][:1]):
            continue
        touching = [row for row in rows if row.is_word_error and row.span.overlaps(token.span)]
        if len(touching) > 1 or (not touching and not stream.known[i]):
            continue
        word = _EDGES.sub("", _HYPHEN.sub("", touching[0].truth)) if touching else token.text
        if _WORD.fullmatch(word) and shape(word) is not Shape.CAPITALS:
            found.append((i, token.text, word))
    return found


def _initial(text: str, after: str) -> bool:
    return len(text) <= 2 and text[0].isupper() and after == "."


def gather(pages: tuple[Page, ...], knowledge: Knowledge, capitals: Capitals) -> Words:
    """The words of all pages in every quality."""
    dice = random.Random(1950)
    parts = []
    for number, page in enumerate(pages):
        for share, weight in _QUALITIES:
            text, rows = partly_mended(page, share, dice)
            stream = read(analyse(Transcript(page.name, text)), knowledge, None)
            casing = survey(text, stream, capitals)
            known = words_of(stream, rows, text)
            at = np.array([i for i, _, _ in known], dtype=np.int64)
            seen = [first_letter(original, fold(word)) for _, original, word in known]
            size = len(known)
            parts.append(
                Words(
                    casing.place[at],
                    casing.setting[at],
                    casing.stray[at],
                    np.full(size, casing.noise, dtype=np.float32),
                    capitals.log_odds(knowledge.lexicon.number([fold(word) for _, _, word in known])),
                    np.array([r for r, _ in seen], dtype=np.int64),
                    np.array([a for _, a in seen], dtype=bool),
                    np.array([word[0].isupper() for _, _, word in known], dtype=bool),
                    np.full(size, weight, dtype=np.float32),
                    np.full(size, number),
                )
            )
    columns: Iterable[Any] = (np.concatenate(column) for column in zip(*parts, strict=True))
    return Words(*columns)


def thinned(words: Words) -> Words:
    """Of the words that nothing could make capital every tenth, counting for ten: they are nine of ten."""
    plain = (words.read == Read.SMALL) & ~words.capital & (words.odds < _PLAIN) & (words.place <= Place.LINE)
    weighted = words._replace(weight=np.where(plain, words.weight * _TENTH, words.weight))
    return weighted.where(~plain | (np.cumsum(plain) % _TENTH == 0))


def predict(parameters: Parameters, words: Words) -> Floats:
    """P(capital) of each word."""
    prior, said = log_odds(parameters, *words[:7])
    return probability(prior + said)


def fit(words: Words, start: Parameters, steps: int = _STEPS) -> Parameters:
    """Greatest likelihood, held near ``start``, by Adam (Kingma and Ba, 2015) with slopes taken by differences."""
    names = [field.name for field in fields(Parameters)]
    pull = np.array([_PULL.get(name, _LITTLE_PULL) for name in names])
    origin = np.array(astuple(start))

    def loss(x: NDArray[np.float64]) -> float:
        p = np.clip(predict(Parameters(*x), words).astype(np.float64), 1e-7, 1 - 1e-7)
        return float(-(words.weight * np.where(words.capital, np.log(p), np.log1p(-p))).sum())

    x, mean, spread = origin.copy(), np.zeros(len(origin)), np.zeros(len(origin))
    for step in range(1, steps + 1):
        here = loss(x)
        slope = np.array([(loss(x + 0.01 * unit) - here) / 0.01 for unit in np.eye(len(x))]) + 2 * pull * (x - origin)
        mean, spread = 0.9 * mean + 0.1 * slope, 0.99 * spread + 0.01 * slope**2
        rate = _RATE if step < steps * 0.6 else _RATE / 4
        x -= rate * (mean / (1 - 0.9**step)) / (np.sqrt(spread / (1 - 0.99**step)) + 1e-9)
    return Parameters(*(round(float(value), 2) for value in x))


def report(words: Words, capital: Floats) -> str:
    """How many of the words with each probability of a wrong case have one; pages as they were read."""
    wrong = np.isin(words.read, (Read.CAPITAL, Read.CAPITAL_OTHER, Read.CAPITAL_LATIN)) != words.capital
    said = np.where(wrong != words.capital, 1 - capital, capital)
    lines = []
    for low, high in ((0.2, 0.5), (0.5, 0.65), (0.65, 0.8), (0.8, 1.0)):
        inside = (said >= low) & (said < high) & (words.weight == 1) & (words.read != Read.NOTHING)
        share = wrong[inside].sum() / max(1, inside.sum())
        lines.append(f"said {low:.2f}-{high:.2f}: {inside.sum():4d} words, {share:.2f} of them wrong")
    return "\n".join(lines)


def main(arguments: list[str]) -> None:
    """Fit and print."""
    parser = argparse.ArgumentParser(prog="python -m sverka.correct.train_casing", description=__doc__)
    parser.add_argument("bench", type=Path, help="a folder of NNN.ocr.txt, NNN.truth.txt and gold.tsv")
    parser.add_argument("--capitals", type=Path, default=DATA, help="where the folder capitals/ lies (the package's)")
    options = parser.parse_args(arguments)
    words = gather(read_pages(options.bench), Knowledge.open(), open_capitals(options.capitals))
    held_out = np.zeros(len(words.capital), dtype=np.float32)
    for number in range(_FOLDS):
        here = words.page % _FOLDS == number
        held_out[here] = predict(fit(thinned(words.where(~here)), FITTED), words.where(here))
    sys.stdout.write(report(words, held_out) + "\n")
    for field, value in zip(fields(Parameters), astuple(fit(thinned(words), FITTED)), strict=True):
        sys.stdout.write(f"    {field.name}: float = {value:.2f}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
