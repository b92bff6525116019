"""Remove what a backup that was killed left beside its target: a hidden, unfinished file with the documents'
texts. Each is recorded in the state folder before it is made, so nobody else's file is ever taken for one."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from dossier.plain_file import read_small
from dossier.renaming import maker_of, write_whole

_RECORD = "backup-unfinished.json"  # a list of absolute paths
_LARGEST = 1 << 20  # bytes of the record
_ZIP = b"PK\x03\x04"


@contextmanager
def unfinished_file(state: Path, target: Path) -> Iterator[Path]:
    """Create an empty file beside ``target``, readable by its owner only, and yield its path; it is gone in
    the end. Earlier backups' are removed first. The lock on backups must be held. Raises :class:`OSError`."""
    record = state / _RECORD
    left = [path for path in _recorded(record) if not _is_removed(path)]
    path = target.with_name(f".{target.name[:60]}.{os.getpid()}.{os.urandom(4).hex()}")
    write_whole(record, json.dumps([*map(str, left), str(path)]).encode(), private=True)
    try:
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        yield path
    finally:
        with suppress(FileNotFoundError):
            path.unlink()
        _keep(record, left)


def _recorded(record: Path) -> list[Path]:
    with suppress(OSError, ValueError, TypeError):
        return [Path(str(path)) for path in json.loads(read_small(record, _LARGEST))]
    return []


def _keep(record: Path, left: Sequence[Path]) -> None:
    with suppress(OSError):
        if left:
            write_whole(record, json.dumps([*map(str, left)]).encode(), private=True)
        else:
            record.unlink(missing_ok=True)


def _is_removed(path: Path) -> bool:
    """Remove an unfinished file; false while its disk is not connected. Whatever else has its name stays."""
    if maker_of(path.name) is None or not path.is_absolute():
        return True
    try:
        if stat.S_ISREG(path.lstat().st_mode) and _is_ours(path):
            path.unlink()
    except FileNotFoundError:
        return path.parent.is_dir()
    except OSError:
        return False
    return True


def _is_ours(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(len(_ZIP)) in (b"", _ZIP)
