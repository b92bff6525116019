"""Restore a backup after verifying it; the replaced state and configuration are kept aside."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from dossier.archive import Archive
from dossier.catalogue.sqlite import foreign
from dossier.catalogue.sqlite.copies import empty_log, forget_verdicts, forget_what_is_open_in
from dossier.catalogue.sqlite.glance import NAME
from dossier.errors import ArchiveError, IndexUnusableError, UsageError
from dossier.i18n import _
from dossier.os_errors import in_words
from dossier.renaming import to_disk_folder
from dossier.state import UNFINISHED_RESTORE
from dossier.usecases import audit, page_file
from dossier.usecases.locking import clear_leftovers, serving, working, writing
from dossier.usecases.new_folder import to_disk
from dossier.usecases.packed import (
    ARCHIVE,
    STATE,
    BackupManifest,
    is_log,
    read_packing_list,
    refused_backup,
    verify_backup,
    wanted,
)
from dossier.usecases.restoring import DATABASES, LOGS, Unpacked, place, put


@dataclass(frozen=True, slots=True)
class Restored:
    """Result of a restore. ``former``: folder with the replaced state and configuration, ``None`` if there
    were none; ``broken``: where the backup's audit log fails verification; it was not restored then."""

    manifest: BackupManifest
    former: Path | None
    broken: str = ""


def restore(archive: Archive, file: Path, *, force: bool = False) -> Restored:
    """Replace the archive's catalogue, history, accounts and configuration by those of the backup.

    The audit log is kept if it continues the backup's log; otherwise it is kept aside and replaced.

    Nothing is changed before the whole backup is verified and contains only what
    :mod:`dossier.usecases.packed` allows; then everything is, also if this process is killed amid it (see
    :mod:`dossier.usecases.restoring`). The index is rebuilt. Raises :class:`UsageError` if something would
    be replaced without ``force``, :class:`ArchiveError` if the backup is damaged, newer or not made by this
    program, or cannot be written.
    """
    manifest = read_packing_list(file)
    was_there = archive.state.exists()
    state = archive.ready_state()
    try:
        former, broken = _restore(archive, state, file, manifest, force)
    except BaseException:
        if not was_there:  # refused: remove the state folder created for the attempt
            shutil.rmtree(state, ignore_errors=True)
        raise
    from dossier.usecases.indexing import rebuild

    with suppress(IndexUnusableError):  # the next search or scan rebuilds it
        rebuild(archive)
    return Restored(manifest, former, broken)


def _restore(
    archive: Archive, state: Path, file: Path, manifest: BackupManifest, force: bool
) -> tuple[Path | None, str]:
    try:
        with (
            working(archive, "restore"),
            writing(archive, "restore"),
            serving(state) if STATE + page_file.NAME in manifest.files else nullcontext(),
            _unpacking(state) as fresh,
        ):
            places = {name: _place(archive, file, name) for name in wanted(manifest)}
            _check_room(state, file, manifest)
            verify_backup(file, manifest, fresh)
            _check_and_clean(archive, file, fresh)
            broken = audit.verify_in(fresh / STATE).broken
            log = any(map(is_log, places)) and not broken and not audit.continues(state, fresh / STATE)
            changed = [
                name for name, there in places.items() if not is_log(name) and not _alike(fresh / name, there)
            ]
            replaced = [places[name] for name in changed if os.path.lexists(places[name])]
            replaced += audit.files_in(state) if log else []
            if replaced and not force:
                raise UsageError(
                    _("Kho đã có {path}; không ghi đè.").format(path=replaced[0]),
                    _("Thêm --force: trạng thái hiện tại được giữ lại ở một thư mục bên cạnh."),
                )
            former = _keep_aside(archive, replaced) if replaced else None
            unpacked = Unpacked(fresh, tuple(changed), log)
            put(archive, unpacked, str(file), made_at=manifest.made_at, former=former, broken=broken)
            return former, broken
    except OSError as error:
        raise ArchiveError(
            _("Không phục hồi được vào {path}: {why}.").format(path=state, why=in_words(error)),
            _("Kiểm tra quyền ghi và chỗ trống trên đĩa rồi chạy lại."),
        ) from error


@contextmanager
def _unpacking(state: Path) -> Iterator[Path]:
    """A folder for the unpacked files; it stays if they were begun to be put but not all could be."""
    if not os.path.lexists(state / UNFINISHED_RESTORE):  # its folder is still needed
        clear_leftovers(state)
    fresh = Path(tempfile.mkdtemp(dir=state, prefix=".restore-"))
    try:
        yield fresh
    finally:
        if not os.path.lexists(state / UNFINISHED_RESTORE):
            shutil.rmtree(fresh, ignore_errors=True)


def _check_and_clean(archive: Archive, file: Path, fresh: Path) -> None:
    """Refuse databases that this program did not make, and remove what must not be restored from them."""
    catalogue, accounts = fresh / STATE / NAME, fresh / STATE / page_file.NAME
    if why := foreign.objection(catalogue):
        raise refused_backup(file, why)
    forget_verdicts(catalogue)
    forget_what_is_open_in(archive.state / NAME, catalogue)
    if accounts.exists():
        if why := page_file.objection(accounts):
            raise refused_backup(file, why)
        page_file.leave_behind(accounts)


def _place(archive: Archive, file: Path, name: str) -> Path:
    try:
        return place(archive, name)
    except ValueError as error:
        raise refused_backup(file, str(error)) from error


def _check_room(state: Path, file: Path, manifest: BackupManifest) -> None:
    """Refuse a backup whose manifest declares more bytes than are free on the disk."""
    needed = sum(size for _sha, size in manifest.files.values())
    if needed > shutil.disk_usage(state).free:
        raise refused_backup(file, _("cần {size} MB, đĩa không đủ chỗ").format(size=-(-needed // 1_000_000)))


def _alike(new: Path, there: Path) -> bool:
    return new.name not in DATABASES and there.exists() and new.read_bytes() == there.read_bytes()


def _keep_aside(archive: Archive, replaced: list[Path]) -> Path:
    """Copy the files that will be replaced to a new folder beside the state and return the folder."""
    stamp = datetime.now().strftime("%Y%m%d-%H%M%S")
    former = Path(tempfile.mkdtemp(dir=archive.state, prefix=f"former-{stamp}-"))
    for path in replaced:
        base, part = (archive.state, STATE) if path.is_relative_to(archive.state) else (archive.root, ARCHIVE)
        target = former / part / path.relative_to(base)
        target.parent.mkdir(parents=True, exist_ok=True)
        if path.name in DATABASES:
            empty_log(path)
            for end in LOGS:
                with suppress(FileNotFoundError):
                    shutil.copy2(f"{path}{end}", f"{target}{end}")
        shutil.copy2(path, target)
    to_disk(former)
    to_disk_folder(archive.state)
    return former
