"""Small values that every exporter is tried on; one of them is as awkward as text gets."""

from __future__ import annotations

from sverka.model import (
    Anchor,
    Bitext,
    Candidate,
    Checked,
    Decision,
    Document,
    Edition,
    ErrorClass,
    Evidence,
    Finding,
    Pair,
    Passage,
    PassageKind,
    Problem,
    Report,
    Reviewed,
    Rule,
    Span,
    Token,
    TokenKind,
    Transcript,
    Translation,
    Verdict,
)

AWKWARD = "<script>alert('x')</script> & \x1b[31mтопорь\x1b[0m \N{RIGHT-TO-LEFT OVERRIDE}| *не* _то_\r\nтопорь\n"


def finding(text: str, original: str, candidate: str | None, *, rule: Rule = Rule.NONWORD, nth: int = 0) -> Finding:
    start = -1
    for _ in range(nth + 1):
        start = text.index(original, start + 1)
    candidates: tuple[Candidate, ...] = ()
    if candidate is not None:
        candidates = (
            Candidate(candidate, 0.95, "lexicon", (Evidence("channel", "о→е, о→е", -6.1),)),
            Candidate("", 0.01, "lexicon"),
        )
    span = Span(start, start + len(original))
    return Finding(span, original, rule, 0.98, "not a Russian word", candidates, f"id{start}")


def document(transcript: Transcript) -> Document:
    text = transcript.text
    tokens = tuple(
        Token(Span(at, at + len(word)), word, TokenKind.WORD)
        for word in set(text.split())
        for at in range(len(text))
        if text.startswith(word, at)
    )
    return Document(transcript, (Passage(Span(0, len(text)), PassageKind.TEXT),), tokens, (Span(0, len(text)),))


def decision(of: Finding, verdict: Verdict, replacement: str | None = None, *, note: str = "") -> Decision:
    return Decision(
        Anchor(of.span, of.original, "", ""),
        verdict,
        ErrorClass.OCR,
        replacement,
        of.rule,
        of.confidence,
        note=note,
        at="2026-03-01T10:12:13Z",
        by="an editor",
    )


def report() -> Report:
    plain = Transcript("transcripts/a.txt", "пусть она будет топорь, а не потом. Пусть топорь.")
    english = Transcript("transcripts/a.en.txt", "let it be waged now")
    first, second = finding(plain.text, "топорь", "теперь"), finding(plain.text, "топорь", "теперь", nth=1)
    bitext = Bitext(Translation(english, (Span(0, 19),)), (Pair(Span(0, 35), Span(0, 19)),))
    awkward = Transcript("transcripts/<b>|\x1b[1m.txt", AWKWARD)
    third = finding(AWKWARD, "топорь", "<i>теперь</i>")
    lacuna = Finding(Span(len(AWKWARD), len(AWKWARD)), "", Rule.LACUNA, 0.6, "the text breaks off", (), "idl")
    return Report(
        (
            Reviewed(
                Checked(document(plain), (first, second), bitext),
                (decision(first, Verdict.ACCEPT, "теперь", note="<see> the scan"),),
            ),
            Reviewed(Checked(document(awkward), (third, lacuna))),
        ),
        (Problem("transcripts/broken.txt", "is empty", "remove it"),),
        "2026-03-02T08:00:00Z",
        "sverka 0.0",
    )


def edition(text: str, *changes: tuple[str, str], encoding: str = "utf-8", path: str = "a.txt") -> Edition:
    decisions = (decision(finding(text, old, None), Verdict.AMEND, new) for old, new in changes)
    ordered = tuple(sorted(decisions, key=lambda one: one.anchor.span))
    return Edition(Transcript(path, text, encoding), ordered)
