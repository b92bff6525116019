"""The work of the jobs. Each step can be repeated: it compares with the catalogue before changing
anything."""

from __future__ import annotations

import os
from collections.abc import Collection, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import UTC, date, datetime

from dossier.archive import STATE_NAME, Archive, check_kinds
from dossier.catalogue import Catalogue, open_catalogue
from dossier.errors import DossierError
from dossier.i18n import _
from dossier.model import OUTSIDE, FileEntry, FileRecord, KnownFile, UnreadReason
from dossier.os_errors import in_words
from dossier.plain_file import place
from dossier.scanner import VERSION
from dossier.scanner.changes import Change
from dossier.scanner.pipeline import Same, Task
from dossier.scanner.sandbox import Died, Outcome, Pool
from dossier.usecases import following, history
from dossier.usecases.indexing import catch_up
from dossier.usecases.known import open_known
from dossier.usecases.locking import taking_turns, working
from dossier.usecases.mounted import check_known
from dossier.usecases.updating import Update

_LOCK_SECONDS = 5.0  # seconds to wait for the lock of the pass


class NotHereError(DossierError):
    """This machine does not see the files, though another one may; they may well exist."""


class RefusedHereError(NotHereError):
    """This machine sees the files but may not open them. The machine that owns the disk decides whether they
    are unreadable."""


class OtherVersionError(DossierError):
    """The job was planned by a program or checklists of another version."""


@dataclass(frozen=True, slots=True)
class Terms:
    """Versions by which a job was planned: of the reader, and a digest of the checklists. A worker with other
    versions must not do it."""

    reader: int
    checklists: str


def terms_of(archive: Archive) -> Terms:
    """The versions used by this program for the archive."""
    return Terms(VERSION, archive.checklists_digest)


def check_terms(archive: Archive, planned: Terms) -> None:
    """Raise :class:`OtherVersionError` if the job was planned by other versions."""
    if planned != terms_of(archive):
        raise OtherVersionError(
            _("Việc này do một phiên bản dossier khác, hoặc với danh mục khác, giao."),
            _("Cài cùng một phiên bản dossier trên mọi máy của kho."),
        )


def sees(archive: Archive) -> bool:
    """Whether the archive's folder is accessible here. Without the network share it is missing or empty."""
    try:
        with os.scandir(archive.root) as found:
            return any(entry.name != STATE_NAME for entry in found)
    except OSError:
        return False


def check_here(archive: Archive, entries: Sequence[FileEntry]) -> None:
    """Raise :class:`NotHereError` if the archive, or the dossier of an entry, is not accessible here."""
    for folder in set(map(_folder, entries)):
        path = archive.root / folder
        try:
            os.scandir(path).close()
        except PermissionError as error:
            raise RefusedHereError(_("Máy này không có quyền đọc {path}.").format(path=path)) from error
        except OSError as error:
            raise NotHereError(
                _("Máy này không thấy {path} ({why}).").format(path=path, why=in_words(error)),
                _("Kết nối ổ dùng chung rồi máy này tự làm tiếp; máy khác làm thay trong lúc đó."),
            ) from error


def _accessible(archive: Archive, entries: Sequence[FileEntry], *, owner: bool) -> Sequence[FileEntry]:
    """The entries whose dossier is accessible here. Raises like :func:`check_here`."""
    try:
        check_here(archive, entries)
    except NotHereError:
        if not (owner and sees(archive)):
            raise
        return [entry for entry in entries if os.access(archive.root / _folder(entry), os.R_OK | os.X_OK)]
    return entries


def _folder(entry: FileEntry) -> str:
    """The folder of the entry's dossier, or the file's own if it was chosen from elsewhere."""
    inside = entry.dossier in (OUTSIDE, ".") or entry.path.startswith(f"{entry.dossier}/")
    return entry.dossier if inside else entry.path.rpartition("/")[0]


def plan(archive: Archive, touched: Collection[str] | None, *, full: bool = False) -> list[FileEntry]:
    """List the archive's files, compare with the catalogue, and do everything that requires no reading;
    return the files to read. Only for the machine with the archive's disk. ``touched``: paths requested by a
    person, which need not wait for a full pass in progress; both take turns in writing."""
    check_kinds(archive)
    archive.ready_state()
    exclusive = working(archive, "plan", wait=_LOCK_SECONDS) if touched is None else nullcontext()
    with (
        exclusive,
        taking_turns(archive, "plan") as turns,
        open_catalogue(archive, VERSION) as catalogue,
    ):
        update = Update(archive, catalogue, turns=turns)
        turns.free()
        check_known(archive, catalogue)
        if touched is None:
            update.look()
        turns.take()
        return [change.entry for change in update.begin(touched, full=full).read]


