"""Background jobs, run one after another by a thread. The file made is kept for some hours for the person who
requested it; nothing outlives the process."""

from __future__ import annotations

import logging
import queue
import secrets
import shutil
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path

from dossier import libraries
from dossier.errors import DossierError, LockedError
from dossier.held_folder import HeldFolder
from dossier.i18n import _, language, speaking
from dossier.progress import heard_by
from dossier.web.background import BackgroundThread
from dossier.web.cache import Cache
from dossier.web.request import Answer, Ask, data, see
from dossier.web.roles import Visitor
from dossier.web.route import API
from dossier.workspace import acting

_KEPT_SECONDS = 2 * 3600.0
_MOST_OWN = 20  # jobs of one visitor, completed ones included
_MOST_WAITING = 50
_RELOAD_SECONDS = "3"
log = logging.getLogger(__name__)


class State(StrEnum):
    """State of a job; part of the API."""

    WAITING = "waiting"
    DOING = "doing"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class MadeFile:
    """A file made by a job: its path on disk, and the name for the download."""

    place: Path
    name: str
    type: str = "application/octet-stream"


# Receives an empty folder of its own; returns a file to download, or sentences to show. How far it is, it
# reports by :mod:`dossier.progress`.
Work = Callable[[Path], MadeFile | tuple[str, ...]]
MAKING = "/nop-luu"  # address of the page of packages, letters and reports


@dataclass(slots=True)
class Job:
    """One job, which makes a ``file`` or says what it did in ``sentences``. Texts are in the language of the
    person who requested it; ``page``: address of the page that shows the job."""

    id: str
    visitor: Visitor
    title: str
    language: str
    work: Work
    page: str = MAKING
    state: State = State.WAITING
    progress: str = ""
    trouble: str = ""
    file: MadeFile | None = None
    sentences: tuple[str, ...] = ()
    requested_at: float = field(default_factory=time.time)  # seconds since 1970

    @property
    def runs(self) -> bool:
        """Whether the job is waiting or in progress."""
        return self.state in (State.WAITING, State.DOING)

    def advance(self, done: int, total: int, what: str) -> None:
        """Note how far the work is; ``total`` 0: not known."""
        self.progress = f"{what} {done}/{total}" if total else what

    def as_dict(self) -> dict[str, object]:
        """The job as JSON for the API."""
        return {
            "id": self.id, "title": self.title, "state": self.state.value, "progress": self.progress,
            "error": self.trouble, "file": self.file.name if self.file else None,
            "told": list(self.sentences),
        }  # fmt: skip


class Jobs(BackgroundThread):
    """The jobs of all visitors, and the thread that runs them."""

    _name = "jobs"
    _stop_seconds = 0.0

    def __init__(self, cache: Cache) -> None:
        super().__init__()
        self._cache = cache
        self._jobs: dict[str, Job] = {}
        self._waiting: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._lock = threading.Lock()
        self._folder: HeldFolder | None = None

    def start(self) -> None:
        """Start the thread."""
        self._folder = HeldFolder("dossier-trang-")
        super().start()

    def _wake(self) -> None:
        self._waiting.put(None)
        if self._folder is not None:
            self._folder.remove()

    def begin(self, visitor: Visitor, title: str, work: Work, page: str = MAKING) -> Job:
        """Queue a job. Raises :class:`LockedError` if too many are waiting."""
        job = Job(secrets.token_hex(9), visitor, title, language(), work, page)
        with self._lock:
            self._forget()
            own = [each for each in self._jobs.values() if _same(each.visitor, visitor)]
            if sum(each.runs for each in self._jobs.values()) >= _MOST_WAITING or (
                sum(each.runs for each in own) >= _MOST_OWN
            ):
                raise LockedError(_("Quá nhiều việc đang chờ."))
            for old in own[: len(own) - _MOST_OWN + 1]:
                self._drop(old)
            self._jobs[job.id] = job
        self._waiting.put(job)
        return job

    def of(self, visitor: Visitor, page: str = "") -> list[Job]:
        """The visitor's recent jobs, newest first, of one page or of all."""
        with self._lock:
            self._forget()
            own = [each for each in reversed(self._jobs.values()) if _same(each.visitor, visitor)]
        return [each for each in own if page in ("", each.page)]

    def get(self, visitor: Visitor, id_: str) -> Job | None:
        """The visitor's job with that id; ``None`` if there is none or it belongs to somebody else."""
        return next((job for job in self.of(visitor) if job.id == id_), None)

    def _forget(self) -> None:
        for job in list(self._jobs.values()):
            if not job.runs and time.time() - job.requested_at > _KEPT_SECONDS:
                self._drop(job)

    def _drop(self, job: Job) -> None:
        if not job.runs:
            del self._jobs[job.id]
            if self._folder is not None:
                shutil.rmtree(self._folder.path / job.id, ignore_errors=True)

    def _work(self) -> None:
        while (job := self._waiting.get()) is not None:
            assert self._folder is not None
            folder = self._folder.path / job.id
            job.state = State.DOING
            archive = self._cache.archive
            with (
                archive.within(),
                speaking(job.language),
                acting(job.visitor.name, archive.root),
                heard_by(job.advance),
            ):
                try:
                    folder.mkdir()
                    got = job.work(folder)
                    if isinstance(got, MadeFile):
                        job.file = got
                    else:
                        job.sentences = got
                    job.state = State.DONE
                except DossierError as refused:
                    job.trouble, job.state = f"{refused.message}\n{refused.advice}".strip(), State.FAILED
                except Exception as error:
                    log.exception("%s", job.title, exc_info=error)
                    job.trouble = libraries.fault_of(error) or _(
                        "Lỗi của chương trình; đã ghi lại trong nhật ký máy."
                    )
                    job.state = State.FAILED
            if job.state is State.FAILED:
                shutil.rmtree(folder, ignore_errors=True)


def reloading(answer: Answer, jobs: Iterable[Job], *, at_any_rate: bool = False) -> Answer:
    """The page with jobs on it, which loads again by itself while one of them runs, or ``at_any_rate``."""
    again = at_any_rate or any(job.runs for job in jobs)
    return replace(answer, headers={"refresh": _RELOAD_SECONDS}) if again else answer


def started(ask: Ask, job: Job, address: str) -> Answer:
    """The answer to a request that began a job: its state for machines, the page that shows it for people."""
    return data(job.as_dict(), 202) if ask.address.startswith(API) else see(address)


def _same(one: Visitor, other: Visitor) -> bool:
    """Whether two visitors are the same account with unchanged rights."""
    return (one.name, one.role, one.units) == (other.name, other.role, other.units)
