"""Answer what the tool knows about one path: a file, a dossier, or a folder of dossiers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import PurePosixPath

from dossier.archive import Archive
from dossier.checklists.schema import Checklist
from dossier.compliance.completeness import period_words
from dossier.compliance.naming import inner, place_title
from dossier.i18n import _
from dossier.model import (
    OUTSIDE,
    ComplianceReport,
    Document,
    DossierReport,
    IgnoredFile,
    Outside,
    Placement,
    UnreadFile,
)
from dossier.usecases.assess import assess
from dossier.usecases.known import open_known
from dossier.usecases.naming import archive_path, nothing_there

Known = ComplianceReport | DossierReport | UnreadFile | IgnoredFile | tuple[Document, ...]


def inspect(archive: Archive, given: str, today: date | None = None) -> Known:
    """What is known about a path: a dossier's report, a file's documents, or why it was not read.

    A folder of dossiers is answered with the archive's report of those below it.
    Raises :class:`ArchiveError` when it was not there at the last scan.
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
    """The dossier that is there or that the file lies in; ``None``: neither, so all must be asked."""
    with open_known(archive) as catalogue:
        return path if path in catalogue.kinds() else catalogue.dossier_of(path) or None


def unread_files(archive: Archive, path: str) -> tuple[UnreadFile, ...]:
    """The catalogued file of that path that could not be read; none where it could."""
    with open_known(archive) as catalogue:
        around = catalogue.dossier_of(path)
        states = catalogue.states(around) if around else ()
        return tuple(file for state in states for file in state.unread if file.path == path)


def documents_of(archive: Archive, given: str) -> tuple[str, str, tuple[Document, ...]]:
    """Path, kind of its dossier (empty: it lies in none), and documents of a catalogued file. Raises
    :class:`ArchiveError`."""
    path = archive_path(archive, given)
    with open_known(archive) as catalogue:
        around = catalogue.dossier_of(path)
        if around == OUTSIDE:
            return path, "", tuple(d for d in catalogue.outside().documents if d.path == path)
        for state in catalogue.states(around) if around else ():
            found = tuple(d for d in state.documents if d.path == path)
            if found or any(file.path == path for file in state.unread):
                return path, state.folder.kind, found
    inspect(archive, given)  # says why there is no document
    return path, "", ()


def places_in_words(archive: Archive, document: Document) -> list[str]:
    """Its places as people say them, in their order: ``mục 10a (báo cáo kết quả hoạt động 6 tháng), 6 tháng
    đầu năm 2024``."""
    with open_known(archive) as catalogue:
        kind = catalogue.kinds().get(catalogue.dossier_of(document.path) or "", "")
    checklist = archive.checklists.get(kind)
    return [_in_words(checklist, place) for place in document.placements]


def _in_words(checklist: Checklist | None, place: Placement) -> str:
    said = _("mục {part}").format(part=place.part)
    try:
        part = checklist.part(place.part) if checklist else None
    except KeyError:  # the checklist was changed since
        part = None
    if checklist is None or part is None:
        return ", ".join(filter(None, (said, place.period)))
    named = place_title(checklist, f"{place.part}.{place.step}" if place.step else place.part)
    period = period_words(part, place.period) if place.period else ""
    return ", ".join(filter(None, (f"{said} ({inner(named)})", period)))
