"""The person or body that an abstract names as an exemplar: "đối với ông Sùng A Dơ", "tập thể lớp 9/3"."""

from __future__ import annotations

import itertools
import re

from dossier.checklists.vocabulary import FolderWords, any_of
from dossier.vietnamese import fold, is_marked, squash, words

_PERSON = range(2, 6)  # words of a person's name
_BODY = 16  # most words of a body's name
# Where the name of a body ends; unlike a model's, it may hold that of a place: "Công an phường Lê Lợi".
_END = re.compile(
    r"[.;,:()“”\"]|\s-\s|\s(?:tại|trên|thuộc|ở|do|năm|giai đoạn|và|theo|với|trong|để|là|được|đã|có|tháng|quý"
    r"|đạt|đối với)(?=\s|$)"
)


class Exemplars:
    """Finds the names of exemplars by the words of the folder vocabulary."""

    def __init__(self, vocabulary: FolderWords) -> None:
        self._persons = _whole(vocabulary.persons)
        self._addresses = frozenset(vocabulary.persons)
        self._bodies = _whole(vocabulary.bodies)
        self._whom = _whole((*vocabulary.whom, *vocabulary.bodies))
        self._chosen = _whole(vocabulary.chosen)
        self._several = _whole(vocabulary.several)

    def named(self, abstract: str) -> str:
        """Return the person or body, with its form of address; an empty string if none or several are named,
        or if the abstract is in capitals, in which names do not stand out."""
        folded = fold(abstract)
        if len(folded) != len(abstract) or abstract == abstract.upper():
            return ""
        for found in self._persons.finditer(folded):
            said = abstract[found.start() : found.end()]
            if self._is_address(said, abstract) and (name := _person(abstract[found.end() :])):
                return f"{said.strip()} {name}"
        for pattern in (self._whom, self._chosen):
            for found in pattern.finditer(folded):
                # "tập thể" belongs to the name, "đối với" does not.
                start = found.start() if self._bodies.match(folded, found.start()) else found.end()
                start += len(abstract[start:]) - len(abstract[start:].lstrip())
                end = _END.search(abstract, start)
                name = squash(abstract[start : end.start() if end else len(abstract)])
                if self._is_proper(name):
                    return name
        return ""

    def key(self, name: str) -> str:
        """Return the folded name without a form of address."""
        folded = words(name)
        for pattern in (self._persons, self._bodies):
            found = pattern.match(folded)
            if not found or found.end() == len(folded):
                continue
            if pattern is self._bodies or self._is_address(name[: found.end()], name):
                return folded[found.end() :].strip()
        return folded

    def _is_address(self, word: str, text: str) -> bool:
        """Whether a word is a form of address, not only without its diacritics: "Chi hội" is no "chị"."""
        return word.lower() in self._addresses or not is_marked(text)

    def _is_proper(self, name: str) -> bool:
        """Whether it is one's own name: with a capital or a number, and not of several ("Công an các xã")."""
        folded = fold(name)
        bare = self._bodies.sub("", folded).strip()
        proper = name[1:] != name[1:].lower() or any(char.isdigit() for char in name)
        one = not self._several.search(folded) and not bare[:1].isdigit()
        return proper and one and bool(bare) and name.count(" ") < _BODY


def _person(rest: str) -> str:
    """Return the name at the beginning of a text: words with capitals, up to a comma."""
    given: list[str] = []
    for word in itertools.takewhile(lambda each: each[:1].isupper(), rest.split()):
        given.append(word.rstrip(',.;:)”"'))
        if given[-1] != word:
            break
    return " ".join(given) if len(given) in _PERSON else ""


def _whole(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """Return a pattern for any of the phrases, as whole words of a folded text."""
    return re.compile(rf"(?<!\w)(?:{any_of(map(fold, phrases))})(?!\w)")
