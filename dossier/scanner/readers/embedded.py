"""Extract the files embedded in Office files as objects, and the comments of Office packages.

Source: [MS-OLEDS] 2.2.5 (OLE 1.0 objects), 2.3.6 (Ole10Native stream); [MS-DOC] 2.1.4 (ObjectPool);
[MS-XLS] 2.1.7 (embedding storages).
"""

from __future__ import annotations

import contextlib
import posixpath
import re
import struct
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from dossier.i18n import _
from dossier.model import Content, Page, Unread, UnreadReason
from dossier.scanner.readers.inner import Gathering, Inner
from dossier.scanner.readers.interface import Limits, ReadError
from dossier.scanner.readers.mail_text import not_opened
from dossier.scanner.readers.ole import MAGIC, container, open_ole
from dossier.scanner.readers.package import Package, local_name

_MOST = 200  # objects read from one file
_NATIVE, _PACKAGE, _CONTENTS = "\x01Ole10Native", "Package", "CONTENTS"
_KNOWN = (b"PK\x03\x04", b"%PDF-", MAGIC, b"{\\rtf")
# Kinds of objects that are pictures rather than documents: formulas, diagrams, paint.
_DRAWN = ("equation", "mathtype", "msgraph", "chart", "pbrush", "paint.picture", "visio", "wordart", "\x03")


def with_objects(content: Content, objects: Iterable[Inner], limits: Limits) -> Content:
    """Append the pages of embedded objects to the content; name the objects only, inside a container."""
    embedded = list(objects)
    if not embedded:
        return content
    if not limits.containers:
        return replace(content, notes=(*content.notes, not_opened(file.name for file in embedded)))
    gathering = Gathering(content.format, limits, content.pages)
    gathering.notes.extend(content.notes)
    gathering.add_all(embedded)
    whole = gathering.content(dict(content.properties))
    return replace(
        content,
        pages=whole.pages,
        notes=whole.notes,
        lacks=tuple(sorted({*content.lacks, *whole.lacks})),
        signatures=(*content.signatures, *whole.signatures),
    )


def ole_object(data: bytes, name: str) -> Iterator[Inner]:
    """The files in a part such as ``oleObject1.bin``; ``name`` is used for files without one."""
    if not data.startswith(MAGIC):
        if data.startswith(_KNOWN):
            yield Inner(name, data)
        elif (native := _ole10(data)) is not None:
            yield Inner(native[0] or name, native[1])
        return
    try:
        with open_ole(data) as ole:
            storage = _Storage(ole, ())
            if storage.is_document():
                yield Inner(name, data)  # a complete document, not a wrapper around one
            else:
                yield from storage.files(name)
    except (OSError, ValueError, IndexError, struct.error):
        yield Inner(name, _damaged())


def objects_below(ole: Any, *storages: str) -> Iterator[Inner]:
    """The objects in an OLE container's storages.

    A name in ``storages`` is a parent of object storages (``ObjectPool``) or the prefix of their own
    names (``MBD``).
    """
    paths: dict[tuple[str, ...], None] = {}
    for path in ole.listdir(streams=True, storages=False):
        for start in storages:
            if path[0] == start and len(path) > 2:
                paths[tuple(path[:2])] = None
            elif path[0] != start and path[0].startswith(start) and len(path) > 1:
                paths[(path[0],)] = None
    for number, path in enumerate(list(paths)[:_MOST], 1):
        try:
            yield from _Storage(ole, path).files(_("đối tượng nhúng {number}").format(number=number))
        except (OSError, ValueError, IndexError, struct.error):
            yield Inner(_("đối tượng nhúng {number}").format(number=number), _damaged())


def rtf_object(data: bytes, number: int) -> Iterator[Inner]:
    """The file in an RTF object (``\\objdata``), which is an OLE 1.0 object."""
    name = _("đối tượng nhúng {number}").format(number=number)
    try:
        at = 8
        kind, at = _counted(data, at)
        _topic, at = _counted(data, at)
        _item, at = _counted(data, at)
        (size,) = struct.unpack_from("<I", data, at)
    except (struct.error, IndexError):
        return
    native = data[at + 4 : at + 4 + size]
    if kind.lower() == "package" and (packed := _packaged(native)) is not None:
        yield Inner(packed[0] or name, packed[1])
    elif native.startswith(_KNOWN):
        yield from ole_object(native, name)
    elif native and not kind.lower().startswith(_DRAWN):
        yield Inner(name, _foreign(kind))


