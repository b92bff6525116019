"""Rename finished files and folders, with retries for programs that briefly open new files."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

# ERROR_ACCESS_DENIED, ERROR_SHARING_VIOLATION and ERROR_LOCK_VIOLATION of winerror.h: a virus scanner, an
# indexer or OneDrive has it open, usually for less than 0.1 s.
_HELD = (5, 32, 33)
_PAUSES = (0.02, 0.05, 0.1, 0.2, 0.4, 0.8)  # seconds


def replace(source: Path, target: Path) -> None:
    """Replace ``target`` by ``source`` atomically. Raises :class:`OSError`."""
    _patiently(source.replace, target)


def rename(source: Path, target: Path) -> None:
    """Rename ``source``; only Windows refuses to overwrite. Raises :class:`OSError`."""
    _patiently(source.rename, target)


def _patiently(act: Callable[[Path], object], target: Path) -> None:
    for pause in _PAUSES:
        try:
            act(target)
        except OSError as error:
            if getattr(error, "winerror", None) not in _HELD:
                raise
            time.sleep(pause)
        else:
            return
    act(target)
