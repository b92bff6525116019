"""The backup file: which files it may contain, and how to read it as untrusted input.

The file names are an allow-list, which :mod:`dossier.usecases.backup` also writes by. Sizes are bounded
before anything is unpacked, and the content must match the backup's manifest exactly.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import stat
import unicodedata
import zipfile
import zlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import IO

from dossier.archive import CONFIG_NAME, MANIFEST_NAME
from dossier.catalogue.schema import HEAD
from dossier.catalogue.sqlite.glance import NAME
from dossier.errors import ArchiveError, DossierError, UsageError
from dossier.i18n import _
from dossier.plain_file import is_device
from dossier.progress import counted
from dossier.usecases import audit, page_file
from dossier.vietnamese import nfc

FORMAT = 2  # 2: includes the web accounts and the audit log
MANIFEST = "manifest.json"
STATE, ARCHIVE = "state/", "archive/"
CONFIGURATION = (CONFIG_NAME, "*.toml", "checklists/**/*.toml", "retention/**/*.toml")
_FOLDERS = ("checklists", "retention")
# Files that earlier versions also packed. They are recreated automatically, so they are neither refused nor
# restored.
_NOT_NEEDED = re.compile(r"state/(?:learned\.npz|last-answer\.[^/\\]{1,100}\.json)")
_BESIDE_LETTERS = frozenset(" -_.,()+&'")
_BLOCK = 1 << 20  # bytes
_PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # with others the file decides how much memory is used
_LARGEST_MANIFEST = 16 << 20  # bytes
_LARGEST_CONFIGURATION = 4 << 20  # bytes of one file
_MOST_FILES = 10_000


@dataclass(frozen=True, slots=True)
class BackupManifest:
    """The manifest of a backup. ``files``: SHA-256 and size in bytes by name in the zip file;
    ``catalogue``: version of the database schema; ``made_at``: UTC, ISO."""

    format: int
    dossier: str
    catalogue: str
    made_at: str
    archive: str
    files: dict[str, tuple[str, int]]


def read_packing_list(file: Path) -> BackupManifest:
    """Read the manifest of a backup and check every name and size in it.

    Raises :class:`UsageError` if there is no such file, :class:`ArchiveError` if it is not a backup, has
    unexpected content, or is of a newer
    version.
    """
    if not file.exists():
        raise UsageError(
            _("Không có tệp {path}.").format(path=file),
            _("Kiểm tra tên tệp; bản sao lưu do dossier backup lập."),
        )
    if not file.is_file():  # opening a pipe would block for ever
        raise ArchiveError(
            _("{path} không phải là tệp thông thường.").format(path=file), _("Dùng một bản sao lưu khác.")
        )
    try:
        with zipfile.ZipFile(file) as packed:
            info = packed.getinfo(MANIFEST)
            if info.file_size > _LARGEST_MANIFEST or info.compress_type not in _PACKED:
                raise ValueError(MANIFEST)
            with packed.open(MANIFEST) as opened:
                raw = json.loads(opened.read(_LARGEST_MANIFEST))
            files = {str(name): (str(sha), int(size)) for name, (sha, size) in raw["files"].items()}
            texts = {key: str(raw[key]) for key in ("dossier", "catalogue", "made_at", "archive")}
            datetime.fromisoformat(texts["made_at"])
            manifest = BackupManifest(format=int(raw["format"]), files=files, **texts)
            entries = packed.infolist()
    except (OSError, zipfile.BadZipFile, KeyError, ValueError, TypeError, AttributeError, EOFError,
            NotImplementedError, OverflowError, RuntimeError, zlib.error) as error:  # fmt: skip
        raise ArchiveError(
            _("{path} không phải bản sao lưu của dossier, hoặc đã hỏng.").format(path=file),
            _("Dùng một bản sao lưu khác."),
        ) from error
    if manifest.format > FORMAT or manifest.catalogue > HEAD:
        raise ArchiveError(
            _("Bản sao lưu {path} do một phiên bản mới hơn ({version}) tạo ra.").format(
                path=file, version=manifest.dossier[:40]
            ),
            _("Hãy cập nhật dossier trên máy này rồi phục hồi lại."),
        )
    _check_entries(file, manifest, entries)
    return manifest


def wanted(manifest: BackupManifest) -> list[str]:
    """Return the names in the zip file of the files to restore."""
    return [name for name in manifest.files if not _NOT_NEEDED.fullmatch(name) and may_be_packed(name)]


def may_be_packed(name: str) -> bool:
    """Whether a restore accepts a file with this name."""
    return path_inside(name) is not None


def path_inside(name: str) -> PurePosixPath | None:
    """Return the path below the state or the archive for a name in the zip file; ``None`` if no backup
    contains such a name."""
    if name in (STATE + NAME, STATE + page_file.NAME) or is_log(name):
        return PurePosixPath(name.removeprefix(STATE))
    if not name.startswith(ARCHIVE):
        return None
    parts = name.removeprefix(ARCHIVE).split("/")
    allowed = len(parts) == 1 or (len(parts) <= 8 and parts[0] in _FOLDERS)
    if not allowed or not parts[-1].endswith(".toml") or not all(map(_is_plain, parts)):
        return None
    if any(part.lower() == MANIFEST_NAME for part in parts):  # would turn its folder into a dossier
        return None
    return PurePosixPath(*parts)


def is_log(name: str) -> bool:
    """Whether a name in a backup is a file of the audit log."""
    return name.startswith(STATE) and audit.is_log(name.removeprefix(STATE))


def verify_backup(file: Path, manifest: BackupManifest, into: Path | None = None) -> None:
    """Compare every file in the backup with its SHA-256, and unpack it below ``into`` if given.

    Raises :class:`ArchiveError` for the first damaged or missing file.
    """
    name = file.name
    try:
        with zipfile.ZipFile(file) as packed:
            for name, (sha, size) in counted(manifest.files.items(), what=_("kiểm tra bản sao lưu")):
                target = into / name if into and name in wanted(manifest) else None
                if target is not None:
                    target.parent.mkdir(parents=True, exist_ok=True)
                with packed.open(name) as source, _opened(target) as out:
                    if copy(source, out, size) != (sha, size):
                        raise KeyError(name)
    except (zipfile.BadZipFile, zlib.error, KeyError, ValueError, EOFError, NotImplementedError,
            RuntimeError) as error:  # fmt: skip
        raise ArchiveError(
            _("Bản sao lưu {path} đã hỏng: {why}.").format(path=file, why=name),
            _nothing_changed(),
        ) from error


def refused_backup(file: Path, why: str) -> DossierError:
    """The error for a backup with content that this program never writes."""
    return ArchiveError(
        _("Từ chối bản sao lưu {path}: {why}.").format(path=file, why=why), _nothing_changed()
    )


def copy(source: IO[bytes], out: IO[bytes], most: int) -> tuple[str, int]:
    """Copy until the end of ``source`` or just past ``most`` bytes; return the SHA-256 and the number of
    bytes copied."""
    digest, size = hashlib.sha256(), 0
    while size <= most and (block := source.read(_BLOCK)):
        digest.update(block)
        out.write(block)
        size += len(block)
    return digest.hexdigest(), size


def _check_entries(file: Path, manifest: BackupManifest, entries: list[zipfile.ZipInfo]) -> None:
    names = [entry.filename for entry in entries]
    if len(names) > _MOST_FILES:
        raise refused_backup(file, _("có quá nhiều tệp"))
    if STATE + NAME not in manifest.files:
        raise refused_backup(file, _("không có danh mục"))
    for name in (*manifest.files, *names):
        if name != MANIFEST and not _NOT_NEEDED.fullmatch(name) and path_inside(name) is None:
            raise refused_backup(file, _("có tệp lạ {name}").format(name=repr(name)[:120]))
    if sorted(names) != sorted([*manifest.files, MANIFEST]) or len({nfc(n).casefold() for n in names}) != len(
        names
    ):
        raise refused_backup(file, _("danh sách tệp bên trong không khớp"))
    for entry in entries:
        kind = stat.S_IFMT(entry.external_attr >> 16)
        if entry.flag_bits & 1 or kind not in (0, stat.S_IFREG) or entry.compress_type not in _PACKED:
            raise refused_backup(file, _("có tệp lạ {name}").format(name=repr(entry.filename)[:120]))
        if entry.filename == MANIFEST:
            continue
        declared = manifest.files[entry.filename][1]
        too_large = entry.filename.startswith(ARCHIVE) and declared > _LARGEST_CONFIGURATION
        if declared != entry.file_size or declared < 0 or too_large:
            raise refused_backup(
                file, _("kích thước của {name} không đúng").format(name=entry.filename[:120])
            )


def _is_plain(part: str) -> bool:
    """Whether a name is an ordinary file name on every system."""
    written = nfc(part)
    return (
        all(char.isalnum() or char in _BESIDE_LETTERS for char in written)
        and unicodedata.normalize("NFKC", part) == written  # no compatibility characters that imitate others
        and not part.startswith((".", " "))
        and not part.endswith((".", " "))
        and 0 < len(part.encode()) <= 200
        and not is_device(part)
    )


def _opened(target: Path | None) -> IO[bytes]:
    return open(os.devnull, "wb") if target is None else target.open("xb")  # noqa: PTH123


def _nothing_changed() -> str:
    return _("Dùng một bản sao lưu khác; chưa có gì bị thay đổi.")
