"""Fits the ranker's weights on pages whose truth is known: ``python -m sverka.correct.train BENCH_FOLDER``.

Each page is used as it was read, with some of its errors put right, and as it should read, so that the weights know
pages of every quality; ``--corpora`` adds pages of other texts without an error. Prints cross-validated figures (pages
held out by fifths), then writes weights fitted on all. Takes some two minutes.
"""

from __future__ import annotations

import argparse
import lzma
import random
import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sverka.correct import surface
from sverka.correct.casing import survey
from sverka.correct.engine import Choosing, Engine
from sverka.correct.features import FEATURES
from sverka.correct.findings import Writer, widened
from sverka.correct.fitting import Size, Table, fit
from sverka.correct.ranker import Choice, Ranker
from sverka.correct.slots import SlotKind
from sverka.correct.stream import Stream
from sverka.correct.witnesses import Witnesses
from sverka.language.build.bench import Page, Row, read
from sverka.language.knowledge import Knowledge
from sverka.language.ngram import NgramModel
from sverka.language.store import DATA
from sverka.model import Span, TokenKind, Transcript
from sverka.text.alphabet import fold
from sverka.text.document import analyse

_EDGES = re.compile(r"^[\W_]+|[\W_]+$")
SIZES = {SlotKind.WORD: Size(32, 15, 100, 0.4), SlotKind.PAIR: Size(16, 20, 20, 2.0)}
"""The networks: of those tried the smallest that do best on pages held out. Pairs are few; theirs is held tighter."""
_MENDED = (0.6, 0.85, 0.95)
"""Shares of a page's errors that are put right to make cleaner pages of it."""
_EXCERPTS, _SENTENCES, _READ = 5, 25, 20_000
"""Excerpts from a corpus, sentences in each, and sentences at its beginning that they are drawn from."""
_RARE = -12.0
"""Log-probability below which a word may be one that the corpora happen to have."""
_FORGOTTEN_NAMES, _FORGOTTEN = 0.25, 0.015
_FEWER = 5.0
_KNOWN = FEATURES.index("stands_known")


@dataclass(frozen=True, slots=True)
class Sample:
    """The choices of one page and kind of slot, with which rows are right; ``page`` numbers the page."""

    page: int
    choice: Choice
    right: NDArray[np.bool_]


def _truth(words: str) -> str:
    """A text as truths are compared: folded, with a space between words and no signs at their edges."""
    return " ".join(word for part in words.split() if (word := fold(_EDGES.sub("", part))))


def _covers(row: Row, span: Span) -> bool:
    """Whether a row is about the whole of ``span``, give or take a sign at either edge."""
    return row.span.start < span.start + 2 and row.span.end > span.end - 2


def _label(choosing: Choosing, s: int, rows: Sequence[Row]) -> str | None:
    """What should stand in slot ``s``, None if it is what stands there; empty where the truth is not one slot's to say.

    A pair is one word only where one row covers both of its tokens.
    """
    span = choosing.slots.span(s)
    if choosing.kind is SlotKind.PAIR:
        row = next((row for row in rows if _covers(row, span)), None)
        if len(rows) != 1 or row is None or " " in _truth(row.truth):
            return None
        return _truth(row.truth)
    row = rows[0]
    if len(rows) > 1 or row.span.end > span.end + 2 or row.span.start < span.start - 2:
        return ""
    return _truth(row.truth) or ""


