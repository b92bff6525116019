"""The components that live as long as the server, and starting and stopping them."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime

from dossier.archive import Archive
from dossier.errors import LockedError
from dossier.i18n import _, language
from dossier.model.health import Check
from dossier.usecases import audit
from dossier.usecases.doctor import examine
from dossier.usecases.inbox.receiving import sweep
from dossier.web.accounts import Accounts
from dossier.web.background import BackgroundThread, Following, Rescan
from dossier.web.cache import Cache
from dossier.web.identity import directory_of, proxy_of
from dossier.web.inbox import Proposals
from dossier.web.intents import Intents
from dossier.web.jobs import Jobs
from dossier.web.render import RenderWorkers
from dossier.web.request import Ask
from dossier.web.sessions import Sessions
from dossier.web.storage import Storage
from dossier.workspace import with_context

_AT_ONCE = 3  # reports
_MOST_NOTICES = 60  # messages for one person


class Notices:
    """Messages shown to a person once, on the next page they open, such as the result of an upload.

    In memory only; thread-safe.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._sentences: dict[str, list[str]] = {}

    def put(self, name: str, sentences: Sequence[str]) -> None:
        """Add messages for a person."""
        with self._lock:
            kept = [*self._sentences.get(name, ()), *sentences]
            self._sentences[name] = kept[-_MOST_NOTICES:]

    def take(self, name: str) -> list[str]:
        """Return and remove the person's messages."""
        with self._lock:
            return self._sentences.pop(name, [])


_FRESH_SECONDS = 60.0


class Checkup:
    """The health checks of the machine, run in a thread: they start programs and take seconds."""

    def __init__(self, cache: Cache) -> None:
        self._cache = cache
        self._known: dict[str, tuple[list[Check], float]] = {}  # by language, with the time
        self._running: dict[str, threading.Thread] = {}
        self._lock = threading.Lock()

    def latest(self, wait: float = 1.5) -> tuple[list[Check], datetime | None]:
        """The latest results and their time; empty if the first run takes longer than ``wait`` seconds."""
        lang = language()
        with self._lock:
            known = self._known.get(lang)
            running = self._running.get(lang)
            if (running is None or not running.is_alive()) and (
                known is None or time.time() - known[1] > _FRESH_SECONDS
            ):
                running = threading.Thread(
                    target=with_context(self._run_checks), args=(lang,), name="checkup", daemon=True
                )
                self._running[lang] = running
                running.start()
        if running is not None:
            running.join(wait)
        known = self._known.get(lang)
        return (known[0], datetime.fromtimestamp(known[1], UTC)) if known else ([], None)

    def _run_checks(self, lang: str) -> None:
        archive = self._cache.archive
        with archive.within(language=lang):
            self._known[lang] = (examine(archive), time.time())


class Services:
    """All components of the server. ``follow``: read new files while it runs."""

    def __init__(self, archive: Archive, today: date | None = None, *, follow: bool = False) -> None:
        self.language = language()  # of the person who starts the server
        self.proxy, directory = proxy_of(archive), directory_of(archive)
        self.storage = Storage(archive.ready_state())
        self.accounts = Accounts(self.storage, directory)
        self.sessions = Sessions(self.storage, self.accounts)
        self.cache = Cache(archive, today)
        self.rescan = Rescan(self.cache)
        self.intents = Intents(self.storage, self.cache, self.rescan)
        self.renderer = RenderWorkers(archive)
        self.proposals = Proposals(self.cache)
        self.following = Following(self.cache) if follow else None
        self.ending = threading.Event()
        self.told = Notices()
        self.jobs = Jobs(self.cache)
        self.checkup = Checkup(self.cache)
        every = (self.cache, self.jobs, self.rescan, self.intents, self.following)
        self._threads: list[BackgroundThread] = [each for each in every if each is not None]  # as started
        self._busy: set[str] = set()  # people with a report in progress
        self._counting = threading.Lock()

    @property
    def elsewhere(self) -> bool:
        """Whether a directory or proxy of the office can authenticate people."""
        return self.proxy is not None or self.accounts.asks_elsewhere

    def start(self) -> None:
        """Start all threads."""
        sweep(self.cache.archive)
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Stop all threads and close files."""
        self.ending.set()
        for thread in reversed(self._threads):
            thread.stop()
        self.renderer.stop()
        self.storage.close()

    @contextmanager
    def one_at_a_time(self, ask: Ask) -> Iterator[None]:
        """Limit requests that take seconds of processor time to one per person and a few in total, so that
        threads remain for pages. Raises :class:`LockedError`."""
        with self._counting:
            if ask.visitor.name in self._busy or len(self._busy) >= _AT_ONCE:
                raise LockedError(_("Đang lập báo cáo khác."))
            self._busy.add(ask.visitor.name)
        try:
            yield
        finally:
            with self._counting:
                self._busy.discard(ask.visitor.name)

    def progress(self) -> dict[str, int]:
        """Numbers of a first scan, ``done`` of ``total``, if one runs; ``queue``: new files waiting."""
        scan = self.cache.progress
        queue = self.following.queue if self.following is not None else 0
        return {"done": scan.done, "total": scan.total, "queue": queue} if scan else {"queue": queue}

    def log(self, ask: Ask, action: str) -> None:
        """Log a completed action of the visitor, before the response is sent."""
        audit.note(
            self.cache.archive, action, ask.address, role=ask.visitor.role or "", peer=ask.peer,
            session=ask.visitor.session[:8],
        )  # fmt: skip

    def note(self, ask: Ask, act: str, about: str, **details: object) -> None:
        """Log an action that the visitor is about to do; if logging fails, the action must not be done."""
        audit.note(
            self.cache.archive, act, about, role=ask.visitor.role or "", peer=ask.peer,
            session=ask.visitor.session[:8], **details,
        )  # fmt: skip

    def record(self, action: str, about: str, **details: object) -> None:
        """Log an event that no signed-in visitor caused."""
        audit.note(self.cache.archive, action, about, **details)
