"""What a night writes: its reports, its digest, its record; and what the catalogue keeps of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import reports
from dossier.archive import Archive
from dossier.i18n import _
from dossier.model import ComplianceReport
from dossier.usecases import audit, history, shelf
from dossier.usecases.assess import outcome
from dossier.usecases.heap import uncollected
from reports import digest
from reports.digest import Digest

if TYPE_CHECKING:
    from dossier.catalogue import Catalogue

Writers = dict[str, Callable[[Path], object]]


@uncollected()
def tell(archive: Archive, catalogue: Catalogue, report: ComplianceReport) -> tuple[Digest, Path, list[str]]:
    """Write the night's reports and keep its result; the digest, the folder, and sentences about formats
    that could not be written: the others are there.

    ``report`` has what changed. Raises :class:`OSError`.
    """
    told = Digest.of(archive.name, report)
    failed: list[str] = []
    written: Writers = {
        f"report.{name}": partial(_render, report, name, failed)
        for name in (*archive.config.nightly.formats, "txt")
    }
    folder = shelf.put(archive.state, report.today, written | _record(report, told, audit.head(archive)))
    catalogue.nights.keep(history.night(archive, report))
    return told, folder, failed


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


def _record(report: ComplianceReport, told: Digest, head: str) -> Writers:
    """The digest for people, and the night in a few lines for programs."""
    kept = {
        "schema": 1,
        "archive": report.archive,
        "today": report.today,
        "summary": told.summary,
        "score": told.score,
        "since": told.changes.since,
        "new": len(told.changes.new),
        "mended": len(told.changes.mended),
        "still": told.changes.still,
        "exit_code": outcome(report),
        "audit_head": head,
    }
    texts = {
        "digest.txt": digest.text(told) + _last_line(head),
        "digest.html": digest.html(told),
        shelf.RECORD: json.dumps(kept, ensure_ascii=False, indent=1, default=str) + "\n",
    }
    return {name: partial(_write, text) for name, text in texts.items()}


def _last_line(head: str) -> str:
    """The hash that holds every line of the log of acts: kept elsewhere, it shows whether one was changed."""
    return "\n" + _("Mã cuối của nhật ký: {head}").format(head=head) + "\n" if head else ""


def _write(text: str, path: Path) -> None:
    path.write_text(text, "utf-8", newline="")
