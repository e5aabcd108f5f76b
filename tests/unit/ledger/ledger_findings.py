"""A transcript in which every word is a finding."""

from __future__ import annotations

from sverka.model import Candidate, Checked, Document, Finding, Rule, Span, Transcript


def every_word(transcript: Transcript) -> Checked:
    """The transcript as if the engine had doubted each word, once, and offered two others; ids are places in hex."""
    offered = (Candidate("иное", 0.6, "lexicon"), Candidate("прочее", 0.2, "lexicon"))
    findings = []
    for word in transcript.text.split():
        start = transcript.text.index(word)
        span = Span(start, start + len(word))
        findings.append(Finding(span, word, Rule.NONWORD, 0.9, "not a word", offered, f"{start:012x}"))
    return Checked(Document(transcript, (), (), ()), tuple(findings))
