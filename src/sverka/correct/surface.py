"""Errors that show in the signs themselves: Latin letters in a Russian word, letters among figures, a wrong case."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import numpy as np

from sverka.correct import figures, romans
from sverka.correct.casing import Casing, probability
from sverka.correct.places import Place, Shape, shape
from sverka.correct.stream import Stream
from sverka.model import Candidate, Evidence, Finding, Rule, Span, Token, TokenKind
from sverka.text.alphabet import CYRILLIC, LATIN, as_cyrillic, fold

Offer = tuple[str, float]
"""What may have stood there, and how likely."""

LEAST = 0.25
"""Findings less likely than this are not made: they would stand in the way of other readings of their words."""

_ROMAN = re.compile(r"[IVXLCDM]+")
_DESIGNATION = re.compile(r"[А-ЯA-Z]{1,3}-\d+")
_INITIAL = 2
"""Letters before a point that may be initials or cut short, whose capitals say nothing."""
_EMPHASIS = 0.8
"""Log-odds that a single word in capitals, among small letters on a page of the usual noise, was misread."""
_BY_NOISE = 1.2
_ORDINARY = -3.0
"""Log-odds above which a word in capitals may be a name."""
_ONE_LETTER = frozenset("авикосуя")
"""The words of one letter."""
_COMMON = 3
"""Latin words of so many letters or fewer may be foreign abbreviations."""
_FOREIGN_TOO = 0.3
"""How sure such an abbreviation is whatever its company: ``BBC``."""
_SURE = 0.8
_IN_COMPANY = (0.0, 0.75, 0.9)
"""How sure an unsure one becomes where the page has none, one, or more that are sure."""


def find(stream: Stream, text: str, casing: Casing) -> Iterator[Finding]:
    """Findings of these kinds in ``text``, in its order; no two overlap."""
    found: dict[int, Finding] = {}
    # The case of what is read otherwise is told there.
    for kind in (
        figures.find(text, stream.tokens),
        romans.find(text, stream.tokens),
        _scripts(stream, casing),
        _cases(stream, text, casing),
    ):
        for finding in kind:
            found.setdefault(finding.span.start, finding)
    yield from (found[start] for start in sorted(found))


def _finding(
    span: Span, original: str, rule: Rule, confidence: float, message: str, offers: Sequence[Offer], *why: Evidence
) -> Finding:
    """A finding whose candidates are those of ``offers`` that are worth showing, likeliest first."""
    ranked = sorted(offers, key=lambda offer: -offer[1])
    candidates = tuple(Candidate(text, round(p, 4), rule.value, why) for text, p in ranked if p >= 0.01)
    return Finding(span, original, rule, round(confidence, 4), message, candidates)


def _scripts(stream: Stream, casing: Casing) -> list[Finding]:
    """Latin look-alikes that make a Russian word, or a designation such as ``Т-34``, when read as Cyrillic."""
    tokens = stream.tokens
    readable: list[tuple[int, str]] = []
    for i, token in enumerate(tokens):
        if token.kind is TokenKind.WORD and not token.joined and i not in stream.foreign and LATIN.search(token.text):
            text = as_cyrillic(token.text)
            if not LATIN.search(text):
                readable.append((i, text))
    if not readable:
        return []
    at = [i for i, _ in readable]
    originals = [tokens[i].text for i in at]
    folded = [fold(text) for _, text in readable]
    cased, sure = casing.cased(at, casing.odds[at], originals, folded)
    lone = [_script_confidence(stream, casing, i, text) for i, text in readable]
    company = sum(p > _SURE for p in lone)
    found = []
    for (i, text), word, certain, p in zip(readable, cased, sure.tolist(), lone, strict=True):
        # Alone it may be a foreign abbreviation or a sign; a page with misread words has more of them.
        wrong = max(p, _IN_COMPANY[min(company, 2)]) if _FOREIGN_TOO < p <= _SURE else p
        if wrong < LEAST:
            continue
        token = tokens[i]
        shown = ", ".join(dict.fromkeys(c for c in token.text if LATIN.match(c)))
        intended = text if not stream.known[i] or casing.abbreviation[i] or _DESIGNATION.fullmatch(text) else word
        offers = [(intended, 0.98 * wrong)]
        if intended == word:
            other = word[:1].swapcase() + word[1:]
            offers = [(word, 0.98 * wrong * certain), (other, 0.98 * wrong * (1 - certain))]
        reason = Evidence("script", f"Latin {shown}", 4.0)
        message = f"Latin letters in a Russian word: {shown}"
        found.append(_finding(token.span, token.text, Rule.SCRIPT, wrong, message, offers, reason))
    return found


def _script_confidence(stream: Stream, casing: Casing, i: int, text: str) -> float:
    """How surely the Latin letters of token ``i`` are Russian, the rest of the page unseen; 0: they are not."""
    token = stream.tokens[i]
    known = bool(stream.known[i])
    if _DESIGNATION.fullmatch(text) or CYRILLIC.search(token.text):
        # Two alphabets in a word are never right.
        return 0.98 if known else 0.9
    before, after = _beside(stream, i)
    if not known or _foreign(before) or _foreign(after) or (len(text) > 1 and _ROMAN.fullmatch(token.text)):
        return 0.0
    if len(text) == 1:
        # A preposition or conjunction goes before a word; a variable need not.
        leads = fold(text) in _ONE_LETTER and after is not None and CYRILLIC.match(after.text) and after.text.islower()
        return (0.93 if token.text.islower() else 0.4) if leads else 0.0
    short = len(text) <= _COMMON
    if casing.counted[i] and not casing.abbreviation[i]:
        return 0.6 if short and token.text.isupper() else 0.95
    return _FOREIGN_TOO if short else 0.9


def _beside(stream: Stream, i: int) -> tuple[Token | None, Token | None]:
    """The words before and after token ``i`` with only a gap between."""
    tokens = stream.tokens
    before = tokens[i - 1] if i else None
    after = tokens[i + 1] if i + 1 < len(tokens) else None
    return (
        before if before and before.kind is TokenKind.WORD else None,
        after if after and after.kind is TokenKind.WORD and after.span.start > tokens[i].span.end else None,
    )


def _foreign(token: Token | None) -> bool:
    """Whether a neighbour is Latin beyond look-alikes."""
    return token is not None and not CYRILLIC.search(token.text) and bool(LATIN.search(as_cyrillic(token.text)))


def _cases(stream: Stream, text: str, casing: Casing) -> Iterator[Finding]:
    """Words of the lexicon with a capital that they should not have, or without one that they should."""
    tokens = stream.tokens
    doubtful = stream.known & ((casing.shape != Shape.SMALL) | (casing.place >= Place.SHORT) | (casing.odds > 0))
    at = [
        i
        for i in np.flatnonzero(doubtful).tolist()
        if tokens[i].kind is TokenKind.WORD
        and i not in stream.foreign
        and not LATIN.search(tokens[i].text)
        and not _initial(tokens[i], text)
        and (len(tokens[i].text) > 1 or stream.readings[i] in _ONE_LETTER)
    ]
    if not at:
        return
    here = np.array(at)
    prior, said = casing.reasons(
        here, casing.odds[here], [tokens[i].text for i in at], [stream.readings[i] for i in at]
    )
    capital = probability(prior + said).tolist()
    for i, p, place_says, reading_says in zip(at, capital, prior.tolist(), said.tolist(), strict=True):
        kind = casing.shape[i]
        if kind >= Shape.CAPITALS:
            # Where one letter's case is wrong, the first letter's says nothing.
            due = float(probability(np.array([place_says]))[0])
            rule = _uneven if kind == Shape.MIXED else _emphatic
            yield from rule(tokens[i], text, casing, i, due)
            continue
        wrong = p if kind == Shape.SMALL else 1 - p
        if wrong < LEAST or casing.loud[i]:
            continue
        original = tokens[i].span.of(text)
        first = next(k for k, c in enumerate(original) if c.isalpha())
        other = original[:first] + original[first].swapcase() + original[first + 1 :]
        sign = 1 if kind == Shape.SMALL else -1
        message = "a capital is due here" if kind == Shape.SMALL else "no capital is due here"
        why = Evidence("case", _reason(casing, i, kind == Shape.SMALL), round(sign * place_says, 1))
        read = "a small letter was read" if kind == Shape.SMALL else "a capital was read"
        yield _finding(
            tokens[i].span, original, Rule.CASE, wrong, message, [(other, 0.98 * wrong)],
            why, Evidence("reading", read, round(sign * reading_says, 1)),
        )  # fmt: skip


def _reason(casing: Casing, i: int, due: bool) -> str:
    """In words: what speaks for a capital, or against it."""
    share = 100 * float(probability(casing.odds[i : i + 1])[0])
    if due:
        return "a sentence begins here" if casing.place[i] >= Place.SHORT else f"a capital in {share:.0f} % of its uses"
    if not casing.counted[i]:
        return "within a sentence"
    return f"within a sentence, where {min(100 - share, 99.9):.3g} % of its uses have a small letter"


def _initial(token: Token, text: str) -> bool:
    return len(token.text) <= _INITIAL and token.text[0].isupper() and text[token.span.end : token.span.end + 1] == "."


def _uneven(token: Token, text: str, casing: Casing, i: int, capital: float) -> Iterator[Finding]:
    """Capitals inside a word of small letters: ``имеетСя``, ``ЧТо``."""
    even = token.text.upper() if casing.loud[i] else "-".join(map(_evened, token.text.split("-")))
    if even == token.text:
        return
    original = token.span.of(text)
    why = Evidence("case", "capital letters among small ones", 4.0)
    if shape(even) is Shape.CAPITALS:
        offers = [(_written(original, even), 0.88)]
    else:
        small = even[:1].lower() + even[1:]
        large = even[:1].upper() + even[1:]
        offers = [(_written(original, large), 0.88 * capital), (_written(original, small), 0.88 * (1 - capital))]
    yield _finding(token.span, original, Rule.CASE, 0.9, "capitals within the word", offers, why)


def _evened(part: str) -> str:
    rest = [c for c in part[1:] if c.isalpha()]
    capitals = sum(c.isupper() for c in rest)
    if not capitals or capitals == len(rest) or not part[0].isalpha():
        return part if capitals < len(rest) or part[:1].isupper() else part.lower()
    if part[0].isupper() and capitals * 2 > len(rest) and len(rest) > 2:
        return part.upper()
    return part[0] + part[1:].lower()


def _written(original: str, letters: str) -> str:
    """``original`` with the case of ``letters``, its line end and hyphen kept."""
    rest = iter(c for c in letters if c.isalpha())
    return "".join(next(rest, c) if c.isalpha() else c for c in original)


def _emphatic(token: Token, text: str, casing: Casing, i: int, capital: float) -> Iterator[Finding]:
    """A word all in capitals among words of small letters, that is no abbreviation: ``ОНИ``."""
    if casing.loud[i] or casing.abbreviation[i] or not casing.counted[i] or casing.odds[i] > _ORDINARY:
        return
    wrong = float(probability(np.array([_EMPHASIS + _BY_NOISE * casing.noise], dtype=np.float32))[0])
    if wrong < LEAST:
        return
    original = token.span.of(text)
    small = original.lower()
    large = _written(original, small[:1].upper() + small[1:])
    offers = [(large, 0.98 * wrong * capital), (small, 0.98 * wrong * (1 - capital))]
    why = Evidence("case", "the words around it are in small letters", round(_EMPHASIS + _BY_NOISE * casing.noise, 1))
    yield _finding(token.span, original, Rule.CASE, wrong, "capitals among small letters", offers, why)
