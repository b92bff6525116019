"""Who acts, and from where they look: for a command the operating system's user in the current folder, for a
request whoever signed in, who stands in no folder at all.
"""

from __future__ import annotations

import getpass
import os
import platform
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from dossier.vietnamese import slug


@dataclass(frozen=True, slots=True)
class _Acting:
    name: str
    folder: Path
    at: datetime | None
    way: str


_acting: ContextVar[_Acting | None] = ContextVar("acting", default=None)
_NOBODY: Mapping[str, str] = {}
_called: ContextVar[Mapping[str, str]] = ContextVar("called", default=_NOBODY)


@contextmanager
def acting(name: str, folder: Path, at: datetime | None = None, way: str = "page") -> Iterator[None]:
    """While the body runs everything is done in this person's name, and paths are relative to ``folder``.

    ``at``: when they did it, where that was before now (in UTC). ``way``: by what, for the log.
    """
    before = _acting.set(_Acting(name, folder, at, way))
    try:
        yield
    finally:
        _acting.reset(before)


def person() -> str:
    """The name of who acts."""
    said = _acting.get()
    return said.name if said else _called.get().get(login(), login())


def call(names: Mapping[str, str]) -> None:
    """From now on the system's users are called so in what they do here."""
    _called.set(names)


def standing_in() -> Path:
    """The folder that relative paths start from."""
    said = _acting.get()
    return said.folder if said else Path.cwd()


def moment() -> datetime:
    """When what is done was done, in UTC: now, unless it was said before and is carried out only now."""
    said = _acting.get()
    return (said.at if said else None) or datetime.now(UTC)


def way() -> str:
    """By what it is done: ``cli`` or ``page``."""
    said = _acting.get()
    return said.way if said else "cli"


def here() -> str:
    """A name for files of this user on this computer: many share an archive, and names repeat."""
    said = _acting.get()
    return slug(f"{said.name if said else login()} {platform.node()}") or "x"


def login() -> str:
    """The name of the user; of one without a name (in a container, say) the number."""
    try:
        return getpass.getuser()
    except (KeyError, ImportError, OSError):
        return str(os.getuid()) if hasattr(os, "getuid") else "?"
