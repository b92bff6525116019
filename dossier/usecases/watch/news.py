"""Progress events of the watcher and the bookkeeping that avoids repeating them."""

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

_GAPS = 5  # maximal number of dossiers whose missing parts are reported after a change


@dataclass(frozen=True, slots=True)
class News:
    """A progress event of the watcher, as shown to the user. ``what``: ``watching``, ``secret``, ``read``,
    ``unread``, ``moved``, ``gone``, ``dossier``, ``waiting``, ``trouble``, ``lost``, ``polling``,
    ``settings``, ``caught-up`` or ``stopped``."""

    what: str
    path: str = ""
    detail: str = ""
    parts: tuple[str, ...] = ()
    count: int = 0
    dossier: str = ""  # the file's dossier
    review: bool = False  # the parts are uncertain and need review by a person


@dataclass(slots=True)
class WatchTotals:
    """Numbers of files processed since the start; ``queue``: number of files waiting now."""

    read: int = 0
    unread: int = 0
    placed_anew: int = 0
    gone: int = 0
    unchanged: int = 0
    queue: int = 0


class Teller:
    """Counts files, reports events, and remembers the changed dossiers to report on."""

    def __init__(self, tell: Callable[[News], None]) -> None:
        self.tell = tell
        self.totals = WatchTotals()
        self._shown: dict[str, None] = {}  # dossiers that changed, in their order
        self._held_up = ""

    def held_up(self, what: str, detail: str) -> None:
        """Report once that an obstacle makes the watcher wait."""
        if self._held_up != detail:
            self._held_up = detail
            self.tell(News(what, detail=detail))

    def went_on(self) -> None:
        """Note that the obstacle is over, so that the next one is reported."""
        self._held_up = ""

    def counted(self, update: Update) -> None:
        """Count the results of a pass and report its deleted and moved files."""
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
        """Remember dossiers with reclassified or deleted files, since other parts may be missing now."""
        changed = update.counts.placed_anew or update.counts.gone
        if changed and len(update.kinds) <= _GAPS:
            self._shown.update(dict.fromkeys(update.kinds))

    def read(self, change: Change, outcome: Outcome[FileRecord | Same]) -> None:
        """Count and report a file that was read and catalogued."""
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
        """Report the missing parts of the dossiers that changed."""
        shown, self._shown = list(self._shown), {}
        for path in shown[-_GAPS:]:
            try:
                (report,) = assess(archive, dossier=path).dossiers
            except (DossierError, ValueError):
                continue  # the dossier no longer exists
            missing = tuple(part for item in report.items for part in item.missing)
            self.tell(News("dossier", path, report.name, missing, int(report.complete)))
