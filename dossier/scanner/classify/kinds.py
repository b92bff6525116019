"""Other words for a dossier's kind: "Tổ tự quản …", "Cổng trường an toàn" are models, too.

A model's name is often all that its papers say of it. Where such a name stands without the word for its
kind it is read as that word, and the body that leads it as the committee, so that the phrases of the
checklist are written once. Nouns, marks and leaders are data (``[about]``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from dossier.checklists.schema import About
from dossier.checklists.vocabulary import Vocabulary, current, name_of
from dossier.vietnamese import fold, is_marked, marked_words

_GAP = 6  # words between the noun and what marks the name


@dataclass(frozen=True, slots=True)
class _Spelling:
    """The expressions for text with diacritics, or for text without."""

    called: str
    name: re.Pattern[str]
    leader: re.Pattern[str]
    committee: str

    @classmethod
    def of(cls, about: About, called: str, *, folded: bool) -> _Spelling:
        def either(words: str) -> str:
            plain = [marked_words(word) for word in words.split("|")]
            return _either([fold(word) if folded else word for word in plain if word])

        said = fold(called) if folded else called
        # The name begins with the last noun before its mark: "tổ chức lễ ra mắt Cụm liên kết".
        gap = rf"(?: (?!(?:{either(about.breaks)}|{either(about.nouns)}) )\S+){{0,{_GAP}}}?"
        never = rf"(?!(?:{either(about.never)}) )"
        mark = rf"(?:{either(about.marks)})(?! (?:{either(about.other_marks)}) )"
        tail = rf"(?:(?: (?:{either(about.tails)})))*"
        # What expressions begin with is found quickly only where it is a letter: the space before.
        name = re.compile(rf" {never}(?:{either(about.nouns)}){gap} {mark}{tail}(?= )")
        leader = re.compile(rf" (?:{either(about.leaders)})(?: {re.escape(said)})?(?= )")
        committee = fold(about.committee) if folded else about.committee
        return cls(said, name, leader, committee)

    def spelt(self, field: str) -> str:
        """The field with the kind's own words."""
        field = self.name.sub(f" {self.called}", field)
        doubled = f" {self.called} {self.called} "
        while doubled in field:
            field = field.replace(doubled, f" {self.called} ")
        return self.leader.sub(lambda found: self._led(found[0]), field)

    def _led(self, found: str) -> str:
        return (
            f" {self.committee} {self.called}" if found.endswith(f" {self.called}") else f" {self.committee}"
        )


def _either(words: Sequence[str]) -> str:
    """An expression for any of the words, longer ones first; those of one initial are tried together."""
    by_initial: dict[str, list[str]] = {}
    for word in sorted(words, key=len, reverse=True):
        by_initial.setdefault(word[0], []).append(re.escape(word[1:]))
    groups = (f"{re.escape(initial)}(?:{'|'.join(rests)})" for initial, rests in by_initial.items())
    return "|".join(groups) or "(?!)"


class Kinds:
    """What a checklist says of other words for its kind; ready for matching."""

    def __init__(self, about: About, called: str) -> None:
        self.called = called
        self._marked = _Spelling.of(about, called, folded=False)
        self._folded = _Spelling.of(about, called, folded=True)

    def spelt(self, field: str) -> str:
        """A field (words between single spaces) with the kind's own words for its other names."""
        return (self._marked if is_marked(field) else self._folded).spelt(field)

    def names(self, fields: Sequence[str]) -> Iterator[str]:
        """Names of such kinds in fields of words, folded."""
        for field in fields:
            yield from (found[0].lstrip() for found in self._folded.name.finditer(fold(field)))


@lru_cache(maxsize=4)  # made of long expressions, and asked for by each dossier anew
def kinds_of(about: About, called: str) -> Kinds:
    """The same, ready already where it was asked for before."""
    return Kinds(about, called)


_SLIPS = {"tt": "to-trinh", "ds": "danh-sach"}  # common in names of files


@lru_cache(maxsize=2)
def _by_code(vocabulary: Vocabulary) -> dict[str, str]:
    return {fold(code): slug for code, slug in reversed(vocabulary.codes.items())} | _SLIPS


@lru_cache(maxsize=2)
def _by_name(vocabulary: Vocabulary) -> dict[str, str]:
    return {slug.replace("-", " "): slug for slug in vocabulary.names if "-" in slug}


def type_in_words(slug: str) -> str:
    """The type's name as written in a sentence: ``quyết định``; an unknown slug as it is."""
    return name_of(slug).lower()


def code_type(word: str) -> str:
    """The slug of a folded type code (``qd``), or an empty string."""
    return _by_code(current()).get(word, "")


def named_type(text: str) -> str:
    """The type whose name stands first in folded words, or an empty string."""
    found = [
        (at, slug) for name, slug in _by_name(current()).items() if (at := f" {text} ".find(f" {name} ")) >= 0
    ]
    return min(found)[1] if found else ""
