"""Locks that allow one writer at a time per state folder.

The operating system holds a lock and releases it whenever its process ends, so there are no stale locks.
``lock.json`` beside the lock tells people who has held it since when.
"""

from __future__ import annotations

import errno
import json
import os
import re
import shutil
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from dossier import workspace
from dossier.archive import Archive
from dossier.catalogue.server import server_of
from dossier.errors import ArchiveError, LockedError
from dossier.i18n import _
from dossier.os_errors import in_words
from dossier.state import UNFINISHED_RESTORE

if TYPE_CHECKING:
    from filelock import BaseFileLock

_POLL_SECONDS = 0.02  # short compared with a watcher's pauses between batches
_TURN_SECONDS = 0.3  # how long a writer keeps the lock before it lets others in
_SIGN_SECONDS = 0.2  # how often waiting processes renew their sign
_PAGE = "serve.lock"
_LOOPBACK = re.compile(r"https?://(?:127\.0\.0\.1|localhost|\[::1\]):[0-9]{1,5}")
_OF_THE_DISK = (errno.EROFS, errno.ENOSPC, errno.EDQUOT, errno.EACCES, errno.EPERM)
_LONG = 3600.0  # seconds that work in progress waits for its next turn


def _patience(wait: float | None) -> float:
    return workspace.current().patience if wait is None else wait


@contextmanager
def writing(where: Archive | Path, purpose: str, *, wait: float | None = None) -> Iterator[None]:
    """Hold the archive's lock while the body runs; it covers all machines if the catalogue is on a server.
    ``where`` as a path: a state folder whose catalogue is a file.

    For short work; long work uses :func:`taking_turns`. Waits up to ``wait`` seconds (``None``: the
    workspace's patience), then raises :class:`LockedError` naming the holder.
    """
    with taking_turns(where, purpose, wait=wait):
        yield


@contextmanager
def taking_turns(where: Archive | Path, purpose: str, *, wait: float | None = None) -> Iterator[Turns]:
    """Like :func:`writing`, for long work: the yielded object lets other writers in between its steps."""
    turns = Turns(where, "lock", purpose)
    try:
        turns.take(_patience(wait))
        yield turns
    finally:
        turns.close()


@contextmanager
def working(where: Archive | Path, purpose: str, *, wait: float | None = None) -> Iterator[None]:
    """Hold the lock for long work (a scan, a night), which allows only one such job but lets others write in
    between."""
    turns = Turns(where, "job.lock", purpose)
    try:
        turns.take(_patience(wait))
        yield
    finally:
        turns.close()


def is_at_work(where: Archive) -> bool:
    """Return whether long work on the archive is running, on this machine or another."""
    try:
        with working(where, "look", wait=0):
            return False
    except LockedError:
        return True


