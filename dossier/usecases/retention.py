"""Retention of dossiers and the schedule behind it, whose rows a person confirms against the law (stored in
``retention.toml``). Nothing is released or deleted here."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from dossier.archive import Archive
from dossier.checklists.confirmed import NAME, packs_with
from dossier.checklists.retention import FALLBACK, Pack, RetentionRow
from dossier.checklists.source import read_text
from dossier.compliance.retention import limit_title, period_title
from dossier.errors import UsageError
from dossier.i18n import _
from dossier.model import ComplianceReport, KeptFor
from dossier.usecases import whole_acts
from dossier.usecases.assess import assess
from dossier.usecases.locking import writing
from dossier.workspace import person

Schedule = list[tuple[str, str, str, list[KeptFor]]]  # pack, title, note, rows


@dataclass(frozen=True, slots=True)
class OpenRow:
    """An unverified row of a retention pack, with the number of dossiers whose retention depends on it."""

    pack: str
    pack_title: str
    row: str
    title: str
    period_title: str
    citation: str
    dossiers: int


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
    """Return all packs, with their rows and the fallback rows confirmed
    for them; last, the unconfirmed fallback rows."""
    packs, day = archive.retention_packs, today or date.today()
    found: Schedule = []
    for pack in packs.packs:
        rows = [_shown(row, period_title(row)) for row in pack.periods]
        rows += [_shown(row, period_title(row)) for row in pack.fallback if row.verified]
        rows += [_shown(row, limit_title(row)) for row in pack.handover]
        note = ". ".join(
            filter(None, (_("Căn cứ: {citation}").format(citation=pack.citation), pack.note_said))
        )
        found.append((pack.id, f"{pack.said}: {_applies_to(pack)}", note, rows))
    rows = [_shown(row, period_title(row)) for row in packs.fallback if row.covers(day)]
    title = _("Bảng tham khảo: chỉ để giữ, khi văn bản áp dụng ở trên chưa cho biết thời hạn")
    found.append((FALLBACK, title, "", rows))
    return found


def _applies_to(pack: Pack) -> str:
    """Whose dossiers the rules are for, and when their work must have ended, in words."""
    whose = _("hồ sơ do Công an chủ trì") if pack.applies_to == "police" else _("hồ sơ do nơi khác chủ trì")
    first, last = pack.effective_from, pack.effective_to
    if first and last:
        return _("{whose}, kết thúc từ {first:%d/%m/%Y} đến {last:%d/%m/%Y}").format(
            whose=whose, first=first, last=last
        )
    if last:
        return _("{whose}, kết thúc đến {last:%d/%m/%Y}").format(whose=whose, last=last)
    return _("{whose}, kết thúc từ {first:%d/%m/%Y}").format(whose=whose, first=first) if first else whose


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


def open_rows(archive: Archive, today: date | None = None) -> list[OpenRow]:
    """Return unverified rows that closed dossiers depend on, those with most dossiers first."""
    found: dict[tuple[str, str], OpenRow] = {}
    for dossier in assess(archive, today).dossiers:
        kept = dossier.retention
        if kept.clock is None:
            continue
        for reason in kept.reasons:
            if reason.verified:
                continue
            known = found.get((kept.pack, reason.row))
            count = (known.dossiers if known else 0) + 1
            found[kept.pack, reason.row] = OpenRow(
                kept.pack, kept.title, reason.row, reason.title, reason.period_title, reason.citation, count
            )
    return sorted(found.values(), key=lambda row: (-row.dossiers, row.pack, row.row))


def confirm(
    archive: Archive,
    pack: str,
    row: str,
    article: str,
    *,
    years: int | None = None,
    permanent: bool = False,
    today: date | None = None,
) -> Path:
    """Record that the person at this machine checked ``row`` of ``pack`` against ``article`` of the law,
    optionally with another period; return the file written.

    Raises :class:`UsageError` for a blank article, :class:`ConfigurationError` for an unknown pack or row.
    """
    check_article(article)
    lines = [
        "[[confirm]]", f"pack = {_quoted(pack)}", f"row = {_quoted(row)}", f"by = {_quoted(person())}",
        f"on = {(today or date.today()).isoformat()}", f"article = {_quoted(article.strip())}",
    ]  # fmt: skip
    if permanent:
        lines.append("permanent = true")
    elif years is not None:
        lines.append(f"years = {years}")
    path, entry = archive.root / NAME, "\n".join(lines)
    with writing(archive, "retention"):
        before = read_text(path) if path.exists() else None
        if (before or "").endswith(f"{entry}\n"):
            return path  # a repeated request: it was carried out just before the process was killed
        made = "\n\n".join(filter(None, [(before or "").rstrip(), entry])) + "\n"
        packs_with(made, path)  # raises an error for what could not be read again
        whole_acts.put(
            archive, path, made.encode(), "retention-confirm", f"{pack}/{row}",
            article=article, years=years, permanent=permanent,
        )  # fmt: skip
    return path


def check_article(article: str) -> None:
    """Raise :class:`UsageError` if ``article`` is blank."""
    if not article.strip():
        raise UsageError(
            _("Phải nêu điều khoản đã đọc."), _("Ví dụ: Thông tư 45/2018/TT-BCA, Phụ lục, dòng 12.")
        )


def _quoted(text: str) -> str:
    """Return ``text`` as a basic string of TOML."""
    inner = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(char if char.isprintable() else " " for char in inner) + '"'
