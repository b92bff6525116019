"""Receive a file handed in by a person: read it first, then store it in the inbox. A file with a stamp of
secrecy is refused and completely erased.
"""

from __future__ import annotations

import os
import re
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path

from dossier.archive import MANIFEST_NAME, OWN_FILES, Archive
from dossier.catalogue import open_catalogue
from dossier.errors import ArchiveError, LockedError, UsageError
from dossier.i18n import _
from dossier.model import OUTSIDE, FileEntry, FileRecord
from dossier.os_errors import in_words
from dossier.scanner import VERSION
from dossier.scanner.pipeline import Task, apart
from dossier.scanner.sandbox import Died, Done, Pool
from dossier.scanner.walk_result import readable
from dossier.usecases import audit, new_folder
from dossier.usecases.file_names import free_name, safe_name
from dossier.usecases.inbox import carry
from dossier.usecases.inbox.folders import hold_folder
from dossier.usecases.indexing import catch_up
from dossier.usecases.locking import writing
from dossier.usecases.reading import bounds_for, processor_for, unread_record
from dossier.usecases.updating import Update
from dossier.usecases.whole_acts import acted

_SPOOL = ".inbox-"  # prefix of folders in the state that contain files while they are examined
_UNFINISHED = (".tmp", ".part", ".crdownload")  # extensions of unfinished files, which scans ignore
_PART = b".dossier-new-%d.part"
_LEFT = re.compile(r"\.dossier-new-(\d+)\.part")


@dataclass(frozen=True, slots=True)
class Received:
    """A file received in the inbox. ``path``: below the root; ``papers``: number of documents found in it."""

    path: str
    sha256: str
    papers: int
    unread: bool


class SecretError(UsageError):
    """The file has a stamp of secrecy; nothing of it was kept."""


@contextmanager
def spool(archive: Archive) -> Iterator[Path]:
    """Yield a temporary folder in the state for one file being received; it is erased at the end."""
    sweep(archive)
    folder = archive.ready_state() / new_folder.name(_SPOOL)
    folder.mkdir(mode=0o700)
    try:
        yield folder
    finally:
        _wipe(folder)


def sweep(archive: Archive) -> None:
    """Erase temporary folders left by killed processes."""
    for left in new_folder.left_behind(archive.state, _SPOOL):
        _wipe(left)


def name_for(name: str) -> str:
    """Return the safe name for a file to be received. Raises :class:`UsageError` for a name that scans do not
    read as a document."""
    safe = safe_name(name)
    if safe.casefold() in (*OWN_FILES, MANIFEST_NAME) or safe.casefold().endswith(_UNFINISHED):
        raise UsageError(_("“{name}” không phải tên của một văn bản; không nhận.").format(name=safe))
    return safe


def receive(archive: Archive, spooled: Path, folder: str = "") -> Received:
    """Read a file in a :func:`spool` folder, where it has its final name, and store it in the inbox, below
    the inbox's subfolder ``folder``.

    Raises :class:`SecretError`, :class:`UsageError` if the file is not accepted, :class:`ArchiveError` if it
    cannot be stored.
    """
    if not archive.inbox:
        raise UsageError(
            _("Kho này không có hộp thư đến."),
            _("Đặt lại tên thư mục của nó ở phần [inbox] trong dossier.toml."),
        )
    _check_size(archive, spooled)
    record = _read(archive, spooled)
    if any(placed.security is not None for placed in record.documents):
        audit.note(archive, "inbox-refuse", spooled.name, why="secret")
        raise SecretError(
            _(
                "“{name}” có dấu chỉ độ mật, hoặc khung dấu đỏ không đọc được: đã từ chối, không giữ lại gì."
            ).format(name=spooled.name),
            _("Không đưa tài liệu mật lên máy nối mạng; xử lý theo quy định về bí mật nhà nước."),
        )
    where = "/".join([archive.inbox, *(safe_name(part) for part in folder.split("/") if part)])
    raw = _keep(archive, spooled, where, record.sha256)
    with suppress(LockedError):  # the running scan, the watcher or a later scan catalogues it then
        _catalogue(archive, raw, record)
    return Received(readable(raw), record.sha256, len(record.documents), record.unread is not None)


def _check_size(archive: Archive, spooled: Path) -> None:
    size, settings = spooled.stat().st_size, archive.config.inbox
    if not size:
        raise UsageError(_("“{name}” trống (0 byte); không nhận.").format(name=spooled.name))
    if size > settings.max_file_mb << 20:
        raise UsageError(
            _("“{name}” lớn hơn {most} MB; không nhận.").format(name=spooled.name, most=settings.max_file_mb)
        )
    if size + _waiting_bytes(archive) > settings.max_waiting_mb << 20:
        raise UsageError(
            _("Hộp thư đến đã đầy ({most} MB).").format(most=settings.max_waiting_mb),
            _("Xếp bớt các tệp đang chờ vào hồ sơ rồi gửi lại."),
        )


def _waiting_bytes(archive: Archive) -> int:
    root = archive.root / archive.inbox
    return sum(
        entry.stat(follow_symlinks=False).st_size
        for folder, _folders, _names in os.walk(root)
        for entry in os.scandir(folder)
        if entry.is_file(follow_symlinks=False)
    )


