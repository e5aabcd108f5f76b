"""Formats that are known but not read: a file that says it is one of them is refused by name, not taken for text."""

from __future__ import annotations

import re
from collections.abc import Callable

from sverka.errors import InputError
from sverka.load.format import Format
from sverka.model import Transcript

_XML_START = re.compile(rb"\s*<(?:\?xml|!DOCTYPE|!--|[A-Za-z][\w.:-]*[\s>/])", re.IGNORECASE)
_BYTE_ORDER_MARK = re.compile(rb"\A(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)")
_TEXT_IN_MARKUP = re.compile(rb"<(?:[A-Za-z_][\w.-]*:)?(alto|PcGts|TEI|html)[\s>]", re.IGNORECASE)


def _refuse(name: str) -> Callable[[bytes, str], Transcript]:
    def read(data: bytes, path: str) -> Transcript:
        raise InputError(f"{name} is not read yet", place=path, remedy="give its text as a plain .txt file")

    return read


def _known_by(name: str, *signatures: bytes, suffixes: tuple[str, ...]) -> Format:
    """A format told by its first bytes or, failing that, by its suffix."""
    return Format(name, lambda head, suffix: head.startswith(signatures) or suffix in suffixes, _refuse(name))


def _markup(head: bytes) -> bytes:
    """The first bytes of a file that begins like XML or HTML, UTF-16 narrowed to ASCII; nothing for other files."""
    narrow = _BYTE_ORDER_MARK.sub(b"", head.replace(b"\x00", b""))
    return narrow if _XML_START.match(narrow) else b""


def _root(head: bytes) -> bytes:
    root = _TEXT_IN_MARKUP.search(_markup(head))
    return root[1].lower() if root else b""


def _says(name: str, test: Callable[[bytes], bool], *suffixes: str) -> Format:
    return Format(name, lambda head, suffix: test(head) or suffix in suffixes, _refuse(name))


FORMATS = (
    _known_by("PDF", b"%PDF-", suffixes=(".pdf",)),
    _known_by("RTF", b"{\\rtf", suffixes=(".rtf",)),
    _known_by("Word or OpenDocument", b"\xd0\xcf\x11\xe0", suffixes=(".doc", ".docx", ".odt")),
    _known_by("a zip archive", b"PK\x03\x04", b"PK\x05\x06", suffixes=(".zip", ".epub", ".xlsx")),
    _known_by("a gzip file", b"\x1f\x8b", suffixes=(".gz", ".tgz")),
    _known_by("a compressed file", b"BZh", b"\xfd7zXZ\x00", b"7z\xbc\xaf", suffixes=(".bz2", ".xz", ".7z", ".rar")),
    _known_by("DjVu", b"AT&TFORM", suffixes=(".djvu", ".djv")),
    _known_by("a PNG image", b"\x89PNG", suffixes=(".png",)),
    _known_by("a JPEG image", b"\xff\xd8\xff", suffixes=(".jpg", ".jpeg")),
    _known_by("a TIFF image", b"II*\x00", b"MM\x00*", suffixes=(".tif", ".tiff")),
    _says("ALTO XML", lambda head: _root(head) == b"alto", ".alto"),
    _says("PAGE XML", lambda head: _root(head) == b"pcgts", ".page"),
    _says("TEI XML", lambda head: _root(head) == b"tei", ".tei"),
    _says("hOCR", lambda head: _root(head) == b"html" and b"ocr_page" in _markup(head), ".hocr"),
    _says("HTML", lambda head: _root(head) == b"html", ".html", ".htm", ".xhtml"),
    _says("XML", lambda head: bool(_markup(head)), ".xml"),
)
"""Those that say most come first: hOCR is HTML too, and all of them are XML."""