def sample(choosing: Choosing, rows: tuple[Row, ...], page: int, writer: Writer) -> Sample:
    """The training rows of one page."""
    choices, text = choosing.choices, writer.text
    starts = choosing.choice.starts
    ends = np.r_[starts, len(choices.slot)][1:]
    right = np.zeros(len(choices.slot), dtype=bool)
    right[starts] = True
    errors = [row for row in rows if row.is_word_error]
    for s, (start, end) in enumerate(zip(choosing.slots.start.tolist(), choosing.slots.end.tolist(), strict=True)):
        touching = [row for row in errors if row.span.overlaps(Span(start, end))]
        label = _label(choosing, s, touching) if touching else None
        if label is None or label == _truth(text[start:end]):
            continue
        a, b = int(starts[s]), int(ends[s])
        right[a] = False
        options = choices.option[a + 1 : b - 1]
        for r, (option, shown) in enumerate(
            zip(options.tolist(), writer.folded(choosing, options), strict=True), a + 1
        ):
            own = choosing.options.span(option)
            whole = widened(own, Span(min(own.start, start), max(own.end, end)), shown, text)
            right[r] = bool(label) and _truth(whole) == label
        right[b - 1] = not right[a : b - 1].any()
    return Sample(page, choosing.choice, right)


def partly_mended(page: Page, share: float, dice: random.Random) -> tuple[str, tuple[Row, ...]]:
    """The page's text with a ``share`` of its rows put right, and the rows that are left, where they now stand."""
    pieces: list[str] = []
    left: list[Row] = []
    position = length = 0
    for row in sorted(page.rows, key=lambda r: r.span):
        if row.span.start < position:
            continue
        before = page.text[position : row.span.start]
        mended = dice.random() < share
        piece = row.truth if mended else row.span.of(page.text)
        start = length + len(before)
        if not mended:
            left.append(Row(Span(start, start + len(piece)), row.truth, row.kind))
        pieces += (before, piece)
        position, length = row.span.end, start + len(piece)
    return "".join(pieces) + page.text[position:], tuple(left)


def excerpts(folder: Path) -> tuple[Page, ...]:
    """Pages without an error: some sentences running from each of the corpora that no machine read."""
    pages = []
    dice = random.Random(1917)
    for path in sorted(folder.glob("*.txt.xz")):
        if "_ocr_" in path.name:
            continue
        with lzma.open(path, "rt", encoding="utf-8") as file:
            lines = list(islice(file, _READ))
        for _ in range(_EXCERPTS):
            start = dice.randrange(max(1, len(lines) - _SENTENCES))
            text = "".join(lines[start : start + _SENTENCES])
            pages.append(Page(path.name, text, text, ()))
    return tuple(pages)


def _strangers(stream: Stream, model: NgramModel, dice: random.Random) -> NDArray[np.int64]:
    """Rare words of a text that is itself among what the lexicon was made from, to stand for those of other texts.

    Mostly names: of other rare words dictionaries have nearly all.
    """
    found = []
    for i, token in enumerate(stream.tokens):
        number = stream.ids[stream.position[i]]
        if token.kind is not TokenKind.WORD or number >= stream.boundary:
            continue
        named = token.text[:1].isupper() and stream.ids[stream.position[i] - 1] != stream.boundary
        rare = float(model.word(np.array([number]))[0]) < _RARE
        if rare and dice.random() < (_FORGOTTEN_NAMES if named else _FORGOTTEN):
            found.append(i)
    return np.array(found, dtype=np.int64)


def samples(engine: Engine, pages: Sequence[Page], knowledge: Knowledge) -> dict[SlotKind, list[Sample]]:
    """All pages, first as they were read, then in every quality; a page without errors but once."""
    result: dict[SlotKind, list[Sample]] = {kind: [] for kind in SlotKind}
    dice = random.Random(1950)
    for number, page in enumerate(pages):
        versions = [(page.text, page.rows)]
        if page.rows:
            versions += [partly_mended(page, share, dice) for share in _MENDED]
            versions.append((page.truth, ()))
        for text, rows in versions:
            document = analyse(Transcript(page.name, text))
            stream = engine.read(document)
            if not page.rows:
                stream = stream.without(_strangers(stream, knowledge.ngrams, dice))
            casing = survey(text, stream, knowledge.capitals)
            writer = Writer(text, knowledge, casing)
            evident = tuple(surface.find(stream, text, casing))
            for choosing in engine.choosings(document, stream, Witnesses(), evident):
                result[choosing.kind].append(sample(choosing, rows, number, writer))
    return result


