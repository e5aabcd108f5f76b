"""Plain text."""

from __future__ import annotations

from sverka.errors import InputError
from sverka.load.encoding import UnknownEncoding, decode
from sverka.load.format import Format
from sverka.model import Transcript


def _read(data: bytes, name: str) -> Transcript:
    try:
        text, encoding = decode(data)
    except UnknownEncoding as error:
        raise InputError(
            f"cannot be read as text: {error}", place=name, remedy="save it as plain text in UTF-8"
        ) from None
    if not text.strip():
        raise InputError("holds no text", place=name, remedy="give a file with the transcript's text")
    return Transcript(name, text, encoding)


# Whatever no other format claims is tried as text: transcripts come as .txt, .md, .ocr or with no suffix at all.
FORMAT = Format("plain text", lambda head, suffix: True, _read)
