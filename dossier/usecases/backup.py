"""What cannot be made again, in one file: the catalogue with people's decisions, waivers and history, and
the archive's configuration."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import IO

from dossier import __version__
from dossier.archive import CONFIG_NAME, Archive
from dossier.catalogue.engine import HEAD, copy_of, version_of
from dossier.catalogue.glance import NAME
from dossier.errors import ArchiveError, UsageError
from dossier.i18n import _
from dossier.usecases.known import check_scanned, open_known

FORMAT = 1
MANIFEST = "manifest.json"
STATE, ARCHIVE = "state/", "archive/"
# Of the state folder: what is made again by itself, or belongs to a running process.
_LEFT_OUT = ("index", "reports", "cache", "lock", "watch.", "former-", NAME)
_CONFIGURATION = (CONFIG_NAME, "*.toml", "checklists/**/*.toml", "retention/**/*.toml")
_BLOCK = 1 << 20  # bytes


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says of itself. ``files``: SHA-256 and size in bytes by the name in the zip file;
    ``catalogue``: the version of its tables; ``made_at``: UTC, ISO."""

    format: int
    dossier: str
    catalogue: str
    made_at: str
    archive: str
    files: dict[str, tuple[str, int]]


def backup(archive: Archive, target: Path, *, force: bool = False) -> Manifest:
    """Write the backup to ``target`` whole or not at all, while others may be working; its manifest.

    Raises :class:`UsageError` when ``target`` exists (unless ``force``) or lies in a dossier,
    :class:`ArchiveError` when it cannot be written or does not read back as it was written.
    """
    check_scanned(archive)
    target = target.resolve()
    _check_place(archive, target, force)
    unfinished: Path | None = None
    try:
        with tempfile.TemporaryDirectory(dir=archive.ready_state(), prefix=".backup-") as folder:
            catalogue = Path(folder, NAME)
            copy_of(archive.state / NAME, catalogue)
            # The files hold the documents' texts: only their owner may read them.
            handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name[:80]}.")
            unfinished = Path(name)
            with os.fdopen(handle, "wb") as out:
                made = _write(out, archive, catalogue)
                out.flush()
                os.fsync(out.fileno())
        if read_manifest(unfinished) != made:
            raise OSError(_("đọc lại không giống như đã ghi"))
        verify(unfinished, made)
        unfinished.replace(target)
    except OSError as error:
        raise ArchiveError(
            _("Không sao lưu được vào {path}: {why}.").format(path=target, why=error.strerror or error),
            _("Kiểm tra thư mục có tồn tại, có quyền ghi và còn chỗ trống."),
        ) from error
    finally:
        if unfinished is not None:
            unfinished.unlink(missing_ok=True)
    return made


def read_manifest(file: Path) -> Manifest:
    """What the backup says of itself. Raises :class:`ArchiveError` when it is none, or a newer one."""
    try:
        with zipfile.ZipFile(file) as packed:
            said = json.loads(packed.read(MANIFEST))
        files = {name: (str(sha), int(size)) for name, (sha, size) in said["files"].items()}
        texts = {key: str(said[key]) for key in ("dossier", "catalogue", "made_at", "archive")}
        manifest = Manifest(format=int(said["format"]), files=files, **texts)
    except (OSError, zipfile.BadZipFile, KeyError, ValueError, TypeError, AttributeError) as error:
        raise ArchiveError(
            _("{path} không phải bản sao lưu của dossier, hoặc đã hỏng.").format(path=file),
            _("Dùng một bản sao lưu khác."),
        ) from error
    if manifest.format > FORMAT or manifest.catalogue > HEAD:
        raise ArchiveError(
            _("Bản sao lưu {path} do một phiên bản mới hơn ({version}) tạo ra.").format(
                path=file, version=manifest.dossier
            ),
            _("Hãy cập nhật dossier trên máy này rồi phục hồi lại."),
        )
    return manifest


def verify(file: Path, manifest: Manifest, into: Path | None = None) -> None:
    """Compare every file in the backup with its SHA-256, and unpack it below ``into`` if given.

    Raises :class:`ArchiveError` for the first that is damaged, missing, or not where it belongs.
    """
    try:
        with zipfile.ZipFile(file) as packed:
            for name, (sha, size) in manifest.files.items():
                target = into / _checked(name) if into else None
                if target is not None:
                    target.parent.mkdir(parents=True, exist_ok=True)
                with packed.open(name) as source, _opened(target) as out:
                    if _copy(source, out, size) != (sha, size):
                        raise KeyError(name)
    except (zipfile.BadZipFile, KeyError, ValueError, EOFError, NotImplementedError, RuntimeError) as error:
        raise ArchiveError(
            _("Bản sao lưu {path} đã hỏng: {why}.").format(path=file, why=str(error).strip("'")),
            _("Dùng một bản sao lưu khác; chưa có gì bị thay đổi."),
        ) from error


def _checked(name: str) -> str:
    """The name, if it stays below the folder it is unpacked in. Raises :class:`ValueError`."""
    parts = PurePosixPath(name).parts
    if not name.startswith((STATE, ARCHIVE)) or ".." in parts or "\\" in name or ":" in name:
        raise ValueError(name)
    return name


def _opened(target: Path | None) -> IO[bytes]:
    return open(os.devnull, "wb") if target is None else target.open("xb")  # noqa: PTH123


def _copy(source: IO[bytes], out: IO[bytes], most: int) -> tuple[str, int]:
    """Copy no more than just past ``most`` bytes; the SHA-256 and the number of what was copied."""
    digest, size = hashlib.sha256(), 0
    while size <= most and (block := source.read(_BLOCK)):
        digest.update(block)
        out.write(block)
        size += len(block)
    return digest.hexdigest(), size


def _write(out: IO[bytes], archive: Archive, catalogue: Path) -> Manifest:
    files: dict[str, tuple[str, int]] = {}
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as packed:
        for name, path in _content(archive, catalogue):
            with path.open("rb") as source, packed.open(name, "w", force_zip64=True) as into:
                files[name] = _copy(source, into, 1 << 62)
        now = datetime.now(UTC).isoformat(timespec="seconds")
        made = Manifest(FORMAT, __version__, version_of(catalogue), now, str(archive.root), files)
        packed.writestr(MANIFEST, json.dumps(asdict(made), ensure_ascii=False, indent=1))
    return made


def _content(archive: Archive, catalogue: Path) -> Iterator[tuple[str, Path]]:
    yield STATE + NAME, catalogue
    for path in sorted(archive.state.rglob("*")):
        inside = path.relative_to(archive.state)
        if path.is_file() and not inside.parts[0].startswith((".", *_LEFT_OUT)):
            yield STATE + inside.as_posix(), path
    listed = {path for pattern in _CONFIGURATION for path in archive.root.glob(pattern)}
    for path in sorted(listed):
        if path.is_file() and not path.is_symlink():
            yield ARCHIVE + path.relative_to(archive.root).as_posix(), path


def _check_place(archive: Archive, target: Path, force: bool) -> None:
    if target.exists() and not force:
        raise UsageError(
            _("Đã có {path}; không ghi đè.").format(path=target),
            _("Chọn tên khác, hoặc thêm --force để thay bản sao lưu đó."),
        )
    with suppress(ArchiveError), open_known(archive) as known:
        for folder in known.kinds():
            if target.is_relative_to(archive.root / folder):
                raise UsageError(
                    _("{path} nằm trong hồ sơ “{name}”.").format(path=target, name=folder),
                    _("Công cụ không bao giờ ghi vào hồ sơ; hãy chọn một nơi khác."),
                )
