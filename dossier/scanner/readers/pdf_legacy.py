"""Detect PDF pages in legacy (pre-Unicode) encodings by their text, and convert them by their fonts.

Fonts are read only if the text looks legacy, so that other pages cost no time. A page without a legacy
font name (PDF writers may rename fonts) is converted by its text alone.
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

_MAX_LOOKUPS = 200_000  # characters of a page whose font is read
_MAX_LINES = 500
_NAME_BYTES = 128
_TCVN3 = (Encoding.TCVN3, Encoding.TCVN3_CAPITALS)
_WORD = re.compile(r"[^\W\d_]+")
_HYPHENATED = re.compile(r"[A-Za-z\x80-\xff]*-[-A-Za-z\x80-\xff]*")


def in_unicode(text: str) -> tuple[str, set[Encoding]]:
    """Return the text of a page in Unicode, and the legacy encoding it was converted from, if any."""
    whole = None if text.isascii() else _of_page(text)
    if whole is None:
        return text, set()
    return convert(_with_u(text, whole), whole), {whole}


@dataclass(frozen=True, slots=True)
class Spelling:
    """The encodings of a page's characters: ``encodings[i]`` applies from index ``starts[i]`` on."""

    starts: tuple[int, ...]
    encodings: tuple[Encoding | None, ...]

    @property
    def met(self) -> set[Encoding]:
        """The legacy encodings of the page."""
        return {encoding for encoding in self.encodings if encoding}

    def of(self, runs: Sequence[Run]) -> str:
        """Return a word, given as runs of the page's characters, in Unicode."""
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
    """Return the encodings of a PDFium page's characters (``text``); ``None`` if all are in Unicode."""
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
    # A page that mixes Unicode and a legacy encoding without naming fonts cannot be separated.
    return Spelling((0,), (whole,)) if whole else None


def _may_be(text: str, encoding: Encoding) -> bool:
    """Whether a text is plausible in its font's encoding."""
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
    """Index ranges of the lines that look legacy, since a page may mix encodings."""
    start = 0
    for line in text.split("\n")[:_MAX_LINES]:
        if not line.isascii() and not has_modern_letters(line) and not _is_plain(line) and guess(line):
            yield range(start, start + len(line))
        start += len(line) + 1


def _is_plain(line: str) -> bool:
    """Whether all words with non-ASCII letters are Vietnamese without conversion."""
    return all(word.isascii() or is_syllable(word) for word in _WORD.findall(line))


def _fonts_say_so(textpage: Any, line: range) -> bool:
    """Whether a line that looks legacy has a legacy font; short lines often look legacy by chance."""
    return any(encoding for _start, encoding in _stretches(textpage, line))


def _stretches(textpage: Any, characters: range) -> Iterator[tuple[int, Encoding | None]]:
    """Pairs (start index, encoding) of stretches of characters; line ends, without a font, join the
    stretch."""
    import ctypes

    from pypdfium2 import raw as pdfium_functions

    raw: Any = pdfium_functions  # generated from a C header, hence unknown to type checkers
    name = ctypes.create_string_buffer(_NAME_BYTES)
    flags = ctypes.c_int()
    by_name: dict[bytes, Encoding | None] = {}
    encoding: Encoding | None = None
    yield characters.start, None
    for index in characters[:_MAX_LOOKUPS]:
        length = raw.FPDFText_GetFontInfo(textpage, index, name, _NAME_BYTES, ctypes.byref(flags))
        if not 1 < length <= _NAME_BYTES:  # length includes a zero byte; a longer name is not written
            continue
        if name.value not in by_name:
            by_name[name.value] = encoding_of_font(name.value.decode("utf-8", "replace"))
        if by_name[name.value] is not encoding:
            encoding = by_name[name.value]
            yield index, encoding


def _with_u(text: str, encoding: Encoding | None) -> str:
    """Restore the letter ``ư`` of TCVN3, which PDF turns into the hyphen it is in Windows-1252 (``n-íc``).

    A hyphen is the letter if it joins its surroundings to one syllable; the one of ``Q§-UBND`` stays.
    """
    if encoding not in _TCVN3 or "-" not in text:
        return text
    return _HYPHENATED.sub(_u_or_hyphen, text)


def _u_or_hyphen(match: re.Match[str]) -> str:
    word = match[0].replace("-", "\xad")
    return word if len(word) > 1 and is_syllable(convert(word, Encoding.TCVN3).lower()) else match[0]
