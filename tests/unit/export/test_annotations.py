"""Decisions as W3C Web Annotations."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from export_samples import AWKWARD, decision, finding

from sverka.export.annotations import web_annotations
from sverka.model import Anchor, Decision, ErrorClass, Rule, Span, Transcript, Verdict

TEXT = "пусть она будет топорь, а не потом"
TRANSCRIPT = Transcript("transcripts/a.txt", TEXT)


def said(word: str, verdict: Verdict, replacement: str | None = None, *, text: str = TEXT, note: str = "") -> Decision:
    made = decision(finding(text, word, None), verdict, replacement, note=note)
    span = made.anchor.span
    return replace(
        made,
        anchor=Anchor(span, word, text[max(0, span.start - 32) : span.start], text[span.end : span.end + 32]),
        event=f"{span.start:032x}",
    )


def items(transcript: Transcript, *decisions: Decision, source: str = "") -> list[Any]:
    collection = json.loads(web_annotations(transcript, decisions, source=source))
    found: list[Any] = collection["first"]["items"]
    return found


def test_the_bytes_are_the_contract() -> None:
    made = web_annotations(TRANSCRIPT, [said("топорь", Verdict.ACCEPT, "теперь", note="по снимку")])
    name = f"urn:sverka:{TRANSCRIPT.sha256}"
    assert json.loads(made) == {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": name,
        "type": "AnnotationCollection",
        "label": "transcripts/a.txt",
        "total": 1,
        "first": {
            "id": f"{name}:1",
            "type": "AnnotationPage",
            "partOf": name,
            "startIndex": 0,
            "items": [
                {
                    "id": "urn:sverka:00000000000000000000000000000010",
                    "type": "Annotation",
                    "motivation": "editing",
                    "creator": {"type": "Person", "name": "an editor"},
                    "created": "2026-03-01T10:12:13Z",
                    "body": [
                        {
                            "type": "TextualBody",
                            "purpose": "editing",
                            "value": "теперь",
                            "format": "text/plain",
                            "language": "ru",
                        },
                        {"type": "TextualBody", "purpose": "classifying", "value": "ocr", "format": "text/plain"},
                        {"type": "TextualBody", "purpose": "tagging", "value": "nonword", "format": "text/plain"},
                        {"type": "TextualBody", "purpose": "commenting", "value": "по снимку", "format": "text/plain"},
                    ],
                    "target": {
                        "type": "SpecificResource",
                        "source": "transcripts/a.txt",
                        "selector": [
                            {"type": "TextPositionSelector", "start": 16, "end": 22},
                            {
                                "type": "TextQuoteSelector",
                                "exact": "топорь",
                                "prefix": "пусть она будет ",
                                "suffix": ", а не потом",
                            },
                        ],
                    },
                }
            ],
        },
        "last": f"{name}:1",
    }
    assert made.startswith(b'{\n "@context": "http://www.w3.org/ns/anno.jsonld",\n')


@pytest.mark.parametrize("verdict", [Verdict.REJECT, Verdict.DEFER])
def test_what_leaves_the_text_as_it_is_assesses_it(verdict: Verdict) -> None:
    (item,) = items(TRANSCRIPT, said("топорь", verdict))
    assert item["motivation"] == "assessing"
    assert [(body["purpose"], body["value"]) for body in item["body"]] == [
        ("classifying", verdict.value),
        ("tagging", "nonword"),
    ]


def test_a_deletion_and_an_insertion_can_be_told() -> None:
    gap = Anchor(Span(9, 9), "", TEXT[:9], TEXT[9:41])
    inserted = Decision(gap, Verdict.AMEND, ErrorClass.SOURCE, " же", Rule.EDITOR, 1.0, event="e")
    deleted = said(", а", Verdict.AMEND, "")
    first, second = items(TRANSCRIPT, deleted, inserted)
    assert first["target"]["selector"][0] == {"type": "TextPositionSelector", "start": 9, "end": 9}
    assert first["target"]["selector"][1]["exact"] == ""
    assert first["body"][1]["value"] == "source"
    assert (second["body"][0]["purpose"], second["body"][0]["value"]) == ("editing", "")
    # Nobody is made up where nobody is named.
    assert not {"creator", "created"} & first.keys()


def test_without_decisions_there_is_no_empty_page() -> None:
    collection = json.loads(web_annotations(TRANSCRIPT, []))
    assert collection["total"] == 0
    assert not {"first", "last"} & collection.keys()


def test_the_source_is_an_iri() -> None:
    named = Transcript("письма 1950/a:b <c>.txt", TEXT)
    (item,) = items(named, said("топорь", Verdict.ACCEPT, "теперь"))
    source = item["target"]["source"]
    assert source == "%D0%BF%D0%B8%D1%81%D1%8C%D0%BC%D0%B0%201950/a%3Ab%20%3Cc%3E.txt"
    (item,) = items(named, said("топорь", Verdict.ACCEPT, "теперь"), source="https://example.org/a.txt")
    assert item["target"]["source"] == "https://example.org/a.txt"
    (item,) = items(Transcript("a\udcff.txt", TEXT), said("топорь", Verdict.ACCEPT, "теперь"))
    assert item["target"]["source"] == "a%FF.txt"


@pytest.mark.parametrize("word", [AWKWARD, "\r\n", "𝒜", "половина \udcff\u2028"])
def test_awkward_text_is_kept_and_never_obeyed(word: str) -> None:
    text = f"до {word} после"
    data = web_annotations(Transcript("a\x1b.txt", text), [said(word, Verdict.AMEND, word + word, text=text)])
    assert all(line.isprintable() for line in data.decode().split("\n"))
    (item,) = json.loads(data)["first"]["items"]
    position, quotation = item["target"]["selector"]
    assert text[position["start"] : position["end"]] == quotation["exact"] == word
    assert item["body"][0]["value"] == word + word
