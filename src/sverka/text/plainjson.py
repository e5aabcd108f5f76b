"""JSON in which everything that can be seen stands as it is, and everything else is escaped.

JSON lets control characters above U+001F, bidi marks and line separators stand within strings. A terminal obeys the
first two, and programs that split text into lines know more line ends than the line feed; half of a surrogate pair has
no bytes in UTF-8 at all. Escaped, all of them survive, and a value is one printable line.
"""

from __future__ import annotations

import json
import re

__all__ = ["dumps"]

_UNSEEN = re.compile(r"[\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]")
"""What JSON lets stand as it is, and a terminal would obey or hide."""


def dumps(value: object, *, indent: int | None = None, compact: bool = False) -> str:
    """JSON with letters as they are and everything unseen escaped, on one line unless ``indent`` spaces are asked for.

    ``compact`` leaves out the spaces after commas and colons. ValueError for a number that is not finite.
    """
    separators = (",", ":") if compact else None
    text = json.dumps(value, ensure_ascii=False, indent=indent, separators=separators, allow_nan=False)
    return _UNSEEN.sub(lambda match: f"\\u{ord(match[0]):04x}", text)