def stack(parts: Sequence[Sample]) -> Table:
    """The samples as one table. Of right words of the lexicon one in five is taken, and counts for five."""
    dice = np.random.default_rng(1956)
    features, starts, rights, weights = [], [], [], []
    offset = 0
    for part in parts:
        choice = part.choice
        dull = part.right[choice.starts] & (choice.features[choice.starts, _KNOWN] > 0)
        taken = ~dull | (dice.random(len(choice.starts)) < 1 / _FEWER)
        lengths = choice.lengths
        rows = np.repeat(taken, lengths)
        features.append(choice.features[rows])
        rights.append(part.right[rows])
        starts.append(offset + np.cumsum(lengths[taken]) - lengths[taken])
        weights.append(np.where(dull, _FEWER, 1.0)[taken])
        offset += int(rows.sum())
    choice = Choice(np.concatenate(features), np.concatenate(starts))
    return Table(choice, np.concatenate(rights), np.concatenate(weights))


def fitted(parts: Mapping[SlotKind, Sequence[Sample]]) -> Ranker:
    """The ranker of greatest likelihood."""
    return Ranker({kind: fit(stack(of_kind), SIZES[kind]) for kind, of_kind in parts.items()})


def learn(pages: Sequence[Page], knowledge: Knowledge) -> tuple[Ranker, dict[SlotKind, list[Sample]]]:
    """The ranker, and the samples it was fitted on.

    Words are judged before pairs and among neighbours put right, so the samples are drawn a second time with the
    weights that the first gave.
    """
    ranker = Ranker.blank()
    for _ in range(2):
        parts = samples(Engine(knowledge, ranker), pages, knowledge)
        ranker = fitted(parts)
    return ranker, parts


def report(kind: SlotKind, parts: Sequence[Sample], folds: int = 5) -> str:
    """Cross-validated figures: how many errors are seen, put right at first, and how many right words are flagged."""
    errors = found = fixed = false = words = 0
    for number in range(folds):
        judge = fit(stack([p for p in parts if p.page % folds != number]), SIZES[kind])
        for part in (p for p in parts if p.page % folds == number and len(p.right)):
            p = judge.probability(part.choice)
            starts, option = part.choice.starts, part.choice.options()
            stands, flagged = part.right[starts], p[starts] < 0.5
            chosen = np.where(option == 0, p, 0)
            best = np.maximum.reduceat(chosen, starts)
            good = np.maximum.reduceat(np.where(part.right, chosen, 0), starts)
            words += int(stands.sum())
            errors += int((~stands).sum())
            false += int((flagged & stands).sum())
            found += int((flagged & ~stands).sum())
            fixed += int((flagged & ~stands & (good == best) & (good > 0)).sum())
    return (
        f"{kind.value}: {errors} errors, found {found / max(1, errors):.3f}, "
        f"right at first {fixed / max(1, errors):.3f}, "
        f"precision {found / max(1, found + false):.3f}, {1000 * false / max(1, words):.2f} false per 1,000 right"
    )


def main(arguments: list[str]) -> None:
    """Fit and write."""
    parser = argparse.ArgumentParser(prog="python -m sverka.correct.train", description=__doc__)
    parser.add_argument("bench", type=Path, help="a folder of NNN.ocr.txt, NNN.truth.txt and gold.tsv")
    parser.add_argument("--corpora", type=Path, help="a folder of NAME.txt.xz, for pages without an error")
    parser.add_argument("-o", "--output", type=Path, default=DATA / "ranker.json")
    options = parser.parse_args(arguments)
    pages = [*read(options.bench), *(excerpts(options.corpora) if options.corpora else ())]
    ranker, parts = learn(pages, Knowledge.open())
    for kind, of_kind in parts.items():
        sys.stdout.write(report(kind, of_kind) + "\n")
    ranker.save(options.output)


if __name__ == "__main__":
    main(sys.argv[1:])
