"""Decisions as W3C Web Annotations, in JSON-LD.

The Recommendations are the Web Annotation Data Model and Vocabulary (2017-02-23). A file is one AnnotationCollection
with one AnnotationPage in it, and an Annotation for each decision:

* One that says what belongs in the text is motivated by ``editing``. Its first body, with the same purpose, is the text
  that takes the place of the target; an empty one deletes it. A body that is ``classifying`` says whose error it is:
  ``ocr``, ``source`` or ``normalisation``.
* One that leaves the text as it is, is motivated by ``assessing``; what it says, ``reject`` (the transcript is right)
  or ``defer``, is ``classifying`` too.
* The rule that found the place is a body that is ``tagging``, an editor's note one that is ``commenting``.

The target is selected twice over, by position and by quotation; the Data Model lets a reader use either. Both are for
the text as decoded, newlines as they stand, in code points; of a gap between two letters start and end are the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from urllib.parse import quote

from sverka.model import Decision, Transcript
from sverka.text.plainjson import dumps

_CONTEXT = "http://www.w3.org/ns/anno.jsonld"

_LANGUAGE = "ru"
"""BCP 47; of the text, and so of what is put into it."""


def web_annotations(transcript: Transcript, decisions: Iterable[Decision], *, source: str = "") -> bytes:
    """The annotations of ``decisions``, in the order of the text, as UTF-8.

    ``decisions`` are anchored in ``transcript`` and recorded in a ledger: their events' ids become their names.
    ``source`` is the IRI of the text; without one it is the transcript's path, percent-encoded: a reference relative to
    wherever the annotations lie. The collection is named after the text's digest, as positions hold for that text only.
    """
    about = source or quote(transcript.path, errors="surrogateescape")
    ordered = sorted(decisions, key=lambda decision: (decision.anchor.span, decision.at, decision.event))
    items = [_annotation(decision, about) for decision in ordered]
    name = f"urn:sverka:{transcript.sha256}"
    page = {"id": f"{name}:1", "type": "AnnotationPage", "partOf": name, "startIndex": 0, "items": items}
    collection = {
        "@context": _CONTEXT,
        "id": name,
        "type": "AnnotationCollection",
        "label": transcript.path,
        "total": len(items),
    }
    # A page may not be empty; a collection may.
    whole = {**collection, "first": page, "last": page["id"]} if items else collection
    return f"{dumps(whole, indent=1)}\n".encode()


def _annotation(decision: Decision, source: str) -> dict[str, object]:
    made: dict[str, object] = {
        "id": f"urn:sverka:{decision.event}",
        "type": "Annotation",
        "motivation": "assessing" if decision.replacement is None else "editing",
    }
    if decision.by:
        made["creator"] = {"type": "Person", "name": decision.by}
    if decision.at:
        made["created"] = decision.at
    return {**made, "body": list(_bodies(decision)), "target": _target(decision, source)}


def _bodies(decision: Decision) -> Iterator[dict[str, object]]:
    if decision.replacement is None:
        yield _body(decision.verdict.value, "classifying")
    else:
        yield {**_body(decision.replacement, "editing"), "language": _LANGUAGE}
        yield _body(decision.error_class.value, "classifying")
    yield _body(decision.rule.value, "tagging")
    if decision.note:
        yield _body(decision.note, "commenting")


def _body(value: str, purpose: str) -> dict[str, object]:
    return {"type": "TextualBody", "purpose": purpose, "value": value, "format": "text/plain"}


def _target(decision: Decision, source: str) -> dict[str, object]:
    anchor = decision.anchor
    return {
        "type": "SpecificResource",
        "source": source,
        "selector": [
            {"type": "TextPositionSelector", "start": anchor.span.start, "end": anchor.span.end},
            {"type": "TextQuoteSelector", "exact": anchor.exact, "prefix": anchor.prefix, "suffix": anchor.suffix},
        ],
    }
