"""Everything that lives as long as the server: the office, its people, the worker that draws pages."""

from __future__ import annotations

import datetime

from dossier.archive import Archive
from dossier.i18n import language
from dossier.usecases import audit
from dossier.web.accounts import Accounts, PasswordsElsewhere
from dossier.web.cache import Cache
from dossier.web.inbox import Proposals
from dossier.web.intents import Intents
from dossier.web.jobs import Jobs
from dossier.web.render import Renderer
from dossier.web.request import Ask
from dossier.web.sessions import Sessions
from dossier.web.storage import Storage
from dossier.web.told import Told


class Services:
    """See the module."""

    def __init__(self, archive: Archive, today: datetime.date | None = None) -> None:
        self.language = language()  # of who starts it
        self.storage = Storage(archive.ready_state())
        self.directory: PasswordsElsewhere | None = None
        self.accounts = Accounts(self.storage, self.directory)
        self.sessions = Sessions(self.storage, self.accounts)
        self.cache = Cache(archive, today)
        self.intents = Intents(self.storage, self.cache)
        self.renderer = Renderer(archive)
        self.proposals = Proposals(self.cache)
        self.told = Told()
        self.jobs = Jobs(archive)

    def start(self) -> None:
        """Begin to work."""
        self.cache.start()
        self.intents.start()
        self.jobs.start()

    def stop(self) -> None:
        """Come to an end."""
        self.intents.stop()
        self.jobs.stop()
        self.cache.stop()
        self.renderer.stop()
        self.storage.close()

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
