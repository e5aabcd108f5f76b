"""A report on a made-up collection of any size: pages of words, findings and decisions, the same for the same seed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random

from export_samples import decision

from sverka.model import (
    Candidate,
    Checked,
    Decision,
    Document,
    Evidence,
    Finding,
    Passage,
    PassageKind,
    Report,
    Reviewed,
    Rule,
    Span,
    Token,
    TokenKind,
    Transcript,
    Verdict,
)

PROSE = """
пусть она будет теперь ведется война против агрессоров которые напали на страну и народ поднялся весь как один
правительство приняло решение о помощи фронту дивизия отошла за реку командующий доложил обстановку товарищ
"""
WORDS = tuple(PROSE.split())
FALSE = str.maketrans("еоитнш", "оепгик")
RULES = (Rule.NONWORD, Rule.NONWORD, Rule.NONWORD, Rule.REALWORD, Rule.NAME, Rule.SPLIT, Rule.NUMBER)
EDITORS = ("Анна", "Борис", "Вера")


def collection(pages: int, *, words: int = 300, findings: int = 15, decided: float = 0.6, seed: int = 1) -> Report:
    """So many documents of one page each, with so many words and findings; ``decided`` of them are decided."""
    random = Random(seed)
    documents = tuple(_document(random, number, words, findings, decided) for number in range(pages))
    return Report(documents, (), "2026-03-02T08:00:00Z", "sverka 0.0")


def _document(random: Random, number: int, words: int, findings: int, decided: float) -> Reviewed:
    chosen = [random.choice(WORDS) for _ in range(words)]
    wrong = sorted(random.sample(range(words), min(words, round(random.uniform(0.3, 1.7) * findings))))
    for at in wrong:
        chosen[at] = chosen[at].translate(FALSE)
    lines = [" ".join(chosen[at : at + 12]) for at in range(0, words, 12)]
    transcript = Transcript(f"transcripts/box-{number // 50:02}/page-{number:04}.txt", "\n".join(lines) + "\n")
    tokens, position = [], 0
    for word in chosen:
        start = transcript.text.index(word, position)
        position = start + len(word)
        tokens.append(Token(Span(start, position), word, TokenKind.WORD))
    whole = Span(0, len(transcript.text))
    document = Document(transcript, (Passage(whole, PassageKind.TEXT),), tuple(tokens), (whole,))
    found = tuple(_finding(random, tokens[at], number, at) for at in wrong)
    made = tuple(_decision(random, finding) for finding in found if random.random() < decided)
    return Reviewed(Checked(document, found), made)


def _finding(random: Random, token: Token, number: int, at: int) -> Finding:
    right = random.choice(WORDS)
    evidence = (Evidence("channel", "е→о", -4.2), Evidence("context", f"пусть она {right} потом", 5.1))
    candidates = [Candidate(right, 0.8, "lexicon", evidence)]
    candidates += [Candidate(random.choice(WORDS), 0.02, "lexicon") for _ in range(3)]
    confidence = random.uniform(0.5, 1)
    message = "not a Russian word"
    return Finding(
        token.span, token.text, random.choice(RULES), confidence, message, tuple(candidates), f"{number:04x}{at:04x}"
    )


def _decision(random: Random, finding: Finding) -> Decision:
    right = random.random() < finding.confidence
    best = finding.candidates[0].text
    made = decision(finding, Verdict.ACCEPT if right else Verdict.REJECT, best if right else None)
    at = datetime(2026, 2, 1, 9, tzinfo=UTC) + timedelta(days=random.randrange(25), minutes=random.randrange(400))
    return replace(
        made, by=random.choice(EDITORS), at=at.strftime("%Y-%m-%dT%H:%M:%SZ"), event=f"{random.getrandbits(128):032x}"
    )
