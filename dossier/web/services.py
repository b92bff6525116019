"""Everything that lives as long as the server: the office, its people, who watches, draws and writes."""

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
from dossier.web.cache import Cache
from dossier.web.following import Following
from dossier.web.identity import directory_of, proxy_of
from dossier.web.inbox import Proposals
from dossier.web.intents import Intents
from dossier.web.jobs import Jobs
from dossier.web.render import RenderWorkers
from dossier.web.request import Ask
from dossier.web.rescan import Rescan
from dossier.web.sessions import Sessions
from dossier.web.storage import Storage
from dossier.workspace import carried

_AT_ONCE = 3  # reports
_MOST_TOLD = 60  # sentences for one person


class Notices:
    """What is told to somebody on the next page they open, once: what became of what they sent.

    In memory only; for many threads.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._sentences: dict[str, list[str]] = {}

    def put(self, name: str, sentences: Sequence[str]) -> None:
        """Keep these for that person."""
        with self._lock:
            kept = [*self._sentences.get(name, ()), *sentences]
            self._sentences[name] = kept[-_MOST_TOLD:]

    def take(self, name: str) -> list[str]:
        """What is to be told to them now."""
        with self._lock:
            return self._sentences.pop(name, [])


_FRESH_SECONDS = 60.0


class Checkup:
    """What the machine has and lacks, looked at beside the pages: that starts programs and takes seconds."""

    def __init__(self, cache: Cache) -> None:
        self._cache = cache
        self._known: dict[str, tuple[list[Check], float]] = {}  # by language; when
        self._looking: dict[str, threading.Thread] = {}
        self._lock = threading.Lock()

    def latest(self, wait: float = 1.5) -> tuple[list[Check], datetime | None]:
        """What was found last, and when; nothing while the first look is not over within ``wait`` seconds."""
        spoken = language()
        with self._lock:
            known = self._known.get(spoken)
            looking = self._looking.get(spoken)
            if (looking is None or not looking.is_alive()) and (
                known is None or time.time() - known[1] > _FRESH_SECONDS
            ):
                looking = threading.Thread(
                    target=carried(self._look), args=(spoken,), name="checkup", daemon=True
                )
                self._looking[spoken] = looking
                looking.start()
        if looking is not None:
            looking.join(wait)
        known = self._known.get(spoken)
        return (known[0], datetime.fromtimestamp(known[1], UTC)) if known else ([], None)

    def _look(self, spoken: str) -> None:
        archive = self._cache.archive
        with archive.within(language=spoken):
            self._known[spoken] = (list(examine(archive)), time.time())


class Services:
    """See the module. ``follow``: new files are read while it runs."""

    def __init__(self, archive: Archive, today: date | None = None, *, follow: bool = False) -> None:
        self.language = language()  # of who starts it
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
        self._busy: set[str] = set()  # who has a report made now
        self._counting = threading.Lock()

    @property
    def elsewhere(self) -> bool:
        """Whether the office's directory or proxy can prove who somebody is."""
        return self.proxy is not None or self.accounts.asks_elsewhere

    def start(self) -> None:
        """Begin to work."""
        sweep(self.cache.archive)
        self.cache.start()
        self.rescan.start()
        self.intents.start()
        if self.following is not None:
            self.following.start()
        self.jobs.start()

    def stop(self) -> None:
        """Come to an end."""
        self.ending.set()
        if self.following is not None:
            self.following.stop()
        self.intents.stop()
        self.rescan.stop()
        self.jobs.stop()
        self.cache.stop()
        self.renderer.stop()
        self.storage.close()

    @contextmanager
    def one_at_a_time(self, ask: Ask) -> Iterator[None]:
        """For what takes seconds of a core: nobody has two of it made at once, and all together few, so that
        threads are left for pages. Raises :class:`LockedError`."""
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
        """What is being read: of a first scan ``done`` of ``total``; ``queue``: files seen since."""
        scan = self.cache.progress
        queue = self.following.queue if self.following is not None else 0
        return {"done": scan.done, "total": scan.total, "queue": queue} if scan else {"queue": queue}

    def log(self, ask: Ask, action: str) -> None:
        """Write down that the visitor did this, before they are told that it is done."""
        audit.note(
            self.cache.archive, action, ask.address, role=ask.visitor.role or "", peer=ask.peer,
            session=ask.visitor.session[:8],
        )  # fmt: skip

    def note(self, ask: Ask, act: str, about: str, **details: object) -> None:
        """Write down what the visitor is about to do; where that cannot be, it must not be done."""
        audit.note(
            self.cache.archive, act, about, role=ask.visitor.role or "", peer=ask.peer,
            session=ask.visitor.session[:8], **details,
        )  # fmt: skip

    def record(self, action: str, about: str, **details: object) -> None:
        """Write down what no signed-in visitor did."""
        audit.note(self.cache.archive, action, about, **details)
