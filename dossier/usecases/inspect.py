"""Look up what is known about one path: a file, a dossier, or a folder of dossiers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import PurePosixPath

from dossier.archive import Archive
from dossier.compliance.naming import place_in_words
from dossier.model import (
    OUTSIDE,
    ComplianceReport,
    Document,
    DossierReport,
    IgnoredFile,
    Outside,
    UnreadFile,
)
from dossier.usecases.assess import assess
from dossier.usecases.known import open_known
from dossier.usecases.naming import archive_path, nothing_there

Known = ComplianceReport | DossierReport | UnreadFile | IgnoredFile | tuple[Document, ...]


def inspect(archive: Archive, given: str, today: date | None = None) -> Known:
    """Return what is known about a path: a dossier's report, a file's documents, or why a file was not read.

    For a folder of dossiers, return the archive's report limited to them. Raises :class:`UsageError` if
    the path did not exist at the last scan.
    """
    path = archive_path(archive, given)
    report = assess(archive, today, _dossier_around(archive, path))
    if path == ".":
        return report
    for part in report.parts:
        if isinstance(part, DossierReport) and part.path == path:
            return part
        found = tuple(d for d in part.documents if d.path == path)
        if found:
            return found
        left_out: tuple[UnreadFile | IgnoredFile, ...] = (*part.unread, *part.ignored)
        for file in left_out:
            if file.path == path:
                return file
    below = tuple(d for d in report.dossiers if _lies_below(path, d.path))
    if below:
        return replace(
            report,
            dossiers=below,
            outside=Outside(),
            proposals=(),
            unsorted=None,
            findings=tuple(f for f in report.findings if f.documents and _lies_below(path, f.documents[0])),
            problems=(),
            due=(),
        )
    raise nothing_there(archive, path)


def _lies_below(folder: str, path: str) -> bool:
    return PurePosixPath(folder) in PurePosixPath(path).parents


def _dossier_around(archive: Archive, path: str) -> str | None:
    """Return the dossier at ``path`` or around it; ``None`` if neither, so that all dossiers are needed."""
    with open_known(archive) as catalogue:
        return path if path in catalogue.kinds() else catalogue.dossier_of(path) or None


def unread_files(archive: Archive, path: str) -> tuple[UnreadFile, ...]:
    """Return the catalogued file at ``path`` if it could not be read; empty if it could."""
    with open_known(archive) as catalogue:
        around = catalogue.dossier_of(path)
        states = catalogue.states(around) if around else ()
        return tuple(file for state in states for file in state.unread if file.path == path)


def documents_of(archive: Archive, given: str) -> tuple[str, str, tuple[Document, ...]]:
    """Return path, kind of dossier (empty: in no dossier) and documents of a catalogued file. Raises
    :class:`ArchiveError` for an unknown file."""
    path = archive_path(archive, given)
    with open_known(archive) as catalogue:
        around = catalogue.dossier_of(path)
        if around == OUTSIDE:
            return path, "", tuple(d for d in catalogue.outside().documents if d.path == path)
        for state in catalogue.states(around) if around else ():
            found = tuple(d for d in state.documents if d.path == path)
            if found or any(file.path == path for file in state.unread):
                return path, state.folder.kind, found
    inspect(archive, given)  # raises the error for an unknown path
    return path, "", ()


def places_in_words(archive: Archive, what: Document | UnreadFile) -> list[str]:
    """Return a document's places in words, in their order."""
    with open_known(archive) as catalogue:
        kind = catalogue.kinds().get(catalogue.dossier_of(what.path) or "", "")
    checklist = archive.checklists.get(kind)
    return [place_in_words(checklist, place) for place in what.placements]
