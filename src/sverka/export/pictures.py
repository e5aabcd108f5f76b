"""The pictures of a report: each a chart, what it means in a sentence, and the same numbers as a table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from sverka.export.amounts import percent
from sverka.export.charts import Bar, Point, bars, columns, diagonal, heat_map
from sverka.export.figures import Figures, State
from sverka.export.statistics import RECALL, SURE, Estimate, Misreading, Period, misreadings, reliability, work

_WORST = 20
"""So many documents or pages are drawn; the table of documents has all."""
_SIGNS = 12
"""So many rows and columns a heat map has."""
_PAIRS = 30
_LATIN = "\N{MODIFIER LETTER CAPITAL L}"
_EDITORS = 5
"""So many editors have a tone of their own; the others share one."""

Cell = str | int


@dataclass(frozen=True, slots=True)
class Key:
    """What a tone of the chart means: the style class and the word for it."""

    tone: str
    name: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart with its table. ``name`` is an id within the page; of ``rows``, numbers are set as such."""

    name: str
    title: str
    about: str
    chart: Markup
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    key: tuple[Key, ...] = ()


def pictures(told: Figures, estimate: Estimate | None) -> tuple[Picture, ...]:
    """Those for which there is something to show. ``estimate`` is None where the report does not hold all findings."""
    whole = estimate is not None
    found = (
        _kinds(told),
        _confusions(misreadings(told.rows)),
        _documents(told) if whole else None,
        _pages(told) if whole else None,
        _reliability(told),
        _work(work(told.rows)),
        _remaining(estimate) if estimate and told.progress.total else None,
    )
    return tuple(picture for picture in found if picture)


_STATES = tuple(Key(state.value, state.value) for state in State)


def _kinds(told: Figures) -> Picture | None:
    if not told.rules:
        return None
    title = "Kinds of errors"
    about = "How many findings there are of each kind, and how far they are decided."
    shown = [Bar(one.rule, tuple(n for _, n in one.progress.counts), str(one.count)) for one in told.rules]
    rows = tuple((one.rule.value, one.count, one.decided, one.confirmed) for one in told.rules)
    head = ("Kind", "Findings", "Decided", "Confirmed")
    return Picture("kinds", title, about, bars(title, about, shown, [k.tone for k in _STATES]), head, rows, _STATES)


def _confusions(found: Sequence[Misreading]) -> Picture | None:
    if not found:
        return None
    meant = [sign for sign, _ in _weights((one.meant, one.count) for one in found)][:_SIGNS]
    read = [sign for sign, _ in _weights((one.read, one.count) for one in found if one.meant in meant)][:_SIGNS]
    counts = {(one.meant, one.read): one.count for one in found}
    cells = [[counts.get((row, column), 0) for column in read] for row in meant]
    title = "What was read for what"
    about = (
        f"Down the side the sign that the page has, across the top the sign that was read; ∅ is none, {_LATIN} marks "
        "Latin letters. Counted are what editors put right, and undecided findings whose first candidate has "
        f"{percent(SURE)} or more."
    )
    chart = heat_map(title, about, list(map(_sign, meant)), list(map(_sign, read)), cells)
    rows = tuple((_sign(one.meant), _sign(one.read), one.decided, one.likely) for one in found[:_PAIRS])
    return Picture("signs", title, about, chart, ("On the page", "Read as", "Decided", "Likely"), rows)


def _weights(pairs: Iterator[tuple[str, int]]) -> list[tuple[str, int]]:
    weights: Counter[str] = Counter()
    for sign, count in pairs:
        weights[sign] += count
    return sorted(weights.items(), key=lambda pair: (-pair[1], pair[0]))


def _sign(sign: str) -> str:
    """A sign as it is shown; Latin letters are marked, since many look like Russian ones."""
    if sign.isascii() and sign.isalpha():
        return f"{sign}{_LATIN}"
    return {" ": "␣", "\n": "↵", "\t": "⇥", "\N{NO-BREAK SPACE}": "⍽"}.get(sign, sign)


