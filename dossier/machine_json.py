"""JSON for machines: the values of records by name, and text that is safe to print on a terminal."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date
from typing import Any

# Characters that the library does not escape: DEL, C1 controls, direction marks, invisible characters, and
# surrogates from file names.
_UNSEEN = re.compile(
    "[\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff\U000e0000-\U000e007f]"
)


def dumps(value: object, indent: int | None = None) -> str:
    """Serialise a value as JSON with invisible characters escaped; days and moments in ISO form,
    other types as text."""
    written = json.dumps(value, ensure_ascii=False, indent=indent, default=_text)
    return _UNSEEN.sub(lambda char: json.dumps(char[0])[1:-1], written)


def _text(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


def fields(record: object, keys: str) -> dict[str, Any]:
    """The values of a record under ``keys``, separated by spaces: each the name of an attribute, or
    ``key=attribute`` where that has another name. One with ``?`` is null if it is empty."""
    made = {}
    for each in keys.split():
        key, _equals, attribute = each.removesuffix("?").partition("=")
        value = plain(getattr(record, attribute or key))
        made[key] = (value or None) if each.endswith("?") else value
    return made


def plain(value: object) -> object:
    """A value as JSON has it: days and moments in ISO form, tuples as lists."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return dict(value)
    return list(value) if isinstance(value, tuple) else value
