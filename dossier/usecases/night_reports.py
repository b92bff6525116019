"""What a night writes: its reports, its digest, its record; and what the catalogue keeps of it."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import reports
from dossier.archive import Archive
from dossier.compliance.asked_day import Window
from dossier.i18n import _
from dossier.model import ComplianceReport
from dossier.usecases import history, shelf
from dossier.usecases.assess import outcome
from dossier.usecases.heap import uncollected
from dossier.usecases.standstill import RECORD, Verdict, keep, record_id
from reports import digest
from reports.digest import Digest

if TYPE_CHECKING:
    from dossier.catalogue import Catalogue

Writers = dict[str, Callable[[Path], object]]


@uncollected()
def tell(
    archive: Archive,
    catalogue: Catalogue,
    report: ComplianceReport,
    windows: Mapping[str, Window],
    grounds: tuple[str, int],
) -> tuple[Verdict, Path, list[str]]:
    """Write the night's reports and keep its result; what is kept of it, the folder, and sentences about
    formats that could not be written: the others are there.

    ``windows`` and ``grounds`` (digest and revision): for how long and on what the verdict holds, the
    latter as they were before it was reached. ``report`` has what changed. Raises :class:`OSError`.
    """
    told = Digest.of(archive.name, report)
    day = report.today
    night = history.night(archive, report)
    verdict = Verdict(*grounds, day, day, told, outcome(report), history.told(night), record_id())
    failed: list[str] = []
    written: Writers = {
        f"report.{name}": partial(_render, report, name, failed)
        for name in (*archive.config.nightly.formats, "txt")
    }
    folder = shelf.put(archive.state, day, written | _record(archive, verdict))
    catalogue.nights.keep(night)
    keep(catalogue, verdict, windows)
    return verdict, folder, failed


def _render(report: ComplianceReport, name: str, failed: list[str], path: Path) -> None:
    """Write one format. A fault in it costs this format only; a disk that takes no more is no fault of it."""
    try:
        reports.get(name).write(report, path)
    except OSError:
        raise
    except Exception as error:  # noqa: BLE001
        path.unlink(missing_ok=True)
        said = _("Không lập được {name}: {kind}: {why}. Các báo cáo khác vẫn đầy đủ.")
        failed.append(said.format(name=path.name, kind=type(error).__name__, why=error))


def tell_again(
    archive: Archive, catalogue: Catalogue, verdict: Verdict, windows: Mapping[str, Window]
) -> Path:
    """The last night's reports once more, for the day of ``verdict``, which still stands; the folder.

    They are links to the same files where the file system has them: a year of quiet nights takes the
    room of one. Raises :class:`OSError`.
    """
    last = date.fromisoformat(shelf.latest(archive.state))
    before = shelf.shelf_of(archive.state) / last.isoformat()
    if last == verdict.day:  # the second run on a day: everything is there
        return before
    again: Writers = {
        file.name: partial(_stamp if file.suffix == ".html" else _link, file, verdict)
        for file in sorted(before.glob("report.*"))
    }
    folder = shelf.put(archive.state, verdict.day, again | _record(archive, verdict))
    catalogue.nights.repeat(last, verdict.day)
    keep(catalogue, verdict, windows, renewed=True)
    return folder


def _link(file: Path, _verdict: Verdict, target: Path) -> None:
    try:
        os.link(file, target)
    except OSError:  # a share or stick without links
        shutil.copyfile(file, target)


def _stamp(file: Path, verdict: Verdict, target: Path) -> None:
    from reports.html import stamped

    target.write_bytes(stamped(file.read_bytes(), digest.unchanged(verdict.judged)))


def _record(archive: Archive, verdict: Verdict) -> Writers:
    """The digest for people, and the night in a few lines for programs."""
    told = verdict.digest
    kept = {
        "schema": 1,
        "archive": str(archive.root),
        "today": verdict.day,
        "judged": verdict.judged,
        "unchanged_since": told.unchanged_since,
        "summary": told.summary,
        "score": told.score,
        "since": told.changes.since,
        "new": len(told.changes.new),
        "mended": len(told.changes.mended),
        "still": told.changes.still,
        "exit_code": verdict.code,
        "reports": verdict.reports,
    }
    texts = {
        "digest.txt": digest.text(told),
        "digest.html": digest.html(told),
        RECORD: json.dumps(kept, ensure_ascii=False, indent=1, default=str) + "\n",
    }
    return {name: partial(_write, text) for name, text in texts.items()}


def _write(text: str, path: Path) -> None:
    path.write_text(text, "utf-8", newline="")
