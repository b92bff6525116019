"""What the jobs do. Each step may run twice: it compares with the catalogue before it changes anything."""

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
from dossier.model import FileEntry, FileRecord, KnownFile, UnreadReason
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

_NOBODY_WAITS = 5.0  # seconds for the place of the one who walks


class NotHereError(DossierError):
    """This machine does not see the files: another one may. It says nothing about whether they exist."""


class RefusedHereError(NotHereError):
    """This machine sees them and may not open them. The one that owns the disk has the last word."""


class OtherVersionError(DossierError):
    """The job was planned by a program or by checklists other than ours."""


@dataclass(frozen=True, slots=True)
class Terms:
    """By what a job was planned; a worker that goes by other terms must not do it."""

    reader: int
    checklists: str


def terms_of(archive: Archive) -> Terms:
    """Ours."""
    return Terms(VERSION, archive.checklists_digest)


def check_terms(archive: Archive, planned: Terms) -> None:
    """Raises :class:`OtherVersionError`."""
    if planned != terms_of(archive):
        raise OtherVersionError(
            _("Việc này do một phiên bản dossier khác, hoặc với danh mục khác, giao."),
            _("Cài cùng một phiên bản dossier trên mọi máy của kho."),
        )


def sees(archive: Archive) -> bool:
    """Whether anything of the archive is to be seen here: where its share is away there is no folder, or an
    empty one."""
    try:
        with os.scandir(archive.root) as found:
            return any(entry.name != STATE_NAME for entry in found)
    except OSError:
        return False


def check_here(archive: Archive, entries: Sequence[FileEntry]) -> None:
    """Raises :class:`NotHereError` when the archive, or a dossier in question, is not to be seen here."""
    for folder in {entry.dossier for entry in entries}:
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


def _seen(archive: Archive, entries: Sequence[FileEntry], *, owner: bool) -> Sequence[FileEntry]:
    """Those of them whose dossier is to be seen here. Raises as :func:`check_here`."""
    try:
        check_here(archive, entries)
    except NotHereError:
        if not (owner and sees(archive)):
            raise
        return [entry for entry in entries if os.access(archive.root / entry.dossier, os.R_OK | os.X_OK)]
    return entries


def plan(archive: Archive, touched: Collection[str] | None, *, full: bool = False) -> list[FileEntry]:
    """Walk, compare, do all that needs no reading; the files that are to be read. For the walker only: the
    one machine that sees the archive's own disk. What a person named (``touched``) does not wait for the end
    of a walk over everything: either writes only in its turn."""
    check_kinds(archive)
    archive.ready_state()
    alone = working(archive, "plan", wait=_NOBODY_WAITS) if touched is None else nullcontext()
    with (
        alone,
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
    """Read these and catalogue what they hold; how many were taken. What was read meanwhile, or is another
    file by now, is left alone. Never forgets anything.

    Raises :class:`NotHereError`; :class:`RefusedHereError`, when all the others are catalogued, for files
    that this machine may not open. On the ``owner`` of the disk those are unread, and say so; and a dossier
    that is not to be seen while the archive is there says nothing: whoever walks finds what became of it.
    """
    entries = _seen(archive, entries, owner=owner)
    outcomes: list[tuple[Change, Outcome[FileRecord | Same]]] = []
    refused: list[str] = []
    with open_known(archive) if open_already is None else nullcontext(open_already) as catalogue:
        update = Update(archive, catalogue)
        update.take_up(entries)
        by_path = {change.entry.raw_path: change for change in update.compared(_unread(update, entries))}
        for task, outcome in pool.run(update.task(change) for change in by_path.values()):
            if not os.path.lexists(place(os.fsencode(archive.root), task.entry.raw_path)):
                _seen(archive, [task.entry], owner=owner)
                continue  # it went: whoever walks will see that
            if not owner and not isinstance(outcome, Died) and _is_refused(outcome.value):
                refused.append(task.entry.path)
                continue
            outcomes.append((by_path[task.entry.raw_path], outcome))
        update.settle_all(outcomes)
    if refused:
        raise RefusedHereError(_("Máy này không có quyền đọc {path}.").format(path=refused[0]))
    return len(outcomes)


def give_up(archive: Archive, entries: Sequence[FileEntry]) -> None:
    """These files took every worker that touched them with them: they are unread, and say so."""
    with open_known(archive) as catalogue:
        update = Update(archive, catalogue)
        update.take_up(entries)
        for change in _unread(update, entries):
            if _is_alike(
                change.replaces, change.entry
            ):  # somebody did read it; the end of the pass looks again
                continue
            update.settle(change, Died("crash", ""))


def finish(archive: Archive, *, last: bool) -> list[FileEntry]:
    """Everything planned was read: forget what is gone, weigh what is doubtful, say when. Files that are
    still to be read come back, and nothing is finished, unless this is the ``last`` time of asking."""
    with (
        working(archive, "finish", wait=_NOBODY_WAITS),
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
    """Let this machine's full-text index follow, or take in these files; the number of files taken in.

    Raises :class:`~dossier.errors.IndexElsewhereError` where another machine keeps it: what is in the outbox
    waits there for the next search.
    """
    wanted = {entry.path for entry in entries}
    only = wanted.__contains__ if wanted else None
    with taking_turns(archive, "index") as turns, open_known(archive) as catalogue:
        count = catch_up(archive, catalogue, only=only, turns=turns)
        following.check_here(archive, catalogue)
        return count


def judge(archive: Archive, day: date | None = None) -> float:
    """Judge everything and keep the result of the day; the score."""
    return history.judge_night(archive, day or datetime.now(UTC).astimezone().date()).score


def _unread(update: Update, entries: Sequence[FileEntry]) -> list[Change]:
    """Those that are not read yet. Of a dossier that the catalogue does not know, because it was restored
    from a backup older than the job, none: whoever walks next finds the dossier and all that is in it."""
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
    """Whether the system let nobody here open it: its content was not even hashed."""
    if isinstance(record, Same) or record.unread is None:
        return False
    refused = (UnreadReason.CORRUPT, UnreadReason.IN_USE, UnreadReason.NOT_LOCAL)
    return record.unread.reason in refused and not record.sha256
