"""Which papers of a dossier lie in several files, asked of one file or of the whole dossier."""

from __future__ import annotations

from collections.abc import Collection

from dossier.archive import Archive
from dossier.compliance.versions import papers
from dossier.model import DossierReport, Paper
from dossier.usecases.known import open_known


def of_file(archive: Archive, path: str) -> tuple[str, tuple[Paper, ...]]:
    """The folder of the dossier that the file lies in, and the papers of which it holds a version or annex;
    nothing for a file that lies in no dossier."""
    with open_known(archive) as catalogue:
        folder = catalogue.dossier_of(path)
        states = catalogue.states(folder) if folder else ()
    found = tuple(paper for state in states for paper in papers(state.documents))
    return folder or "", tuple(paper for paper in found if _holds(paper, {path}))


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
