"""Put letters in place of the codes that PDFium returns for fonts without a Unicode mapping."""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence
from typing import Any

from dossier.legacy.font_codes import contradicts_positions, decoded, is_coded
from dossier.scanner.readers.pdf_calls import address, call

__all__ = ["in_letters", "is_coded", "without_wrong_tables"]

_REFERENCE = re.compile(rb"/ToUnicode\s{1,9}(\d{1,9}\s{1,9}\d{1,5})\s{1,9}R")
_LONGEST = 2000  # bytes of the dictionary of a font
_MOST = 1 << 20  # bytes of a table, unpacked
_MOST_TABLES, _MOST_RANGES, _END = 64, 256, 4096  # of a file, of a block; codes of fonts are smaller
# ISO 32000-1, 9.10.3: ranges of codes with the letter of their first one, and single codes with theirs.
_RANGES = re.compile(rb"beginbfrange(.*?)endbfrange", re.DOTALL)
_RANGE = re.compile(rb"<([0-9A-Fa-f]{4})>\s*<([0-9A-Fa-f]{4})>\s*<([0-9A-Fa-f]{4})>")
_SINGLES = re.compile(rb"beginbfchar(.*?)endbfchar", re.DOTALL)
_SINGLE = re.compile(rb"<([0-9A-Fa-f]{4})>\s*<([0-9A-Fa-f]{4})>")


def in_letters(text: str, textpage: Any) -> str:
    """Return a PDFium page's ``text`` with letters in place of codes, as :func:`decoded` does.

    Fonts are read only if the text looks like codes, so that other pages cost no time.
    """
    if not is_coded(text):
        return text
    object_of, font_of = call("FPDFText_GetTextObject"), call("FPDFTextObj_GetFont")
    handle = address(textpage.raw)
    shown = (object_of(handle, index) for index in range(len(text)))  # none for blanks that PDFium makes up
    return decoded(text, [font_of(item) if item else None for item in shown])


def without_wrong_tables(data: bytes) -> bytes | None:
    """Return a PDF file without the tables by which fonts name wrong letters for their codes, so that PDFium
    returns the codes.

    Some programs that rewrite files name one letter for several (``Nguyßn``, ``vißc``). References are
    blanked, so that all offsets stay. ``None`` if there are none, or none outside compressed objects.
    """
    changed = bytearray(data)
    wrong: dict[bytes, bool] = {}  # by the table's number
    for reference in _REFERENCE.finditer(data):
        first, last = reference.span()
        begin = data.rfind(b"<<", max(first - _LONGEST, 0), first)
        end = data.find(b">>", last, last + _LONGEST)
        if begin < 0 or end < 0 or b"/Identity-H" not in data[begin:end]:
            continue
        table = reference[1]
        if table not in wrong and len(wrong) < _MOST_TABLES:
            wrong[table] = contradicts_positions(_named(_stream(data, table.split())))
        if wrong.get(table):
            changed[first:last] = b" " * (last - first)
    return None if changed == data else bytes(changed)


def _stream(data: bytes, number: Sequence[bytes]) -> bytes:
    """Return the unpacked stream of an object, given as number and generation; empty if it is not found."""
    head = re.search(rb"(?<!\d)" + rb"\s+".join(number) + rb"\s+obj\b[^\0]{0,200}?stream\r?\n", data)
    if head is None:
        return b""
    if b"/FlateDecode" not in head[0]:
        return data[head.end() : data.find(b"endstream", head.end())][:_MOST]
    try:
        return zlib.decompressobj().decompress(data[head.end() :], _MOST)
    except zlib.error:
        return b""


def _named(table: bytes) -> dict[int, str]:
    """Return the letters by code of a table (CMap)."""
    found = {}
    for block in _RANGES.findall(table):
        for first, last, letter in _RANGE.findall(block)[:_MOST_RANGES]:
            for code in range(int(first, 16), min(int(last, 16) + 1, _END)):
                found[code] = chr(int(letter, 16) + code - int(first, 16))
    for block in _SINGLES.findall(table):
        found |= {int(code, 16): chr(int(letter, 16)) for code, letter in _SINGLE.findall(block)}
    return found
