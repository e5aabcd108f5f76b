"""An edition as TEI: every text of it can be had from the one document."""

from __future__ import annotations

import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from export_samples import AWKWARD, decision, finding
from hypothesis import example, given
from hypothesis import strategies as st

from sverka.export.tei import tei
from sverka.model import Anchor, Decision, Edition, ErrorClass, Rule, Span, Transcript, Verdict, View

TEI = "{http://www.tei-c.org/ns/1.0}"
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"

PASSED_OVER = {
    None: {"lem", "corr", "reg", "note"},
    View.DIPLOMATIC: {"rdg", "corr", "reg", "note"},
    View.READING: {"rdg", "sic", "orig", "note"},
}
"""What to leave out to get a text; without a view, the transcript's."""


def said(
    text: str, old: str, new: str, error_class: ErrorClass = ErrorClass.OCR, *, by: str = "Anna", note: str = ""
) -> Decision:
    made = decision(finding(text, old, None), Verdict.AMEND, new, note=note)
    return replace(made, error_class=error_class, by=by)


def edition(text: str, *decisions: Decision, path: str = "transcripts/x.txt") -> Edition:
    ordered = tuple(sorted(decisions, key=lambda one: one.anchor.span))
    return Edition(Transcript(path, text), ordered, View.READING)


def text_of(document: bytes, view: View | None) -> str:
    """The text of a document as one reads it who knows what the elements mean."""
    body = ElementTree.fromstring(document).find(f"{TEI}text/{TEI}body")
    assert body is not None
    return "\n\n".join(_content(paragraph, PASSED_OVER[view]) for paragraph in body)


def _content(element: ElementTree.Element, passed_over: set[str]) -> str:
    content = element.text or ""
    for child in element:
        tag = child.tag.removeprefix(TEI)
        if tag in {"lb", "pb"}:
            assert content.endswith("\n")
            content = content[:-1] + ("\n" if tag == "lb" else "\f")
        elif tag not in passed_over:
            content += _content(child, passed_over)
        content += child.tail or ""
    return content


