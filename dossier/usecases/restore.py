"""Put a backup back: verified first, and what was there before is kept aside."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from dossier.archive import Archive
from dossier.catalogue.glance import NAME
from dossier.errors import ArchiveError, UsageError
from dossier.i18n import _
from dossier.usecases.backup import ARCHIVE, STATE, Manifest, read_manifest, verify
from dossier.usecases.locking import writing

_LOGS = ("-wal", "-shm", "-journal")  # SQLite's own files beside the catalogue


@dataclass(frozen=True, slots=True)
class Restored:
    """``former`` is where the state and configuration of before lie now, ``None`` if there were none."""

    manifest: Manifest
    former: Path | None


def restore(archive: Archive, file: Path, *, force: bool = False) -> Restored:
    """Put the backup's catalogue, history and configuration in place of what the archive has.

    Nothing is touched before the whole backup was found sound. Raises :class:`UsageError` when
    something would be replaced and ``force`` is not given, :class:`ArchiveError` when the backup is
    damaged or newer, or cannot be put in place.
    """
    manifest = read_manifest(file)
    state = archive.ready_state()
    try:
        with (
            writing(state, "restore"),
            tempfile.TemporaryDirectory(dir=state, prefix=".restore-") as folder,
        ):
            fresh = Path(folder)
            verify(file, manifest, fresh)
            pairs = [(fresh / name, _place(archive, name)) for name in manifest.files]
            replaced = [there for new, there in pairs if there.exists() and not _alike(new, there)]
            if replaced and not force:
                raise UsageError(
                    _("Kho đã có {path}; không ghi đè.").format(path=replaced[0]),
                    _("Thêm --force: trạng thái hiện tại được giữ lại ở một thư mục bên cạnh."),
                )
            former = _keep_aside(archive, replaced) if replaced else None
            _put(state, pairs)
    except OSError as error:
        raise ArchiveError(
            _("Không phục hồi được vào {path}: {why}.").format(path=state, why=error.strerror or error),
            _("Kiểm tra quyền ghi và chỗ trống trên đĩa rồi chạy lại."),
        ) from error
    return Restored(manifest, former)


def _place(archive: Archive, name: str) -> Path:
    if name.startswith(STATE):
        return archive.state / name.removeprefix(STATE)
    return archive.root / name.removeprefix(ARCHIVE)


def _alike(one: Path, other: Path) -> bool:
    return one.name != NAME and one.read_bytes() == other.read_bytes()


def _keep_aside(archive: Archive, replaced: list[Path]) -> Path:
    """Copy what is about to be replaced; the folder it lies in."""
    stamp = datetime.now().strftime("%Y%m%d-%H%M%S")
    former = Path(tempfile.mkdtemp(dir=archive.state, prefix=f"former-{stamp}-"))
    for path in replaced:
        base, part = (archive.state, STATE) if path.is_relative_to(archive.state) else (archive.root, ARCHIVE)
        target = former / part / path.relative_to(base)
        target.parent.mkdir(parents=True, exist_ok=True)
        if path.name == NAME:
            _empty_log(path)
            for end in _LOGS:
                with suppress(FileNotFoundError):
                    shutil.copy2(f"{path}{end}", f"{target}{end}")
        shutil.copy2(path, target)
    return former


def _empty_log(catalogue: Path) -> None:
    """Have the newest rows in the file itself, as far as a damaged catalogue allows."""
    with suppress(sqlite3.Error), closing(sqlite3.connect(catalogue)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _put(state: Path, pairs: list[tuple[Path, Path]]) -> None:
    # The index belongs to the former catalogue; the next search or scan makes it again.
    shutil.rmtree(state / "index", ignore_errors=True)
    # The catalogue last: until then the former one is in force.
    for new, there in sorted(pairs, key=lambda pair: pair[1].name == NAME):
        there.parent.mkdir(parents=True, exist_ok=True)
        if there.name == NAME:
            for end in _LOGS:
                Path(f"{there}{end}").unlink(missing_ok=True)
        new.replace(there)
