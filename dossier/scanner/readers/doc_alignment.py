"""Find the centred paragraphs of an old Word file (.doc), by their own properties or by their styles.

Properties of paragraphs are stored by the offset of their text in the stream, in pages of 512 bytes.
Source: [MS-DOC] 2.4.6.1 (paragraph formatting), 2.9.175 (PapxFkp), 2.6.2 (paragraph properties), 2.4.6.5
and 2.9.271 (styles).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping

from dossier.scanner.readers.styles import inherited

_STSH, _PLCF_BTE_PAPX = 0xA2, 0x0102  # offsets of pairs (offset in the table stream, length)
_PAGE = 512  # bytes
_PROPERTIES_OF_A_PARAGRAPH = 13  # bytes of an entry of a page
_ALIGNMENTS = (0x2403, 0x2461)  # sprmPJc80, sprmPJc
_IN_TABLE = 0x2416  # sprmPFInTable
_CENTRED = 1
_SIZES = {0: 1, 1: 1, 2: 2, 3: 4, 4: 2, 5: 2, 7: 3}  # bytes of an operand, by the top bits of its code
_WIDE = 0xD608  # sprmTDefTable, whose operand begins with its length in two bytes
_NONE = 0x0FFF  # index of no style
_PARAGRAPH_STYLE = 1


def centred(stream: bytes, table: bytes) -> Iterator[tuple[int, int]]:
    """Yield the begin and end of the text of each centred paragraph outside tables, as offsets in ``stream``.

    Raises ``struct.error`` or ``IndexError`` for damaged files.
    """
    styles = dict(enumerate(_styles(stream, table)))
    start, size = struct.unpack_from("<II", stream, _PLCF_BTE_PAPX)
    count = (size - 4) // 8
    for number in struct.unpack_from(f"<{count}I", table, start + 4 * (count + 1)):
        page = stream[(number & 0x3FFFFF) * _PAGE :][:_PAGE]
        paragraphs = page[_PAGE - 1]
        edges = struct.unpack_from(f"<{paragraphs + 1}I", page)
        for at in range(paragraphs):
            place = 2 * page[4 * (paragraphs + 1) + _PROPERTIES_OF_A_PARAGRAPH * at]
            words = page[place] if place else 0
            begin, length = (place + 1, 2 * words - 1) if words else (place + 2, 2 * page[place + 1])
            if place and _is_centred(page[begin : begin + length], styles):
                yield edges[at], edges[at + 1]


def _is_centred(raw: bytes, styles: Mapping[int, tuple[int, int | None]]) -> bool:
    """Whether a paragraph is centred; ``raw``: the index of its style and its own properties."""
    (style,) = struct.unpack_from("<H", raw)
    found = dict(_properties(raw[2:]))
    if found.get(_IN_TABLE):
        return False
    own = _alignment(found)
    return (inherited(styles, style) if own is None else own) == _CENTRED


def _alignment(found: dict[int, int]) -> int | None:
    return next((found[code] for code in reversed(_ALIGNMENTS) if code in found), None)


def _properties(raw: bytes) -> Iterator[tuple[int, int]]:
    """Yield code and first byte of the operand of each property."""
    at = 0
    while at + 3 <= len(raw):
        (code,) = struct.unpack_from("<H", raw, at)
        yield code, raw[at + 2]
        if code == _WIDE:
            at += 3 + struct.unpack_from("<H", raw, at + 2)[0]
        else:
            at += 2 + _SIZES.get(code >> 13, raw[at + 2] + 1)


def _styles(stream: bytes, table: bytes) -> list[tuple[int, int | None]]:
    """The style that each style is based on, and its own alignment."""
    start, size = struct.unpack_from("<II", stream, _STSH)
    (head,) = struct.unpack_from("<H", table, start)
    count, base = struct.unpack_from("<HH", table, start + 2)
    at = start + 2 + head
    found: list[tuple[int, int | None]] = []
    while len(found) < count and at + 2 <= start + size:
        (length,) = struct.unpack_from("<H", table, at)
        style = table[at + 2 : at + 2 + length]
        found.append(_style(style, base) if length > base else (_NONE, None))
        at += 2 + length + length % 2
    return found


def _style(raw: bytes, base: int) -> tuple[int, int | None]:
    _index, kind = struct.unpack_from("<HH", raw)
    above = kind >> 4
    if kind & 0xF != _PARAGRAPH_STYLE:
        return above, None
    (letters,) = struct.unpack_from("<H", raw, base)
    at = base + 2 + 2 * letters + 2
    (length,) = struct.unpack_from("<H", raw, at)
    return above, _alignment(dict(_properties(raw[at + 4 : at + 2 + length])))
