"""The queue of changes requested on pages. A request is stored before it is acknowledged, and one thread
carries the requests out in order, each exactly once even if the process is killed."""

from __future__ import annotations

import json
import logging
import secrets
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from dossier import libraries
from dossier.errors import DossierError, LockedError, UsageError
from dossier.i18n import _
from dossier.scanner.pipeline import Processor
from dossier.usecases.inbox import filing
from dossier.usecases.indexing import catch_up
from dossier.usecases.known import open_known
from dossier.usecases.locking import is_at_work, writing
from dossier.usecases.reading import processor_for
from dossier.web.background import BackgroundThread, Rescan
from dossier.web.cache import Cache
from dossier.web.carrying import KINDS, SCANNED_AFTER, dossier_of, followed_if_done
from dossier.web.request import Ask, ConflictError
from dossier.web.storage import Row, Storage
from dossier.workspace import acting

_PATIENCE_SECONDS = 60.0
_RETRY_SECONDS = 1.0
_MOST_WAITING = 5000
_LATELY = timedelta(hours=12)
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Intent:
    """One requested change. ``subject``: what it concerns, to detect conflicting requests."""

    id: int
    at: datetime
    actor: str
    kind: str
    subject: str
    payload: Mapping[str, Any]


class Intents(BackgroundThread):
    """The stored queue, and the thread that processes it. Requests left by an earlier process come first."""

    _name = "writer"

    def __init__(self, storage: Storage, cache: Cache, rescan: Rescan) -> None:
        super().__init__()
        self._storage = storage
        self._cache = cache
        self._rescan = rescan
        self._news = threading.Event()
        self._begun: set[int] = set()  # ids of requests that may be carried out without a note of it

    def _wake(self) -> None:
        self._news.set()

    def accept(
        self, actor: str, key: str, kind: str, wanted: Sequence[tuple[str, Mapping[str, Any]]],
        check: Callable[[], None] = lambda: None,
    ) -> int:  # fmt: skip
        """Store requests (pairs of subject and payload); return the id of the first. On the disk when this
        returns.

        A repeated ``key`` is the same click and stores nothing. ``check`` is called within the transaction
        and may refuse. Raises :class:`ConflictError` if another person has a pending request on the same
        subject.
        """
        with self._storage.whole():
            known = self._storage.one("SELECT id FROM intents WHERE key = ?", f"{key}/0")
            if known:
                return int(known["id"])
            for subject, _payload in wanted:
                other = self._storage.one(
                    "SELECT actor FROM intents WHERE done_at IS NULL AND subject = ? AND actor != ?",
                    subject, actor,
                )  # fmt: skip
                if other:
                    raise ConflictError(_("Điều này đã được {who} quyết định.").format(who=other["actor"]))
            waiting = self._storage.one("SELECT count(*) AS n FROM intents WHERE done_at IS NULL")
            if waiting and waiting["n"] > _MOST_WAITING:
                raise LockedError(_("Quá nhiều việc đang chờ ghi."))
            check()
            at = datetime.now(UTC).isoformat()
            for number, (subject, payload) in enumerate(wanted):
                self._storage.change(
                    "INSERT INTO intents (key, at, actor, kind, subject, payload) VALUES (?, ?, ?, ?, ?, ?)",
                    f"{key}/{number}", at, actor, kind, subject, json.dumps(payload, ensure_ascii=False),
                )  # fmt: skip
            row = self._storage.one("SELECT id FROM intents WHERE key = ?", f"{key}/0")
            assert row is not None
        self._news.set()
        return int(row["id"])

    def waiting(self, subject: str | None = None) -> int:
        """Number of pending requests, of all or on one subject."""
        where, values = ("", ()) if subject is None else (" AND subject = ?", (subject,))
        row = self._storage.one(f"SELECT count(*) AS n FROM intents WHERE done_at IS NULL{where}", *values)  # noqa: S608
        return int(row["n"]) if row else 0

    def pending(self) -> dict[str, str]:
        """The pending requests: subject → actor."""
        rows = self._storage.all("SELECT subject, actor FROM intents WHERE done_at IS NULL ORDER BY id")
        return {row["subject"]: row["actor"] for row in rows}

    def latest(self, actor: str) -> list[Intent]:
        """The person's last decision, with all requests of the same click; empty: nothing to undo."""
        last = self._storage.one(
            "SELECT * FROM intents WHERE actor = ? AND kind IN ('place', 'unplace') ORDER BY id DESC", actor
        )
        if last is None or last["kind"] != "place":
            return []
        same = last["key"].rpartition("/")[0]
        return [
            _intent(row)
            for row in self._storage.all(
                "SELECT * FROM intents WHERE substr(key, 1, length(?)) = ? ORDER BY id",
                f"{same}/",
                f"{same}/",
            )
        ]

    def troubles(self, actor: str) -> list[tuple[str, str]]:
        """The person's recent requests that failed: subject and reason."""
        rows = self._storage.all(
            "SELECT subject, error FROM intents WHERE actor = ? AND error IS NOT NULL AND done_at > ? "
            "ORDER BY id DESC LIMIT 3",
            actor,
            (datetime.now(UTC) - _LATELY).isoformat(),
        )
        return [(row["subject"], row["error"]) for row in rows]

    def settled(self, seconds: float) -> bool:
        """Wait until nothing is pending; false if that takes longer than ``seconds``."""
        pause = threading.Event()
        for _again in range(int(seconds / 0.02)):
            if not self.waiting():
                return True
            pause.wait(0.02)
        return not self.waiting()

    # -------------------------------------------------------------- the writer

    def _work(self) -> None:
        processor: Processor | None = None
        try:
            filing.recover(self._cache.archive)  # complete moves interrupted by a crash
        except DossierError:
            log.warning("unfinished moves wait for the next one", exc_info=True)
        waiting = self._storage.all("SELECT id FROM intents WHERE done_at IS NULL")
        self._begun = {row["id"] for row in waiting}
        while not self._stopped.is_set():
            rows = self._storage.all("SELECT * FROM intents WHERE done_at IS NULL ORDER BY id LIMIT 50")
            if not rows:
                self._news.wait(5.0)
                self._news.clear()
                continue
            try:
                processor = processor or processor_for(self._cache.archive)
                self._carry_out([*filter(None, map(self._readable, rows))], processor)
            except LockedError:  # another process is writing for long
                self._stopped.wait(_RETRY_SECONDS)
            except DossierError:  # disk full or no permission: may pass
                self._stopped.wait(_RETRY_SECONDS * 5)

    def _readable(self, row: Row) -> Intent | None:
        """The request in a row; an unreadable one is marked as failed, so that it does not block the
        queue."""
        try:
            return _intent(row)
        except (ValueError, TypeError) as error:
            with self._storage.whole():
                self._storage.change(
                    "UPDATE intents SET done_at = ?, error = ? WHERE id = ?",
                    datetime.now(UTC).isoformat(), f"{type(error).__name__}: {error}"[:500], row["id"],
                )  # fmt: skip
            return None

    def _carry_out(self, intents: Sequence[Intent], processor: Processor) -> None:
        """Carry out in order, as far as possible; mark as done what is visible to everybody."""
        done: list[tuple[Intent, str | None]] = []
        touched: set[str] = set()
        try:
            for intent in intents:
                if self._stopped.is_set():
                    break
                dossier, error = self._one(intent, processor)
                touched.add(dossier)
                done.append((intent, error))
                if error is None and intent.kind in SCANNED_AFTER:
                    self._rescan.want()
        finally:
            archive = self._cache.archive
            if touched - {""}:
                with (
                    writing(archive, "index", wait=_PATIENCE_SECONDS),
                    open_known(archive) as catalogue,
                ):
                    # A running scan may have changed thousands of other files; they are left to it.
                    below = tuple(f"{path}/" for path in touched - {""})
                    only = (lambda path: path.startswith(below)) if is_at_work(archive) else None
                    catch_up(archive, catalogue, only=only)
                self._cache.changed()
            with self._storage.whole():
                for intent, error in done:
                    self._storage.change(
                        "UPDATE intents SET done_at = ?, error = ? WHERE id = ?",
                        datetime.now(UTC).isoformat(), error, intent.id,
                    )  # fmt: skip
            self._begun.difference_update(intent.id for intent, _error in done)

    def _one(self, intent: Intent, processor: Processor) -> tuple[str, str | None]:
        """Carry out one request; return the changed dossier, and why it failed, if it did."""
        archive = self._cache.archive
        request = f"{intent.id} {intent.at.isoformat()}"
        with (
            archive.within(language="vi", patience=_PATIENCE_SECONDS),
            acting(intent.actor, archive.root, intent.at, request=request),
        ):
            try:
                if intent.id in self._begun and followed_if_done(archive, request):
                    return dossier_of(intent.kind, intent.payload), None
                self._begun.add(intent.id)
                return KINDS[intent.kind](archive, intent.payload, processor), None
            except UsageError as refused:
                return "", refused.in_full
            except DossierError:
                raise
            except Exception as failed:  # noqa: BLE001  a request that always fails must not block the queue
                return "", libraries.fault_of(failed) or f"{type(failed).__name__}: {failed}"[:500]


def clicked(
    ask: Ask, kind: str, wanted: Sequence[tuple[str, Mapping[str, Any]]], about: str = "",
    check: Callable[[], None] = lambda: None, seconds: float = 1.5,
) -> bool:  # fmt: skip
    """Store what a form requests (see :meth:`Intents.accept`), and wait briefly; return whether it is done. A
    form sent twice counts once; ``about`` tells apart several requests of one page."""
    number = ask.form.get("lan", "")[:64] or secrets.token_hex(12)
    key = "|".join((ask.visitor.name, kind, about, number)).replace("/", "|")
    ask.services.intents.accept(ask.visitor.name, key, kind, wanted, check)
    return ask.services.intents.settled(seconds)


def _intent(row: Row) -> Intent:
    at = datetime.fromisoformat(row["at"])
    return Intent(row["id"], at, row["actor"], row["kind"], row["subject"], json.loads(row["payload"]))
