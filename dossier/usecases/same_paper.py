"""Which papers of a dossier lie in several files, asked of one file or of the whole dossier."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from dossier.archive import Archive
from dossier.catalogue import Catalogue
from dossier.compliance.version_groups import sketch
from dossier.compliance.versions import papers, undecided
from dossier.model import DossierReport, DossierState, Paper
from dossier.usecases.known import open_known


def of_file(archive: Archive, path: str) -> tuple[str, tuple[Paper, ...]]:
    """The folder of the dossier that the file lies in, and the papers of which it holds a version or annex;
    nothing for a file that lies in no dossier."""
    with open_known(archive) as catalogue:
        folder = catalogue.dossier_of(path)
        states = [with_sketches(catalogue, state) for state in catalogue.states(folder)] if folder else []
    found = tuple(paper for state in states for paper in papers(state.documents, state.sketches))
    return folder or "", tuple(paper for paper in found if _holds(paper, {path}))


def with_sketches(catalogue: Catalogue, state: DossierState) -> DossierState:
    """The state with what is needed of texts to know versions of one paper; mostly nothing is."""
    wanted = undecided(state.documents)
    if not wanted:
        return state
    texts = {each.id: sketch(catalogue.feed.text(each.path, each.ordinal)) for each in wanted}
    return replace(state, sketches=texts)


def told(report: DossierReport) -> list[str]:
    """A few lines on the papers of a dossier that lie in several files."""
    from reports import versions

    return list(versions.lines(report.papers, report.path))


def told_of_file(archive: Archive, path: str) -> list[str]:
    """The same for one file."""
    from reports import versions

    folder, found = of_file(archive, path)
    return list(versions.lines(found, folder))


def _holds(paper: Paper, paths: Collection[str]) -> bool:
    return any(document.path in paths for document in paper.documents)
