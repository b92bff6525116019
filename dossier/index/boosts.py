"""Boosts: other meanings of a query's plain words (a type, a date, a number); documents that fit rank higher.

Boosts only change the order: they add no document that lacks a word, and remove none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dossier.checklists.vocabulary import current
from dossier.index.fields import MEANT, by_code
from dossier.index.tree import Boost, DateSpan, Term, Words, of_numbers


def boosts_of(tokens: Sequence[str]) -> Iterator[Boost]:
    """Yield boosts for a phrase, parts of a number and symbol, a type, a date, and an item."""
    yield Words(tuple(tokens))
    for at, word in enumerate(tokens):
        if word.isdigit() and len(word) < 6:
            for end in range(at + 2, min(at + 5, len(tokens)) + 1):
                if end - at < len(tokens):
                    yield Words(tuple(tokens[at:end]), field="number")
        if word == "muc" and (number := "".join(tokens[at + 1 : at + 2])).isdigit():
            yield Term("items", number.lstrip("0") or number, MEANT)
    yield from _types(tokens)
    if time := _time(tokens):
        yield DateSpan(time.first, time.last, MEANT)


def may_number(word: str) -> bool:
    """Whether a word may be a document's number rather than a year."""
    return word.isdigit() and not _is_year(word)


def _is_year(word: str) -> bool:
    return len(word) == 4 and word[:2] in ("19", "20") and word.isdigit()


def _types(tokens: Sequence[str]) -> Iterator[Term]:
    names, codes = current().names, by_code()
    longest = max(name.count("-") for name in names) + 1  # syllables of a type's name
    at = 0
    while at < len(tokens):
        for length in range(min(longest, len(tokens) - at), 0, -1):
            name = "-".join(tokens[at : at + length])
            # A single syllable is more likely an ordinary word: “sổ”, “đơn”.
            name = name if length > 1 and name in names else codes.get(name, "")
            if name:
                yield Term("type", name, MEANT)
                at += length - 1
                break
        at += 1


def _time(tokens: Sequence[str]) -> DateSpan | None:
    """The last date among the words: ``ngày 5 tháng 3 năm 2023``, ``tháng 3 năm 2023``, ``2023``."""
    for at, year in reversed([*enumerate(tokens)]):
        if _is_year(year):
            before = [word for word in tokens[:at] if word != "nam"][-4:]
            month = before[-1] if before[-2:-1] == ["thang"] else ""
            day = before[-3] if month and len(before) == 4 and before[0] == "ngay" else ""
            return of_numbers(year, month, day) or of_numbers(year)
    return None
