"""The level of an issuing body: where in the system it stands, or of which kind it is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

from dossier.checklists.vocabulary import Standing, Vocabulary, current
from dossier.model import Form, Level
from dossier.vietnamese import fold

_CITY = re.compile(r"(?<![a-z])thanh pho \w")
_Found = tuple[tuple[Level, re.Pattern[str]], ...]


class _Tables:
    """Expressions for the standings of a vocabulary; in each of them the first match wins."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        own = vocabulary.bodies
        self.kinds = _each(own.kinds, lambda one: _any(map(fold, one.words)), r"(?<![a-z])(?:{})(?![a-z])")
        self.places = _each(own.places, _of_place, r"(?<![a-z])(?:{})(?![a-z])")
        self.codes = _each((*own.places, *own.kinds), lambda one: _any(one.codes), r"[-/](?:{})(?![A-ZĐ])")


def _of_place(one: Standing) -> str:
    """A word for places counts with a name after it; a name by itself."""
    words, names = _any(map(fold, one.words)), _any(map(fold, one.names))
    return "|".join(filter(None, (words and rf"(?:{words}) \w+", names)))


def _each(standings: Sequence[Standing], words: Callable[[Standing], str], form: str) -> _Found:
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
    for name in (own, above if not _placed(own) else ""):
        for level, words in tables.kinds:
            if words.search(name):
                return level
    if found := _placed(own):
        return found
    coded = next((level for level, code in tables.codes if code.search(number_symbol)), None)
    return coded or (_below(own, above) if own else None)


def _placed(name: str) -> Level | None:
    """The level of the smallest place in a name."""
    for level, words in _tables(current()).places:
        if level is Level.MINISTRY and _CITY.search(name):
            return Level.DISTRICT
        if words.search(name):
            return level
    return None


def _below(own: str, above: str) -> Level | None:
    """A body of no place of its own: a committee stands beside its superior, a department within it."""
    return _placed(above)
