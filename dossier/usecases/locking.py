"""One writer at a time per state folder.

The operating system keeps the lock and lets go of it when its process ends, however that happens: a
stale lock cannot be. ``lock.json`` beside it is for people: who holds it, since when.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from pathlib import Path

from dossier.errors import ArchiveError, LockedError
from dossier.i18n import _

_POLL_SECONDS = 0.02  # short beside the pauses that a watcher makes between its batches
_patience = 30.0
_waiting: ContextVar[float | None] = ContextVar("patience", default=None)


def be_patient(seconds: float) -> None:
    """How long this process waits for another writer before it gives up; 30 s unless told."""
    global _patience
    _patience = seconds


@contextmanager
def patient(seconds: float) -> Iterator[None]:
    """Wait that long for another writer while the body runs, whatever else this process does meanwhile."""
    before = _waiting.set(seconds)
    try:
        yield
    finally:
        _waiting.reset(before)


def _patience_now(wait: float | None) -> float:
    if wait is not None:
        return wait
    said = _waiting.get()
    return _patience if said is None else said


@contextmanager
def writing(state: Path, purpose: str, *, wait: float | None = None) -> Iterator[None]:
    """Hold the archive's lock while the body runs.

    Waits for its holder ``wait`` seconds (``None``: as :func:`be_patient` says), then raises
    :class:`LockedError` naming it.
    """
    with _holding(state, "lock", purpose, _patience_now(wait)):
        yield


@contextmanager
def watching(state: Path) -> Iterator[None]:
    """Be the only ``dossier watch`` on this state folder. Raises :class:`LockedError`."""
    with _holding(state, "watch.lock", "watch", 0):
        yield


@contextmanager
def backing_up(state: Path, *, wait: float | None = None) -> Iterator[None]:
    """Hold the copy of the catalogue that a backup is made from; writers clear away what nobody holds."""
    with _holding(state, "backup.lock", "backup", _patience_now(wait)):
        yield


@contextmanager
def serving(state: Path) -> Iterator[None]:
    """Be the only page of this state folder. Raises :class:`LockedError`."""
    with _holding(state, "serve.lock", "serve", 0):
        yield


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
def _holding(state: Path, name: str, purpose: str, wait: float) -> Iterator[None]:
    holder = (state / name).with_suffix(".json")
    from filelock import FileLock, Timeout  # loads much; who only reads needs none

    lock = FileLock(state / name)
    try:
        lock.acquire(timeout=wait, poll_interval=_POLL_SECONDS)
    except Timeout as error:
        raise _locked(holder, name) from error
    except (OSError, NotImplementedError) as error:  # a link in its place, or a share without locks
        raise ArchiveError(
            _("Không khóa được thư mục trạng thái {path} ({why}): ổ mạng thường không cho.").format(
                path=state, why=getattr(error, "strerror", None) or error
            ),
            _("Đặt trạng thái trên máy này: thêm --state THƯ_MỤC (một thư mục ngoài kho)."),
        ) from error
    try:
        known = {"pid": os.getpid(), "host": socket.gethostname(), "since": time.time(), "purpose": purpose}
        holder.write_text(json.dumps(known))
        yield
    finally:
        holder.unlink(missing_ok=True)
        lock.release()


def _locked(holder: Path, name: str) -> LockedError:
    who = _who(holder)
    if name == "lock":
        return LockedError(
            _("Một tiến trình khác đang ghi vào kho này{who}.").format(who=who),
            _("Đợi nó xong rồi chạy lại, hoặc thêm --wait GIÂY; nếu chắc chắn nó bị treo, hãy dừng nó."),
        )
    if name == "serve.lock":
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
