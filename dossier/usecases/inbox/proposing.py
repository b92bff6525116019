"""Propose a dossier for a new file, with confidence and reasons, and places for the documents in it.

Each sign for a dossier adds to its score (log odds); a softmax over all dossiers and "none of these" turns
scores into confidences. Nothing is moved automatically: a person decides.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dossier.archive import Archive
from dossier.catalogue import Catalogue
from dossier.i18n import _
from dossier.model import Document, DossierFolder, FileEntry, Placement
from dossier.scanner.classify.about import Names, quoted_names
from dossier.scanner.pipeline import Processor, Task
from dossier.scanner.propose.names import FolderNames
from dossier.usecases.decide import written
from dossier.usecases.inbox.waiting import Waits
from dossier.vietnamese import words

CERTAIN = 0.95
_PLACED = 0.8  # confidence from which a place needs no closer check
_NONE = 2.0  # score of belonging to none of these dossiers
_FOLDER, _CITES, _QUOTED, _TITLE, _FILE, _TEXT = 4.0, 4.0, 5.0, 4.0, 3.0, 2.0
_UNIT, _OTHER_UNIT = 2.0, -2.5
_FEWEST = 3  # minimal words of a name to be recognised without quotation marks
_MOST = 3  # dossiers proposed
_HEAD = 4000  # characters of a text searched for names


@dataclass(frozen=True, slots=True)
class Choice:
    """A dossier that the file may belong to; ``reasons``: sentences, strongest first. ``named``: the document
    itself identifies the dossier by a citation, or by its name (and unit, in an archive of several units)."""

    folder: DossierFolder
    confidence: float
    reasons: tuple[str, ...]
    named: bool


@dataclass(frozen=True, slots=True)
class ProposedPlace:
    """Proposed places of one document of the file in the most likely dossier."""

    ordinal: int
    placements: tuple[Placement, ...]
    review: bool

    @property
    def certain(self) -> bool:
        """Whether the place is certain enough to need no check."""
        return not self.review and bool(self.placements) and self.placements[0].confidence >= _PLACED


@dataclass(frozen=True, slots=True)
class FilingProposal:
    """Proposal for a file. ``choices``: dossiers, most likely first; ``places``: those in the first one."""

    choices: tuple[Choice, ...] = ()
    places: tuple[ProposedPlace, ...] = ()

    @property
    def sure_places(self) -> dict[int, tuple[str, ...]]:
        """The places that need no review, by document number, written as by a person."""
        return {
            placed.ordinal: tuple(written(each) for each in placed.placements)
            for placed in self.places
            if placed.placements and not placed.review
        }

    @property
    def certain(self) -> bool:
        """Whether the proposal may be confirmed together with others, without a check of each."""
        return (
            bool(self.choices)
            and self.choices[0].confidence >= CERTAIN
            and self.choices[0].named
            and bool(self.places)
            and all(placed.certain for placed in self.places)
        )


@dataclass(frozen=True, slots=True)
class _Known:
    """What identifies a dossier in a text: its own ``names`` and the ``places`` it belongs to, folded."""

    folder: DossierFolder
    names: tuple[str, ...]
    places: tuple[str, ...]


class Proposer:
    """Makes proposals for files, from one state of the catalogue."""

    def __init__(self, archive: Archive, catalogue: Catalogue, processor: Processor) -> None:
        self._archive = archive
        self._catalogue = catalogue
        self._processor = processor
        reads = FolderNames(archive.checklists)
        self._known = {
            path: _Known(folder, _names(folder, reads), _places(folder, reads))
            for path, folder in catalogue.folders().items()
            if folder.kind in archive.checklists
        }
        self._one_unit = len({known.places for known in self._known.values()}) <= 1

    def propose(self, file: Waits) -> FilingProposal:
        """Return the proposal for a file; empty if the file is secret or unread, or without any sign."""
        if file.secret or not file.documents:
            return FilingProposal()
        scores = _Scores()
        self._by_folder(file, scores)
        self._by_names(file, scores)
        self._by_citations(file.documents, scores)
        self._by_units(file.documents, scores)
        choices = tuple(self._choices(scores))
        return FilingProposal(choices, self.places(file, choices[0].folder) if choices else ())

    def places(self, file: Waits, folder: DossierFolder) -> tuple[ProposedPlace, ...]:
        """Return the proposed places of the file's documents in a dossier."""
        name = file.name.rpartition("/")[2]
        found = []
        for document in file.documents:
            logical = document.logical(self._catalogue.feed.text(document.path, document.ordinal))
            entry = FileEntry(f"{folder.path}/{name}", b"", document.size, 0, 0, folder.path)
            placed = self._processor.place(Task(entry, folder.kind, called=folder.called), logical)
            found.append(ProposedPlace(document.ordinal, placed.placements, placed.review))
        return tuple(found)

    def _by_folder(self, file: Waits, scores: _Scores) -> None:
        """Score by the folder of the inbox that contains the file, if it has a dossier's name."""
        if not file.folder:
            return
        folder = f" {words(file.folder.replace('/', ' '))} "
        for path, known in self._known.items():
            if any(f" {name} " in folder for name in known.names):
                why = _("nằm trong thư mục “{folder}” của hộp thư đến").format(folder=file.folder)
                scores.add(path, "folder", _FOLDER, why, named=True)

    def _by_names(self, file: Waits, scores: _Scores) -> None:
        """Score by the dossier's name in the document or the file name."""
        stem = f" {words(file.name.rpartition('/')[2].rpartition('.')[0])} "
        for document in file.documents:
            abstract = document.header.abstract
            title, quoted = f" {words(abstract)} ", quoted_names(abstract)
            head = self._catalogue.feed.text(document.path, document.ordinal)[:_HEAD]
            text, said = f" {words(head)} ", frozenset(quoted_names(head))
            for path, known in self._known.items():
                self._by_name(known, quoted, title, stem, text, said, _DossierScores(scores, path))
        scores.keep_longest({path: known.names for path, known in self._known.items()})

    def _by_name(
        self, known: _Known, quoted: Sequence[str], title: str, stem: str, text: str,
        said: frozenset[str], of: _DossierScores,
    ) -> None:  # fmt: skip
        names = Names(known.names)
        name = known.folder.name
        alike = [each for each in quoted if names.among(each)] if known.names else []
        if alike and not any(_is_own_name(each, known) for each in alike):
            # A similar name may be that of another model, which has no dossier yet.
            of.add("name", _TEXT, _("trích yếu nêu tên gần giống “{name}”").format(name=name))
            return
        if alike:
            of.add("name", _QUOTED, _("trích yếu nêu tên “{name}”").format(name=name), named=True)
            return
        long = tuple(each for each in known.names if each.count(" ") + 1 >= _FEWEST)
        if long and Names(long).are_in(title):
            of.add("name", _TITLE, _("trích yếu có “{name}”").format(name=name), named=True)
        elif any(f" {each} " in stem for each in long):
            of.add("name", _FILE, _("tên tệp có “{name}”").format(name=name), named=True)
        elif said.intersection(known.names) or any(f" {each} " in text for each in long):
            of.add("name", _TEXT, _("nội dung có “{name}”").format(name=name), named=True)

    def _by_citations(self, documents: Iterable[Document], scores: _Scores) -> None:
        """Score by citations of documents that are in exactly one dossier."""
        cited = [reference for document in documents for reference in document.header.references]
        known = self._catalogue.waiting.numbered({reference.number_symbol for reference in cited})
        for reference in cited:
            same = [
                paper
                for paper in known
                if paper.number == reference.number_symbol
                and (reference.date is None or paper.day in ("", reference.date.isoformat()))
            ]
            where = {paper.dossier for paper in same}
            if len(where) == 1 and (path := where.pop()) in self._known:
                dated = reference.date is not None and any(paper.day for paper in same)
                why = _("nhắc tới {number} đã có trong hồ sơ").format(number=reference.number_symbol)
                scores.add(path, "cites", _CITES if dated else _CITES / 2, why, named=dated)

    def _by_units(self, documents: Iterable[Document], scores: _Scores) -> None:
        """Score by the units mentioned in header fields: for dossiers of these units, against others."""
        mentioned = " ".join(
            words(each)
            for document in documents
            for each in (
                document.header.issuing_body, document.header.superior_body, document.header.place,
                document.header.abstract, *document.header.recipients,
            )
        )  # fmt: skip
        mentioned = f" {mentioned} "
        ours = {
            path for path in scores.paths() if any(f" {p} " in mentioned for p in self._known[path].places)
        }
        if not ours:
            return
        for path in scores.paths():
            if path in ours:
                scores.add(path, "unit", _UNIT, _("của cùng đơn vị"))
            elif self._known[path].places:
                scores.add(path, "unit", _OTHER_UNIT, "")

    def _choices(self, scores: _Scores) -> Iterable[Choice]:
        total = math.exp(_NONE) + sum(math.exp(score) for _path, score in scores.best())
        for path, score in scores.best()[:_MOST]:
            confidence = math.exp(score) / total
            if score > 0:
                named = scores.settled(path, one_unit=self._one_unit)
                yield Choice(self._known[path].folder, confidence, scores.reasons(path), named)