class _Storage:
    """A storage of an OLE container; ``path`` is the names from the root to it."""

    def __init__(self, ole: Any, path: tuple[str, ...]) -> None:
        self._ole = ole
        self._path = path

    def is_document(self) -> bool:
        return any(self._has(name) for name in ("WordDocument", "Workbook", "Book", "PowerPoint Document"))

    def files(self, name: str) -> Iterator[Inner]:
        """The file in the object, or an :class:`Unread` for an unknown kind; nothing for pictures."""
        if self._has(_NATIVE):
            native = _ole10(self._stream(_NATIVE))
            if native is not None:
                yield Inner(native[0] or name, native[1])
            return
        for stream in (_PACKAGE, _CONTENTS):
            if self._has(stream) and (data := self._stream(stream)).startswith(_KNOWN):
                yield Inner(name, data)
                return
        for stream in ("Workbook", "Book"):
            if self._has(stream):
                yield Inner(name, container(stream, self._stream(stream)))
                return
        if self._has("WordDocument"):
            yield Inner(name, self._word())
            return
        kind = self._kind()
        if not kind.lower().startswith(_DRAWN):
            yield Inner(name, _foreign(kind))

    def _word(self) -> Content | Unread:
        from dossier.scanner.readers.doc_stories import stories

        document = stories(self._ole, self._path)
        if document is None or not document.main.strip():
            return _foreign("Word")
        return Content("doc", (Page(1, document.main),), {})

    def _kind(self) -> str:
        """The object's program identifier, or its display name, from the CompObj stream ([MS-OLEDS]
        2.3.8)."""
        if not self._has("\x01CompObj"):
            return ""
        data, kinds, at = self._stream("\x01CompObj"), [""], 28
        with contextlib.suppress(struct.error, IndexError):
            for _text in range(3):  # display name, clipboard format, program identifier
                kind, at = _counted(data, at)
                kinds.append(kind)
        return kinds[-1] or kinds[1 if len(kinds) > 1 else 0]

    def _has(self, name: str) -> bool:
        return bool(self._ole.get_type([*self._path, name]) == 2)  # STGTY_STREAM

    def _stream(self, name: str) -> bytes:
        with self._ole.openstream([*self._path, name]) as stream:
            return bytes(stream.read())


def _ole10(data: bytes) -> tuple[str, bytes] | None:
    """Return the name (may be ``""``) and content of the file in an Ole10Native stream, if any."""
    if len(data) < 8:
        return None
    (size,) = struct.unpack_from("<I", data)
    native = data[4 : 4 + size]
    return _packaged(native) or (("", native) if native.startswith(_KNOWN) else None)


def _packaged(data: bytes) -> tuple[str, bytes] | None:
    """Return the name and content of a file wrapped by the Object Packager, ``None`` if it is not one."""
    try:
        label, at = _zero_ended(data, 2)
        _source, at = _zero_ended(data, at)
        at += 4  # two flags
        (length,) = struct.unpack_from("<I", data, at)
        at += 4 + length
        (size,) = struct.unpack_from("<I", data, at)
    except (struct.error, ValueError):
        return None
    content = data[at + 4 : at + 4 + size]
    return (label.replace("\\", "/").rpartition("/")[2], content) if content else None


def _zero_ended(data: bytes, at: int) -> tuple[str, int]:
    """Read a zero-terminated text at offset ``at``; return the text and the offset after it."""
    end = data.index(b"\0", at, at + 1024)
    return data[at:end].decode("cp1258", "replace"), end + 1


def _counted(data: bytes, at: int) -> tuple[str, int]:
    """Read a length-prefixed text at offset ``at``; return the text and the offset after it."""
    (length,) = struct.unpack_from("<I", data, at)
    if length > 1024:
        raise IndexError("OLE: length")
    return data[at + 4 : at + 4 + length].rstrip(b"\0").decode("latin-1"), at + 4 + length


def _foreign(kind: str) -> Unread:
    why = _("là đối tượng nhúng ({kind}) chưa mở được; hãy lưu riêng vào hồ sơ.")
    return Unread(UnreadReason.UNSUPPORTED, why.format(kind=kind or "OLE"))


def _damaged() -> Unread:
    return Unread(UnreadReason.CORRUPT, _("là đối tượng nhúng bị hỏng; hãy mở tệp gốc để kiểm tra."))


_COMMENTS = re.compile(r"(?:word|xl|ppt)/(?:comments/)?(?:modern)?comments?[^/]*\.xml", re.IGNORECASE)
_COMMENT = frozenset(("comment", "cm"))


def objects(package: Package, folder: str) -> list[Inner]:
    """The files embedded in a folder of a package (``word/embeddings/``), ordered by name."""
    files: list[Inner] = []
    for name in sorted(name for name in package.names() if name.startswith(folder))[:_MOST]:
        shown = posixpath.basename(name)
        try:
            files.extend(ole_object(package.read(name), shown))
        except ReadError as error:
            files.append(Inner(shown, Unread(error.unread.reason, error.unread.detail)))
    return files


def remarks(package: Package, folder: str) -> Iterator[str]:
    """The texts of the comments in a folder of a package (``xl/``). Skips damaged parts."""
    for name in package.names():
        if not name.startswith(folder) or not _COMMENTS.fullmatch(name):
            continue
        try:
            root = package.xml(name)
        except ReadError:  # the document is readable without its comments
            continue
        for comment in root.iter("{*}*"):
            if local_name(comment) in _COMMENT:
                yield " ".join(part.text or "" for part in comment.iter("{*}t", "{*}text") if part.text)
