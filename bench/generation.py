"""The recall of candidate generation by itself: what is never offered can never be chosen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from bench.gold import WORD_ERRORS, Page, Row, core, put
from bench.pages import Predictions
from sverka.correct.casing import survey
from sverka.correct.engine import Engine
from sverka.correct.findings import Writer
from sverka.correct.ranker import Ranker
from sverka.correct.witnesses import Witnesses
from sverka.language.knowledge import Knowledge
from sverka.language.names import Gazetteer
from sverka.model import Span, Transcript
from sverka.text.document import analyse


@dataclass(frozen=True, slots=True)
class Offered:
    """Errors of one type, those whose truth the ranker is offered, and those whose truth any source offers."""

    rows: int = 0
    ranker: int = 0
    anywhere: int = 0

    def __add__(self, other: Offered) -> Offered:
        return Offered(self.rows + other.rows, self.ranker + other.ranker, self.anywhere + other.anywhere)


def offered(pages: Sequence[Page], found: Predictions) -> dict[str, Offered]:
    """By type of error; an option counts if with it the place reads as it should.

    ``found`` is what the whole program said of the pages: some of its candidates pass the ranker by.
    """
    knowledge = Knowledge.open()
    engine = Engine(knowledge, Ranker.open(), Gazetteer.open())
    result: dict[str, Offered] = {}
    for page in pages:
        options = _options(engine, knowledge, page)
        said = [(p.span, text) for p in found.get(page.name, ()) for text in p.candidates]
        for row in page.rows:
            if row.kind in WORD_ERRORS:
                chosen = _among(page, row, options)
                tally = Offered(1, chosen, chosen or _among(page, row, said))
                result[row.kind] = result.get(row.kind, Offered()) + tally
    return result


Edit = tuple[Span, str]


def _options(engine: Engine, knowledge: Knowledge, page: Page) -> list[Edit]:
    """What the ranker chooses among."""
    document = analyse(Transcript(page.name, page.text))
    stream = engine.read(document)
    writer = Writer(page.text, knowledge, survey(page.text, stream, knowledge.capitals))
    edits: list[Edit] = []
    # What is evident by other means has its part in how bad a page seems, none in what is offered.
    for choosing in engine.choosings(document, stream, Witnesses(), ()):
        options = np.arange(len(choosing.options))
        edits += zip(map(choosing.options.span, options.tolist()), writer.written(choosing, options), strict=True)
    return edits


def _among(page: Page, row: Row, edits: Sequence[Edit]) -> bool:
    return any(_right(page, row, edit) for edit in edits if edit[0].overlaps(row.span))


def _right(page: Page, row: Row, edit: Edit) -> bool:
    """Whether ``edit`` makes right what it and the row cover; what else it reaches may be right or wrong there."""
    start, end = min(row.span.start, edit[0].start), max(row.span.end, edit[0].end)
    region = page.text[start:end]
    made = core(put(region, [edit], start))
    return any(made == core(put(region, rows, start)) for rows in _truths(page, row, Span(start, end)))


def _truths(page: Page, row: Row, window: Span) -> Iterator[list[Edit]]:
    own = (row.span, row.truth)
    yield [own]
    others = [(r.span, r.truth) for r in page.rows if r != row and window.contains(r.span)]
    if others:
        yield [own, *others]
