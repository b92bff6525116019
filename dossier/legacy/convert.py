"""Convert between legacy encodings and Unicode."""

from __future__ import annotations

import re
import unicodedata

from dossier.legacy.tables import (
    CP1258,
    FROM_SYMBOLS,
    FROM_WINDOWS,
    TCVN3,
    TO_WINDOWS,
    TONES,
    VISCII,
    VNI,
    VPS,
    Encoding,
)

_TABLES = {Encoding.TCVN3: TCVN3, Encoding.VISCII: VISCII, Encoding.VPS: VPS, Encoding.CP1258: CP1258}
_TO_UNICODE = {encoding: str.maketrans(table) for encoding, table in _TABLES.items()}
_VNI_SEQUENCE = re.compile("|".join(sorted(map(re.escape, VNI), key=len, reverse=True)))
_FROM_UNICODE = {
    encoding: str.maketrans({letter: code for code, letter in table.items()})
    for encoding, table in _TABLES.items()
}
_FROM_UNICODE[Encoding.TCVN3] |= {
    # Without a capitals font there are seven capitals; all others are typed as lower-case letters.
    ord(letter.upper()): code
    for code, letter in TCVN3.items()
    if letter.islower() and letter.upper() not in TCVN3.values()
}
# The preferred one of several ways to write a letter: marks in the case of their vowel, and for letters with
# one code point in both cases the first one.
_TO_VNI = str.maketrans(
    {
        letter: sequence
        for sequence, letter in reversed(VNI.items())
        if len(sequence) == 1 or sequence[0].isupper() == sequence[1].isupper()
    }
)
_TONE = re.compile(f"[{''.join(TONES)}]")
_WORD = re.compile(r"[^\W\d_]+")


def convert(text: str, encoding: Encoding | str) -> str:
    """Convert legacy text, as a string of code points 0x00–0xFF, to Unicode (NFC).

    Code points without a letter in the encoding are kept. Raises :class:`ValueError` for
    an unknown encoding.
    """
    encoding = Encoding(encoding)
    if encoding in (Encoding.VISCII, Encoding.VPS):  # which have letters at 0x80–0x9F and below 0x20
        return unicodedata.normalize("NFC", code_points(text).translate(_TO_UNICODE[encoding]))
    if not text.isascii():
        text = text.translate(FROM_SYMBOLS).translate(TO_WINDOWS)
    if encoding is Encoding.TCVN3_CAPITALS:
        return unicodedata.normalize("NFC", text.translate(_TO_UNICODE[Encoding.TCVN3]).upper())
    if encoding is Encoding.VNI:
        return unicodedata.normalize("NFC", _VNI_SEQUENCE.sub(lambda found: VNI[found[0]], text))
    text = unicodedata.normalize("NFC", text.translate(_TO_UNICODE[encoding]))
    return _capitals(text) if encoding is Encoding.TCVN3 else text


def encode(text: str, encoding: Encoding | str) -> str:
    """Convert Unicode text to code points of an encoding, as people typed it; for round trips.

    Characters without a code point are kept. The capitals fonts lose case, and TCVN3 itself
    has no capitals with a tone mark. Raises :class:`ValueError` for an unknown encoding.
    """
    encoding = Encoding(encoding)
    text = unicodedata.normalize("NFC", text)
    if encoding is Encoding.VNI:
        return text.translate(_TO_VNI)
    if encoding is Encoding.CP1258:
        text = "".join(map(_tone_apart, text))
    if encoding is Encoding.TCVN3_CAPITALS:
        return text.lower().translate(_FROM_UNICODE[Encoding.TCVN3])
    return text.translate(_FROM_UNICODE[encoding])


def code_points(text: str) -> str:
    """Map legacy text that was read as Windows-1252 or in a symbol font back to 0x00–0xFF."""
    return text if text.isascii() else text.translate(FROM_SYMBOLS).translate(FROM_WINDOWS)


def has_strangers(text: str, encoding: Encoding) -> bool:
    """Whether the text has non-ASCII letters that cannot occur there in TCVN3 or VNI text."""
    if text.isascii():
        return False
    if encoding is Encoding.VNI:
        return any(not letter.isascii() and letter.isalpha() for letter in _VNI_SEQUENCE.sub("", text))
    if encoding in (Encoding.TCVN3, Encoding.TCVN3_CAPITALS):
        return any(not letter.isascii() and letter.isalpha() and letter not in TCVN3 for letter in text)
    return False


def _tone_apart(letter: str) -> str:
    """Split ``ế`` into ``ê`` and a combining mark: the code page lacks some letters with a tone."""
    apart = unicodedata.normalize("NFD", letter)
    tone = _TONE.search(apart)
    if tone is None:
        return letter
    return unicodedata.normalize("NFC", _TONE.sub("", apart)) + tone[0]


def _capitals(text: str) -> str:
    """Restore capitals that TCVN3 lacks: ``QUYếT`` → ``QUYẾT``, line by line."""
    return "\n".join(line if line.islower() else _line(line) for line in text.split("\n"))


def _line(line: str) -> str:
    words = _WORD.findall(line)
    sure = [word for word in words if len(word) > 1 and not _doubtful(word)]
    # "Tæ" may be "Tổ" or "TỔ": the rest of the line decides.
    shouted = len(sure) > 1 and all(map(_is_shouted, sure))
    return _WORD.sub(lambda found: _word(found[0], shouted), line)


def _word(word: str, shouted: bool) -> str:
    return word.upper() if _is_shouted(word) or (shouted and _doubtful(word)) else word


def _is_shouted(word: str) -> bool:
    """Whether a word is in capitals, except for letters without capitals in the encoding; at least two."""
    return not any(map(_is_surely_small, word)) and sum(map(str.isupper, word)) > 1


def _doubtful(word: str) -> bool:
    return not any(map(_is_surely_small, word)) and sum(map(str.isupper, word)) < 2


def _is_surely_small(letter: str) -> bool:
    return letter.islower() and (letter.isascii() or letter in "ăâêôơưđ")