def _read(archive: Archive, spooled: Path) -> FileRecord:
    """Read the file in a sandboxed process."""
    state = os.fsencode(archive.state)
    status = spooled.stat()
    raw = os.fsencode(spooled.relative_to(archive.state).as_posix())
    entry = FileEntry(spooled.name, raw, status.st_size, status.st_mtime_ns, status.st_ino, OUTSIDE)
    processor = replace(processor_for(archive), root=state)
    task = Task(entry, "")
    settings = archive.config.scan
    with Pool(
        processor, workers=1, seconds=settings.timeout_seconds, bounds=bounds_for(archive), again=apart
    ) as pool:
        for _task, outcome in pool.run([task]):
            if isinstance(outcome, Died):
                return unread_record(processor, task, outcome)
            if isinstance(outcome.value, FileRecord):
                return outcome.value
    raise ArchiveError(_("Không đọc được “{name}”.").format(name=spooled.name))


def _keep(archive: Archive, spooled: Path, where: str, sha256: str) -> bytes:
    """Copy the file into the inbox without replacing anything; return its raw path."""
    root, part = os.fsencode(archive.root), _PART % os.getpid()
    folder = raw_folder(archive, where)
    name = os.fsencode(spooled.name)
    try:
        with (
            hold_folder(os.fsencode(spooled.parent), b"") as there,
            hold_folder(root, folder, make=True) as here,
        ):
            for left in filter(None, map(_LEFT.fullmatch, here.names())):
                if not new_folder.lives(int(left[1])):  # the process was killed
                    here.remove(os.fsencode(left[0]))
            seen = carry.fingerprint(there, name)
            if sha256 and seen.sha256 != sha256:
                raise UsageError(_("“{name}” đã thay đổi trong lúc nhận.").format(name=spooled.name))
            free = os.fsencode(free_name(spooled.name, here.names()))
            carry.copy(there, name, here, part, seen.sha256, seen.size)
            unfinished = archive.root / os.fsdecode(folder + b"/" + part)
            acted(archive, unfinished, "inbox-receive", f"{where}/{os.fsdecode(free)}", sha256=seen.sha256)
            while True:
                try:
                    carry.publish(here, part, free)
                    break
                except FileExistsError:
                    free = os.fsencode(free_name(spooled.name, here.names()))
            here.remove(part)
    except carry.NoRoomError:
        raise ArchiveError(_("Đĩa không còn đủ chỗ cho “{name}”.").format(name=spooled.name)) from None
    except OSError as error:
        raise ArchiveError(
            _("Không nhận được “{name}”: {why}.").format(name=spooled.name, why=in_words(error)),
            _("Kiểm tra quyền ghi và chỗ trống trên đĩa."),
        ) from error
    return folder + b"/" + free


def raw_folder(archive: Archive, where: str) -> bytes:
    """Return the raw path of a folder given by its NFC path, spelled as on the disk if it exists."""
    found: list[bytes] = []
    for part in where.split("/"):
        with suppress(OSError), hold_folder(os.fsencode(archive.root), b"/".join(found)) as opened:
            same = [name for name in opened.names() if readable(os.fsencode(name)) == part]
            found.append(os.fsencode(same[0] if same else part))
            continue
        found.append(os.fsencode(part))
    return b"/".join(found)


def _catalogue(archive: Archive, raw: bytes, record: FileRecord) -> None:
    """Store the record of the file with its path in the inbox, so that it is not read again."""
    with writing(archive, "inbox"), open_catalogue(archive, VERSION) as catalogue:
        if "scanned_at" not in catalogue.meta():
            return
        update = Update(archive, catalogue)
        for change in update.begin([readable(raw)]).read:
            if change.entry.raw_path == raw:
                unread = record.unread and replace(record.unread, path=change.entry.path)
                update.settle(change, Done(replace(record, entry=change.entry, unread=unread, doubtful=True)))
        catch_up(archive, catalogue)


def _wipe(folder: Path) -> None:
    """Overwrite the files in the folder with other bytes, then delete the folder."""
    for file in folder.rglob("*"):
        with suppress(OSError):
            if file.is_file() and not file.is_symlink():
                with file.open("r+b") as opened:
                    left = os.fstat(opened.fileno()).st_size
                    while left > 0:
                        left -= opened.write(bytes(min(left, 1 << 20)))
                    opened.flush()
                    os.fsync(opened.fileno())
    shutil.rmtree(folder, ignore_errors=True)


def add(archive: Archive, file: Path, folder: str = "") -> Received:
    """Receive a copy of a file on this machine; the original is not changed. Raises the same errors as
    :func:`receive`."""
    with spool(archive) as place:
        spooled = place / name_for(file.name)
        try:
            told = file.stat()
            if not stat.S_ISREG(told.st_mode) and not stat.S_ISDIR(told.st_mode):
                # A device has no end, and a pipe is waited for.
                raise UsageError(
                    _("{path} không phải là tệp thông thường.").format(path=file),
                    _("Kiểm tra tên và quyền đọc của tệp rồi thử lại."),
                )
            if told.st_size > archive.config.inbox.max_file_mb << 20:
                raise UsageError(
                    _("“{name}” lớn hơn {most} MB; không nhận.").format(
                        name=spooled.name, most=archive.config.inbox.max_file_mb
                    )
                )
            shutil.copyfile(file, spooled)
        except OSError as error:
            raise UsageError(
                _("Không đọc được {path}: {why}.").format(path=file, why=in_words(error)),
                _("Kiểm tra tên và quyền đọc của tệp rồi thử lại."),
            ) from error
        return receive(archive, spooled, folder)
