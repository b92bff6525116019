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
_PLAIN = re.compile(r"[a-z]+ [a-z]+(?![^a-z ])")  # two words without a speck among them
_SPECKS = " .,:;_¬|~*-–—'`‘’°"
_YEAR = re.compile(r"/(?:19|20)\d\d/")


class _Tables:
    """What is asked of the vocabulary here, made once for each."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        kinds = vocabulary.types
        named = [(nfc(name), kind) for kind in kinds for name in (*kind.also, kind.name)]
        self.slugs = {fold(name): kind.slug for name, kind in named if kind.followed_by is None}
        self.longest_first = sorted(self.slugs, key=len, reverse=True)
        self.never = {fold(name): _any(kind.never) for name, kind in named if kind.never}
        self.title = re.compile(rf"(?:du thao |tang )?({_any(self.longest_first)})(?![0-9a-z])")
        # With their marks: “ĐƠN DƯƠNG” is a district, “ĐƠN VỊ” a unit.
        self.short = [
            (*_short(name, kind.followed_by or ()), kind.slug)
            for name, kind in named
            if kind.followed_by is not None
        ]
        self.qualifier = re.compile(rf"(?:{_any(map(fold, vocabulary.qualifiers))})")
        # As typed in a hurry or read by OCR, folded; a code above goes first.
        self.codes = vocabulary.codes
        self.folded_codes = {fold(code): slug for code, slug in reversed(self.codes.items())}
        self.folded_codes["ttri"] = "thong-tri"


def _short(name: str, followed_by: tuple[str, ...]) -> tuple[re.Pattern[str], bool]:
    """What finds a name of one syllable, and whether by its marks: the words after it tell enough."""
    if not followed_by:
        return re.compile(rf"{re.escape(name.lower())}(?= |$)"), True
    return re.compile(rf"{fold(name)}(?= (?:{_any(map(fold, followed_by))})\b|$)"), False


def _any(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, words))


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
    specks = len(text) - len(text.lstrip(_SPECKS))
    found = _title(text[specks:], folded[specks:])
    return (found[0], found[1] + specks) if found else None


def _title(text: str, folded: str) -> tuple[str, int] | None:
    tables = _tables(current())
    if found := _named(tables, text, folded) or _speckled(tables, text, folded):
        return found
    lower = text.lower()
    for short, exact, slug in tables.short:
        if found_short := short.match(lower if exact else folded):
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


def _speckled(tables: _Tables, text: str, folded: str) -> tuple[str, int] | None:
    """A title with specks that OCR took for marks: ``QUYẾT: ĐỊNH``, ``. KẾ HOẠCH``."""
    if _PLAIN.match(folded):
        return None
    kept = [at for at, char in enumerate(folded) if char.isalnum() or char == " "]
    while kept and folded[kept[0]] == " ":
        kept.pop(0)
    found = _named(tables, "".join(text[at] for at in kept), "".join(folded[at] for at in kept))
    return (found[0], kept[found[1] - 1] + 1) if found else None


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