def _documents(told: Figures) -> Picture | None:
    worst = sorted(told.documents, key=lambda one: (-one.density, one.path))[:_WORST]
    if len(worst) < 2:
        return None
    title = "Quality by document"
    about = "Findings in 1,000 words, the worst documents first; the table of documents has all of them."
    shown = [Bar(one.path, (one.density,), f"{one.density:.1f}") for one in worst]
    rows = tuple((one.path, one.words, one.progress.total, f"{one.density:.1f}") for one in worst)
    head = ("Document", "Words", "Findings", "In 1,000 words")
    return Picture("documents", title, about, bars(title, about, shown, ["bar"]), head, rows)


def _pages(told: Figures) -> Picture | None:
    every = [(document, page) for document in told.documents if len(document.pages) > 1 for page in document.pages]
    if not every:
        return None
    every.sort(key=lambda pair: (-pair[1].density, pair[0].path, pair[1].number))
    worst = every[:_WORST]
    title = "Quality by page"
    about = (
        "Findings in 1,000 words, the worst pages first, of documents in which page numbers or form feeds part the "
        "pages; they are counted from the first."
    )
    shown = [Bar(f"{one.path}, p. {page.number}", (page.density,), f"{page.density:.1f}") for one, page in worst]
    rows = tuple((one.path, page.number, page.words, page.total, f"{page.density:.1f}") for one, page in worst)
    head = ("Document", "Page", "Words", "Findings", "In 1,000 words")
    return Picture("pages", title, about, bars(title, about, shown, ["bar"]), head, rows)


def _reliability(told: Figures) -> Picture | None:
    bins = reliability(told.rows)
    if not bins:
        return None
    title = "Confidence against outcome"
    about = (
        "How sure the program was of findings when they were decided, beside the share that editors confirmed. On the "
        "dashed line it is as often right as it says; above, oftener. The larger the point, the more decisions."
    )
    points = [Point(one.said, one.share, one.decided) for one in bins]
    rows = tuple(
        (
            f"{one.low:.1f}–{one.high:.1f}",
            one.decided,
            one.confirmed,
            percent(one.said),
            percent(one.share),
        )
        for one in bins
    )
    chart = diagonal(title, about, points, "said", "confirmed")
    return Picture("outcome", title, about, chart, ("Confidence", "Decided", "Confirmed", "Said", "Came true"), rows)


def _work(periods: Sequence[Period]) -> Picture | None:
    if not periods:
        return None
    totals = _weights(pair for period in periods for pair in period.by_editor)
    named = [editor for editor, _ in totals[:_EDITORS]]
    others = len(totals) > len(named)
    by_day = len(periods[0].name) > len("YYYY-MM")
    title = "Work over time"
    about = f"Decisions in force by the {'day' if by_day else 'month'} on which they were made (UTC), by editor."
    key = [Key(f"tone{n}", editor or "unnamed editor") for n, editor in enumerate(named)]
    key += [Key("others", "others")] if others else []
    shown = []
    for period in periods:
        counts = dict(period.by_editor)
        parts = [counts.get(editor, 0) for editor in named]
        parts += [period.count - sum(parts)] if others else []
        shown.append(Bar(period.name, tuple(parts), str(period.count)))
    chart = columns(title, about, shown, [one.tone for one in key])
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (bar.label, *map(int, bar.parts), int(sum(bar.parts))) for bar in shown if sum(bar.parts)
    )
    head = ("Day" if by_day else "Month", *(one.name for one in key), "All")
    return Picture("work", title, about, chart, head, rows, tuple(key))


def _remaining(found: Estimate) -> Picture:
    title = "Errors that remain"
    least, most = sorted(round(100 * (1 - recall)) for recall in RECALL)
    about = (
        "An estimate: of the undecided findings as many are real as their probabilities add up to, and the program "
        f"misses {least} to {most} % of all errors, as it did where that was measured. The true number may lie "
        "anywhere in the range, and outside it on other pages."
    )
    low, high = found.unseen
    undecided = f"{found.open_expected:.0f} ± {found.open_spread:.0f}"
    shown = [
        Bar("among undecided", (found.open_expected, 0), undecided),
        Bar("not found, at least", (low, 0), f"{low:.0f}"),
        Bar("not found, at most", (low, high - low), f"{high:.0f}"),
    ]
    rows = (
        ("in undecided findings", undecided),
        ("not found", f"{low:.0f}–{high:.0f}"),
        ("together", f"{found.low}–{found.high}"),
    )
    chart = bars(title, about, shown, ["bar", "others"])
    return Picture("remaining", title, about, chart, ("Errors", "Estimate"), rows)
