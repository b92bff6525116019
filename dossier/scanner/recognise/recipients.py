"""Whom a document is sent to: the lines under “Nơi nhận”."""

from __future__ import annotations

import re

from dossier.scanner.recognise.lines import lines_of
from dossier.vietnamese import fold

_LABEL = "noi nhan"
_REACH = 2500  # characters below the label
_LINES = 24
_MOST = 16
_DASH = "-–—•+*"
# What a right column put on the same line: a capacity, a title or a name in capitals.
_RIGHT = re.compile(r"\s(?:(?:TM|KT|TL|TUQ|Q)\s?\.|T/M|K/T|T/L)\s?(?=[A-ZĐÀ-Ỹ]).*$")
_CAPITALS = re.compile(r"(?:(?<=[;.])|(?<=\s))\s?(?:[A-ZĐÀ-Ỹ]{2,}\s?){2,}$")


def recipients(text: str) -> tuple[str, ...]:
    """The recipients in order, as printed, without dashes and closing marks; at most 16."""
    folded = fold(text)
    label = folded.rfind(_LABEL) if len(folded) == len(text) else -1
    if label < 0:
        return ()
    found: list[str] = []
    start = label + len(_LABEL)
    for line in lines_of(text[start : start + _REACH], _LINES):
        written = line.pieces[0][0]
        if written[:1] in _DASH:
            said = _without_right_column(written.lstrip(_DASH + " "))
            if said:
                found.append(said)
        elif found and line.text[:1].islower() and not line.upper:
            found[-1] = f"{found[-1]} {_without_right_column(written)}"
        if len(found) == _MOST or line.folded.lstrip(_DASH + " ").startswith("luu"):
            break
    return tuple(found)


def _without_right_column(text: str) -> str:
    return _CAPITALS.sub("", _RIGHT.sub("", text)).strip(" ;.,:")
