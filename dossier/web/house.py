"""Everything that lives as long as the server: the office, its people, the worker that draws pages."""

from __future__ import annotations

import datetime

from dossier.archive import Archive
from dossier.i18n import language
from dossier.usecases import audit
from dossier.web.accounts import Accounts
from dossier.web.asking import Ask
from dossier.web.drawing import Drawing
from dossier.web.intents import Intents
from dossier.web.kept import Kept
from dossier.web.office import Office
from dossier.web.sessions import Sessions


class House:
    """See the module."""

    def __init__(self, archive: Archive, today: datetime.date | None = None) -> None:
        self.language = language()  # of who starts it
        self.kept = Kept(archive.ready_state())
        self.accounts = Accounts(self.kept)
        self.sessions = Sessions(self.kept, self.accounts)
        self.office = Office(archive, today)
        self.intents = Intents(self.kept, self.office)
        self.drawing = Drawing(archive)

    def start(self) -> None:
        """Begin to work."""
        self.office.start()
        self.intents.start()

    def stop(self) -> None:
        """Come to an end."""
        self.intents.stop()
        self.office.stop()
        self.drawing.stop()
        self.kept.close()

    def log(self, ask: Ask, action: str) -> None:
        """Write down that the visitor did this, before they are told that it is done."""
        audit.note(
            self.office.archive, action, ask.address, role=ask.visitor.role or "", peer=ask.peer,
            session=ask.visitor.session[:8],
        )  # fmt: skip

    def record(self, action: str, about: str) -> None:
        """Write down what no signed-in visitor did."""
        audit.note(self.office.archive, action, about)
