"""What the machine has and lacks, looked at beside the pages: that starts programs and takes seconds."""

from __future__ import annotations

import threading
import time
from datetime import UTC, datetime

from dossier.archive import Archive
from dossier.i18n import language
from dossier.model.health import Check
from dossier.usecases.doctor import examine
from dossier.workspace import carried

_FRESH_SECONDS = 60.0


class Checkup:
    """See the module."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
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
        with self._archive.within(language=spoken):
            self._known[spoken] = (list(examine(self._archive)), time.time())
