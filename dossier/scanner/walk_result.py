"""What a walk over an archive found, and what it could not see.

A folder in a dossier that could not be listed is recorded among the dossier's ignored files with an unknown
number of files, so that nothing it may contain is called missing.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

from dossier.i18n import _
from dossier.model import OUTSIDE, UNKNOWN_NUMBER, DossierFolder, FileEntry, IgnoredFile
from dossier.os_errors import in_words
from dossier.vietnamese import nfc

DEEPEST = 100  # levels of nested folders


def readable(raw: bytes) -> str:
    """Return the NFC form of a raw path; bytes that are not UTF-8 are shown as ``\\xNN``."""
    text = os.fsdecode(raw)
    if text.isascii():
        return text
    if not text.isprintable():
        text = "".join(f"\\x{ord(c) - 0xDC00:02x}" if "\udc80" <= c <= "\udcff" else c for c in text)
    return nfc(text)


@dataclass(slots=True)
class Walk:
    """The result of a walk. Files in no dossier have :data:`~dossier.model.OUTSIDE` as their dossier.
    ``ignored``: by dossier. ``unreadable``: raw paths of folders that could not be listed; files catalogued
    below them must not be taken for deleted."""

    dossiers: list[DossierFolder] = field(default_factory=list)
    files: list[FileEntry] = field(default_factory=list)
    ignored: dict[str, list[IgnoredFile]] = field(default_factory=lambda: {OUTSIDE: []})
    problems: list[str] = field(default_factory=list)
    unreadable: list[bytes] = field(default_factory=list)

    def too_deep(self, raw: bytes, dossier: DossierFolder | None) -> None:
        """Record a folder that is nested too deep to be listed."""
        told = _(
            "lồng sâu quá {deepest} cấp: các tệp bên trong không được xem; "
            "hãy chuyển chúng ra ngoài rồi quét lại."
        ).format(deepest=DEEPEST)
        self._unseen(raw, dossier, told)
        path = _shortened(readable(raw))
        self.problems.append(_("Thư mục “{path}” {why}").format(path=path, why=told))

    def not_opened(self, raw: bytes, dossier: DossierFolder | None, error: OSError) -> None:
        """Record a folder that may not be listed."""
        told = _(
            "không mở được thư mục này ({why}): chưa kiểm tra được các tệp bên trong; "
            "hãy cấp quyền đọc rồi quét lại."
        ).format(why=in_words(error))
        self._unseen(raw, dossier, told)
        self.problems.append(
            _(
                "Không mở được thư mục “{path}” ({why}): chưa kiểm tra được các tệp bên trong; "
                "hãy cấp quyền đọc rồi quét lại."
            ).format(path=readable(raw) or ".", why=in_words(error))
        )

    def lost(self, root: Path) -> None:
        """Record, once, that the disk or share of the archive was lost."""
        if b"" not in self.unreadable:
            self.unreadable.append(b"")
            told = _("{path} mất kết nối giữa lúc xem; hãy kết nối lại rồi quét lại.")
            self.problems.append(told.format(path=root))

    def _unseen(self, raw: bytes, dossier: DossierFolder | None, why: str) -> None:
        self.unreadable.append(raw)
        if dossier is not None and raw != dossier.raw_path:
            self.ignored[dossier.path].append(IgnoredFile(readable(raw), why, UNKNOWN_NUMBER))


def _shortened(path: str) -> str:
    return path if len(path) <= 120 else f"{path[:60]}…{path[-60:]}"
