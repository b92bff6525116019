"""File a document from the inbox into a dossier, or undo that: the file, the catalogue and the decision.

The file is moved by :mod:`~dossier.usecases.inbox.carry`, and each step is recorded in the journal before the
next one; a move interrupted by a killed process is completed by the next process.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from dossier.archive import Archive
from dossier.catalogue import Catalogue
from dossier.checklists.schema import Checklist
from dossier.errors import ArchiveError, UsageError
from dossier.i18n import _
from dossier.os_errors import in_words
from dossier.scanner.pipeline import Processor
from dossier.scanner.walk_result import readable
from dossier.usecases import audit, decide
from dossier.usecases.file_names import free_name, raw_path_in, safe_name
from dossier.usecases.inbox import carry
from dossier.usecases.inbox.folders import hold_folder
from dossier.usecases.inbox.follow import follow_move
from dossier.usecases.inbox.item_folders import folder_for
from dossier.usecases.inbox.journal import Journal, Move, MoveStep, PlannedMove, is_kept
from dossier.usecases.known import open_known
from dossier.usecases.locking import writing
from dossier.usecases.reading import processor_for
from dossier.usecases.viewing import ViewedFile, view_file
from dossier.usecases.whole_acts import settle
from dossier.workspace import moment, person

CHANGED, REMAINS, GONE = "changed", "remains", "gone"  # codes of troubles: see :func:`trouble_words`


@dataclass(frozen=True, slots=True)
class Filing:
    """A person's request to file a file (with the hash of what they saw) into a dossier. ``places``: places
    of the documents in it, by document number; for others no decision is recorded."""

    path: str
    sha256: str
    dossier: str
    places: Mapping[int, Sequence[str]]


def file(archive: Archive, wanted: Filing, *, key: str = "", by: Processor | None = None) -> Move:
    """Move a file into a dossier and record the places of its documents as the person's decision.

    ``key``: idempotency key, a repeated one returns the same move. Raises :class:`UsageError` if it is not
    allowed, :class:`ArchiveError` if it fails; the file is then where it was.
    """
    key = key or secrets.token_hex(16)
    with writing(archive, "inbox"), Journal(archive) as journal, open_known(archive) as catalogue:
        move = journal.by_key(key)
        if move is None:
            settle(archive, catalogue)  # a killed attempt with the same key has left its line
            shown = waiting_file(archive, wanted.path, wanted.sha256)
            places = _places(archive, catalogue, shown, wanted)
            target = _target(archive, catalogue, shown, wanted.dossier, places)
            told = {
                "dossier": wanted.dossier, "to": readable(target), "sha256": wanted.sha256,
                "places": {str(n): list(said) for n, said in places.items()},
            }  # fmt: skip
            audit.append(archive, "inbox-file", wanted.path, told, process=os.getpid(), move=key)
            planned = PlannedMove(
                source=shown.raw_path, target=target, sha256=wanted.sha256, size=_size(archive, shown),
                dossier=wanted.dossier, places=places,
            )  # fmt: skip
            move = journal.plan(key, moment(), person(), planned)
        return _carry_on(archive, catalogue, journal, move, by or processor_for(archive))


def check(archive: Archive, wanted: Filing) -> None:
    """Raise :class:`UsageError` for a request that cannot be carried out, before it is queued."""
    with open_known(archive) as catalogue:
        _places(archive, catalogue, waiting_file(archive, wanted.path, wanted.sha256), wanted)


def take_back(archive: Archive, number: int, *, key: str = "", by: Processor | None = None) -> Move:
    """Move a filed file back into the inbox and revoke the decisions made with the filing. Raises the same
    errors as :func:`file`."""
    key = key or secrets.token_hex(16)
    with writing(archive, "inbox"), Journal(archive) as journal, open_known(archive) as catalogue:
        back = journal.by_key(key)
        if back is None:
            settle(archive, catalogue)
            move = _to_take_back(archive, journal, number)
            folder, _slash, name = move.source.rpartition(b"/")
            with hold_folder(os.fsencode(archive.root), folder, make=True) as inbox:
                free = free_name(os.fsdecode(name), inbox.names())
            told = {"of": move.id, "sha256": move.sha256}
            audit.append(archive, "inbox-undo", readable(move.target), told, process=os.getpid(), move=key)
            target = raw_path_in(folder, os.fsencode(free))
            planned = PlannedMove(
                source=move.target, target=target, sha256=move.sha256, size=move.size, dossier=move.dossier,
                places=move.places, takes_back=move.id,
            )  # fmt: skip
            back = journal.plan(key, moment(), person(), planned)
        return _carry_on(archive, catalogue, journal, back, by or processor_for(archive))


def recover(archive: Archive) -> list[Move]:
    """Complete moves interrupted by a killed process and return them. Cheap if there are none."""
    if not is_kept(archive):
        return []
    with Journal(archive) as journal:
        if not journal.unfinished():
            return []
        found = []
        with writing(archive, "inbox"), open_known(archive) as catalogue:
            for move in journal.unfinished():
                with suppress(ArchiveError, UsageError):  # the failure is recorded in the journal
                    found.append(_carry_on(archive, catalogue, journal, move, processor_for(archive)))
        return found


def filed(archive: Archive, most: int = 50) -> list[Move]:
    """Return the ``most`` newest filings, latest first."""
    if not is_kept(archive):
        return []
    with Journal(archive) as journal:
        return journal.latest(most)


def may_be_taken_back(archive: Archive, move: Move) -> bool:
    """Whether a move is done, not undone yet, and recent enough to be undone."""
    young = datetime.now(UTC) - move.at < timedelta(days=archive.config.inbox.undo_days)
    return move.step is MoveStep.DONE and not move.taken_back and young


def trouble_words(move: Move) -> str:
    """Return a sentence on what went wrong with a move; empty if nothing did."""
    sentences = {
        "": "",
        CHANGED: _("Tệp đã thay đổi trong lúc chuyển nên vẫn nằm ở chỗ cũ; bản đã xem được giữ ở chỗ mới."),
        REMAINS: _("Không xóa được tệp ở chỗ cũ (đang mở?); nó nằm ở cả hai nơi."),
        GONE: _("Tệp không còn ở chỗ cũ."),
    }
    return sentences.get(move.trouble, move.trouble)


def waiting_file(archive: Archive, path: str, sha256: str) -> ViewedFile:
    """Return a file of the inbox. Raises :class:`UsageError` if it is not there, has changed since it was
    seen, or is secret."""
    shown = view_file(archive, path)
    sha = (shown.sha256 or (shown.unread.sha256 if shown.unread else "")) if shown else ""
    if shown is None or not archive.in_inbox(path) or shown.dossier or (sha256 and sha != sha256):
        raise UsageError(
            _("“{path}” không chờ trong hộp thư đến, hoặc đã thay đổi.").format(path=path),
            _("Xem lại: dossier inbox"),
        )
    if shown.secret:
        raise UsageError(
            _("“{path}” có dấu chỉ độ mật: không xếp vào hồ sơ ở đây.").format(path=path),
            _("Lấy tệp ra khỏi máy nối mạng và xử lý theo quy định về bí mật nhà nước."),
        )
    return shown


def _places(
    archive: Archive, catalogue: Catalogue, shown: ViewedFile, wanted: Filing
) -> dict[int, tuple[str, ...]]:
    folder = catalogue.folders().get(wanted.dossier)
    if folder is None or folder.kind not in archive.checklists:
        raise UsageError(_("Không có hồ sơ “{path}”.").format(path=wanted.dossier))
    ordinals = {document.ordinal for document in shown.documents} or {1}
    found = {}
    for ordinal, typed in wanted.places.items():
        if ordinal not in ordinals:
            raise UsageError(_("Tệp này không có văn bản thứ {number}.").format(number=ordinal))
        placements = decide.placements_of(archive.checklists[folder.kind], typed) if typed else ()
        if typed:
            found[ordinal] = tuple(decide.written(each) for each in placements) or ("none",)
    return found


def _target(
    archive: Archive, catalogue: Catalogue, shown: ViewedFile, dossier: str,
    places: Mapping[int, tuple[str, ...]],
) -> bytes:  # fmt: skip
    """Return a free raw path in the dossier for the file."""
    folder = catalogue.folders()[dossier]
    first = next((said[0] for _n, said in sorted(places.items()) if said != ("none",)), "")
    part = _part(archive.checklists[folder.kind], first)
    root = os.fsencode(archive.root)
    name = shown.raw_path.rpartition(b"/")[2]
    safe = safe_name(readable(name))
    try:
        where = folder_for(archive, catalogue, folder, part)
        with suppress(FileNotFoundError), hold_folder(root, where) as opened:
            safe = free_name(safe, opened.names())
    except OSError as error:
        raise _cannot(shown.path, error) from error
    kept = name if safe == readable(name) else os.fsencode(safe)  # the original bytes of an acceptable name
    return raw_path_in(where, kept)


def _part(checklist: Checklist, written: str) -> str:
    """Return the checklist part of a place written as by a person; empty if there is no such part."""
    part = written.partition(":")[0].partition(".")[0]
    return part if any(part == each.id for item in checklist.items for each in item.parts) else ""


def _size(archive: Archive, shown: ViewedFile) -> int:
    folder, _slash, name = shown.raw_path.rpartition(b"/")
    try:
        with hold_folder(os.fsencode(archive.root), folder) as opened:
            status = opened.status(name)
    except OSError as error:
        raise _cannot(shown.path, error) from error
    return status.st_size if status else 0


def _to_take_back(archive: Archive, journal: Journal, number: int) -> Move:
    try:
        move = journal.get(number)
    except KeyError:
        raise UsageError(
            _("Không có lần chuyển số {number}.").format(number=number), _("Xem các lần: dossier inbox undo")
        ) from None
    if not may_be_taken_back(archive, move):
        raise UsageError(_why_not_taken_back(archive, move))
    return move


def _why_not_taken_back(archive: Archive, move: Move) -> str:
    if move.taken_back:
        return _("Lần chuyển số {number} đã được hoàn tác rồi.").format(number=move.id)
    if move.step is not MoveStep.DONE:
        return _("Lần chuyển số {number} chưa xong nên chưa hoàn tác được.").format(number=move.id)
    return _("Lần chuyển số {number} đã quá {days} ngày nên không hoàn tác được nữa.").format(
        number=move.id, days=archive.config.inbox.undo_days
    )


def _carry_on(
    archive: Archive, catalogue: Catalogue, journal: Journal, move: Move, processor: Processor
) -> Move:
    """Carry out the remaining steps of a move. The caller must hold the archive's lock."""
    try:
        if move.step is MoveStep.PLANNED:
            move = _publish(archive, journal, move)
        if move.step is MoveStep.PUBLISHED:
            move = _remove(archive, journal, move)
    except OSError as error:
        raise _cannot(readable(move.source), error) from error
    if move.step is MoveStep.REMOVED:
        follow_move(archive, catalogue, move, processor)
        move = journal.step(move, MoveStep.DONE)
    return move


