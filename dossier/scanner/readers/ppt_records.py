"""The records of a PowerPoint 97–2003 stream: which slides there are, and their texts.

Source: [MS-PPT] 2.1.2 (finding the live records), 2.3 (headers), 2.4.14.3 (slides), 2.9.42–44 (text).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

_DOCUMENT, _SLIDE_LIST, _SLIDE_REF, _NOTES_ATOM = 0x03E8, 0x0FF0, 0x03F3, 0x03F1
_CHARS, _BYTES = 0x0FA0, 0x0FA8  # text in UTF-16, and text whose letters fit into a byte
_USER_EDIT, _DIRECTORY = 0x0FF5, 0x1772
_SLIDES, _NOTES = 0, 2  # instances of the list
_ENCRYPTED_LENGTH = 32  # of a user edit that names the key's record
_MAX_EDITS, _MAX_DEPTH = 1000, 20


class DamagedError(Exception):
    """The records lead nowhere."""


class EncryptedError(Exception):
    """The presentation has a password."""


@dataclass(frozen=True, slots=True)
class _Record:
    type: int
    instance: int
    container: bool
    start: int
    end: int


def slides(stream: bytes, edit: int) -> list[str]:
    """Text of each slide with its notes; ``edit``: where the stream's newest user edit stands.

    Raises :class:`DamagedError`, :class:`EncryptedError`.
    """
    directory, document = _directory(stream, edit)
    root = _at(stream, directory.get(document, -1))
    if root is None or root.type != _DOCUMENT:
        raise DamagedError("document")
    pages: dict[int, list[str]] = {}
    notes: list[str] = []
    for part in _children(stream, root):
        if part.type == _SLIDE_LIST and part.instance == _SLIDES:
            pages = _listed(stream, part, directory)
        elif part.type == _SLIDE_LIST and part.instance == _NOTES:
            notes = _add_notes(stream, part, directory, pages)
    return ["\n".join(texts) for texts in pages.values()] + notes


def every_text(stream: bytes) -> str:
    """All texts in their order in the stream, for presentations whose structure is lost."""
    return "\n".join(_texts(stream, _Record(0, 0, True, 0, len(stream)), 0))


def _directory(stream: bytes, edit: int) -> tuple[dict[int, int], int]:
    """Where each live record stands, by its number, and the document's number."""
    found: dict[int, int] = {}
    document = -1
    for _count in range(_MAX_EDITS):
        record = _at(stream, edit)
        if record is None or record.type != _USER_EDIT or record.end - record.start < 28:
            raise DamagedError("user edit")
        if record.end - record.start >= _ENCRYPTED_LENGTH:
            raise EncryptedError
        before, table, number = struct.unpack_from("<III", stream, record.start + 8)
        document = number if document < 0 else document
        entries = _at(stream, table)
        if entries is None or entries.type != _DIRECTORY:
            raise DamagedError("directory")
        words = struct.unpack_from(f"<{(entries.end - entries.start) // 4}I", stream, entries.start)
        at = 0
        while at < len(words):
            first, count = words[at] & 0xFFFFF, words[at] >> 20
            for offset, place in enumerate(words[at + 1 : at + 1 + count]):
                found.setdefault(first + offset, place)
            at += 1 + count
        if not before:
            break
        edit = before
    return found, document


def _listed(stream: bytes, part: _Record, directory: dict[int, int]) -> dict[int, list[str]]:
    """Texts of the slides in their order, by the slide's number: those of the outline, then the others."""
    pages: dict[int, list[str]] = {}
    texts: list[str] = []
    drawn: list[tuple[list[str], int]] = []
    for record in _children(stream, part):
        if record.type == _SLIDE_REF and record.end - record.start >= 16:
            where, _flags, _texts_in_list, number = struct.unpack_from("<IIiI", stream, record.start)
            texts = pages.setdefault(number, [])
            drawn.append((texts, where))
        elif record.type in (_CHARS, _BYTES):
            texts.append(_said(stream, record))
    for texts, where in drawn:
        slide = _at(stream, directory.pop(where, -1))  # popped: each is read once
        if slide is not None:
            texts.extend(_texts(stream, slide, 0))
    return pages


def _add_notes(
    stream: bytes, part: _Record, directory: dict[int, int], pages: dict[int, list[str]]
) -> list[str]:
    """Add each page of notes to its slide; those without a slide are given back."""
    left: list[str] = []
    for record in _children(stream, part):
        if record.type != _SLIDE_REF or record.end - record.start < 16:
            continue
        page = _at(stream, directory.pop(_number(stream, record), -1))  # popped: each is read once
        if page is None:
            continue
        atoms = (child for child in _children(stream, page) if child.type == _NOTES_ATOM)
        of = next((_number(stream, atom) for atom in atoms), -1)
        pages.get(of, left).extend(_texts(stream, page, 0))
    return left


def _number(stream: bytes, record: _Record) -> int:
    """The number a record begins with."""
    return int.from_bytes(stream[record.start : record.start + 4], "little")


def _texts(stream: bytes, record: _Record, depth: int) -> Iterator[str]:
    """The texts in a record and in those within it."""
    if depth > _MAX_DEPTH:
        return
    for child in _children(stream, record):
        if child.type in (_CHARS, _BYTES):
            yield _said(stream, child)
        elif child.container:
            yield from _texts(stream, child, depth + 1)


def _children(stream: bytes, record: _Record) -> Iterator[_Record]:
    at = record.start
    while at + 8 <= record.end and (child := _at(stream, at)) is not None:
        yield child
        at = child.end


def _at(stream: bytes, at: int) -> _Record | None:
    """The record that begins there, cut where the stream ends; ``None`` outside the stream."""
    if not 0 <= at <= len(stream) - 8:
        return None
    kind, type_, length = struct.unpack_from("<HHI", stream, at)
    end = min(at + 8 + length, len(stream))
    return _Record(type_, kind >> 4, kind & 0xF == 0xF, at + 8, end)


def _said(stream: bytes, record: _Record) -> str:
    """A text atom's text: paragraphs end in CR, lines in VT."""
    encoding = "utf-16-le" if record.type == _CHARS else "latin-1"
    text = stream[record.start : record.end].decode(encoding, "replace")
    return "".join(char if char.isprintable() else "\n" if char in "\r\v" else " " for char in text)
