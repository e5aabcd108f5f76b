"""Pictures of numbers as SVG, to stand within an HTML page.

Each is a string that needs nothing else: it takes its colours from the page's style sheet (``charts.css``), so that it
is right in the dark and on paper, and has a title and a description for those who cannot see it. All are drawn 400
units wide, about as many as a phone has, so that their letters stay legible there. Text comes from anywhere: it is
escaped, and what cannot be seen is written out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from math import ceil

from markupsafe import Markup

from sverka.export.amounts import percent
from sverka.text.visible import visible

WIDTH = 400
_LABEL = 138
_VALUE = 44
_ROW = 20
_LETTERS = 20
"""So many letters of a label have room beside a bar."""
_PLOT = 170
_FOOT = 26
_LEFT = 34
_DATE = 68
"""What a date takes, with some air."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: parts in the order of the chart's tones, and what is written at its end."""

    label: str
    parts: tuple[float, ...]
    value: str


@dataclass(frozen=True, slots=True)
class Point:
    """Of ``count`` things, ``share`` came true that were foretold with ``said``; both 0 to 1."""

    said: float
    share: float
    count: int


def bars(title: str, about: str, shown: Sequence[Bar], tones: Sequence[str]) -> Markup:
    """Bars lying below each other, each made of parts; ``tones`` are the style classes of the parts."""
    longest = max((sum(bar.parts) for bar in shown), default=0) or 1
    room = WIDTH - _LABEL - _VALUE
    body = []
    for number, bar in enumerate(shown):
        y = number * _ROW
        body.append(_text(_LABEL - 6, y + 14, _short(bar.label), "end"))
        x = float(_LABEL)
        for part, tone in zip(bar.parts, tones, strict=True):
            width = room * part / longest
            if part:
                body.append(_rect(x, y + 4, max(width, 0.8), _ROW - 8, tone, f"{bar.label}: {bar.value}"))
            x += width
        body.append(_text(x + 5, y + 14, bar.value, "start"))
    return _svg(title, about, len(shown) * _ROW + 2, body)


def columns(title: str, about: str, shown: Sequence[Bar], tones: Sequence[str]) -> Markup:
    """Columns standing side by side, as of a course of time; as many labels stand below as have room."""
    highest = max((sum(bar.parts) for bar in shown), default=0) or 1
    step = (WIDTH - _LEFT) / max(len(shown), 1)
    body = _scale(highest)
    each = ceil(_DATE / step)
    for number, bar in enumerate(shown):
        x = _LEFT + number * step
        y = float(_PLOT)
        for part, tone in zip(bar.parts, tones, strict=True):
            height = (_PLOT - 10) * part / highest
            y -= height
            if part:
                width = min(max(step - 1.5, 0.8), 48)
                body.append(_rect(x + (step - width) / 2, y, width, height, tone, f"{bar.label}: {bar.value}"))
        if number % each == 0:
            body.append(_text(x + step / 2, _PLOT + 14, bar.label, "middle"))
    return _svg(title, about, _PLOT + _FOOT, body)


def heat_map(
    title: str, about: str, rows: Sequence[str], heads: Sequence[str], cells: Sequence[Sequence[int]]
) -> Markup:
    """A grid of counts, the darker the more; ``cells`` by row. The count stands in each cell that has one."""
    most = max((count for row in cells for count in row), default=0) or 1
    left, top = 30, 26
    size = min(30.0, (WIDTH - left) / max(len(heads), 1))
    body = [_text(left + (n + 0.5) * size, top - 8, head, "middle", "sign") for n, head in enumerate(heads)]
    for i, (name, counts) in enumerate(zip(rows, cells, strict=True)):
        y = top + i * size
        body.append(_text(left - 10, y + size / 2 + 4, name, "middle", "sign"))
        for j, count in enumerate(counts):
            x = left + j * size
            body.append(f'<rect class="cell" x="{x:.1f}" y="{y:.1f}" width="{size - 1:.1f}" height="{size - 1:.1f}"/>')
            if count:
                depth = 0.2 + 0.8 * count / most
                tip = _title(f"{heads[j]} read for {name}: {count}")
                body.append(
                    f'<rect class="heat" fill-opacity="{depth:.2f}" x="{x:.1f}" y="{y:.1f}" '
                    f'width="{size - 1:.1f}" height="{size - 1:.1f}">{tip}</rect>'
                )
                tone = "onheat" if depth > 0.55 else ""
                body.append(_text(x + size / 2 - 0.5, y + size / 2 + 3.5, str(count), "middle", tone))
    return _svg(title, about, top + len(rows) * size + 4, body)


