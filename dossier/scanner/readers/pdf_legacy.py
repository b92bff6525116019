"""PDF pages whose fonts are from before Unicode: found by their text, converted by their fonts.

Fonts are asked for only where the text looks legacy, so that other pages cost nothing. A PDF that
names no legacy font (they may be renamed when it is made) is converted by its text alone.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from dossier.legacy import Encoding, convert, encoding_of_font, fits, guess, has_modern_letters
from dossier.legacy.syllables import is_syllable
from dossier.scanner.layout import Run

_MAX_LOOKUPS = 200_000  # characters of a page whose font is asked for
_MAX_LINES = 500
_NAME_BYTES = 128
_TCVN3 = (Encoding.TCVN3, Encoding.TCVN3_CAPITALS)
_WORD = re.compile(r"[^\W\d_]+")
_HYPHENATED = re.compile(r"[A-Za-z\x80-\xff]*-[-A-Za-z\x80-\xff]*")


def in_unicode(text: str) -> tuple[str, set[Encoding]]:
    """Text of a page in Unicode, and the legacy encodings that were met: none, nearly always."""
    whole = None if text.isascii() else _of_page(text)
    if whole is None:
        return text, set()
    return convert(_with_u(text, whole), whole), {whole}


@dataclass(frozen=True, slots=True)
class Spelling:
    """In which encoding the characters of a page are, from each index in ``starts`` on."""

    starts: tuple[int, ...]
    encodings: tuple[Encoding | None, ...]

    @property
    def met(self) -> set[Encoding]:
        """The encodings that were met."""
        return {encoding for encoding in self.encodings if encoding}

    def of(self, runs: Sequence[Run]) -> str:
        """The letters of a word, in Unicode."""
        parts: list[str] = []
        by_encoding = groupby(runs, lambda run: self.encodings[bisect_right(self.starts, run.first) - 1])
        for encoding, stretch in by_encoding:
            text = "".join(run.text for run in stretch)
            if encoding is Encoding.TCVN3_CAPITALS and text.isascii():
                text = text.upper()
            elif encoding is not None:
                text = convert(_with_u(text, encoding), encoding)
            parts.append(text)
        return "".join(parts)


def spelling(text: str, textpage: Any) -> Spelling | None:
    """How the characters of a PDFium page, which are ``text``, are encoded; ``None``: in Unicode."""
    if text.isascii():
        return None
    whole = _of_page(text)
    if whole is None and not any(_fonts_say_so(textpage, line) for line in _legacy_lines(text)):
        return None
    stretches = list(_stretches(textpage, range(len(text))))
    if any(encoding for _start, encoding in stretches):
        ends = [*(start for start, _encoding in stretches[1:]), len(text)]
        known = [
            encoding if encoding and _may_be(text[start:end], encoding) else None
            for (start, encoding), end in zip(stretches, ends, strict=True)
        ]
        return Spelling(tuple(start for start, _encoding in stretches), tuple(known))
    # Where it is Unicode and something else, nothing says where which is.
    return Spelling((0,), (whole,)) if whole else None


def _may_be(text: str, encoding: Encoding) -> bool:
    """Whether a text can be what its font says."""
    if text.isascii():
        return encoding is Encoding.TCVN3_CAPITALS
    return fits(_with_u(text, encoding), encoding)


def _of_page(text: str) -> Encoding | None:
    if has_modern_letters(text):
        return None
    seen = guess(text)
    if seen is None and "-" in text and guess(text.replace("-", "\xad")) is Encoding.TCVN3:
        return Encoding.TCVN3  # see _with_u
    return seen


def _legacy_lines(text: str) -> Iterator[range]:
    """Where lines without modern letters stand that look legacy: pages may mix encodings."""
    start = 0
    for line in text.split("\n")[:_MAX_LINES]:
        if not line.isascii() and not has_modern_letters(line) and not _is_plain(line) and guess(line):
            yield range(start, start + len(line))
        start += len(line) + 1


def _is_plain(line: str) -> bool:
    """Whether all words with marks are Vietnamese as they stand."""
    return all(word.isascii() or is_syllable(word) for word in _WORD.findall(line))


def _fonts_say_so(textpage: Any, line: range) -> bool:
    """Whether a line that looks legacy has a legacy font: short ones often look so by chance."""
    return any(encoding for _start, encoding in _stretches(textpage, line))


def _stretches(textpage: Any, characters: range) -> Iterator[tuple[int, Encoding | None]]:
    """Where characters of another encoding begin; line ends, which have no font, go with what is before."""
    import ctypes

    from pypdfium2 import raw as pdfium_functions

    raw: Any = pdfium_functions  # made from a header when installed
    name = ctypes.create_string_buffer(_NAME_BYTES)
    flags = ctypes.c_int()
    by_name: dict[bytes, Encoding | None] = {}
    encoding: Encoding | None = None
    yield characters.start, None
    for index in characters[:_MAX_LOOKUPS]:
        length = raw.FPDFText_GetFontInfo(textpage, index, name, _NAME_BYTES, ctypes.byref(flags))
        if not 1 < length <= _NAME_BYTES:  # with a zero at the end; nothing is written when it is too long
            continue
        if name.value not in by_name:
            by_name[name.value] = encoding_of_font(name.value.decode("utf-8", "replace"))
        if by_name[name.value] is not encoding:
            encoding = by_name[name.value]
            yield index, encoding


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
