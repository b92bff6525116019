"""Titles that make one model of several, or several of one: what they do to the dossier's own model.

"Hợp nhất mô hình “A” và mô hình “B” thành mô hình “C”" ends A and B and founds C; "sáp nhập mô hình “A” vào
mô hình “B”" ends A and gives B members. The words are data (``[about]``).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from dossier.checklists.schema import About
from dossier.checklists.vocabulary import any_of
from dossier.scanner.classify.about import QUOTED
from dossier.vietnamese import fold, nfc, words

_COUNT = r"(?:(?:cac|hai|ba|bon|nam|sau|mot|\d{1,2}) )*"


@dataclass(frozen=True, slots=True)
class Mergers:
    """The expressions, for folded text. ``result``: the text from which a match's groups ``from``, ``to``
    are what is merged and what it becomes."""

    result: re.Pattern[str]
    parted: re.Pattern[str]
    head: re.Pattern[str]
    ending: str
    beginning: str
    joining: str

    @classmethod
    def of(cls, about: About, called: str) -> Mergers:
        """Compile the words of a checklist."""
        acts, into, becomes, joins = (
            _either(each) for each in (about.merges, about.into, about.becomes, about.merged_with)
        )
        named = rf"{_COUNT}(?:{re.escape(fold(called))} )?"
        made = rf"(?:{re.escape(fold(called))}\b|[“\"«])"
        return cls(
            re.compile(
                rf"(?<!\w)(?:{acts}) (?P<from>{named}.{{3,200}}?) "
                rf"(?:(?P<into>{into}) {_COUNT}|(?:{becomes}) {_COUNT}(?={made}))(?P<to>.+)"
            ),
            re.compile(rf"\s*,\s*|\s(?:{joins})\s"),
            re.compile(rf"{_COUNT}(?:{re.escape(fold(called))})?\s*"),
            about.ending,
            about.beginning,
            about.joining,
        )

    def told(self, title: str, own: Callable[[str], bool], leads: Callable[[str], bool]) -> str:
        """Return a title, as written, with what it does to the dossier's own model: the words of an ending
        added, or the words of a beginning or of new members instead of its own; any other title unchanged.

        ``own``: whether a name is the dossier's; ``leads``: whether folded words are of a body that leads a
        model, which may be merged without its model.
        """
        title = nfc(title)
        found = self.result.search(fold(title))
        if not found:
            return title
        merged = any(own(name) for name in self._names(title, found.span("from"), leads))
        result = any(own(name) for name in self._names(title, found.span("to"), leads))
        if merged == result:
            return title
        if merged:
            return f"{title} {self.ending}"
        does = self.joining if found["into"] else self.beginning
        return f"{title[: found.start()]}{does} {title[found.start('to') :]}"

    def _names(self, title: str, span: tuple[int, int], leads: Callable[[str], bool]) -> Iterator[str]:
        """Yield the names of what is merged: the quoted ones, or the words, without the word for the kind.
        What stands before a quotation tells whether it is the model or only something of it ("tổ 3 của mô
        hình “…”")."""
        given = title[slice(*span)]
        for piece in self.parted.split(_masked(given)):
            plain = fold(piece).strip()
            bare = self.head.match(plain)
            rest = plain[bare.end() :] if bare else plain
            if "\x00" in rest:
                if rest.startswith("\x00"):
                    yield words(_quotation(given, int(rest[1 : rest.index("\x01")])))
            elif rest and not leads(rest):
                yield words(rest)


def _masked(given: str) -> str:
    """Return a text with its quotations replaced by their places, so that a comma inside parts nothing."""
    return QUOTED.sub(lambda found: f"\x00{found.start()}\x01", given)


def _quotation(given: str, at: int) -> str:
    found = QUOTED.match(given, at)
    return next(filter(None, found.groups())) if found else ""


def _either(alternatives: str) -> str:
    return any_of(filter(None, (fold(word.strip()) for word in alternatives.split("|")))) or "(?!)"
