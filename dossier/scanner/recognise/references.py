"""The numbered documents that a document cites: ``Căn cứ Quyết định số 12/QĐ-UBND ngày 05/3/2023 …``."""

from __future__ import annotations

import re
from functools import lru_cache

from dossier.checklists.vocabulary import Vocabulary, current
from dossier.model import Reference
from dossier.scanner.recognise.dates import find_date
from dossier.scanner.recognise.number import find_number
from dossier.scanner.recognise.types import of_symbol
from dossier.vietnamese import fold

_MOST = 64
_NUMBERED = re.compile(r"\bso\s?:?\s{0,3}(?=\d)")
_BEFORE = 40  # characters
_SYMBOL = re.compile(
    r"\d{1,6}[a-zđ]?\s?[/\-–][^\s,;.)”\"]{2,40}(?:\s?-\s?[^\s,;.)”\"]{2,20})?", re.IGNORECASE
)
_DAY = 60  # characters between a symbol and its date


@lru_cache(maxsize=2)
def _types(vocabulary: Vocabulary) -> tuple[dict[str, str], re.Pattern[str]]:
    """Slugs by folded names, and what finds a name before “số”, at most a few words away: “Kế hoạch phối
    hợp số 12/KH-…”."""
    kinds = [kind for kind in vocabulary.types if kind.code or kind.followed_by is None]
    slugs = {fold(name): kind.slug for kind in kinds for name in (*kind.also, kind.name)} | {"van ban": ""}
    names = "|".join(sorted(slugs, key=len, reverse=True))
    return slugs, re.compile(rf"(?<![a-z])({names})\s(?:[^\n.;:]{{0,12}}\s)?\Z")


def references(text: str, folded: str, own: str = "") -> tuple[Reference, ...]:
    """The documents cited in a text, each once, in order; ``own`` is the document's own number.

    ``folded`` is :func:`~dossier.vietnamese.fold` of ``text``.
    """
    if len(folded) != len(text):
        text = folded
    found: dict[tuple[str, str], Reference] = {}
    slugs, named = _types(current())
    at = 0
    while len(found) < _MOST and (numbered := _NUMBERED.search(folded, at)):
        at = numbered.end()
        start = max(numbered.start() - _BEFORE, 0)
        cited = named.search(folded[start : numbered.start()])
        if cited is None:
            continue
        symbol = _SYMBOL.match(text, at)
        number = find_number("Số: " + symbol[0].strip()) if symbol else None
        if symbol is None or number is None or number.value == own:
            continue
        kind = slugs[cited[1]] or of_symbol(number.value)
        after = folded[symbol.end() : symbol.end() + _DAY + 30]
        day = find_date(after)
        when = day.value if day and day.start <= _DAY and ";" not in after[: day.start] else None
        known = found.get((kind, number.value))
        if known is None or known.date is None:
            found[kind, number.value] = Reference(kind, number.value, when)
    return tuple(found.values())
