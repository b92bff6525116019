"""Backups: made by a job and downloaded, and verified on upload. Restoring replaces the running archive, so
the page only explains the command for it."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

from dossier.errors import ArchiveError, UsageError
from dossier.i18n import _, moment
from dossier.usecases.backup import backup, beside
from dossier.usecases.known import open_known
from dossier.usecases.packed import BackupManifest, read_packing_list, verify_backup
from dossier.web.jobs import MadeFile, reloading, started
from dossier.web.people import with_password
from dossier.web.request import Answer, Ask, NotFoundError, data, page, saved, see

ADDRESS = "/quan-tri/sao-luu"
_SHOWN = 10
_ZIP = "application/zip"


def backups(ask: Ask) -> Answer:
    """List the backups, with a button for another and instructions for restoring."""
    jobs = ask.services.jobs.of(ask.visitor, ADDRESS)
    told = ask.services.told.take(ask.visitor.name)
    answer = page(
        "backups.html.j2", jobs=jobs, known=_known(ask)[:_SHOWN], told=told, place=str(ask.cache.archive.root)
    )
    return reloading(answer, jobs)


def listed(ask: Ask) -> Answer:
    """Return the backups as JSON."""
    return data({"backups": [{"file": name, "at": at.isoformat()} for name, at in _known(ask)]})


def _known(ask: Ask) -> list[tuple[str, datetime]]:
    """The backups, newest first, by file name: their folder means nothing to a browser."""
    with open_known(ask.cache.archive) as catalogue:
        made = catalogue.secrecy.backups()
    return [(re.split(r"[\\/]", path)[-1], datetime.fromisoformat(at)) for path, at in reversed(made)]


@with_password
def begin(ask: Ask) -> Answer:
    """Start a job that makes a backup."""
    archive = ask.cache.archive
    name = beside(archive).name

    def work(folder: Path) -> MadeFile:
        backup(archive, folder / name, handed_over=True)
        return MadeFile(folder / name, name, _ZIP)

    return started(ask, ask.services.jobs.begin(ask.visitor, name, work, ADDRESS), f"{ADDRESS}#viec")


@with_password
def result(ask: Ask) -> Answer:
    """Return the backup made by a job. It contains the texts of all documents, so the password is required
    again."""
    job = ask.services.jobs.get(ask.visitor, ask.params["id"])
    if job is None or job.file is None or job.page != ADDRESS:
        raise NotFoundError
    ask.services.note(ask, "download", job.file.name)
    return saved(job.file.place, job.file.type, job.file.name)


def verify_uploaded(ask: Ask) -> Answer:
    """Verify an uploaded backup and show its key data."""
    for each in ask.files[:1]:
        try:
            sentence = _sentence(each.name, _sound(ask, each))
        except UsageError as refused:
            sentence = f"✗ {each.name}: {refused.message}"
        ask.services.told.put(ask.visitor.name, [sentence])
    if not ask.files:
        ask.services.told.put(ask.visitor.name, [*ask.refused] or [_("Chưa chọn tệp nào.")])
    return see(f"{ADDRESS}#kiem-tra")


def verify_sent(ask: Ask) -> Answer:
    """JSON version of :func:`verify_uploaded`; the file is the request body."""
    found = _sound(ask, ask.sent)
    return data(
        {"made_at": found.made_at, "version": found.dossier, "archive": found.archive,
         "files": len(found.files), "bytes": _size(found)},
    )  # fmt: skip


def _sound(ask: Ask, file: Path) -> BackupManifest:
    """Verify every byte of a backup against its manifest. Raises :class:`UsageError`, without the path on the
    server."""
    with ask.services.one_at_a_time(ask):
        try:
            manifest = read_packing_list(file)
            verify_backup(file, manifest)
        except ArchiveError as refused:
            raise UsageError(refused.message.replace(str(file), file.name), refused.advice) from refused
    return manifest


def _sentence(name: str, found: BackupManifest) -> str:
    at = datetime.fromisoformat(found.made_at)
    return _("✓ {name}: bản sao lưu nguyên vẹn, lập lúc {at} từ {archive}, {count} tệp, {size} MB.").format(
        name=name, at=moment(at), archive=found.archive, count=len(found.files),
        size=-(-_size(found) // 1_000_000),
    )  # fmt: skip


def _size(found: BackupManifest) -> int:
    return sum(size for _sha256, size in found.files.values())
