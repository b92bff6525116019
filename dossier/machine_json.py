"""JSON output that is safe to print on a terminal."""

from __future__ import annotations

import json
import re

# Characters that the library does not escape: DEL, C1 controls, direction marks, invisible characters, and
# surrogates from file names.
_UNSEEN = re.compile(
    "[\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff\U000e0000-\U000e007f]"
)


def dumps(value: object, indent: int | None = None) -> str:
    """Serialise a value as JSON with invisible characters escaped; other types are converted to text."""
    written = json.dumps(value, ensure_ascii=False, indent=indent, default=str)
    return _UNSEEN.sub(lambda char: json.dumps(char[0])[1:-1], written)
