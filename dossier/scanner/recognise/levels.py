"""Determine the level of an issuing body: its place in the administration, or its kind (Party, ministry
…)."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache

from dossier.checklists.vocabulary import BodyRank, Vocabulary, any_of, current
from dossier.model import Form, Level
from dossier.vietnamese import fold, is_marked, marked_words
from dossier.vietnamese import words as words_of

_CITY = re.compile(r"(?<!\w)(?:thanh pho|thành phố) \w")
# Without diacritics a one-syllable word is ambiguous (quan: quận, quản, quân): it counts as a place word only
# after the last word of a kind of body. Xã hội and hợp tác xã are not communes in either spelling.
_ENDS_A_KIND = r"(?:dan|an|uy|quoc|nam|doan|dang|ubnd|hdnd|mttq|ca|bcd) "
_NO_PLACE = r"(?! (?:hội|viên|hoi|vien)\b)"
_Found = tuple[tuple[Level, re.Pattern[str]], ...]


class _Tables:
    """Patterns for the levels of bodies in a vocabulary, by kind, place and code; the first match wins."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        own = vocabulary.bodies
        self.kinds = _patterns(
            own.kinds, lambda one: any_of(map(fold, one.words)), r"(?<![a-z])(?:{})(?![a-z])"
        )
        self.marked = _patterns(own.places, _of_marked_place, r"(?<!\w)(?:{})(?!\w)")
        self.places = _patterns(own.places, _of_place, r"(?<![a-z])(?:{})(?![a-z])")
        self.codes = _patterns(
            (*own.places, *own.kinds), lambda one: any_of(one.codes), r"[-/](?:{})(?![A-ZĐ])"
        )


def _of_place(one: BodyRank) -> str:
    """Pattern for folded names: a place word followed by a name, or a place name alone."""
    several = any_of(fold(word) for word in one.words if " " in word)
    single = any_of(fold(word) for word in one.words if " " not in word)
    names = any_of(map(fold, one.names))
    forms = (
        several and rf"(?:{several}) \w+",
        single and rf"(?:^|{_ENDS_A_KIND})(?:{single}){_NO_PLACE} \w+",
        names,
    )
    return "|".join(filter(None, forms))


def _of_marked_place(one: BodyRank) -> str:
    """Pattern for names with diacritics: a place word followed by a name, or a place name alone."""
    words, names = any_of(map(str.lower, one.words)), any_of(map(str.lower, one.names))
    return "|".join(filter(None, (words and rf"(?<!tác )(?:{words}){_NO_PLACE} \w+", names)))


def _patterns(ranks: Sequence[BodyRank], words: Callable[[BodyRank], str], form: str) -> _Found:
    return tuple((Level(one.level), re.compile(form.format(found))) for one in ranks if (found := words(one)))


@lru_cache(maxsize=2)
def _tables(vocabulary: Vocabulary) -> _Tables:
    return _Tables(vocabulary)


def level_of(form: Form, issuing_body: str, superior_body: str, number_symbol: str) -> Level | None:
    """Return the level of the issuing body; ``None`` if neither names nor symbol determine it.

    A body without a place in its own name (a steering committee, a police team) has the level of its
    superior; a city within a province (``thành phố Phan Thiết``) counts as a district.
    """
    if form is Form.PARTY:
        return Level.PARTY
    own, above = fold(issuing_body), fold(superior_body)
    tables = _tables(current())
    placed = place_of(issuing_body)
    for name in (own, above if not placed else ""):
        for level, words in tables.kinds:
            if words.search(name):
                return level
    if placed:
        return placed
    coded = next((level for level, code in tables.codes if code.search(number_symbol)), None)
    # A body without a place in its name has its superior's level: a committee beside, a department within it.
    return coded or (place_of(superior_body) if own else None)


def place_of(name: str) -> Level | None:
    """Return the level of the smallest place in a name."""
    tables, marked = _tables(current()), is_marked(name)
    name = marked_words(name) if marked else words_of(name)
    for level, words in tables.marked if marked else tables.places:
        if level is Level.MINISTRY and _CITY.search(name):
            return Level.DISTRICT
        if words.search(name):
            return level
    return None
