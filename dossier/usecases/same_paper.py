"""Documents of a dossier stored in several files (versions, copies, annexes), for a file or a dossier."""

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
    """Return the path of the file's dossier and the documents of which the file is a version or annex; an
    empty path and no documents for a file outside of dossiers."""
    with open_known(archive) as catalogue:
        folder = catalogue.dossier_of(path)
        states = [with_sketches(catalogue, state) for state in catalogue.states(folder)] if folder else []
    found = tuple(paper for state in states for paper in papers(state.documents, state.sketches))
    return folder or "", tuple(paper for paper in found if _holds(paper, {path}))


def with_sketches(catalogue: Catalogue, state: DossierState) -> DossierState:
    """Add text sketches to the state for those documents that only their text shows to be versions of each
    other; mostly none."""
    wanted = undecided(state.documents)
    if not wanted:
        return state
    texts = {each.id: sketch(catalogue.feed.text(each.path, each.ordinal)) for each in wanted}
    return replace(state, sketches=texts)


def lines(report: DossierReport) -> list[str]:
    """Describe, in a few lines, the documents of a dossier that are stored in several files."""
    from reports import versions

    return list(versions.lines(report.papers, report.path))


def lines_of_file(archive: Archive, path: str) -> list[str]:
    """Describe, in a few lines, the documents of which a file is one of several files."""
    from reports import versions

    folder, found = of_file(archive, path)
    return list(versions.lines(found, folder))


def _holds(paper: Paper, paths: Collection[str]) -> bool:
    return any(document.path in paths for document in paper.documents)
