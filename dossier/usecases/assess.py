"""Judge every dossier by what the catalogue knows today."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path

from dossier.archive import Archive
from dossier.catalogue import Catalogue, open_catalogue
from dossier.checklists.duties import load_duties
from dossier.compliance import evaluate, owed, shelf
from dossier.errors import ArchiveError
from dossier.i18n import _
from dossier.model import ComplianceReport
from dossier.scanner.pipeline import VERSION
from dossier.vietnamese import nfc


def check_scanned(archive: Archive) -> None:
    """Raise :class:`ArchiveError` when the archive was never scanned."""
    if not archive.was_scanned:
        raise ArchiveError(
            _("Kho {path} chưa được quét lần nào.").format(path=archive.root),
            _("Chạy trước: dossier scan {path}").format(path=archive.root),
        )


def open_known(archive: Archive) -> Catalogue:
    """The catalogue of an archive that was scanned. Raises :class:`ArchiveError` if it never was."""
    check_scanned(archive)
    return open_catalogue(archive.state, VERSION)


def assess(archive: Archive, today: date | None = None, dossier: str | None = None) -> ComplianceReport:
    """The compliance of all dossiers, or of the one at that path, on ``today``."""
    today = today or date.today()
    packs, settings = archive.retention_packs, archive.config.rules
    with open_known(archive) as catalogue:
        meta = catalogue.meta()
        every = catalogue.states()
    states = [state for state in every if dossier in (None, state.folder.path)]
    around = shelf(every)
    if dossier is not None and not states:
        raise ArchiveError(
            _("Không có hồ sơ nào tên “{path}”.").format(path=dossier),
            _("Xem danh sách hồ sơ bằng: dossier report {root}").format(root=archive.root),
        )
    if "scanned_at" not in meta:
        raise ArchiveError(
            _("Lần quét đầu tiên của kho {path} chưa xong.").format(path=archive.root),
            _("Chạy lại: dossier scan {path} (việc đã làm được giữ nguyên).").format(path=archive.root),
        )
    return ComplianceReport(
        archive=str(archive.root),
        scanned_at=datetime.fromisoformat(meta["scanned_at"]),
        today=today,
        dossiers=tuple(
            evaluate(state, archive.checklists[state.folder.kind], packs, today, settings, around)
            for state in states
            if state.folder.kind in archive.checklists
        ),
        outside=tuple(json.loads(meta.get("outside", "[]"))),
        problems=tuple(json.loads(meta.get("problems", "[]"))),
        due=owed(load_duties(), today, settings.due_days),
    )


def dossier_path(archive: Archive, given: str) -> str:
    """The path by which results know the dossier that a person named.

    ``given`` may be relative to the archive or to the current folder, or absolute, in any form of
    Unicode.
    """
    for base in (archive.root, Path.cwd()):
        there = (base / given).resolve()
        if there.is_dir() and there.is_relative_to(archive.root):
            return nfc(there.relative_to(archive.root).as_posix())
    return nfc(given).strip("/")
