"""Types of documents as heads show them: titles in capitals, letters spaced out, codes in symbols."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from dossier.checklists.vocabulary import LETTER, Vocabulary, current
from dossier.scanner.recognise.lines import is_upper
from dossier.vietnamese import fold, nfc

__all__ = ["LETTER", "is_name", "of_one_syllable", "of_symbol", "plain_title", "qualifier", "title"]

_SPACED = re.compile(r"(?:\w {1,3}){5,}\w")
_YEAR = re.compile(r"/(?:19|20)\d\d/")


class _Tables:
    """What is asked of the vocabulary here, made once for each."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        kinds = vocabulary.types
        named = [(nfc(name), kind) for kind in kinds for name in (*kind.also, kind.name)]
        self.slugs = {fold(name): kind.slug for name, kind in named if kind.followed_by is None}
        self.longest_first = sorted(self.slugs, key=len, reverse=True)
        self.never = {fold(name): _any(kind.never) for name, kind in named if kind.never}
        self.title = re.compile(rf"(?:du thao )?({_any(self.longest_first)})(?![0-9a-z])")
        # With their marks: “ĐƠN DƯƠNG” is a district, “ĐƠN VỊ” a unit.
        self.short = [
            (re.compile(rf"{re.escape(name.lower())}(?={_after(kind.followed_by or ())}$)"), kind.slug)
            for name, kind in named
            if kind.followed_by is not None
        ]
        self.short_slugs = vocabulary.short
        self.qualifier = re.compile(rf"(?:{_any(map(fold, vocabulary.qualifiers))})")
        # As typed in a hurry or read by OCR, folded; a code above goes first.
        self.codes = vocabulary.codes
        self.folded_codes = {fold(code): slug for code, slug in reversed(self.codes.items())}
        self.folded_codes["ttri"] = "thong-tri"


def _any(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, words))


def _after(words: tuple[str, ...]) -> str:
    return rf" (?:{_any(words)})\b|" if words else " |"


@lru_cache(maxsize=2)
def _tables(vocabulary: Vocabulary) -> _Tables:
    return _Tables(vocabulary)


def of_one_syllable() -> frozenset[str]:
    """Slugs of the types of one syllable."""
    return current().short


def title(text: str, folded: str) -> tuple[str, int] | None:
    """``(slug, end of the name)`` when a piece of a head in capitals begins with a type's name."""
    if len(text) > 300 or not is_upper(text):
        return None
    tables = _tables(current())
    if found := _named(tables, text, folded):
        return found
    lower = text.lower()
    for short, slug in tables.short:
        if found_short := short.match(lower):
            return slug, found_short.end()
    # Q U Y Ế T  Đ Ị N H: letters spaced out, words by wider gaps that may have got lost
    if _SPACED.fullmatch(folded):
        joined = folded.replace(" ", "")
        for name in tables.longest_first:
            if joined == name.replace(" ", ""):
                return tables.slugs[name], len(text)
    return None


def plain_title(text: str, folded: str) -> tuple[str, int] | None:
    """The same for a line not in capitals: the name alone, or followed by its subject."""
    return _named(_tables(current()), text, folded)


def _named(tables: _Tables, text: str, folded: str) -> tuple[str, int] | None:
    found = tables.title.match(folded)
    if not found:
        return None
    never = tables.never.get(found[1])
    if never and re.match(rf"\W*(?:{never})\b", text[found.end() :].lower()):
        return None
    return tables.slugs[found[1]], found.end()


def is_name(folded: str) -> bool:
    """Whether a folded line is just a type's name."""
    return folded in _tables(current()).slugs


def qualifier(text: str) -> bool:
    """Whether a text only says more of the type before it: ``LIÊN TỊCH`` after ``THÔNG TƯ``."""
    return bool(_tables(current()).qualifier.fullmatch(fold(text).strip(" .:-–")))


def of_symbol(number_symbol: str) -> str:
    """The type whose code a symbol begins with: ``12/QĐ-UBND``, ``05-QĐ/HU`` → ``quyet-dinh``."""
    tables = _tables(current())
    state = "/" in number_symbol.split("-", 1)[0]
    for piece in re.split(r"[/\-]", number_symbol):
        if not piece or piece[0].isdigit():
            continue
        if state and piece == "TT":
            # With its year it is a circular; without, a slip for TTr.
            return "thong-tu" if _YEAR.search(number_symbol) else "to-trinh"
        return tables.codes.get(piece) or tables.folded_codes.get(fold(piece), "")
    return ""
