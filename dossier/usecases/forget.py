"""When a paper turns out to bear a stamp of secrecy, every trace of its text in the state folder goes."""

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
    """Remove what earlier scans left of papers that are sealed now; sentences on what lies elsewhere, which
    only a person can destroy.

    Does nothing when nothing waits. The caller holds the archive's lock. Raises :class:`OSError` or
    :class:`~dossier.errors.IndexUnusableError`; what could not be done is tried again by the next scan.
    """
    paths, hashes = catalogue.secrecy.to_forget()
    if not paths:
        return []
    copies = {file for pattern in _COPIES for file in archive.state.glob(pattern)}
    for copy in sorted(copies, key=lambda file: (file.name.endswith(_LOGS), file)):
        if copy.name.endswith(_LOGS):  # beside no copy, where copying was cut short
            copy.unlink(missing_ok=True)
        elif copy.is_file():
            for paper in papers_in(copy, hashes):
                unsay(archive, catalogue, paper.path, paper.dossier, {paper.sha256}, paper.texts)
            scrub(copy)
    for night in _nights_that_name(archive.state, paths, hashes):
        _empty(night)
    model_file(archive).unlink(missing_ok=True)  # learned from it, too; the next scan learns anew
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
    """Note that a known file bears a stamp, and take out what people said that repeats any of its ``texts``:
    reasons, corrections, what was asked for on the page, words in the log of acts. For the writer, while
    the texts are still there: whoever is cut short does it again. Raises :class:`OSError`."""
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
    """An index without a trace: engines keep the text of what is taken out for as long as others share its
    segment, and files of segments for as long as a reader holds them."""
    base = archive.state / "index"
    if not base.is_dir():
        return
    if worth(archive, catalogue) is Worth.ELSEWHERE:  # whoever keeps the index makes it anew
        drop(archive)
        return
    catalogue.feed.everything_pending()
    anew(archive, catalogue, catalogue.feed.pending())
    if left := index_folder.others(base):
        raise OSError(EBUSY, os.strerror(EBUSY), str(left[0]))


def outside(catalogue: Catalogue) -> list[str]:
    """A sentence for each backup that was made and is still where it was written."""
    told = _("Bản sao lưu {path} ({when}) có thể còn nội dung của tài liệu mật: hãy hủy, rồi sao lưu lại.")
    return [
        told.format(path=path, when=made[:10])
        for path, made in catalogue.secrecy.backups()
        if _is_there(path)
    ]


def _is_there(path: str) -> bool:
    with suppress(OSError, ValueError):
        return Path(path).is_file()
    return False


def _nights_that_name(state: Path, paths: Collection[str], hashes: Collection[str]) -> Iterator[Path]:
    """The nights whose reports speak of one of the papers, or may: those without a result to look in."""
    marks = [text.encode() for text in (*hashes, *paths)]
    folder = night_folders.root_of(state)
    for night in sorted(folder.iterdir()) if folder.is_dir() else ():
        if not night.is_dir() or (night / _NOTICE).exists():
            continue
        try:
            told = _result(night)
        except (OSError, EOFError):
            told = None
        if told is None or any(mark in told for mark in marks):
            yield night


def _result(night: Path) -> bytes | None:
    """The night's result for programs, which names every document; ``None`` when there is none."""
    plain, packed = night / "report.json", night / "report.json.gz"
    if plain.is_file():
        return plain.read_bytes()
    if packed.is_file():
        with gzip.open(packed) as file:
            return file.read()
    return None


def _empty(night: Path) -> None:
    """Delete a night's reports but for its counts, and say so where they were."""
    said = _("Báo cáo của đêm này đã được xóa: trong đó có nội dung của một tài liệu mật.")
    for file in night.iterdir():
        if file.is_dir():
            shutil.rmtree(file)
        elif file.name == "report.html":
            fresh = file.with_name(".report.html")
            fresh.write_text(f'<!doctype html><meta charset="utf-8"><p>{said}\n', "utf-8")
            renaming.replace(
                fresh, file
            )  # the file may have links from other nights: each has its own content
        elif file.name != night_folders.RECORD:
            file.unlink()
    (night / _NOTICE).write_text(f"{said}\n", "utf-8")
