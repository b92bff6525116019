"""Extract the stories of an old Word file (.doc): main text, page headers, comments, notes, text boxes.

A .doc stores all of its text in one sequence of characters: the main text, then the other stories.
The file information block gives the length of each, the piece table where the characters are stored.
Source: [MS-DOC] 2.3 (document parts), 2.4.1 (retrieving text), 2.5 (FIB), 2.8.22 (Plcfhdd).
"""

from __future__ import annotations

import re
import struct
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from dossier.scanner.readers.doc_alignment import centred

_WORD_97 = 0x00C1  # nFib of the oldest version with this layout
_HAS_PASSWORD, _SECOND_TABLE = 0x0100, 0x0200  # flags at offset 10
_LENGTHS = 0x4C  # offset of eight lengths, in characters
_PLCF_HDD, _CLX = 0xF2, 0x01A2  # offsets of pairs (offset in the table stream, length)
_MOST_CHARS = 20_000_000
_PIECE_TABLE, _PROPERTIES = 2, 1
_HEADERS_OF_A_SECTION = (0, 1, 4)  # of six stories: even, odd, first header; the others are footers
_NOTE_SEPARATORS = 6  # stories before those of the first section
_FIELD = re.compile("\x13[^\x13\x14\x15]*(?:\x14([^\x13\x14\x15]*))?\x15")
_PAGE_NUMBER = re.compile(
    "\x13\\s*(?:PAGE|NUMPAGES|SECTIONPAGES)\\b[^\x13\x14\x15]*(?:\x14[^\x13\x15]*)?\x15"
)
_PARAGRAPH_ENDS = re.compile("[\r\x07\f]")
_LINE_ENDS = str.maketrans({"\r": "\n", "\x0b": "\n", "\x0e": "\n", "\x1e": "-", "\x1f": "", "\xa0": " "})
_OTHER_MARKS = re.compile("[\x00-\x08\x0f-\x1d]")  # placeholders of pictures, notes and shapes


@dataclass(frozen=True, slots=True)
class Stories:
    """Text of each story of a document; newlines separate paragraphs, and table rows in ``main``."""

    main: str
    headers: str
    footers: str
    notes: str  # footnotes and endnotes
    comments: str
    boxes: str
    broken: tuple[str, ...] = ()  # paragraphs of ``main`` with manual line breaks
    centred: frozenset[str] = frozenset()  # lines of centred paragraphs of ``main``, squeezed


def stories(ole: Any, storage: tuple[str, ...] = ()) -> Stories | None:
    """Return the stories of the Word document in a storage of an open OLE container.

    ``None`` if the document is older than Word 97, encrypted or damaged.
    """
    try:
        return _Document(ole, storage).stories()
    except (struct.error, ValueError, OSError, KeyError, IndexError):
        return None


class _Piece(NamedTuple):
    """Characters ``first`` to ``last`` of a document, stored from ``start`` with ``width`` bytes each."""

    first: int
    last: int
    start: int
    width: int


