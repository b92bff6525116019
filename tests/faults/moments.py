"""Kill a process before each of its steps that last: commits, and whatever changes a file or a folder.

The steps are counted while the work runs in a forked child: transactions of the catalogue by SQLAlchemy's
event, statements of the page's and the inbox's databases by their connection, files by Python's audit events
and by ``os.write`` and ``os.fsync``. What a process leaves that is killed before a step is what it leaves
after the one before.
"""

from __future__ import annotations

import os
import re
import signal
import sqlite3
import sys
from collections.abc import Callable
from typing import Any, cast

from sqlalchemy import Engine, event

_CALLS = ("os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.link", "os.truncate", "os.symlink")
_MAKES = os.O_CREAT | os.O_TRUNC
# Of no consequence: who holds a lock, and what is read by nobody after a kill.
_NEVER_MIND = re.compile(
    r"/dev/|/proc/|\.lock(?:\.wanted)?$|/(?:lock|job|audit|backup|serve|watch)\.json$|/lock(?:\.wanted)?$|/index/"
    r"|\.probe-|/\.dossier$|last-answer|__pycache__|/last-|\.(?:dossier-building|backup|restore)-[^/]*/."
)
_CHANGES = re.compile(r"\s*(?:COMMIT|INSERT|UPDATE|DELETE|REPLACE)", re.IGNORECASE)


class Moments:
    """Counts the steps of this process, and kills it before the given one."""

    def __init__(self, deadly: int = 0) -> None:
        self.names: list[str] = []
        self._deadly = deadly
        sys.addaudithook(self._heard)
        event.listen(Engine, "commit", lambda conn: self.pass_(f"commit {conn.engine.dialect.name}"))
        for name in ("write", "fsync"):
            setattr(os, name, self._counted(name, getattr(os, name)))
        real = sqlite3.connect
        sqlite3.connect = lambda *given, **more: real(*given, **more, factory=self._connection())  # type: ignore[assignment]

    def pass_(self, name: str) -> None:
        """One more step is about to be done."""
        self.names.append(name)
        if len(self.names) == self._deadly:
            os.kill(os.getpid(), signal.SIGKILL)

    def _heard(self, name: str, given: tuple[Any, ...]) -> None:
        if name in _CALLS:
            where = _named(given[0])
            if _NEVER_MIND.search(where) or (name == "os.rename" and _NEVER_MIND.search(_named(given[1]))):
                return
            self.pass_(f"{name} {where}")
        elif name == "open" and isinstance(given[2], int) and given[2] & _MAKES:
            where = _named(given[0])
            if not _NEVER_MIND.search(where) and (given[2] & os.O_TRUNC or not os.path.lexists(where)):
                self.pass_(f"open {where}")

    def _counted(self, name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(handle: int, *given: Any) -> Any:
            where = os.readlink(f"/proc/self/fd/{handle}")
            if where.startswith("/") and not _NEVER_MIND.search(where):
                self.pass_(f"{name} {where}")
            return real(handle, *given)

        return call

    def _connection(self) -> type[sqlite3.Connection]:
        moments = self

        class Counting(sqlite3.Connection):
            def execute(self, query: str, *given: Any) -> sqlite3.Cursor:
                if _CHANGES.match(query):
                    moments.pass_(f"web {query[:40]}")
                return super().execute(query, *given)

        return Counting


def _named(path: object) -> str:
    return os.fsdecode(cast("str", path)) if isinstance(path, str | bytes | os.PathLike) else str(path)


def killed_at(number: int, work: Callable[[], object]) -> tuple[int, list[str]]:
    """Do it in a child that is killed before step ``number`` (0: never); how it ended, and its steps if it
    came to the end."""
    ours, theirs = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(ours)
        code = 99
        try:
            moments = Moments(number)
            work()
            code = 0
        except BaseException as error:  # noqa: BLE001
            moments.names.append(f"!{error!r} {getattr(error, 'message', '')}")
        finally:
            with os.fdopen(theirs, "wb") as pipe:
                pipe.write("\n".join(moments.names).encode("utf-8", "replace"))
            os._exit(code)
    os.close(theirs)
    with os.fdopen(ours, "rb") as pipe:
        names = pipe.read().decode().splitlines()
    _pid, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status), names
