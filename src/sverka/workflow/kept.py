"""Findings kept in the user's cache folder, so that a text that was checked before is not checked again.

They are found by a key, a hash of everything that decides them, and so never need to be taken back: where anything has
changed, the key is another. What is longest unused is taken away when all of them take up more than half a gigabyte.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from msgspec import Struct, msgpack

from sverka import cache
from sverka.model import Bitext, Checked, Document, Finding, Pair, Passage, Span, Token, Transcript, Translation

__all__ = ["LIMIT", "key", "load", "pack", "save", "unpack"]

LIMIT = 512 << 20
"""Bytes of the disk that all findings kept may take up, more or less."""
_FOLDERS = 16
"""They lie in as many folders, each of which has its share of the limit."""
_LOOKED_AFTER = 32
"""Whether a folder has more than its share is seen to at one in so many findings that come into it."""
_CHECK_LENGTH = 4
_LEVEL = 3
"""Of compression. A page of 2,000 letters takes some 12 kB; the best level saves a tenth and takes thrice the time."""


# Values as bytes


class _Packed(Struct, frozen=True, array_like=True):
    """All of a :class:`Checked` but the texts. ``beside`` are sentences of the translation, where there is one."""

    passages: tuple[Passage, ...]
    tokens: tuple[Token, ...]
    sentences: tuple[Span, ...]
    findings: tuple[Finding, ...]
    beside: tuple[Span, ...] | None
    pairs: tuple[Pair, ...]


_DECODER = msgpack.Decoder(_Packed)


def pack(checked: Checked) -> bytes:
    """What was found, and how the text was taken apart, without the texts themselves."""
    document, bitext = checked.document, checked.bitext
    return msgpack.encode(
        _Packed(
            document.passages,
            document.tokens,
            document.sentences,
            checked.findings,
            bitext.translation.sentences if bitext else None,
            bitext.pairs if bitext else (),
        )
    )


def unpack(data: bytes, transcript: Transcript, translation: Transcript | None = None) -> Checked:
    """The reverse of :func:`pack`, given the texts: the translation, too, where that is a text of its own."""
    packed = _DECODER.decode(data)
    document = Document(transcript, packed.passages, packed.tokens, packed.sentences)
    if packed.beside is None:
        return Checked(document, packed.findings)
    beside = Translation(translation or transcript, packed.beside)
    return Checked(document, packed.findings, Bitext(beside, packed.pairs))


# Bytes in the cache folder


def key(program: str, project: str, floor: float, texts: Iterable[Transcript | None]) -> str:
    """Where the findings of a text are kept, as 64 hexadecimal digits.

    ``program`` and ``project`` are their fingerprints, ``floor`` the least confidence of a finding. ``texts`` are the
    transcript and those it was checked beside, in a fixed order, with None for one that is lacking.
    """
    parts = (program, project, float(floor).hex(), *(text.sha256 if text else "" for text in texts))
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def load(key: str) -> bytes | None:
    """What was kept under ``key``; None where nothing is, or it is damaged."""
    try:
        data = cache.use(_place(key))
        check, packed = data[:_CHECK_LENGTH], data[_CHECK_LENGTH:]
        return zlib.decompress(packed) if check == _check(key, packed) else None
    except (*cache.IMPOSSIBLE, zlib.error):
        return None


def save(key: str, data: bytes) -> None:
    """Keep ``data`` under ``key``; where that is impossible, it is not kept."""
    packed = zlib.compress(data, _LEVEL)
    with suppress(*cache.IMPOSSIBLE):
        place = _place(key)
        cache.write(place, _check(key, packed), packed)
        # The digits of a key are as good as drawn by lot.
        if int(key[-4:], 16) % _LOOKED_AFTER == 0:
            cache.trim(place.parent, LIMIT // _FOLDERS)


def _place(key: str) -> Path:
    return cache.folder("findings") / key[0] / key[1:]


def _check(key: str, packed: bytes) -> bytes:
    """The key is in it: a file that got into another's place is not believed."""
    return zlib.crc32(packed, zlib.crc32(key.encode())).to_bytes(_CHECK_LENGTH, "big")