def as_paragraphs(text: str) -> str:
    """A text as TEI can tell it: one kind of line end, one blank line between paragraphs, none around them."""
    text = re.sub(r"[^\t\n\r\f\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "\ufffd", text)
    text = re.sub(r"\r\n|\r", "\n", text)
    text = re.sub(r"\n(?:[ \t]*\n)+", "\n\n", text)
    text = re.sub(r"\A(?:[ \t]*\n)+", "", text)
    text = re.sub(r"(?:\n[ \t]*)+\Z", "", text)
    return text if text.strip(" \t") else ""


def in_view(whole: Edition, view: View | None) -> str:
    """The text of an edition, made of the same decisions, in another view."""
    changing = tuple(one for one in whole.decisions if view and one.changes(view))
    return Edition(whole.transcript, changing).text


def test_the_bytes_are_the_contract() -> None:
    text = "Товарищ!\nона будет топорь,\nа пришол не\n\nпотомъ.\n"
    made = tei(
        edition(
            text,
            said(text, "топорь", "теперь", note="по снимку"),
            said(text, "пришол", "пришёл", ErrorClass.SOURCE, by="Boris"),
            said(text, "потомъ", "потом", ErrorClass.NORMALISATION),
        ),
        title="Письмо",
    ).decode()
    digest = Transcript("", text).sha256
    assert made == (
        "<?xml version='1.0' encoding='utf-8'?>\n"
        '<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader>\n'
        "  <fileDesc>\n"
        "    <titleStmt>\n"
        "      <title>Письмо</title>\n"
        '      <respStmt xml:id="ed1">\n'
        "        <resp>correction of the transcript against the page</resp>\n"
        "        <name>Anna</name>\n"
        "      </respStmt>\n"
        '      <respStmt xml:id="ed2">\n'
        "        <resp>correction of the transcript against the page</resp>\n"
        "        <name>Boris</name>\n"
        "      </respStmt>\n"
        "    </titleStmt>\n"
        "    <publicationStmt>\n"
        "      <p>Not published.</p>\n"
        "    </publicationStmt>\n"
        "    <sourceDesc>\n"
        "      <listWit>\n"
        '        <witness xml:id="ocr">The transcript as read by machine: transcripts/x.txt, SHA-256 '
        f"{digest}</witness>\n"
        "      </listWit>\n"
        "    </sourceDesc>\n"
        "  </fileDesc>\n"
        "  <encodingDesc>\n"
        '    <variantEncoding method="parallel-segmentation" location="internal" />\n'
        "  </encodingDesc>\n"
        "  <revisionDesc>\n"
        '    <change when="2026-03-01" who="#ed1">2 corrections</change>\n'
        '    <change when="2026-03-01" who="#ed2">1 correction</change>\n'
        "  </revisionDesc>\n"
        "</teiHeader>\n"
        '<text xml:lang="ru"><body>\n'
        "<p>Товарищ!\n"
        '<lb />она будет <app><lem resp="#ed1" cert="0.98">теперь</lem><rdg wit="#ocr">топорь</rdg></app>'
        '<note resp="#ed1">по снимку</note>,\n'
        '<lb />а <choice><sic>пришол</sic><corr resp="#ed2" cert="0.98">пришёл</corr></choice> не</p>\n'
        '<p><choice><orig>потомъ</orig><reg resp="#ed1" cert="0.98">потом</reg></choice>.</p>\n'
        "</body></text></TEI>\n"
    )


def test_a_document_of_nothing_is_a_document() -> None:
    for text in ("", "\n", " \r\n\r\n", "\f"):
        document = tei(edition(text))
        root = ElementTree.fromstring(document)
        assert root.find(f".//{TEI}body/{TEI}p") is not None
        assert root.find(f".//{TEI}revisionDesc") is None
        assert root.find(f".//{TEI}respStmt") is None


def test_paragraphs_stand_between_blank_lines() -> None:
    document = tei(edition("\n\nодин\r\n \t\r\nдва\rдва\r\r\rтри\fтри\n"))
    assert text_of(document, View.READING) == "один\n\nдва\nдва\n\nтри\fтри"
    assert text_of(tei(edition("один\r\nдва\r\n\r\nтри\r\n")), View.READING) == "один\nдва\n\nтри"


def test_a_false_paragraph_can_be_mended() -> None:
    text = "он при-\n\nшёл и\nсел"
    whole = edition(text, said(text, "-\n\n", ""), said(text, "и\n", "и\n\n\n"))
    document = tei(whole)
    assert text_of(document, View.READING) == "он пришёл и\n\n\nсел"
    assert text_of(document, None) == text
    assert document.partition(b"<body>")[2].count(b"<p>") == 1


def test_changes_of_nobody_on_no_day_are_counted_too() -> None:
    text = "один два"
    nobody = replace(said(text, "один", "раз", by=""), at="")
    root = ElementTree.fromstring(tei(edition(text, nobody, said(text, "два", "три"))))
    changes = [(change.attrib, change.text) for change in root.iter(f"{TEI}change")]
    assert changes == [({"when": "2026-03-01", "who": "#ed1"}, "1 correction"), ({}, "1 correction")]
    assert root.findall(f".//{TEI}lem")[0].attrib == {"cert": "0.98"}


def test_every_pointer_points_to_something() -> None:
    text = "один два"
    root = ElementTree.fromstring(
        tei(edition(text, said(text, "один", "раз", by='<"Anna">'), said(text, "два", "три", by="Boris", note="?")))
    )
    ids = {element.attrib[XML_ID] for element in root.iter() if XML_ID in element.attrib}
    pointers = {
        value.removeprefix("#")
        for element in root.iter()
        for name, value in element.attrib.items()
        if name in {"resp", "who", "wit"}
    }
    assert pointers == ids == {"ed1", "ed2", "ocr"}
    assert '<"Anna">' in {name.text for name in root.iter(f"{TEI}name")}


HOSTILE = f"{AWKWARD}\x00\x0b\x85\ufffe\ud800 𝒜 ]]> <!-- & &amp; <![CDATA[\u2028"


@pytest.mark.parametrize("error_class", ErrorClass)
def test_nothing_in_a_text_breaks_the_document(error_class: ErrorClass) -> None:
    text = f"до {HOSTILE} после"
    change = said(text, HOSTILE, HOSTILE + "\n\n" + HOSTILE, error_class, by=HOSTILE, note=HOSTILE)
    whole = edition(text, change, path=HOSTILE)
    document = tei(whole, title=HOSTILE)
    assert b"<script>" not in document
    assert b"\x1b" not in document
    # Line ends and page breaks have no business in a header.
    header = ElementTree.fromstring(document)[0]
    assert not {f"{TEI}lb", f"{TEI}pb"} & {element.tag for element in header.iter()}
    for view in (None, *View):
        assert as_paragraphs(text_of(document, view)) == as_paragraphs(in_view(whole, view))


letters = st.text("абв \t\n\f<&\x1b\ud800𝒜", max_size=8)


@st.composite
def editions(draw: st.DrawFn) -> Edition:
    """Text and decisions by turns, so that none overlap."""
    text = draw(letters)
    decisions: list[Decision] = []
    for _ in range(draw(st.integers(0, 5))):
        exact = draw(letters)
        span = Span(len(text), len(text) + len(exact))
        decisions.append(
            Decision(
                Anchor(span, exact, "", ""),
                Verdict.AMEND,
                draw(st.sampled_from(ErrorClass)),
                draw(letters),
                Rule.EDITOR,
                draw(st.floats(0, 1)),
                note=draw(letters),
                by=draw(letters),
            )
        )
        text += exact + draw(letters)
    return Edition(Transcript(draw(letters), text), tuple(decisions), View.READING)


def added(at: int, text: str) -> Decision:
    """Something that the transcript lacks."""
    return Decision(Anchor(Span(at, at), "", "", ""), Verdict.AMEND, ErrorClass.OCR, text, Rule.EDITOR, 0.5)


@given(editions())
@example(edition("а\n \nб", said("а\n \nб", " ", "")))
@example(edition("\nа\n", added(0, "б"), added(3, "в")))
def test_the_text_of_each_view_is_in_the_document(whole: Edition) -> None:
    document = tei(whole)
    for view in (None, *View):
        assert as_paragraphs(text_of(document, view)) == as_paragraphs(in_view(whole, view))
