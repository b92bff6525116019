"""Demonstrate the program on a sample archive: generate, scan, report and search it."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import reports
from dossier import libraries
from dossier.archive import CONFIG_NAME, Archive, open_archive
from dossier.errors import ArchiveError, UsageError
from dossier.i18n import _
from dossier.index import Filters, Results, SearchOptions
from dossier.model import ComplianceReport
from dossier.os_errors import in_words
from dossier.renaming import write_whole
from dossier.usecases.assess import assess
from dossier.usecases.scan import ScanCounts, scan
from dossier.usecases.search import search
from dossier.usecases.whose_state import check_whose

_FONTS = ("fontTools", "fontpkg_source_serif_4")  # the extra "sample"


@dataclass(frozen=True, slots=True)
class Demonstration:
    """Result of the demonstration. ``truth``: file that lists what is really missing in the sample
    archive."""

    archive: Archive
    truth: Path
    counts: ScanCounts
    report: ComplianceReport
    html: Path
    query: str
    found: Results


def truth_of(folder: Path) -> Path:
    """Return the path of the file beside a sample archive that describes its contents."""
    return folder.parent / f"{folder.name}.truth.json"


def write_sample(
    folder: Path,
    *,
    dossiers: int,
    seed: int,
    today: date,
    scans: bool = True,
) -> bool:
    """Generate the sample archive; return false if the folder already contains one, which is kept.

    Raises :class:`UsageError` if the folder contains something else, or if the fonts of the sample documents
    are not installed; :class:`ArchiveError` where nothing can be written.
    """
    if (folder / CONFIG_NAME).is_file() and truth_of(folder).is_file():
        return False
    for name in _FONTS:
        if (trouble := libraries.trouble(name)) is not None:
            raise UsageError(libraries.why_not(name, trouble), _('Cài thêm: pip install "dossier[sample]"'))
    taken = next((p for p in (folder, truth_of(folder)) if os.path.lexists(p) and not _is_empty(p)), None)
    if taken is not None:
        raise UsageError(
            _("Đã có {path}; không ghi đè.").format(path=taken),
            _("Chọn một thư mục mới hoặc còn trống cho kho mẫu."),
        )
    from dossier.demo import write_archive

    try:
        write_archive(folder, dossiers=dossiers, seed=seed, today=today, scans=scans)
    except OSError as error:
        raise ArchiveError(
            _("Không tạo được kho tại {path}: {why}.").format(path=folder, why=in_words(error)),
            _("Chọn một nơi mà bạn có quyền ghi và còn chỗ trống."),
        ) from error
    return True


def _is_empty(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink() and not any(path.iterdir())


def demonstrate(folder: Path, state: Path | None = None) -> Demonstration:
    """Scan the sample archive in ``folder``, evaluate it as of the day it was generated for, and search
    it."""
    archive = open_archive(folder, state)
    check_whose(archive)
    truth = truth_of(folder)
    today = date.fromisoformat(json.loads(truth.read_text("utf-8"))["today"])
    counts = scan(archive)
    report = assess(archive, today)
    html = archive.state / "report.html"
    write_whole(html, reports.render("html", report), private=True)
    query = "quyet dinh thanh lap mo hinh"
    found = search(archive, query, Filters(), SearchOptions(limit=3))
    return Demonstration(archive, truth, counts, report, html, query, found)
