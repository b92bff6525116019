"""What a dossier is about by the name of its folder: a model's name, a person; and its name in texts."""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from dossier.checklists.vocabulary import Vocabulary, any_of, current
from dossier.scanner.classify.about import FEWEST, PERSON, Names
from dossier.scanner.classify.kinds import Kinds
from dossier.scanner.classify.names import name_words
from dossier.scanner.propose.names import FolderNames
from dossier.vietnamese import fold, is_marked, nfc, words

_PERSONS = range(3, 6)  # words of a person's whole name
_APART = re.compile(r"\s+[-–—_|]\s*|[,;()\[\]“”\"]|_")
_LEADING = re.compile(r"^(?:\d+ |nam \d{4} |stt |tap the (?=\S+ \S+ ))+")
_ALL_OF = (" các", " cac")
_YEAR = re.compile(r" (?:(?:tu |nam |tu nam )?(?:19|20)\d\d ?)+$")
# Beginning of a part of the folder's name that gives the dossier's owner, not its subject.
_WHOSE = re.compile(
    r"(?:xa|phuong|thi tran|thi xa|thanh pho|huyen|quan|tinh|thon|ap|khu pho|to dan pho|to \d|cong an|uy ban"
    r"|ubnd|cap|cax|dac khu|nam|(?:doi|nhom|cum|khoi|chi hoi|chi doan) \d)\b"
)


def of_a_unit(name: str) -> bool:
    """Whether a folded name begins with a unit of administration: "tổ dân phố 3 bình yên"."""
    return _WHOSE.match(name) is not None


@dataclass(frozen=True, slots=True)
class Subject:
    """The subject of a dossier. ``name``: folded words of the dossier's name; ``called``: the word for its
    kind, with diacritics."""

    name: str
    called: str

    def spelt(self, field: str) -> str:
        """Return a field (words between single spaces) with the name replaced by ``called``."""
        folded = fold(field)
        name, called = f" {self.name} ", f" {fold(self.called)}"
        at = folded.find(name)
        if at < 0 or len(folded) != len(field):
            return field
        word = f" {self.called}" if is_marked(field) else called.rstrip()
        kept, last = [], 0
        while at >= 0:
            preceded = folded.endswith(called, 0, at)  # "mô hình" is not repeated
            before = field[last:at]
            if before.endswith(_ALL_OF):  # "các dãy hàng tự quản" are one model
                before = before.rpartition(" ")[0]
            kept += [before, "" if preceded else word]
            last = at + len(name) - 1
            at = folded.find(name, last)
        return "".join([*kept, field[last:]])


@lru_cache(maxsize=2)
def _folder_names(_vocabulary: Vocabulary) -> FolderNames:
    return FolderNames({})


@lru_cache(maxsize=64)  # the files of a dossier are classified one after the other
def _divides(folder: str) -> bool:
    return _folder_names(current()).divides(folder)


@lru_cache(maxsize=1024)  # asked for a document's title and for its pieces
def is_period(title: str) -> bool:
    """Whether a title gives a period and nothing else, so that only its issuer tells what it is about."""
    return _folder_names(current()).is_period(title)


@lru_cache(maxsize=64)
def _name(
    folder: str, called: str, abbreviations: tuple[tuple[str, str], ...], kinds: Kinds | None = None
) -> str:
    """Return the longest part of the folder's name that may be the subject's name (a person's name is
    preferred), or an empty string."""
    kind = f"{fold(called)} "
    found = ""
    for part in _APART.split(folder):
        folded = _LEADING.sub("", fold(name_words(part, dict(abbreviations)))).removeprefix(kind)
        folded = _YEAR.sub("", _LEADING.sub("", folded))
        if folded.count(" ") + 1 >= FEWEST and (not _WHOSE.match(folded) or _of_a_kind(folded, kinds)):
            found = max(found, folded, key=lambda name: (bool(PERSON.match(name)), len(name)))
    return found


def _of_a_kind(folded: str, kinds: Kinds | None) -> bool:
    """Whether a part that begins like an owner contains a name of the kind: "thôn Nam Sơn bình yên"."""
    return kinds is not None and any(kinds.names([f" {folded} "]))


def subject(
    dossier: str, called: str, abbreviations: Mapping[str, str], kinds: Kinds | None = None
) -> Subject | None:
    """Return the subject of the dossier at the path; ``None`` if its name is too short, or only divides what
    lies in the folder above ("Hồ sơ chính")."""
    folder = dossier.rpartition("/")[2]
    tells = called and folder != "." and not _divides(folder)
    name = _name(folder, called, tuple(abbreviations.items()), kinds) if tells else ""
    return Subject(name, called) if name else None


def names_of(
    dossier: str,
    agreed: Names,
    called: str,
    abbreviations: Mapping[str, str],
    kinds: Kinds | None,
    of_people: bool,
) -> Names:
    """Return the names of the dossier at the path: from its folder, and those on which its documents have
    ``agreed``; ``of_people``: such dossiers may be about a person.

    A name that only one document gives does not count beside a folder's name of the kind: the document may be
    another model's.
    """
    named = subject(dossier, called, abbreviations, kinds)
    parts = dossier.split("/")
    last = next(itertools.dropwhile(_divides, reversed(parts)), "")  # "…/Lái xe Ninh Văn Quyết/2011-2013"
    person = person_called(last) if of_people else ""
    people = (person,) if person else agreed.people
    of_folder = (*((named.name,) if named else ()), *((person,) if person else ()))
    of_kind = kinds is not None and any(kinds.names([f" {name} " for name in of_folder]))
    if of_kind and not agreed.sure and not any(map(Names(of_folder).among, agreed.own)):
        return Names(of_folder, people=people)
    own = tuple(dict.fromkeys((*of_folder, *agreed.own)))
    body = of_people and named is not None and not people and _begins_a_body(current()).match(named.name)
    return Names(own, agreed.sure, people=people, of_a_body=bool(body))


@lru_cache(maxsize=2)
def _begins_a_body(vocabulary: Vocabulary) -> re.Pattern[str]:
    """Return a pattern for the beginning of a body's name in folded words."""
    return re.compile(rf"(?:{any_of(filter(None, map(words, vocabulary.bodies.begin)))})(?= )")


@lru_cache(maxsize=64)
def person_called(folder: str) -> str:
    """Return the name of the person, folded, with which a folder's name as written ends: "Lái xe Ninh Văn
    Quyết"; an empty string if it names none, or not in the capitals of a name."""
    families = family_names(current())
    for part in _APART.split(nfc(folder)):
        given = part.split()
        name = list(itertools.takewhile(str.istitle, reversed(given)))[::-1]
        starts = [at for at, word in enumerate(name) if fold(word) in families and len(name) - at in _PERSONS]
        if starts and len(name) < len(given):
            return fold(" ".join(name[starts[0] :]))
    return ""


@lru_cache(maxsize=2)
def family_names(vocabulary: Vocabulary) -> frozenset[str]:
    """Return the family names of a vocabulary, folded."""
    people = vocabulary.people
    return frozenset(map(fold, (*people.families, *people.rare, *people.unmarked)))
