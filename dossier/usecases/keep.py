"""Retention of dossiers, and the retention schedule behind it. Nothing is released or deleted here."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date

from dossier.archive import Archive
from dossier.checklists.retention import FALLBACK, RetentionRow
from dossier.compliance.retention import limit_title, period_title
from dossier.i18n import _
from dossier.model import ComplianceReport, KeptFor

Schedule = list[tuple[str, str, str, list[KeptFor]]]  # pack, title, note, rows


def kept_json(report: ComplianceReport) -> dict[str, object]:
    """Return every dossier's retention and the paths of those due for appraisal, for JSON."""
    from reports import json as json_report

    return {
        "today": report.today.isoformat(),
        "dossiers": [
            {
                "path": dossier.path,
                "name": dossier.name,
                "retention": json_report.retention(dossier.retention),
            }
            for dossier in report.dossiers
        ],
        "review": [dossier.path for dossier in report.dossiers if dossier.retention.review],
    }


def schedule(archive: Archive, today: date | None = None) -> Schedule:
    """Return all packs, marked whether in force on ``today``, with their rows and the fallback rows confirmed
    for them; last, the unconfirmed fallback rows."""
    packs, day = archive.retention_packs, today or date.today()
    found: Schedule = []
    for pack in packs.packs:
        rows = [_shown(row, period_title(row)) for row in pack.periods]
        rows += [_shown(row, period_title(row)) for row in pack.fallback if row.verified]
        rows += [_shown(row, limit_title(row)) for row in pack.handover]
        now = _("đang áp dụng") if pack.covers(day) else _("không áp dụng cho việc kết thúc hôm nay")
        found.append((pack.id, f"{pack.said}, {now}; {pack.citation}", pack.note_said, rows))
    rows = [_shown(row, period_title(row)) for row in packs.fallback if row.covers(day)]
    title = _("Bảng tham khảo, dùng khi gói không có dòng nào cho tài liệu")
    found.append((FALLBACK, title, "", rows))
    return found


def _shown(row: RetentionRow, value: str) -> KeptFor:
    return KeptFor(row.id, row.said, "", value, row.citation, row.flag, row.verified)


def schedule_json(found: Schedule) -> list[dict[str, object]]:
    """Return the schedule for JSON."""
    keys = ("row", "title", "period_title", "citation", "flag", "verified")
    return [
        {
            "pack": pack,
            "title": title,
            "note": note,
            "rows": [{key: value for key, value in asdict(row).items() if key in keys} for row in rows],
        }
        for pack, title, note, rows in found
    ]
