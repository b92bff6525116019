"""The context of a command or request: the acting person, current folder, language, vocabulary, timeouts.

One immutable value per thread and request, set at its beginning: by a command for its whole run,
by the page for one request. The layers below read it, so that they depend on neither terminal nor operating
system. A thread started for the same work inherits it (:func:`with_context`); others begin with the default.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar, copy_context
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")
Listener = Callable[[int, int, str], None]  # done, total, current item; total 0: unknown

NOBODY = "?"


@dataclass(frozen=True, slots=True)
class Workspace:
    """The context of one command or request."""

    language: str = "vi"
    """``vi`` or ``en``."""
    account: str = NOBODY
    """Account of the acting person, on the computer or on the page."""
    names: Mapping[str, str] | None = None
    """Names recorded for accounts, by account."""
    folder: Path | None = None
    """Folder for relative paths; ``None``: paths must be absolute."""
    at: datetime | None = None
    """Time of the request in UTC, if it is carried out later."""
    request: str = ""
    """What identifies that request."""
    way: str = "cli"
    """Origin for the audit log: ``cli`` or ``page``."""
    patience: float = 30.0
    """Seconds to wait for another writer."""
    words: Any = None
    """The active :class:`~dossier.checklists.vocabulary.Vocabulary`; ``None``: the shipped one."""
    out: Callable[[bytes], None] | None = None
    """Receives output without a file name (``-``); ``None``: not available."""
    listener: Listener | None = None
    """Receives progress reports."""


_current: ContextVar[Workspace] = ContextVar("workspace", default=Workspace())  # noqa: B039  it is frozen


def current() -> Workspace:
    """The context of this thread or request."""
    return _current.get()


def enter(**changes: Any) -> None:
    """Change the context of this thread permanently, at the beginning of its work."""
    _current.set(replace(_current.get(), **changes))


@contextmanager
def within(**changes: Any) -> Iterator[None]:
    """Change the context while the body runs, in this thread or request only."""
    before = _current.set(replace(_current.get(), **changes))
    try:
        yield
    finally:
        _current.reset(before)


def with_context(work: Callable[Parameters, Result]) -> Callable[Parameters, Result]:
    """Wrap ``work`` so that it runs in another thread with the context of this one."""
    return partial(copy_context().run, work)


def acting(
    account: str, folder: Path, at: datetime | None = None, way: str = "page", request: str = ""
) -> AbstractContextManager[None]:
    """Act as this account while the body runs, with paths relative to ``folder``.

    ``at``: time of the act (UTC), if it was earlier, and ``request``: what then identifies it. ``way``:
    origin for the audit log.
    """
    return within(account=account, names=None, folder=folder, at=at, way=way, request=request)


def person() -> str:
    """Name of the acting person."""
    now = current()
    return (now.names or {}).get(now.account, now.account)


def standing_in() -> Path:
    """The folder for relative paths."""
    return current().folder or Path("/")


def moment() -> datetime:
    """Time of the act in UTC: now, or the time of a request that is carried out later."""
    return current().at or datetime.now(UTC)


def machine_suffix() -> str:
    """A file name part unique to this account and computer: several may share an archive."""
    import platform

    from dossier.vietnamese import slug

    return slug(f"{current().account} {platform.node()}") or "x"
