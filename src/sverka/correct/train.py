"""Fits the ranker's weights on pages whose truth is known: ``python -m sverka.correct.train BENCH_FOLDER``.

Each page is used as it was read, with some of its errors put right, and as it should read, so that the weights know
pages of every quality. Prints cross-validated figures (pages held out by fifths), then writes
weights fitted on all.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sverka.correct import surface
from sverka.correct.engine import Choosing, Engine
from sverka.correct.mentions import Mentions
from sverka.correct.ranker import Ranker, fit, softmax
from sverka.correct.slots import Slot, SlotKind
from sverka.language.build.bench import Page, Row, read
from sverka.language.knowledge import Knowledge
from sverka.language.store import DATA
from sverka.model import Span, Transcript
from sverka.text.alphabet import fold
from sverka.text.document import analyse

_EDGES = re.compile(r"^[\W_]+|[\W_]+$")
_FOLDS = 5
_L2 = 1e-4
_MENDED = (0.6, 0.85, 0.95)
"""Shares of a page's errors that are put right to make cleaner pages of it."""


@dataclass(frozen=True, slots=True)
class Sample:
    """The choices of one page and kind of slot, with which rows are right; ``page`` numbers the page."""

    page: int
    features: NDArray[np.float32]
    group: NDArray[np.int64]
    right: NDArray[np.bool_]
    stands: NDArray[np.bool_]


def _label(slot: Slot, rows: tuple[Row, ...]) -> tuple[str, ...] | None:
    """The words that should stand in a slot; its own if it is right, None where the truth is not one slot's to say."""
    own = tuple(slot.observed.split())
    touching = [row for row in rows if row.span.overlaps(slot.span) and row.is_word_error]
    if not touching:
        return own
    row = touching[0]
    truth = tuple(fold(_EDGES.sub("", word)) for word in row.truth.split())
    if slot.kind is SlotKind.PAIR:
        # A pair is one word only where one row covers both of its tokens.
        covers = len(touching) == 1 and row.span.start < slot.span.start + 2 and row.span.end > slot.span.end - 2
        return truth if covers and len(truth) == 1 else own
    if len(touching) > 1 or row.span.end > slot.span.end + 2 or row.span.start < slot.span.start - 2:
        return None
    return truth


def sample(choosing: Choosing, rows: tuple[Row, ...], page: int) -> Sample:
    """The training rows of one page."""
    choices = choosing.choices
    keep = np.ones(len(choices.slot), dtype=bool)
    right = np.zeros(len(choices.slot), dtype=bool)
    labels = [_label(slot, rows) for slot in choosing.slots]
    hit = np.zeros(len(labels), dtype=bool)
    for r, (s, k) in enumerate(zip(choices.slot.tolist(), choices.option.tolist(), strict=True)):
        label = labels[s]
        if label is None:
            keep[r] = False
            continue
        slot = choosing.slots[s]
        if k == -1:
            right[r] = label == tuple(slot.observed.split())
        elif k >= 0:
            right[r] = choosing.options[s][k].words == label
        else:
            right[r] = not hit[s]
        hit[s] |= right[r]
    return Sample(page, choosing.features[keep], choices.slot[keep], right[keep], choices.option[keep] == -1)


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


def samples(engine: Engine, pages: tuple[Page, ...]) -> dict[SlotKind, list[Sample]]:
    """All pages in every quality."""
    result: dict[SlotKind, list[Sample]] = {kind: [] for kind in SlotKind}
    dice = random.Random(1950)
    for number, page in enumerate(pages):
        for text, rows in (
            (page.text, page.rows),
            *(partly_mended(page, share, dice) for share in _MENDED),
            (page.truth, ()),
        ):
            document = analyse(Transcript(page.name, text))
            stream = engine.read(document)
            evident = tuple(surface.find(stream))
            for choosing in engine.choosings(document, stream, Mentions(), evident):
                result[choosing.kind].append(sample(choosing, rows, number))
    return result


def _stack(parts: list[Sample]) -> tuple[NDArray[np.float32], NDArray[np.int64], NDArray[np.bool_]]:
    groups = []
    offset = 0
    for part in parts:
        groups.append(part.group + offset)
        offset += int(part.group.max(initial=0)) + 1
    return (
        np.concatenate([p.features for p in parts]),
        np.concatenate(groups),
        np.concatenate([p.right for p in parts]),
    )


def report(kind: SlotKind, parts: list[Sample]) -> str:
    """Cross-validated figures: how many errors are seen, put right at first, and how many right words are flagged."""
    errors = found = fixed = false = words = 0
    for fold_number in range(_FOLDS):
        weights = fit(*_stack([p for p in parts if p.page % _FOLDS != fold_number]), _L2)
        for part in (p for p in parts if p.page % _FOLDS == fold_number and len(p.group)):
            p = softmax(part.features @ weights, part.group)
            starts = np.flatnonzero(np.r_[True, part.group[1:] != part.group[:-1]])
            for a, b in zip(starts, [*starts[1:], len(p)], strict=True):
                stands = part.right[a]
                flagged = p[a] < 0.5
                words += stands
                errors += not stands
                false += flagged and stands
                found += flagged and not stands
                best = a + 1 + int(np.argmax(p[a + 1 : b]))
                fixed += flagged and not stands and part.right[best] and best != b - 1
    return (
        f"{kind.value}: {errors} errors, found {found / max(1, errors):.3f}, "
        f"right at first {fixed / max(1, errors):.3f}, "
        f"precision {found / max(1, found + false):.3f}, {1000 * false / max(1, words):.2f} false per 1,000 right"
    )


def main(arguments: list[str]) -> None:
    """Fit and write."""
    parser = argparse.ArgumentParser(prog="python -m sverka.correct.train", description=__doc__)
    parser.add_argument("bench", type=Path, help="a folder of NNN.ocr.txt, NNN.truth.txt and gold.tsv")
    parser.add_argument("-o", "--output", type=Path, default=DATA / "ranker.json")
    options = parser.parse_args(arguments)
    engine = Engine(Knowledge.open(), Ranker.blank())
    parts = samples(engine, read(options.bench))
    for kind, of_kind in parts.items():
        sys.stdout.write(report(kind, of_kind) + "\n")
    Ranker({kind: fit(*_stack(of_kind), _L2) for kind, of_kind in parts.items()}).save(options.output)


if __name__ == "__main__":
    main(sys.argv[1:])
