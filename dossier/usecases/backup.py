"""Back up in one file what cannot be recomputed: the catalogue with decisions, waivers and history, the
accounts of the web page, the audit log, and the archive's configuration."""

from __future__ import annotations

import json
import os
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from dossier import __version__
from dossier.archive import Archive
from dossier.catalogue.sqlite.copies import copy_of, version_of
from dossier.catalogue.sqlite.glance import NAME
from dossier.errors import ArchiveError, LockedError
from dossier.i18n import _
from dossier.os_errors import in_words
from dossier.progress import counted
from dossier.renaming import move_into_place
from dossier.scanner.written import remember
from dossier.usecases import audit, page_file
from dossier.usecases.backup_leftovers import unfinished_file
from dossier.usecases.known import check_file, check_scanned, open_known
from dossier.usecases.locking import backing_up, clear_leftovers, writing
from dossier.usecases.output import check
from dossier.usecases.packed import (
    ARCHIVE,
    CONFIGURATION,
    FORMAT,
    MANIFEST,
    STATE,
    BackupManifest,
    copy,
    may_be_packed,
    read_packing_list,
    verify_backup,
)

_ENDLESS = 1 << 62  # bytes: no limit


def beside(archive: Archive) -> Path:
    """Return a new file beside the archive's folder, named after it and the time."""
    root = archive.root
    return root.parent / f"{root.name}-sao-luu-{datetime.now():%Y-%m-%d-%H%M%S}.zip"


def backup(
    archive: Archive, target: Path, *, force: bool = False, handed_over: bool = False
) -> BackupManifest:
    """Write a backup to ``target`` atomically, while others may be working; return its manifest.
    ``handed_over``: the file will be taken away from there, so only its name is remembered.

    Raises :class:`~dossier.errors.UsageError` when nothing may be written there (see
    :func:`~dossier.usecases.output.check`), :class:`ArchiveError` when it cannot be
    written or does not read back as it was written.
    """
    check_scanned(archive)
    check_file(archive)
    target = check(target, archive, force=force, stream=False)
    location = target.name if handed_over else str(target)
    audit.note(archive, "backup", location)
    with open_known(archive) as known:  # before copying, so that the backup contains its own record
        known.secrecy.keep_backup(location)
    state = archive.ready_state()
    # While others are writing, what killed ones left stays until they or the next backup are done.
    with suppress(ArchiveError, LockedError), writing(archive, "backup", wait=0):
        clear_leftovers(state)
    try:
        with (
            backing_up(state),
            tempfile.TemporaryDirectory(dir=state, prefix=".backup-") as folder,
            unfinished_file(state, target) as unfinished,  # it contains the documents' texts
        ):
            # Copied in this order, a request pending on the page is in the page's file, the catalogue or
            # both, and every act in either of them is in the log.
            page_file.pack(state, Path(folder))
            copy_of(state / NAME, Path(folder, NAME))
            audit.pack(state, Path(folder))
            with unfinished.open("wb") as out:
                made = _write(out, archive, Path(folder))
                out.flush()
                os.fsync(out.fileno())
            if read_packing_list(unfinished) != made:
                raise OSError(_("đọc lại không giống như đã ghi"))
            verify_backup(unfinished, made)
            move_into_place(unfinished, target, replace=force)
    except OSError as error:
        raise ArchiveError(
            _("Không sao lưu được vào {path}: {why}.").format(path=target, why=in_words(error)),
            _("Kiểm tra thư mục có tồn tại, có quyền ghi và còn chỗ trống."),
        ) from error
    remember(archive, target)
    return made


def _write(out: IO[bytes], archive: Archive, copies: Path) -> BackupManifest:
    files: dict[str, tuple[str, int]] = {}
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as packed:
        for name, path in counted(list(_content(archive, copies)), what=_("sao lưu")):
            with path.open("rb") as source, packed.open(name, "w", force_zip64=True) as into:
                files[name] = copy(source, into, _ENDLESS)
        now = datetime.now(UTC).isoformat(timespec="seconds")
        made = BackupManifest(FORMAT, __version__, version_of(copies / NAME), now, str(archive.root), files)
        packed.writestr(MANIFEST, json.dumps(asdict(made), ensure_ascii=False, indent=1))
    return made


def _content(archive: Archive, copies: Path) -> Iterator[tuple[str, Path]]:
    """Yield name and file of each member. The rest of the state folder is recomputed when needed."""
    for path in sorted(copies.iterdir()):
        if may_be_packed(STATE + path.name):
            yield STATE + path.name, path
    listed = {path for pattern in CONFIGURATION for path in archive.root.glob(pattern)}
    for path in sorted(listed):
        name = ARCHIVE + path.relative_to(archive.root).as_posix()
        linked = any(part.is_symlink() for part in (path, *path.parents) if part != archive.root)
        if path.is_file() and not linked and may_be_packed(name):
            yield name, path
