"""Remove every trace of a document's text from the state folder once it turns out to bear a stamp of
secrecy."""

from __future__ import annotations

import gzip
import os
import shutil
from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from errno import EBUSY
from pathlib import Path

from dossier import renaming
from dossier.archive import Archive
from dossier.catalogue import Catalogue
from dossier.catalogue.secrecy import Repeated
from dossier.catalogue.sqlite.copies import papers_in, scrub
from dossier.catalogue.sqlite.glance import NAME
from dossier.i18n import _
from dossier.index import folder as index_folder
from dossier.usecases import audit, night_folders, page_file
from dossier.usecases.following import Worth, drop, worth
from dossier.usecases.indexing import anew
from dossier.usecases.learning import model_file

_COPIES = (f"{NAME}.bak-*", f"{NAME}.damaged-*", f"{NAME}.moved-*", f"former-*/**/{NAME}*")
_LOGS = ("-wal", "-shm", "-journal")
_NOTICE = "da-xoa.txt"


def forget(archive: Archive, catalogue: Catalogue) -> list[str]:
    """Remove what earlier scans stored of documents sealed since; return sentences about copies elsewhere,
    which only a person can destroy.

    Does nothing if no document is pending. The caller holds the archive's lock. Raises :class:`OSError` or
    :class:`~dossier.errors.IndexUnusableError`; the next scan retries what could not be removed.
    """
    paths, hashes = catalogue.secrecy.to_forget()
    if not paths:
        return []
    copies = {file for pattern in _COPIES for file in archive.state.glob(pattern)}
    for copy in sorted(copies, key=lambda file: (file.name.endswith(_LOGS), file)):
        if copy.name.endswith(_LOGS):  # without its copy, if copying was interrupted
            copy.unlink(missing_ok=True)
        elif copy.is_file():
            for paper in papers_in(copy, hashes):
                unsay(archive, catalogue, paper.path, paper.dossier, {paper.sha256}, paper.texts)
            scrub(copy)
    for night in _nights_mentioning(archive.state, paths, hashes):
        _empty(night)
    model_file(archive).unlink(missing_ok=True)  # also trained on it; the next scan trains a new one
    catalogue.secrecy.outdate_indexes()
    _index_anew(archive, catalogue)
    catalogue.secrecy.forgotten(paths)
    return outside(catalogue)


def unsay(
    archive: Archive,
    catalogue: Catalogue,
    path: str,
    dossier: str,
    hashes: Collection[str],
    texts: Iterable[str],
) -> None:
    """Record that a known file bears a stamp, and redact people's entries that repeat any of its ``texts``:
    reasons, corrections, requests on the web page, words in the audit log. The caller holds the archive's
    lock and deletes the texts only afterwards, so that an interrupted call can be repeated. Raises
    :class:`OSError`."""
    repeated = Repeated(texts)
    catalogue.secrecy.note(path, hashes)
    catalogue.secrecy.redact(dossier, path, hashes, repeated)
    lines = 0
    for folder in (archive.state, *archive.state.glob("former-*/state")):
        page_file.redact(folder, repeated)
        lines += audit.redact(folder, repeated)
    if lines:
        audit.note(archive, "redact", path, lines=lines)


def _index_anew(archive: Archive, catalogue: Catalogue) -> None:
    """Rebuild the index: engines keep the text of a removed document as long as its segment has others, and
    files of segments as long as a reader has them open. Raises :class:`OSError` for files still open."""
    base = archive.index_folder
    if not base.is_dir():
        return
    if worth(archive, catalogue) is Worth.ELSEWHERE:  # the machine that keeps the index rebuilds it
        drop(archive)
        return
    catalogue.feed.everything_pending()
    anew(archive, catalogue, catalogue.feed.pending())
    if left := index_folder.others(base):
        raise OSError(EBUSY, os.strerror(EBUSY), str(left[0]))


def outside(catalogue: Catalogue) -> list[str]:
    """Return a sentence for each backup that is still where it was written."""
    notice = _("Bản sao lưu {path} ({when}) có thể còn nội dung của tài liệu mật: hãy hủy, rồi sao lưu lại.")
    return [
        notice.format(path=path, when=made[:10])
        for path, made in catalogue.secrecy.backups()
        if _is_there(path)
    ]


def _is_there(path: str) -> bool:
    with suppress(OSError, ValueError):
        return Path(path).is_file()
    return False


def _nights_mentioning(state: Path, paths: Collection[str], hashes: Collection[str]) -> Iterator[Path]:
    """Yield folders of nights whose reports mention one of the documents, or may: those without a readable
    result."""
    marks = [text.encode() for text in (*hashes, *paths)]
    folder = night_folders.root_of(state)
    for night in sorted(folder.iterdir()) if folder.is_dir() else ():
        if not night.is_dir() or (night / _NOTICE).exists():
            continue
        try:
            report = _result(night)
        except (OSError, EOFError):
            report = None
        if report is None or any(mark in report for mark in marks):
            yield night


def _result(night: Path) -> bytes | None:
    """Return the night's JSON report, which names every document; ``None`` if there is none."""
    plain, packed = night / "report.json", night / "report.json.gz"
    if plain.is_file():
        return plain.read_bytes()
    if packed.is_file():
        with gzip.open(packed) as file:
            return file.read()
    return None


def _empty(night: Path) -> None:
    """Delete a night's reports except its counts, and leave a notice in their place."""
    notice = _("Báo cáo của đêm này đã được xóa: trong đó có nội dung của một tài liệu mật.")
    for file in night.iterdir():
        if file.is_dir():
            shutil.rmtree(file)
        elif file.name == "report.html":
            fresh = file.with_name(".report.html")
            fresh.write_text(f'<!doctype html><meta charset="utf-8"><p>{notice}\n', "utf-8")
            renaming.replace(fresh, file)  # a new file: the old one may be hard-linked from other nights
        elif file.name != night_folders.RECORD:
            file.unlink()
    (night / _NOTICE).write_text(f"{notice}\n", "utf-8")
