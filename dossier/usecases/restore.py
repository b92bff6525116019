"""Restore a backup after verifying it; the replaced state and configuration are kept aside."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from contextlib import nullcontext, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath

from dossier import renaming
from dossier.archive import MANIFEST_NAME, Archive
from dossier.catalogue.sqlite import foreign
from dossier.catalogue.sqlite.copies import empty_log, forget_verdicts, forget_what_is_open_in
from dossier.catalogue.sqlite.glance import NAME
from dossier.errors import ArchiveError, IndexUnusableError, UsageError
from dossier.i18n import _
from dossier.os_errors import in_words
from dossier.renaming import to_disk_folder
from dossier.usecases import audit, page_file
from dossier.usecases.locking import logging_to, serving, working, writing
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

_DATABASES = (NAME, page_file.NAME)
_LOGS = ("-wal", "-shm", "-journal")  # SQLite's own files beside a database


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
    :mod:`dossier.usecases.packed` allows. The index is rebuilt. Raises :class:`UsageError` if something would
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
            tempfile.TemporaryDirectory(dir=state, prefix=".restore-") as folder,
        ):
            fresh = Path(folder)
            places = {name: _place(archive, file, name, inside) for name, inside in wanted(manifest).items()}
            _check_room(state, file, manifest)
            verify_backup(file, manifest, fresh)
            if why := foreign.objection(fresh / STATE / NAME):
                raise refused_backup(file, why)
            forget_verdicts(fresh / STATE / NAME)
            forget_what_is_open_in(state / NAME, fresh / STATE / NAME)
            accounts = fresh / STATE / page_file.NAME
            if accounts.exists():
                if why := page_file.objection(accounts):
                    raise refused_backup(file, why)
                page_file.leave_behind(accounts)
            broken = audit.verify_in(fresh / STATE).broken
            logs = [name for name in places if is_log(name)]
            keeps_log = bool(broken) or audit.continues(state, fresh / STATE)
            pairs = [(fresh / name, there) for name, there in places.items() if name not in logs]
            replaced = [there for new, there in pairs if os.path.lexists(there) and not _alike(new, there)]
            if logs and not keeps_log:
                replaced += audit.files_in(state)
            if replaced and not force:
                raise UsageError(
                    _("Kho đã có {path}; không ghi đè.").format(path=replaced[0]),
                    _("Thêm --force: trạng thái hiện tại được giữ lại ở một thư mục bên cạnh."),
                )
            former = _keep_aside(archive, replaced) if replaced else None
            if logs and not keeps_log:
                _put_log(state, [(fresh / name, places[name]) for name in logs])
            audit.note(archive, "restore", str(file), made_at=manifest.made_at, former=former, broken=broken)
            _put(state, pairs)
            _forget(archive)
            return former, broken
    except OSError as error:
        raise ArchiveError(
            _("Không phục hồi được vào {path}: {why}.").format(path=state, why=in_words(error)),
            _("Kiểm tra quyền ghi và chỗ trống trên đĩa rồi chạy lại."),
        ) from error


def _forget(archive: Archive) -> None:
    """Remove what the kept state still contains of documents sealed in the restored one; if that fails, the
    next scan does it."""
    from dossier.usecases.forget import forget
    from dossier.usecases.known import open_known

    with suppress(OSError, IndexUnusableError), open_known(archive) as catalogue:
        forget(archive, catalogue)


def _place(archive: Archive, file: Path, name: str, inside: PurePosixPath) -> Path:
    """Return the target path of a file of the backup. Refuse the backup unless the path is below the state or
    archive folder, contains no link, and is a regular file or does not exist."""
    base = archive.state if name.startswith(STATE) else archive.root
    target = base.joinpath(*inside.parts)
    for path in (target, *target.parents):
        if path == base:
            break
        if path.is_symlink() or (path.exists() and not (path.is_file() if path == target else path.is_dir())):
            raise refused_backup(
                file, _("{path} trong kho là liên kết hoặc không phải tệp thường").format(path=path)
            )
        if os.path.lexists(path / MANIFEST_NAME):
            raise refused_backup(file, _("{path} là một hồ sơ").format(path=path))
    if not target.resolve().is_relative_to(base.resolve()):
        raise refused_backup(file, _("{path} nằm ngoài kho").format(path=target))
    return target


def _check_room(state: Path, file: Path, manifest: BackupManifest) -> None:
    """Refuse a backup whose manifest declares more bytes than are free on the disk."""
    needed = sum(size for _sha, size in manifest.files.values())
    if needed > shutil.disk_usage(state).free:
        raise refused_backup(file, _("cần {size} MB, đĩa không đủ chỗ").format(size=-(-needed // 1_000_000)))


def _alike(one: Path, other: Path) -> bool:
    return one.name not in _DATABASES and one.read_bytes() == other.read_bytes()


def _keep_aside(archive: Archive, replaced: list[Path]) -> Path:
    """Copy the files that will be replaced to a new folder beside the state and return the folder."""
    stamp = datetime.now().strftime("%Y%m%d-%H%M%S")
    former = Path(tempfile.mkdtemp(dir=archive.state, prefix=f"former-{stamp}-"))
    for path in replaced:
        base, part = (archive.state, STATE) if path.is_relative_to(archive.state) else (archive.root, ARCHIVE)
        target = former / part / path.relative_to(base)
        target.parent.mkdir(parents=True, exist_ok=True)
        if path.name in _DATABASES:
            empty_log(path)
            for end in _LOGS:
                with suppress(FileNotFoundError):
                    shutil.copy2(f"{path}{end}", f"{target}{end}")
        shutil.copy2(path, target)
    to_disk(former)
    to_disk_folder(archive.state)
    return former


def _put_log(state: Path, pairs: list[tuple[Path, Path]]) -> None:
    with logging_to(state):
        for former in audit.files_in(state):
            former.unlink()
        for new, there in pairs:
            _put_one(new, there)


def _put(state: Path, pairs: list[tuple[Path, Path]]) -> None:
    # The index belongs to the former catalogue; the next search or scan rebuilds it.
    shutil.rmtree(state / "index", ignore_errors=True)
    # The catalogue comes last: until then the former one is in force.
    for new, there in sorted(pairs, key=lambda pair: pair[1].name == NAME):
        there.parent.mkdir(parents=True, exist_ok=True)
        if there.name in _DATABASES:
            for end in _LOGS:
                Path(f"{there}{end}").unlink(missing_ok=True)
        _put_one(new, there)


def _put_one(new: Path, there: Path) -> None:
    """Move a file to its target atomically and flush it to the disk."""
    _sync(new)
    try:
        renaming.replace(new, there)
    except OSError as error:
        if error.errno != errno.EXDEV:  # the archive may be on another disk than its state folder
            raise
        handle, name = tempfile.mkstemp(dir=there.parent, prefix=".restore-")
        os.close(handle)
        beside = Path(name)
        try:
            shutil.copy(new, beside)
            _sync(beside)
            renaming.replace(beside, there)
        finally:
            beside.unlink(missing_ok=True)
    if os.name != "nt":  # folders cannot be opened on Windows
        _sync(there.parent, os.O_RDONLY)


def _sync(path: Path, flags: int = os.O_RDWR) -> None:
    handle = os.open(path, flags)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