def diagonal(title: str, about: str, points: Sequence[Point], across: str, up: str) -> Markup:
    """What was foretold against what came true, both 0 to 100 %; on the dashed line they are the same.

    A point's area grows with its count. ``across`` and ``up`` name the axes.
    """
    left, top, side = 56, 8, 260
    most = max((point.count for point in points), default=0) or 1

    def at(share: float) -> float:
        return left + side * share

    def over(share: float) -> float:
        return top + side * (1 - share)

    body = []
    for share in (0, 0.25, 0.5, 0.75, 1):
        body.append(
            f'<line class="grid" x1="{left}" x2="{left + side}" y1="{over(share):.1f}" y2="{over(share):.1f}"/>'
        )
        body.append(_text(left - 6, over(share) + 4, percent(share), "end"))
        body.append(_text(at(share), top + side + 15, percent(share), "middle"))
    body.append(f'<line class="same" x1="{at(0)}" y1="{over(0)}" x2="{at(1)}" y2="{over(1)}"/>')
    for point in points:
        radius = 3 + 9 * (point.count / most) ** 0.5
        tip = _title(f"said {percent(point.said)}, came true {percent(point.share)}, of {point.count}")
        body.append(
            f'<circle class="point" cx="{at(point.said):.1f}" cy="{over(point.share):.1f}" '
            f'r="{radius:.1f}">{tip}</circle>'
        )
    body.append(_text(left + side / 2, top + side + 31, across, "middle"))
    body.append(f'<g transform="translate(10 {top + side / 2}) rotate(-90)">{_text(0, 0, up, "middle")}</g>')
    return _svg(title, about, top + side + 38, body)


def _scale(highest: float) -> list[str]:
    """Lines across, at round numbers."""
    step = next(s * 10**e for e in range(12) for s in (1, 2, 5) if highest / (s * 10**e) <= 5)
    body = []
    for n in range(int(highest / step) + 1):
        y = _PLOT - (_PLOT - 10) * n * step / highest
        body.append(f'<line class="grid" x1="{_LEFT}" x2="{WIDTH}" y1="{y:.1f}" y2="{y:.1f}"/>')
        body.append(_text(_LEFT - 5, y + 4, str(n * step), "end"))
    return body


def _svg(title: str, about: str, height: float, body: Iterable[str]) -> Markup:
    # An id that no other picture of the page has, and that does not change from one run to the next.
    name = f"c{sha256(f'{title}{about}'.encode('utf-8', 'surrogatepass')).hexdigest()[:8]}"
    return Markup(
        f'<svg class="chart" viewBox="0 0 {WIDTH} {height:.0f}" role="img" aria-labelledby="{name}t {name}d">'
        f'<title id="{name}t">{_safe(title)}</title><desc id="{name}d">{_safe(about)}</desc>{"".join(body)}</svg>'
    )


def _rect(x: float, y: float, width: float, height: float, tone: str, tip: str) -> str:
    return (
        f'<rect class="{_safe(tone)}" x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}">'
        f"{_title(tip)}</rect>"
    )


def _text(x: float, y: float, text: str, anchor: str, tone: str = "") -> str:
    named = f' class="{tone}"' if tone else ""
    return f'<text{named} x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{_safe(text)}</text>'


def _title(text: str) -> str:
    return f"<title>{_safe(text)}</title>"


def _safe(text: str) -> str:
    return str(Markup.escape(visible(text)))


def _short(label: str) -> str:
    """A label cut in front: the end of a path tells more than its beginning."""
    shown = visible(label)
    return shown if len(shown) <= _LETTERS else f"…{shown[1 - _LETTERS :]}"
