"""One writer at a time per state folder.

The operating system keeps the lock and lets go of it when its process ends, however that happens: a
stale lock cannot be. ``lock.json`` beside it is for people: who holds it, since when.
"""

from __future__ import annotations

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

if TYPE_CHECKING:
    from filelock import BaseFileLock

_POLL_SECONDS = 0.02  # short beside the pauses that a watcher makes between its batches
_TURN_SECONDS = 0.3  # how long a writer goes on before it lets others in
_SIGN_SECONDS = 0.2  # how often those who wait say so again
_PAGE = "serve.lock"
_LOOPBACK = re.compile(r"https?://(?:127\.0\.0\.1|localhost|\[::1\]):[0-9]{1,5}")
_LONG = 3600.0  # seconds for which work that has begun waits for its next turn


def _patience(wait: float | None) -> float:
    return workspace.current().patience if wait is None else wait


@contextmanager
def writing(where: Archive | Path, purpose: str, *, wait: float | None = None) -> Iterator[None]:
    """Hold the archive's lock while the body runs: on all machines, when its catalogue is on a server. A
    path stands for a state folder whose catalogue is not.

    For what is done in a moment; long work gives way (:func:`taking_turns`). Waits for its holder ``wait``
    seconds (``None``: as the workspace says), then raises :class:`LockedError` naming it.
    """
    with taking_turns(where, purpose, wait=wait):
        yield


@contextmanager
def taking_turns(where: Archive | Path, purpose: str, *, wait: float | None = None) -> Iterator[Turns]:
    """As :func:`writing`, with a way to let others in between."""
    turns = Turns(where, "lock", purpose)
    try:
        turns.take(_patience(wait))
        yield turns
    finally:
        turns.close()


@contextmanager
def working(where: Archive | Path, purpose: str, *, wait: float | None = None) -> Iterator[None]:
    """Be the only one that does long work on the archive (a scan, a night), which writes in turns."""
    turns = Turns(where, "job.lock", purpose)
    try:
        turns.take(_patience(wait))
        yield
    finally:
        turns.close()


def is_at_work(where: Archive) -> bool:
    """Whether somebody, here or on another machine, is doing long work on the archive now."""
    try:
        with working(where, "look", wait=0):
            return False
    except LockedError:
        return True


class Turns:
    """A lock that is held in turns, so short that a person's decision never waits long for a scan."""

    def __init__(self, where: Archive | Path, name: str, purpose: str) -> None:
        from filelock import FileLock  # loads much; who only reads needs none

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
        """Raises :class:`LockedError` after ``wait`` seconds. Does nothing when we hold it."""
        if self._file.is_locked:
            return
        until = time.monotonic() + wait
        _acquire(self._file, wait, self._wanted, self._holder, self._name)
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
        """Nothing is written for a while."""
        if self._server is not None and self._file.is_locked:
            self._server.release()
        self._file.release()

    def give_way(self) -> None:
        """Let whoever waits do so first, once we had our turn. For between two things that are whole."""
        if time.monotonic() - self._since < _TURN_SECONDS or not self._file.is_locked:
            return
        if self._server is None and not self._wanted.exists():
            self._since = time.monotonic()
            return
        self._wanted.unlink(missing_ok=True)
        self.free()
        if self._server is None:
            time.sleep(3 * _POLL_SECONDS)  # those who wait look that often
        self._told = False
        self.take()
        self._since = time.monotonic()

    def close(self) -> None:
        """Let go of the lock."""
        if self._told and self._file.is_locked:
            self._holder.unlink(missing_ok=True)
        self.free()
        if self._server is not None:
            self._server.close()


@contextmanager
def watching(where: Archive | Path) -> Iterator[None]:
    """Be the only ``dossier watch`` on this archive. Raises :class:`LockedError`."""
    turns = Turns(where, "watch.lock", "watch")
    try:
        turns.take(0)
        yield
    finally:
        turns.close()


@contextmanager
def backing_up(state: Path, *, wait: float | None = None) -> Iterator[None]:
    """Hold the copy of the catalogue that a backup is made from; writers clear away what nobody holds."""
    with _holding(state, "backup.lock", "backup", _patience(wait)):
        yield


@contextmanager
def serving(state: Path) -> Iterator[Callable[[str], None]]:
    """Be the only page of this state folder; what is handed over takes the page's address, for a second
    start. Raises :class:`LockedError`."""
    with _holding(state, _PAGE, "serve", 0) as holder:
        yield lambda address: _tell_holder(holder, "serve", address=address)


def page_address(state: Path) -> str | None:
    """Where the page of this state folder is open on this machine for this machine alone; empty where it is
    open for others too, or elsewhere; ``None``: the process that holds it has not said yet. A state may come
    from anywhere: nothing else than such an address is taken from it."""
    with suppress(OSError, ValueError, KeyError, TypeError):
        known = json.loads((state / _PAGE).with_suffix(".json").read_text())
        here, address = known["host"] == socket.gethostname(), str(known["address"])
        return address if here and _LOOPBACK.fullmatch(address) else ""
    return None


@contextmanager
def logging_to(state: Path) -> Iterator[None]:
    """Be the only one that writes to the log of acts, for the moment that takes."""
    with _holding(state, "audit.lock", "audit", 30.0):
        yield


def clear_leftovers(state: Path) -> int:
    """Delete what a killed backup or restore left: whole copies of the catalogue. How many. The caller
    holds the archive's lock."""
    patterns = [".restore-*", ".probe-*", "catalogue.sqlite.bak-*.tmp"]
    left = [path for pattern in patterns for path in state.glob(pattern)]
    copies = list(state.glob(".backup-*"))
    with suppress(LockedError):
        if copies:
            with backing_up(state, wait=0):
                left += state.glob(".backup-*")
                _delete(left)
                return len(left)
    _delete(left)
    return len(left)


def _delete(paths: list[Path]) -> None:
    for path in paths:
        with suppress(OSError):
            shutil.rmtree(path) if path.is_dir() else path.unlink()


@contextmanager
def _holding(state: Path, name: str, purpose: str, wait: float) -> Iterator[Path]:
    """Hold a lock of this machine alone; the file that tells others who does."""
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
    """Take the lock, and meanwhile let its holder know that somebody waits."""
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
    except (OSError, NotImplementedError) as error:  # a link in its place, or a share without locks
        raise ArchiveError(
            _("Không khóa được thư mục trạng thái {path} ({why}): ổ mạng thường không cho.").format(
                path=holder.parent, why=in_words(error)
            ),
            _("Đặt trạng thái trên máy này: thêm --state THƯ_MỤC (một thư mục ngoài kho)."),
        ) from error


def _tell_holder(holder: Path, purpose: str, **more: str) -> None:
    process = {"pid": os.getpid(), "host": socket.gethostname(), "since": time.time()}
    known = {**process, "purpose": purpose, **more}
    with suppress(OSError):  # on a full disk what is to be written itself tells so, in its own words
        holder.write_text(json.dumps(known))


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
        there = known.get("host", "")
        where = "" if there == socket.gethostname() else _(" trên máy {host}").format(host=there)
        return _(" (dossier {purpose}, số tiến trình {pid}{where}, từ {since})").format(
            purpose=known["purpose"], pid=known["pid"], where=where, since=since
        )
    except (OSError, ValueError, KeyError, TypeError):
        return ""
