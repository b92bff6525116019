"""What a watcher tells, and to whom it was told already."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from dossier.archive import Archive
from dossier.errors import DossierError
from dossier.model import FileRecord
from dossier.scanner.changes import Change
from dossier.scanner.pipeline import Same
from dossier.scanner.sandbox import Done, Outcome
from dossier.usecases.assess import assess
from dossier.usecases.updating import Update

_GAPS = 5  # dossiers whose gaps are told after a change


@dataclass(frozen=True, slots=True)
class News:
    """Something to tell. ``what``: ``watching``, ``secret``, ``read``, ``unread``, ``moved``, ``gone``,
    ``dossier``, ``waiting``, ``trouble``, ``lost``, ``polling``, ``settings``, ``caught-up`` or
    ``stopped``."""

    what: str
    path: str = ""
    detail: str = ""
    parts: tuple[str, ...] = ()
    count: int = 0
    dossier: str = ""  # in which a file lies
    review: bool = False  # the parts are guesses that a person must look at


@dataclass(slots=True)
class WatchTotals:
    """What was done since the start, in files; ``queue``: what is waiting now."""

    read: int = 0
    unread: int = 0
    placed_anew: int = 0
    gone: int = 0
    unchanged: int = 0
    queue: int = 0


class Teller:
    """Counts, tells, and remembers which dossiers are to be spoken of."""

    def __init__(self, tell: Callable[[News], None]) -> None:
        self.tell = tell
        self.totals = WatchTotals()
        self._shown: dict[str, None] = {}  # dossiers that changed, in their order
        self._held_up = ""

    def held_up(self, what: str, detail: str) -> None:
        """Something keeps us waiting; told once."""
        if self._held_up != detail:
            self._held_up = detail
            self.tell(News(what, detail=detail))

    def went_on(self) -> None:
        """Nothing keeps us waiting any more."""
        self._held_up = ""

    def counted(self, update: Update) -> None:
        """What one pass did."""
        counts, totals = update.counts, self.totals
        totals.read += counts.read
        totals.unread += counts.unread
        totals.placed_anew += counts.placed_anew
        totals.gone += counts.gone
        totals.unchanged = counts.unchanged or totals.unchanged
        for what, count in (("moved", counts.placed_anew), ("gone", counts.gone)):
            if count:
                self.tell(News(what, count=count))

    def placed(self, update: Update) -> None:
        """Where files were placed anew or went, gaps may be others now."""
        changed = update.counts.placed_anew or update.counts.gone
        if changed and len(update.kinds) <= _GAPS:
            self._shown.update(dict.fromkeys(update.kinds))

    def read(self, change: Change, outcome: Outcome[FileRecord | Same]) -> None:
        """A file was read, and is catalogued."""
        self._shown[change.entry.dossier] = None
        if not isinstance(outcome, Done) or isinstance(outcome.value, Same):
            return
        record = outcome.value
        if record.unread is not None:
            self.tell(News("unread", change.entry.path, record.unread.detail, dossier=change.entry.dossier))
            return
        if any(placed.security for placed in record.documents):
            self.tell(News("secret", change.entry.path, dossier=change.entry.dossier))
        places = dict.fromkeys(place.part for placed in record.documents for place in placed.placements)
        review = any(placed.review for placed in record.documents)
        self.tell(
            News("read", change.entry.path, parts=tuple(places), dossier=change.entry.dossier, review=review)
        )

    def gaps(self, archive: Archive) -> None:
        """What the dossiers that just changed still lack."""
        shown, self._shown = list(self._shown), {}
        for path in shown[-_GAPS:]:
            try:
                (report,) = assess(archive, dossier=path).dossiers
            except (DossierError, ValueError):
                continue  # it went again
            missing = tuple(part for item in report.items for part in item.missing)
            self.tell(News("dossier", path, report.name, missing, int(report.complete)))