class _Document:
    """A Word document in an OLE container. Raises ``ValueError`` for old versions and passwords."""

    def __init__(self, ole: Any, storage: tuple[str, ...]) -> None:
        self._stream = ole.openstream([*storage, "WordDocument"]).read()
        version, flags = struct.unpack_from("<2xH6xH", self._stream)
        if version < _WORD_97 or flags & _HAS_PASSWORD:
            raise ValueError("nFib")
        table = "1Table" if flags & _SECOND_TABLE else "0Table"
        self._table = ole.openstream([*storage, table]).read()

    def stories(self) -> Stories:
        main, foot, headers, _macros, comments, end, boxes, header_boxes = struct.unpack_from(
            "<8i", self._stream, _LENGTHS
        )
        lengths = (main, foot, headers, comments, end, boxes, header_boxes)
        if min(lengths) < 0 or sum(lengths) > _MOST_CHARS:
            raise ValueError("ccp")
        whole = "".join(map(self._text, self._pieces(sum(lengths))))
        parts, start = [], 0
        for length in lengths:
            parts.append(whole[start : start + length])
            start += length
        above, below = self._page_headers(parts[2])
        return Stories(
            main=_shown(parts[0], rows=True),
            headers=_shown(above),
            footers=_shown(below),
            notes=_shown(parts[1] + parts[4]),
            comments=_shown(parts[3]),
            boxes=_shown(parts[5] + parts[6]),
            broken=tuple(_shown(one) for one in _PARAGRAPH_ENDS.split(parts[0]) if "\x0b" in one),
            centred=frozenset(self._centred(parts[0])),
        )

    def _centred(self, main: str) -> Iterator[str]:
        """Yield the lines of centred paragraphs. A paragraph's properties are those of its last character."""
        try:
            ranges = sorted(centred(self._stream, self._table))
        except (struct.error, IndexError):
            return  # the text is readable without
        begins = [begin for begin, _end in ranges]
        start = 0  # of the paragraph
        for piece in self._pieces(len(main)):
            for mark in _PARAGRAPH_ENDS.finditer(main, piece.first, piece.last):
                place = piece.start + (mark.start() - piece.first) * piece.width
                at = bisect_right(begins, place) - 1
                if at >= 0 and place < ranges[at][1]:
                    yield from map(squeezed, filter(None, _shown(main[start : mark.start()]).split("\n")))
                start = mark.end()

    def _text(self, piece: _Piece) -> str:
        raw = self._stream[piece.start : piece.start + piece.width * (piece.last - piece.first)]
        return str(raw.decode("cp1252" if piece.width == 1 else "utf-16-le", "replace"))

    def _pieces(self, count: int) -> Iterator[_Piece]:
        """Where the first ``count`` characters of the document are stored, by the piece table."""
        start, size = struct.unpack_from("<II", self._stream, _CLX)
        clx = self._table[start : start + size]
        at = 0
        while at < len(clx) and clx[at] == _PROPERTIES:
            at += 3 + struct.unpack_from("<H", clx, at + 1)[0]
        if at >= len(clx) or clx[at] != _PIECE_TABLE:
            raise ValueError("Clx")
        size = struct.unpack_from("<I", clx, at + 1)[0]
        plc = clx[at + 5 : at + 5 + size]
        pieces = (len(plc) - 4) // 12
        ends = struct.unpack_from(f"<{pieces + 1}i", plc)
        for number in range(pieces):
            first, last = ends[number], min(ends[number + 1], count)
            if first >= count or last <= first:
                break
            place = struct.unpack_from("<I", plc, 4 * (pieces + 1) + 8 * number + 2)[0]
            one_byte = place & 0x40000000
            yield _Piece(first, last, (place & 0x3FFFFFFF) // 2 if one_byte else place, 1 if one_byte else 2)

    def _page_headers(self, text: str) -> tuple[str, str]:
        """Split the header story into headers and footers; all of it is headers if its table is missing."""
        start, size = struct.unpack_from("<II", self._stream, _PLCF_HDD)
        if size < 8 or not text:
            return text, ""
        ends = struct.unpack_from(f"<{size // 4}i", self._table, start)
        kinds: tuple[list[str], list[str]] = ([], [])
        for number in range(_NOTE_SEPARATORS, len(ends) - 2):
            place = (number - _NOTE_SEPARATORS) % 6
            kinds[place not in _HEADERS_OF_A_SECTION].append(text[ends[number] : ends[number + 1]])
        return "\r".join(kinds[0]), "\r".join(kinds[1])


def squeezed(line: str) -> str:
    """Return a line without blanks, by which texts of different readers are compared."""
    return "".join(line.split())


def _shown(raw: str, *, rows: bool = False) -> str:
    """Return the text as displayed: field results without field codes, no page numbers.

    ``rows``: cell ends become tabs and row ends newlines; otherwise both become newlines.
    """
    raw = _PAGE_NUMBER.sub("", raw)
    for _depth in range(20):  # nested fields, innermost first
        raw, count = _FIELD.subn(lambda match: match[1] or "", raw)
        if not count:
            break
    raw = raw.replace("\x07\x07", "\r").replace("\x07", "\t" if rows else "\r")
    text = _OTHER_MARKS.sub("", raw.translate(_LINE_ENDS))
    lines = (" ".join(line.split(" ")).rstrip() for line in text.split("\n"))
    kept = (line for line in lines if any(map(str.isalnum, line)) or "\f" in line)
    return "\n".join(kept if rows else dict.fromkeys(kept))
