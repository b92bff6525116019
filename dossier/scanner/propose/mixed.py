"""Folders in which papers of several models lie together: which files belong to which model.

A file belongs to a model if the title of a document in it names that model alone, or else the file's own
name; or if its text names, or cites the founding decision of, that model alone and the classifier is sure of
its part. All other files (of no model, or of several, such as the yearly ranking of all) belong to none.
"""

from __future__ import annotations

import posixpath
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from dossier.model import Adoption, Hint, Proposal, Reason
from dossier.scanner.propose.names import ROOT, alike_names, below, in_order
from dossier.vietnamese import nfc, squash, words

if TYPE_CHECKING:
    from dossier.scanner.propose.candidate import LoosePaper

_MOST_TEXTS = 2000  # most documents whose text is searched
_LONG = 6  # syllables of a long name
_LONGEST = 80  # characters of a name used as a path
_UNSAFE = str.maketrans(dict.fromkeys('/\\:*?"<>|“”‘’', " "))


@dataclass(slots=True)
class MixedModel:
    """A model that a folder holds papers of. ``names``: its names in the papers, folded, but for short ones
    (“an ninh”) and those that are in the names of others; ``founding``: its
    founding paper, if there; ``dossier``: its path, if there is a dossier of the model."""

    kind: str
    name: str
    names: set[str] = field(default_factory=set)
    founding: LoosePaper | None = None
    files: list[str] = field(default_factory=list)
    dossier: str = ""

    @classmethod
    def known(cls, dossier: Adoption) -> MixedModel:
        """The model of a dossier. A short name ("an ninh") is in too many papers."""
        name = words(dossier.name)
        return cls(dossier.kind, dossier.name, {name} if name.count(" ") > 1 else set(), dossier=dossier.path)

    def is_of(self, other: Proposal | Adoption | MixedModel) -> bool:
        """Whether the other may be of the same model."""
        called = words(other.name)
        return other.kind == self.kind and any(alike_names(called, name) for name in self.names)

    def goes_into(self, dossier: Adoption | MixedModel) -> bool:
        """Whether it is the model of a dossier that there is: of the same name, or of a similar one without
        a founding paper that makes it another."""
        same = words(self.name) == words(dossier.name) and self.kind == dossier.kind
        return same or (self.founding is None and self.is_of(dossier))

    @property
    def numbers(self) -> set[str]:
        """The folded number of the founding decision, if it has one."""
        number = words(self.founding.number) if self.founding else ""
        return {number} if number[:1].isdigit() and " " in number else set()


def sort_out(
    subjects: Sequence[MixedModel],
    papers: Iterable[LoosePaper],
    files: Iterable[str],
    place: Callable[[LoosePaper, str, str], str],
    text: Callable[[LoosePaper], str],
) -> None:
    """Fill ``files`` of the subjects. ``files``: all files that may belong to one, with their ``papers``;
    ``place`` classifies a document, ``text`` returns its folded text."""
    of_file: dict[str, list[LoosePaper]] = defaultdict(list)
    for paper in papers:
        of_file[paper.path].append(paper)
    left = _MOST_TEXTS
    for file in files:
        own = of_file.get(file, [])
        found = _named(subjects, [words(paper.abstract) for paper in own])
        if not found:
            found = _named(subjects, [words(file.rpartition("/")[2].rpartition(".")[0])])
        if not found and 0 < len(own) <= left:
            left -= len(own)
            spoken_of = _named(subjects, map(text, own), cited=True)
            found = [s for s in spoken_of if any(place(paper, s.kind, s.name) for paper in own)]
            if len(spoken_of) > 1:
                found = []
        if len(found) == 1:
            found[0].files.append(file)


def _named(subjects: Sequence[MixedModel], texts: Iterable[str], *, cited: bool = False) -> list[MixedModel]:
    """Return the subjects named in the folded texts. A name inside the longer name of another subject does
    not count there."""
    rest = " | ".join(f" {text} " for text in texts)
    by_name = sorted(
        ((name, subject) for subject in subjects for name in subject.names),
        key=lambda each: len(each[0]), reverse=True,
    )  # fmt: skip
    found: dict[int, MixedModel] = {}
    for name, subject in by_name:
        if f" {name} " in rest:
            rest = rest.replace(f" {name} ", " | ")
            found[id(subject)] = subject
    if cited:
        found |= {id(s): s for s in subjects if any(f" {number} " in rest for number in s.numbers)}
    return list(found.values())


def joined(proposal: Proposal, folder: str, files: Sequence[str]) -> Proposal:
    """Return the proposal of a folder with files of its model from another folder."""
    return replace(
        proposal,
        files=proposal.files + len(files),
        chosen=(*proposal.chosen, *files),
        reasons=(*proposal.reasons, Reason(Hint.JOINED, folder, len(files))),
    )


def gathered(
    path: str, folder: str, subject: MixedModel, naming: Sequence[LoosePaper], others: int
) -> Proposal:
    """Return the proposal of a dossier that consists of some files of a folder."""
    named = [paper.id for paper in naming if paper.path in subject.files]
    founding = subject.founding
    reasons = [Reason(Hint.FOUNDING, founding.number, 1, (founding.id,))] if founding else []
    reasons.append(Reason(Hint.NAMED, subject.name, len(named), tuple(named[:3])))
    reasons.append(Reason(Hint.AMONG, folder, others))
    files = tuple(subject.files)
    return Proposal(path, subject.kind, subject.name, len(files), tuple(reasons), files)


def later(subject: MixedModel) -> Proposal:
    """Return the proposal to add the model's files to its dossier."""
    reason = Reason(Hint.LATER, common_folder(subject.files), len(subject.files))
    files = tuple(subject.files)
    return Proposal(subject.dossier, subject.kind, subject.name, len(files), (reason,), files)


def common_folder(files: Sequence[str]) -> str:
    """Return the innermost folder with all the files in it."""
    return posixpath.commonpath([posixpath.dirname(file) for file in files]) or ROOT


def path_for(folder: str, name: str, taken: Collection[str]) -> str:
    """Return a path beside the files in ``folder`` for a dossier of that name; unlike those ``taken``."""
    safe = squash(nfc(name).translate(_UNSAFE))[:_LONGEST].strip(" .") or "1"
    above = "" if folder == ROOT else f"{folder}/"
    path, count = f"{above}{safe}", 2
    while path in taken:
        path, count = f"{above}{safe} ({count})", count + 1
    return path


def within(folder: str, files: Iterable[str], others: Collection[str]) -> list[str]:
    """Return the files below ``folder`` that are in none of the folders ``others``."""
    return [
        file
        for file in files
        if below(folder, file) and not any(below(other, file) for other in others if below(folder, other))
    ]


def _same(one: str, other: str) -> bool:
    """Whether two folded names are probably of one model: one contains the other, or a long one lacks words
    of the other (“Tổ tự quản [an ninh trật tự] khu nuôi trồng thủy sản Bãi Sậy”)."""
    if alike_names(one, other):
        return True
    short, long = sorted((one.split(), other.split()), key=len)
    return len(short) >= _LONG and in_order(" ".join(short), " ".join(long))


def merged(names: Mapping[str, int], distinct: Callable[[str, str], bool]) -> list[list[str]]:
    """Group folded names (with the number of documents) that are probably of the same model: one contains
    the other, and they are not known to be ``distinct``. The commonest comes first."""
    groups: list[list[str]] = []
    for name in sorted(names, key=lambda each: (-names[each], each)):
        for group in groups:
            if _same(name, group[0]) and not distinct(name, group[0]):
                group.append(name)
                break
        else:
            groups.append([name])
    return groups