def read(
    archive: Archive,
    pool: Pool[Task, FileRecord | Same],
    entries: Sequence[FileEntry],
    *,
    owner: bool = False,
    open_already: Catalogue | None = None,
) -> int:
    """Read and catalogue files; return how many. Files read or replaced in the meantime are left alone.
    Deletes nothing from the catalogue.

    Raises :class:`NotHereError`; and :class:`RefusedHereError`, after cataloguing all others, for files that
    this machine may not open. On the machine that owns the disk (``owner``) such files are recorded as
    unread, and an inaccessible dossier is skipped as long as the archive is accessible: the next pass finds
    out what happened to it.
    """
    entries = _accessible(archive, entries, owner=owner)
    outcomes: list[tuple[Change, Outcome[FileRecord | Same]]] = []
    refused: list[str] = []
    with open_known(archive) if open_already is None else nullcontext(open_already) as catalogue:
        update = Update(archive, catalogue)
        update.take_up(entries)
        by_path = {change.entry.raw_path: change for change in update.compared(_unread(update, entries))}
        for task, outcome in pool.run(update.task(change) for change in by_path.values()):
            if not os.path.lexists(place(os.fsencode(archive.root), task.entry.raw_path)):
                _accessible(archive, [task.entry], owner=owner)
                continue  # removed meanwhile: the next pass notices
            if not owner and not isinstance(outcome, Died) and _is_refused(outcome.value):
                refused.append(task.entry.path)
                continue
            outcomes.append((by_path[task.entry.raw_path], outcome))
        update.settle_all(outcomes)
    if refused:
        raise RefusedHereError(_("Máy này không có quyền đọc {path}.").format(path=refused[0]))
    return len(outcomes)


def give_up(archive: Archive, entries: Sequence[FileEntry]) -> None:
    """Record as unread the files that every worker died on."""
    with open_known(archive) as catalogue:
        update = Update(archive, catalogue)
        update.take_up(entries)
        for change in _unread(update, entries):
            if _is_alike(
                change.replaces, change.entry
            ):  # read by another worker; the end of the pass compares again
                continue
            update.settle(change, Died("crash", ""))


def finish(archive: Archive, *, last: bool) -> list[FileEntry]:
    """Complete a pass: delete missing files from the catalogue, weigh doubtful documents, store the time. If
    files are still unread, return them and complete nothing, unless this is the ``last`` attempt."""
    with (
        working(archive, "finish", wait=_LOCK_SECONDS),
        taking_turns(archive, "finish") as turns,
        open_known(archive) as catalogue,
    ):
        update = Update(archive, catalogue, turns=turns)
        turns.free()
        check_known(archive, catalogue)
        update.look()
        turns.take()
        left = [change.entry for change in update.begin().read]
        if left and not last:
            return left
        update.forget(update.gone)
        update.finish()
        return []


def index(archive: Archive, entries: Sequence[FileEntry] = ()) -> int:
    """Update the full-text index of this machine, fully or for the given files; return the number of files
    indexed.

    Raises :class:`~dossier.errors.IndexElsewhereError` if another machine keeps the index; the changes then
    wait in the outbox for the next search there.
    """
    wanted = {entry.path for entry in entries}
    only = wanted.__contains__ if wanted else None
    with taking_turns(archive, "index") as turns, open_known(archive) as catalogue:
        count = catch_up(archive, catalogue, only=only, turns=turns)
        following.check_here(archive, catalogue)
        return count


def judge(archive: Archive, day: date | None = None) -> float:
    """Evaluate the archive and store the day's result; return the score."""
    return history.judge_night(archive, day or datetime.now(UTC).astimezone().date()).score


def _unread(update: Update, entries: Sequence[FileEntry]) -> list[Change]:
    """The entries not read yet. Entries of a dossier unknown to the catalogue, which may have been restored
    from a backup older than the job, are left to the next pass."""
    known = update.catalogue.known_at([entry.raw_path for entry in entries])
    return [
        Change(entry, replaces=known.get(entry.raw_path))
        for entry in entries
        if entry.dossier in ("", *update.kinds) and not _is_read(known.get(entry.raw_path), entry)
    ]


def _is_read(known: KnownFile | None, entry: FileEntry) -> bool:
    return known is not None and not known.doubtful and _is_alike(known, entry)


def _is_alike(known: KnownFile | None, entry: FileEntry) -> bool:
    return (
        known is not None
        and known.reader == VERSION
        and (known.size, known.mtime_ns, known.dossier) == (entry.size, entry.mtime_ns, entry.dossier)
    )


def _is_refused(record: FileRecord | Same) -> bool:
    """Whether the file could not be opened here: not even its hash was computed."""
    if isinstance(record, Same) or record.unread is None:
        return False
    refused = (UnreadReason.CORRUPT, UnreadReason.IN_USE, UnreadReason.NOT_LOCAL)
    return record.unread.reason in refused and not record.sha256
