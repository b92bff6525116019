"""Walk over an archive: its dossiers, and every file, whether in a dossier, outside or ignored.

A folder is a dossier if it contains ``hoso.toml``, if it is directly in a folder with a name reserved by a
checklist (folded: ``mo hinh``, ``dien hinh``), if ``[archive] dossiers`` matches it, or if a person adopted
it. A person's decision overrides everything but the manifest; it may also add files from elsewhere, or make a
dossier of nothing but chosen files, which no folder has. Inside a dossier only a ``hoso.toml`` or a
person's decision starts another one, because an item's folder may be named “Mô hình”. Files in no dossier
are listed too: they are read and can be found, and a person may adopt their folder.

Names are handled as the bytes of the file system, because a name may be in NFD or in no known
encoding; people see the NFC form.
"""

from __future__ import annotations

import itertools
import os
import re
import stat
import sys
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from fnmatch import fnmatchcase, translate

from dossier.archive import CHECKLISTS_NAME, MANIFEST_NAME, OWN_FILES, Archive
from dossier.checklists.schema import Checklist
from dossier.i18n import _
from dossier.model import OUTSIDE, Adoption, DossierFolder, FileEntry, IgnoredFile
from dossier.os_errors import in_words, is_missing
from dossier.plain_file import place
from dossier.scanner.emptied import Root
from dossier.scanner.listing import IGNORED_NAMES, Entry, Mark, as_kept, list_folder, mark_of
from dossier.scanner.manifest import read_manifest
from dossier.scanner.propose.names import FolderNames
from dossier.scanner.walk_result import DEEPEST, Walk, readable
from dossier.scanner.written import files_written
from dossier.vietnamese import nfc, words

_YEAR = re.compile(r"(?:ho so |hs |nam )*(?:19|20)\d\d")
# Folders of operating systems and network drives: recycle bins, thumbnails, snapshots.
_OF_SYSTEMS = (
    b"$recycle.bin", b"recycler", b"system volume information",  # Windows
    b"#recycle", b"@recycle", b"@recycle bin", b"network trash folder", b"@eadir", b"#snapshot",
)  # fmt: skip


def is_passed_over(name: bytes) -> bool:
    """Whether folders of this name are passed over where no dossier is: hidden ones and those of systems."""
    return name.startswith(b".") or name.lower() in _OF_SYSTEMS


def walk(archive: Archive, touched: Collection[str] | None = None, adopted: Iterable[Adoption] = ()) -> Walk:
    """Walk the archive, folders and files in the order of their raw names.

    ``adopted`` are people's decisions that folders are dossiers, or (without a kind) are not.

    ``touched``: walk only these files and folders (readable paths, ``"."`` for everything), and the whole
    of every dossier with one of them.
    """
    return _Walker(archive, touched, adopted).run()


def would_be_dossier(archive: Archive, path: str) -> bool:
    """Whether the next scan would take a new folder at a readable path, or a new one above it, for a dossier
    by its location alone."""
    walker = _Walker(archive, [path], ())
    globbed = any(walker.glob_kind(each) for each in (path, *_folders_above(path)))
    return globbed or walker.kind_above(path.encode()) is not None


def _folders_above(path: str) -> Iterator[str]:
    while "/" in path:
        path = path.rpartition("/")[0]
        yield path


def _kinds_by_folder_name(checklists: Mapping[str, Checklist]) -> dict[str, str]:
    return {words(name): kind for kind, checklist in checklists.items() for name in checklist.folder_names}


@dataclass(frozen=True, slots=True)
class _Below:
    """A folder to be walked. ``dossier``: the one that contains it; ``parent``: the kind of dossier for which
    the name of the folder above is reserved; ``hidden``: in a hidden folder; ``whole``: walk everything
    below, not only what was touched; ``within``: marks of the folders around it."""

    raw: bytes
    dossier: DossierFolder | None
    parent: str | None
    hidden: bool
    whole: bool
    within: frozenset[Mark] = frozenset()


