"""Everything that lives as long as the server: the office, its people, who watches, draws and writes."""

from __future__ import annotations

import datetime
import threading

from dossier.archive import Archive
from dossier.i18n import language
from dossier.usecases import audit
from dossier.usecases.inbox.receiving import sweep
from dossier.web.accounts import Accounts
from dossier.web.cache import Cache
from dossier.web.checkup import Checkup
from dossier.web.following import Following
from dossier.web.identity import directory_of, proxy_of
from dossier.web.inbox import Proposals
from dossier.web.intents import Intents
from dossier.web.jobs import Jobs
from dossier.web.render import Renderer
from dossier.web.request import Ask
from dossier.web.sessions import Sessions
from dossier.web.storage import Storage
from dossier.web.told import Told


class Services:
    """See the module. ``follow``: new files are read while it runs."""

    def __init__(self, archive: Archive, today: datetime.date | None = None, *, follow: bool = False) -> None:
        self.language = language()  # of who starts it
        self.proxy, directory = proxy_of(archive), directory_of(archive)
        self.storage = Storage(archive.ready_state())
        self.accounts = Accounts(self.storage, directory)
        self.sessions = Sessions(self.storage, self.accounts)
        self.cache = Cache(archive, today)
        self.intents = Intents(self.storage, self.cache)
        self.renderer = Renderer(archive)
        self.proposals = Proposals(self.cache)
        self.following = Following(self.cache) if follow else None
        self.ending = threading.Event()
        self.told = Told()
        self.jobs = Jobs(archive)
        self.checkup = Checkup(archive)

    @property
    def elsewhere(self) -> bool:
        """Whether the office's directory or proxy can prove who somebody is."""
        return self.proxy is not None or self.accounts.asks_elsewhere

    def start(self) -> None:
        """Begin to work."""
        sweep(self.cache.archive)
        self.cache.start()
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
        self.jobs.stop()
        self.cache.stop()
        self.renderer.stop()
        self.storage.close()

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
