"""Choose the files of a dossier to hand over: documents that belong to an item, and evidence without text.

Nghị định 30/2020/NĐ-CP, Điều 29: copies and drafts are taken out when a dossier is closed. They stay in the
archive; the package lists them.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from dossier.archive import Archive
from dossier.errors import UsageError
from dossier.i18n import _
from dossier.model import DossierReport, Paper
from dossier.os_errors import in_words
from dossier.plain_file import open_beneath
from dossier.usecases.known import open_known

_BLOCK = 1 << 20
_NAME = 255  # maximal bytes of a file name


@dataclass(frozen=True, slots=True)
class Original:
    """A file to hand over. ``inside``: its path in the dossier, NFC; ``raw_path``: its path in the archive in
    the bytes of the file system."""

    path: str
    inside: str
    raw_path: bytes
    sha256: str
    format: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A file not handed over: another version of the file ``of``, or (``of`` empty) one that belongs to no
    item."""

    path: str
    sha256: str
    of: str


def chosen(archive: Archive, dossier: DossierReport) -> tuple[list[Original], list[LeftOut]]:
    """Return the files to hand over and those left out, each sorted by path."""
    wanted: dict[str, tuple[str, str]] = {}
    for paper in _counting(dossier.papers):
        for document in (paper.document, *(annex.document for annex in paper.annexes)):
            wanted[document.path] = (document.sha256, document.format)
    for file in dossier.unread:
        if file.placements:
            wanted[file.path] = (file.sha256, file.path.rpartition(".")[2].lower())
    left: dict[str, LeftOut] = {}
    for paper in dossier.papers:
        counts = any(paper is each for each in _counting(dossier.papers))
        for whole in (paper, *paper.annexes):
            for document in (*whole.versions, *(() if counts else (whole.document,))):
                if document.path not in wanted:
                    of = whole.document.path if counts else ""
                    left[document.path] = LeftOut(document.path, document.sha256, of)
    with open_known(archive) as catalogue:
        originals = [
            Original(path, path.removeprefix(f"{dossier.path}/"), raw, sha256, format_)
            for path, (sha256, format_) in sorted(wanted.items())
            if (raw := catalogue.raw_path(path)) is not None
        ]
    return originals, [left[path] for path in sorted(left)]


def _counting(papers: tuple[Paper, ...]) -> list[Paper]:
    return [paper for paper in papers if any(each.placements for each in paper.documents)]


def copy(archive: Archive, original: Original, target: Path) -> None:
    """Copy an original, never through a link. Raises :class:`UsageError` if it cannot be read or has changed
    since the last scan, :class:`OSError` if the copy cannot be written."""
    target.parent.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256()
    with target.open("xb") as out:
        for block in _blocks(archive, original):
            digest.update(block)
            out.write(block)
    if digest.hexdigest() != original.sha256:
        raise UsageError(
            _("{path} đã đổi so với lần quét gần nhất.").format(path=original.path),
            _("Chạy lại: dossier scan {root}, xem kết quả rồi lập gói.").format(root=archive.root),
        )


def _blocks(archive: Archive, original: Original) -> Iterator[bytes]:
    try:
        fd = open_beneath(os.fsencode(archive.root), original.raw_path)
        with os.fdopen(fd, "rb") as file:
            while block := file.read(_BLOCK):
                yield block
    except OSError as error:
        raise UsageError(
            _("Không đọc được {path}: {why}.").format(path=original.path, why=in_words(error)),
            _("Kiểm tra tệp và ổ mạng, rồi chạy lại: dossier scan {root}").format(root=archive.root),
        ) from error


def check_names(originals: Sequence[Original]) -> None:
    """Raise :class:`UsageError` for names that differ only in case: when the package is copied to Windows,
    one file would replace the other."""
    known: dict[str, str] = {}
    for original in originals:
        other = known.setdefault(original.inside.casefold(), original.inside)
        if other != original.inside:
            raise UsageError(
                _("Hai tệp chỉ khác nhau ở chữ hoa, chữ thường: {one}; {other}.").format(
                    one=other, other=original.inside
                ),
                _("Trên Windows tệp này sẽ đè tệp kia: đổi tên một tệp, quét lại rồi lập gói."),
            )


def copy_name(original: Original) -> str:
    """Return the path of a file's PDF/A copy in the folder of copies. A name over 255 bytes, which no file
    system allows, is cut and made unique by the checksum."""
    folder, slash, name = original.inside.rpartition("/")
    if len(os.fsencode(f"{name}.pdf")) > _NAME:
        kept = name.encode()[: _NAME - 16].decode(errors="ignore")
        name = f"{kept}~{original.sha256[:8]}"
    return f"{folder}{slash}{name}.pdf"


def check_fresh(archive: Archive, dossier: DossierReport) -> None:
    """Raise :class:`UsageError` if the dossier contains files not seen by the last scan."""
    from dossier.scanner.discover import walk

    known = {document.path for document in dossier.documents} | {file.path for file in dossier.unread}
    with open_known(archive) as catalogue:
        adopted = catalogue.adoptions.all()
    seen = {e.path for e in walk(archive, [dossier.path], adopted).files if e.dossier == dossier.path}
    if new := sorted(seen - known):
        raise UsageError(
            _("Trong hồ sơ có tệp mới chưa được quét: {files}.").format(files=", ".join(new[:5])),
            _("Chạy: dossier scan {root}").format(root=archive.root),
        )
