"""A transcript taken apart."""

from __future__ import annotations

from pathlib import Path

from sverka.model import Transcript
from sverka.text.document import analyse


def test_only_the_russian_text_has_tokens_and_sentences(letter: Path) -> None:
    text = letter.read_text("utf-8")
    document = analyse(Transcript(str(letter), text))
    words = [token.text for token in document.tokens]
    assert words[:2] == ["ЦЕННЫМ", "ШТЯКОВУ"]
    assert "топорь" in words
    assert not {"Wilson", "Kim", "369", "63", "PYONGYANG"} & set(words)
    assert document.sentences[0].of(text).startswith("ЦЕННЫМ")
