"""PDF pages whose fonts are from before Unicode: found by their text, converted by their fonts.

Fonts are asked for only where the text looks legacy, so that other pages cost nothing. A PDF that
names no legacy font (they may be renamed when it is made) is converted by its text alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from dossier.legacy import Encoding, convert, encoding_of_font, guess, has_modern_letters
from dossier.legacy.syllables import is_syllable
from dossier.scanner.readers.legacy_text import Segment, converted

_MAX_LOOKUPS = 200_000  # characters of a page whose font is asked for
_MAX_LINES = 500
_NAME_BYTES = 128
_TCVN3 = (Encoding.TCVN3, Encoding.TCVN3_CAPITALS)
_HYPHENATED = re.compile(r"[A-Za-z\x80-\xff]*-[-A-Za-z\x80-\xff]*")


def in_unicode(text: str, textpage: Any = None) -> tuple[str, set[Encoding]]:
    """Text of a page in Unicode, and the legacy encodings that were met: none, nearly always.

    ``textpage`` is PDFium's, whose characters ``text`` is; without one the text alone counts.
    """
    if text.isascii():
        return text, set()
    whole = _of_page(text)
    if whole is None and not _has_legacy_lines(text):
        return text, set()
    if textpage is not None:
        segments = list(_segments(textpage, len(text)))
        if any(encoding for _text, encoding in segments):
            return converted((_with_u(part, encoding), encoding) for part, encoding in segments)
    if whole is None:  # Unicode and something else, and nothing says where which is
        return text, set()
    return convert(_with_u(text, whole), whole), {whole}


def _of_page(text: str) -> Encoding | None:
    if has_modern_letters(text):
        return None
    seen = guess(text)
    if seen is None and "-" in text and guess(text.replace("-", "\xad")) is Encoding.TCVN3:
        return Encoding.TCVN3  # see _with_u
    return seen


def _has_legacy_lines(text: str) -> bool:
    """Whether a line without modern letters looks legacy: pages may mix encodings."""
    lines = text.split("\n")[:_MAX_LINES]
    return any(guess(line) for line in lines if not line.isascii() and not has_modern_letters(line))


def _segments(textpage: Any, count: int) -> Iterator[Segment]:
    """Characters of one font after the other; line ends, which have none, go with what is before."""
    import ctypes

    from pypdfium2 import raw as pdfium_functions

    raw: Any = pdfium_functions  # made from a header when installed
    name = ctypes.create_string_buffer(_NAME_BYTES)
    flags = ctypes.c_int()
    by_name: dict[bytes, Encoding | None] = {}
    part: list[str] = []
    encoding: Encoding | None = None
    for index in range(min(textpage.count_chars(), count)):
        length = 0
        if index < _MAX_LOOKUPS:
            length = raw.FPDFText_GetFontInfo(textpage, index, name, _NAME_BYTES, ctypes.byref(flags))
        if 1 < length <= _NAME_BYTES:  # with a zero at the end; nothing is written when it is too long
            if name.value not in by_name:
                by_name[name.value] = encoding_of_font(name.value.decode("utf-8", "replace"))
            if by_name[name.value] is not encoding:
                yield "".join(part), encoding
                part, encoding = [], by_name[name.value]
        part.append(chr(raw.FPDFText_GetUnicode(textpage, index)))
    yield "".join(part), encoding


def _with_u(text: str, encoding: Encoding | None) -> str:
    """The letter ``ư`` of TCVN3 where PDF has made it the hyphen it is in Windows-1252: ``n-íc``.

    A hyphen that makes one syllable of what is around it is the letter; ``Q§-UBND`` keeps its own.
    """
    if encoding not in _TCVN3 or "-" not in text:
        return text
    return _HYPHENATED.sub(_u_or_hyphen, text)


def _u_or_hyphen(found: re.Match[str]) -> str:
    word = found[0].replace("-", "\xad")
    return word if len(word) > 1 and is_syllable(convert(word, Encoding.TCVN3).lower()) else found[0]
