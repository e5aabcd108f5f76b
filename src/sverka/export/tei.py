"""An edition with its decisions, as a TEI P5 document.

What the transcript says, what the page says and what it means stand side by side, by parallel segmentation:

* a misreading is ``<app><lem>теперь</lem><rdg wit="#ocr">топорь</rdg></app>``, the witness being the transcript;
* an error of the page itself ``<choice><sic>…</sic><corr>…</corr></choice>``;
* a spelling of its day ``<choice><orig>…</orig><reg>…</reg></choice>``;
* an editor's note a ``<note>`` right behind.

``lem``, ``corr`` and ``reg`` name the editor (``resp``) and the probability that the transcript was wrong, as it was
when the editor decided (``cert``, 0 to 1). Who did how much on which day stands in the ``revisionDesc``, latest first.

Stretches between blank lines are paragraphs. Every line end within one is a line feed with ``<lb/>`` behind it, so that
words stay apart for programs that read the text alone; a form feed is ``<pb/>``. Within a decision blank lines are line
ends, as a paragraph cannot begin there. What XML 1.0 cannot hold at all (other control characters, halves of surrogate
pairs) becomes U+FFFD: a reader is to see that something stood there.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from sverka.model import Decision, Edition, ErrorClass, Transcript

_NAMESPACE = "http://www.tei-c.org/ns/1.0"
_XML = "{http://www.w3.org/XML/1998/namespace}"
_WITNESS = "ocr"

_BREAK = re.compile(r"(\r\n|[\r\n\f])")
_BLANK_LINES = re.compile(r"(?>\r\n|[\r\n])(?:[ \t]*(?>\r\n|[\r\n]))+")
_FIRST_LINE_ENDS = re.compile(r"\A(?:[ \t]*(?:\r\n|[\r\n]))+")
_LINE_END = re.compile(r"[\r\n]")
_NO_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Everything but the Char of XML 1.0, 2.2."""
_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


def tei(edition: Edition, *, title: str = "") -> bytes:
    """The document in UTF-8, well-formed for any text; ``title`` is the transcript's path unless it is given.

    ``edition`` should be one in the reading view: only what it applies is marked, so that in another the page's own
    errors stand unmarked in the text.
    """
    editors = {name: f"ed{number}" for number, name in enumerate(sorted(_names(edition.decisions)), start=1)}
    root = Element("TEI", {"xmlns": _NAMESPACE})
    header = _header(edition, title or edition.transcript.path, editors)
    indent(header)
    root.append(header)
    header.tail = "\n"
    text = SubElement(root, "text", {f"{_XML}lang": "ru"})
    body = SubElement(text, "body")
    body.text = "\n"
    body.extend(_paragraphs(edition, editors))
    for paragraph in body:
        paragraph.tail = "\n"
    document: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return document + b"\n"


def _header(edition: Edition, title: str, editors: Mapping[str, str]) -> Element:
    header = Element("teiHeader")
    file = SubElement(header, "fileDesc")
    titles = SubElement(file, "titleStmt")
    _named(titles, "title", title)
    for name, identifier in editors.items():
        responsible = SubElement(titles, "respStmt", {f"{_XML}id": identifier})
        _named(responsible, "resp", "correction of the transcript against the page")
        _named(responsible, "name", name)
    _named(SubElement(file, "publicationStmt"), "p", "Not published.")
    witnesses = SubElement(SubElement(file, "sourceDesc"), "listWit")
    _named(witnesses, "witness", _witness(edition.transcript), {f"{_XML}id": _WITNESS})
    encoding = SubElement(header, "encodingDesc")
    SubElement(encoding, "variantEncoding", {"method": "parallel-segmentation", "location": "internal"})
    revisions = list(_revisions(edition.decisions))
    if revisions:
        described = SubElement(header, "revisionDesc")
        for day, name, count in revisions:
            about = {"when": day} if day else {}
            said = "1 correction" if count == 1 else f"{count} corrections"
            _named(described, "change", said, about | ({"who": f"#{editors[name]}"} if name else {}))
    return header


def _witness(transcript: Transcript) -> str:
    return f"The transcript as read by machine: {transcript.path}, SHA-256 {transcript.sha256}"


