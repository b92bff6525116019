"""Choice of an observer for each part of an archive, and the observer that lists folders periodically."""

from __future__ import annotations

import errno
import os
import signal
import stat
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from watchdog.observers.api import BaseObserver
from watchdog.observers.polling import PollingEmitter

from dossier import mounts
from dossier.i18n import _
from dossier.plain_file import place
from dossier.scanner.listing import Mark, as_kept, mark_of
from dossier.scanner.watch.interface import Observer, Sink, Stamp
from dossier.scanner.watch.native import WANTED, Relay
from dossier.windows.shares import unc


class PollingObserver(Observer):
    """Detects changes by listing all folders every ``seconds``."""

    name = "polling"

    def __init__(self, folder: bytes, why: str, *, seconds: float, remote: bool) -> None:
        super().__init__(folder, why)
        self.seconds = seconds
        self.remote = remote

    def start(self, sink: Sink) -> None:
        """Start the observer; the first listing is complete when this returns."""
        self._watch = BaseObserver(_PausingEmitter, timeout=self.seconds)
        self._watch.schedule(Relay(sink), os.fsdecode(self.folder), recursive=True, event_filter=WANTED)
        self._watch.start()

    def stop(self) -> None:
        """Stop the observer, without waiting for a listing in progress."""
        threading.Thread(target=self._watch.stop, daemon=True).start()
        self._watch.join(2)


class _PausingEmitter(PollingEmitter):
    """Lists for at most a quarter of the time, to spare a large share on a slow connection. Follows no links,
    and no folder that is one of those around it, as shown by servers that follow links themselves."""

    _rest = 0.0  # seconds until the next listing

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named, stat=os.lstat, listdir=self._listed)
        self._around: dict[str, frozenset[Mark]] = {}  # folder → marks of the folders around it and its own

    def _listed(self, folder: str | None) -> Iterator[os.DirEntry[str]]:
        assert folder is not None
        if folder == self.watch.path:
            self._around.clear()
        mark = mark_of(os.stat(folder))
        around = self._around.get(os.path.dirname(folder), frozenset())
        if mark[0] and mark in around:
            return iter(())
        self._around[folder] = around | {mark}
        return os.scandir(folder)

    def queue_events(self, timeout: float) -> None:
        """Override of watchdog's method: also waits three times as long as the last listing took."""
        pause, begun = max(timeout, self._rest), time.monotonic()
        super().queue_events(pause)
        self._rest = 3 * (time.monotonic() - begun - pause)


_MORE = {"fs.inotify.max_user_instances": 1024, "fs.inotify.max_user_watches": 1_048_576}  # values advised


def start_observers(folder: bytes, poll_seconds: float, sink: Sink) -> list[Observer]:
    """Watch ``folder`` (absolute): by kernel events on local disks, by listing on network shares, also those
    mounted below it. Raises ``OSError`` if the folder cannot be watched at all."""
    started = []
    for observer in chosen(folder, mounts.read(), poll_seconds):
        try:
            observer.start(sink)
        except OSError as error:
            if observer.name == "polling" or error.errno not in (errno.ENOSPC, errno.EMFILE, errno.ENOMEM):
                raise
            observer = instead(observer.folder, poll_seconds, instances=error.errno == errno.EMFILE)
            observer.start(sink)
        started.append(observer)
    return started


def chosen(folder: bytes, table: Sequence[mounts.Mount], poll_seconds: float) -> list[Observer]:
    """Return observers, not started, for ``folder`` and the shares mounted below it."""
    if sys.platform == "win32" and unc(Path(os.fsdecode(folder))):  # many servers report no changes
        return [PollingObserver(folder, _share_reason("SMB"), seconds=poll_seconds, remote=True)]
    mount = mounts.around(folder, table)
    shares = [mount] if mount is not None and mount.remote else mounts.below(folder, table)
    found: list[Observer] = []
    if mount is None or not mount.remote:
        found.append(_local(folder, mount))
    for share in shares:
        place = folder if share is mount else share.point
        found.append(PollingObserver(place, _share_reason(share.type), seconds=poll_seconds, remote=True))
    return found


def _share_reason(kind: str) -> str:
    return _("nằm trên ổ mạng ({type}), máy khác ghi vào mà máy này không được báo").format(type=kind)


def instead(folder: bytes, poll_seconds: float, *, instances: bool = False) -> Observer:
    """Return a polling observer for a local folder when the limit of inotify watches, or of instances
    (``instances``), is reached."""
    setting = "fs.inotify.max_user_instances" if instances else "fs.inotify.max_user_watches"
    why = _(
        "hệ thống hết lượt theo dõi ({setting}); tăng bằng sudo sysctl {setting}={more} rồi chạy lại"
    ).format(setting=setting, more=_MORE[setting])
    return PollingObserver(folder, why, seconds=poll_seconds, remote=False)


def _local(folder: bytes, mount: mounts.Mount | None) -> Observer:
    why = _("ổ đĩa của máy này ({type})").format(type=mount.type if mount else sys.platform)
    if sys.platform == "linux":
        from dossier.scanner.watch.inotify import InotifyObserver

        return InotifyObserver(folder, why)
    from dossier.scanner.watch.native import NativeObserver

    return NativeObserver(folder, why)


def stamp_of(path: bytes) -> Stamp | None:
    """Return size and time of a file; ``None`` if the path does not exist or is not a regular file."""
    try:
        found = os.lstat(place(path))
    except OSError:
        return None
    return Stamp(found.st_size, as_kept(found.st_mtime_ns)) if stat.S_ISREG(found.st_mode) else None


def open_for_writing(path: bytes) -> bool | None:
    """Whether a program on this machine has the file open for writing; ``None`` if that is unknown.

    The kernel grants a read lease (fcntl(2)) only if nobody has the file open for writing; the lease is
    released at once. Only the file's owner and root get one, on local file systems only.
    """
    if sys.platform != "linux":
        return None
    import fcntl

    try:
        handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_CLOEXEC)
    except OSError:
        return None
    try:
        # If a program opens the file just now, the kernel sends this process SIGURG, which is ignored.
        fcntl.fcntl(handle, fcntl.F_SETSIG, signal.SIGURG)
        fcntl.fcntl(handle, fcntl.F_SETLEASE, fcntl.F_RDLCK)
        fcntl.fcntl(handle, fcntl.F_SETLEASE, fcntl.F_UNLCK)
    except BlockingIOError:
        return True
    except OSError:
        return None
    finally:
        os.close(handle)
    return False
