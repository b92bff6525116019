"""The level of an issuing body: where in the system it stands, or of which kind it is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

from dossier.checklists.vocabulary import BodyRank, Vocabulary, current
from dossier.model import Form, Level
from dossier.vietnamese import fold, is_marked, marked_words
from dossier.vietnamese import words as words_of

_CITY = re.compile(r"(?<!\w)(?:thanh pho|thành phố) \w")
# Without diacritics a word of one syllable is many (quan: quận, quản, quân): only behind the end of a kind of
# body is it a place's. Xã hội and hợp tác xã are no communes in either spelling.
_ENDS_A_KIND = r"(?:dan|an|uy|quoc|nam|doan|dang|ubnd|hdnd|mttq|ca|bcd) "
_NO_PLACE = r"(?! (?:hội|viên|hoi|vien)\b)"
_Found = tuple[tuple[Level, re.Pattern[str]], ...]


class _Tables:
    """Expressions for the standings of a vocabulary; in each of them the first match wins."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        own = vocabulary.bodies
        self.kinds = _each(own.kinds, lambda one: _any(map(fold, one.words)), r"(?<![a-z])(?:{})(?![a-z])")
        self.marked = _each(own.places, _of_marked_place, r"(?<!\w)(?:{})(?!\w)")
        self.places = _each(own.places, _of_place, r"(?<![a-z])(?:{})(?![a-z])")
        self.codes = _each((*own.places, *own.kinds), lambda one: _any(one.codes), r"[-/](?:{})(?![A-ZĐ])")


def _of_place(one: BodyRank) -> str:
    """A word for places counts with a name after it; a name by itself."""
    several = _any(fold(word) for word in one.words if " " in word)
    single = _any(fold(word) for word in one.words if " " not in word)
    names = _any(map(fold, one.names))
    forms = (
        several and rf"(?:{several}) \w+",
        single and rf"(?:^|{_ENDS_A_KIND})(?:{single}){_NO_PLACE} \w+",
        names,
    )
    return "|".join(filter(None, forms))


def _of_marked_place(one: BodyRank) -> str:
    """The same for a name with its diacritics."""
    words, names = _any(map(str.lower, one.words)), _any(map(str.lower, one.names))
    return "|".join(filter(None, (words and rf"(?<!tác )(?:{words}){_NO_PLACE} \w+", names)))


def _each(standings: Sequence[BodyRank], words: Callable[[BodyRank], str], form: str) -> _Found:
    return tuple(
        (Level(one.level), re.compile(form.format(found))) for one in standings if (found := words(one))
    )


def _any(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, words))


@lru_cache(maxsize=2)
def _tables(vocabulary: Vocabulary) -> _Tables:
    return _Tables(vocabulary)


def level_of(form: Form, issuing_body: str, superior_body: str, number_symbol: str) -> Level | None:
    """The level of the body; ``None`` where neither its names nor its symbol tell.

    A body without a place in its own name (a steering committee, a police team) stands where its
    superior stands; a town of the old kind (``thành phố Phan Thiết``) counts as a district.
    """
    if form is Form.PARTY:
        return Level.PARTY
    own, above = fold(issuing_body), fold(superior_body)
    tables = _tables(current())
    placed = _placed(issuing_body)
    for name in (own, above if not placed else ""):
        for level, words in tables.kinds:
            if words.search(name):
                return level
    if placed:
        return placed
    coded = next((level for level, code in tables.codes if code.search(number_symbol)), None)
    # A body of no place of its own: a committee stands beside its superior, a department within it.
    return coded or (_placed(superior_body) if own else None)


def _placed(name: str) -> Level | None:
    """The level of the smallest place in a name."""
    tables, marked = _tables(current()), is_marked(name)
    name = marked_words(name) if marked else words_of(name)
    for level, words in tables.marked if marked else tables.places:
        if level is Level.MINISTRY and _CITY.search(name):
            return Level.DISTRICT
        if words.search(name):
            return level
    return None