def _names(decisions: Iterable[Decision]) -> set[str]:
    return {decision.by for decision in decisions if decision.by}


def _revisions(decisions: Iterable[Decision]) -> Iterator[tuple[str, str, int]]:
    """Day (ISO 8601, or nothing), editor and number of corrections; the latest day first."""
    days = Counter((_day(decision), decision.by) for decision in decisions)
    for (day, name), count in sorted(sorted(days.items()), key=lambda item: item[0][0], reverse=True):
        yield day, name, count


def _day(decision: Decision) -> str:
    found = _DATE.match(decision.at)
    return found[0] if found else ""


def _paragraphs(edition: Edition, editors: Mapping[str, str]) -> list[Element]:
    """The text; a paragraph with nothing in it is left out, but a body needs one."""
    paragraphs = [Element("p")]
    text, last = edition.transcript.text, len(edition.decisions)
    position = 0
    for number, decision in enumerate(edition.decisions):
        span = decision.anchor.span
        stretch = text[position : span.start]
        _add_text(paragraphs, stretch if number else _FIRST_LINE_ENDS.sub("", stretch))
        paragraphs[-1].extend(_marked(decision, editors))
        position = span.end
    stretch = _without_last_line_ends(text[position:])
    _add_text(paragraphs, stretch if last else _FIRST_LINE_ENDS.sub("", stretch))
    return [paragraph for paragraph in paragraphs if paragraph.text or len(paragraph)] or paragraphs[:1]


def _add_text(paragraphs: list[Element], stretch: str) -> None:
    """Add what stands between two decisions, or between one and an end of the text."""
    first, *rest = _BLANK_LINES.split(stretch)
    _write(paragraphs[-1], first)
    for piece in rest:
        paragraphs.append(Element("p"))
        _write(paragraphs[-1], piece)


def _without_last_line_ends(text: str) -> str:
    """``text`` up to the first of the line ends with nothing behind them; spaces before it stay."""
    rest = len(text.rstrip(" \t\r\n"))
    line_end = _LINE_END.search(text, rest)
    return text[: line_end.start()] if line_end else text


def _marked(decision: Decision, editors: Mapping[str, str]) -> Iterator[Element]:
    """A decision in the text, and its note."""
    responsible = {"resp": f"#{editors[decision.by]}"} if decision.by else {}
    certain = {"cert": f"{round(decision.confidence, 4):g}"}
    misread = decision.error_class is ErrorClass.OCR
    outer, read, said = _ELEMENTS[decision.error_class]
    marked = Element(outer)
    if not misread:
        _told(marked, read, decision.anchor.exact)
    _told(marked, said, decision.replacement or "", responsible | certain)
    if misread:  # a lemma stands before its readings
        _told(marked, read, decision.anchor.exact, {"wit": f"#{_WITNESS}"})
    yield marked
    if decision.note:
        note = Element("note", responsible)
        _write(note, decision.note)
        yield note


_ELEMENTS: Mapping[ErrorClass, tuple[str, str, str]] = {
    ErrorClass.OCR: ("app", "rdg", "lem"),
    ErrorClass.SOURCE: ("choice", "sic", "corr"),
    ErrorClass.NORMALISATION: ("choice", "orig", "reg"),
}
"""What surrounds a decision, what holds the transcript's text, and what the editor's."""


def _told(parent: Element, tag: str, text: str, attributes: Mapping[str, str] = MappingProxyType({})) -> None:
    _write(SubElement(parent, tag, dict(attributes)), text)


def _named(parent: Element, tag: str, text: str, attributes: Mapping[str, str] = MappingProxyType({})) -> None:
    """Something of the header, where a line end is but a space."""
    _told(parent, tag, _BREAK.sub(" ", text), attributes)


def _write(element: Element, text: str) -> None:
    """Add ``text`` at the end of what is in the element."""
    for piece in _BREAK.split(text):
        if _BREAK.fullmatch(piece):
            _append(element, "\n")
            SubElement(element, "pb" if piece == "\f" else "lb")
        else:
            _append(element, _NO_XML.sub("\N{REPLACEMENT CHARACTER}", piece))


def _append(element: Element, text: str) -> None:
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text
