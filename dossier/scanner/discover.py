"""Walk an archive once: which folders are dossiers, and every file accounted for.

A folder is a dossier when it holds ``hoso.toml``; when it lies directly under a folder whose folded
name a checklist claims (``mo hinh``, ``dien hinh``); or when ``[archive] dossiers`` matches it. Inside
a dossier only a ``hoso.toml`` starts another one: an item folder may well be called “Mô hình”. What lies
in no dossier is listed too: it is read and can be found, and a person may say that its folder is one.

Names are handled as the bytes of the file system, because a name may be in NFD or in no known
encoding; people see the NFC form.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase, translate

from dossier.archive import CHECKLISTS_NAME, MANIFEST_NAME, OWN_FILES, Archive
from dossier.checklists.schema import Checklist
from dossier.i18n import _
from dossier.model import OUTSIDE, DossierFolder, FileEntry, IgnoredFile
from dossier.scanner.manifest import read_manifest
from dossier.vietnamese import nfc, words

IGNORED_NAMES = ("~$*", "*.tmp", "*.part", "*.crdownload", "thumbs.db", "desktop.ini", ".*")


@dataclass(slots=True)
class Walk:
    """What one walk saw. Files that lie in no dossier have :data:`~dossier.model.OUTSIDE` for one.
    ``unreadable`` are raw paths of folders that could not be listed: what the catalogue knows below them
    must not be taken for deleted."""

    dossiers: list[DossierFolder] = field(default_factory=list)
    files: list[FileEntry] = field(default_factory=list)
    ignored: dict[str, list[IgnoredFile]] = field(default_factory=lambda: {OUTSIDE: []})
    problems: list[str] = field(default_factory=list)
    unreadable: list[bytes] = field(default_factory=list)


def readable(raw: bytes) -> str:
    """The NFC form of a raw path; bytes that are no UTF-8 show as ``\\xNN``."""
    text = os.fsdecode(raw)
    if text.isascii():
        return text
    if not text.isprintable():
        text = "".join(f"\\x{ord(c) - 0xDC00:02x}" if "\udc80" <= c <= "\udcff" else c for c in text)
    return nfc(text)


def walk(archive: Archive, touched: Collection[str] | None = None) -> Walk:
    """Walk the whole archive, folders and files in the order of their raw names.

    ``touched``: look only at these files and folders (readable paths, ``"."`` for everything), and at
    the whole of every dossier that one of them lies in.
    """
    return _Walker(archive, touched).run()


def _folders_above(path: str) -> Iterator[str]:
    while "/" in path:
        path = path.rpartition("/")[0]
        yield path


def _kinds_by_folder_name(checklists: Mapping[str, Checklist]) -> dict[str, str]:
    return {words(name): kind for kind, checklist in checklists.items() for name in checklist.folder_names}


class _Walker:
    def __init__(self, archive: Archive, touched: Collection[str] | None) -> None:
        self.archive = archive
        self.everything = touched is None or "." in touched
        self.touched = frozenset(touched or ())
        self.above = {above for path in self.touched for above in _folders_above(path)}
        self.root = os.fsencode(archive.root)
        self.state = os.fsencode(archive.state)
        self.parents = _kinds_by_folder_name(archive.checklists)
        self.globs = [
            (pattern.strip("/"), kind)
            for kind, patterns in archive.config.archive.dossiers.items()
            for pattern in patterns
        ]
        patterns = (*IGNORED_NAMES, *(nfc(p).lower() for p in archive.config.scan.ignore))
        self.is_ignored_name = re.compile("|".join(translate(p) for p in patterns)).match  # one look per name
        self.result = Walk()
        self.seen: set[str] = set()

    def run(self) -> Walk:
        self._folder(b"", None, None, hidden=False, whole=self.everything)
        return self.result

    def _folder(
        self, raw: bytes, dossier: DossierFolder | None, parent: str | None, hidden: bool, whole: bool
    ) -> None:
        """List one folder. ``parent`` is the kind claimed by the folder above, if any; ``whole``:
        everything below is looked at, not only what was touched."""
        try:
            with os.scandir(os.path.join(self.root, raw) if raw else self.root) as listing:
                entries = sorted(listing, key=lambda entry: entry.name)
        except OSError as error:
            self._unreadable(raw, error)
            return
        found = None if hidden else self._dossier(raw, entries, dossier, parent)
        if found is not None:
            dossier = found
            self.result.dossiers.append(found)
            self.result.ignored[found.path] = []
            whole = True
        name = os.path.basename(raw or self.root)
        claims = None if dossier is not None else self.parents.get(words(readable(name)))
        for entry in entries:
            child = os.path.join(raw, entry.name) if raw else entry.name
            all_of_it = whole or readable(child) in self.touched
            if entry.is_dir(follow_symlinks=False):
                if not all_of_it and readable(child) not in self.above:
                    continue
                if os.path.join(self.root, child) == self.state:
                    continue
                if dossier is None and entry.name.startswith(b"."):
                    self._hidden(child)
                    continue
                self._folder(child, dossier, claims, hidden or entry.name.startswith(b"."), all_of_it)
            elif all_of_it:
                self._file(child, entry, dossier, hidden)

    def _unreadable(self, raw: bytes, error: OSError) -> None:
        # A folder that vanished while we walked is simply gone; one we may not list is a problem.
        if isinstance(error, FileNotFoundError):
            return
        self.result.unreadable.append(raw)
        self.result.problems.append(
            _(
                "Không mở được thư mục “{path}” ({why}): chưa kiểm tra được các tệp bên trong; "
                "hãy cấp quyền đọc rồi quét lại."
            ).format(path=readable(raw) or ".", why=error.strerror or error)
        )

    def _dossier(
        self, raw: bytes, entries: list[os.DirEntry[bytes]], inside: DossierFolder | None, parent: str | None
    ) -> DossierFolder | None:
        path = readable(raw) or "."
        declared = any(entry.name == MANIFEST_NAME.encode() for entry in entries)
        kind = None if inside is not None else parent or self._glob_kind(path)
        if kind is None and not declared:
            return None
        manifest, problems = read_manifest(os.path.join(self.root, raw, MANIFEST_NAME.encode()), declared)
        kinds = self.archive.checklists
        if manifest.kind is not None and manifest.kind not in kinds:
            problems += (
                _("hoso.toml: không có loại hồ sơ “{kind}”; các loại đang có: {kinds}.").format(
                    kind=manifest.kind, kinds=", ".join(sorted(kinds))
                ),
            )
        elif manifest.kind is not None:
            kind = manifest.kind
        if kind is None:
            kind = parent or self._kind_above(raw) or next(iter(kinds))
            if not problems:
                problems += (
                    _('hoso.toml chưa khai kind; tạm coi là “{kind}”. Hãy thêm dòng: kind = "{kind}"').format(
                        kind=kind
                    ),
                )
        name = manifest.name or (os.path.basename(path) if raw else self.archive.name)
        return DossierFolder(path, raw, kind, name, manifest, problems)

    def _glob_kind(self, path: str) -> str | None:
        return next((kind for pattern, kind in self.globs if _matches(path, pattern)), None)

    def _kind_above(self, raw: bytes) -> str | None:
        """The kind that the nearest folder above claims by its name, at any distance."""
        for name in reversed(raw.split(b"/")[:-1]):
            if kind := self.parents.get(words(readable(name))):
                return kind
        return None

    def _file(
        self, raw: bytes, entry: os.DirEntry[bytes], dossier: DossierFolder | None, hidden: bool
    ) -> None:
        path = self._unique(readable(raw))
        where = OUTSIDE if dossier is None else dossier.path
        why = _("nằm trong thư mục ẩn") if hidden else self._ignored(path, entry)
        if why is None:
            try:
                status = entry.stat(follow_symlinks=False)
            except FileNotFoundError:
                return
            except OSError as error:
                # Known to be there and nothing more: reading it will say what is wrong.
                self.result.problems.append(f"{path}: {error.strerror or error}")
                self.result.files.append(FileEntry(path, raw, 0, 0, 0, where))
                return
            if stat.S_ISREG(status.st_mode):
                self.result.files.append(
                    FileEntry(path, raw, status.st_size, status.st_mtime_ns, status.st_ino, where)
                )
                return
            why = _("không phải tệp thường (thiết bị, ống dẫn hoặc socket)")
        self.result.ignored[where].append(IgnoredFile(path, why))

    def _hidden(self, raw: bytes) -> None:
        """A hidden folder outside the dossiers: counted as one, a user's home may hold a million files."""
        there = os.path.join(self.root, raw)
        count = 0
        for folder, folders, names in os.walk(there):
            folders[:] = [name for name in folders if os.path.join(folder, name) != self.state]
            count += len(names)
        if count:
            self.result.ignored[OUTSIDE].append(IgnoredFile(readable(raw), _("thư mục ẩn"), count))

    def _ignored(self, path: str, entry: os.DirEntry[bytes]) -> str | None:
        if entry.is_symlink():
            return _("liên kết: không đi theo; tệp gốc được tính ở chỗ của nó")
        name = os.path.basename(path).lower()
        if name == MANIFEST_NAME:
            return _("tệp khai báo của hồ sơ")
        if path in OWN_FILES or path.startswith(f"{CHECKLISTS_NAME}/"):
            return _("tệp cấu hình của kho")
        if self.is_ignored_name(name):
            return _("tệp tạm, tệp ẩn hoặc tệp của hệ thống")
        return None

    def _unique(self, path: str) -> str:
        """Two raw names can read the same (NFC and NFD twins): number the later ones."""
        if path in self.seen:
            path = next(p for n in _from_two() if (p := f"{path}~{n}") not in self.seen)
        self.seen.add(path)
        return path


def _from_two() -> Iterator[int]:
    number = 2
    while True:
        yield number
        number += 1


def _matches(path: str, pattern: str) -> bool:
    """Glob over whole path segments: ``*`` stays within one, ``**`` spans any number."""
    return _match_parts(path.split("/"), nfc(pattern).split("/"))


def _match_parts(parts: list[str], patterns: list[str]) -> bool:
    if not patterns:
        return not parts
    if patterns[0] == "**":
        return any(_match_parts(parts[n:], patterns[1:]) for n in range(len(parts) + 1))
    return bool(parts) and fnmatchcase(parts[0], patterns[0]) and _match_parts(parts[1:], patterns[1:])