class Turns:
    """A lock held in short turns, so that a person's decision never waits long for a scan."""

    def __init__(self, where: Archive | Path, name: str, purpose: str) -> None:
        from filelock import FileLock  # imported late: slow to load, and readers need no lock

        state = where if isinstance(where, Path) else where.state
        self._name, self._purpose = name, purpose
        self._file = FileLock(state / name)
        self._wanted = state / f"{name}.wanted"
        self._holder = (state / name).with_suffix(".json")
        self._server = None
        if not isinstance(where, Path) and (server := server_of(where)):
            self._server = server.backend.ServerLock(server, name, purpose)
        self._since = 0.0
        self._told = False

    def take(self, wait: float = _LONG) -> None:
        """Acquire the lock unless held already. Raises :class:`LockedError` after ``wait`` seconds."""
        if self._file.is_locked:
            return
        until = time.monotonic() + wait
        _acquire(self._file, wait, self._wanted, self._holder, self._name)
        if self._purpose != "restore" and os.path.lexists(self._holder.with_name(UNFINISHED_RESTORE)):
            self._file.release()
            raise _half_restored()
        if self._server is not None:
            try:
                self._server.acquire(max(0.0, until - time.monotonic()))
            except BaseException as error:
                self._file.release()
                if isinstance(error, TimeoutError):
                    raise _locked(str(error), self._name) from error
                raise
        self._since = self._since or time.monotonic()
        if not self._told:
            _tell_holder(self._holder, self._purpose)
            self._told = True

    def free(self) -> None:
        """Release the lock for a while; :meth:`take` acquires it again."""
        if self._server is not None and self._file.is_locked:
            self._server.release()
        self._file.release()

    def give_way(self) -> None:
        """Let waiting writers go first if the lock was held for a full turn. To be called between two
        complete steps."""
        if time.monotonic() - self._since < _TURN_SECONDS or not self._file.is_locked:
            return
        if self._server is None and not self._wanted.exists():
            self._since = time.monotonic()
            return
        self._wanted.unlink(missing_ok=True)
        self.free()
        if self._server is None:
            time.sleep(3 * _POLL_SECONDS)  # waiting processes try once per poll interval
        self._told = False
        self.take()
        self._since = time.monotonic()

    def close(self) -> None:
        """Release the lock for good."""
        if self._told and self._file.is_locked:
            self._holder.unlink(missing_ok=True)
        self.free()
        if self._server is not None:
            self._server.close()


@contextmanager
def watching(where: Archive | Path) -> Iterator[None]:
    """Hold the lock of ``dossier watch``, one per archive. Raises :class:`LockedError` if another has it."""
    turns = Turns(where, "watch.lock", "watch")
    try:
        turns.take(0)
        yield
    finally:
        turns.close()


@contextmanager
def backing_up(state: Path, *, wait: float | None = None) -> Iterator[None]:
    """Hold the lock on a backup's temporary copy of the catalogue; writers delete copies that nobody
    locks."""
    with _holding(state, "backup.lock", "backup", _patience(wait)):
        yield


@contextmanager
def serving(state: Path) -> Iterator[Callable[[str], None]]:
    """Hold the lock of the web page, one per state folder; yield a function that records the page's address
    for a second start. Raises :class:`LockedError` if another page has the lock."""
    with _holding(state, _PAGE, "serve", 0) as holder:
        yield lambda address: _tell_holder(holder, "serve", address=address)


def page_address(state: Path) -> str | None:
    """Return the loopback address of this state folder's running web page; empty if the page also serves
    other machines or runs elsewhere; ``None`` if no address is recorded yet. The state folder is untrusted,
    so any other kind of address in it is ignored."""
    with suppress(OSError, ValueError, KeyError, TypeError):
        known = json.loads((state / _PAGE).with_suffix(".json").read_text())
        here, address = known["host"] == socket.gethostname(), str(known["address"])
        return address if here and _LOOPBACK.fullmatch(address) else ""
    return None


@contextmanager
def logging_to(state: Path) -> Iterator[None]:
    """Hold the lock of the audit log while the body appends to it."""
    with _holding(state, "audit.lock", "audit", 30.0):
        yield


def clear_leftovers(state: Path) -> int:
    """Delete copies of the catalogue left by a killed backup or restore; return their number. Those of a
    backup that is running stay. The caller holds the archive's lock."""
    patterns = [".restore-*", ".probe-*", "catalogue.sqlite.bak-*.tmp"]
    left = [path for pattern in patterns for path in state.glob(pattern)]
    _delete(left)
    copies: list[Path] = []
    if any(state.glob(".backup-*")):
        with suppress(LockedError), backing_up(state, wait=0):
            copies = list(state.glob(".backup-*"))
            _delete(copies)
    return len(left) + len(copies)


def _delete(paths: list[Path]) -> None:
    for path in paths:
        with suppress(OSError):
            shutil.rmtree(path) if path.is_dir() else path.unlink()


