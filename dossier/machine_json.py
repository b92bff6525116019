"""JSON for programs that a person may see on a terminal all the same."""

from __future__ import annotations

import json
import re

# What is neither printed nor escaped by the library: DEL, the controls above it, marks that turn text round,
# signs that show nothing, and halves of characters that names of files may hold.
_UNSEEN = re.compile(
    "[\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff\U000e0000-\U000e007f]"
)


def dumps(value: object, indent: int | None = None) -> str:
    """The value as JSON, unseen characters by their numbers; what JSON has no form for as its text."""
    written = json.dumps(value, ensure_ascii=False, indent=indent, default=str)
    return _UNSEEN.sub(lambda char: json.dumps(char[0])[1:-1], written)
