"""Figures as Markdown tables, and the page of the manual in which they stand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean, stdev

from bench.ablation import Chosen
from bench.calibration import Calibration
from bench.generation import Offered
from bench.gold import WORD_ERRORS
from bench.harmless import CleanScore, EditionScore
from bench.learning import Outcome, Outcomes
from bench.letters import LetterScore
from bench.pages import OfKind, Score
from bench.system import Cost
from sverka.correct.slots import SlotKind


@dataclass(frozen=True, slots=True)
class Section:
    """One section of the page: its name there, what it says, and the figures by name for programs."""

    name: str
    text: str
    figures: Mapping[str, Mapping[str, float]]


def fill(page: str, sections: Iterable[Section]) -> str:
    """The page with each section between its marks replaced; a section without marks is an error (ValueError)."""
    for section in sections:
        marks = re.compile(rf"(<!-- measured: {section.name} -->\n).*?(<!-- end -->)", re.DOTALL)
        if not marks.search(page):
            raise ValueError(f"no place for the section {section.name!r}")
        page = marks.sub(lambda found, text=section.text: f"{found[1]}\n{text}\n\n{found[2]}", page)  # type: ignore[misc]
    return page


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] + ["--:"] * (len(head) - 1), *rows]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines)


def _three(value: float) -> str:
    return f"{value:.3f}"


def _share(part: float, whole: float) -> str:
    return f"{part / whole:.3f}" if whole else "–"


def _percent(value: float) -> str:
    return f"{100 * value:.1f} %"


def pages(scores: Mapping[str, Score], speeds: Mapping[str, float]) -> Section:
    """Pages of OCR, a row a system."""
    before = next(iter(scores.values())).before
    head = ["", "precision", "recall", "F1", "right at first", "among five", "word error rate", "letter error rate"]
    head += ["broken at 0.5", "broken at 0.9", "words/s"]
    rows = [["as read", *["–"] * 5, _percent(before.wer), _percent(before.cer), "–", "–", "–"]]
    for name, score in scores.items():
        after = score.after[0.5]
        rows.append(
            [name]
            + [_three(value) for value in (score.precision, score.recall, score.f1, score.first, score.five)]
            + [_percent(after.wer), _percent(after.cer)]
            + [f"{score.broken(0.5):.1f}", f"{score.broken(0.9):.1f}"]
            + [f"{speeds[name]:,.0f}" if name in speeds else "–"]
        )
    figures = {
        name: {
            "precision": score.precision,
            "recall": score.recall,
            "f1": score.f1,
            "first": score.first,
            "five": score.five,
            "wer_before": before.wer,
            "wer": score.after[0.5].wer,
            "broken": score.broken(0.5),
            "broken_sure": score.broken(0.9),
            "split_hyphen_first": _of(score, "split", "hyphen"),
            "realword_first": _of(score, "realword"),
        }
        for name, score in scores.items()
    }
    first = next(iter(scores.values()))
    said = f"{first.errors.rows:,} errors in words, {first.right_words:,} right words."
    return Section("pages", f"{said}\n\n{_table(head, rows)}", figures)


def _of(score: Score, *kinds: str) -> float:
    total = sum((score.kinds.get(kind, OfKind()) for kind in kinds), OfKind())
    return total.first / max(1, total.rows)


def kinds(scores: Mapping[str, Score]) -> Section:
    """The first of ``scores`` by type of error, beside what the others put right at first."""
    name, own = next(iter(scores.items()))
    others = {other: score for other, score in scores.items() if other != name}
    head = ["type", "rows", "found", "right at first", "among five", *(f"{other}: right at first" for other in others)]
    rows = []
    figures: dict[str, dict[str, float]] = {}
    for kind, tally in sorted(own.kinds.items(), key=lambda item: (item[0] not in WORD_ERRORS, -item[1].rows)):
        shares = [_share(n, tally.rows) for n in (tally.found, tally.first, tally.five)]
        theirs = [_share(score.kinds[kind].first, score.kinds[kind].rows) for score in others.values()]
        rows.append([f"`{kind}`", str(tally.rows), *shares, *theirs])
        figures[kind] = {"rows": tally.rows, "found": tally.found, "first": tally.first, "five": tally.five}
    return Section("types", f"{name}:\n\n{_table(head, rows)}", figures)


def calibration(found: Mapping[str, Calibration]) -> Section:
    """Confidence said and share real, a row a bin."""
    head = ["confidence"]
    for name in found:
        head += [f"{name}: findings", "said", "real"]
    rows = []
    for i in range(10):
        row = [f"{i / 10:.1f}–{(i + 1) / 10:.1f}"]
        for of_system in found.values():
            held = [b for b in of_system.bins if round(b.start * 10) == i]
            row += [str(held[0].count), f"{held[0].said:.2f}", f"{held[0].real:.2f}"] if held else ["0", "–", "–"]
        rows.append(row)
    errors = "; ".join(f"{name} {of_system.error:.3f}" for name, of_system in found.items())
    figures = {name: {"error": of_system.error} for name, of_system in found.items()}
    return Section("calibration", f"Expected calibration error: {errors}.\n\n{_table(head, rows)}", figures)


LetterScores = Mapping[str, Mapping[float, LetterScore]]
"""By system and confidence."""


def letters(scores: LetterScores, real: LetterScores) -> Section:
    """Letters with a translation, a row a system and confidence, and the first by type."""
    head = ["", "found", "right at first", "among five", "false per 1,000 words", "traps sprung"]
    head += ["in the real letter: found", "right at first", "false"]
    rows = []
    figures: dict[str, dict[str, float]] = {}
    for name, by_level in scores.items():
        for level, score in by_level.items():
            total = score.rows
            shares = [_share(total.found, total.rows), *(_share(n, score.fixable) for n in (total.first, total.five))]
            called = f"{name}, from {level}" if len(by_level) > 1 else name
            alone = real[name][level]
            counts = [f"{alone.rows.found} of {alone.rows.rows}", f"{alone.rows.first} of {alone.fixable}"]
            shares += [f"{score.false_share:.1f}", f"{score.sprung} of {score.traps}", *counts, str(alone.false)]
            rows.append([called, *shares])
            figures[called] = {
                "found": total.found,
                "first": total.first,
                "five": total.five,
                "false": score.false,
                "sprung": score.sprung,
                "real_found": alone.rows.found,
                "real_first": alone.rows.first,
                "real_false": alone.false,
            }
    own = next(iter(scores.values()))
    score = own[0.5] if 0.5 in own else next(iter(own.values()))
    by_kind = [
        [f"`{kind}`", str(tally.rows), *(_share(n, tally.rows) for n in (tally.found, tally.first, tally.five))]
        for kind, tally in sorted(score.kinds.items(), key=lambda item: -item[1].rows)
    ]
    said = f"{score.rows.rows} errors in {score.words:,} Russian words."
    table = _table(["type", "rows", "found", "right at first", "among five"], by_kind)
    return Section("letters", f"{said}\n\n{_table(head, rows)}\n\nSverka by type, from 0.5:\n\n{table}", figures)


def clean(scores: Mapping[str, CleanScore]) -> Section:
    """Right text, a row a system."""
    rows = [[name, f"{score.alarms_share:.2f}", f"{score.sure_share:.2f}"] for name, score in scores.items()]
    figures = {name: {"alarms": score.alarms_share, "sure": score.sure_share} for name, score in scores.items()}
    words = next(iter(scores.values())).words
    table = _table(["", "findings per 1,000 words at 0.5", "at 0.9"], rows)
    return Section("clean", f"{words:,} words, all of them right.\n\n{table}", figures)


def newspaper(scores: Mapping[str, EditionScore]) -> Section:
    """Newspaper segments, a row a system."""
    head = ["", "wrong words after", "change", "candidates that fixed", "that broke", "broke per 1,000 words"]
    rows = []
    for name, score in scores.items():
        change = f"{100 * score.change:+.1f} %"
        rows.append([name, str(score.after), change, str(score.fixed), str(score.broke), f"{score.broke_share:.2f}"])
    figures = {name: {"change": score.change, "broke": score.broke_share} for name, score in scores.items()}
    any_score = next(iter(scores.values()))
    said = f"{any_score.segments} segments, {any_score.words:,} words, {any_score.before:,} unlike the edition as read."
    return Section("newspaper", f"{said}\n\n{_table(head, rows)}", figures)


def generation(offered: Mapping[str, Offered]) -> Section:
    """Whose truth is offered, a row a type."""
    total = sum(offered.values(), Offered())
    ordered = [*sorted(offered.items(), key=lambda item: -item[1].rows), ("all", total)]
    rows = [
        [f"`{kind}`" if kind != "all" else kind, str(o.rows), _share(o.ranker, o.rows), _share(o.anywhere, o.rows)]
        for kind, o in ordered
    ]
    figures = {
        kind: {"ranker": o.ranker / max(1, o.rows), "anywhere": o.anywhere / max(1, o.rows)} for kind, o in ordered
    }
    head = ["type", "rows", "truth offered to the ranker", "to it or by a rule"]
    return Section("generation", _table(head, rows), figures)


def ablation(results: Mapping[str, Mapping[SlotKind, Chosen]], groups: Mapping[str, tuple[str, ...]]) -> Section:
    """Each group of features left out, a row a group, the dearest loss first."""
    head = ["left out", "words: found", "right at first", "precision", "broken per 1,000"]
    head += ["pairs: right at first", "precision", "features"]

    def row(group: str, by_kind: Mapping[SlotKind, Chosen]) -> list[str]:
        word, pair = by_kind[SlotKind.WORD], by_kind[SlotKind.PAIR]
        return [
            group or "nothing",
            _share(word.found, word.errors),
            _share(word.first, word.errors),
            _three(word.precision),
            f"{1000 * word.false / max(1, word.right):.1f}",
            _share(pair.first, pair.errors),
            _three(pair.precision),
            " ".join(f"`{name}`" for name in groups.get(group, ())),
        ]

    order = sorted(results.items(), key=lambda item: (item[0] != "", item[1][SlotKind.WORD].first))
    figures = {
        group or "nothing": {"first": by_kind[SlotKind.WORD].first / max(1, by_kind[SlotKind.WORD].errors)}
        for group, by_kind in results.items()
    }
    table = _table(head, (row(*item) for item in order))
    untried = [
        f"{group} ({', '.join(f'`{name}`' for name in groups[group])})" for group in groups if group not in results
    ]
    note = f"\n\nNot tried, since these pages show nothing of it: {'; '.join(untried)}." if untried else ""
    return Section("ablation", table + note, figures)


def learning(section: str, found: Mapping[str, Sequence[Outcomes]]) -> Section:
    """What learning brings, a set after the other; a row a number of decisions, with the change against none."""
    head = ["", "decisions", "right at first", "F1", "word error rate, %", "broken per 1,000", "calibration error"]
    columns = (("first", 1, 3), ("f1", 1, 3), ("wer", 100, 1), ("broken", 1, 1), ("calibration", 1, 3))
    rows = []
    figures: dict[str, dict[str, float]] = {}
    for name, orders in found.items():
        for number in orders[0]:
            row = [name if not number else "", str(number) if number else "none"]
            of_row: dict[str, float] = {}
            for column, scale, digits in columns:
                mean, change, chance = _change(orders, number, column)
                of_row |= {column: mean, f"{column}_change": change}
                by = f"{scale * change:+.{digits}f}"
                by += f" ± {scale * chance:.{digits}f}" if len(orders) > 1 else ""
                by = f" ({by})" if number else ""
                row.append(f"{scale * mean:.{digits}f}{by}")
            rows.append(row)
            figures[f"{name}, {number}"] = of_row
    return Section(section, _table(head, rows), figures)


def _change(orders: Sequence[Outcomes], number: int, column: str) -> tuple[float, float, float]:
    """A figure after so many decisions: its mean over the orders, its mean change, the standard error of that."""

    def of(outcome: Outcome) -> float:
        return float(getattr(outcome, column))

    after = [of(outcomes[number]) for outcomes in orders]
    changes = [of(outcomes[number]) - of(outcomes[0]) for outcomes in orders]
    chance = stdev(changes) / len(changes) ** 0.5 if len(changes) > 1 else 0.0
    return fmean(after), fmean(changes), chance


def cost(found: Cost, processor: str) -> Section:
    """Time and memory of the program as a process."""
    rows = [
        ["words per second past start-up", f"{found.speed:,.0f}"],
        [f"seconds for all {found.words:,} words", f"{found.seconds:.2f}"],
        ["seconds for one page", f"{found.one:.2f}"],
        ["memory at the most, MiB", f"{found.memory:.0f}"],
    ]
    figures = {"Sverka": {"speed": found.speed, "memory": found.memory, "one": found.one}}
    return Section("cost", f"One process, on {processor}.\n\n{_table(['', 'Sverka'], rows)}", figures)
