"""One writer at a time per state folder; a process that dies lets go by itself."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from dossier.errors import LockedError
from dossier.i18n import _


@contextmanager
def writing(state: Path, purpose: str) -> Iterator[None]:
    """Hold the archive's lock while the body runs.

    Raises :class:`LockedError` naming the holder when another process has it.
    """
    holder = state / "lock.json"
    lock = FileLock(state / "lock", timeout=0)
    try:
        lock.acquire()
    except Timeout as error:
        raise LockedError(
            _("Một tiến trình khác đang ghi vào kho này{who}.").format(who=_who(holder)),
            _("Đợi nó xong rồi chạy lại; nếu chắc chắn nó bị treo, hãy dừng tiến trình đó."),
        ) from error
    try:
        holder.write_text(json.dumps({"pid": os.getpid(), "since": time.time(), "purpose": purpose}))
        yield
    finally:
        holder.unlink(missing_ok=True)
        lock.release()


def _who(holder: Path) -> str:
    try:
        known = json.loads(holder.read_text())
        since = time.strftime("%H:%M:%S %d/%m/%Y", time.localtime(known["since"]))
        return _(" (dossier {purpose}, số tiến trình {pid}, từ {since})").format(
            purpose=known["purpose"], pid=known["pid"], since=since
        )
    except (OSError, ValueError, KeyError, TypeError):
        return ""
