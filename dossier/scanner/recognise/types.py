"""Recognise the document type from the title (also with spaced letters) or the code in the symbol."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from dossier.checklists.vocabulary import LETTER, Vocabulary, current
from dossier.scanner.recognise.lines import is_upper
from dossier.vietnamese import fold, marked_words, nfc

__all__ = ["LETTER", "forms", "is_name", "of_one_syllable", "of_symbol", "plain_title", "qualifier", "title"]

_SPACED = re.compile(r"(?:\w {1,3}){5,}\w")
_PLAIN = re.compile(r"[a-z]+ [a-z]+(?![^a-z ])")  # two words without a speck among them
_SPECKS = " .,:;_¬|~*-–—'`‘’°"
_COUNTED = re.compile(r"(?:so |lan (?:thu )?)?(?:\d{1,3}|[ivx]{1,5})[a-d]?")
_YEAR = re.compile(r"/(?:19|20)\d\d/")


class _Tables:
    """Patterns and look-up tables compiled from a vocabulary."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        kinds = vocabulary.types
        named = [(nfc(name), kind) for kind in kinds for name in (*kind.also, kind.name)]
        self.slugs = {fold(name): kind.slug for name, kind in named if kind.followed_by is None}
        self.longest_first = sorted(self.slugs, key=len, reverse=True)
        self.never = {fold(name): _alternatives(kind.never) for name, kind in named if kind.never}
        self.title = re.compile(rf"(?:du thao |tang )?({_alternatives(self.longest_first)})(?![0-9a-z])")
        # Names of one syllable need the next word or diacritics: “ĐƠN DƯƠNG” is a district, “ĐƠN VỊ” a unit.
        self.short = [
            (*_short(name, kind.followed_by or ()), kind.slug)
            for name, kind in named
            if kind.followed_by is not None
        ]
        # With diacritics: PHƯỜNG AN KHÁNH is a place, PHƯƠNG ÁN a type.
        places = (word.lower() for rank in vocabulary.bodies.places for word in rank.words)
        self.place = re.compile(rf"(?:{_alternatives(places)})(?!\w)")
        self.qualifier = re.compile(rf"(?:{_alternatives(map(fold, vocabulary.qualifiers))})")
        # Codes typed without diacritics or misread by OCR; exact codes take precedence.
        self.codes = vocabulary.codes
        self.folded_codes = {fold(code): slug for code, slug in reversed(self.codes.items())}
        self.folded_codes["ttri"] = "thong-tri"


def _short(name: str, followed_by: tuple[str, ...]) -> tuple[re.Pattern[str], bool]:
    """Return the pattern of a type name of one syllable, and whether it is matched with diacritics.

    With the words that must follow it, the folded name is sufficient.
    """
    if not followed_by:
        return re.compile(rf"{re.escape(name.lower())}(?= |$)"), True
    return re.compile(rf"{fold(name)}(?= (?:{_alternatives(map(fold, followed_by))})\b|$)"), False


def _alternatives(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, words))


@lru_cache(maxsize=2)
def _tables(vocabulary: Vocabulary) -> _Tables:
    return _Tables(vocabulary)


def of_one_syllable() -> frozenset[str]:
    """Return the slugs of the types whose name has one syllable."""
    return current().short


def forms() -> frozenset[str]:
    """Return the slugs of the types that are forms, which rarely have an abstract."""
    return frozenset(kind.slug for kind in current().types if kind.form)


def title(text: str, folded: str) -> tuple[str, int] | None:
    """Return ``(slug, end offset of the name)`` if a piece of a head in capitals begins with a type's
    name."""
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
    # Q U Y Ế T  Đ Ị N H: spaced letters; the wider gaps between words may be lost
    if _SPACED.fullmatch(folded):
        joined = folded.replace(" ", "")
        for name in tables.longest_first:
            if joined == name.replace(" ", ""):
                return tables.slugs[name], len(text)
    return None


def plain_title(text: str, folded: str) -> tuple[str, int] | None:
    """Return ``(slug, end offset of the name)`` if a line in any case begins with a type's name."""
    return _named(_tables(current()), text, folded)


def _named(tables: _Tables, text: str, folded: str) -> tuple[str, int] | None:
    found = tables.title.match(folded)
    if not found or tables.place.match(marked_words(text)):
        return None
    never = tables.never.get(found[1])
    if never and re.match(rf"\W*(?:{never})\b", text[found.end() :].lower()):
        return None
    return tables.slugs[found[1]], found.end()


def _speckled(tables: _Tables, text: str, folded: str) -> tuple[str, int] | None:
    """Find a title with specks that OCR read as punctuation: ``QUYẾT: ĐỊNH``, ``. KẾ HOẠCH``."""
    if _PLAIN.match(folded):
        return None
    kept = [at for at, char in enumerate(folded) if char.isalnum() or char == " "]
    while kept and folded[kept[0]] == " ":
        kept.pop(0)
    found = _named(tables, "".join(text[at] for at in kept), "".join(folded[at] for at in kept))
    return (found[0], kept[found[1] - 1] + 1) if found else None


def is_name(folded: str) -> bool:
    """Whether a folded line is exactly a type's name."""
    return folded in _tables(current()).slugs


def qualifier(text: str) -> bool:
    """Whether a text only qualifies the type before it: ``LIÊN TỊCH`` after ``THÔNG TƯ``, ``SỐ 01`` or ``II``
    after ``PHỤ LỤC``."""
    said = fold(text).strip(" .:-–")
    return bool(_tables(current()).qualifier.fullmatch(said) or _COUNTED.fullmatch(said))


def of_symbol(number_symbol: str) -> str:
    """Return the type whose code begins a symbol: ``12/QĐ-UBND``, ``05-QĐ/HU`` → ``quyet-dinh``; or
    ``""``."""
    tables = _tables(current())
    state = "/" in number_symbol.split("-", 1)[0]
    for piece in re.split(r"[/\-]", number_symbol):
        if not piece or piece[0].isdigit():
            continue
        if state and piece == "TT":
            # With a year it is a circular; otherwise a typing error for TTr.
            return "thong-tu" if _YEAR.search(number_symbol) else "to-trinh"
        return tables.codes.get(piece) or tables.folded_codes.get(fold(piece), "")
    return ""