class _Walker:
    def __init__(
        self, archive: Archive, touched: Collection[str] | None, adopted: Iterable[Adoption]
    ) -> None:
        self.archive = archive
        self.adopted = {adoption.path: adoption for adoption in adopted}
        known = (each for each in self.adopted.values() if each.kind in archive.checklists)
        self.chosen = {file: each.path for each in known for file in each.chosen}
        self.everything = touched is None or "." in touched
        self.touched = frozenset(touched or ())
        self.touched |= {
            dossier
            for file, dossier in self.chosen.items()
            if not self.touched.isdisjoint((file, *_folders_above(file)))
        }
        self.gathered: set[str] = set()  # dossiers of which a chosen file was found
        self.above = {above for path in self.touched for above in _folders_above(path)}
        self.root = os.fsencode(archive.root)
        self.whole_root = Root(self.root)
        self.state = place(os.fsencode(archive.state))
        self.written = files_written(archive.state)
        self.parents = _kinds_by_folder_name(archive.checklists)
        self.globs = [
            (pattern.strip("/"), kind)
            for kind, patterns in archive.config.archive.dossiers.items()
            for pattern in patterns
        ]
        patterns = (*IGNORED_NAMES, *(nfc(p).lower() for p in archive.config.scan.ignore))
        self.is_ignored_name = re.compile("|".join(translate(p) for p in patterns)).match
        self.result = Walk()
        self.seen: set[str] = set()

    def run(self) -> Walk:
        # An explicit stack: folders may be nested deeper than Python's recursion limit.
        open_folders = [self._folder(_Below(b"", None, None, False, self.everything))]
        while open_folders:
            below = next(open_folders[-1], None)
            if below is None:
                open_folders.pop()
            elif len(open_folders) > DEEPEST:
                self.result.too_deep(below.raw, below.dossier)
            else:
                open_folders.append(self._folder(below))
        self._add_gathered()
        return self.result

    def _add_gathered(self) -> None:
        """Add the dossiers of chosen files that are no folders. Only a walk of everything can tell that none
        of their files is left."""
        found = {folder.path for folder in self.result.dossiers}
        for path in dict.fromkeys(self.chosen.values()):
            raw, adoption = os.fsencode(path), self.adopted[path]
            there = path in (self.gathered if self.everything else self.touched)
            if there and path not in found and not os.path.isdir(place(self.root, raw)):
                self.result.dossiers.append(DossierFolder(path, raw, adoption.kind, adoption.name))
                self.result.ignored[path] = []

    def _folder(self, at: _Below) -> Iterator[_Below]:
        """List one folder and record its files; yield the folders in it that are to be walked."""
        raw, dossier, whole = at.raw, at.dossier, at.whole
        try:
            mark, entries = list_folder(self.root, raw)
        except OSError as error:
            # A folder removed during the walk is no problem; one that may not be listed is.
            if is_missing(error):
                self._vanished()
            else:
                self.result.not_opened(raw, dossier, error)
            return
        # A server that follows links itself shows a link to an outer folder as a folder: an endless loop.
        if mark[0] and mark in at.within:
            where = OUTSIDE if dossier is None else dossier.path
            self.result.ignored[where].append(IgnoredFile(readable(raw), _link_reason()))
            return
        name = os.path.basename(raw or self.root)
        shelf = at.parent is not None and self._is_shelf(readable(raw), entries)
        found = None if at.hidden else self._dossier(raw, entries, dossier, None if shelf else at.parent)
        if found is not None:
            dossier = found
            self.result.dossiers.append(found)
            self.result.ignored[found.path] = []
            whole = True
        claims = None if dossier is not None else self.parents.get(words(readable(name)))
        if shelf and dossier is None:
            claims = at.parent
        for entry in entries:
            child = raw + b"/" + entry.name if raw else entry.name
            all_of_it = whole or readable(child) in self.touched
            if entry.is_dir:
                if not all_of_it and readable(child) not in self.above:
                    continue
                if place(self.root, child) == self.state:
                    continue
                hidden = is_passed_over(entry.name)
                if dossier is None and hidden:
                    self._hidden(child)
                    continue
                yield _Below(child, dossier, claims, at.hidden or hidden, all_of_it, at.within | {mark})
            elif all_of_it:
                self._file(child, entry, dossier, at.hidden)

    def _is_shelf(self, path: str, entries: list[Entry]) -> bool:
        """Whether a folder where a dossier is expected only groups dossiers: the settings name folders in it
        as dossiers, or it is named after a year and contains only folders, of which some have a name of
        their own."""
        folders = [readable(entry.name) for entry in entries if entry.is_dir]
        if any(_begins(f"{path}/{name}", pattern) for name in folders for pattern, _kind in self.globs):
            return True
        if _YEAR.fullmatch(words(path.rpartition("/")[2])) is None or path in self.adopted:
            return False
        if any(
            not entry.is_dir and not self.is_ignored_name(readable(entry.name).lower()) for entry in entries
        ):
            return False
        names = FolderNames(self.archive.checklists)
        return not all(map(names.divides, folders))

    def _vanished(self) -> None:
        """Report a lost disk or share if that is why something listed no longer exists."""
        if not self.whole_root.is_here():
            self.result.lost(self.archive.root)

    def _dossier(
        self, raw: bytes, entries: list[Entry], inside: DossierFolder | None, parent: str | None
    ) -> DossierFolder | None:
        path = readable(raw) or "."
        if self.archive.in_inbox(path):  # content of the inbox waits to be filed, in any folders it came in
            return None
        declared = any(entry.name == MANIFEST_NAME.encode() for entry in entries)
        adoption = self.adopted.get(path)
        kind = None if inside is not None else parent or self.glob_kind(path)
        if adoption is not None and (inside is None or adoption.kind):
            kind = adoption.kind if adoption.kind in self.archive.checklists else None
        if kind is None and not declared:
            return None
        manifest, problems = read_manifest(self.root, raw + b"/" + MANIFEST_NAME.encode(), declared)
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
            kind = parent or self.kind_above(raw) or next(iter(kinds))
            if not problems:
                problems += (
                    _('hoso.toml chưa khai kind; tạm coi là “{kind}”. Hãy thêm dòng: kind = "{kind}"').format(
                        kind=kind
                    ),
                )
        called = adoption.name if adoption else ""
        name = manifest.name or called or (os.path.basename(path) if raw else self.archive.name)
        return DossierFolder(path, raw, kind, name, manifest, problems)

    def glob_kind(self, path: str) -> str | None:
        return next((kind for pattern, kind in self.globs if _matches(path, pattern)), None)

    def kind_above(self, raw: bytes) -> str | None:
        """Return the kind for which the name of the nearest folder above, at any distance, is reserved."""
        for name in reversed(raw.split(b"/")[:-1]):
            if kind := self.parents.get(words(readable(name))):
                return kind
        return None

    def _file(self, raw: bytes, entry: Entry, dossier: DossierFolder | None, hidden: bool) -> None:
        path = self._unique(readable(raw))
        where = OUTSIDE if dossier is None else dossier.path
        why = _("nằm trong thư mục ẩn") if hidden else self._ignored(path, entry)
        if why is None:
            if path in self.chosen:
                where = self.chosen[path]
                self.gathered.add(where)
            status = entry.status
            if isinstance(status, OSError) and is_missing(status):
                self._vanished()
                return
            if isinstance(status, OSError):
                # Only its existence is known: reading it will show what is wrong.
                self.result.problems.append(f"{path}: {in_words(status)}")
                self.result.files.append(FileEntry(path, raw, 0, 0, 0, where))
                return
            assert status is not None  # only folders have none
            if self.written and self.written.get(raw) == (status.st_size, status.st_mtime_ns):
                self.result.ignored[where].append(IgnoredFile(path, _("tệp do dossier ghi ra")))
                return
            if stat.S_ISREG(status.st_mode):
                changed = 0 if sys.platform == "win32" else status.st_ctime_ns  # Windows: time of creation
                inode, written, changed = map(as_kept, (status.st_ino, status.st_mtime_ns, changed))
                self.result.files.append(FileEntry(path, raw, status.st_size, written, inode, where, changed))
                return
            why = _("không phải tệp thường (thiết bị, ống dẫn hoặc socket)")
        self.result.ignored[where].append(IgnoredFile(path, why))

    def _hidden(self, raw: bytes) -> None:
        """Record a hidden folder outside the dossiers as one entry with the number of its files, of which a
        home folder may have a million."""
        count, waiting, seen = 0, [place(self.root, raw)], set[Mark]()
        while waiting:
            folder = waiting.pop()
            with suppress(OSError), os.scandir(folder) as listing:
                mark = mark_of(os.stat(folder))
                if mark[0] and mark in seen:
                    continue
                seen.add(mark)
                for entry in listing:
                    if not entry.is_dir(follow_symlinks=False):
                        count += 1
                    elif entry.path != self.state:
                        waiting.append(entry.path)
        if count:
            self.result.ignored[OUTSIDE].append(
                IgnoredFile(readable(raw), _("thư mục ẩn, thùng rác hoặc thư mục của hệ thống"), count)
            )

    def _ignored(self, path: str, entry: Entry) -> str | None:
        if entry.is_link:
            return _link_reason()
        name = os.path.basename(path).lower()
        if name == MANIFEST_NAME:
            return _("tệp khai báo của hồ sơ")
        if path in OWN_FILES or path.startswith(f"{CHECKLISTS_NAME}/"):
            return _("tệp cấu hình của kho")
        if self.is_ignored_name(name):
            return _("tệp tạm, tệp ẩn hoặc tệp của hệ thống")
        return None

    def _unique(self, path: str) -> str:
        """Return a unique path: of raw names with the same readable form (NFC and NFD), number the later
        ones."""
        if path in self.seen:
            path = next(p for n in itertools.count(2) if (p := f"{path}~{n}") not in self.seen)
        self.seen.add(path)
        return path


def _link_reason() -> str:
    return _("liên kết: không đi theo; tệp gốc được tính ở chỗ của nó")


def _matches(path: str, pattern: str) -> bool:
    """Whether a glob matches the path: ``*`` stays within one segment, ``**`` spans any number."""
    return _match_parts(path.split("/"), nfc(pattern).split("/"))


def _begins(path: str, pattern: str) -> bool:
    """Whether a glob matches the path or folders below it; ``**`` names none in particular."""
    parts, patterns = path.split("/"), nfc(pattern).split("/")
    return "**" not in patterns and _match_parts(parts, patterns[: len(parts)])


def _match_parts(parts: list[str], patterns: list[str]) -> bool:
    if not patterns:
        return not parts
    if patterns[0] == "**":
        return any(_match_parts(parts[n:], patterns[1:]) for n in range(len(parts) + 1))
    return bool(parts) and fnmatchcase(parts[0], patterns[0]) and _match_parts(parts[1:], patterns[1:])
