"""Rows of the law on retention that the agency read itself: asked one by one, kept in ``retention.toml``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from dossier import renaming
from dossier.archive import Archive
from dossier.checklists.confirmed import NAME, packs_of
from dossier.checklists.source import read_text
from dossier.errors import ConfigurationError, UsageError
from dossier.i18n import _
from dossier.usecases import audit
from dossier.usecases.assess import assess
from dossier.usecases.locking import writing
from dossier.workspace import person


@dataclass(frozen=True, slots=True)
class OpenRow:
    """A row that nobody verified, with the pack of the dossiers that hang on it and how many they are."""

    pack: str
    pack_title: str
    row: str
    title: str
    period_title: str
    citation: str
    dossiers: int


def open_rows(archive: Archive, today: date | None = None) -> list[OpenRow]:
    """Rows that ended dossiers hang on and nobody verified, those of most dossiers first."""
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
    """Record that the person at this machine read ``article``: the row holds for the dossiers of the pack,
    with another period where that is given. The file it is written to.

    Raises :class:`UsageError` for no article, :class:`ConfigurationError` for an unknown pack or row.
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
    path, said = archive.root / NAME, "\n".join(lines)
    with writing(archive, "retention"):
        before = read_text(path) if path.exists() else None
        if (before or "").endswith(f"{said}\n"):
            return path  # a click that was carried out before its process was killed
        audit.note(
            archive, "retention-confirm", f"{pack}/{row}", article=article, years=years, permanent=permanent
        )
        _write(path, "\n\n".join(filter(None, [(before or "").rstrip(), said])) + "\n")
        try:
            packs_of(archive.root)
        except ConfigurationError:
            if before is None:
                path.unlink()
            else:
                _write(path, before)
            raise
    return path


def check_article(article: str) -> None:
    """Raise :class:`UsageError` where none is named."""
    if not article.strip():
        raise UsageError(
            _("Phải nêu điều khoản đã đọc."), _("Ví dụ: Thông tư 45/2018/TT-BCA, Phụ lục, dòng 12.")
        )


def _quoted(text: str) -> str:
    """A basic string of TOML."""
    inner = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(char if char.isprintable() else " " for char in inner) + '"'


def _write(path: Path, text: str) -> None:
    """Whole or not at all."""
    part = path.with_name(path.name + ".part")
    part.write_text(text, "utf-8")
    renaming.replace(part, path)
