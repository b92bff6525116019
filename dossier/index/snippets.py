"""The passage of a text that shows best why it was found, with its matches marked."""

from __future__ import annotations

import re
from collections.abc import Collection
from html import escape

from dossier.vietnamese import fold, nfc

_WORD = re.compile(r"[^\W_]+")
_SPACE = re.compile(r"\s+")
_SEARCHED = 60_000  # characters looked at: a match beyond shows the beginning instead
WIDTH = 200


def snippet(text: str, wanted: Collection[str], prefixes: Collection[str] = ()) -> str:
    """Up to :data:`WIDTH` characters as HTML with ``<mark>`` around the ``wanted`` folded words.

    Accented text is marked for words without accents. The window is the one with most different
    wanted words; without any it is the beginning.
    """
    head = _SPACE.sub(" ", nfc(text[:_SEARCHED])).strip()
    folded = fold(head)
    if len(folded) != len(head):  # a letter that folds to two: offsets would lie
        folded = "".join(fold(char)[:1] or " " for char in head)
    starts = tuple(prefixes)
    found = [
        (match.start(), match.end(), match[0])
        for match in _WORD.finditer(folded)
        if match[0] in wanted or (starts and match[0].startswith(starts))
    ]
    first, last = _window(found, len(head))
    while first > 0 and head[first - 1] != " ":
        first -= 1
    pieces, at = ["…" if first else ""], first
    for start, end, _word in found:
        if start >= first and end <= last:
            pieces += [escape(head[at:start]), "<mark>", escape(head[start:end]), "</mark>"]
            at = end
    pieces += [escape(head[at:last]), "…" if last < len(head) else ""]
    return "".join(pieces).replace("</mark> <mark>", " ")


def _window(found: list[tuple[int, int, str]], length: int) -> tuple[int, int]:
    best, at = (0, 0), 0
    low = 0
    counts: dict[str, int] = {}
    for high, (_start, end, word) in enumerate(found):
        counts[word] = counts.get(word, 0) + 1
        while end - found[low][0] > WIDTH - 40:
            dropped = found[low][2]
            counts[dropped] -= 1
            if not counts[dropped]:
                del counts[dropped]
            low += 1
        score = (len(counts), high - low)
        if score > best:
            best, at = score, found[low][0]
    first = max(0, at - 40)
    return first, min(length, first + WIDTH)