@contextmanager
def _holding(state: Path, name: str, purpose: str, wait: float) -> Iterator[Path]:
    """Hold a lock on this machine only; yield the JSON file that describes the holder."""
    from filelock import FileLock

    lock, holder = FileLock(state / name), (state / name).with_suffix(".json")
    _acquire(lock, wait, state / f"{name}.wanted", holder, name)
    try:
        _tell_holder(holder, purpose)
        yield holder
    finally:
        holder.unlink(missing_ok=True)
        lock.release()


def _acquire(lock: BaseFileLock, wait: float, wanted: Path, holder: Path, name: str) -> None:
    """Acquire the lock; while waiting, keep touching ``wanted`` so that its holder lets others in."""
    from filelock import Timeout

    until = time.monotonic() + wait
    try:
        with suppress(Timeout):
            lock.acquire(timeout=0)
            return
        while True:
            with suppress(OSError):
                wanted.touch()
            left = until - time.monotonic()
            try:
                lock.acquire(timeout=max(0.0, min(left, _SIGN_SECONDS)), poll_interval=_POLL_SECONDS)
                return
            except Timeout as error:
                if left <= _SIGN_SECONDS:
                    raise _locked(_who(holder), name) from error
    except (
        OSError,
        NotImplementedError,
    ) as error:
        if getattr(error, "errno", None) in _OF_THE_DISK:
            raise ArchiveError(
                _("Không ghi được vào thư mục trạng thái {path}: {why}.").format(
                    path=holder.parent, why=in_words(error)
                ),
                _("Giải phóng chỗ trống, cấp quyền ghi, hoặc chọn nơi khác bằng --state THƯ_MỤC."),
            ) from error
        # Otherwise the lock file is a link, or a share has no locks.
        raise ArchiveError(
            _("Không khóa được thư mục trạng thái {path} ({why}): ổ mạng thường không cho.").format(
                path=holder.parent, why=in_words(error)
            ),
            _("Đặt trạng thái trên máy này: thêm --state THƯ_MỤC (một thư mục ngoài kho)."),
        ) from error


def _tell_holder(holder: Path, purpose: str, **more: str) -> None:
    process = {"pid": os.getpid(), "host": socket.gethostname(), "since": time.time()}
    known = {**process, "purpose": purpose, **more}
    with suppress(OSError):  # on a full disk, the work itself reports the error in better words
        holder.write_text(json.dumps(known))


def _half_restored() -> ArchiveError:
    return ArchiveError(
        _("Lần phục hồi trước bị ngắt giữa chừng; chưa ghi gì vào kho được."),
        _("Chạy: dossier status để hoàn tất việc phục hồi, rồi làm lại việc vừa yêu cầu."),
    )


def _locked(who: str, name: str) -> LockedError:
    if name in ("lock", "job.lock"):
        return LockedError(
            _("Một tiến trình khác đang ghi vào kho này{who}.").format(who=who),
            _("Đợi nó xong rồi chạy lại, hoặc thêm --wait GIÂY; nếu chắc chắn nó bị treo, hãy dừng nó."),
        )
    if name == _PAGE:
        return LockedError(
            _("Trang của kho này đang mở{who}.").format(who=who),
            _("Dùng trang đang mở, hoặc dừng tiến trình kia trước."),
        )
    return LockedError(
        _("Kho này đang được theo dõi{who}.").format(who=who),
        _("Mỗi kho chỉ cần một dossier watch; dừng tiến trình kia nếu muốn chạy ở đây."),
    )


def _who(holder: Path) -> str:
    try:
        known = json.loads(holder.read_text())
        since = time.strftime("%H:%M:%S %d/%m/%Y", time.localtime(known["since"]))
        host = known.get("host", "")
        where = "" if host == socket.gethostname() else _(" trên máy {host}").format(host=host)
        return _(" (dossier {purpose}, số tiến trình {pid}{where}, từ {since})").format(
            purpose=known["purpose"], pid=known["pid"], where=where, since=since
        )
    except (OSError, ValueError, KeyError, TypeError):
        return ""
