"""For whom one piece of work is done, and how: who acts, from which folder, in which language, by which
words, how long they wait for others.

One value, kept for each thread and each request, and set where work begins: by a command for its whole run,
by the page for one request. Whatever stands below asks it, and knows neither terminal nor operating system.
A thread that is started for the same work takes it along (:func:`carried`); any other begins with nobody's.
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
Listener = Callable[[int, int, str], None]  # done, of how many, at what; 0 of 0: nobody knows how long

NOBODY = "?"


@dataclass(frozen=True, slots=True)
class Workspace:
    """What holds for one piece of work."""

    language: str = "vi"
    """``vi`` or ``en``."""
    account: str = NOBODY
    """By what name who acts signed in: to the computer, or to the page."""
    names: Mapping[str, str] | None = None
    """What accounts are called in what they do, by account."""
    folder: Path | None = None
    """Where relative paths start; ``None``: they may not be relative."""
    at: datetime | None = None
    """When it was asked for, in UTC, where it is carried out later."""
    way: str = "cli"
    """By what, for the log: ``cli`` or ``page``."""
    patience: float = 30.0
    """Seconds to wait for another writer."""
    words: Any = None
    """The :class:`~dossier.checklists.vocabulary.Vocabulary` in force; ``None``: the one shipped."""
    out: Callable[[bytes], None] | None = None
    """Takes an answer for which no file is named (``-``); ``None``: nobody does."""
    listener: Listener | None = None
    """Who is told how far the work is."""


_current: ContextVar[Workspace] = ContextVar("workspace", default=Workspace())  # noqa: B039  it is frozen


def current() -> Workspace:
    """What holds here and now."""
    return _current.get()


def enter(**changes: Any) -> None:
    """From now on this holds in this thread: for whoever begins it."""
    _current.set(replace(_current.get(), **changes))


@contextmanager
def within(**changes: Any) -> Iterator[None]:
    """This holds while the body runs, whatever other threads and requests do."""
    before = _current.set(replace(_current.get(), **changes))
    try:
        yield
    finally:
        _current.reset(before)


def carried(work: Callable[Parameters, Result]) -> Callable[Parameters, Result]:
    """``work`` for a thread of its own, where what holds here holds too."""
    return partial(copy_context().run, work)


def acting(
    account: str, folder: Path, at: datetime | None = None, way: str = "page"
) -> AbstractContextManager[None]:
    """While the body runs everything is done in this person's name, and paths are relative to ``folder``.

    ``at``: when they did it, where that was before now (in UTC). ``way``: by what, for the log.
    """
    return within(account=account, names=None, folder=folder, at=at, way=way)


def person() -> str:
    """The name of who acts."""
    now = current()
    return (now.names or {}).get(now.account, now.account)


def standing_in() -> Path:
    """The folder that relative paths start from."""
    return current().folder or Path("/")


def moment() -> datetime:
    """When what is done was done, in UTC: now, unless it was said before and is carried out only now."""
    return current().at or datetime.now(UTC)


def here() -> str:
    """A name for files of this person on this computer: many share an archive, and names repeat."""
    import platform

    from dossier.vietnamese import slug

    return slug(f"{current().account} {platform.node()}") or "x"