def _publish(archive: Archive, journal: Journal, move: Move) -> Move:
    root = os.fsencode(archive.root)
    source_folder, _slash, source = move.source.rpartition(b"/")
    target_folder, _slash, name = move.target.rpartition(b"/")
    try:
        with hold_folder(root, source_folder) as there, hold_folder(root, target_folder, make=True) as here:
            if here.status(name) is not None and carry.fingerprint(here, name).sha256 == move.sha256:
                return journal.step(move, MoveStep.PUBLISHED)  # interrupted just after the rename
            if there.status(source) is None:
                journal.step(move, MoveStep.FAILED, GONE)
                raise UsageError(_("“{path}” không còn ở đó nữa.").format(path=readable(move.source)))
            carry.copy(there, source, here, move.part, move.sha256, move.size)
            while True:
                try:
                    carry.publish(here, move.part, name)
                    break
                except FileExistsError:
                    name = os.fsencode(free_name(os.fsdecode(name), here.names()))
                    move = journal.aim(move, raw_path_in(target_folder, name))
    except carry.ChangedError:
        journal.step(move, MoveStep.FAILED, CHANGED)
        raise UsageError(
            _("“{path}” đã thay đổi từ khi được đọc; chưa chuyển.").format(path=readable(move.source)),
            _("Đợi tệp được đọc lại rồi quyết định lần nữa."),
        ) from None
    except carry.NoRoomError:
        journal.step(move, MoveStep.FAILED, "no-room")
        raise ArchiveError(
            _("Đĩa không còn đủ chỗ để chuyển “{path}”; tệp vẫn ở chỗ cũ.").format(
                path=readable(move.source)
            ),
            _("Giải phóng chỗ trống rồi làm lại."),
        ) from None
    except OSError as error:
        journal.step(move, MoveStep.FAILED, in_words(error))
        raise
    return journal.step(move, MoveStep.PUBLISHED)


def _remove(archive: Archive, journal: Journal, move: Move) -> Move:
    """Delete the source after the copy is complete and renamed. If that fails, the file stays at both places
    and the move gets a trouble code."""
    root = os.fsencode(archive.root)
    source_folder, _slash, source = move.source.rpartition(b"/")
    target_folder = move.target.rpartition(b"/")[0]
    trouble = ""
    with hold_folder(root, target_folder) as here:
        here.remove(move.part)
        here.sync()
    try:
        with hold_folder(root, source_folder) as there:
            carry.remove_source(there, source, move.sha256)
    except carry.ChangedError:
        trouble = CHANGED
    except OSError:
        trouble = REMAINS
    return journal.step(move, MoveStep.REMOVED, trouble)


def _cannot(path: str, error: OSError) -> ArchiveError:
    return ArchiveError(
        _("Không chuyển được “{path}”: {why}. Tệp vẫn ở chỗ cũ.").format(path=path, why=in_words(error)),
        _("Kiểm tra quyền ghi và chỗ trống trên đĩa."),
    )
