"""Files that lie apart from their dossier, in a folder of none or of another: with a title that names one's
model alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from dossier.model import Adoption, Hint, Proposal, Reason
from dossier.scanner.propose import mixed
from dossier.scanner.propose.candidate import LoosePaper
from dossier.scanner.propose.names import ROOT, folder_of, name_of, upwards
from dossier.vietnamese import marked_words, words

_TELLING = 3  # words of a name that tells a model from others
_MOST_PLACED = 500  # most documents that are classified

Placer = Callable[[LoosePaper, str, str], str]  # document, kind, name of the model → its part, or ""


@dataclass(slots=True)
class _Home:
    """A dossier proposed or there, for which files are found."""

    of: Proposal | Adoption
    name: str
    files: list[str] = field(default_factory=list)


class Strays:
    """Finds the dossiers of files by the names in the titles of their documents."""

    def __init__(self, homes: Iterable[Proposal | Adoption], is_place: Callable[[str], bool]) -> None:
        self._is_place = is_place
        known: dict[str, list[_Home]] = defaultdict(list)
        for each in homes:
            known[words(each.name)].append(_Home(each, words(each.name)))
        # A name that several dossiers have tells none of them.
        self.homes = [found[0] for found in known.values() if len(found) == 1]
        self._by_start: dict[tuple[str, ...], list[_Home]] = defaultdict(list)
        for home in self.homes:
            called = home.name.split()
            if len(called) >= _TELLING:
                self._by_start[tuple(called[:_TELLING])].append(home)

    def home(self, file: str, papers: Sequence[LoosePaper]) -> _Home | None:
        """Return the only dossier that the titles of a file's documents name, unless it is another place's:
        of a commune whose folder the file does not lie above or in."""
        named = [home for paper in papers for home in self._named(words(paper.abstract))]
        found = {home.name: home for home in named}
        if len(found) != 1:
            return None
        (home,) = found.values()
        place = self._place(folder_of(file))
        return home if place in (ROOT, *upwards(self._place(home.of.path))) else None

    def _named(self, title: str) -> list[_Home]:
        spoken = title.split()
        starts = {tuple(spoken[at : at + _TELLING]) for at in range(len(spoken) - _TELLING + 1)}
        found = [
            home
            for start in starts
            for home in self._by_start.get(start, ())
            if f" {home.name} " in f" {title} "
        ]
        return [
            home
            for home in found
            if not any(home is not other and f" {home.name} " in f" {other.name} " for other in found)
        ]

    def _place(self, folder: str) -> str:
        """Return the innermost folder, the given one or above, that is named after a commune or its police;
        the archive if there is none."""
        return next((up for up in upwards(folder) if up != ROOT and self._is_place(name_of(up))), ROOT)


def with_strays(
    proposals: Sequence[Proposal],
    papers: Iterable[LoosePaper],
    dossiers: Mapping[str, Adoption],
    is_place: Callable[[str], bool],
    place: Placer,
) -> list[Proposal]:
    """Return the proposals with the files that lie elsewhere but belong to them, or to dossiers there are:
    whose documents' titles name that model alone and which the classifier is sure to be of a part of it."""
    made = {each.path: each for each in proposals}
    strays = Strays([*(each for each in proposals if not each.adds), *dossiers.values()], is_place)
    taken = {file for each in proposals for file in each.chosen}
    taken |= {file for each in dossiers.values() for file in each.chosen}
    loose: dict[str, list[LoosePaper]] = defaultdict(list)
    for paper in papers:
        if paper.path not in taken:
            loose[paper.path].append(paper)
    left = _MOST_PLACED
    for file, own in loose.items():
        home = strays.home(file, own)
        lies_in = next((made[up] for up in upwards(folder_of(file)) if up in made), None)
        if home is None or left < len(own) or (lies_in is not None and not _misfiled(own, lies_in, home)):
            continue
        left -= len(own)
        if not any(place(paper, home.of.kind, home.of.name) for paper in own):
            continue
        if lies_in is None:
            home.files.append(file)
        elif not any(place(paper, lies_in.kind, lies_in.name) for paper in own):
            home.files.append(file)
            made[lies_in.path] = replace(lies_in, files=lies_in.files - 1)
    for home in strays.homes:
        if home.files:
            made[home.of.path] = _with(made.get(home.of.path), home)
    return list(made.values())


def _misfiled(papers: Sequence[LoosePaper], lies_in: Proposal, home: _Home) -> bool:
    """Whether the file of a proposed folder may be of another dossier only. Not if a title also has all the
    words by which the folder's own name differs: “nhân rộng mô hình Camera thôn Đoài tại thôn Đông”."""
    if home.of.path == lies_in.path:
        return False
    own = set(marked_words(lies_in.name).split()) - set(marked_words(home.of.name).split())
    return bool(own) and not any(own <= set(marked_words(paper.abstract).split()) for paper in papers)


def _with(before: Proposal | None, home: _Home) -> Proposal:
    files, among = tuple(home.files), mixed.common_folder(home.files)
    if before is not None:
        reason = Reason(Hint.JOINED, among, len(files))
        chosen = (*before.chosen, *files)
        return replace(
            before, files=before.files + len(files), chosen=chosen, reasons=(*before.reasons, reason)
        )
    reason = Reason(Hint.LATER, among, len(files))
    return Proposal(home.of.path, home.of.kind, home.of.name, len(files), (reason,), files)
