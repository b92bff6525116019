"""Move an archive's catalogue between a file in its state folder and a PostgreSQL server."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from dossier.archive import INDEX_NAME, Archive
from dossier.catalogue import open_catalogue
from dossier.catalogue.server import (
    ADDRESS,
    MOVED,
    Server,
    forget_server,
    remember_server,
    server_for,
    server_of,
)
from dossier.catalogue.sqlite import glance
from dossier.catalogue.sqlite.copies import put_aside
from dossier.catalogue.sqlite.glance import NAME
from dossier.errors import CatalogueError, UsageError
from dossier.i18n import _
from dossier.scanner import VERSION
from dossier.usecases import audit
from dossier.usecases.assess import digest
from dossier.usecases.known import check_scanned
from dossier.usecases.locking import working, writing
from dossier.workspace import standing_in


@dataclass(frozen=True, slots=True)
class Moved:
    """Result of a move. ``rows``: number by table; ``verdicts``: digest that both catalogues give; ``kept``:
    the former file, now read-only."""

    rows: dict[str, int]
    verdicts: str
    where: str
    kept: Path | None


def migrate_to(archive: Archive, where: str, today: date | None = None) -> Moved:
    """Move the catalogue to the server address or folder ``where``; the archive uses it from then on.

    All rows, and the verdicts on all dossiers, are compared. Raises :class:`UsageError` if the catalogue is
    there already, :class:`CatalogueError` if anything differs: then nothing has changed. After an
    interruption the archive uses either the old or the new catalogue, and the same call completes the move.
    """
    check_scanned(archive)
    if "://" in where:
        return _to_server(archive, server_for(archive, where), today)
    return _to_folder(archive, standing_in() / where, today)


def _to_server(archive: Archive, server: Server, today: date | None) -> Moved:
    if known := server_of(archive):
        _end_move(archive, known)
        raise UsageError(_("Danh mục đã nằm trên máy chủ {server}.").format(server=known.shown))
    with working(archive, "migrate-to"), writing(archive, "migrate-to"):
        audit.note(archive, "migrate-to", server.shown)
        before = digest(archive, today)
        rows = _copied(archive.state, server)
        _check(before, at_server(archive, server), server, today)
        remember_server(archive.state, server)
        _take_up(server)
        kept = put_aside(archive.state / NAME)
    return Moved(rows, before, server.shown, kept)


def _end_move(archive: Archive, server: Server) -> None:
    """Complete an interrupted move of an archive that already uses the server."""
    if (archive.state / NAME).exists() and (archive.state / MOVED).exists():
        _take_up(server)
        put_aside(archive.state / NAME)


def _to_folder(archive: Archive, folder: Path, today: date | None) -> Moved:
    server = server_of(archive)
    if server is None:
        raise UsageError(
            _("Danh mục đã là tệp trong {path}.").format(path=archive.state),
            _("Muốn nhiều máy dùng chung, ghi địa chỉ máy chủ: dossier migrate-to postgresql://…"),
        )
    if os.environ.get(ADDRESS):
        raise UsageError(
            _("Biến môi trường {name} đang chỉ đến máy chủ.").format(name=ADDRESS),
            _("Bỏ biến ấy, ghi địa chỉ vào [catalogue] url của dossier.toml rồi chạy lại."),
        )
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    own = folder == archive.state
    if own:
        _end_move(archive, server)
    if (folder / NAME).exists() and (own or not glance.is_unfinished(folder)):
        raise UsageError(_("{path} đã có danh mục.").format(path=folder))
    with working(archive, "migrate-to"), writing(archive, "migrate-to"):
        audit.note(archive, "migrate-to", str(folder))
        before = digest(archive, today)
        rows = _copied(server, folder)
        moved = (archive.state / MOVED).exists()
        if own:
            forget_server(folder)  # otherwise the server would be compared with itself
        try:
            _check(before, _alone(archive, folder), folder, today)
            _take_up(folder)
        except BaseException:
            if moved:
                remember_server(archive.state, server)
            raise
        # The server may have fed another machine's index instead of this one: the next search rebuilds it.
        shutil.rmtree(folder / INDEX_NAME, ignore_errors=True)
    return Moved(rows, before, str(folder / NAME), None)


def _copied(source: Server | Path, target: Server | Path) -> dict[str, int]:
    with open_catalogue(source, VERSION) as old, open_catalogue(target, VERSION) as new:
        return new.moving.take_over(old.moving)


def _take_up(target: Server | Path) -> None:
    with open_catalogue(target, VERSION) as new:
        new.moving.take_up()


def _check(before: str, moved: Archive, target: Server | Path, today: date | None) -> None:
    """Raise :class:`CatalogueError`, and empty the target, if it gives other verdicts than ``before``."""
    if server_of(moved) != (target if isinstance(target, Server) else None) or before != digest(moved, today):
        with open_catalogue(target, VERSION) as new:
            new.moving.empty()
        raise CatalogueError(_("Kết quả đối chiếu sau khi chuyển không giống trước; chưa có gì thay đổi."))


def at_server(archive: Archive, server: Server) -> Archive:
    """Return the archive configured to use the catalogue on ``server``."""
    settings = replace(archive.config.catalogue, url=server.url, schema=server.schema)
    return replace(archive, config=replace(archive.config, catalogue=settings))


def _alone(archive: Archive, folder: Path) -> Archive:
    settings = replace(archive.config.catalogue, url="")
    return replace(archive, state=folder, config=replace(archive.config, catalogue=settings))