class _Scores:
    """Signs for each dossier; of each kind of sign only the strongest counts."""

    def __init__(self) -> None:
        self._signs: dict[str, dict[str, tuple[float, str, bool]]] = {}

    def add(self, path: str, sign: str, weight: float, why: str, *, named: bool = False) -> None:
        signs = self._signs.setdefault(path, {})
        if sign not in signs or abs(weight) > abs(signs[sign][0]):
            signs[sign] = weight, why, named

    def paths(self) -> list[str]:
        return list(self._signs)

    def best(self) -> list[tuple[str, float]]:
        summed = [(path, sum(sign[0] for sign in signs.values())) for path, signs in self._signs.items()]
        return sorted(summed, key=lambda each: (-each[1], each[0]))

    def reasons(self, path: str) -> tuple[str, ...]:
        signs = sorted(self._signs[path].values(), key=lambda sign: -sign[0])
        return tuple(why for weight, why, _named in signs if weight > 0 and why)

    def settled(self, path: str, *, one_unit: bool) -> bool:
        """Whether the signs identify this dossier alone; a name does not if several units use it."""
        signs = self._signs[path]
        if any(signs[sign][2] for sign in ("cites", "folder") if sign in signs):
            return True
        return "name" in signs and (one_unit or ("unit" in signs and signs["unit"][0] > 0))

    def keep_longest(self, names: Mapping[str, Sequence[str]]) -> None:
        """Drop the sign of a name that is only part of another name found with at least the same weight."""
        named = {path for path, signs in self._signs.items() if "name" in signs}
        for path in named:
            others = [name for other in named - {path} for name in names[other]]
            weight = self._signs[path]["name"][0]
            if names[path] and all(
                any(f" {own} " in f" {other} " and own != other for other in others) for own in names[path]
            ):
                longer = max(
                    self._signs[other]["name"][0]
                    for other in named - {path}
                    if any(f" {own} " in f" {name} " for own in names[path] for name in names[other])
                )
                if longer >= weight:
                    del self._signs[path]["name"]
        self._signs = {path: signs for path, signs in self._signs.items() if signs}


