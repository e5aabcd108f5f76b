"""An edition as plain text."""

from __future__ import annotations

from codecs import BOM_UTF8

from sverka.model import Edition

_BOM_ENCODINGS = ("utf-8-sig", "utf_8_sig")


def plain(edition: Edition) -> bytes:
    """The edition's text in UTF-8, its line ends as they stand in the transcript.

    A byte-order mark is kept where the transcript was UTF-8 with one, so that an edition without decisions has the
    bytes of its transcript.
    """
    mark = BOM_UTF8 if edition.transcript.encoding.lower() in _BOM_ENCODINGS else b""
    return mark + edition.text.encode("utf-8", "surrogatepass")