@dataclass(frozen=True, slots=True)
class _DossierScores:
    """The scores of one dossier."""

    scores: _Scores
    path: str

    def add(self, sign: str, weight: float, why: str, *, named: bool = False) -> None:
        self.scores.add(self.path, sign, weight, why, named=named)


def _is_own_name(quoted: str, known: _Known) -> bool:
    """Whether a quoted name is the dossier's, apart from a place name or missing words."""
    for name in known.names:
        rest = f" {quoted} ".replace(f" {name} ", " ", 1).strip()
        if not rest or f" {quoted} " in f" {name} ":
            return True
        if rest != quoted and any(f" {place} " in f" {rest} " for place in known.places):
            return True
    return False


_WHOSE = re.compile(r"\s+[-–—]\s+|[,;()\[\]]")


def _names(folder: DossierFolder, reads: FolderNames) -> tuple[str, ...]:
    """Return the dossier's own names, folded, without the word for its kind and its unit."""
    found = []
    for name in dict.fromkeys((folder.name, folder.path.rpartition("/")[2])):
        claim = reads.claim(name)
        bare = claim.name if claim else reads.bare(name)
        found += [words(part) for part in _WHOSE.split(bare) if words(part) and not reads.is_place(part)]
    return tuple(dict.fromkeys(found))


def _places(folder: DossierFolder, reads: FolderNames) -> tuple[str, ...]:
    """Return the communes and units that the dossier belongs to, from its manifest and the folders above."""
    above = folder.path.split("/")[:-1]
    named = [part for part in above if reads.is_place(part)]
    parts = _WHOSE.split(reads.bare(folder.path.rpartition("/")[2]))
    if len(parts) > 1:  # “Sơn Mỹ - Trường học không ma túy”
        named += [part for part in parts[:-1] if words(part).count(" ") < _FEWEST]  # the last is the name
    found = [words(each) for each in (folder.manifest.unit or "", *named) if each]
    return tuple(dict.fromkeys(_bare_place(each) for each in found if _bare_place(each)))


_OFFICE = re.compile(r"^(?:cong an |ubnd |uy ban nhan dan )+")


def _bare_place(folded: str) -> str:
    return _OFFICE.sub("", folded)
